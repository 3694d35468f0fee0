//! What this slice takes down: audit lines and security events about passwords and access, sign-ins, letters.

use hub_directory::{Account, person_target};
use hub_events::{
    Actor, AuditCategory, AuditEntry, Initiator, Letter, SecurityEvent, SecurityEventKind, SignInEvent,
    SignInKind, Subject,
};
use kit::Result;
use kit_sql::Transaction;

use crate::Identity;

/// Something that happened to the password or the access of a person.
pub(crate) struct SecurityNews<'a> {
    pub(crate) account: &'a Account,
    pub(crate) actor: Actor,
    pub(crate) initiator: Initiator,
    pub(crate) kind: SecurityEventKind,
    /// The short name in the audit.
    pub(crate) description: &'static str,
    /// The rest of the sentence that begins with the actor's name: `changed the password`.
    pub(crate) action: String,
    /// The sentence of the security event.
    pub(crate) reason: String,
}

impl Identity {
    /// An audit line and a security event.
    pub(crate) async fn take_down(
        &self,
        transaction: &mut Transaction,
        news: SecurityNews<'_>,
    ) -> Result<()> {
        let SecurityNews {
            account,
            actor,
            initiator,
            kind,
            description,
            action,
            reason,
        } = news;
        let entry = AuditEntry {
            organization_id: account.organization_id,
            action_text: format!("{} {action}.", name_of(&actor)),
            actor,
            category: AuditCategory::Authentication,
            description: description.to_owned(),
            target: Some(person_target(account.person_id, &account.display_name)),
            setting: None,
            previous_value: None,
            new_value: None,
        };
        let event = SecurityEvent {
            organization_id: account.organization_id,
            subject: Subject::Person(account.person_id),
            kind,
            initiator,
            reason,
        };
        let recorder = self.directory().recorder();
        recorder.audit(transaction, &entry).await?;
        recorder.announce(transaction, &event).await
    }

    /// A line in the security audit.
    pub(crate) async fn note_at_the_door(
        &self,
        transaction: &mut Transaction,
        account: &Account,
        kind: SignInKind,
        action: &str,
    ) -> Result<()> {
        let event = SignInEvent {
            organization_id: account.organization_id,
            person_id: Some(account.person_id),
            name: account.display_name.clone(),
            email: account.email.clone(),
            roles: account.roles.iter().map(|role| role.name().to_owned()).collect(),
            kind,
            action_text: format!("{} {action}.", account.display_name),
        };
        self.directory()
            .recorder()
            .sign_in_event(transaction, &event)
            .await
    }

    /// The same, where nothing else is changed.
    pub(crate) async fn note_refusal(&self, account: &Account, action: &str) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        self.note_at_the_door(&mut transaction, account, SignInKind::Refused, action)
            .await?;
        transaction.commit().await
    }

    /// A letter to a person about their own account.
    pub(crate) async fn write_to(
        &self,
        transaction: &mut Transaction,
        account: &Account,
        subject: &str,
        sentences: &[&str],
        link: Option<(&str, String)>,
    ) -> Result<()> {
        let greeting = format!("Hello {},", account.display_name);
        let letter = Letter {
            organization_id: account.organization_id,
            to: account.email.clone(),
            subject: subject.to_owned(),
            paragraphs: std::iter::once(greeting)
                .chain(sentences.iter().map(|sentence| (*sentence).to_owned()))
                .collect(),
            link: link.map(|(words, path)| (words.to_owned(), path)),
            once_key: None,
        };
        self.directory().recorder().send(transaction, &letter).await
    }
}

/// A person as the audit names who did it themselves.
pub(crate) fn themselves(account: &Account) -> Actor {
    Actor::Person {
        id: account.person_id,
        organization_id: account.organization_id,
        name: account.display_name.clone(),
        email: account.email.clone(),
        roles: account.roles.iter().map(|role| role.name().to_owned()).collect(),
    }
}

pub(crate) fn name_of(actor: &Actor) -> &str {
    match actor {
        Actor::Person { name, .. } => name,
        Actor::Program(name) => name,
    }
}
