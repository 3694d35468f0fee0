//! Who may see and change what.

use hub_directory::public_api::{ADMINISTRATORS, NOT_FOUND, require};
use hub_directory::{Caller, CallerOrigin, OrganizationId};
use kit::{Error, Result, Uuid};
use webex::{Role, ScopeSet};

pub(crate) const USERS_READ: &[&str] = &["identity:people_read", "identity:people_rw"];
pub(crate) const USERS_WRITE: &[&str] = &["identity:people_rw"];
pub(crate) const OWN_USER: &[&str] = &[
    "identity:people_read",
    "identity:people_rw",
    "spark:people_read",
    "spark:all",
];
/// SCIM's groups open with the scopes of people, as Webex does it, and with those of groups.
pub(crate) const SCIM_GROUPS_READ: &[&str] = &[
    "identity:people_read",
    "identity:people_rw",
    "identity:groups_read",
    "identity:groups_rw",
];
pub(crate) const SCIM_GROUPS_WRITE: &[&str] = &["identity:people_rw", "identity:groups_rw"];
pub(crate) const GROUPS_READ: &[&str] = &["identity:groups_read", "identity:groups_rw"];
pub(crate) const GROUPS_WRITE: &[&str] = &["identity:groups_rw"];
pub(crate) const ORGANIZATION_READ: &[&str] = &["identity:organizations_read", "identity:organizations_rw"];
pub(crate) const ORGANIZATION_WRITE: &[&str] = &["identity:organizations_rw"];

const USER_READERS: &[Role] = &[
    Role::FullAdministrator,
    Role::UserAdministrator,
    Role::ReadOnlyAdministrator,
    Role::DeviceAdministrator,
];
const USER_WRITERS: &[Role] = &[Role::FullAdministrator, Role::UserAdministrator];
const GROUP_READERS: &[Role] = &[
    Role::FullAdministrator,
    Role::ReadOnlyAdministrator,
    Role::DeviceAdministrator,
];
const GROUP_WRITERS: &[Role] = &[Role::FullAdministrator];

pub(crate) fn require_user_reader(caller: &Caller) -> Result<()> {
    require(caller, USERS_READ, USER_READERS)
}

pub(crate) fn require_user_writer(caller: &Caller) -> Result<()> {
    require(caller, USERS_WRITE, USER_WRITERS)
}

/// The console shows groups to whoever it shows people to; the API keeps to Webex's list.
pub(crate) fn require_group_reader(caller: &Caller, scopes: &[&str]) -> Result<()> {
    let roles = match caller.origin {
        CallerOrigin::Session => ADMINISTRATORS,
        CallerOrigin::Token { .. } => GROUP_READERS,
    };
    require(caller, scopes, roles)
}

pub(crate) fn require_group_writer(caller: &Caller, scopes: &[&str]) -> Result<()> {
    require(caller, scopes, GROUP_WRITERS)
}

pub(crate) fn may_write_groups(caller: &Caller) -> bool {
    caller.has_any_role(GROUP_WRITERS)
}

pub(crate) fn require_organization_reader(caller: &Caller) -> Result<()> {
    require(caller, ORGANIZATION_READ, USER_READERS)
}

pub(crate) fn require_organization_writer(caller: &Caller) -> Result<()> {
    require(caller, ORGANIZATION_WRITE, &[Role::FullAdministrator])
}

/// The organization of a path: the caller's own, or none that exists for them.
pub(crate) fn own_organization(caller: &Caller, text: &str) -> Result<OrganizationId> {
    let id = hub_directory::public_api::path_uuid(webex::ResourceKind::Organization, text)?;
    if id == caller.organization_id.uuid() {
        return Ok(caller.organization_id);
    }
    Err(Error::not_found(NOT_FOUND))
}

/// The id of a resource in a path. What cannot be an id names nothing that exists.
pub(crate) fn path_id(text: &str) -> Result<Uuid> {
    Uuid::parse_str(text).map_err(|_| Error::not_found(NOT_FOUND))
}

/// The same person towards the directory, which asks for the scopes of the People API: SCIM's own were checked here.
pub(crate) fn towards_the_directory(caller: &Caller) -> Result<Caller> {
    Ok(Caller {
        scopes: ScopeSet::parse("spark-admin:people_read spark-admin:people_write")?,
        ..caller.clone()
    })
}
