use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use hub_identity::SignedIn;
use kit::ExposeSecret as _;
use kit_web::{Form, NoFields, Page, PageError};

use crate::{GrantId, OAuth, PersonalToken};

#[derive(Template)]
#[template(path = "account_token.html")]
struct TokenTemplate<'a> {
    fresh: Option<&'a str>,
    tokens: Vec<PersonalToken>,
    base_url: String,
}

fn base_url(oauth: &OAuth) -> String {
    oauth.public_url().link("/v1")
}

pub(super) async fn list(State(oauth): State<OAuth>, signed_in: SignedIn) -> Result<Page, PageError> {
    let tokens = oauth.personal_tokens(signed_in.caller.person_id).await?;
    Ok(Page::new(
        "Access token",
        &TokenTemplate {
            fresh: None,
            tokens,
            base_url: base_url(&oauth),
        },
    ))
}

/// The one answer to a form that is a page and no redirect: what it shows exists nowhere else and must not stand in
/// an address.
pub(super) async fn make(
    State(oauth): State<OAuth>,
    signed_in: SignedIn,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Page, PageError> {
    let person = signed_in.caller.person_id;
    let token = oauth.issue_personal_token(person).await?;
    let tokens = oauth.personal_tokens(person).await?;
    Ok(Page::new(
        "Access token",
        &TokenTemplate {
            fresh: Some(token.expose_secret()),
            tokens,
            base_url: base_url(&oauth),
        },
    ))
}

pub(super) async fn revoke(
    State(oauth): State<OAuth>,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Response, PageError> {
    oauth
        .revoke_personal_token(signed_in.caller.person_id, GrantId::parse(&id)?)
        .await?;
    Ok(Redirect::to("/me/token").into_response())
}
