use http::Method;
use kit_web::RouteSpec;

use crate::model::rights;

/// Every operation of the public API of this slice, and every page.
pub const ROUTES: &[RouteSpec] = &[
    RouteSpec::api(
        &Method::GET,
        "/v1/people",
        rights::PEOPLE_READ,
        "List or find people",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/people",
        rights::PEOPLE_WRITE,
        "Create a person",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/people/me",
        rights::OWN_PROFILE,
        "The caller's own profile",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/people/{person_id}",
        rights::PEOPLE_READ,
        "One person",
    ),
    RouteSpec::api(
        &Method::PUT,
        "/v1/people/{person_id}",
        rights::PEOPLE_WRITE,
        "Replace a person",
    ),
    RouteSpec::api(
        &Method::DELETE,
        "/v1/people/{person_id}",
        rights::PEOPLE_WRITE,
        "Delete a person",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/roles",
        rights::ROLES_READ,
        "List the administrator roles",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/roles/{role_id}",
        rights::ROLES_READ,
        "One administrator role",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/organizations",
        rights::ORGANIZATIONS_READ,
        "List the organizations that the caller administers",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/organizations/{organization_id}",
        rights::ORGANIZATIONS_READ,
        "One organization",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/licenses",
        rights::LICENSES_READ,
        "List the licences and their use",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/licenses/{license_id}",
        rights::LICENSES_READ,
        "One licence, and who holds it",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/locations",
        rights::LOCATIONS_READ,
        "List the locations",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/locations",
        rights::LOCATIONS_WRITE,
        "Create a location",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/locations/{location_id}",
        rights::LOCATIONS_READ,
        "One location",
    ),
    RouteSpec::api(
        &Method::PUT,
        "/v1/locations/{location_id}",
        rights::LOCATIONS_WRITE,
        "Change a location",
    ),
    RouteSpec::api(
        &Method::DELETE,
        "/v1/locations/{location_id}",
        rights::LOCATIONS_WRITE,
        "Delete a location",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/telephony/config/locations",
        rights::TELEPHONY_READ,
        "List the locations with calling",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/telephony/config/locations",
        rights::TELEPHONY_WRITE,
        "Enable a location for calling",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/telephony/config/locations/{location_id}",
        rights::TELEPHONY_READ,
        "One location's calling side",
    ),
    RouteSpec::api(
        &Method::PUT,
        "/v1/telephony/config/locations/{location_id}",
        rights::TELEPHONY_WRITE,
        "Change a location's calling side",
    ),
    RouteSpec::api(
        &Method::DELETE,
        "/v1/telephony/config/locations/{location_id}",
        rights::TELEPHONY_WRITE,
        "Disable calling at a location",
    ),
    RouteSpec::page(&Method::GET, "/users", "Find people"),
    RouteSpec::page(&Method::GET, "/users/new", "The form of a new person"),
    RouteSpec::page(&Method::POST, "/users/new", "Add a person"),
    RouteSpec::page(
        &Method::GET,
        "/users/new/administrator",
        "The form of an administrator without licences",
    ),
    RouteSpec::page(
        &Method::POST,
        "/users/new/administrator",
        "Add an administrator without licences",
    ),
    RouteSpec::page(&Method::GET, "/users/{person_id}", "One person"),
    RouteSpec::page(&Method::GET, "/users/{person_id}/edit", "The form of a person"),
    RouteSpec::page(&Method::POST, "/users/{person_id}/edit", "Change a person"),
    RouteSpec::page(
        &Method::GET,
        "/users/{person_id}/roles",
        "The form of a person's roles",
    ),
    RouteSpec::page(
        &Method::POST,
        "/users/{person_id}/roles",
        "Change a person's roles",
    ),
    RouteSpec::page(
        &Method::POST,
        "/users/{person_id}/activate",
        "Let a person in again",
    ),
    RouteSpec::page(
        &Method::GET,
        "/users/{person_id}/deactivate",
        "Ask before a person is deactivated",
    ),
    RouteSpec::page(
        &Method::POST,
        "/users/{person_id}/deactivate",
        "Deactivate a person",
    ),
    RouteSpec::page(
        &Method::GET,
        "/users/{person_id}/delete",
        "Ask before a person is deleted",
    ),
    RouteSpec::page(&Method::POST, "/users/{person_id}/delete", "Delete a person"),
];
