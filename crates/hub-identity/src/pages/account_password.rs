use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::Deed;
use kit::{ExposeSecret as _, Kind, SecretString, Timestamp};
use kit_web::{Form, Page, PageError, Query, status_of};
use serde::Deserialize;

use super::account::{Done, account_of};
use crate::{Identity, SignedIn};

#[derive(Template)]
#[template(path = "account_password.html")]
struct PasswordTemplate<'a> {
    changed_at: Option<Timestamp>,
    expires_at: Option<Timestamp>,
    rules: String,
    shortest: u16,
    /// The domain whose people sign in elsewhere.
    elsewhere: Option<String>,
    consequences: String,
    changed: bool,
    error: &'a str,
}

pub(super) async fn page(
    State(identity): State<Identity>,
    signed_in: SignedIn,
    Query(Done { done }): Query<Done>,
) -> Result<Page, PageError> {
    draw(&identity, &signed_in, !done.is_empty(), "").await
}

async fn draw(
    identity: &Identity,
    signed_in: &SignedIn,
    changed: bool,
    error: &str,
) -> Result<Page, PageError> {
    let (person, caller) = (signed_in.caller.person_id, &signed_in.caller);
    let account = account_of(identity, signed_in).await?;
    let policy = identity.password_policy(account.organization_id).await?;
    let deed = Deed::ChangePassword;
    let template = PasswordTemplate {
        changed_at: identity.password_changed_at(person).await?,
        expires_at: identity.password_expires_at(person).await?,
        rules: policy.in_words(),
        shortest: policy.shortest,
        elsewhere: identity
            .provider_of(&account)
            .await?
            .map(|provider| provider.domain),
        consequences: identity
            .directory()
            .consequences_html(caller, person, &deed)
            .await?,
        changed,
        error,
    };
    Ok(Page::new("Password", &template))
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
    Ok(draw(&identity, &signed_in, false, &sentence)
        .await?
        .with_status(status)
        .into_response())
}
