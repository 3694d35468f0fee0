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
    /// Only webhooks made through this application hear of it, in whichever organization; `None`: whoever may see it.
    pub owner_client_id: Option<String>,
    /// Only webhooks that this person made hear of it, in whichever organization: the developer of a Service App hears which
    /// customer authorized it. `None`: whoever may see it.
    pub owner_person_id: Option<PersonId>,
    /// What the envelope carries as `data`.
    pub data: Value,
}
