use std::time::Duration;

use aws_lc_rs::hmac;
use http::{HeaderMap, HeaderValue, header};
use hub_caller::PersonId;
use kit::{Error, ExposeSecret as _, Result, SecretString, Timestamp, Uuid};
use url::Url;

use crate::model::patience::{MOST_TRIES, is_hopeless, pause_after};
use crate::model::webhook::Webhook;
use crate::net::{SendFailure, Sent};
use crate::store::deliveries::{self, Delivery, Failed};
use crate::store::webhooks;
use crate::{Actor, AuditCategory, AuditEntry, Events, Letter, Target};

/// Longer than anything that is done under it.
const LEASE: Duration = Duration::from_secs(120);
/// How long one holder goes on before it lets others have their turn.
const TURN: Duration = Duration::from_secs(30);

impl Events {
    /// Delivers what is due for one webhook, in order, unless somebody else is at it.
    pub(crate) async fn deliver_to(&self, webhook_id: Uuid) -> Result<()> {
        if !self.begin_with(webhook_id) {
            return Ok(());
        }
        let outcome = self.deliver_under_lease(webhook_id).await;
        self.done_with(webhook_id);
        outcome
    }

    async fn deliver_under_lease(&self, webhook_id: Uuid) -> Result<()> {
        let claimed_at = self.now();
        let claimed = deliveries::claim(self.database(), webhook_id, claimed_at, LEASE).await?;
        let Some(lease) = claimed else { return Ok(()) };
        let outcome = self.deliver_some(webhook_id, lease, claimed_at).await;
        deliveries::release(self.database(), webhook_id, lease).await?;
        outcome
    }

    async fn deliver_some(&self, webhook_id: Uuid, lease: i64, claimed_at: Timestamp) -> Result<()> {
        let Some(mut webhook) = webhooks::find(self.database(), webhook_id).await? else {
            return Ok(());
        };
        if !self.grants().lives(webhook.grant_id).await? {
            tracing::info!(webhook = %webhook.id, "a webhook went with the grant that made it");
            webhooks::delete(self.database(), webhook_id).await?;
            return Ok(());
        }
        if webhook.sees_organization && !self.administers(webhook.person_id).await? {
            let mut transaction = self.database().begin().await?;
            webhooks::narrow(&mut transaction, webhook_id).await?;
            return transaction.commit().await;
        }
        let due = deliveries::due(self.database(), webhook_id, claimed_at, 50).await?;
        for delivery in due {
            if self.now().since(claimed_at) >= TURN {
                break;
            }
            let goes_on = match self.send_to_webhook(&webhook, &delivery).await {
                Ok(Sent {
                    status: 200..=299, ..
                }) => self.note_success(&mut webhook, lease, &delivery).await?,
                Ok(Sent { status, .. }) => {
                    let sentence = format!("The receiver answered with status {status}.");
                    self.note_failure(&mut webhook, lease, &delivery, &sentence, false)
                        .await?
                }
                Err(SendFailure(sentence)) => {
                    self.note_failure(&mut webhook, lease, &delivery, &sentence, true)
                        .await?
                }
            };
            if !goes_on {
                break;
            }
        }
        Ok(())
    }

    /// Whether a person holds a role at this moment that sees the people of the organization.
    pub(super) async fn administers(&self, person_id: PersonId) -> Result<bool> {
        let person = self.names().person(person_id).await?;
        Ok(person.is_some_and(|person| person.administers))
    }

    async fn send_to_webhook(&self, webhook: &Webhook, delivery: &Delivery) -> Result<Sent, SendFailure> {
        let target = Url::parse(&webhook.target_url)
            .map_err(|_| SendFailure("The address of the receiver cannot be read.".to_owned()))?;
        let headers = headers(webhook.secret.as_ref(), delivery.body.as_bytes());
        self.sender().post(&target, headers, delivery.body.clone()).await
    }

    /// Whether to go on with the next one.
    async fn note_success(&self, webhook: &mut Webhook, lease: i64, delivery: &Delivery) -> Result<bool> {
        let is_ours = deliveries::delivered(self.database(), webhook.id, lease, delivery.id).await?;
        if is_ours && webhook.failures > 0 {
            deliveries::recovered(self.database(), webhook.id, lease).await?;
            webhook.failures = 0;
            webhook.failing_since = None;
        }
        Ok(is_ours)
    }

    /// Whether to go on with the next one. A receiver that answers is asked on; one that does not rests.
    async fn note_failure(
        &self,
        webhook: &mut Webhook,
        lease: i64,
        delivery: &Delivery,
        sentence: &str,
        is_silent: bool,
    ) -> Result<bool> {
        let now = self.now();
        webhook.failures += 1;
        let failing_since = *webhook.failing_since.get_or_insert(now);
        let rest_until = if is_silent {
            now.plus(pause_after(webhook.failures))
        } else {
            now
        };
        let failed = Failed {
            failures: webhook.failures,
            failing_since,
            rest_until,
        };
        let mut transaction = self.database().begin().await?;
        if !deliveries::failed(&mut transaction, webhook.id, lease, &failed).await? {
            return Ok(false);
        }
        if is_hopeless(webhook.failures, failing_since, now) {
            deliveries::switch_off(&mut transaction, webhook.id, sentence).await?;
            self.tell_that_it_is_off(&mut transaction, webhook, sentence)
                .await?;
            transaction.commit().await?;
            return Ok(false);
        }
        let tries = delivery.tries + 1;
        if tries >= MOST_TRIES {
            deliveries::give_up(&mut transaction, delivery.id).await?;
        } else {
            let at = now.plus(pause_after(tries));
            deliveries::again_at(&mut transaction, delivery.id, tries, at, sentence).await?;
        }
        transaction.commit().await?;
        Ok(!is_silent)
    }

    async fn tell_that_it_is_off(
        &self,
        transaction: &mut kit_sql::Transaction,
        webhook: &Webhook,
        sentence: &str,
    ) -> Result<()> {
        let entry = AuditEntry {
            organization_id: webhook.organization_id,
            actor: Actor::Program("delivery of webhooks".to_owned()),
            category: AuditCategory::DeveloperApplications,
            description: "Webhook switched off".to_owned(),
            action_text: format!(
                "The webhook “{}” was switched off after {} failed deliveries. {sentence}",
                webhook.name, webhook.failures
            ),
            target: Some(Target {
                kind: "WEBHOOK",
                id: crate::api::webhook_wire::public_id(webhook.id),
                name: webhook.name.clone(),
            }),
            setting: Some("status".to_owned()),
            previous_value: Some("active".to_owned()),
            new_value: Some("inactive".to_owned()),
        };
        self.recorder().audit(transaction, &entry).await?;
        let Some(owner) = self.names().person(webhook.person_id).await? else {
            return Ok(());
        };
        let letter = Letter {
            organization_id: webhook.organization_id,
            to: owner.email,
            subject: format!("Your webhook “{}” was switched off", webhook.name),
            paragraphs: vec![
                format!(
                    "Your webhook “{}” to {} was switched off, because its receiver failed {} times in a row. {sentence}",
                    webhook.name, webhook.target_url, webhook.failures
                ),
                "What waited for it is not delivered any more. Once the receiver works again, switch the webhook on with PUT /v1/webhooks/{webhookId} and \"status\": \"active\".".to_owned(),
            ],
            link: None,
            once_key: None,
        };
        self.recorder().send(transaction, &letter).await
    }
}

/// The body is signed as it leaves: receivers check the raw bytes.
fn headers(secret: Option<&SecretString>, body: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(secret) = secret {
        let sha1 = signature(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret, body);
        let sha256 = signature(hmac::HMAC_SHA256, secret, body);
        if let (Ok(sha1), Ok(sha256)) = (
            HeaderValue::from_str(&sha1),
            HeaderValue::from_str(&format!("sha256={sha256}")),
        ) {
            headers.insert("x-spark-signature", sha1);
            headers.insert("x-webex-signature", sha256);
        }
    }
    headers
}

fn signature(algorithm: hmac::Algorithm, secret: &SecretString, body: &[u8]) -> String {
    let key = hmac::Key::new(algorithm, secret.expose_secret().as_bytes());
    let tag = hmac::sign(&key, body);
    tag.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A delivery that could not even be noted stays where it is: its lease ends.
pub(crate) fn log_trouble(what: &'static str, error: &Error) {
    tracing::warn!(chain = error.chain(), what, "the next pass tries again");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_2202_and_4231() {
        let secret = SecretString::from("Jefe");
        let body = b"what do ya want for nothing?";
        let headers = headers(Some(&secret), body);
        assert_eq!(
            headers["x-spark-signature"],
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
        );
        assert_eq!(
            headers["x-webex-signature"],
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert!(!super::headers(None, body).contains_key("x-spark-signature"));
    }
}
