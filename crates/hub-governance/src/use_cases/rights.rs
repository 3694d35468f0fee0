use hub_directory::{Caller, CallerOrigin};
use kit::{Error, Result};
use webex::Role;

use crate::governance::Governance;
use crate::store::reviewers;

/// The scope with which a token sees policies.
pub(crate) const READ: &str = "spark-admin:policies_read";
/// The scope with which a token changes them.
pub(crate) const WRITE: &str = "spark-admin:policies_write";

/// Full and Read-Only Admins see integrations, requests and policies; a token also needs the scope.
pub(crate) fn require_view(caller: &Caller) -> Result<()> {
    caller.require_any_scope(&[READ, WRITE])?;
    if caller.has_any_role(&[Role::FullAdministrator, Role::ReadOnlyAdministrator]) {
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
        return caller.require_any_scope(&[WRITE]);
    }
    Err(Error::forbidden(
        "Only a Full Administrator of your organization can change this. Nothing was changed.",
    ))
}

/// What somebody may do with requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestRight {
    /// See them.
    See,
    /// Decide those of other people, one by one.
    Review,
    /// Decide everything: a Full Administrator.
    Decide,
}

impl Governance {
    /// What the caller may do with requests; refuses those who may not even see them.
    pub async fn request_right(&self, caller: &Caller) -> Result<RequestRight> {
        if require_decide(caller).is_ok() {
            return Ok(RequestRight::Decide);
        }
        // Reviewers act at a browser: whoever hands out their token hands out nothing of this.
        let at_a_browser = caller.origin == CallerOrigin::Session;
        if at_a_browser
            && reviewers::is_one(&self.core.database, caller.organization_id, caller.person_id).await?
        {
            return Ok(RequestRight::Review);
        }
        require_view(caller).map(|()| RequestRight::See)
    }
}
