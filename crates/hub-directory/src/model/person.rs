use kit::Timestamp;
use webex::{PersonAddress, PersonStatus, PhoneNumberKind, Role};

use crate::{LicenseId, LocationId, OrganizationId, PersonId};

/// Everything that the directory knows of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their organization.
    pub organization_id: OrganizationId,
    /// Lower case; unique in the whole Hub.
    pub email: String,
    /// As people call them.
    pub display_name: String,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// What they like to be called.
    pub nick_name: Option<String>,
    /// URL of a picture.
    pub avatar: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// The manager, where they are in the directory.
    pub manager_id: Option<PersonId>,
    /// The manager's name.
    pub manager_name: Option<String>,
    /// Only of somebody with calling.
    pub location_id: Option<LocationId>,
    /// The location's prefix, read with the person.
    pub routing_prefix: Option<String>,
    /// Without the location's prefix.
    pub extension: Option<String>,
    /// Numbers, in the order in which they are shown.
    pub numbers: Vec<Number>,
    /// Postal addresses.
    pub addresses: Vec<PersonAddress>,
    /// A name of the IANA database.
    pub time_zone: Option<String>,
    /// `en_US`.
    pub preferred_language: Option<String>,
    /// False for somebody who was deactivated.
    pub login_enabled: bool,
    /// True until the first sign-in.
    pub invite_pending: bool,
    /// False for somebody who hides presence.
    pub shares_presence: bool,
    /// Presence.
    pub presence: PersonStatus,
    /// When the person was last seen.
    pub last_activity_at: Option<Timestamp>,
    /// When the person came.
    pub created_at: Timestamp,
    /// When somebody last changed something about them.
    pub last_modified_at: Timestamp,
    /// Administrator roles, in Control Hub's order.
    pub roles: Vec<Role>,
    /// Licences, in the order of their ids.
    pub licenses: Vec<LicenseId>,
}

/// A number of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// What it is for.
    pub kind: PhoneNumberKind,
    /// E.164 for all that ring through the platform.
    pub value: String,
    /// The one to call first.
    pub primary: bool,
}

impl Number {
    /// Whether calls to it go through the platform: then it belongs to one person, and only with a calling licence.
    pub fn rings(&self) -> bool {
        matches!(
            self.kind,
            PhoneNumberKind::Work | PhoneNumberKind::Alternate1 | PhoneNumberKind::Alternate2
        )
    }
}

impl Person {
    /// Whether the person is a Full Admin.
    pub fn is_full_admin(&self) -> bool {
        self.roles.contains(&Role::FullAdministrator)
    }

    /// Whether the person can act as a Full Admin now.
    pub fn is_acting_full_admin(&self) -> bool {
        self.is_full_admin() && self.login_enabled
    }

    /// Prefix and extension, as colleagues at other locations dial it.
    pub fn prefixed_extension(&self) -> Option<String> {
        let extension = self.extension.as_deref()?;
        Some(format!(
            "{}{extension}",
            self.routing_prefix.as_deref().unwrap_or_default()
        ))
    }

    /// The text that searches compare.
    pub(crate) fn search_text(&self) -> String {
        let parts = [
            Some(self.display_name.as_str()),
            Some(&self.email),
            self.nick_name.as_deref(),
            self.department.as_deref(),
        ];
        let numbers = self.numbers.iter().map(|number| number.value.as_str());
        let parts = parts
            .into_iter()
            .chain([self.title.as_deref(), self.extension.as_deref()])
            .flatten()
            .chain(numbers);
        crate::store::search_text(parts)
    }
}
