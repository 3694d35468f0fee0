use kit::SecretString;
use serde::Deserialize;
use suite_tenancy::{Action, Actor, CustomerId};

use super::hash;
use crate::Authorizations;
use crate::model::{
    Attempt, AttemptId, AttemptStage, IntegrationKey, InvitationId, InvitationState, Refusal,
};
use crate::store::attempts::StoredAttempt;
use crate::store::{attempts, invitations};
use crate::vault::Place;

/// What the browser brings back from the platform.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct CallbackQuery {
    pub code: Option<String>,
    pub state: Option<String>,
    pub iss: Option<String>,
    pub error: Option<String>,
    pub error_description: Option<String>,
}

/// What a return came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallbackOutcome {
    /// It is the customer's authorization now.
    Completed {
        customer: CustomerId,
        integration: IntegrationKey,
        invitation: Option<InvitationId>,
    },
    /// Somebody must confirm that it is the right organization.
    Unconfirmed { attempt: AttemptId },
}

/// A return that came to nothing.
#[derive(Clone, Debug)]
pub struct Refused {
    pub refusal: Refusal,
    /// What was attempted, where that is known and this browser may know it.
    pub attempt: Option<Attempt>,
}

impl Authorizations {
    /// Ends an attempt in the browser in which it began. The order of the questions is the order in which they can be
    /// answered without trusting what the later ones check.
    pub async fn callback(
        &self,
        actor: Option<&Actor>,
        browser: &str,
        query: &CallbackQuery,
    ) -> Result<CallbackOutcome, Refused> {
        let found = self.attempt_of(query).await.map_err(|refusal| Refused {
            refusal,
            attempt: None,
        })?;
        let own = found
            .as_ref()
            .filter(|stored| stored.attempt.browser_hash == hash(browser));
        let known = own.map(|stored| stored.attempt.clone());
        let refused = |refusal| Refused {
            refusal,
            attempt: known.clone(),
        };
        let stored = found.as_ref().ok_or_else(|| refused(Refusal::UnknownState))?;
        let code = self
            .acceptable(stored, own.is_some(), query)
            .await
            .map_err(refused)?;
        let actor = self
            .returning_actor(actor, &stored.attempt)
            .await
            .map_err(refused)?;
        let taken = attempts::take(&self.parts().database, stored.attempt.id, self.now()).await;
        match taken {
            Ok(true) => {}
            Ok(false) => return Err(refused(Refusal::UsedState)),
            Err(error) => return Err(refused(failure(&error))),
        }
        match self.finish(&actor, stored, &code).await {
            Ok(outcome) => Ok(outcome),
            Err(refusal) => {
                self.note_refusal(&stored.attempt, "exchanging", &refusal)
                    .await
                    .map_err(refused)?;
                Err(refused(refusal))
            }
        }
    }

    async fn attempt_of(&self, query: &CallbackQuery) -> Result<Option<StoredAttempt>, Refusal> {
        let Some(state) = query.state.as_deref() else {
            return Ok(None);
        };
        attempts::find_by_state(&self.parts().database, &hash(state))
            .await
            .map_err(|error| failure(&error))
    }

    /// Whether this return may be followed at all; nothing of it has been spent yet.
    async fn acceptable(
        &self,
        stored: &StoredAttempt,
        same_browser: bool,
        query: &CallbackQuery,
    ) -> Result<SecretString, Refusal> {
        let attempt = &stored.attempt;
        if attempt.stage != AttemptStage::Open {
            return Err(Refusal::UsedState);
        }
        if attempt.has_expired(self.now()) {
            return Err(Refusal::ExpiredState {
                expired_at: attempt.expires_at,
            });
        }
        if !same_browser {
            return Err(Refusal::OtherBrowser);
        }
        // The issuer stands in errors as well (RFC 9207, section 2), and nobody else's words are shown or believed.
        let refusal = match (&self.parts().provider.issuer, &query.error, &query.code) {
            (Some(expected), _, _) if query.iss.as_ref() != Some(expected) => Refusal::WrongIssuer {
                expected: expected.clone(),
                received: query.iss.as_deref().map(bounded),
            },
            (_, Some(error), _) => Refusal::ServerError {
                error: bounded(error),
                description: query.error_description.as_deref().map(bounded),
            },
            (_, None, Some(code)) if !code.is_empty() => return Ok(code.clone().into()),
            _ => Refusal::NoCode,
        };
        self.note_refusal(attempt, "open", &refusal).await?;
        Err(refusal)
    }

    /// On whose behalf the attempt ends: who is signed in now, or the invitation by which it began, if it still holds.
    pub(crate) async fn returning_actor(
        &self,
        actor: Option<&Actor>,
        attempt: &Attempt,
    ) -> Result<Actor, Refusal> {
        let no_right = |reason: &str| Refusal::NoRight {
            reason: reason.to_owned(),
        };
        if let Some(id) = attempt.invitation {
            let found = invitations::find(&self.parts().database, id)
                .await
                .map_err(|error| failure(&error))?;
            let Some((invitation, _)) = found else {
                return Err(no_right("The invitation does not exist any more."));
            };
            return match invitation.state(self.now()) {
                InvitationState::Revoked => Err(no_right("The invitation was taken back meanwhile.")),
                InvitationState::Expired => Err(no_right("The invitation has ended meanwhile.")),
                InvitationState::Open | InvitationState::UsedUp => {
                    Ok(Actor::invited(&invitation.actor_name(), invitation.customer))
                }
            };
        }
        let actor = actor.ok_or_else(|| {
            no_right("You are not signed in to the Suite any more. Sign in and begin again.")
        })?;
        actor
            .require(Action::AuthorizeIntegration, Some(attempt.customer))
            .map_err(|error| no_right(error.public()))?;
        Ok(actor.clone())
    }

    async fn finish(
        &self,
        actor: &Actor,
        stored: &StoredAttempt,
        code: &SecretString,
    ) -> Result<CallbackOutcome, Refusal> {
        let attempt = &stored.attempt;
        let (customer, owner) = (attempt.customer.to_string(), attempt.id.to_string());
        let place = Place {
            customer: &customer,
            owner: &owner,
            field: "verifier",
        };
        let verifier = self
            .parts()
            .vault
            .open(place, &stored.verifier)
            .map_err(|error| failure(&error))?;
        let client = self
            .parts()
            .provider
            .credentials(attempt.integration)
            .map_err(|error| failure(&error))?;
        let tokens = self
            .parts()
            .token_endpoint
            .exchange_code(&client, code, &attempt.redirect_uri, &verifier)
            .await
            .map_err(|failed| {
                let detail = failed.detail();
                Refusal::ExchangeFailed {
                    reason: detail.message.clone(),
                    tracking_id: detail.tracking_id.clone(),
                }
            })?;
        let outcome = match self.examine(actor, attempt, &client, &tokens).await {
            Ok(examined) => self
                .keep_examined(actor, attempt, examined)
                .await
                .map_err(|error| failure(&error)),
            Err(refusal) => Err(refusal),
        };
        if outcome.is_err() {
            // What we do not keep nobody should hold. Where the platform offers no revocation the tokens end by themselves.
            self.take_back(&client, &tokens.access_token, tokens.refresh_token.as_ref())
                .await;
        }
        outcome
    }

    async fn note_refusal(&self, attempt: &Attempt, from: &str, refusal: &Refusal) -> Result<(), Refusal> {
        let stage = AttemptStage::Refused {
            reason: refusal.summary(),
        };
        let noted =
            attempts::advance(&self.parts().database, attempt.id, from, &stage, None, self.now()).await;
        noted.map(|_| ()).map_err(|error| failure(&error))
    }
}

pub(super) fn failure(error: &kit::Error) -> Refusal {
    tracing::error!(chain = error.chain(), "an authorization could not be finished");
    Refusal::Failure {
        reason: error.public().to_owned(),
    }
}

/// What comes from outside is cut before it stands on a page or in the database.
fn bounded(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(200)
        .collect()
}
