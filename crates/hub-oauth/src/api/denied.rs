use axum::Extension;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit_web::{BrowserId, CookieJar, Form, PageError};
use serde::Deserialize;

use crate::OAuth;
use crate::pages;

/// The part of the denied page that asks again and again. It decides nothing.
pub(super) async fn waiting(
    State(oauth): State<OAuth>,
    Path(id): Path<String>,
    Extension(browser): Extension<BrowserId>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let state = oauth.waiting_authorization(&id, &browser, &jar).await?;
    Ok(pages::waiting(&id, state))
}

#[derive(Deserialize)]
pub(super) struct ReasonForm {
    #[serde(default)]
    reason: String,
}

pub(super) async fn give_reason(
    State(oauth): State<OAuth>,
    Path(id): Path<String>,
    Extension(browser): Extension<BrowserId>,
    jar: CookieJar,
    Form(sent): Form<ReasonForm>,
) -> Result<Response, PageError> {
    if !oauth.give_reason(&id, &browser, &jar, &sent.reason).await? {
        return Ok(pages::over());
    }
    Ok(Redirect::to(&format!("/v1/authorize/{id}")).into_response())
}
