use hub_directory::{Caller, CallerOrigin, MISSING_SCOPE_OR_ROLE};
use kit::{Error, Result};
use webex::Role;

use crate::model::Application;
use crate::{ApplicationKind, Developer};

/// Reads one's own applications.
pub(crate) const READ: &[&str] = &["spark:applications_read", "spark:applications_write"];
/// Registers and changes them, and authorizes Service Apps.
pub(crate) const WRITE: &[&str] = &["spark:applications_write"];
/// Fetches the tokens of Service Apps.
pub(crate) const TOKEN: &[&str] = &["spark:applications_token"];

/// What somebody may do with an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Look at it.
    Sees,
    /// Change it.
    Manages,
}

pub(super) fn no_such_application() -> Error {
    Error::not_found("There is no such application, or it is not yours.")
}

/// Full and Read-Only Admins see which Service Apps there are.
pub(crate) fn require_see_catalogue(caller: &Caller) -> Result<()> {
    if caller.has_any_role(&[Role::FullAdministrator, Role::ReadOnlyAdministrator]) {
        return Ok(());
    }
    Err(Error::forbidden(
        "Service Apps are shown to Full Administrators and Read-Only Administrators. Ask a Full Administrator of your organization.",
    ))
}

impl Developer {
    /// Full Admins decide about Service Apps, and only people do: a Service App must not let in another one.
    pub(super) async fn require_decide(&self, caller: &Caller) -> Result<()> {
        caller.require_any_scope(WRITE)?;
        if !caller.is_full_admin() {
            return Err(match caller.origin {
                CallerOrigin::Session => Error::forbidden(
                    "Only a Full Administrator of your organization can decide about Service Apps. Nothing was changed.",
                ),
                CallerOrigin::Token { .. } => Error::forbidden(MISSING_SCOPE_OR_ROLE),
            });
        }
        self.refuse_machines(caller).await
    }

    /// What a machine may not do: it is nobody who could answer for it.
    pub(super) async fn refuse_machines(&self, caller: &Caller) -> Result<()> {
        if self.directory().machine(caller.person_id).await?.is_some() {
            return Err(Error::forbidden(
                "A Service App cannot do this; it takes a person's authorization.",
            ));
        }
        Ok(())
    }

    /// The owner manages; Full Admins of the owner's organization see, and manage what nobody owns any more.
    pub(super) async fn reach(&self, caller: &Caller, application: &Application) -> Result<Option<Reach>> {
        if application.owner_id == caller.person_id {
            return Ok(Some(Reach::Manages));
        }
        if application.organization_id != caller.organization_id || !caller.is_full_admin() {
            return Ok(None);
        }
        let owner = self.directory().account(application.owner_id).await?;
        Ok(Some(if owner.is_some() {
            Reach::Sees
        } else {
            Reach::Manages
        }))
    }

    /// Refuses whoever may not change the application. To strangers it does not exist.
    pub(super) async fn require_manage(
        &self,
        caller: &Caller,
        application: Option<Application>,
    ) -> Result<Application> {
        caller.require_any_scope(WRITE)?;
        let application = application.ok_or_else(no_such_application)?;
        match self.reach(caller, &application).await? {
            Some(Reach::Manages) => Ok(application),
            Some(Reach::Sees) => Err(Error::forbidden(
                "Only the person who registered this application can change it. You see it as a Full Administrator of their organization.",
            )),
            None => Err(no_such_application()),
        }
    }
}

/// What only Service Apps have.
pub(super) fn require_service_app(kind: ApplicationKind) -> Result<()> {
    if kind.is_service_app() {
        return Ok(());
    }
    Err(Error::invalid(
        "This is an integration: people authorize it each for themselves. Only a Service App is authorized for an organization.",
    ))
}
