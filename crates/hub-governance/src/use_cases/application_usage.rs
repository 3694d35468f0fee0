use hub_directory::Caller;
use hub_oauth::Client;
use kit::{Result, Timestamp};

use super::rights::require_view;
use crate::governance::Governance;
use crate::model::Rule;
use crate::store::{adoption, policies};

/// How much an organization uses an application, and whether policy lets it.
#[derive(Clone, Debug)]
pub(crate) struct ApplicationUsage {
    pub(crate) client: Client,
    pub(crate) enabled: bool,
    pub(crate) is_exception: bool,
    /// Whether the organization has a default policy of its own.
    pub(crate) has_default: bool,
    pub(crate) adoption: i64,
    pub(crate) refreshed_at: Option<Timestamp>,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum UsageOrder {
    #[default]
    Name,
    /// Allowed ones first.
    Policy,
}

impl Governance {
    /// The applications as the caller's organization uses them.
    pub(crate) async fn application_usage(
        &self,
        caller: &Caller,
        name: Option<&str>,
        client_id: Option<&str>,
        order: UsageOrder,
    ) -> Result<Vec<ApplicationUsage>> {
        require_view(caller)?;
        let organization = caller.organization_id;
        let policies = policies::policies(&self.core.database, organization).await?;
        let adoption = adoption::read(&self.core.database, organization).await?;
        let has_default = policies.decided_at.as_millis() > 0 || policies.default == Rule::Block;
        let wanted = name.map(kit::search_key);
        let mut found: Vec<ApplicationUsage> = self
            .clients()
            .await?
            .into_iter()
            .filter(|client| {
                client_id.is_none_or(|wanted| wanted == client.client_id)
                    && wanted
                        .as_ref()
                        .is_none_or(|wanted| kit::search_key(&client.name) == *wanted)
            })
            .map(|client| ApplicationUsage {
                enabled: !policies.audience_of(&client.client_id).is_nobody(),
                is_exception: policies.exceptions.contains_key(&client.client_id),
                has_default,
                adoption: adoption.people.get(&client.client_id).copied().unwrap_or(0),
                refreshed_at: adoption.refreshed_at,
                client,
            })
            .collect();
        found.sort_by_cached_key(|usage| {
            (
                order == UsageOrder::Policy && !usage.enabled,
                kit::search_key(&usage.client.name),
                usage.client.client_id.clone(),
            )
        });
        Ok(found)
    }
}
