use hub_directory::{Caller, PersonId};
use hub_events::{AuditCategory, AuditEntry, Letter, Target};
use kit::{Error, Result};
use kit_sql::Transaction;
use webex::{PublicId, ResourceKind};

use super::actor::Actor;
use super::rights::{require_decide, require_view};
use crate::governance::Governance;
use crate::model::{Deed, MOST_REVIEWERS, Reviewer};
use crate::store::policies;
use crate::store::reviewers::{self, Named};

impl Governance {
    /// Who may decide requests beside the Full Administrators, in the order in which they were named.
    pub async fn reviewers(&self, caller: &Caller) -> Result<Vec<Reviewer>> {
        require_view(caller)?;
        let named = reviewers::all(&self.core.database, caller.organization_id).await?;
        let ids: Vec<PersonId> = named.iter().map(|one| one.person_id).collect();
        let accounts = self.core.directory.accounts_of(&ids).await?;
        Ok(named
            .into_iter()
            .filter_map(|one| {
                let account = accounts
                    .iter()
                    .find(|account| account.person_id == one.person_id)?;
                Some(Reviewer {
                    person_id: one.person_id,
                    name: account.display_name.clone(),
                    email: account.email.clone(),
                    named_by: one.named_by,
                    named_at: one.named_at,
                })
            })
            .collect())
    }

    /// Lets somebody of the organization decide requests.
    pub async fn name_reviewer(&self, caller: &Caller, email: &str) -> Result<()> {
        require_decide(caller)?;
        let account = self.core.directory.account_by_email(email.trim()).await?;
        let account = account
            .filter(|account| account.organization_id == caller.organization_id && account.login_enabled)
            .ok_or_else(|| {
                let shown: String = email.trim().chars().take(120).collect();
                Error::invalid(format!(
                    "“{shown}” is the address of nobody in your organization who can sign in. Nothing was changed."
                ))
            })?;
        let actor = self.actor(caller).await?;
        let organization = caller.organization_id;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        if reviewers::all(&mut transaction, organization).await?.len() >= MOST_REVIEWERS {
            return Err(Error::invalid(format!(
                "There are {MOST_REVIEWERS} reviewers, which is the most. Take somebody off first."
            )));
        }
        let named = Named {
            person_id: account.person_id,
            named_by: actor.name().to_owned(),
            named_at: self.now(),
        };
        if !reviewers::add(&mut transaction, organization, &named).await? {
            return transaction.commit().await;
        }
        let letter = Letter {
            organization_id: organization,
            to: account.email.clone(),
            subject: "You decide requests for integrations".to_owned(),
            paragraphs: vec![format!(
                "{} named you a reviewer: you see who asks for an integration that your organization blocks, and allow or deny it for that person. Your own requests are for others to decide.",
                actor.name()
            )],
            link: Some(("Open the Alerts center".to_owned(), "/alerts".to_owned())),
            once_key: None,
        };
        self.recorder().send(&mut transaction, &letter).await?;
        let person = (account.person_id, account.display_name.as_str());
        self.note_reviewer(&mut transaction, caller, &actor, person, true)
            .await?;
        transaction.commit().await
    }

    /// Takes somebody off the list of reviewers.
    pub async fn remove_reviewer(&self, caller: &Caller, person: PersonId) -> Result<()> {
        require_decide(caller)?;
        let actor = self.actor(caller).await?;
        let name = self
            .core
            .directory
            .account(person)
            .await?
            .map_or_else(|| person.to_string(), |account| account.display_name);
        let organization = caller.organization_id;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        if !reviewers::remove(&mut transaction, organization, person).await? {
            return Err(Error::not_found("This person is no reviewer any more."));
        }
        self.note_reviewer(&mut transaction, caller, &actor, (person, &name), false)
            .await?;
        transaction.commit().await
    }

    async fn note_reviewer(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        actor: &Actor,
        (person, name): (PersonId, &str),
        is_one: bool,
    ) -> Result<()> {
        let word = if is_one { "named" } else { "taken off" };
        let entry = AuditEntry {
            organization_id: caller.organization_id,
            actor: actor.audited(),
            category: AuditCategory::Integrations,
            description: "Reviewers of access requests changed".to_owned(),
            action_text: format!("{name} was {word} as a reviewer by {}.", actor.name()),
            target: Some(Target {
                kind: "PERSON",
                id: PublicId::text_of_uuid(ResourceKind::People, person.uuid()),
                name: name.to_owned(),
            }),
            setting: Some("accessRequestReviewer".to_owned()),
            previous_value: Some((!is_one).to_string()),
            new_value: Some(is_one.to_string()),
        };
        self.recorder().audit(transaction, &entry).await?;
        self.write_history(
            transaction,
            actor,
            caller.organization_id,
            None,
            Deed::ReviewersChanged,
            format!("{name} {word}."),
        )
        .await
    }
}
