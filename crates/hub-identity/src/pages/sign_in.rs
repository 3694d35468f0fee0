use std::net::SocketAddr;

use askama::Template;
use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{Extensions, HeaderMap, HeaderValue, StatusCode, header};
use kit::{Error, ExposeSecret as _, Kind, SecretString};
use kit_web::{CookieJar, Form, NoFields, Page, PageError, Query, clear_cookie, page_context, set_cookie};
use serde::Deserialize;

use crate::model::return_path::local_path;
use crate::model::session::WHOLE_LIFE;
use crate::sessions::SESSION_COOKIE;
use crate::{Identity, SignIn};

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

pub(super) async fn take_email(Form(sent): Form<Where>) -> Response {
    let (email, return_to) = (sent.email.trim(), local_path(&sent.return_to));
    if !looks_like_email(email) {
        let error = "Enter the e-mail address of your account, such as name@company.com.";
        return Page::solo(
            "Sign in",
            &EmailTemplate {
                email,
                return_to,
                error,
            },
        )
        .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        .into_response();
    }
    Redirect::to(&path_with("/sign-in/password", email, return_to)).into_response()
}

/// Whether the address exists is not said here: only a password can find out.
pub(super) async fn password_page(Query(sent): Query<Where>) -> Response {
    let (email, return_to) = (sent.email.trim(), local_path(&sent.return_to));
    if !looks_like_email(email) {
        return Redirect::to(&path_with("/sign-in", "", return_to)).into_response();
    }
    Page::solo(
        "Sign in",
        &PasswordTemplate {
            email,
            return_to,
            error: "",
            must_wait: false,
        },
    )
    .into_response()
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
    jar: CookieJar,
    extensions: Extensions,
    headers: HeaderMap,
    Form(sent): Form<Password>,
) -> Result<Response, PageError> {
    let (email, return_to) = (sent.email.trim(), local_path(&sent.return_to));
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let SignIn { token, session: _ } = match identity
        .sign_in(email, &sent.password, &source_of(&extensions), user_agent)
        .await
    {
        Ok(sign_in) => sign_in,
        Err(error) => return refused(error, email, return_to),
    };
    let old = jar.get(identity.public_url(), SESSION_COOKIE);
    if let Some(old) = old {
        // One browser, one session: the one that this sign-in replaces ends.
        identity.sign_out(old).await?;
    }
    let mut response = Redirect::to(return_to).into_response();
    set_cookie(
        &mut response,
        identity.public_url(),
        SESSION_COOKIE,
        token.expose_secret(),
        Some(WHOLE_LIFE),
    );
    Ok(response)
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

fn looks_like_email(text: &str) -> bool {
    let sides = text.split_once('@');
    text.len() <= 320
        && sides.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !text.contains(char::is_whitespace)
}

fn path_with(path: &str, email: &str, return_to: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("email", email), ("return_to", return_to)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    format!("{path}?{}", query.finish())
}

/// The network address at the other end of the connection. What proxies write into headers is not believed.
fn source_of(extensions: &Extensions) -> String {
    extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(
        || "unknown".to_owned(),
        |ConnectInfo(address)| address.ip().to_canonical().to_string(),
    )
}
