use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{Account, Caller, Consequence, Consequences, Deed, Directory, Fate, OrganizationId, PersonId};
use hub_identity::Identity;
use hub_oauth::{HangingGrant, OAuth};
use kit::{Result, search_key};
use webex::Role;

use crate::governance::Governance;

/// The scope that reads call records: of no use without the role.
const CALL_RECORDS: &str = "spark-admin:calling_cdr_read";
/// What presence comes with.
const PEOPLE: [&str; 3] = ["spark:people_read", "spark-admin:people_read", "spark:all"];

impl Governance {
    /// What the directory asks before something happens to a person.
    pub fn consequences(&self, identity: Identity) -> Result<Arc<dyn Consequences>> {
        Ok(Arc::new(OfPeople {
            directory: self.core.directory.clone(),
            oauth: self.oauth()?.clone(),
            identity,
        }))
    }
}

struct OfPeople {
    directory: Directory,
    oauth: OAuth,
    identity: Identity,
}

#[async_trait]
impl Consequences for OfPeople {
    async fn of(&self, _caller: &Caller, person: PersonId, deed: &Deed) -> Result<Vec<Consequence>> {
        let Some(account) = self.directory.account(person).await? else {
            return Ok(Vec::new());
        };
        let signs_in_externally = self.identity.signs_in_externally(person).await?;
        let fates: Vec<(HangingGrant, Fate)> = self
            .oauth
            .grants_that_hang_on(person)
            .await?
            .into_iter()
            .filter_map(|grant| fate(&grant, &account, deed, signs_in_externally).map(|fate| (grant, fate)))
            .collect();
        self.told(fates).await
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

impl OfPeople {
    /// In words: one line an integration, the worst fate of its grants, and who else holds one that lives on.
    async fn told(&self, fates: Vec<(HangingGrant, Fate)>) -> Result<Vec<Consequence>> {
        let mut worst: BTreeMap<(OrganizationId, String), (Fate, PersonId)> = BTreeMap::new();
        for (grant, fate) in fates {
            let one = worst
                .entry((grant.organization_id, grant.client_id))
                .or_insert((fate, grant.person_id));
            one.0 = one.0.min(fate);
        }
        let mut consequences = Vec::with_capacity(worst.len());
        for ((organization, client_id), (fate, person)) in worst {
            let client = self.oauth.client(&client_id).await?;
            let customer = self.directory.organization(organization).await?;
            consequences.push(Consequence {
                client_name: client.map_or_else(|| client_id.clone(), |client| client.name),
                customer: customer.map(|customer| customer.display_name).unwrap_or_default(),
                others: self.others(organization, &client_id, person).await?,
                client_id,
                fate,
            });
        }
        consequences.sort_by_cached_key(|one| (one.fate, search_key(&one.client_name), one.client_id.clone()));
        Ok(consequences)
    }

    /// Who else holds a living grant, by name.
    async fn others(&self, organization: OrganizationId, client_id: &str, but: PersonId) -> Result<Vec<String>> {
        let grants = self.oauth.grants_that_hang_on_client(organization, client_id).await?;
        let people: BTreeSet<PersonId> = grants
            .into_iter()
            .map(|grant| grant.person_id)
            .filter(|person| *person != but)
            .collect();
        let people: Vec<PersonId> = people.into_iter().collect();
        let accounts = self.directory.accounts_of(&people).await?;
        let mut names: Vec<String> = accounts.into_iter().map(|account| account.display_name).collect();
        names.sort_by_cached_key(|name| search_key(name));
        Ok(names)
    }
}
