use hub_directory::seed::LicenseKind;

use crate::model::{SupportedDevices, WorkspaceKind};

/// A workspace of an invented organization.
pub(super) struct Room {
    pub(super) name: String,
    pub(super) kind: WorkspaceKind,
    pub(super) capacity: Option<i64>,
    pub(super) devices: SupportedDevices,
    pub(super) calling: RoomCalling,
    /// Whether a mailbox books it.
    pub(super) booked: bool,
    pub(super) hotdesking: bool,
    pub(super) notes: Option<&'static str>,
}

#[derive(Clone, Copy)]
pub(super) enum RoomCalling {
    None,
    Free,
    Webex { license: LicenseKind, has_number: bool },
}

/// A virtual line of an invented organization.
pub(super) struct Line {
    pub(super) first_name: &'static str,
    pub(super) last_name: &'static str,
    pub(super) has_number: bool,
}

impl Room {
    /// A room where people meet, booked by its mailbox.
    pub(super) fn meeting(name: impl Into<String>, kind: WorkspaceKind, capacity: i64) -> Self {
        Self {
            name: name.into(),
            kind,
            capacity: Some(capacity),
            devices: SupportedDevices::CollaborationDevices,
            calling: RoomCalling::Free,
            booked: true,
            hotdesking: false,
            notes: None,
        }
    }

    /// A telephone that belongs to nobody.
    pub(super) fn phone(name: impl Into<String>, kind: WorkspaceKind, has_number: bool) -> Self {
        Self {
            name: name.into(),
            kind,
            capacity: None,
            devices: SupportedDevices::Phones,
            calling: RoomCalling::Webex {
                license: LicenseKind::CallingWorkspaces,
                has_number,
            },
            booked: false,
            hotdesking: false,
            notes: None,
        }
    }

    /// A desk for whoever comes.
    pub(super) fn hot_desk(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind: WorkspaceKind::Desk,
            capacity: Some(1),
            devices: SupportedDevices::CollaborationDevices,
            calling: RoomCalling::None,
            booked: false,
            hotdesking: true,
            notes: None,
        }
    }

    /// The same with a telephone number of its own.
    pub(super) fn with_professional_calling(mut self) -> Self {
        self.calling = RoomCalling::Webex {
            license: LicenseKind::CallingProfessional,
            has_number: true,
        };
        self
    }

    pub(super) fn with_notes(mut self, notes: &'static str) -> Self {
        self.notes = Some(notes);
        self
    }
}
