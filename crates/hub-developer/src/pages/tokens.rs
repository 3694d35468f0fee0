use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use http::StatusCode;
use hub_directory::{OrganizationId, PageCaller};
use kit::{Error, ExposeSecret as _, Kind, SecretString};
use kit_web::{Form, Page};
use serde::Deserialize;

use super::application::ApplicationPage;
use super::form::managed;
use super::{Answer, path_of};
use crate::use_cases::{NoTokens, ServiceAppPair};
use crate::{Developer, OwnApplication};

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct TokenForm {
    organization: String,
    client_secret: String,
}

#[derive(Template)]
#[template(path = "tokens_fresh.html")]
struct Fresh<'a> {
    own: &'a OwnApplication,
    organization: &'a str,
    path: String,
    access_token: &'a str,
    access_days: u64,
    refresh_token: &'a str,
    refresh_days: u64,
}

/// Tokens for an organization that authorized the Service App: the way of a developer without a second integration. They
/// are shown this one time.
pub(super) async fn fetch(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    Form(form): Form<TokenForm>,
) -> Answer {
    let own = managed(&developer, &caller, &client_id).await?;
    let page = ApplicationPage::of(&developer, &caller, &own).await?;
    let chosen = OrganizationId::parse(&form.organization)
        .ok()
        .and_then(|organization| {
            page.authorizations
                .iter()
                .find(|(authorization, _)| authorization.organization_id == organization)
        });
    let problem = match chosen {
        None => Error::invalid("Choose an organization that authorized the Service App."),
        Some((authorization, name)) => {
            let secret = SecretString::from(form.client_secret.trim());
            let client_id = own.client.client_id.as_str();
            let organization = authorization.organization_id;
            match developer
                .issue_tokens(&caller, client_id, client_id, &secret, organization)
                .await
            {
                Ok(pair) => return Ok(fresh(&own, name, &pair).into_response()),
                Err(NoTokens::WrongCredentials(_)) => Error::invalid(
                    "This is not the secret of this Service App. If you do not have it any more, make a new one.",
                ),
                Err(NoTokens::Refused(error)) if *error.kind() == Kind::Internal => return Err(error.into()),
                Err(NoTokens::Refused(error)) => error,
            }
        }
    };
    let template = ApplicationPage {
        token_problem: Some(problem.public().to_owned()),
        chosen_organization: form.organization,
        ..page
    };
    Ok(Page::new(own.client.name.clone(), &template)
        .with_status(StatusCode::BAD_REQUEST)
        .into_response())
}

fn fresh(own: &OwnApplication, organization: &str, pair: &ServiceAppPair) -> Page {
    const DAY: u64 = 24 * 3600;
    let template = Fresh {
        own,
        organization,
        path: path_of(&own.client.client_id),
        access_token: pair.access_token.expose_secret(),
        access_days: pair.access_life.as_secs() / DAY,
        refresh_token: pair.refresh_token.expose_secret(),
        refresh_days: pair.refresh_life.as_secs() / DAY,
    };
    Page::new(own.client.name.clone(), &template)
}
