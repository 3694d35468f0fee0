use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use hub_identity::SignedIn;
use kit_web::{Form, NoFields, Page, PageError, Query};
use serde::Deserialize;
use webex::application_id;

use crate::{AuthorizedApplication, OAuth};

#[derive(Template)]
#[template(path = "account_applications.html")]
struct ApplicationsTemplate {
    applications: Vec<AuthorizedApplication>,
    withdrawn: bool,
}

impl ApplicationsTemplate {
    fn id_of(&self, application: &AuthorizedApplication) -> String {
        application_id(&application.client.client_id)
    }
}

#[derive(Deserialize)]
pub(super) struct Done {
    #[serde(default)]
    done: String,
}

pub(super) async fn list(
    State(oauth): State<OAuth>,
    signed_in: SignedIn,
    Query(Done { done }): Query<Done>,
) -> Result<Page, PageError> {
    let applications = oauth.applications_of_person(signed_in.caller.person_id).await?;
    Ok(Page::new(
        "Applications",
        &ApplicationsTemplate {
            applications,
            withdrawn: !done.is_empty(),
        },
    ))
}

pub(super) async fn withdraw(
    State(oauth): State<OAuth>,
    signed_in: SignedIn,
    Path(client_id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Response, PageError> {
    oauth.withdraw(signed_in.caller.person_id, &client_id).await?;
    Ok(Redirect::to("/me/applications?done=1").into_response())
}
