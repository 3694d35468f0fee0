use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use hub_directory::Account;
use kit::Timestamp;
use kit_web::{Page, PageError, current_tracking_id};
use webex::application_id;

use crate::use_cases::Waiting;
use crate::{Client, Refusal};

/// Word for word what the platform shows.
const DENIED: &str = "Access denied - Your administrator denied access to the integration you selected. We captured your request and will let them know";

#[derive(Template)]
#[template(path = "denied.html")]
struct DeniedTemplate<'a> {
    sentence: &'static str,
    client: &'a Client,
    application_id: String,
    tracking_id: String,
    request_id: &'a str,
    refusal: &'a Refusal,
    until: Timestamp,
    is_full_admin: bool,
}

/// No redirect: the client is not told. The authorization goes on waiting: once policy allows it, it goes on in the
/// same browser.
pub(crate) fn denied(
    account: &Account,
    client: &Client,
    refusal: &Refusal,
    request_id: &str,
    until: Timestamp,
) -> Response {
    let template = DeniedTemplate {
        sentence: DENIED,
        client,
        application_id: application_id(&client.client_id),
        tracking_id: current_tracking_id(),
        request_id,
        refusal,
        until,
        is_full_admin: account.is_full_admin(),
    };
    Page::solo_wide("Access denied", &template)
        .with_card_class("solo-card-wide message message-danger")
        .with_status(StatusCode::FORBIDDEN)
        .into_response()
}

#[derive(Template)]
#[template(path = "denied_waiting.html")]
struct WaitingTemplate<'a> {
    request_id: &'a str,
    state: Waiting,
}

/// The part of the page that asks again by itself while policy refuses, and stops asking afterwards.
pub(crate) fn waiting(request_id: &str, state: Waiting) -> Response {
    match (WaitingTemplate { request_id, state }).render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => PageError(kit::Error::internal(error)).into_response(),
    }
}
