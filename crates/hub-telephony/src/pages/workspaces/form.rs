//! The form of a workspace, for a new one and for one that is there.

use hub_directory::public_api::e164;
use hub_directory::{Caller, LicenseId};
use kit::Result;
use serde::Deserialize;

use crate::Telephony;
use crate::model::{
    Calendar, CalendarKind, CallingKind, SupportedDevices, WorkspaceCallingDraft, WorkspaceDraft,
    WorkspaceKind, fits_workspaces,
};
use crate::pages::shared::{Choice, Problems, choice, location, locations};
use crate::use_cases::workspaces::WorkspaceView;

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WorkspaceForm {
    pub(super) display_name: String,
    pub(super) kind: String,
    pub(super) capacity: String,
    pub(super) location: String,
    pub(super) devices: String,
    pub(super) calling: String,
    pub(super) phone_number: String,
    pub(super) extension: String,
    pub(super) license: String,
    pub(super) calendar: String,
    pub(super) calendar_email: String,
    pub(super) hotdesking: Option<String>,
    pub(super) meetings: Option<String>,
    pub(super) map: String,
    pub(super) notes: String,
}

/// What the form offers.
pub(super) struct Offer {
    pub(super) kinds: Vec<Choice>,
    pub(super) locations: Vec<Choice>,
    pub(super) devices: Vec<Choice>,
    pub(super) callings: Vec<Choice>,
    pub(super) licenses: Vec<Choice>,
    pub(super) calendars: Vec<Choice>,
    /// The name of the location that cannot be changed any more.
    pub(super) fixed_location: Option<String>,
    /// What the workspace is for, which cannot be changed any more.
    pub(super) fixed_devices: Option<&'static str>,
}

impl Offer {
    pub(super) async fn of(
        telephony: &Telephony,
        caller: &Caller,
        form: &WorkspaceForm,
        present: Option<&WorkspaceView>,
    ) -> Result<Self> {
        let organization_id = caller.organization_id;
        let fixed = present.and_then(|view| view.workspace.location_id);
        let fixed_location = match fixed {
            Some(id) => {
                let on = telephony.database().into();
                telephony.directory().location_of(on, organization_id, id).await?
            }
            None => None,
        };
        let known = telephony
            .directory()
            .licenses_of(telephony.database().into(), organization_id)
            .await?;
        let licenses = known
            .iter()
            .filter(|license| fits_workspaces(license))
            .map(|license| {
                let label = format!("{} ({} left)", license.name, license.left());
                choice(&license.id.to_string(), &label, &form.license)
            });
        let callings = [CallingKind::Free, CallingKind::Webex, CallingKind::None];
        Ok(Self {
            kinds: WorkspaceKind::ALL
                .iter()
                .map(|kind| choice(kind.word(), kind.label(), &form.kind))
                .collect(),
            locations: locations(telephony, caller, &form.location, false).await?,
            devices: SupportedDevices::ALL
                .iter()
                .map(|devices| choice(devices.word(), devices.label(), &form.devices))
                .collect(),
            callings: callings
                .iter()
                .map(|kind| choice(kind.word(), kind.label(), &form.calling))
                .collect(),
            licenses: licenses.collect(),
            calendars: [("none", "None"), ("google", "Google"), ("microsoft", "Microsoft")]
                .iter()
                .map(|(value, label)| choice(value, label, &form.calendar))
                .collect(),
            fixed_location: fixed_location.map(|location| location.name),
            fixed_devices: present.map(|view| view.workspace.supported_devices.label()),
        })
    }
}

impl WorkspaceForm {
    /// The form of a workspace as it is.
    pub(super) fn of(view: &WorkspaceView) -> Self {
        let workspace = &view.workspace;
        let held = view.held.as_ref();
        let checked = |yes: bool| yes.then(|| "on".to_owned());
        Self {
            display_name: workspace.display_name.clone(),
            kind: workspace.kind.word().to_owned(),
            capacity: workspace
                .capacity
                .map(|capacity| capacity.to_string())
                .unwrap_or_default(),
            location: workspace.location_id.map(|id| id.to_string()).unwrap_or_default(),
            devices: workspace.supported_devices.word().to_owned(),
            calling: workspace.calling.kind().word().to_owned(),
            phone_number: held.and_then(|held| held.number.clone()).unwrap_or_default(),
            extension: held.and_then(|held| held.extension.clone()).unwrap_or_default(),
            license: workspace
                .calling
                .license_id()
                .map(|id| id.to_string())
                .unwrap_or_default(),
            calendar: workspace.calendar.kind.word().to_owned(),
            calendar_email: workspace.calendar.email.clone().unwrap_or_default(),
            hotdesking: checked(workspace.hotdesking),
            meetings: checked(workspace.device_hosted_meetings),
            map: workspace.indoor_navigation_url.clone().unwrap_or_default(),
            notes: workspace.notes.clone().unwrap_or_default(),
        }
    }

    fn wants_calling(&self) -> bool {
        self.calling == CallingKind::Webex.word()
    }

    /// What is wrong, in the words of the form; the rules are asked afterwards in any case.
    pub(super) fn problems(&self, offer: &Offer) -> Problems {
        let mut problems = Problems::new();
        let empty = |text: &str| text.trim().is_empty();
        if empty(&self.display_name) {
            problems.push(("display_name", "Give the workspace a name.".to_owned()));
        }
        if !empty(&self.capacity) && self.capacity.trim().parse::<u32>().is_err() {
            problems.push((
                "capacity",
                "Give the number of people, or leave it empty.".to_owned(),
            ));
        }
        if self.wants_calling() {
            if offer.fixed_location.is_none() && location(&self.location).is_none() {
                problems.push(("location", "Webex Calling needs a location.".to_owned()));
            }
            if empty(&self.phone_number) && empty(&self.extension) {
                problems.push((
                    "extension",
                    "Webex Calling needs a phone number or an extension.".to_owned(),
                ));
            }
            if let Some(error) = Some(&self.phone_number)
                .filter(|text| !empty(text))
                .and_then(|text| e164(text).err())
            {
                problems.push(("phone_number", error.public().to_owned()));
            }
        }
        if self.calendar != "none" && !self.calendar.is_empty() && empty(&self.calendar_email) {
            problems.push((
                "calendar_email",
                "Give the mailbox by which the workspace is booked.".to_owned(),
            ));
        }
        problems
    }

    /// What the workspace shall be; `before` keeps what the form does not show.
    pub(super) fn into_draft(self, before: Option<&WorkspaceView>) -> Result<WorkspaceDraft> {
        let calling = self.calling_draft(before)?;
        let fixed = before.and_then(|view| view.workspace.location_id);
        let calendar_kind = match self.calendar.as_str() {
            "" => CalendarKind::None,
            word => CalendarKind::parse("calendar", word)?,
        };
        let resource_group_id = before.and_then(|view| view.workspace.calendar.resource_group_id.clone());
        let devices = Some(self.devices.as_str()).filter(|word| before.is_none() && !word.is_empty());
        let kind = Some(self.kind.as_str()).filter(|word| !word.is_empty());
        Ok(WorkspaceDraft {
            display_name: Some(self.display_name),
            location_id: fixed.or_else(|| location(&self.location)),
            capacity: self.capacity.trim().parse().ok(),
            kind: kind.map(|word| WorkspaceKind::parse("type", word)).transpose()?,
            notes: Some(self.notes),
            hotdesking: Some(self.hotdesking.is_some()),
            supported_devices: devices
                .map(|word| SupportedDevices::parse("devices", word))
                .transpose()?,
            calendar: Some(Calendar {
                kind: calendar_kind,
                email: Some(self.calendar_email),
                resource_group_id: resource_group_id.filter(|_| calendar_kind == CalendarKind::Microsoft),
            }),
            calling: Some(calling),
            device_hosted_meetings: Some(self.meetings.is_some()),
            meetings_site_url: before.and_then(|view| view.workspace.meetings_site_url.clone()),
            device_platform: None,
            indoor_navigation_url: Some(self.map),
        })
    }

    fn calling_draft(&self, before: Option<&WorkspaceView>) -> Result<WorkspaceCallingDraft> {
        let kind = match self.calling.as_str() {
            "" => CallingKind::Free,
            word => CallingKind::parse("calling", word)?,
        };
        let webex = kind == CallingKind::Webex;
        let fixed = before.and_then(|view| view.workspace.location_id);
        let license = LicenseId::parse(&self.license).ok();
        Ok(WorkspaceCallingDraft {
            kind,
            location_id: fixed.or_else(|| location(&self.location)).filter(|_| webex),
            phone_number: Some(self.phone_number.clone()).filter(|_| webex),
            extension: Some(self.extension.clone()).filter(|_| webex),
            licenses: license.filter(|_| webex).map(|license| vec![license]),
        })
    }
}
