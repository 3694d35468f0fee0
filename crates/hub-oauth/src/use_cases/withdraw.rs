use hub_directory::PersonId;
use hub_events::{Actor, Initiator, SecurityEventKind};
use kit::Result;

use super::telling::{actor_of, authorization_target, line};
use crate::OAuth;
use crate::model::grant::Because;
use crate::store::{codes, grants};

impl OAuth {
    /// A person takes back everything that they gave an integration, codes that it has not fetched included. Says how
    /// many grants died.
    pub async fn withdraw(&self, person: PersonId, client_id: &str) -> Result<u64> {
        let now = self.now();
        let (owner, client) = (
            self.directory().account(person).await?,
            self.name_of_client(client_id).await?,
        );
        let (name, actor) = owner.map_or_else(
            || (String::new(), Actor::Program("a deleted person".to_owned())),
            |account| (account.display_name.clone(), actor_of(&account)),
        );
        let mut transaction = self.database().begin().await?;
        // Codes first: whoever redeems one at this moment either finds it taken back, or its grant is seen below.
        codes::revoke_of_person(&mut transaction, person, client_id, now).await?;
        let died =
            grants::revoke_of_person(&mut transaction, person, client_id, Because::Withdrawn, now).await?;
        let reason = format!("{name} withdrew the consent to “{client}”.");
        for id in &died {
            let Some(grant) = grants::find(&mut transaction, *id).await? else {
                continue;
            };
            self.announce_about_grant(
                &mut transaction,
                &grant,
                SecurityEventKind::ConsentWithdrawn,
                Initiator::User,
                &reason,
            )
            .await?;
            if died.first() == Some(id) {
                let entry = line(
                    grant.organization_id,
                    actor.clone(),
                    "Consent withdrawn",
                    reason.clone(),
                    authorization_target(&grant, &client),
                );
                self.directory()
                    .recorder()
                    .audit(&mut transaction, &entry)
                    .await?;
            }
        }
        transaction.commit().await?;
        Ok(died.len() as u64)
    }
}
