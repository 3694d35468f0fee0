use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{Account, Caller, Consequence, Consequences, Deed, Fate, PersonId};
use hub_identity::Identity;
use hub_oauth::HangingGrant;
use kit::Result;
use webex::Role;

use super::Loss;
use super::loss::by_integration;
use crate::governance::Governance;

/// The scope that reads call records: of no use without the role.
const CALL_RECORDS: &str = "spark-admin:calling_cdr_read";
/// What presence comes with.
const PEOPLE: [&str; 3] = ["spark:people_read", "spark-admin:people_read", "spark:all"];

impl Governance {
    /// What the directory asks before something happens to a person.
    pub fn consequences(&self, identity: Identity) -> Arc<dyn Consequences> {
        Arc::new(OfPeople {
            governance: self.clone(),
            identity,
        })
    }

    /// Which authorizations die or go blind when this happens to that person.
    pub async fn blast_radius_of_person(
        &self,
        identity: &Identity,
        person: PersonId,
        deed: &Deed,
    ) -> Result<Vec<Loss>> {
        let Some(account) = self.core.directory.account(person).await? else {
            return Ok(Vec::new());
        };
        let signs_in_externally = identity.signs_in_externally(person).await?;
        let grants = self.oauth()?.grants_that_hang_on(person).await?;
        let fates = grants
            .into_iter()
            .filter_map(|grant| fate(&grant, &account, deed, signs_in_externally).map(|fate| (grant, fate)))
            .collect();
        self.told(fates).await
    }
}

struct OfPeople {
    governance: Governance,
    identity: Identity,
}

#[async_trait]
impl Consequences for OfPeople {
    async fn of(&self, _caller: &Caller, person: PersonId, deed: &Deed) -> Result<Vec<Consequence>> {
        let losses = self
            .governance
            .blast_radius_of_person(&self.identity, person, deed)
            .await?;
        Ok(by_integration(losses))
    }
}

/// What becomes of one living grant; nothing where it goes on as before.
fn fate(grant: &HangingGrant, account: &Account, deed: &Deed, signs_in_externally: bool) -> Option<Fate> {
    let reads = |scope: &&str| grant.scopes.contains(scope);
    match deed {
        // Whoever signs in elsewhere has no password here that could change.
        Deed::ChangePassword | Deed::ResetPassword => (!signs_in_externally).then_some(Fate::Dies),
        Deed::ResetAccess | Deed::Deactivate | Deed::Delete => Some(Fate::Dies),
        Deed::ChangeRoles(roles) => {
            let loses = |role: Role| account.roles.contains(&role) && !roles.contains(&role);
            if grant.is_administrative && loses(Role::FullAdministrator) {
                Some(Fate::Dies)
            } else {
                (loses(Role::CallHistory) && reads(&CALL_RECORDS)).then_some(Fate::GoesBlind)
            }
        }
        Deed::HidePresence => {
            (account.shares_presence && PEOPLE.iter().any(reads)).then_some(Fate::GoesBlind)
        }
    }
}
