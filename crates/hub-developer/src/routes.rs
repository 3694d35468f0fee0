use http::Method;
use kit_web::RouteSpec;

use crate::use_cases::{READ, TOKEN, WRITE};

const fn page(method: &'static Method, path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec::page(method, path, summary)
}

const fn api(
    method: &'static Method,
    path: &'static str,
    scopes: &'static [&'static str],
    summary: &'static str,
) -> RouteSpec {
    RouteSpec::api(method, path, scopes, summary)
}

/// Every route of this slice.
pub const ROUTES: &[RouteSpec] = &[
    api(
        &Method::GET,
        "/v1/applications",
        READ,
        "The applications that one registered",
    ),
    api(
        &Method::POST,
        "/v1/applications",
        WRITE,
        "Register an application",
    ),
    api(
        &Method::GET,
        "/v1/applications/{application_id}",
        READ,
        "One application",
    ),
    api(
        &Method::PUT,
        "/v1/applications/{application_id}",
        WRITE,
        "Change an application",
    ),
    api(
        &Method::DELETE,
        "/v1/applications/{application_id}",
        WRITE,
        "Delete an application",
    ),
    api(
        &Method::DELETE,
        "/v1/applications/{application_id}/clientSecret",
        WRITE,
        "A new client secret in the place of the one before",
    ),
    api(
        &Method::POST,
        "/v1/applications/{application_id}/authorize",
        WRITE,
        "Let a Service App act in one's organization",
    ),
    api(
        &Method::POST,
        "/v1/applications/{application_id}/deauthorize",
        WRITE,
        "Take that back",
    ),
    api(
        &Method::POST,
        "/v1/applications/{application_id}/token",
        TOKEN,
        "Tokens of a Service App for an organization that authorized it",
    ),
    page(
        &Method::GET,
        "/developer/apps",
        "The applications that one registered",
    ),
    page(
        &Method::GET,
        "/developer/apps/new/integration",
        "The form of a new integration",
    ),
    page(
        &Method::POST,
        "/developer/apps/new/integration",
        "Register an integration",
    ),
    page(
        &Method::GET,
        "/developer/apps/new/service-app",
        "The form of a new Service App",
    ),
    page(
        &Method::POST,
        "/developer/apps/new/service-app",
        "Register a Service App",
    ),
    page(&Method::GET, "/developer/apps/{client_id}", "One application"),
    page(
        &Method::GET,
        "/developer/apps/{client_id}/edit",
        "The form of an application",
    ),
    page(
        &Method::POST,
        "/developer/apps/{client_id}/edit",
        "Change an application",
    ),
    page(
        &Method::POST,
        "/developer/apps/{client_id}/logo",
        "Upload or remove a logo",
    ),
    page(
        &Method::GET,
        "/developer/apps/{client_id}/secret",
        "When the secret before shall end",
    ),
    page(
        &Method::POST,
        "/developer/apps/{client_id}/secret",
        "Make a new secret",
    ),
    page(
        &Method::GET,
        "/developer/apps/{client_id}/delete",
        "What deleting an application ends",
    ),
    page(
        &Method::POST,
        "/developer/apps/{client_id}/delete",
        "Delete an application",
    ),
    page(
        &Method::POST,
        "/developer/apps/{client_id}/audience",
        "Whose administrators find a Service App",
    ),
    page(
        &Method::POST,
        "/developer/apps/{client_id}/tokens",
        "Fetch a pair of tokens of a Service App",
    ),
    page(
        &Method::GET,
        "/apps/logos/{client_id}",
        "The logo of an application",
    ),
    page(&Method::GET, "/apps/service-apps", "The Service Apps"),
    page(&Method::GET, "/apps/service-apps/{client_id}", "One Service App"),
    page(
        &Method::GET,
        "/apps/service-apps/{client_id}/authorize",
        "What authorizing a Service App lets it do",
    ),
    page(
        &Method::POST,
        "/apps/service-apps/{client_id}/authorize",
        "Authorize a Service App",
    ),
    page(
        &Method::GET,
        "/apps/service-apps/{client_id}/deauthorize",
        "What deauthorizing a Service App ends",
    ),
    page(
        &Method::POST,
        "/apps/service-apps/{client_id}/deauthorize",
        "Deauthorize a Service App",
    ),
];
