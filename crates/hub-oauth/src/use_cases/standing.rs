use std::collections::{HashMap, HashSet};

use hub_directory::{Account, OrganizationId, PersonId};
use hub_identity::Epochs;
use kit::{Result, Timestamp};

use crate::model::grant::{Grant, GrantKind};
use crate::model::validity::{ClientSide, Death, Facts, examine};
use crate::{GateQuestion, OAuth};

/// Something that a person gave a client: a code, a grant, a token.
#[derive(Clone, Debug)]
pub(crate) struct Holding {
    pub(crate) person: PersonId,
    pub(crate) organization: OrganizationId,
    pub(crate) client_id: String,
    /// Whether the client is there, switched on, and was so ever since.
    pub(crate) client_lives: bool,
    /// Whether the organization's policy for integrations has a say.
    pub(crate) asks_policy: bool,
    pub(crate) is_administrative: bool,
    pub(crate) epochs: Epochs,
    pub(crate) granted_at: Timestamp,
    pub(crate) is_revoked: bool,
    pub(crate) is_expired: bool,
}

/// A holding that is alive.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) account: Account,
    pub(crate) epochs_now: Epochs,
}

/// Alive, or why not.
pub(crate) type Verdict = std::result::Result<Standing, Death>;

impl Holding {
    /// A grant as a whole, with the expiry of the last of its tokens.
    pub(crate) fn of_grant(grant: &Grant, client: ClientSide, now: Timestamp) -> Self {
        Self {
            person: grant.person_id,
            organization: grant.organization_id,
            client_id: grant.client_id.clone(),
            client_lives: client.lives,
            // The hub's own clients are no integration of anybody's, and a Service App was authorized by name.
            asks_policy: !client.built_in && grant.kind != GrantKind::ServiceApp,
            is_administrative: grant.scopes.is_administrative(),
            epochs: grant.epochs,
            granted_at: grant.granted_at,
            is_revoked: grant.revoked_at.is_some(),
            is_expired: now >= grant.ends_at,
        }
    }

    fn question(&self) -> GateQuestion {
        GateQuestion {
            organization: self.organization,
            person: self.person,
            client_id: self.client_id.clone(),
            granted_at: self.granted_at,
        }
    }
}

/// What is known about the people and policies of some holdings at one moment.
struct Known {
    accounts: HashMap<PersonId, Account>,
    epochs: HashMap<PersonId, Epochs>,
    refused: HashSet<GateQuestion>,
}

impl OAuth {
    /// Computes whether a holding is alive at this moment.
    pub(crate) async fn standing(&self, holding: &Holding) -> Result<Verdict> {
        let verdicts = self.standings(std::slice::from_ref(holding)).await?;
        Ok(verdicts.into_iter().next().unwrap_or(Err(Death::Revoked)))
    }

    /// The same for many at once, with as many statements as for one; in their order.
    pub(crate) async fn standings(&self, holdings: &[Holding]) -> Result<Vec<Verdict>> {
        let known = self.known_about(holdings).await?;
        Ok(holdings.iter().map(|holding| verdict(holding, &known)).collect())
    }

    async fn known_about(&self, holdings: &[Holding]) -> Result<Known> {
        // What is dead by itself needs no further questions.
        let open = || {
            holdings
                .iter()
                .filter(|holding| dead_by_itself(holding).is_none())
        };
        let people: HashSet<PersonId> = open().map(|holding| holding.person).collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        let questions: HashSet<GateQuestion> = open()
            .filter(|holding| holding.asks_policy)
            .map(Holding::question)
            .collect();
        let questions: Vec<GateQuestion> = questions.into_iter().collect();
        if people.is_empty() {
            return Ok(Known {
                accounts: HashMap::new(),
                epochs: HashMap::new(),
                refused: HashSet::new(),
            });
        }
        let (accounts, epochs, allowed) = tokio::try_join!(
            self.directory().accounts_of(&people),
            self.identity().epochs_of(&people),
            self.gate().allows_each(&questions),
        )?;
        Ok(Known {
            accounts: accounts
                .into_iter()
                .map(|account| (account.person_id, account))
                .collect(),
            epochs,
            refused: questions
                .into_iter()
                .zip(allowed)
                .filter_map(|(question, allowed)| (!allowed).then_some(question))
                .collect(),
        })
    }
}

fn dead_by_itself(holding: &Holding) -> Option<Death> {
    if holding.is_revoked {
        return Some(Death::Revoked);
    }
    holding.is_expired.then_some(Death::Expired)
}

fn verdict(holding: &Holding, known: &Known) -> Verdict {
    if let Some(death) = dead_by_itself(holding) {
        return Err(death);
    }
    let account = known.accounts.get(&holding.person);
    // Nobody has a row before the first event.
    let epochs_now = known.epochs.get(&holding.person).copied().unwrap_or_default();
    examine(&Facts {
        is_revoked: holding.is_revoked,
        is_expired: holding.is_expired,
        is_administrative: holding.is_administrative,
        epochs_at_birth: holding.epochs,
        epochs_now,
        account,
        client_lives: holding.client_lives,
        gate_allows: !holding.asks_policy || !known.refused.contains(&holding.question()),
    })?;
    let account = account.cloned().ok_or(Death::PersonGone)?;
    Ok(Standing { account, epochs_now })
}
