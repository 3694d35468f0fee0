use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit_web::{BrowserId, Form, Message, Page, PageError, Query, Tone};
use serde::Deserialize;

use crate::OAuth;

#[derive(Template)]
#[template(path = "device.html")]
struct DeviceTemplate {
    code: String,
    is_wrong: bool,
}

#[derive(Deserialize)]
pub(crate) struct Shown {
    /// What the link of a device carries.
    #[serde(default, rename = "userCode")]
    user_code: String,
    /// What came of a decision.
    #[serde(default)]
    done: String,
    #[serde(default)]
    error: String,
}

/// Where somebody types the code that a device shows; also where the decision leads back to.
pub(crate) async fn show(Query(shown): Query<Shown>) -> Response {
    if !shown.error.is_empty() {
        let message = Message::new(
            Tone::Warning,
            "The device gets nothing",
            "You declined. The device was told; you can close this page.",
        );
        return message.into_page(StatusCode::OK).into_response();
    }
    if !shown.done.is_empty() {
        let message = Message::new(
            Tone::Success,
            "The device is connected",
            "It goes on by itself within a few seconds; you can close this page.",
        );
        return message.into_page(StatusCode::OK).into_response();
    }
    let code = shown
        .user_code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(64)
        .collect();
    Page::solo(
        "Connect a device",
        &DeviceTemplate {
            code,
            is_wrong: false,
        },
    )
    .into_response()
}

#[derive(Deserialize)]
pub(crate) struct CodeForm {
    code: String,
}

pub(crate) async fn enter(
    State(oauth): State<OAuth>,
    Extension(browser): Extension<BrowserId>,
    Form(CodeForm { code }): Form<CodeForm>,
) -> Result<Response, PageError> {
    if let Some(id) = oauth.open_device(&code, &browser).await? {
        return Ok(Redirect::to(&format!("/v1/authorize/{id}")).into_response());
    }
    let template = DeviceTemplate {
        code: String::new(),
        is_wrong: true,
    };
    Ok(Page::solo("Connect a device", &template)
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response())
}
