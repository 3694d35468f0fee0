use hub_directory::{LicenseId, LocationId, OrganizationId};
use kit::Timestamp;

use super::words::words;
use crate::WorkspaceId;

words!(
    /// What a workspace is made for.
    WorkspaceKind {
        NotSet = "notSet",
        Focus = "focus",
        Huddle = "huddle",
        MeetingRoom = "meetingRoom",
        Open = "open",
        Desk = "desk",
        Other = "other",
    }
);

impl WorkspaceKind {
    /// How the pages call it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::NotSet => "Not set",
            Self::Focus => "Focus room",
            Self::Huddle => "Huddle room",
            Self::MeetingRoom => "Meeting room",
            Self::Open => "Open space",
            Self::Desk => "Desk",
            Self::Other => "Other",
        }
    }
}

words!(
    /// What can be set up in a workspace; it never changes.
    SupportedDevices {
        CollaborationDevices = "collaborationDevices",
        Phones = "phones",
    }
);

impl SupportedDevices {
    /// How the pages call it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::CollaborationDevices => "Room and desk devices",
            Self::Phones => "Phones",
        }
    }
}

words!(
    /// Whose calendar books the workspace.
    CalendarKind {
        None = "none",
        Google = "google",
        Microsoft = "microsoft",
    }
);

words!(
    /// What the devices of the workspace run.
    DevicePlatform {
        Cisco = "cisco",
        MicrosoftTeamsRoom = "microsoftTeamsRoom",
    }
);

words!(
    /// Every kind of calling that Webex knows; a workspace here has the first three alone.
    CallingKind {
        None = "none",
        Free = "freeCalling",
        Webex = "webexCalling",
        Hybrid = "hybridCalling",
        EdgeForDevices = "webexEdgeForDevices",
        ThirdPartySip = "thirdPartySipCalling",
    }
);

impl CallingKind {
    /// How the pages call it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::None => "No calling",
            Self::Free => "Call on Webex",
            Self::Webex => "Webex Calling",
            Self::Hybrid => "Hybrid calling",
            Self::EdgeForDevices => "Webex Edge for Devices",
            Self::ThirdPartySip => "Third-party SIP calling",
        }
    }
}

/// How a workspace calls. Number and extension are kept by [`hub_numbers`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WorkspaceCalling {
    None,
    Free,
    Webex { license_id: LicenseId },
}

impl WorkspaceCalling {
    /// Without the licence.
    pub(crate) const fn kind(self) -> CallingKind {
        match self {
            Self::None => CallingKind::None,
            Self::Free => CallingKind::Free,
            Self::Webex { .. } => CallingKind::Webex,
        }
    }

    /// The licence that it holds.
    pub(crate) const fn license_id(self) -> Option<LicenseId> {
        match self {
            Self::None | Self::Free => None,
            Self::Webex { license_id } => Some(license_id),
        }
    }
}

/// Who books a workspace, and by which mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Calendar {
    pub(crate) kind: CalendarKind,
    /// Of Google and Microsoft always, of no calendar never.
    pub(crate) email: Option<String>,
    /// Of an on-premise Microsoft calendar.
    pub(crate) resource_group_id: Option<String>,
}

impl Calendar {
    /// Nobody books it.
    pub(crate) const NONE: Self = Self {
        kind: CalendarKind::None,
        email: None,
        resource_group_id: None,
    };
}

/// A meeting room, a lobby, a shared desk: where devices stand that belong to nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Workspace {
    pub(crate) id: WorkspaceId,
    pub(crate) organization_id: OrganizationId,
    /// Never changes once it is set.
    pub(crate) location_id: Option<LocationId>,
    pub(crate) display_name: String,
    /// For how many people.
    pub(crate) capacity: Option<i64>,
    pub(crate) kind: WorkspaceKind,
    pub(crate) sip_address: String,
    pub(crate) calling: WorkspaceCalling,
    pub(crate) calendar: Calendar,
    pub(crate) notes: Option<String>,
    pub(crate) hotdesking: bool,
    pub(crate) supported_devices: SupportedDevices,
    pub(crate) device_hosted_meetings: bool,
    /// The site of device-hosted meetings.
    pub(crate) meetings_site_url: Option<String>,
    pub(crate) device_platform: Option<DevicePlatform>,
    pub(crate) indoor_navigation_url: Option<String>,
    /// Whether alternate numbers ring differently.
    pub(crate) distinctive_ring: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) last_modified_at: Timestamp,
}
