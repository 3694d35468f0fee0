use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use hub_directory::Account;
use kit_web::{Message, Page, PageError, Tone, current_tracking_id};
use webex::describe_scope;

use crate::model::authorization_request::Unanswerable;
use crate::model::initials::initials;
use crate::store::pending::Pending;
use crate::{Client, OAuth};

/// The sign-in page that comes back to `return_to`, with an address to begin with.
pub(crate) fn sign_in_path(return_to: &str, login_hint: &str) -> String {
    let path = hub_identity::sign_in_path(return_to);
    if login_hint.is_empty() {
        return path;
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("email", login_hint);
    format!("{path}&{}", query.finish())
}

struct ScopeLine {
    scope: String,
    words: &'static str,
}

#[derive(Template)]
#[template(path = "consent.html")]
struct ConsentTemplate<'a> {
    client: &'a Client,
    scopes: Vec<ScopeLine>,
    account: &'a Account,
    account_mark: String,
    role: String,
    action: String,
    other_person: String,
    is_administrative: bool,
}

pub(crate) async fn consent(
    oauth: &OAuth,
    account: &Account,
    client: &Client,
    pending: &Pending,
) -> Result<Response, PageError> {
    let organization = oauth.directory().organization(account.organization_id).await?;
    let organization = organization
        .map(|organization| organization.display_name)
        .unwrap_or_default();
    let role = account.roles.first().map_or_else(
        || organization.clone(),
        |role| format!("{} of {organization}", role.name()),
    );
    let scopes = &pending.request.scopes;
    let action = format!("/v1/authorize/{}", pending.id);
    let template = ConsentTemplate {
        client,
        scopes: scopes
            .iter()
            .map(|scope| ScopeLine {
                scope: scope.to_string(),
                words: describe_scope(scope.as_str()),
            })
            .collect(),
        account,
        account_mark: initials(&account.display_name),
        role,
        other_person: hub_identity::sign_in_path(&action),
        action,
        is_administrative: scopes.is_administrative(),
    };
    Ok(Page::solo_wide("Authorize", &template).into_response())
}

/// A request that is over, was decided, or belongs to another browser.
pub(crate) fn over() -> Response {
    let mut message = Message::new(
        Tone::Warning,
        "This authorization is over",
        "It was decided already, it is older than ten minutes, or it was begun in another browser.",
    );
    message
        .sentences
        .push("Go back to the application and start again from there.".to_owned());
    message.into_page(StatusCode::GONE).into_response()
}

/// A request that cannot be answered to anybody.
pub(crate) fn unanswerable(problem: Unanswerable) -> Response {
    let (title, sentence) = match problem {
        Unanswerable::NoClient => (
            "No application is named",
            "The address that led here has no client_id.",
        ),
        Unanswerable::UnknownClient => (
            "Unknown application",
            "No integration with this client_id is registered here.",
        ),
        Unanswerable::DisabledClient => (
            "This application is switched off",
            "The integration that led here is not in service.",
        ),
        Unanswerable::NoRedirectUri => (
            "The return address is missing",
            "The integration has not exactly one registered redirect URI, so the address that led here must name one of them as redirect_uri.",
        ),
        Unanswerable::UnregisteredRedirectUri => (
            "Wrong return address",
            "The redirect_uri is not registered for this integration. It must be the same to the letter.",
        ),
        Unanswerable::RepeatedParameter => (
            "This request cannot be understood",
            "client_id or redirect_uri came more than once.",
        ),
    };
    let mut message = Message::new(Tone::Danger, title, sentence);
    message.sentences.push(
        "Nothing was authorized, and the application was not told. Whoever runs it has to mend its settings."
            .to_owned(),
    );
    message
        .facts
        .push(("Tracking ID".to_owned(), current_tracking_id()));
    message.into_page(StatusCode::BAD_REQUEST).into_response()
}
