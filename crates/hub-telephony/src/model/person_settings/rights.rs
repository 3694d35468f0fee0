//! Who may see and change a person's call settings.

use hub_directory::{Caller, MISSING_SCOPE_OR_ROLE, PersonId};
use kit::{Error, Result};
use webex::Role;

/// What it takes to see or change one of the settings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rights {
    /// Of an administrator, for everybody's.
    pub(crate) administrators: &'static [&'static str],
    /// Of anybody, for their own; none where a person may not do it for themselves.
    pub(crate) own: &'static [&'static str],
    /// The administrators.
    pub(crate) roles: &'static [Role],
    /// Both lists, for the table of routes.
    pub(crate) scopes: &'static [&'static str],
}

const PEOPLE_READ: &str = "spark-admin:people_read";
const PEOPLE_WRITE: &str = "spark-admin:people_write";
const OWN_PEOPLE_READ: &str = "spark:people_read";
const OWN_PEOPLE_WRITE: &str = "spark:people_write";
const TELEPHONY_READ: &str = "spark-admin:telephony_config_read";
const TELEPHONY_WRITE: &str = "spark-admin:telephony_config_write";
const OWN_TELEPHONY_READ: &str = "spark:telephony_config_read";
const OWN_TELEPHONY_WRITE: &str = "spark:telephony_config_write";

const READERS: &[Role] = &[
    Role::FullAdministrator,
    Role::ReadOnlyAdministrator,
    Role::UserAdministrator,
];
const WRITERS: &[Role] = &[Role::FullAdministrator, Role::UserAdministrator];

/// Seeing what a person may also see of themselves.
pub(crate) const READ: Rights = Rights {
    administrators: &[PEOPLE_READ],
    own: &[OWN_PEOPLE_READ],
    roles: READERS,
    scopes: &[PEOPLE_READ, OWN_PEOPLE_READ],
};
/// Changing what a person may also change of themselves.
pub(crate) const WRITE: Rights = Rights {
    administrators: &[PEOPLE_WRITE],
    own: &[OWN_PEOPLE_WRITE],
    roles: WRITERS,
    scopes: &[PEOPLE_WRITE, OWN_PEOPLE_WRITE],
};
/// Seeing what is for administrators alone.
pub(crate) const ADMIN_READ: Rights = Rights {
    administrators: &[PEOPLE_READ],
    own: &[],
    roles: READERS,
    scopes: &[PEOPLE_READ],
};
/// Changing what is for administrators alone.
pub(crate) const ADMIN_WRITE: Rights = Rights {
    administrators: &[PEOPLE_WRITE],
    own: &[],
    roles: WRITERS,
    scopes: &[PEOPLE_WRITE],
};
/// Looking for whom somebody could monitor.
pub(crate) const CANDIDATES_READ: Rights = Rights {
    administrators: &[TELEPHONY_READ],
    own: &[],
    roles: READERS,
    scopes: &[TELEPHONY_READ],
};
/// Assigning numbers.
pub(crate) const NUMBERS_WRITE: Rights = Rights {
    administrators: &[TELEPHONY_WRITE],
    own: &[],
    roles: &[Role::FullAdministrator],
    scopes: &[TELEPHONY_WRITE],
};
/// Seeing on which of their endpoints a person answers.
pub(crate) const ENDPOINT_READ: Rights = Rights {
    administrators: &[TELEPHONY_READ],
    own: &[OWN_TELEPHONY_READ],
    roles: READERS,
    scopes: &[TELEPHONY_READ, OWN_TELEPHONY_READ],
};
/// Choosing it.
pub(crate) const ENDPOINT_WRITE: Rights = Rights {
    administrators: &[TELEPHONY_WRITE],
    own: &[OWN_TELEPHONY_WRITE],
    roles: WRITERS,
    scopes: &[TELEPHONY_WRITE, OWN_TELEPHONY_WRITE],
};
/// Seeing one's own settings where only one's own are.
pub(crate) const ME_READ: Rights = Rights {
    administrators: &[],
    own: &[OWN_TELEPHONY_READ],
    roles: &[],
    scopes: &[OWN_TELEPHONY_READ],
};
/// Changing them.
pub(crate) const ME_WRITE: Rights = Rights {
    administrators: &[],
    own: &[OWN_TELEPHONY_WRITE],
    roles: &[],
    scopes: &[OWN_TELEPHONY_WRITE],
};

impl Rights {
    /// Refuses whoever has no right to this person's.
    pub(crate) fn require(&self, caller: &Caller, person: PersonId) -> Result<()> {
        let administers = caller.has_any_scope(self.administrators) && caller.has_any_role(self.roles);
        let own = caller.person_id == person && !self.own.is_empty() && caller.has_any_scope(self.own);
        if administers || own {
            return Ok(());
        }
        Err(Error::forbidden(MISSING_SCOPE_OR_ROLE))
    }

    /// Whether the caller has it over anybody; what a page offers.
    pub(crate) fn has(&self, caller: &Caller) -> bool {
        caller.has_any_scope(self.administrators) && caller.has_any_role(self.roles)
    }
}
