use async_trait::async_trait;
use hub_directory::{Account, OrganizationId, PersonId};
use kit::{Result, Timestamp};
use webex::ScopeSet;

use crate::Client;

/// What an organization's policy says about a person and an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateDecision {
    /// On to consent.
    Allow,
    /// The person reads that their administrator denied access. The gate has captured the request.
    Deny,
}

/// A use of something that a person granted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GateQuestion {
    /// In which organization.
    pub organization: OrganizationId,
    /// By whom.
    pub person: PersonId,
    /// To which integration.
    pub client_id: String,
    /// When.
    pub granted_at: Timestamp,
}

/// What a refused person reads beside the sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refusal {
    /// Whether a reason of theirs reaches somebody.
    pub takes_reason: bool,
    /// The reason that they gave.
    pub reason: Option<String>,
    /// What an administrator answered them, word for word.
    pub answer: Option<String>,
}

/// The question that this slice asks about policy; the slice above answers it, the composition wires the two.
#[async_trait]
pub trait PolicyGate: Send + Sync {
    /// Asked after sign-in and before consent. A denial captures the request, so that administrators hear of it.
    /// `attempt` names the authorization that waits: looking at its page again is no further attempt.
    async fn decide(
        &self,
        account: &Account,
        client: &Client,
        requested: &ScopeSet,
        attempt: Option<&str>,
    ) -> Result<GateDecision>;

    /// Asked whenever something that was granted at `granted_at` is used. Captures nothing.
    async fn allows(
        &self,
        organization: OrganizationId,
        person: PersonId,
        client_id: &str,
        granted_at: Timestamp,
    ) -> Result<bool>;

    /// [`Self::allows`] for many uses at once, in their order. Worth answering with few statements: it is asked for every
    /// request.
    async fn allows_each(&self, questions: &[GateQuestion]) -> Result<Vec<bool>> {
        let mut answers = Vec::with_capacity(questions.len());
        for question in questions {
            let GateQuestion {
                organization,
                person,
                client_id,
                granted_at,
            } = question;
            answers.push(
                self.allows(*organization, *person, client_id, *granted_at)
                    .await?,
            );
        }
        Ok(answers)
    }

    /// What a person reads whom [`PolicyGate::decide`] refused.
    async fn refusal(&self, account: &Account, client: &Client) -> Result<Refusal> {
        let (_, _) = (account, client);
        Ok(Refusal::default())
    }

    /// Keeps why a refused person needs the integration, for whoever decides.
    async fn give_reason(&self, account: &Account, client: &Client, reason: &str) -> Result<()> {
        let (_, _, _) = (account, client, reason);
        Ok(())
    }
}
