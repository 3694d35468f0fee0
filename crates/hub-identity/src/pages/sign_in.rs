use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderValue, StatusCode, header};
use kit::{Error, Kind, SecretString};
use kit_web::{BrowserId, CookieJar, Form, NoFields, Page, PageError, Query, clear_cookie, page_context};
use serde::Deserialize;

use super::door::{At, keep_ticket, let_in};
use crate::model::return_path::local_path;
use crate::sessions::SESSION_COOKIE;
use crate::{Identity, SignInAnswer};

#[derive(Deserialize)]
pub(super) struct Where {
    #[serde(default)]
    return_to: String,
    #[serde(default)]
    email: String,
}

#[derive(Template)]
#[template(path = "sign_in_email.html")]
struct EmailTemplate<'a> {
    email: &'a str,
    return_to: &'a str,
    error: &'a str,
}

#[derive(Template)]
#[template(path = "sign_in_password.html")]
struct PasswordTemplate<'a> {
    email: &'a str,
    return_to: &'a str,
    error: &'a str,
    must_wait: bool,
}

impl PasswordTemplate<'_> {
    fn forgotten(&self) -> String {
        path_with("/sign-in/forgotten", self.email, "")
    }

    fn other_person(&self) -> String {
        path_with("/sign-in", "", self.return_to)
    }

    fn initial(&self) -> String {
        self.email
            .chars()
            .next()
            .map(|first| first.to_uppercase().collect())
            .unwrap_or_default()
    }
}

pub(super) async fn email_page(Query(sent): Query<Where>) -> Response {
    let return_to = local_path(&sent.return_to);
    if page_context().viewer.is_some() && sent.return_to.is_empty() && sent.email.is_empty() {
        return Redirect::to("/").into_response();
    }
    Page::solo(
        "Sign in",
        &EmailTemplate {
            email: sent.email.trim(),
            return_to,
            error: "",
        },
    )
    .into_response()
}

pub(super) async fn take_email(
    State(identity): State<Identity>,
    Extension(browser): Extension<BrowserId>,
    Form(sent): Form<Where>,
) -> Result<Response, PageError> {
    let (email, return_to) = (sent.email.trim(), local_path(&sent.return_to));
    if !looks_like_email(email) {
        let error = "Enter the e-mail address of your account, such as name@company.com.";
        return Ok(Page::solo(
            "Sign in",
            &EmailTemplate {
                email,
                return_to,
                error,
            },
        )
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response());
    }
    if let Some(provider) = identity.provider_for(email).await? {
        // The people of this domain have no password here.
        let there = identity
            .send_away(&provider, &browser.0, email, return_to, None)
            .await?;
        return Ok(Redirect::to(there.as_str()).into_response());
    }
    Ok(Redirect::to(&path_with("/sign-in/password", email, return_to)).into_response())
}

/// Whether the address exists is not said here: only a password can find out.
pub(super) async fn password_page(
    State(identity): State<Identity>,
    Query(sent): Query<Where>,
) -> Result<Response, PageError> {
    let (email, return_to) = (sent.email.trim(), local_path(&sent.return_to));
    if !looks_like_email(email) {
        return Ok(Redirect::to(&path_with("/sign-in", "", return_to)).into_response());
    }
    if identity.provider_for(email).await?.is_some() {
        return Ok(Redirect::to(&path_with("/sign-in", email, return_to)).into_response());
    }
    Ok(Page::solo(
        "Sign in",
        &PasswordTemplate {
            email,
            return_to,
            error: "",
            must_wait: false,
        },
    )
    .into_response())
}

#[derive(Deserialize)]
pub(super) struct Password {
    #[serde(default)]
    email: String,
    #[serde(default)]
    return_to: String,
    #[serde(deserialize_with = "super::secret")]
    password: SecretString,
}

pub(super) async fn take_password(
    State(identity): State<Identity>,
    at: At,
    Form(sent): Form<Password>,
) -> Result<Response, PageError> {
    let (email, return_to) = (sent.email.trim(), local_path(&sent.return_to));
    match identity.begin_sign_in(email, &sent.password, &at.visitor).await {
        Ok(SignInAnswer::SignedIn(sign_in)) => let_in(&identity, &at.jar, &sign_in, return_to).await,
        Ok(SignInAnswer::MustChange { ticket, reason }) => {
            let path = path_with("/sign-in/new-password", "", return_to);
            let mut response = Redirect::to(&path).into_response();
            keep_ticket(&mut response, &identity, &ticket, reason.life());
            Ok(response)
        }
        Err(error) => refused(error, email, return_to),
    }
}

fn refused(error: Error, email: &str, return_to: &str) -> Result<Response, PageError> {
    let (status, wait) = match error.kind() {
        Kind::Unauthenticated => (StatusCode::UNAUTHORIZED, None),
        Kind::Forbidden => (StatusCode::FORBIDDEN, None),
        Kind::TooMany(wait) => (StatusCode::TOO_MANY_REQUESTS, Some(*wait)),
        _ => return Err(PageError(error)),
    };
    let template = PasswordTemplate {
        email,
        return_to,
        error: error.public(),
        must_wait: wait.is_some(),
    };
    let mut response = Page::solo("Sign in", &template)
        .with_status(status)
        .into_response();
    if let Some(wait) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    }
    Ok(response)
}

pub(super) async fn sign_out(
    State(identity): State<Identity>,
    jar: CookieJar,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Response, PageError> {
    if let Some(token) = jar.get(identity.public_url(), SESSION_COOKIE) {
        identity.sign_out(token).await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    clear_cookie(&mut response, identity.public_url(), SESSION_COOKIE);
    Ok(response)
}

pub(super) fn looks_like_email(text: &str) -> bool {
    let sides = text.split_once('@');
    text.len() <= 320
        && sides.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !text.contains(char::is_whitespace)
}

pub(super) fn path_with(path: &str, email: &str, return_to: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("email", email), ("return_to", return_to)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    format!("{path}?{}", query.finish())
}
