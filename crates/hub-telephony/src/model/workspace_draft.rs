use hub_directory::{License, LicenseId, LocationId, OrganizationId};
use kit::{Error, Result, Timestamp};
use url::Url;

use super::text::{lines, one_line, trimmed};
use super::{
    Calendar, CalendarKind, CallingKind, DevicePlatform, SupportedDevices, Workspace, WorkspaceCalling,
    WorkspaceKind,
};
use crate::WorkspaceId;

/// What a workspace shall be. An update clears capacity, type, notes and the map where they are `None`, as Webex
/// documents it; everything else that is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WorkspaceDraft {
    pub(crate) display_name: Option<String>,
    pub(crate) location_id: Option<LocationId>,
    pub(crate) capacity: Option<i64>,
    pub(crate) kind: Option<WorkspaceKind>,
    pub(crate) notes: Option<String>,
    pub(crate) hotdesking: Option<bool>,
    pub(crate) supported_devices: Option<SupportedDevices>,
    pub(crate) calendar: Option<Calendar>,
    pub(crate) calling: Option<WorkspaceCallingDraft>,
    pub(crate) device_hosted_meetings: Option<bool>,
    pub(crate) meetings_site_url: Option<String>,
    pub(crate) device_platform: Option<DevicePlatform>,
    pub(crate) indoor_navigation_url: Option<String>,
}

/// How a workspace shall call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WorkspaceCallingDraft {
    pub(crate) kind: CallingKind,
    /// Of Webex Calling alone.
    pub(crate) location_id: Option<LocationId>,
    pub(crate) phone_number: Option<String>,
    pub(crate) extension: Option<String>,
    /// `None` keeps the present licence, or takes the first that suits.
    pub(crate) licenses: Option<Vec<LicenseId>>,
}

/// What a new workspace gets from around it.
pub(crate) struct NewWorkspace<'a> {
    pub(crate) id: WorkspaceId,
    pub(crate) organization_id: OrganizationId,
    /// `kestrelbay.example`.
    pub(crate) domain: &'a str,
}

const LONGEST_NAME: usize = 256;
const LONGEST_NOTES: usize = 4_000;

impl WorkspaceDraft {
    /// The new workspace; how it calls is settled afterwards.
    pub(crate) fn made(self, new: &NewWorkspace<'_>, now: Timestamp) -> Result<Workspace> {
        let display_name =
            one_line("displayName", self.display_name.clone(), LONGEST_NAME)?.ok_or_else(|| {
                Error::invalid(
                    "displayName is missing: how the workspace is called, like “Atlantic Boardroom”.",
                )
            })?;
        let supported_devices = self
            .supported_devices
            .unwrap_or(SupportedDevices::CollaborationDevices);
        let blank = Workspace {
            id: new.id,
            organization_id: new.organization_id,
            location_id: None,
            sip_address: sip_address(&display_name, new),
            display_name,
            capacity: None,
            kind: WorkspaceKind::NotSet,
            calling: WorkspaceCalling::Free,
            calendar: Calendar::NONE,
            notes: None,
            hotdesking: false,
            supported_devices,
            device_hosted_meetings: false,
            meetings_site_url: None,
            device_platform: match supported_devices {
                SupportedDevices::CollaborationDevices => Some(DevicePlatform::Cisco),
                SupportedDevices::Phones => None,
            },
            indoor_navigation_url: None,
            distinctive_ring: false,
            created_at: now,
            last_modified_at: now,
        };
        self.applied(&blank, now)
    }

    /// The workspace with what this draft says of it; how it calls is settled afterwards.
    pub(crate) fn applied(self, before: &Workspace, now: Timestamp) -> Result<Workspace> {
        let Self {
            display_name,
            location_id,
            capacity,
            kind,
            notes,
            hotdesking,
            supported_devices,
            calendar,
            calling: _,
            device_hosted_meetings,
            meetings_site_url,
            device_platform,
            indoor_navigation_url,
        } = self;
        if supported_devices.is_some_and(|wanted| wanted != before.supported_devices) {
            return Err(Error::invalid(format!(
                "supportedDevices cannot be changed; it stays {}. Delete the workspace and create it anew for other devices.",
                before.supported_devices.word()
            )));
        }
        if capacity.is_some_and(|capacity| !(0..=1_000_000).contains(&capacity)) {
            return Err(Error::invalid(
                "capacity is a whole number from 0 to 1000000; leave it out where it is not known.",
            ));
        }
        let name = one_line("displayName", display_name, LONGEST_NAME)?;
        Ok(Workspace {
            location_id: settled_location(before, location_id)?,
            display_name: name.unwrap_or_else(|| before.display_name.clone()),
            capacity,
            kind: kind.unwrap_or(WorkspaceKind::NotSet),
            notes: lines("notes", notes, LONGEST_NOTES)?,
            hotdesking: hotdesking.unwrap_or(before.hotdesking),
            calendar: calendar
                .map(checked_calendar)
                .transpose()?
                .unwrap_or_else(|| before.calendar.clone()),
            device_hosted_meetings: device_hosted_meetings.unwrap_or(before.device_hosted_meetings),
            meetings_site_url: match device_hosted_meetings {
                None => before.meetings_site_url.clone(),
                Some(_) => one_line("deviceHostedMeetings.siteUrl", meetings_site_url, 256)?,
            },
            device_platform: device_platform.or(before.device_platform),
            indoor_navigation_url: checked_map(indoor_navigation_url)?,
            last_modified_at: now,
            ..before.clone()
        })
    }
}

fn settled_location(before: &Workspace, wanted: Option<LocationId>) -> Result<Option<LocationId>> {
    match (before.location_id, wanted) {
        (Some(present), Some(other)) if present != other => Err(Error::invalid(
            "locationId cannot be changed once it is set. Delete the workspace and create it anew at the other location.",
        )),
        (present, wanted) => Ok(present.or(wanted)),
    }
}

fn checked_calendar(calendar: Calendar) -> Result<Calendar> {
    let Calendar {
        kind,
        email,
        resource_group_id,
    } = calendar;
    let email = one_line("calendar.emailAddress", email, 254)?;
    let resource_group_id = one_line("calendar.resourceGroupId", resource_group_id, 256)?;
    match (kind, &email) {
        (CalendarKind::None, _) => return Ok(Calendar::NONE),
        (CalendarKind::Google | CalendarKind::Microsoft, None) => {
            return Err(Error::invalid(format!(
                "calendar.emailAddress is missing: the mailbox of the workspace in the {} calendar.",
                kind.word()
            )));
        }
        (CalendarKind::Google | CalendarKind::Microsoft, Some(email)) if !looks_like_an_address(email) => {
            return Err(Error::invalid(format!(
                "calendar.emailAddress: “{email}” is not an e-mail address; write it like atlantic@example.com."
            )));
        }
        _ => {}
    }
    if kind != CalendarKind::Microsoft && resource_group_id.is_some() {
        return Err(Error::invalid(
            "calendar.resourceGroupId belongs to a microsoft calendar alone; leave it out.",
        ));
    }
    Ok(Calendar {
        kind,
        email,
        resource_group_id,
    })
}

fn looks_like_an_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, domain)| {
        !name.is_empty()
            && domain.contains('.')
            && !domain.contains('@')
            && !text.contains(char::is_whitespace)
    })
}

fn checked_map(url: Option<String>) -> Result<Option<String>> {
    let Some(text) = trimmed(url) else { return Ok(None) };
    let usable =
        Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host().is_some());
    if usable && text.len() <= 2_000 {
        return Ok(Some(text));
    }
    Err(Error::invalid(
        "indoorNavigation.url is the web address of a map, like https://maps.example.com/floor-2.",
    ))
}

/// What devices dial; made once and kept when the workspace is renamed.
fn sip_address(display_name: &str, new: &NewWorkspace<'_>) -> String {
    let mut slug = String::new();
    for character in kit::search_key(display_name).chars() {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('.') {
            slug.push('.');
        }
    }
    slug.truncate(40);
    let id = new.id.uuid().simple().to_string();
    let label = new.domain.split('.').next().unwrap_or_default();
    let slug = slug.trim_end_matches('.');
    let dot = if slug.is_empty() { "" } else { "." };
    format!("{slug}{dot}{}@{label}.rooms.webex.com", &id[..6])
}

/// Whether a workspace can hold this licence: its own kind, or a Professional one.
pub(crate) fn fits_workspaces(license: &License) -> bool {
    license.is_for_workspaces() || is_professional(license)
}

/// Alternate numbers go with a Professional licence alone.
pub(crate) fn is_professional(license: &License) -> bool {
    license.kind == "BCSTD"
}

/// Which licence a workspace with Webex Calling holds: one of those wanted, else the present one, else the first that
/// suits, and of its own kind before a Professional one.
pub(crate) fn chosen_license(
    known: &[License],
    wanted: Option<&[LicenseId]>,
    present: Option<LicenseId>,
) -> Result<LicenseId> {
    let wanted = wanted.filter(|wanted| !wanted.is_empty());
    for id in wanted.unwrap_or_default() {
        let license = known.iter().find(|license| license.id == *id).ok_or_else(|| {
            Error::invalid(
                "calling.webexCalling.licenses names a licence that this organization does not have. GET /v1/licenses lists those it has.",
            )
        })?;
        if !fits_workspaces(license) {
            return Err(Error::invalid(format!(
                "“{}” is not for workspaces. Name a “Webex Calling - Workspaces” or “Webex Calling - Professional” licence in calling.webexCalling.licenses.",
                license.name
            )));
        }
    }
    let is_wanted = |id: LicenseId| wanted.is_none_or(|wanted| wanted.contains(&id));
    if let Some(present) = present.filter(|present| is_wanted(*present)) {
        return Ok(present);
    }
    let mut suitable: Vec<&License> = known
        .iter()
        .filter(|license| fits_workspaces(license) && is_wanted(license.id))
        .collect();
    suitable.sort_by_key(|license| !license.is_for_workspaces());
    if let Some(license) = suitable.iter().find(|license| license.left() > 0) {
        return Ok(license.id);
    }
    let names: Vec<String> = suitable
        .iter()
        .map(|license| format!("“{}”", license.name))
        .collect();
    Err(Error::invalid(match names.as_slice() {
        [] => "This organization has no calling licence for workspaces. Order “Webex Calling - Workspaces” first.".to_owned(),
        names => format!(
            "No unit of {} is left. Take one away from a workspace or a person, or order more.",
            names.join(" and of ")
        ),
    }))
}
