use std::convert::Infallible;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::Method;
use http::request::Parts;
use kit::Error;
use kit_web::{ApiError, CookieJar, PageError, Viewer, update_page_context};

use crate::{Actor, SESSION_COOKIE, Tenancy};

/// Finds out who is at the browser, puts them into the request (handlers take an [`Actor`] or a [`PageActor`]) and into
/// the page context. A layer of the composition's router.
pub async fn recognize(State(tenancy): State<Tenancy>, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    if let Some(token) = jar
        .get(tenancy.public_url(), SESSION_COOKIE)
        .filter(|token| !token.is_empty())
    {
        match tenancy.session(token).await {
            Ok(Some(actor)) => {
                let viewer = Viewer {
                    name: actor.name.clone(),
                    email: actor.email.clone(),
                    account_path: "/me".to_owned(),
                };
                update_page_context(|context| context.viewer = Some(viewer));
                request.extensions_mut().insert(actor);
            }
            Ok(None) => {}
            Err(error) => return PageError(error).into_response(),
        }
    }
    next.run(request).await
}

/// For programs: a 401 where nobody is signed in.
impl<S: Send + Sync> FromRequestParts<S> for Actor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let found = parts.extensions.get::<Self>().cloned();
        found.ok_or_else(|| ApiError(Error::unauthenticated("Sign in to the Suite first.")))
    }
}

/// For what serves both signed-in users and others.
impl<S: Send + Sync> OptionalFromRequestParts<S> for Actor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Option<Self>, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned())
    }
}

/// For people: the sign-in page where nobody is signed in, and back from there.
#[derive(Clone, Debug)]
pub struct PageActor(pub Actor);

impl<S: Send + Sync> FromRequestParts<S> for PageActor {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Redirect> {
        if let Some(actor) = parts.extensions.get::<Actor>() {
            return Ok(Self(actor.clone()));
        }
        // What a form wanted to do is not done after a sign-in: its page is where to go on.
        if parts.method != Method::GET {
            return Err(Redirect::to("/sign-in"));
        }
        let path = parts
            .uri
            .path_and_query()
            .map_or("/", http::uri::PathAndQuery::as_str);
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("return_to", path)
            .finish();
        Err(Redirect::to(&format!("/sign-in?{query}")))
    }
}

/// Where a request comes from: the address of the peer, `unknown` where there is no socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(peer.map_or_else(
            || "unknown".to_owned(),
            |peer| peer.0.ip().to_string(),
        )))
    }
}

/// Reads a form's password straight into the type that prints as dots.
pub(super) fn secret<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<kit::SecretString, D::Error> {
    use serde::Deserialize as _;
    String::deserialize(deserializer).map(kit::SecretString::from)
}
