use hub_directory::seed::{LicenseKind, SeedLocation, SeedNumber, named_id};
use hub_directory::{LicenseId, LocationId, OrganizationId, SeedOrganization};
use hub_numbers::{Owner, Wanted};
use kit::{Result, Timestamp};

use super::Place;
use super::rooms::{Line, Room, RoomCalling};
use crate::model::{
    Calendar, CalendarKind, LinePlace, NewWorkspace, VirtualLine, VirtualLineDraft, Workspace,
    WorkspaceCalling, WorkspaceDraft,
};
use crate::use_cases::{virtual_lines, workspaces};
use crate::{VirtualLineId, WorkspaceId};

/// Of the spare numbers of a location these are ours: the first three for workspaces, two for virtual lines.
const NUMBERS_OF_WORKSPACES: usize = 3;
const NUMBERS_OF_LINES: usize = 2;
/// Of the spare extensions of a location the first fifty are for workspaces, the fifty behind them for virtual lines.
const EXTENSIONS_OF_WORKSPACES: u32 = 50;

/// Everything of an organization, before it is stored.
pub(super) struct Made {
    pub(super) workspaces: Vec<Workspace>,
    pub(super) lines: Vec<VirtualLine>,
    pub(super) owners: Vec<(Owner, Wanted)>,
    /// How many units of which licence the workspaces hold.
    pub(super) units: [(LicenseKind, i64); 2],
}

impl Default for Made {
    fn default() -> Self {
        Self {
            workspaces: Vec::new(),
            lines: Vec::new(),
            owners: Vec::new(),
            units: [
                (LicenseKind::CallingWorkspaces, 0),
                (LicenseKind::CallingProfessional, 0),
            ],
        }
    }
}

/// Numbers and extensions that nobody has yet.
struct Spare<'a> {
    numbers: std::slice::Iter<'a, SeedNumber>,
    extension: u32,
}

impl Spare<'_> {
    fn next(&mut self, has_number: bool) -> Wanted {
        let extension = self.extension;
        self.extension += 1;
        Wanted {
            number: has_number
                .then(|| self.numbers.next())
                .flatten()
                .map(ToString::to_string),
            extension: Some(extension.to_string()),
            alternates: Vec::new(),
        }
    }
}

impl Made {
    pub(super) fn add(&mut self, organization: &SeedOrganization, place: Place<'_>) -> Result<()> {
        let Place {
            location,
            rooms,
            lines,
        } = place;
        let numbers = &location.spare_numbers;
        let of_workspaces = numbers.len().min(NUMBERS_OF_WORKSPACES);
        let of_lines = numbers.len().min(NUMBERS_OF_WORKSPACES + NUMBERS_OF_LINES);
        let mut spare = Spare {
            numbers: numbers[..of_workspaces].iter(),
            extension: location.first_spare_extension,
        };
        for room in rooms {
            self.add_room(organization, location, room, &mut spare)?;
        }
        let mut spare = Spare {
            numbers: numbers[of_workspaces..of_lines].iter(),
            extension: location.first_spare_extension + EXTENSIONS_OF_WORKSPACES,
        };
        for line in lines {
            self.add_line(organization, location, line, &mut spare)?;
        }
        Ok(())
    }

    fn add_room(
        &mut self,
        organization: &SeedOrganization,
        location: &SeedLocation,
        room: Room,
        spare: &mut Spare<'_>,
    ) -> Result<()> {
        let location_id = LocationId::new(location.id);
        let new = NewWorkspace {
            id: WorkspaceId::new(named_id(
                organization.id,
                &format!("workspace/{}/{}", location.name, room.name),
            )),
            organization_id: OrganizationId::new(organization.id),
            domain: organization.domain,
        };
        let calendar = room.booked.then(|| Calendar {
            kind: CalendarKind::Microsoft,
            email: Some(mailbox(&room.name, organization.domain)),
            resource_group_id: None,
        });
        let draft = WorkspaceDraft {
            display_name: Some(room.name),
            location_id: Some(location_id),
            capacity: room.capacity,
            kind: Some(room.kind),
            notes: room.notes.map(ToOwned::to_owned),
            supported_devices: Some(room.devices),
            hotdesking: Some(room.hotdesking),
            calendar,
            ..WorkspaceDraft::default()
        };
        let mut workspace = draft.made(&new, Timestamp::from_millis(organization.created_ms))?;
        workspace.calling = match room.calling {
            RoomCalling::None => WorkspaceCalling::None,
            RoomCalling::Free => WorkspaceCalling::Free,
            RoomCalling::Webex { license, has_number } => {
                let owner = workspaces::owner(&workspace, location_id);
                self.owners.push((owner, spare.next(has_number)));
                self.held(organization, license)
            }
        };
        self.workspaces.push(workspace);
        Ok(())
    }

    /// Counts the unit that a workspace with Webex Calling holds.
    fn held(&mut self, organization: &SeedOrganization, kind: LicenseKind) -> WorkspaceCalling {
        let Some(license) = organization.license(kind) else {
            return WorkspaceCalling::Free;
        };
        for (known, units) in &mut self.units {
            *units += i64::from(*known == kind);
        }
        WorkspaceCalling::Webex {
            license_id: LicenseId::new(license.id),
        }
    }

    fn add_line(
        &mut self,
        organization: &SeedOrganization,
        location: &SeedLocation,
        line: Line,
        spare: &mut Spare<'_>,
    ) -> Result<()> {
        let Line {
            first_name,
            last_name,
            has_number,
        } = line;
        let name = format!("line/{}/{first_name} {last_name}", location.name);
        let place = LinePlace {
            organization_id: OrganizationId::new(organization.id),
            location_id: LocationId::new(location.id),
            announcement_language: Some(location.announcement_language.to_owned()),
            time_zone: location.time_zone.to_owned(),
        };
        let draft = VirtualLineDraft {
            first_name: Some(first_name.to_owned()),
            last_name: Some(last_name.to_owned()),
            ..VirtualLineDraft::default()
        };
        let id = VirtualLineId::new(named_id(organization.id, &name));
        let line = draft.made(id, place, Timestamp::from_millis(organization.created_ms))?;
        self.owners
            .push((virtual_lines::owner(&line), spare.next(has_number)));
        self.lines.push(line);
        Ok(())
    }
}

/// `Atlantic Boardroom` books as `atlantic.boardroom@kestrelbay.example`.
fn mailbox(name: &str, domain: &str) -> String {
    let words: Vec<String> = kit::search_key(name)
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(ToOwned::to_owned)
        .collect();
    format!("{}@{domain}", words.join("."))
}
