//! A person's call settings: seen, changed, and whom the person monitors.

mod edit;
mod form;
mod monitoring;
mod show;

use axum::Router;
use axum::routing::get;
use hub_directory::public_api::NOT_FOUND;
use hub_directory::{Caller, Person, PersonId};
use kit::{Error, Result};

use crate::Telephony;

pub(super) fn router() -> Router<Telephony> {
    Router::new()
        .route("/users/{person_id}/calling", get(show::show))
        .route(
            "/users/{person_id}/calling/edit",
            get(edit::form).post(edit::save),
        )
        .route(
            "/users/{person_id}/calling/monitoring",
            get(monitoring::form).post(monitoring::save),
        )
}

/// The person whose page it is; one of another organization does not exist.
async fn person_of(telephony: &Telephony, caller: &Caller, id: &str) -> Result<Person> {
    let id = PersonId::parse(id).map_err(|_| Error::not_found(NOT_FOUND))?;
    let on = telephony.database().into();
    let person = telephony
        .directory()
        .person_of(on, caller.organization_id, id)
        .await?;
    person.ok_or_else(|| Error::not_found(NOT_FOUND))
}
