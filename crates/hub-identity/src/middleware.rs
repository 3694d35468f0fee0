use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;
use http::{Method, header};
use hub_directory::Caller;
use kit_web::{CookieJar, PageError, Viewer, update_page_context};

use crate::sessions::caller_of;
use crate::{Identity, Session};

/// Finds out who looks at a page: puts [`Caller`] and [`Session`] into the request's extensions and the viewer
/// into the page's frame. Requests with a bearer token are not a browser's and pass through.
///
/// `router.layer(axum::middleware::from_fn_with_state(identity, attach_session))`, inside of [`kit_web::stack`].
pub async fn attach_session(State(identity): State<Identity>, mut request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    let jar = CookieJar::from_headers(request.headers());
    match identity.account_of_session(&jar).await {
        Ok(Some((account, session))) => {
            let viewer = Viewer {
                name: account.display_name.clone(),
                email: account.email.clone(),
                account_path: "/me".to_owned(),
            };
            update_page_context(|context| context.viewer = Some(viewer));
            request.extensions_mut().insert(caller_of(account));
            request.extensions_mut().insert(session);
        }
        Ok(None) => {}
        Err(error) => return PageError(error).into_response(),
    }
    next.run(request).await
}

/// Who looks at a page that nobody may see unsigned: whoever is not signed in is sent to sign-in and comes back.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The person, as use cases want to know them.
    pub caller: Caller,
    /// Their session.
    pub session: Session,
}

/// The address of the sign-in page that leads back to `return_to` afterwards.
pub fn sign_in_path(return_to: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("return_to", return_to);
    format!("/sign-in?{}", query.finish())
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Redirect;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Redirect> {
        let caller = parts.extensions.get::<Caller>().cloned();
        let session = parts.extensions.get::<Session>().cloned();
        if let (Some(caller), Some(session)) = (caller, session) {
            return Ok(Self { caller, session });
        }
        // A form that was sent by somebody who is signed out meanwhile is not sent again by itself.
        let back = if parts.method == Method::GET {
            parts.uri.path_and_query().map_or("/", |path| path.as_str())
        } else {
            parts.uri.path()
        };
        Err(Redirect::to(&sign_in_path(back)))
    }
}
