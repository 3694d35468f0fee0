use http::Method;
use kit_web::RouteSpec;

use crate::model::rights;

const fn api(
    method: &'static Method,
    path: &'static str,
    scopes: &'static [&'static str],
    summary: &'static str,
) -> RouteSpec {
    RouteSpec::api(method, path, scopes, summary)
}

const USERS: &str = "/identity/scim/{organization_id}/v2/Users";
const USER: &str = "/identity/scim/{organization_id}/v2/Users/{user_id}";
const GROUPS: &str = "/identity/scim/{organization_id}/v2/Groups";
const GROUP: &str = "/identity/scim/{organization_id}/v2/Groups/{group_id}";

/// Every operation of the public API of this slice, and every page.
pub const ROUTES: &[RouteSpec] = &[
    api(
        &Method::GET,
        "/identity/scim/v2/Users/me",
        rights::OWN_USER,
        "The caller as a SCIM user",
    ),
    api(&Method::GET, USERS, rights::USERS_READ, "Search SCIM users"),
    api(&Method::POST, USERS, rights::USERS_WRITE, "Create a SCIM user"),
    api(
        &Method::POST,
        "/identity/scim/{organization_id}/v2/Users/.search",
        rights::USERS_READ,
        "Search SCIM users by POST",
    ),
    api(&Method::GET, USER, rights::USERS_READ, "One SCIM user"),
    api(&Method::PUT, USER, rights::USERS_WRITE, "Replace a SCIM user"),
    api(&Method::PATCH, USER, rights::USERS_WRITE, "Change a SCIM user"),
    api(&Method::DELETE, USER, rights::USERS_WRITE, "Delete a SCIM user"),
    api(
        &Method::GET,
        GROUPS,
        rights::SCIM_GROUPS_READ,
        "Search SCIM groups",
    ),
    api(
        &Method::POST,
        GROUPS,
        rights::SCIM_GROUPS_WRITE,
        "Create a SCIM group",
    ),
    api(
        &Method::POST,
        "/identity/scim/{organization_id}/v2/Groups/.search",
        rights::SCIM_GROUPS_READ,
        "Search SCIM groups by POST",
    ),
    api(&Method::GET, GROUP, rights::SCIM_GROUPS_READ, "One SCIM group"),
    api(
        &Method::PUT,
        GROUP,
        rights::SCIM_GROUPS_WRITE,
        "Replace a SCIM group",
    ),
    api(
        &Method::PATCH,
        GROUP,
        rights::SCIM_GROUPS_WRITE,
        "Change a SCIM group",
    ),
    api(
        &Method::DELETE,
        GROUP,
        rights::SCIM_GROUPS_WRITE,
        "Delete a SCIM group",
    ),
    api(
        &Method::GET,
        "/identity/scim/{organization_id}/v2/Groups/{group_id}/Members",
        rights::SCIM_GROUPS_READ,
        "The members of a SCIM group",
    ),
    // Users and groups together: with the scopes of people one sees both.
    api(
        &Method::POST,
        "/identity/scim/{organization_id}/v2/.search",
        rights::USERS_READ,
        "Search SCIM users and groups by POST",
    ),
    api(
        &Method::POST,
        "/identity/scim/{organization_id}/v2/Bulk",
        rights::USERS_WRITE,
        "Many SCIM operations in one request",
    ),
    api(
        &Method::GET,
        "/identity/scim/{organization_id}/v2/ServiceProviderConfig",
        rights::SCIM_GROUPS_READ,
        "What the SCIM server can do",
    ),
    api(
        &Method::GET,
        "/identity/scim/{organization_id}/v2/ResourceTypes",
        rights::SCIM_GROUPS_READ,
        "List the SCIM resource types",
    ),
    api(
        &Method::GET,
        "/identity/scim/{organization_id}/v2/ResourceTypes/{name}",
        rights::SCIM_GROUPS_READ,
        "One SCIM resource type",
    ),
    api(
        &Method::GET,
        "/identity/scim/{organization_id}/v2/Schemas",
        rights::SCIM_GROUPS_READ,
        "List the SCIM schemas",
    ),
    api(
        &Method::GET,
        "/identity/scim/{organization_id}/v2/Schemas/{schema_id}",
        rights::SCIM_GROUPS_READ,
        "One SCIM schema",
    ),
    api(
        &Method::GET,
        "/identity/scim/{organization_id}/v2/Schemas/SCIM2/{name}",
        rights::SCIM_GROUPS_READ,
        "The SCIM schema of users or groups",
    ),
    api(
        &Method::GET,
        "/v1/groups",
        rights::GROUPS_READ,
        "List or find groups",
    ),
    api(
        &Method::POST,
        "/v1/groups",
        rights::GROUPS_WRITE,
        "Create a group",
    ),
    api(
        &Method::GET,
        "/v1/groups/{group_id}",
        rights::GROUPS_READ,
        "One group",
    ),
    api(
        &Method::PATCH,
        "/v1/groups/{group_id}",
        rights::GROUPS_WRITE,
        "Change a group or its members",
    ),
    api(
        &Method::DELETE,
        "/v1/groups/{group_id}",
        rights::GROUPS_WRITE,
        "Delete a group",
    ),
    api(
        &Method::GET,
        "/v1/groups/{group_id}/members",
        rights::GROUPS_READ,
        "The members of a group",
    ),
    api(
        &Method::GET,
        "/v1/groups/{group_id}/Members",
        rights::GROUPS_READ,
        "The members of a group",
    ),
    api(
        &Method::GET,
        "/v1/identity/organizations/{organization_id}",
        rights::ORGANIZATION_READ,
        "The organization as the identity service keeps it",
    ),
    api(
        &Method::PATCH,
        "/v1/identity/organizations/{organization_id}",
        rights::ORGANIZATION_WRITE,
        "Rename the organization",
    ),
    api(
        &Method::GET,
        "/identity/organizations/{organization_id}",
        rights::ORGANIZATION_READ,
        "The organization as the identity service keeps it",
    ),
    api(
        &Method::PATCH,
        "/identity/organizations/{organization_id}",
        rights::ORGANIZATION_WRITE,
        "Rename the organization",
    ),
    RouteSpec::page(&Method::GET, "/groups", "Find groups"),
    RouteSpec::page(&Method::GET, "/groups/new", "The form of a new group"),
    RouteSpec::page(&Method::POST, "/groups/new", "Add a group"),
    RouteSpec::page(&Method::GET, "/groups/{group_id}", "One group and its members"),
    RouteSpec::page(&Method::GET, "/groups/{group_id}/edit", "The form of a group"),
    RouteSpec::page(&Method::POST, "/groups/{group_id}/edit", "Rename a group"),
    RouteSpec::page(
        &Method::POST,
        "/groups/{group_id}/members",
        "Add somebody to a group",
    ),
    RouteSpec::page(
        &Method::POST,
        "/groups/{group_id}/members/remove",
        "Take somebody out of a group",
    ),
    RouteSpec::page(
        &Method::GET,
        "/groups/{group_id}/delete",
        "Ask before a group is deleted",
    ),
    RouteSpec::page(&Method::POST, "/groups/{group_id}/delete", "Delete a group"),
];
