use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use hub_directory::public_api::NOT_FOUND;
use hub_directory::{OrganizationId, PageCaller};
use kit::{Error, Timestamp, search_key};
use kit_web::{CookieJar, Form, NoFields, Page, PageError, Query, clear_cookie, set_cookie};
use serde::Deserialize;

use crate::middleware::CUSTOMER_COOKIE;
use crate::{PartnerRole, Partners};

#[derive(Template)]
#[template(path = "customers.html")]
struct CustomersPage {
    role: &'static str,
    home: Line,
    text: String,
    customers: Vec<Line>,
    total: usize,
}

struct Line {
    id: String,
    name: String,
    domain: String,
    since: Timestamp,
    chosen: bool,
}

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    q: String,
}

pub(super) async fn list(
    State(partners): State<Partners>,
    PageCaller(caller): PageCaller,
    jar: CookieJar,
    Query(search): Query<Search>,
) -> Result<Page, PageError> {
    let role = partners.role_of(&caller).await?.ok_or_else(no_partner)?;
    let chosen = jar
        .get(partners.directory().public_url(), CUSTOMER_COOKIE)
        .unwrap_or_default();
    let line = |organization: hub_directory::Organization| Line {
        chosen: chosen == organization.id.to_string(),
        id: organization.id.to_string(),
        name: organization.display_name,
        domain: organization.domain,
        since: organization.created_at,
    };
    let home = partners.directory().organization(caller.organization_id).await?;
    let home = home.ok_or_else(|| Error::internal("a caller without an organization"))?;
    let all = partners.customers_of(caller.person_id).await?;
    let (total, key) = (all.len(), search_key(&search.q));
    let customers: Vec<Line> = all
        .into_iter()
        .filter(|customer| {
            search_key(&customer.display_name).contains(&key) || customer.domain.contains(&key)
        })
        .map(line)
        .collect();
    let mut home = line(home);
    home.chosen = !customers.iter().any(|customer| customer.chosen) && chosen.is_empty();
    Ok(Page::new(
        "Customers",
        &CustomersPage {
            role: PartnerRole::name(role),
            home,
            text: search.q,
            customers,
            total,
        },
    ))
}

/// Chooses a customer, or the partner's own organization again.
pub(super) async fn choose(
    State(partners): State<Partners>,
    PageCaller(caller): PageCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Response, PageError> {
    let wanted = OrganizationId::parse(&id).map_err(|_| Error::not_found(NOT_FOUND))?;
    let public_url = partners.directory().public_url();
    let mut response = Redirect::to("/").into_response();
    if wanted == caller.organization_id {
        clear_cookie(&mut response, public_url, CUSTOMER_COOKIE);
        return Ok(response);
    }
    if partners.acting_for(&caller, wanted).await?.is_none() {
        return Err(
            Error::not_found("You look after no customer of this name. Choose one of the list.").into(),
        );
    }
    set_cookie(
        &mut response,
        public_url,
        CUSTOMER_COOKIE,
        &wanted.to_string(),
        None,
    );
    Ok(response)
}

fn no_partner() -> Error {
    Error::forbidden(
        "This page is for administrators of a partner. Your own organization is at the start page.",
    )
}
