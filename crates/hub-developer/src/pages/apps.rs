use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse as _;
use hub_directory::PageCaller;
use kit_web::{Page, Query};

use super::notices::Outcome;
use super::{Answer, path_of};
use crate::model::Audience;
use crate::{Developer, OwnApplication};

#[derive(Template)]
#[template(path = "applications.html")]
struct Applications {
    notice: Option<&'static str>,
    own: Vec<Row>,
    colleagues: Vec<Row>,
}

/// A line of the list.
struct Row {
    path: String,
    logo: String,
    name: String,
    kind: &'static str,
    client_id: String,
    status: &'static str,
    tone: &'static str,
    owner: String,
    created_at: kit::Timestamp,
}

pub(super) async fn list(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Query(outcome): Query<Outcome>,
) -> Answer {
    let found = developer.list_applications(&caller).await?;
    let template = Applications {
        notice: outcome.notice(),
        own: found.own.into_iter().map(row).collect(),
        colleagues: found.colleagues.into_iter().map(row).collect(),
    };
    Ok(Page::new("My applications", &template).into_response())
}

fn row(own: OwnApplication) -> Row {
    let (status, tone) = status(&own);
    Row {
        path: path_of(&own.client.client_id),
        logo: format!("/apps/logos/{}", own.client.client_id),
        kind: own.kind().title(),
        status,
        tone,
        owner: own.owner_name.unwrap_or_else(|| "Somebody who left".to_owned()),
        created_at: own.application.created_at,
        name: own.client.name,
        client_id: own.client.client_id,
    }
}

/// The word in the list and the tone of its pill.
pub(super) fn status(own: &OwnApplication) -> (&'static str, &'static str) {
    if !own.client.enabled {
        return ("Switched off", "pill-danger");
    }
    if !own.kind().is_service_app() {
        return ("In every catalogue", "pill-success");
    }
    match own.application.audience {
        Audience::Nobody => ("Not requested", ""),
        Audience::OwnOrganization => ("Requested", "pill-info"),
        Audience::Everyone => ("Submitted", "pill-success"),
    }
}
