use hub_directory::Caller;
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
        let standing = policies::standing(&self.core.database, caller.organization_id, client_id).await?;
        let mut users = self
            .oauth()?
            .people_using(caller.organization_id, client_id)
            .await?;
        users.retain(|user| standing.lets_live(user.granted_at));
        let total = users.len();
        let mut people = Vec::new();
        for user in users.into_iter().take(most) {
            if let Some(account) = self.core.directory.account(user.person_id).await? {
                people.push(AdoptedPerson {
                    name: account.display_name,
                    email: account.email,
                    granted_at: user.granted_at,
                    last_used_at: user.last_used_at,
                });
            }
        }
        Ok((people, total))
    }

    /// The same as a CSV file, everybody.
    pub async fn adopted_people_csv(&self, caller: &Caller, client_id: &str) -> Result<String> {
        require_view(caller)?;
        let client = self.client(client_id).await?;
        let (people, _) = self.adopted_people(caller, &client.client_id, usize::MAX).await?;
        let mut file = csv_line(&["Name", "E-mail", "Authorized", "Last used"]);
        for person in people {
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
        Ok(file)
    }
}
