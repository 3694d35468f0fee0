use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use hub_directory::{AdministratorCaller, Caller, LocationId};
use kit::Error;
use kit_web::Form;
use serde::Deserialize;

use super::{Answer, require_writes};
use crate::Numbers;

/// One number of a location, and the list from which it came.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OneNumber {
    pub(super) number: String,
    pub(super) location: String,
    pub(super) back: String,
}

impl OneNumber {
    pub(super) fn location_id(&self) -> kit::Result<LocationId> {
        LocationId::parse(&self.location)
            .map_err(|_| Error::not_found("There is no such location in your organization."))
    }

    /// The list from which the number came, with a word on what happened.
    pub(super) fn list(&self, done: &str) -> Redirect {
        let back = self.back.as_str();
        let (path, query) = back.split_once('?').unwrap_or((back, ""));
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        if path == "/calling/numbers" {
            let known = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key != "done");
            pairs.extend_pairs(known);
        }
        pairs.append_pair("done", done);
        Redirect::to(&format!("/calling/numbers?{}", pairs.finish()))
    }
}

pub(super) async fn activate(
    State(numbers): State<Numbers>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<OneNumber>,
) -> Answer {
    set(&numbers, &caller, &form, true).await
}

pub(super) async fn deactivate(
    State(numbers): State<Numbers>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<OneNumber>,
) -> Answer {
    set(&numbers, &caller, &form, false).await
}

async fn set(numbers: &Numbers, caller: &Caller, form: &OneNumber, active: bool) -> Answer {
    require_writes(caller)?;
    let one = std::slice::from_ref(&form.number);
    numbers
        .set_active(caller, form.location_id()?, one, active)
        .await?;
    Ok(form
        .list(if active { "activated" } else { "deactivated" })
        .into_response())
}
