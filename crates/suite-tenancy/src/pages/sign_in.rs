use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode, header};
use kit::{ExposeSecret as _, Kind, SecretString};
use kit_web::{CookieJar, Form, NoFields, Page, PageError, Query, clear_cookie, set_cookie, status_of};
use serde::Deserialize;

use crate::model::LIFETIME;
use crate::{Actor, SESSION_COOKIE, Source, Tenancy};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInTemplate<'a> {
    email: &'a str,
    return_to: &'a str,
    problem: &'a str,
}

#[derive(Deserialize)]
pub(super) struct SignInQuery {
    #[serde(default)]
    return_to: String,
}

pub(super) async fn show(actor: Option<Actor>, Query(query): Query<SignInQuery>) -> Response {
    let return_to = local_path(&query.return_to);
    if actor.is_some() {
        return Redirect::to(return_to).into_response();
    }
    page("", return_to, "").into_response()
}

fn page(email: &str, return_to: &str, problem: &str) -> Page {
    Page::solo(
        "Sign in",
        &SignInTemplate {
            email,
            return_to,
            problem,
        },
    )
}

#[derive(Deserialize)]
pub(super) struct SignInForm {
    email: String,
    #[serde(deserialize_with = "super::extract::secret")]
    password: SecretString,
    #[serde(default)]
    return_to: String,
}

pub(super) async fn send(
    State(tenancy): State<Tenancy>,
    Source(source): Source,
    headers: HeaderMap,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let return_to = local_path(&form.return_to);
    match tenancy
        .sign_in(&form.email, &form.password, &source, user_agent)
        .await
    {
        Ok(signed_in) => {
            let mut response = Redirect::to(return_to).into_response();
            let token = signed_in.token.expose_secret();
            set_cookie(
                &mut response,
                tenancy.public_url(),
                SESSION_COOKIE,
                token,
                Some(LIFETIME),
            );
            Ok(response)
        }
        Err(error) if matches!(error.kind(), Kind::Unauthenticated | Kind::TooMany(_)) => {
            let status = if *error.kind() == Kind::Unauthenticated {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                status_of(error.kind())
            };
            Ok(page(&form.email, return_to, error.public())
                .with_status(status)
                .into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn sign_out(
    State(tenancy): State<Tenancy>,
    jar: CookieJar,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Response, PageError> {
    if let Some(token) = jar.get(tenancy.public_url(), SESSION_COOKIE) {
        tenancy.sign_out(token).await?;
    }
    let mut response = Redirect::to("/sign-in").into_response();
    clear_cookie(&mut response, tenancy.public_url(), SESSION_COOKIE);
    Ok(response)
}

/// A path of this site, whatever was sent: browsers read `//host` and `/\host` as another site.
fn local_path(path: &str) -> &str {
    let local = path.starts_with('/')
        && !path[1..].starts_with(['/', '\\'])
        && path.len() <= 2000
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if local && !path.starts_with("/sign-") {
        path
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        assert_eq!(local_path("/customers?q=a%20b"), "/customers?q=a%20b");
        for wrong in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/sign-out",
            "/sign-in",
        ] {
            assert_eq!(local_path(wrong), "/", "{wrong:?}");
        }
    }
}
