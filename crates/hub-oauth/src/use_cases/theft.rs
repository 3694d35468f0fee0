use hub_events::{Actor, Initiator, Letter, SecurityEventKind};
use kit::Result;

use super::telling::{authorization_target, line};
use crate::model::grant::{Because, Grant};
use crate::store::grants;
use crate::{Client, OAuth};

impl OAuth {
    /// A refresh token that is not known any more: when its successor was used, two programs hold the same lineage, and one
    /// of them should not. Which one cannot be told, so the lineage ends, and nothing else (RFC 9700, section 4.14).
    pub(super) async fn look_for_theft(&self, client: &Client, hash: &str) -> Result<()> {
        let Some(grant) = grants::of_retired_refresh(self.database(), hash).await? else {
            return Ok(());
        };
        if grant.client_id != client.client_id || grant.revoked_at.is_some() {
            return Ok(());
        }
        self.end_stolen(client, &grant).await
    }

    async fn end_stolen(&self, client: &Client, grant: &Grant) -> Result<()> {
        let owner = self.directory().account(grant.person_id).await?;
        let owner = owner.map_or_else(|| "a deleted person".to_owned(), |account| account.display_name);
        let admins = self.directory().full_admins(grant.organization_id).await?;
        let mut transaction = self.database().begin().await?;
        if !grants::revoke(&mut transaction, grant.id, Because::Stolen, self.now()).await? {
            return Ok(());
        }
        tracing::warn!(grant = %grant.id, client_id = client.client_id, "a refresh token came after its successor; its grant was ended");
        let reason = format!(
            "A refresh token of “{}” was used after its successor, so a copy of it is in other hands. The authorization of {owner} was ended.",
            client.name
        );
        self.announce_about_grant(
            &mut transaction,
            grant,
            SecurityEventKind::RefreshTokenStolen,
            Initiator::System,
            &reason,
        )
        .await?;
        let entry = line(
            grant.organization_id,
            Actor::Program("authorization server".to_owned()),
            "Authorization ended after a stolen refresh token",
            reason.clone(),
            authorization_target(grant, &client.name),
        );
        let recorder = self.directory().recorder();
        recorder.audit(&mut transaction, &entry).await?;
        for admin in admins.into_iter().filter(|admin| admin.login_enabled) {
            let letter = Letter {
                organization_id: grant.organization_id,
                to: admin.email,
                subject: format!("A token of “{}” may have been stolen", client.name),
                paragraphs: vec![
                    reason.clone(),
                    "Only this one authorization ended. Find out where its tokens are kept and who could read them; then authorize the integration again.".to_owned(),
                ],
                link: Some((
                    format!("Open “{}”", client.name),
                    format!("/apps/integrations/{}", client.client_id),
                )),
                once_key: Some(format!("stolen {} {}", grant.id, admin.person_id)),
            };
            recorder.send(&mut transaction, &letter).await?;
        }
        transaction.commit().await
    }
}
