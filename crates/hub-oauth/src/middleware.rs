use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header;
use kit_web::ApiError;

use crate::OAuth;

/// Finds out on whose behalf a program asks: puts the [`hub_directory::Caller`] behind a living bearer token into
/// the request. A dead token puts nobody there; routes that want somebody answer 401.
///
/// `router.layer(axum::middleware::from_fn_with_state(oauth, attach_bearer))`.
pub async fn attach_bearer(State(oauth): State<OAuth>, mut request: Request, next: Next) -> Response {
    let header = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if let Some(bearer) = header.and_then(bearer_of) {
        match oauth.authenticate(bearer).await {
            Ok(Some(caller)) => {
                request.extensions_mut().insert(caller);
            }
            Ok(None) => {}
            Err(error) => return ApiError(error).into_response(),
        }
    }
    next.run(request).await
}

/// The token of `Authorization: Bearer …`; the scheme is read in any case (RFC 9110, section 11.1).
fn bearer_of(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
