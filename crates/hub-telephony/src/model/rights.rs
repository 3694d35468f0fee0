//! Who may see and change workspaces and virtual lines.

use webex::Role;

/// Seeing workspaces.
pub(crate) const WORKSPACES_READ: &[&str] = &["spark-admin:workspaces_read"];
/// Changing workspaces.
pub(crate) const WORKSPACES_WRITE: &[&str] = &["spark-admin:workspaces_write"];
/// Seeing a workspace's numbers by its address among the telephony configuration.
pub(crate) const WORKSPACE_NUMBERS_READ: &[&str] =
    &["spark-admin:workspaces_read", "spark-admin:telephony_config_read"];

/// Whoever may make and change workspaces: they go with devices.
pub(crate) const WORKSPACE_WRITERS: &[Role] = &[Role::FullAdministrator, Role::DeviceAdministrator];
/// Whoever may change a workspace's numbers.
pub(crate) const WORKSPACE_NUMBERS_WRITERS: &[Role] = &[
    Role::FullAdministrator,
    Role::UserAdministrator,
    Role::DeviceAdministrator,
];
/// Whoever may see virtual lines.
pub(crate) const VIRTUAL_LINE_READERS: &[Role] = &[
    Role::FullAdministrator,
    Role::ReadOnlyAdministrator,
    Role::UserAdministrator,
    Role::SupportAdministrator,
];
/// Whoever may make and change virtual lines.
pub(crate) const VIRTUAL_LINE_WRITERS: &[Role] = &[Role::FullAdministrator, Role::UserAdministrator];
