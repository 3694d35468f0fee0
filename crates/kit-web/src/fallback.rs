use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::Error;

use crate::api_error::error_body;
use crate::{ApiError, Message, PageError, Tone};

/// Paths under which programs talk, not people.
fn is_for_programs(path: &str) -> bool {
    [
        "/v1/",
        "/identity/",
        "/u2c/",
        "/idb/",
        "/api/",
        "/wdm/",
        "/metrics/",
        "/mercury/",
        "/apheleia/",
    ]
    .iter()
    .any(|prefix| path.starts_with(prefix))
}

pub(crate) async fn not_found(request: Request) -> Response {
    if is_for_programs(request.uri().path()) {
        // A path that nobody serves must not look like an object that is not there.
        let sentence = format!(
            "No operation is served at {} {}.",
            request.method(),
            request.uri().path()
        );
        return ApiError(Error::not_found(sentence)).into_response();
    }
    PageError(Error::not_found("There is no page at this address.")).into_response()
}

pub(crate) async fn method_not_allowed(request: Request) -> Response {
    let path = request.uri().path();
    if is_for_programs(path) {
        let message = format!("The method {} is not served at {path}.", request.method());
        return (
            StatusCode::METHOD_NOT_ALLOWED,
            axum::Json(error_body(&message, None)),
        )
            .into_response();
    }
    // Somebody who comes back to the address of a form that was sent, after a sign-in for example.
    let sentence =
        "This address only takes what a form sends. Go back to the page with the form and send it again.";
    let mut message = Message::new(Tone::Warning, "There is no page at this address", sentence);
    message
        .actions
        .push(("Go to the start page".to_owned(), "/".to_owned()));
    message.into_page(StatusCode::METHOD_NOT_ALLOWED).into_response()
}
