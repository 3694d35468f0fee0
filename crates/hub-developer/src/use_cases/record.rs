//! Takes down what happened, inside the transaction of the cause.

use hub_directory::{Caller, OrganizationId};
use hub_events::{AuditCategory, AuditEntry, Target};
use kit::Result;
use kit_sql::Transaction;
use webex::application_id;

use crate::Developer;

/// A line of the audit, as far as it differs.
pub(super) struct Line<'a> {
    pub(super) organization_id: OrganizationId,
    pub(super) category: AuditCategory,
    pub(super) client_id: &'a str,
    pub(super) name: &'a str,
    pub(super) description: &'static str,
    /// What was done, behind the name of who did it: `rotated the secret of …`.
    pub(super) action: String,
    pub(super) setting: Option<&'static str>,
    pub(super) previous: Option<String>,
    pub(super) new: Option<String>,
}

impl<'a> Line<'a> {
    pub(super) fn of_developer(
        organization_id: OrganizationId,
        client_id: &'a str,
        name: &'a str,
        description: &'static str,
        action: String,
    ) -> Self {
        Self {
            organization_id,
            category: AuditCategory::DeveloperApplications,
            client_id,
            name,
            description,
            action,
            setting: None,
            previous: None,
            new: None,
        }
    }
}

impl Developer {
    pub(super) async fn record(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        line: Line<'_>,
    ) -> Result<()> {
        let Line {
            organization_id,
            category,
            client_id,
            name,
            description,
            action,
            setting,
            previous,
            new,
        } = line;
        let actor = self.directory().actor(transaction, caller).await?;
        let who = match &actor {
            hub_events::Actor::Person { name, .. } | hub_events::Actor::Program(name) => name.clone(),
        };
        let entry = AuditEntry {
            organization_id,
            actor,
            category,
            description: description.to_owned(),
            action_text: format!("{who} {action}."),
            target: Some(Target {
                kind: "APPLICATION",
                id: application_id(client_id),
                name: name.to_owned(),
            }),
            setting: setting.map(ToOwned::to_owned),
            previous_value: previous,
            new_value: new,
        };
        self.directory().recorder().audit(transaction, &entry).await
    }
}
