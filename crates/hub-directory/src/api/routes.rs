use http::Method;
use kit_web::{Needs, RouteSpec};

use crate::model::rights;

const fn route(
    method: &'static Method,
    path: &'static str,
    scopes: &'static [&'static str],
    summary: &'static str,
) -> RouteSpec {
    RouteSpec {
        method,
        path,
        needs: Needs::Scopes(scopes),
        summary,
    }
}

const fn page(method: &'static Method, path: &'static str, summary: &'static str) -> RouteSpec {
    RouteSpec {
        method,
        path,
        needs: Needs::Session,
        summary,
    }
}

/// Every operation of the public API of this slice, and every page.
pub const ROUTES: &[RouteSpec] = &[
    route(
        &Method::GET,
        "/v1/people",
        rights::PEOPLE_READ,
        "List or find people",
    ),
    route(
        &Method::POST,
        "/v1/people",
        rights::PEOPLE_WRITE,
        "Create a person",
    ),
    route(
        &Method::GET,
        "/v1/people/me",
        rights::OWN_PROFILE,
        "The caller's own profile",
    ),
    route(
        &Method::GET,
        "/v1/people/{person_id}",
        rights::PEOPLE_READ,
        "One person",
    ),
    route(
        &Method::PUT,
        "/v1/people/{person_id}",
        rights::PEOPLE_WRITE,
        "Replace a person",
    ),
    route(
        &Method::DELETE,
        "/v1/people/{person_id}",
        rights::PEOPLE_WRITE,
        "Delete a person",
    ),
    route(
        &Method::GET,
        "/v1/roles",
        rights::ROLES_READ,
        "List the administrator roles",
    ),
    route(
        &Method::GET,
        "/v1/roles/{role_id}",
        rights::ROLES_READ,
        "One administrator role",
    ),
    route(
        &Method::GET,
        "/v1/organizations",
        rights::ORGANIZATIONS_READ,
        "List the organizations that the caller administers",
    ),
    route(
        &Method::GET,
        "/v1/organizations/{organization_id}",
        rights::ORGANIZATIONS_READ,
        "One organization",
    ),
    route(
        &Method::GET,
        "/v1/licenses",
        rights::LICENSES_READ,
        "List the licences and their use",
    ),
    route(
        &Method::GET,
        "/v1/licenses/{license_id}",
        rights::LICENSES_READ,
        "One licence, and who holds it",
    ),
    route(
        &Method::GET,
        "/v1/locations",
        rights::LOCATIONS_READ,
        "List the locations",
    ),
    route(
        &Method::POST,
        "/v1/locations",
        rights::LOCATIONS_WRITE,
        "Create a location",
    ),
    route(
        &Method::GET,
        "/v1/locations/{location_id}",
        rights::LOCATIONS_READ,
        "One location",
    ),
    route(
        &Method::PUT,
        "/v1/locations/{location_id}",
        rights::LOCATIONS_WRITE,
        "Change a location",
    ),
    route(
        &Method::DELETE,
        "/v1/locations/{location_id}",
        rights::LOCATIONS_WRITE,
        "Delete a location",
    ),
    route(
        &Method::GET,
        "/v1/telephony/config/locations",
        rights::TELEPHONY_READ,
        "List the locations with calling",
    ),
    route(
        &Method::POST,
        "/v1/telephony/config/locations",
        rights::TELEPHONY_WRITE,
        "Enable a location for calling",
    ),
    route(
        &Method::GET,
        "/v1/telephony/config/locations/{location_id}",
        rights::TELEPHONY_READ,
        "One location's calling side",
    ),
    route(
        &Method::PUT,
        "/v1/telephony/config/locations/{location_id}",
        rights::TELEPHONY_WRITE,
        "Change a location's calling side",
    ),
    route(
        &Method::DELETE,
        "/v1/telephony/config/locations/{location_id}",
        rights::TELEPHONY_WRITE,
        "Disable calling at a location",
    ),
    page(&Method::GET, "/users", "Find people"),
    page(&Method::GET, "/users/new", "The form of a new person"),
    page(&Method::POST, "/users/new", "Add a person"),
    page(
        &Method::GET,
        "/users/new/administrator",
        "The form of an administrator without licences",
    ),
    page(
        &Method::POST,
        "/users/new/administrator",
        "Add an administrator without licences",
    ),
    page(&Method::GET, "/users/{person_id}", "One person"),
    page(&Method::GET, "/users/{person_id}/edit", "The form of a person"),
    page(&Method::POST, "/users/{person_id}/edit", "Change a person"),
    page(
        &Method::GET,
        "/users/{person_id}/roles",
        "The form of a person's roles",
    ),
    page(
        &Method::POST,
        "/users/{person_id}/roles",
        "Change a person's roles",
    ),
    page(
        &Method::POST,
        "/users/{person_id}/activate",
        "Let a person in again",
    ),
    page(
        &Method::GET,
        "/users/{person_id}/deactivate",
        "Ask before a person is deactivated",
    ),
    page(
        &Method::POST,
        "/users/{person_id}/deactivate",
        "Deactivate a person",
    ),
    page(
        &Method::GET,
        "/users/{person_id}/delete",
        "Ask before a person is deleted",
    ),
    page(&Method::POST, "/users/{person_id}/delete", "Delete a person"),
];
