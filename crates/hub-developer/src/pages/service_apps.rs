use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect};
use hub_directory::{Caller, PageCaller};
use kit::{Error, Result};
use kit_web::{Form, NoFields, Page, Query};
use serde::Deserialize;

use super::Answer;
use super::notices::Outcome;
use crate::{CatalogueEntry, Developer};

#[derive(Template)]
#[template(path = "service_apps.html")]
struct Catalogue {
    tabs: String,
    notice: Option<&'static str>,
    rows: Vec<CatalogueEntry>,
    selected: Option<CatalogueEntry>,
    may_decide: bool,
}

impl Catalogue {
    fn is_selected(&self, row: &CatalogueEntry) -> bool {
        self.selected
            .as_ref()
            .is_some_and(|selected| selected.client.client_id == row.client.client_id)
    }

    fn status(row: &CatalogueEntry) -> (&'static str, &'static str) {
        match &row.authorization {
            None => ("Not authorized", ""),
            Some(_) if !row.further_scopes().is_empty() => ("Asks for more", "pill-warning"),
            Some(_) => ("Authorized", "pill-success"),
        }
    }

    fn application_id(row: &CatalogueEntry) -> String {
        webex::application_id(&row.client.client_id)
    }
}

pub(super) async fn list(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Query(outcome): Query<Outcome>,
) -> Answer {
    catalogue(&developer, &caller, None, &outcome).await
}

pub(super) async fn panel(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    Query(outcome): Query<Outcome>,
) -> Answer {
    let entry = developer.service_app(&caller, &client_id).await?;
    catalogue(&developer, &caller, Some(entry), &outcome).await
}

async fn catalogue(
    developer: &Developer,
    caller: &Caller,
    selected: Option<CatalogueEntry>,
    outcome: &Outcome,
) -> Answer {
    let rows = developer.list_service_apps(caller).await?;
    let title = selected
        .as_ref()
        .map_or("Service Apps", |entry| &entry.client.name)
        .to_owned();
    let template = Catalogue {
        tabs: hub_governance::apps_tabs("/apps/service-apps"),
        notice: outcome.notice(),
        rows,
        selected,
        may_decide: caller.is_full_admin(),
    };
    Ok(Page::new(title, &template).into_response())
}

/// The question before a decision about a Service App.
#[derive(Template)]
#[template(path = "service_app_confirm.html")]
struct Confirm<'a> {
    entry: &'a CatalogueEntry,
    path: String,
    authorizes: bool,
    /// What is new, where it was authorized with less.
    further: webex::ScopeSet,
}

pub(super) async fn ask_to_authorize(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
) -> Answer {
    let entry = decidable(&developer, &caller, &client_id).await?;
    if entry.authorization.is_some() && entry.further_scopes().is_empty() {
        return Ok(Redirect::to(&path_of(&entry)).into_response());
    }
    Ok(confirm(&entry, true))
}

pub(super) async fn ask_to_deauthorize(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
) -> Answer {
    let entry = decidable(&developer, &caller, &client_id).await?;
    if entry.authorization.is_none() {
        return Ok(Redirect::to(&path_of(&entry)).into_response());
    }
    Ok(confirm(&entry, false))
}

fn confirm(entry: &CatalogueEntry, authorizes: bool) -> axum::response::Response {
    let template = Confirm {
        entry,
        path: path_of(entry),
        authorizes,
        further: entry.further_scopes(),
    };
    let title = if authorizes {
        "Authorize Service App"
    } else {
        "Deauthorize Service App"
    };
    Page::new(title, &template).into_response()
}

fn path_of(entry: &CatalogueEntry) -> String {
    format!("/apps/service-apps/{}", entry.client.client_id)
}

/// The Service App, for whoever may decide about it.
async fn decidable(developer: &Developer, caller: &Caller, client_id: &str) -> Result<CatalogueEntry> {
    let entry = developer.service_app(caller, client_id).await?;
    if caller.is_full_admin() {
        return Ok(entry);
    }
    Err(Error::forbidden(
        "Only a Full Administrator of your organization can decide about Service Apps. Nothing was changed.",
    ))
}

/// What the administrator read.
#[derive(Debug, Deserialize)]
pub(super) struct AuthorizeForm {
    #[serde(default)]
    scopes: String,
}

pub(super) async fn authorize(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    Form(form): Form<AuthorizeForm>,
) -> Answer {
    let authorization = developer
        .authorize_service_app(&caller, &client_id, Some(&form.scopes))
        .await?;
    let path = format!("/apps/service-apps/{}?done=authorized", authorization.client_id);
    Ok(Redirect::to(&path).into_response())
}

pub(super) async fn deauthorize(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    developer.deauthorize_service_app(&caller, &client_id).await?;
    // Its page may be gone with the authorization.
    Ok(Redirect::to("/apps/service-apps?done=deauthorized").into_response())
}
