use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use hub_directory::{Consequence, Fate, OrganizationId, PersonId};
use hub_oauth::{HangingGrant, OAuth};
use kit::{Result, search_key};

use crate::governance::Governance;

/// One authorization that something ends or blinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Which authorization.
    pub grant: HangingGrant,
    /// What becomes of it.
    pub fate: Fate,
    /// The integration's name.
    pub client_name: String,
    /// The name of the organization whose data it reaches.
    pub customer: String,
    /// Who gave it.
    pub person_name: String,
    /// Who else holds an authorization of the same integration that lives on, by name.
    pub others: Vec<String>,
}

/// What the losses of one integration share.
struct Integration {
    name: String,
    customer: String,
    /// Who holds an authorization that lives on, by name.
    holders: Vec<(PersonId, String)>,
}

impl Governance {
    /// The same with names, in the order in which people read it: what dies first, then by integration and person.
    pub(super) async fn told(&self, fates: Vec<(HangingGrant, Fate)>) -> Result<Vec<Loss>> {
        let dying: BTreeSet<_> = fates.iter().map(|(grant, _)| grant.id.uuid()).collect();
        let oauth = self.oauth()?;
        let people: BTreeSet<PersonId> = fates.iter().map(|(grant, _)| grant.person_id).collect();
        let people = self.names_of(people).await?;
        let mut integrations: BTreeMap<(OrganizationId, String), Integration> = BTreeMap::new();
        for (grant, _) in &fates {
            let key = (grant.organization_id, grant.client_id.clone());
            if let Entry::Vacant(place) = integrations.entry(key.clone()) {
                place.insert(self.what_they_share(oauth, &key, &dying).await?);
            }
        }
        let mut losses = Vec::with_capacity(fates.len());
        for (grant, fate) in fates {
            let key = (grant.organization_id, grant.client_id.clone());
            let Some(integration) = integrations.get(&key) else {
                continue;
            };
            let others = integration
                .holders
                .iter()
                .filter(|(holder, _)| *holder != grant.person_id);
            losses.push(Loss {
                person_name: people.get(&grant.person_id).cloned().unwrap_or_default(),
                others: others.map(|(_, name)| name.clone()).collect(),
                client_name: integration.name.clone(),
                customer: integration.customer.clone(),
                grant,
                fate,
            });
        }
        losses.sort_by_cached_key(|loss| {
            (
                loss.fate,
                search_key(&loss.client_name),
                search_key(&loss.person_name),
                loss.grant.id.uuid(),
            )
        });
        Ok(losses)
    }

    /// Name, customer and the people whose authorizations live on.
    async fn what_they_share(
        &self,
        oauth: &OAuth,
        (organization, client_id): &(OrganizationId, String),
        dying: &BTreeSet<kit::Uuid>,
    ) -> Result<Integration> {
        let client = oauth.client(client_id).await?;
        let customer = self.core.directory.organization(*organization).await?;
        let grants = oauth.grants_that_hang_on_client(*organization, client_id).await?;
        let holders: BTreeSet<PersonId> = grants
            .into_iter()
            .filter(|grant| !dying.contains(&grant.id.uuid()))
            .map(|grant| grant.person_id)
            .collect();
        let mut holders: Vec<(PersonId, String)> = self.names_of(holders).await?.into_iter().collect();
        holders.sort_by_cached_key(|(person, name)| (search_key(name), *person));
        Ok(Integration {
            name: client.map_or_else(|| client_id.clone(), |client| client.name),
            customer: customer.map(|customer| customer.display_name).unwrap_or_default(),
            holders,
        })
    }

    async fn names_of(&self, people: BTreeSet<PersonId>) -> Result<BTreeMap<PersonId, String>> {
        let people: Vec<PersonId> = people.into_iter().collect();
        let accounts = self.core.directory.accounts_of(&people).await?;
        Ok(accounts
            .into_iter()
            .map(|account| (account.person_id, account.display_name))
            .collect())
    }
}

/// One line an integration for the pages about a person: the worst of what becomes of its grants.
pub(super) fn by_integration(losses: Vec<Loss>) -> Vec<Consequence> {
    let mut lines: Vec<Consequence> = Vec::new();
    // What dies comes first, so the first line of an integration is its worst.
    for loss in losses {
        if lines
            .iter()
            .any(|line| line.client_id == loss.grant.client_id && line.customer == loss.customer)
        {
            continue;
        }
        lines.push(Consequence {
            client_id: loss.grant.client_id,
            client_name: loss.client_name,
            customer: loss.customer,
            fate: loss.fate,
            others: loss.others,
        });
    }
    lines
}
