use axum::extract::{Path, State};
use axum::response::Redirect;
use hub_identity::SignedIn;
use kit_web::{Form, NoFields, PageError};
use serde::Deserialize;

use super::notices::Done;
use super::words::{integration_path, resume_path};
use crate::Governance;
use crate::model::{Existing, Rule};

#[derive(Debug, Deserialize)]
pub(super) struct RuleForm {
    rule: String,
    #[serde(default)]
    spare: Option<String>,
    /// The authorization that waits for this decision.
    #[serde(default)]
    resume: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct SpareForm {
    #[serde(default)]
    spare: Option<String>,
}

impl SpareForm {
    pub(super) fn existing(&self) -> Existing {
        existing(self.spare.as_deref())
    }
}

pub(super) fn existing(spare: Option<&str>) -> Existing {
    if spare == Some("yes") {
        Existing::Spare
    } else {
        Existing::End
    }
}

pub(super) async fn set_status(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
    Form(form): Form<RuleForm>,
) -> Result<Redirect, PageError> {
    let rule = Rule::parse(&form.rule)?;
    governance
        .set_status(&who.caller, &id, rule, existing(form.spare.as_deref()))
        .await?;
    if rule == Rule::Allow
        && let Some(path) = resume_path(&form.resume)
    {
        return Ok(Redirect::to(&path));
    }
    let done = if rule == Rule::Allow {
        Done::Enabled
    } else {
        Done::Disabled
    };
    Ok(Redirect::to(&done.at(&integration_path(&id))))
}

pub(super) async fn revoke(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    governance.revoke_access(&who.caller, &id).await?;
    Ok(Redirect::to(&Done::Revoked.at(&integration_path(&id))))
}

pub(super) async fn refresh(
    State(governance): State<Governance>,
    who: SignedIn,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    governance.refresh_adoption(&who.caller).await?;
    Ok(Redirect::to(&Done::Refreshed.at("/apps/integrations")))
}

pub(super) async fn set_policy(
    State(governance): State<Governance>,
    who: SignedIn,
    Form(form): Form<RuleForm>,
) -> Result<Redirect, PageError> {
    governance
        .set_default(
            &who.caller,
            Rule::parse(&form.rule)?,
            existing(form.spare.as_deref()),
        )
        .await?;
    Ok(Redirect::to(&Done::PolicySaved.at("/apps/integrations")))
}

pub(super) async fn reset(
    State(governance): State<Governance>,
    who: SignedIn,
    Form(form): Form<SpareForm>,
) -> Result<Redirect, PageError> {
    governance.reset_exceptions(&who.caller, form.existing()).await?;
    Ok(Redirect::to(&Done::Reset.at("/apps/integrations/manage")))
}

pub(super) async fn allow_from_alert(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    governance
        .set_status(&who.caller, &id, Rule::Allow, Existing::Spare)
        .await?;
    Ok(Redirect::to(&Done::Enabled.at("/alerts")))
}
