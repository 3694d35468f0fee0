use hub_directory::{Caller, PersonId};
use hub_events::{Initiator, SecurityEventKind};
use kit::Result;

use crate::Identity;
use crate::records::{SecurityNews, name_of};

impl Identity {
    /// An administrator ends every session of a person and everything that the person gave; the password stays.
    pub async fn reset_access(&self, caller: &Caller, person: PersonId) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        let found = self.hold_and_check(&mut transaction, caller, person).await?;
        let name = found.display_name;
        self.end_everything(&mut transaction, person, None).await?;
        let actor = self.directory().actor(&mut transaction, caller).await?;
        let account = self.account_for_password(person).await?;
        let news = SecurityNews {
            account: &account,
            initiator: if caller.person_id == person {
                Initiator::User
            } else {
                Initiator::Admin
            },
            kind: SecurityEventKind::AccessReset,
            description: "User access reset",
            action: format!("reset the access of {name}"),
            reason: format!("{} reset the access of {name}.", name_of(&actor)),
            actor,
        };
        self.take_down(&mut transaction, news).await?;
        let sentences = [
            "An administrator reset the access of your account. Your sessions have ended, and integrations that you had authorized must be authorized again. Your password is the same as before.",
        ];
        let link = ("Sign in", "/sign-in".to_owned());
        self.write_to(
            &mut transaction,
            &account,
            "Your access was reset",
            &sentences,
            Some(link),
        )
        .await?;
        transaction.commit().await
    }
}
