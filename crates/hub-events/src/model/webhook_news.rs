use hub_caller::{OrganizationId, PersonId};
use serde_json::Value;

/// Something that registered webhooks may want to hear.
#[derive(Clone, Debug, PartialEq)]
pub struct WebhookNews {
    /// Where it happened.
    pub organization_id: OrganizationId,
    /// `serviceApp`, `telephony_calls`, …
    pub resource: &'static str,
    /// `authorized`, `created`, `updated`, `deleted` …
    pub event: &'static str,
    /// Who did it.
    pub actor_id: Option<PersonId>,
    /// Only webhooks made by this application hear of it (a Service App's developer); `None`: whoever may see it.
    pub owner_client_id: Option<String>,
    /// What the envelope carries as `data`.
    pub data: Value,
}
