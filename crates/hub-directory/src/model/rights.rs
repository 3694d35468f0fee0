//! Who may see and change what.

use kit::{Error, Result};
use webex::Role;

pub(crate) use hub_caller::require_console;
pub use hub_caller::{ADMINISTRATORS, FULL_ADMIN, NOT_FOUND, require, require_own};

use crate::{Caller, Person};

/// Scopes, with the reason where more than the plain one opens a door.
pub(crate) const PEOPLE_READ: &[&str] = &["spark:people_read", "spark-admin:people_read", "spark:all"];
pub(crate) const OWN_PROFILE: &[&str] = &["spark:people_read", "spark:all"];
pub(crate) const PEOPLE_READ_ALL: &[&str] = &["spark-admin:people_read"];
pub(crate) const PEOPLE_WRITE: &[&str] = &["spark-admin:people_write"];
pub(crate) const ROLES_READ: &[&str] = &["spark-admin:roles_read"];
pub(crate) const ORGANIZATIONS_READ: &[&str] = &["spark-admin:organizations_read"];
pub(crate) const LICENSES_READ: &[&str] = &["spark-admin:licenses_read"];
pub(crate) const LOCATIONS_READ: &[&str] = &[
    "spark-admin:locations_read",
    "spark-admin:people_read",
    "spark-admin:device_read",
];
pub(crate) const LOCATIONS_WRITE: &[&str] = &["spark-admin:locations_write"];
/// Reading telephony configuration.
pub const TELEPHONY_READ: &[&str] = &["spark-admin:telephony_config_read"];
/// Changing telephony configuration.
pub const TELEPHONY_WRITE: &[&str] = &["spark-admin:telephony_config_write"];

/// Whoever may make and change people.
pub const PEOPLE_WRITERS: &[Role] = &[Role::FullAdministrator, Role::UserAdministrator];
/// Whoever may read telephony configuration.
pub const TELEPHONY_READERS: &[Role] = &[
    Role::FullAdministrator,
    Role::ReadOnlyAdministrator,
    Role::SupportAdministrator,
];
/// Whether the caller sees the organization as its administrators do.
pub(crate) fn sees_everybody(caller: &Caller) -> bool {
    caller.has_any_scope(PEOPLE_READ_ALL) && caller.has_any_role(ADMINISTRATORS)
}

/// Changing people takes both scopes: the answer shows what was changed.
pub(crate) fn require_people_writer(caller: &Caller) -> Result<()> {
    require(caller, PEOPLE_WRITE, PEOPLE_WRITERS)?;
    caller.require_any_scope(PEOPLE_READ_ALL)
}

/// A lesser administrator cannot touch a greater one, and only a Full Admin gives and takes roles.
pub(crate) fn require_rank(caller: &Caller, before: Option<&Person>, after: Option<&Person>) -> Result<()> {
    if caller.is_full_admin() {
        return Ok(());
    }
    if before.is_some_and(Person::is_full_admin) {
        return Err(Error::forbidden(
            "Only a Full Administrator can change, deactivate or delete a Full Administrator.",
        ));
    }
    let roles_before = before.map(|person| person.roles.as_slice()).unwrap_or_default();
    let roles_after = after.map_or(roles_before, |person| person.roles.as_slice());
    if roles_before != roles_after {
        return Err(Error::forbidden(
            "Only a Full Administrator can give or take administrator roles.",
        ));
    }
    // Taking somebody with a role away, or shutting them out, takes the role away as well.
    let shut_out =
        after.is_none_or(|after| before.is_some_and(|before| before.login_enabled && !after.login_enabled));
    if shut_out && !roles_before.is_empty() {
        return Err(Error::forbidden(
            "Only a Full Administrator can deactivate or delete an administrator.",
        ));
    }
    Ok(())
}
