use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;
use http::{Method, StatusCode};
use kit_web::{Message, Tone};

use crate::Caller;
use crate::rights;

/// The person at the browser. Nobody there: to the sign-in page, and back here afterwards.
#[derive(Clone, Debug)]
pub struct PageCaller(pub Caller);

/// The administrator at the browser. Whoever has no role reads that this page is for administrators.
#[derive(Clone, Debug)]
pub struct AdministratorCaller(pub Caller);

impl<S: Send + Sync> FromRequestParts<S> for PageCaller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Response> {
        match parts.extensions.get::<Caller>() {
            Some(caller) => Ok(Self(caller.clone())),
            None => Err(to_sign_in(parts)),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AdministratorCaller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let PageCaller(caller) = PageCaller::from_request_parts(parts, state).await?;
        if rights::require_console(&caller).is_ok() {
            return Ok(Self(caller));
        }
        let mut message = Message::new(
            Tone::Warning,
            "This page is for administrators",
            "You are signed in without an administrator role. A Full Administrator of your organization can give you one.",
        );
        message.actions.push(("My account".to_owned(), "/me".to_owned()));
        Err(message.into_page(StatusCode::FORBIDDEN).into_response())
    }
}

/// A form that was sent without a session cannot be sent again by a redirect: it leads to the start page.
fn to_sign_in(parts: &Parts) -> Response {
    let here = match parts.method {
        Method::GET | Method::HEAD => parts
            .uri
            .path_and_query()
            .map_or("/", http::uri::PathAndQuery::as_str),
        _ => "/",
    };
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("return_to", here);
    Redirect::to(&format!("/sign-in?{}", query.finish())).into_response()
}
