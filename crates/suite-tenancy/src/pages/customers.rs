use askama::Template;
use axum::extract::State;
use kit_web::{Page, PageError, Query};
use serde::Deserialize;

use crate::{Action, Actor, Customer, CustomerSearch, PageActor, Tenancy};

const CUSTOMERS_A_PAGE: i64 = 50;

#[derive(Deserialize)]
pub(super) struct CustomersQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "customers.html")]
struct CustomersTemplate<'a> {
    actor: &'a Actor,
    query: &'a CustomersQuery,
    customers: &'a [Customer],
    total: i64,
    page: i64,
}

impl CustomersTemplate<'_> {
    fn may_add(&self) -> bool {
        self.actor.may(Action::ManageCustomers, None)
    }

    fn may_rename(&self, customer: &Customer) -> bool {
        self.actor.may(Action::ManageCustomers, Some(customer.id))
    }

    fn range(&self) -> String {
        let first = (self.page - 1) * CUSTOMERS_A_PAGE + 1;
        format!(
            "{first}–{} of {}",
            (self.page * CUSTOMERS_A_PAGE).min(self.total),
            self.total
        )
    }

    fn has_next(&self) -> bool {
        self.page * CUSTOMERS_A_PAGE < self.total
    }

    fn link(&self, page: i64) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &self.query.q)
            .append_pair("page", &page.to_string())
            .finish();
        format!("?{query}")
    }
}

pub(super) async fn show(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Query(query): Query<CustomersQuery>,
) -> Result<Page, PageError> {
    let page = query.page.parse::<i64>().unwrap_or(1).clamp(1, 1_000_000);
    let search = CustomerSearch {
        text: query.q.chars().take(200).collect(),
        offset: (page - 1) * CUSTOMERS_A_PAGE,
        limit: CUSTOMERS_A_PAGE,
    };
    let (customers, total) = tenancy.search_customers(&actor, &search).await?;
    Ok(Page::new(
        "Customers",
        &CustomersTemplate {
            actor: &actor,
            query: &query,
            customers: &customers,
            total,
            page,
        },
    ))
}
