//! Takes down what happened to people: lines of the admin audit, security events, letters.

use hub_events::{
    Actor, AuditCategory, AuditEntry, Initiator, Letter, SecurityEvent, SecurityEventKind, Subject, Target,
};
use kit::Result;
use kit_sql::Transaction;
use webex::{PublicId, ResourceKind, Role};

use super::differences::{Difference, differences};
use crate::store::accounts;
use crate::{Caller, Directory, License, Person, PersonChangeKind, PersonId};

/// Who does something.
#[derive(Clone, Copy, Debug)]
pub(super) enum Doer<'a> {
    /// Somebody.
    Caller(&'a Caller),
    /// A rule of the Hub, by its name.
    Rule(&'static str),
}

impl Doer<'_> {
    pub(super) fn person_id(self) -> Option<PersonId> {
        match self {
            Self::Caller(caller) => Some(caller.person_id),
            Self::Rule(_) => None,
        }
    }

    fn initiator(self, person: PersonId) -> Initiator {
        match self {
            Self::Caller(caller) if caller.person_id == person => Initiator::User,
            Self::Caller(_) => Initiator::Admin,
            Self::Rule(_) => Initiator::Policy,
        }
    }
}

/// A person before and after a change, and what of it others depend on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Changed<'a> {
    pub(super) before: &'a Person,
    pub(super) after: &'a Person,
    /// Every licence of the organization, for the names.
    pub(super) licenses: &'a [License],
    pub(super) kinds: &'a [PersonChangeKind],
}

/// A sentence about a change: its short name, what was done, the values before and afterwards.
struct Sentence {
    category: AuditCategory,
    description: &'static str,
    action: String,
    setting: Option<String>,
    previous: Option<String>,
    new: Option<String>,
}

impl Directory {
    /// The caller as the audit names them: as they are called at this moment.
    pub async fn actor(&self, transaction: &mut Transaction, caller: &Caller) -> Result<Actor> {
        let account = accounts::by_id(transaction, caller.person_id).await?;
        let account = match account {
            Some(account) => Some(account),
            // The account of a Service App stands in no list of people.
            None => self.account(caller.person_id).await?,
        };
        // Somebody of a partner acts in the customer's organization and belongs to their own.
        let organization_id = account
            .as_ref()
            .map_or(caller.organization_id, |account| account.organization_id);
        let (name, email) = account
            .map(|account| (account.display_name, account.email))
            .unwrap_or_default();
        Ok(Actor::Person {
            id: caller.person_id,
            organization_id,
            name,
            email,
            roles: caller.roles.iter().map(|role| role.name().to_owned()).collect(),
        })
    }

    async fn doer(&self, transaction: &mut Transaction, doer: Doer<'_>) -> Result<Actor> {
        match doer {
            Doer::Caller(caller) => self.actor(transaction, caller).await,
            Doer::Rule(name) => Ok(Actor::Program(name.to_owned())),
        }
    }

    /// A new person.
    pub(super) async fn record_created(
        &self,
        transaction: &mut Transaction,
        doer: Doer<'_>,
        person: &Person,
        licenses: &[License],
    ) -> Result<()> {
        let sentence = Sentence {
            category: AuditCategory::Users,
            description: "User added",
            action: format!("added {}", person.display_name),
            setting: None,
            previous: None,
            new: Some(summary(person, licenses)),
        };
        self.take_down(transaction, doer, person, sentence).await
    }

    /// A person who is about to go.
    pub(super) async fn record_deleted(
        &self,
        transaction: &mut Transaction,
        doer: Doer<'_>,
        person: &Person,
    ) -> Result<()> {
        let sentence = Sentence {
            category: AuditCategory::Users,
            description: "User deleted",
            action: format!("deleted {}", person.display_name),
            setting: None,
            previous: Some(format!("E-mail address: {}", person.email)),
            new: None,
        };
        self.take_down(transaction, doer, person, sentence).await?;
        let reason = match doer {
            Doer::Caller(_) => format!("{} was deleted.", person.display_name),
            Doer::Rule(_) => format!(
                "{} was deleted thirty days after the deactivation.",
                person.display_name
            ),
        };
        self.tell(transaction, doer, person, SecurityEventKind::Deleted, reason)
            .await
    }

    /// Whatever changed between the two.
    pub(super) async fn record_changed(
        &self,
        transaction: &mut Transaction,
        doer: Doer<'_>,
        changed: Changed<'_>,
    ) -> Result<()> {
        let Changed {
            before,
            after,
            licenses,
            kinds,
        } = changed;
        for kind in kinds {
            match kind {
                PersonChangeKind::Deactivated | PersonChangeKind::Reactivated => {
                    self.record_standing(transaction, doer, after).await?;
                }
                PersonChangeKind::RolesChanged { lost, gained: _ } => {
                    self.record_roles(transaction, doer, before, after, lost).await?;
                }
                PersonChangeKind::ProfileChanged => {
                    for Difference {
                        setting,
                        previous,
                        new,
                    } in differences(before, after, licenses)
                    {
                        let sentence = Sentence {
                            category: AuditCategory::Users,
                            description: "User changed",
                            action: format!("changed {}", before.display_name),
                            setting: Some(setting.to_owned()),
                            previous: Some(previous),
                            new: Some(new),
                        };
                        self.take_down(transaction, doer, after, sentence).await?;
                    }
                }
                PersonChangeKind::PresenceSharingChanged { shares_presence } => {
                    self.record_presence(transaction, doer, after, *shares_presence)
                        .await?;
                }
                PersonChangeKind::Created | PersonChangeKind::Deleted => {}
            }
        }
        Ok(())
    }

    async fn record_standing(
        &self,
        transaction: &mut Transaction,
        doer: Doer<'_>,
        person: &Person,
    ) -> Result<()> {
        let name = &person.display_name;
        let word = |active: bool| Some(if active { "Active" } else { "Deactivated" }.to_owned());
        let (description, action, kind, reason) = if person.login_enabled {
            (
                "User activated",
                format!("activated {name}"),
                SecurityEventKind::Reactivated,
                format!("{name} was activated again. What had ended stays ended."),
            )
        } else {
            (
                "User deactivated",
                format!("deactivated {name}"),
                SecurityEventKind::Deactivated,
                format!("{name} was deactivated."),
            )
        };
        let sentence = Sentence {
            category: AuditCategory::Users,
            description,
            action,
            setting: Some("Status".to_owned()),
            previous: word(!person.login_enabled),
            new: word(person.login_enabled),
        };
        self.take_down(transaction, doer, person, sentence).await?;
        self.tell(transaction, doer, person, kind, reason).await
    }

    async fn record_roles(
        &self,
        transaction: &mut Transaction,
        doer: Doer<'_>,
        before: &Person,
        after: &Person,
        lost: &[Role],
    ) -> Result<()> {
        let name = &after.display_name;
        let sentence = Sentence {
            category: AuditCategory::AdministratorRoles,
            description: "Administrator roles changed",
            action: format!("changed the roles of {name}"),
            setting: Some("Administrator roles".to_owned()),
            previous: Some(role_list(&before.roles)),
            new: Some(role_list(&after.roles)),
        };
        self.take_down(transaction, doer, after, sentence).await?;
        if lost.contains(&Role::FullAdministrator) {
            let reason = format!("{name} is no Full Administrator any more.");
            let kind = SecurityEventKind::FullAdministratorRemoved;
            self.tell(transaction, doer, after, kind, reason).await?;
            self.recorder()
                .send(transaction, &no_full_administrator_any_more(after))
                .await?;
        }
        if lost.contains(&Role::CallHistory) {
            let reason = format!("{name} lost the role that reads call records.");
            let kind = SecurityEventKind::CallRecordsRoleRemoved;
            self.tell(transaction, doer, after, kind, reason).await?;
        }
        Ok(())
    }

    async fn record_presence(
        &self,
        transaction: &mut Transaction,
        doer: Doer<'_>,
        person: &Person,
        shares: bool,
    ) -> Result<()> {
        let name = &person.display_name;
        let word = |shares: bool| Some(if shares { "Shared" } else { "Hidden" }.to_owned());
        let (action, kind, reason) = if shares {
            (
                "shares presence",
                SecurityEventKind::PresenceShown,
                format!("{name} shares presence again."),
            )
        } else {
            (
                "hides presence",
                SecurityEventKind::PresenceHidden,
                format!("{name} hides presence: integrations that {name} authorized see nobody's."),
            )
        };
        let sentence = Sentence {
            category: AuditCategory::Users,
            description: "Presence sharing changed",
            action: action.to_owned(),
            setting: Some("Presence sharing".to_owned()),
            previous: word(!shares),
            new: word(shares),
        };
        self.take_down(transaction, doer, person, sentence).await?;
        self.tell(transaction, doer, person, kind, reason).await
    }

    async fn take_down(
        &self,
        transaction: &mut Transaction,
        doer: Doer<'_>,
        person: &Person,
        sentence: Sentence,
    ) -> Result<()> {
        let actor = self.doer(transaction, doer).await?;
        let who = match &actor {
            Actor::Person { name, .. } => name.clone(),
            Actor::Program(name) => format!("The Hub ({name})"),
        };
        let Sentence {
            category,
            description,
            action,
            setting,
            previous,
            new,
        } = sentence;
        let entry = AuditEntry {
            organization_id: person.organization_id,
            actor,
            category,
            description: description.to_owned(),
            action_text: format!("{who} {action}."),
            target: Some(person_target(person.id, &person.display_name)),
            setting,
            previous_value: previous,
            new_value: new,
        };
        self.recorder().audit(transaction, &entry).await
    }

    async fn tell(
        &self,
        transaction: &mut Transaction,
        doer: Doer<'_>,
        person: &Person,
        kind: SecurityEventKind,
        reason: String,
    ) -> Result<()> {
        let event = SecurityEvent {
            organization_id: person.organization_id,
            subject: Subject::Person(person.id),
            kind,
            initiator: doer.initiator(person.id),
            reason,
        };
        self.recorder().announce(transaction, &event).await
    }
}

/// A person as the audit names what was changed.
pub fn person_target(id: PersonId, name: &str) -> Target {
    Target {
        kind: "PERSON",
        id: PublicId::of_uuid(ResourceKind::People, id.uuid()).to_string(),
        name: name.to_owned(),
    }
}

fn role_list(roles: &[Role]) -> String {
    if roles.is_empty() {
        return "None".to_owned();
    }
    roles
        .iter()
        .map(|role| role.name())
        .collect::<Vec<_>>()
        .join(", ")
}

fn summary(person: &Person, licenses: &[License]) -> String {
    let mut lines = vec![format!("E-mail address: {}", person.email)];
    if !person.roles.is_empty() {
        lines.push(format!("Administrator roles: {}", role_list(&person.roles)));
    }
    let names = super::differences::license_names(&person.licenses, licenses);
    if !names.is_empty() {
        lines.push(format!("Licences: {names}"));
    }
    lines.join("\n")
}

fn no_full_administrator_any_more(person: &Person) -> Letter {
    Letter {
        organization_id: person.organization_id,
        to: person.email.clone(),
        subject: "You are no Full Administrator any more".to_owned(),
        paragraphs: vec![
            format!("Hello {},", person.display_name),
            "An administrator took the Full Administrator role from your account.".to_owned(),
            "Integrations that you had authorized for the whole organization have stopped at this moment. Another Full Administrator must authorize them again; getting the role back does not bring them back.".to_owned(),
        ],
        link: Some(("My applications".to_owned(), "/me/applications".to_owned())),
        once_key: None,
    }
}
