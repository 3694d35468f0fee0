use hub_directory::{Caller, CallerOrigin};
use kit::{Error, Result};
use webex::Role;

/// Full and Read-Only Admins see integrations, requests and policies. Pages only: no token reaches this slice.
pub(crate) fn require_view(caller: &Caller) -> Result<()> {
    let may = caller.has_any_role(&[Role::FullAdministrator, Role::ReadOnlyAdministrator]);
    if may && caller.origin == CallerOrigin::Session {
        return Ok(());
    }
    Err(Error::forbidden(
        "Integrations are shown to Full Administrators and Read-Only Administrators. Ask a Full Administrator of your organization.",
    ))
}

/// Full Admins decide.
pub(crate) fn require_decide(caller: &Caller) -> Result<()> {
    require_view(caller)?;
    if caller.is_full_admin() {
        return Ok(());
    }
    Err(Error::forbidden(
        "Only a Full Administrator of your organization can change this. Nothing was changed.",
    ))
}
