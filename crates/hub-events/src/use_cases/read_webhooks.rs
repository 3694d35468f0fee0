use hub_caller::{Caller, NOT_FOUND};
use kit::{Error, Result, Uuid};

use super::create_webhook::of_token;
use crate::Events;
use crate::model::webhook::{OwnedBy, Webhook};
use crate::store::webhooks::{self, Owner, Position};

impl Events {
    /// The caller's webhooks, the newest first, and whether there are more.
    pub(crate) async fn list_webhooks(
        &self,
        caller: &Caller,
        owned_by: Option<OwnedBy>,
        after: Option<Position>,
        max: i64,
    ) -> Result<(Vec<Webhook>, bool)> {
        let (client_id, grant_id) = of_token(caller)?;
        let owner = Owner {
            person_id: caller.person_id,
            client_id,
        };
        self.bury_dead_webhooks_of(owner, grant_id).await?;
        let mut page = webhooks::list(self.database(), owner, owned_by, after, max + 1).await?;
        let limit = usize::try_from(max).unwrap_or_default();
        let more = page.len() > limit;
        page.truncate(limit);
        Ok((page, more))
    }

    /// One webhook of the caller's person and client. Others' do not exist for them.
    pub(crate) async fn show_webhook(&self, caller: &Caller, id: Uuid) -> Result<Webhook> {
        let (client_id, grant_id) = of_token(caller)?;
        let found = webhooks::find(self.database(), id)
            .await?
            .filter(|webhook| webhook.person_id == caller.person_id && webhook.client_id == client_id);
        let Some(webhook) = found else {
            return Err(Error::not_found(NOT_FOUND));
        };
        if webhook.grant_id != grant_id && !self.grants().lives(webhook.grant_id).await? {
            webhooks::delete(self.database(), id).await?;
            return Err(Error::not_found(NOT_FOUND));
        }
        Ok(webhook)
    }

    /// What an earlier grant of the same person to the same client left behind went with it.
    async fn bury_dead_webhooks_of(&self, owner: Owner<'_>, own_grant: Uuid) -> Result<()> {
        for grant in webhooks::grants_of(self.database(), owner).await? {
            if grant != own_grant && !self.grants().lives(grant).await? {
                webhooks::delete_of_grant(self.database(), grant).await?;
            }
        }
        Ok(())
    }
}
