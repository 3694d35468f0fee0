use axum::extract::State;
use axum::response::IntoResponse as _;
use hub_directory::Caller;
use hub_directory::public_api::{Answer, Pairs, done, object, require_own};
use kit::{Error, Result, Timestamp};
use serde::Serialize;
use webex::{Items, PublicId, ResourceKind};

use super::wire::{action, client_id, organization_text, policy_id};
use crate::Governance;
use crate::model::Rule;
use crate::use_cases::{ApplicationUsage, UsageOrder};

const MOST_A_PAGE: usize = 100;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UsageBody {
    id: String,
    org_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_id: Option<String>,
    app_id: String,
    app_name: String,
    app_client_id: String,
    app_privacy_url: String,
    app_support_url: String,
    app_company_url: String,
    app_contact_name: String,
    app_contact_email: String,
    app_user_adoption: i64,
    policy_action: &'static str,
    app_created: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated: Option<Timestamp>,
}

pub(super) async fn list(State(governance): State<Governance>, caller: Caller, pairs: Pairs) -> Answer {
    require_own(&caller, pairs.organization()?)?;
    let order = pairs
        .text("orderBy")
        .map(read_order)
        .transpose()?
        .unwrap_or_default();
    let wanted = pairs.text("appId").map(client_id);
    let max = pairs.page_size(MOST_A_PAGE)?;
    let start = pairs.start()?;
    let found = governance
        .application_usage(&caller, pairs.text("appName"), wanted.as_deref(), order)
        .await?;
    let next = (start + max < found.len()).then(|| (start + max).to_string());
    let link = pairs.next_page(governance.public_url(), "/v1/application/usage", max, next);
    let items = found
        .into_iter()
        .skip(start)
        .take(max)
        .map(|usage| usage_body(&caller, usage))
        .collect::<Vec<_>>();
    Ok((link, object(&Items { items })?).into_response())
}

fn read_order(word: &str) -> Result<UsageOrder> {
    match word {
        "name" | "appName" => Ok(UsageOrder::Name),
        "policy" => Ok(UsageOrder::Policy),
        // Nothing here was ever featured or submitted to a catalogue: such an order leaves them by name.
        "isFeatured" | "lastSubmissionDate" => Ok(UsageOrder::Name),
        _ => Err(Error::invalid(
            "orderBy is isFeatured, lastSubmissionDate, policy, appName or name.",
        )),
    }
}

fn usage_body(caller: &Caller, usage: ApplicationUsage) -> UsageBody {
    let ApplicationUsage {
        client,
        enabled,
        is_exception,
        has_default,
        adoption,
        refreshed_at,
    } = usage;
    let organization = caller.organization_id;
    let policy = if is_exception {
        Some(policy_id(organization, Some(&client.client_id)))
    } else {
        has_default.then(|| policy_id(organization, None))
    };
    let id = format!("{organization}:{}", client.client_id);
    UsageBody {
        id: PublicId::new(ResourceKind::ApplicationUsage, id).to_string(),
        org_id: organization_text(organization),
        policy_id: policy.map(|id| id.to_string()),
        app_id: webex::application_id(&client.client_id),
        app_name: client.name,
        app_client_id: client.client_id,
        app_privacy_url: client.privacy_url,
        app_support_url: client.support_url,
        app_company_url: String::new(),
        app_contact_name: client.vendor,
        app_contact_email: client.contact,
        app_user_adoption: adoption,
        policy_action: action(if enabled { Rule::Allow } else { Rule::Block }),
        app_created: client.created_at,
        last_updated: refreshed_at,
    }
}

pub(super) async fn refresh(State(governance): State<Governance>, caller: Caller) -> Answer {
    governance.refresh_adoption(&caller).await?;
    done()
}
