use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderValue, StatusCode, header};
use hub_directory::PersonId;
use kit::Error;
use kit_web::{BrowserId, CookieJar, Form, PageError};
use serde::Deserialize;

use crate::OAuth;
use crate::model::parameters::Parameters;
use crate::pages;
use crate::use_cases::{Begun, Decision, Opened};

fn path_of(request_id: &str) -> String {
    format!("/v1/authorize/{request_id}")
}

pub(super) async fn begin(
    State(oauth): State<OAuth>,
    RawQuery(query): RawQuery,
    Extension(browser): Extension<BrowserId>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let parameters = Parameters::of_form(query.unwrap_or_default().as_bytes());
    match oauth.begin_authorization(&parameters, &browser, &jar).await? {
        Begun::Page(problem) => Ok(pages::unanswerable(problem)),
        Begun::Answer(location) => redirect(StatusCode::FOUND, &location),
        Begun::Waits(id) => redirect(StatusCode::FOUND, &path_of(&id)),
    }
}

pub(super) async fn open(
    State(oauth): State<OAuth>,
    Path(id): Path<String>,
    Extension(browser): Extension<BrowserId>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    match oauth.open_authorization(&id, &browser, &jar).await? {
        Opened::Gone => Ok(pages::over()),
        Opened::SignIn { login_hint } => {
            Ok(Redirect::to(&pages::sign_in_path(&path_of(&id), &login_hint)).into_response())
        }
        Opened::Denied {
            account,
            client,
            refusal,
            until,
        } => Ok(pages::denied(&account, &client, &refusal, &id, until)),
        Opened::Consent {
            account,
            client,
            pending,
        } => pages::consent(&oauth, &account, &client, &pending).await,
    }
}

#[derive(Deserialize)]
pub(super) struct DecisionForm {
    decision: String,
    /// For whom the page was made: whoever is signed in now must be the same.
    person: String,
}

pub(super) async fn decide(
    State(oauth): State<OAuth>,
    Path(id): Path<String>,
    Extension(browser): Extension<BrowserId>,
    jar: CookieJar,
    Form(sent): Form<DecisionForm>,
) -> Result<Response, PageError> {
    let accepts = match sent.decision.as_str() {
        "accept" => true,
        "decline" => false,
        _ => return Err(PageError(Error::invalid("Choose Accept or Decline."))),
    };
    let shown_to = PersonId::parse(&sent.person)?;
    match oauth
        .decide_authorization(&id, accepts, shown_to, &browser, &jar)
        .await?
    {
        // 303 and never 307: the form must not travel on to the client (RFC 9700, section 4.12).
        Decision::Answer(location) => redirect(StatusCode::SEE_OTHER, &location),
        Decision::LookAgain => redirect(StatusCode::SEE_OTHER, &path_of(&id)),
        Decision::Gone => Ok(pages::over()),
    }
}

fn redirect(status: StatusCode, location: &str) -> Result<Response, PageError> {
    let value = HeaderValue::from_str(location).map_err(Error::internal)?;
    Ok((status, [(header::LOCATION, value)]).into_response())
}
