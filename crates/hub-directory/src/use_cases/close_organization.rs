use hub_events::{
    Actor, AuditCategory, AuditEntry, Initiator, SecurityEvent, SecurityEventKind, Subject, Target,
};
use kit::{Error, Result};
use webex::{PublicId, ResourceKind};

use crate::model::rights;
use crate::store::organizations;
use crate::{Directory, OrganizationId};

impl Directory {
    /// Closes an organization for good: nobody of it signs in any more, and nothing that its people gave lives. Its data stay
    /// for whoever must answer for them. `by` names what closed it, such as `simulation`; the caller has checked the right.
    pub async fn close_organization(&self, id: OrganizationId, by: &str) -> Result<()> {
        let organization = self
            .organization(id)
            .await?
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
        let mut transaction = self.database().begin().await?;
        if !organizations::close(&mut transaction, id, self.clock().now()).await? {
            return Ok(());
        }
        let name = organization.display_name;
        let reason = format!("The organization {name} was closed.");
        let event = SecurityEvent {
            organization_id: id,
            subject: Subject::Organization,
            kind: SecurityEventKind::OrganizationClosed,
            initiator: Initiator::Admin,
            reason: reason.clone(),
        };
        self.recorder().announce(&mut transaction, &event).await?;
        let entry = AuditEntry {
            organization_id: id,
            actor: Actor::Program(by.to_owned()),
            category: AuditCategory::OrganizationSettings,
            description: "Organization closed".to_owned(),
            action_text: reason,
            target: Some(Target {
                kind: "ORGANIZATION",
                id: PublicId::of_uuid(ResourceKind::Organization, id.uuid()).to_string(),
                name,
            }),
            setting: Some("Organization".to_owned()),
            previous_value: Some("open".to_owned()),
            new_value: Some("closed".to_owned()),
        };
        self.recorder().audit(&mut transaction, &entry).await?;
        transaction.commit().await
    }
}
