use kit::{Error, Result};

use crate::model::rights;
use crate::store::{licenses, organizations};
use crate::{Caller, Directory, License, Organization, Person, PersonId};

/// Through whose eyes people are shown, and what their licences and addresses are made from.
#[derive(Clone, Debug)]
pub struct PeopleView {
    pub(crate) caller_id: PersonId,
    pub(crate) organization: Organization,
    pub(crate) licenses: Vec<License>,
    /// Sees everybody as administrators do.
    pub(crate) administrator: bool,
    /// Has a role: sees their own roles and licences whatever the token.
    pub(crate) holds_role: bool,
    /// Whether calling data was asked for.
    pub(crate) calling: bool,
    /// Whether presence is shown at all.
    pub(crate) presence: bool,
}

impl PeopleView {
    /// Whether roles, licences and `loginEnabled` of this person are shown.
    pub(crate) fn shows_administration(&self, person: &Person) -> bool {
        self.administrator || (self.holds_role && person.id == self.caller_id)
    }

    /// Whether numbers, extension and location of this person are shown.
    pub(crate) fn shows_calling(&self, person: &Person) -> bool {
        self.calling && (self.administrator || person.id == self.caller_id)
    }

    /// Whether presence of this person is shown.
    pub(crate) fn shows_presence(&self, person: &Person) -> bool {
        self.presence && person.shares_presence
    }
}

impl Directory {
    /// What the caller sees of people. Presence is hidden from whoever hides their own.
    pub(crate) async fn view(&self, caller: &Caller, calling: bool, presence: bool) -> Result<PeopleView> {
        let (organization, licenses) = tokio::try_join!(
            organizations::by_id(self.database(), caller.organization_id),
            licenses::of_organization(self.database().into(), caller.organization_id),
        )?;
        Ok(PeopleView {
            caller_id: caller.person_id,
            organization: organization.ok_or_else(|| Error::not_found(rights::NOT_FOUND))?,
            licenses,
            administrator: rights::sees_everybody(caller),
            holds_role: caller.has_any_role(rights::ADMINISTRATORS),
            calling,
            presence: presence && caller.shares_presence,
        })
    }
}
