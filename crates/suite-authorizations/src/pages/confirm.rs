use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Redirect;
use kit::{Error, Kind, Result};
use kit_web::{BrowserId, Form, Page, PageError};
use serde::Deserialize;
use suite_tenancy::Actor;

use super::callback::way_on;
use crate::Authorizations;
use crate::model::AttemptId;
use crate::use_cases::Confirmation;

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmTemplate {
    confirmation: Confirmation,
}

#[derive(Debug, Deserialize)]
pub(super) struct Decision {
    decision: String,
}

pub(super) async fn show(
    State(authorizations): State<Authorizations>,
    actor: Option<Actor>,
    Extension(BrowserId(browser)): Extension<BrowserId>,
    Path(attempt_id): Path<String>,
) -> Result<Page, PageError> {
    let confirmation = authorizations
        .confirmation(actor.as_ref(), &browser, attempt_id_of(&attempt_id)?)
        .await?;
    Ok(Page::solo_wide(
        "Is this the organization?",
        &ConfirmTemplate { confirmation },
    ))
}

pub(super) async fn decide(
    State(authorizations): State<Authorizations>,
    actor: Option<Actor>,
    Extension(BrowserId(browser)): Extension<BrowserId>,
    Path(attempt_id): Path<String>,
    Form(Decision { decision }): Form<Decision>,
) -> Result<Redirect, PageError> {
    let id = attempt_id_of(&attempt_id)?;
    match decision.as_str() {
        "confirm" => Ok(Redirect::to(&way_on(
            &authorizations.confirm(actor.as_ref(), &browser, id).await?,
        ))),
        "decline" => {
            let attempt = authorizations.decline(actor.as_ref(), &browser, id).await?;
            Ok(Redirect::to(&match attempt.invitation {
                Some(invitation) => format!("/invitations/{invitation}"),
                None => format!(
                    "/customers/{}?outcome=declined&integration={}",
                    attempt.customer,
                    attempt.integration.word()
                ),
            }))
        }
        _ => Err(PageError(Error::invalid(
            "Choose whether this is the organization or not.",
        ))),
    }
}

fn attempt_id_of(text: &str) -> Result<AttemptId> {
    AttemptId::parse(text).map_err(|_| Error::new(Kind::NotFound, "There is nothing to confirm here."))
}
