use kit::{Error, Kind, Result};
use suite_tenancy::{Actor, AuditEntry, Customer};

use super::callback::CallbackOutcome;
use super::hash;
use crate::Authorizations;
use crate::model::{Attempt, AttemptId, AttemptStage};
use crate::store::attempts;
use crate::store::attempts::StoredAttempt;

/// What somebody is asked to confirm.
pub(crate) struct Confirmation {
    pub(crate) attempt: Attempt,
    pub(crate) customer: Customer,
    pub(crate) organization_id: String,
    pub(crate) organization_name: String,
    pub(crate) person_name: String,
    pub(crate) person_email: String,
}

impl Authorizations {
    /// What the confirmation page shows; only in the browser in which it began.
    pub(crate) async fn confirmation(
        &self,
        actor: Option<&Actor>,
        browser: &str,
        id: AttemptId,
    ) -> Result<Confirmation> {
        let (actor, stored) = self.waiting_attempt(actor, browser, id).await?;
        let customer = self
            .parts()
            .tenancy
            .customer(&actor, stored.attempt.customer)
            .await?;
        let AttemptStage::Unconfirmed {
            organization_id,
            organization_name,
        } = stored.attempt.stage.clone()
        else {
            return Err(nothing_to_confirm());
        };
        let examined =
            self.open_waiting(&stored.attempt, stored.unconfirmed.as_deref().unwrap_or_default())?;
        Ok(Confirmation {
            attempt: stored.attempt,
            customer,
            organization_id,
            organization_name,
            person_name: examined.person_name,
            person_email: examined.person_email,
        })
    }

    /// Yes, this is the organization: it is the customer's from now on, and the tokens become its authorization.
    pub(crate) async fn confirm(
        &self,
        actor: Option<&Actor>,
        browser: &str,
        id: AttemptId,
    ) -> Result<CallbackOutcome> {
        let (actor, stored) = self.waiting_attempt(actor, browser, id).await?;
        let examined =
            self.open_waiting(&stored.attempt, stored.unconfirmed.as_deref().unwrap_or_default())?;
        let pinned = self
            .parts()
            .tenancy
            .pin_organization(&actor, stored.attempt.customer, &examined.organization_id)
            .await;
        if let Err(error) = pinned {
            if *error.kind() == Kind::Conflict {
                // It became another organization meanwhile, or this one is another customer: no second try can help.
                self.give_back(&actor, &stored, error.public()).await?;
            }
            return Err(error);
        }
        self.establish(&actor, &stored.attempt, "unconfirmed", examined)
            .await
    }

    /// No, it is another: the tokens are given back, and nothing is kept.
    pub(crate) async fn decline(
        &self,
        actor: Option<&Actor>,
        browser: &str,
        id: AttemptId,
    ) -> Result<Attempt> {
        let (actor, stored) = self.waiting_attempt(actor, browser, id).await?;
        self.give_back(&actor, &stored, "It was another organization.")
            .await?;
        Ok(stored.attempt)
    }

    async fn give_back(&self, actor: &Actor, stored: &StoredAttempt, reason: &str) -> Result<()> {
        let mut transaction = self.parts().database.begin().await?;
        let stage = AttemptStage::Refused {
            reason: reason.to_owned(),
        };
        if !attempts::advance(
            &mut transaction,
            stored.attempt.id,
            "unconfirmed",
            &stage,
            None,
            self.now(),
        )
        .await?
        {
            return Err(nothing_to_confirm());
        }
        let entry = AuditEntry {
            actor,
            customer: Some(stored.attempt.customer),
            verb: "authorization.declined",
            subject: stored.attempt.integration.integration().name.to_owned(),
            detail: format!("{reason} The tokens were given back."),
        };
        self.parts().tenancy.record(&mut transaction, entry).await?;
        transaction.commit().await?;
        self.take_back_waiting(stored).await;
        Ok(())
    }

    /// Forgets what was not confirmed in time.
    pub(crate) async fn forget_unconfirmed(&self) -> Result<()> {
        let now = self.now();
        for stored in attempts::forgotten(&self.parts().database, now).await? {
            let stage = AttemptStage::Refused {
                reason: "The organization was not confirmed in time.".to_owned(),
            };
            if attempts::advance(
                &self.parts().database,
                stored.attempt.id,
                "unconfirmed",
                &stage,
                None,
                now,
            )
            .await?
            {
                self.take_back_waiting(&stored).await;
            }
        }
        Ok(())
    }

    async fn take_back_waiting(&self, stored: &StoredAttempt) {
        let client = self.parts().provider.credentials(stored.attempt.integration);
        let examined = self.open_waiting(&stored.attempt, stored.unconfirmed.as_deref().unwrap_or_default());
        if let (Ok(client), Ok(examined)) = (client, examined) {
            self.take_back(&client, &examined.access_token, examined.refresh_token.as_ref())
                .await;
        }
    }

    async fn waiting_attempt(
        &self,
        actor: Option<&Actor>,
        browser: &str,
        id: AttemptId,
    ) -> Result<(Actor, StoredAttempt)> {
        let found = attempts::find(&self.parts().database, id).await?;
        let stored = found
            .filter(|stored| stored.attempt.browser_hash == hash(browser))
            .ok_or_else(nothing_to_confirm)?;
        if stored.unconfirmed.is_none() || stored.attempt.has_expired(self.now()) {
            return Err(nothing_to_confirm());
        }
        let actor = self
            .returning_actor(actor, &stored.attempt)
            .await
            .map_err(|refusal| Error::forbidden(refusal.summary()))?;
        Ok((actor, stored))
    }
}

fn nothing_to_confirm() -> Error {
    Error::new(
        kit::Kind::Gone,
        "There is nothing to confirm here any more: it was confirmed, declined, or it took longer than 15 minutes. Look at the customer's page and begin again if needed.",
    )
}
