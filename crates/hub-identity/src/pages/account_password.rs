use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::{ExposeSecret as _, Kind, SecretString, Timestamp};
use kit_web::{Form, Page, PageError, Query, status_of};
use serde::Deserialize;

use super::account::Done;
use crate::{Identity, SignedIn};

#[derive(Template)]
#[template(path = "account_password.html")]
struct PasswordTemplate<'a> {
    changed_at: Option<Timestamp>,
    changed: bool,
    error: &'a str,
}

pub(super) async fn page(
    State(identity): State<Identity>,
    signed_in: SignedIn,
    Query(Done { done }): Query<Done>,
) -> Result<Page, PageError> {
    let changed_at = identity.password_changed_at(signed_in.caller.person_id).await?;
    Ok(Page::new(
        "Password",
        &PasswordTemplate {
            changed_at,
            changed: !done.is_empty(),
            error: "",
        },
    ))
}

#[derive(Deserialize)]
pub(super) struct Change {
    #[serde(deserialize_with = "super::secret")]
    current: SecretString,
    #[serde(deserialize_with = "super::secret")]
    new: SecretString,
    #[serde(deserialize_with = "super::secret")]
    again: SecretString,
}

pub(super) async fn change(
    State(identity): State<Identity>,
    signed_in: SignedIn,
    Form(sent): Form<Change>,
) -> Result<Response, PageError> {
    let person = signed_in.caller.person_id;
    let (status, sentence) = if sent.new.expose_secret() == sent.again.expose_secret() {
        match identity
            .change_password(person, &sent.current, &sent.new, Some(signed_in.session.id))
            .await
        {
            Ok(()) => return Ok(Redirect::to("/me/password?done=1").into_response()),
            Err(error) if matches!(error.kind(), Kind::Internal | Kind::Unavailable) => {
                return Err(PageError(error));
            }
            Err(error) => (status_of(error.kind()), error.public().to_owned()),
        }
    } else {
        (
            StatusCode::BAD_REQUEST,
            "The two new passwords differ; nothing was changed.".to_owned(),
        )
    };
    let changed_at = identity.password_changed_at(person).await?;
    let template = PasswordTemplate {
        changed_at,
        changed: false,
        error: &sentence,
    };
    Ok(Page::new("Password", &template)
        .with_status(status)
        .into_response())
}
