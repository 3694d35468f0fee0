use hub_caller::Caller;
use kit::{Error, ExposeSecret as _, Result, Uuid};

use crate::Events;
use crate::model::target::read_target;
use crate::model::webhook::{Webhook, WebhookChange};
use crate::store::webhooks;

impl Events {
    /// Changes name, target and secret; `status: active` switches a webhook on again that was switched off after failures.
    pub(crate) async fn change_webhook(
        &self,
        caller: &Caller,
        id: Uuid,
        change: WebhookChange,
    ) -> Result<Webhook> {
        let mut webhook = self.show_webhook(caller, id).await?;
        let WebhookChange {
            name,
            target_url,
            secret,
            status,
        } = change;
        if let Some(name) = name {
            if name.trim().is_empty() || name.chars().count() > 1_000 {
                return Err(Error::invalid("name must have between 1 and 1,000 characters."));
            }
            webhook.name = name;
        }
        if let Some(target_url) = target_url {
            let allows_private = self.options().allow_private_targets;
            webhook.target_url = read_target("targetUrl", &target_url, allows_private)?.to_string();
        }
        if let Some(secret) = secret {
            webhook.secret = Some(secret).filter(|secret| !secret.expose_secret().is_empty());
        }
        let begins_anew = status.as_deref() == Some("active") && !webhook.is_active;
        match status.as_deref() {
            None => {}
            Some("active") => webhook.is_active = true,
            // Whoever sends back what they read changes nothing.
            Some("inactive") if !webhook.is_active => {}
            Some("inactive") => {
                return Err(Error::invalid(
                    "status cannot be set to inactive. Delete the webhook instead.",
                ));
            }
            Some(other) => {
                let shown: String = other.chars().take(40).collect();
                return Err(Error::invalid(format!(
                    "status “{shown}” is not known; write active."
                )));
            }
        }
        let mut transaction = self.database().begin().await?;
        webhooks::update(&mut transaction, &webhook, begins_anew).await?;
        transaction.commit().await?;
        Ok(webhook)
    }

    /// Deletes a webhook with everything that waits for it.
    pub(crate) async fn delete_webhook(&self, caller: &Caller, id: Uuid) -> Result<()> {
        self.show_webhook(caller, id).await?;
        webhooks::delete(self.database(), id).await?;
        Ok(())
    }
}
