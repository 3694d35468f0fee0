use hub_directory::{Caller, OrganizationId, PersonId};
use kit::{Result, Timestamp};

use super::rights::require_view;
use crate::governance::Governance;
use crate::model::csv_line;
use crate::store::policies;

/// Somebody who uses an integration.
#[derive(Clone, Debug)]
pub struct AdoptedPerson {
    /// Display name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// When they authorized it.
    pub granted_at: Timestamp,
    /// When it acted for them last; nothing when it never did.
    pub last_used_at: Option<Timestamp>,
}

impl Governance {
    /// Who uses an integration at this moment, at the most `most` of them, and how many they are.
    pub async fn adopted_people(
        &self,
        caller: &Caller,
        client_id: &str,
        most: usize,
    ) -> Result<(Vec<AdoptedPerson>, usize)> {
        require_view(caller)?;
        let mut people = Vec::new();
        let total = self
            .walk_adopted_people(caller.organization_id, client_id, |part| {
                let room = most.saturating_sub(people.len());
                people.extend(part.into_iter().take(room));
            })
            .await?;
        Ok((people, total))
    }

    /// The same as a CSV file, everybody.
    pub async fn adopted_people_csv(&self, caller: &Caller, client_id: &str) -> Result<String> {
        require_view(caller)?;
        let client = self.client(client_id).await?;
        let mut file = csv_line(&["Name", "E-mail", "Authorized", "Last used"]);
        self.walk_adopted_people(caller.organization_id, &client.client_id, |part| {
            for person in part {
                let last_used = person
                    .last_used_at
                    .map(|moment| moment.to_string())
                    .unwrap_or_default();
                file.push_str(&csv_line(&[
                    &person.name,
                    &person.email,
                    &person.granted_at.to_string(),
                    &last_used,
                ]));
            }
        })
        .await?;
        Ok(file)
    }

    /// Hands out those who use it part by part, so that nobody holds them all; says how many they are.
    async fn walk_adopted_people(
        &self,
        organization: OrganizationId,
        client_id: &str,
        mut take: impl FnMut(Vec<AdoptedPerson>) + Send,
    ) -> Result<usize> {
        let standing = policies::standing(&self.core.database, organization, client_id).await?;
        let (mut total, mut after) = (0, None);
        loop {
            let (mut users, next) = self
                .oauth()?
                .people_using_from(organization, client_id, after)
                .await?;
            users.retain(|user| {
                standing.lets_live(user.person_id, user.granted_at)
                    || standing.lets_live(user.person_id, user.first_granted_at)
            });
            let ids: Vec<PersonId> = users.iter().map(|user| user.person_id).collect();
            let mut accounts = self.core.directory.accounts_of(&ids).await?;
            accounts.sort_by_key(|account| account.person_id);
            let mut part = Vec::new();
            for user in users {
                let Ok(found) = accounts.binary_search_by_key(&user.person_id, |account| account.person_id)
                else {
                    continue;
                };
                part.push(AdoptedPerson {
                    name: accounts[found].display_name.clone(),
                    email: accounts[found].email.clone(),
                    granted_at: user.granted_at,
                    last_used_at: user.last_used_at,
                });
            }
            total += part.len();
            take(part);
            match next {
                Some(next) => after = Some(next),
                None => return Ok(total),
            }
        }
    }
}
