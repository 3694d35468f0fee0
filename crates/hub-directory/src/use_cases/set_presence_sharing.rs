use kit::{Error, Result};
use kit_sql::sql;

use super::record::{Changed, Doer};
use crate::store::people_read;
use crate::{Caller, Directory, PersonChange, PersonChangeKind};

impl Directory {
    /// The caller shows or hides their own presence. Nobody can do it for another.
    pub async fn set_presence_sharing(&self, caller: &Caller, shares_presence: bool) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        let touched = sql("UPDATE person SET shares_presence = $1 WHERE id = $2 AND shares_presence <> $3")
            .bind(shares_presence)
            .bind(caller.person_id.uuid())
            .bind(shares_presence)
            .run(&mut transaction)
            .await?;
        if touched == 0 {
            // Either it is so already, or the person is gone.
            return self
                .account(caller.person_id)
                .await?
                .map(|_| ())
                .ok_or_else(|| Error::not_found("This person does not exist any more."));
        }
        let person = people_read::by_id(
            (&mut transaction).into(),
            caller.organization_id,
            caller.person_id,
        )
        .await?
        .ok_or_else(|| Error::not_found("This person does not exist any more."))?;
        let kinds = [PersonChangeKind::PresenceSharingChanged { shares_presence }];
        let changed = Changed {
            before: &person,
            after: &person,
            licenses: &[],
            kinds: &kinds,
        };
        self.record_changed(&mut transaction, Doer::Caller(caller), changed)
            .await?;
        let change = PersonChange {
            person_id: caller.person_id,
            organization_id: caller.organization_id,
            actor: Some(caller.person_id),
            kind: PersonChangeKind::PresenceSharingChanged { shares_presence },
        };
        self.announce(&mut transaction, &change).await?;
        transaction.commit().await
    }
}
