use askama::Template;
use axum::extract::State;
use kit_web::{Page, PageError, Query};
use serde::Deserialize;

use crate::{AuditQuery, Customer, CustomerId, PageActor, RecordedEntry, Tenancy};

const ENTRIES_A_PAGE: usize = 50;

#[derive(Deserialize)]
pub(super) struct TrailQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    customer: String,
    #[serde(default)]
    before: String,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditTemplate<'a> {
    query: &'a TrailQuery,
    customers: Vec<Customer>,
    entries: Vec<RecordedEntry>,
    older: Option<String>,
}

impl AuditTemplate<'_> {
    fn is_filtered(&self) -> bool {
        !self.query.q.is_empty() || !self.query.customer.is_empty()
    }

    fn older_link(&self, cursor: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("q", &self.query.q)
            .append_pair("customer", &self.query.customer)
            .append_pair("before", cursor);
        format!("?{}", query.finish())
    }

    /// What was done, in words; a verb that is not known here is shown as it is.
    fn words(&self, verb: &str) -> String {
        let known = match verb {
            "customer.added" => "Added the customer",
            "customer.renamed" => "Renamed a customer to",
            "customer.organization_pinned" => "Pinned the organization of",
            "principal.added" => "Added the user",
            "principal.enabled" => "Enabled the user",
            "principal.disabled" => "Disabled the user",
            "principal.password_changed" => "Changed the password of",
            "session.opened" => "Signed in as",
            "authorization.begun" => "Began to authorize",
            "authorization.granted" => "Authorized",
            "authorization.declined" => "Declined",
            "authorization.checked" => "Checked",
            "authorization.died" => "Lost the authorization of",
            "invitation.made" => "Invited",
            "invitation.revoked" => "Took back the invitation of",
            "synch.started" => "Started a synchronization of",
            other => return other.replace(['.', '_'], " "),
        };
        known.to_owned()
    }
}

pub(super) async fn show(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Query(query): Query<TrailQuery>,
) -> Result<Page, PageError> {
    let customer = match query.customer.as_str() {
        "" => None,
        id => Some(CustomerId::parse(id)?),
    };
    let wanted = AuditQuery {
        customer,
        search: query.q.chars().take(200).collect(),
        before: query.before.clone(),
        limit: ENTRIES_A_PAGE,
    };
    let (entries, older) = tenancy.audit_trail(&actor, &wanted).await?;
    let customers = tenancy.customers(&actor).await?;
    Ok(Page::new(
        "Audit trail",
        &AuditTemplate {
            query: &query,
            customers,
            entries,
            older,
        },
    ))
}
