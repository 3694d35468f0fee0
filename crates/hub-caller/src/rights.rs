use kit::{Error, Result};
use webex::Role;

use crate::{Caller, MISSING_SCOPE_OR_ROLE, OrganizationId};

/// Whoever administers something sees the whole organization. Reading call records alone administers nothing.
pub const ADMINISTRATORS: &[Role] = &[
    Role::FullAdministrator,
    Role::ReadOnlyAdministrator,
    Role::UserAdministrator,
    Role::DeviceAdministrator,
    Role::SupportAdministrator,
    Role::SalesAdministrator,
    Role::HelpDeskAdministrator,
    Role::AdvancedHelpDeskAdministrator,
];
/// Full Admins alone.
pub const FULL_ADMIN: &[Role] = &[Role::FullAdministrator];

/// What Webex answers for an object that is not there, and for one of another organization.
pub const NOT_FOUND: &str = "The requested resource could not be found.";

/// One of the scopes and one of the roles.
pub fn require(caller: &Caller, scopes: &[&str], roles: &[Role]) -> Result<()> {
    caller.require_any_scope(scopes)?;
    caller.require_any_role(roles)
}

/// An organization that the caller names must be their own; another one does not exist for them.
pub fn require_own(caller: &Caller, organization_id: Option<OrganizationId>) -> Result<()> {
    match organization_id {
        Some(other) if other != caller.organization_id => Err(Error::not_found(NOT_FOUND)),
        _ => Ok(()),
    }
}

/// The pages that administrators use.
pub fn require_console(caller: &Caller) -> Result<()> {
    if caller.has_any_role(ADMINISTRATORS) {
        Ok(())
    } else {
        Err(Error::forbidden(MISSING_SCOPE_OR_ROLE))
    }
}
