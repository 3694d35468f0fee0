use http::Method;
use kit_web::RouteSpec;

use crate::use_cases::{ORGANIZATIONS_READ, ORGANIZATIONS_WRITE};

/// Every route of this slice.
pub const ROUTES: &[RouteSpec] = &[
    RouteSpec::api(
        &Method::GET,
        "/v1/partner/organizations",
        ORGANIZATIONS_READ,
        "The customers of a partner's administrator",
    ),
    RouteSpec::api(
        &Method::GET,
        "/v1/partner/organizations/{organization_id}/partnerAdmins",
        ORGANIZATIONS_READ,
        "Who of the partner looks after a customer",
    ),
    RouteSpec::api(
        &Method::POST,
        "/v1/partner/organizations/{organization_id}/partnerAdmin/{person_id}/assign",
        ORGANIZATIONS_WRITE,
        "Let somebody of the partner administer a customer",
    ),
    RouteSpec::api(
        &Method::DELETE,
        "/v1/partner/organizations/{organization_id}/partnerAdmin/{person_id}/unassign",
        ORGANIZATIONS_WRITE,
        "Take a customer from somebody of the partner",
    ),
    RouteSpec::page(&Method::GET, "/customers", "The customers of a partner"),
    RouteSpec::page(
        &Method::POST,
        "/customers/{organization_id}/choose",
        "Shows the Control Hub of a customer",
    ),
];
