use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hub_directory::{Caller, CallerOrigin, OrganizationId};
use kit::{Error, Result, Uuid};
use kit_web::{ApiError, CookieJar, PageError, PublicUrl, bind_csrf_to};
use webex::{PublicId, ResourceKind};

use crate::{PartnerRole, Partners};

/// The customer whom somebody chose; no secret: it is checked against their role on each request.
pub(crate) const CUSTOMER_COOKIE: &str = "trunkline_hub_customer";

/// Whom the caller of this request represents, and who they are at home.
#[derive(Clone, Debug)]
pub struct Represented {
    /// In which role.
    pub role: PartnerRole,
    /// The caller as a person of the partner.
    pub at_home: Caller,
}

/// Lets a partner's administrator act for a customer: a browser for the one that was chosen, a program for the one whom its
/// request names. Everybody else passes as they are.
///
/// `router.layer(axum::middleware::from_fn_with_state(partners, act_for_customer))`, inside of whatever finds the caller.
pub async fn act_for_customer(
    State(partners): State<Partners>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(caller) = request.extensions().get::<Caller>().cloned() else {
        return next.run(request).await;
    };
    let at_a_browser = caller.origin == CallerOrigin::Session;
    let wanted = if at_a_browser {
        chosen(partners.directory().public_url(), &request)
    } else {
        named(&request)
    };
    if at_a_browser {
        bind_forms(partners.directory().public_url(), &request);
    }
    match represent(&partners, &caller, wanted).await {
        Ok(Some((acting, role))) => {
            request.extensions_mut().insert(acting);
            request.extensions_mut().insert(Represented {
                role,
                at_home: caller,
            });
        }
        Ok(None) => {}
        Err(error) if at_a_browser => return PageError(error).into_response(),
        Err(error) => return ApiError(error).into_response(),
    }
    next.run(request).await
}

async fn represent(
    partners: &Partners,
    caller: &Caller,
    wanted: Option<OrganizationId>,
) -> Result<Option<(Caller, PartnerRole)>> {
    match wanted.filter(|wanted| *wanted != caller.organization_id) {
        Some(customer) => {
            let acting = partners.acting_for(caller, customer).await?;
            if acting.is_some() && !partners.policy_allows(caller, customer).await? {
                return Err(Error::forbidden(
                    "The policy of this customer does not allow the integration that asks. A Full Administrator of the customer can change it at Apps > Integrations.",
                ));
            }
            Ok(acting)
        }
        None => Ok(None),
    }
}

/// A form that was drawn for one customer must not be sent for another that was chosen in a second window meanwhile.
fn bind_forms(public_url: &PublicUrl, request: &Request) {
    if let Some(customer) = in_the_cookie(public_url, request) {
        bind_csrf_to(&customer.to_string());
    }
}

/// What belongs to the person stays theirs, whomever they look after.
fn is_their_own(path: &str) -> bool {
    [
        "/me",
        "/developer",
        "/v1/authorize",
        "/idb",
        "/customers",
        "/sign-in",
        "/sign-out",
        "/connect",
    ]
    .iter()
    .any(|own| {
        path.strip_prefix(own)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

fn chosen(public_url: &PublicUrl, request: &Request) -> Option<OrganizationId> {
    if is_their_own(request.uri().path()) {
        return None;
    }
    in_the_cookie(public_url, request)
}

fn in_the_cookie(public_url: &PublicUrl, request: &Request) -> Option<OrganizationId> {
    let jar = CookieJar::from_headers(request.headers());
    let id = Uuid::parse_str(jar.get(public_url, CUSTOMER_COOKIE)?).ok()?;
    Some(OrganizationId::new(id))
}

/// The organization in the query, or in the path where the path names one.
fn named(request: &Request) -> Option<OrganizationId> {
    let path = request.uri().path();
    // What a webhook or a stream hears must end with the role: nobody makes one in a customer's name.
    let stays_home = ["/v1/partner/", "/v1/webhooks", "/v1/ssf"];
    if is_their_own(path) || stays_home.iter().any(|prefix| path.starts_with(prefix)) {
        return None;
    }
    let query = request.uri().query().unwrap_or_default();
    let in_query = url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "orgId")
        .map(|(_, value)| value.into_owned());
    let in_path = || {
        let mut parts = path.split('/').skip(1);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        let names_one = matches!(
            (first, second),
            ("v1" | "identity", "organizations") | ("identity", "scim")
        );
        names_one.then(|| third.to_owned())
    };
    let text = in_query.or_else(in_path)?;
    PublicId::parse_uuid(ResourceKind::Organization, &text)
        .ok()
        .map(OrganizationId::new)
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    const ID: &str = "6f0b7c3e-5b0a-4d3c-9d5e-0f3a3a1b2c3d";

    fn asks(uri: &str) -> Option<String> {
        let request = Request::builder().uri(uri).body(Body::empty()).unwrap();
        named(&request).map(|id| id.to_string())
    }

    #[test]
    fn a_program_names_a_customer_in_the_query_or_in_the_path() {
        let encoded = PublicId::of_uuid(ResourceKind::Organization, Uuid::parse_str(ID).unwrap()).to_string();
        for uri in [
            format!("/v1/people?max=10&orgId={encoded}"),
            format!("/v1/people?orgId={ID}"),
            format!("/v1/organizations/{encoded}"),
            format!("/identity/organizations/{ID}"),
            format!("/identity/scim/{ID}/v2/Users"),
        ] {
            assert_eq!(asks(&uri).as_deref(), Some(ID), "{uri}");
        }
        for uri in [
            "/v1/people".to_owned(),
            "/v1/people?orgId=nonsense".to_owned(),
            format!("/v1/people/{encoded}"),
            format!("/v1/partner/organizations/{encoded}/partnerAdmins"),
            format!("/v1/authorize?orgId={encoded}"),
        ] {
            assert_eq!(asks(&uri), None, "{uri}");
        }
    }

    #[test]
    fn what_is_their_own_is_told_by_whole_segments() {
        assert!(is_their_own("/me") && is_their_own("/me/sessions"));
        assert!(!is_their_own("/meetings") && !is_their_own("/users"));
    }
}
