use axum::RequestExt as _;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use kit::{Error, Kind};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq as _;

use crate::context::page_context;
use crate::{ApiError, PageError};

/// The query of a URL; unreadable ones are a 400 in words.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

/// A JSON body; unreadable ones are a 400 that names line and column.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

/// A form that one of our own pages sent: its `csrf` field is checked before anything else.
#[derive(Clone, Copy, Debug)]
pub struct Form<T>(pub T);

/// What a form says that says nothing but “do it”.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct NoFields {}

/// What a form shows again, with the sentence beside its fields: whatever the person can mend. Everything else is a
/// page of its own.
pub fn to_mend(error: Error) -> kit::Result<Error> {
    match error.kind() {
        Kind::Invalid | Kind::Conflict => Ok(error),
        _ => Err(error),
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        serde_html_form::from_str(parts.uri.query().unwrap_or_default())
            .map(Self)
            .map_err(|error| {
                ApiError(Error::invalid(format!(
                    "The query of this request cannot be read: {error}."
                )))
            })
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let bytes = body(request, state).await.map_err(ApiError)?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            ApiError(Error::invalid(format!(
                "The body of this request is not the JSON that is wanted: {error}."
            )))
        })
    }
}

#[derive(Deserialize)]
struct CsrfOnly {
    #[serde(default)]
    csrf: String,
}

/// Refuses what a form of another browser, or of another site, sent. [`Form`] asks this by itself; an upload, which is no
/// such form, has to ask.
pub fn check_csrf(sent: &str) -> Result<(), PageError> {
    let wanted = page_context().csrf;
    if !wanted.is_empty() && bool::from(sent.as_bytes().ct_eq(wanted.as_bytes())) {
        return Ok(());
    }
    Err(PageError(Error::forbidden(
        "This form was opened in another browser or its cookie is gone; nothing was done. Go back, reload the page and send it again.",
    )))
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let bytes = body(request, state).await.map_err(PageError)?;
        let sent: CsrfOnly = serde_html_form::from_bytes(&bytes).unwrap_or(CsrfOnly { csrf: String::new() });
        check_csrf(&sent.csrf)?;
        serde_html_form::from_bytes(&bytes)
            .map(Self)
            .map_err(|error| PageError(Error::invalid(format!("The form cannot be read: {error}."))))
    }
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Error> {
    request
        .extract_with_state::<Bytes, _, _>(state)
        .await
        .map_err(|rejection| {
            let too_large = rejection.status() == http::StatusCode::PAYLOAD_TOO_LARGE;
            let sentence = if too_large {
                "The body of this request is larger than 1 MiB."
            } else {
                "The body of this request ended early."
            };
            Error::new(Kind::Invalid, sentence)
        })
}
