use hub_directory::Account;
use hub_identity::token_hash;
use kit::{Error, Result};
use kit_web::{BrowserId, CookieJar};

use crate::store::pending;
use crate::{Client, OAuth};

/// How many characters a reason has at the most.
pub(crate) const LONGEST_REASON: usize = 500;

/// Where an authorization stands that policy refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// It is over, or nobody is signed in any more.
    Gone,
    /// Policy still refuses it.
    Refused,
    /// Policy lets it pass now: it can go on.
    Passes,
}

impl OAuth {
    /// Whether an authorization that policy refused could go on now. Counts no attempt.
    pub(crate) async fn waiting_authorization(
        &self,
        id: &str,
        browser: &BrowserId,
        jar: &CookieJar,
    ) -> Result<Waiting> {
        let Some((account, client)) = self.waiting_person(id, browser, jar).await? else {
            return Ok(Waiting::Gone);
        };
        let passes = self
            .gate()
            .allows(
                account.organization_id,
                account.person_id,
                &client.client_id,
                self.now(),
            )
            .await?;
        Ok(if passes { Waiting::Passes } else { Waiting::Refused })
    }

    /// Keeps why the refused person needs the integration; false when the authorization is over.
    pub(crate) async fn give_reason(
        &self,
        id: &str,
        browser: &BrowserId,
        jar: &CookieJar,
        reason: &str,
    ) -> Result<bool> {
        let reason = reason.trim();
        if reason.chars().count() > LONGEST_REASON {
            return Err(Error::invalid(format!(
                "The reason is longer than {LONGEST_REASON} characters. Nothing was kept; go back and shorten it."
            )));
        }
        let Some((account, client)) = self.waiting_person(id, browser, jar).await? else {
            return Ok(false);
        };
        self.gate().give_reason(&account, &client, reason).await?;
        Ok(true)
    }

    async fn waiting_person(
        &self,
        id: &str,
        browser: &BrowserId,
        jar: &CookieJar,
    ) -> Result<Option<(Account, Client)>> {
        let Some(waiting) = pending::find(self.database(), id, &token_hash(&browser.0), self.now()).await?
        else {
            return Ok(None);
        };
        let client = self
            .client(&waiting.request.client_id)
            .await?
            .filter(|client| client.enabled);
        let person = self.person_for(&waiting.request, waiting.created_at, jar).await?;
        Ok(person.map(|person| person.account).zip(client))
    }
}
