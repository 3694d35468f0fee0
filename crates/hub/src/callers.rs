use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use hub_identity::attach_session;
use hub_oauth::attach_bearer;

use crate::wiring::Slices;

/// Finds out on whose behalf a request runs. Programs bring a bearer token and nothing else counts for them: a cookie
/// that a browser sends along by itself must not act on the API. Pages look at the session; their extractors send whoever has none
/// to sign-in.
pub(crate) async fn attach_caller(State(slices): State<Slices>, request: Request, next: Next) -> Response {
    if !is_for_programs(request.uri().path()) {
        return attach_session(State(slices.identity), request, next).await;
    }
    // A missing or dead token leaves no caller: the one body of every 401 is the extractor's.
    attach_bearer(State(slices.oauth), request, next).await
}

/// Paths that a browser never opens by itself. The authorization endpoints are pages.
fn is_for_programs(path: &str) -> bool {
    let is_page = ["/v1/authorize", "/idb/oauth2/v1/authorize"].iter().any(|page| {
        path.strip_prefix(page)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    !is_page
        && ["/v1/", "/identity/", "/idb/", "/u2c/", "/wdm/", "/metrics/"]
            .iter()
            .any(|prefix| path.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::is_for_programs;

    #[test]
    fn the_authorization_endpoints_are_pages_and_the_rest_of_the_api_is_not() {
        for page in [
            "/",
            "/users",
            "/v1/authorize",
            "/v1/authorize/consent",
            "/idb/oauth2/v1/authorize",
            "/me",
        ] {
            assert!(!is_for_programs(page), "{page}");
        }
        for api in [
            "/v1/people",
            "/v1/authorizations",
            "/v1/authorizations/x",
            "/v1/access_token",
            "/idb/oauth2/v1/access_token",
            "/identity/scim",
        ] {
            assert!(is_for_programs(api), "{api}");
        }
    }
}
