//! What every way in shares.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::response::{IntoResponse, Redirect, Response};
use http::header;
use http::request::Parts;
use kit::{ExposeSecret as _, SecretString};
use kit_web::{CookieJar, PageError, clear_cookie, set_cookie};

use crate::model::session::WHOLE_LIFE;
use crate::sessions::SESSION_COOKIE;
use crate::{Identity, SignIn, Visitor};

/// The cookie that carries the right to choose a new password.
const TICKET_COOKIE: &str = "trunkline_hub_new_password";

/// A browser at the door.
pub(super) struct At {
    pub(super) jar: CookieJar,
    pub(super) visitor: Visitor,
}

impl<S: Send + Sync> FromRequestParts<S> for At {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        // The network address at the other end of the connection. What proxies write into headers is not believed.
        let source = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(
            || "unknown".to_owned(),
            |ConnectInfo(address)| address.ip().to_canonical().to_string(),
        );
        let user_agent = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        Ok(Self {
            jar: CookieJar::from_headers(&parts.headers),
            visitor: Visitor::new(&source, user_agent),
        })
    }
}

/// The session begins in this browser, and the one that it replaces ends.
pub(super) async fn let_in(
    identity: &Identity,
    jar: &CookieJar,
    sign_in: &SignIn,
    return_to: &str,
) -> Result<Response, PageError> {
    if let Some(old) = jar.get(identity.public_url(), SESSION_COOKIE) {
        // One browser, one session.
        identity.sign_out(old).await?;
    }
    let mut response = Redirect::to(return_to).into_response();
    let token = sign_in.token.expose_secret();
    set_cookie(
        &mut response,
        identity.public_url(),
        SESSION_COOKIE,
        token,
        Some(WHOLE_LIFE),
    );
    Ok(response)
}

pub(super) fn keep_ticket(
    response: &mut Response,
    identity: &Identity,
    ticket: &SecretString,
    life: Duration,
) {
    let ticket = ticket.expose_secret();
    set_cookie(response, identity.public_url(), TICKET_COOKIE, ticket, Some(life));
}

pub(super) fn ticket_of<'a>(jar: &'a CookieJar, identity: &Identity) -> Option<&'a str> {
    jar.get(identity.public_url(), TICKET_COOKIE)
}

pub(super) fn drop_ticket(response: &mut Response, identity: &Identity) {
    clear_cookie(response, identity.public_url(), TICKET_COOKIE);
}
