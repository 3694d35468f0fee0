use kit::{Error, Result};
use kit_sql::Transaction;
use webex::Role;

use super::create_person::Known;
use super::record::{Changed, Doer};
use crate::model::{rights, settle};
use crate::store::{deactivations, licenses, people_read, people_write};
use crate::{
    Caller, Directory, License, OrganizationId, Person, PersonChange, PersonChangeKind, PersonDraft, PersonId,
};

/// What to do with a person who is there.
enum Plan {
    Replace(Box<PersonDraft>),
    Roles(Vec<Role>),
    LoginEnabled(bool),
}

impl Directory {
    /// Replaces a person by what the draft describes.
    pub async fn update_person(&self, caller: &Caller, id: PersonId, draft: PersonDraft) -> Result<Person> {
        self.change_person(caller, id, Plan::Replace(Box::new(draft)))
            .await
    }

    /// Gives a person exactly these roles.
    pub async fn set_roles(&self, caller: &Caller, id: PersonId, roles: &[Role]) -> Result<Person> {
        self.change_person(caller, id, Plan::Roles(roles.to_vec())).await
    }

    /// Deactivates a person, or lets them in again.
    pub async fn set_login_enabled(
        &self,
        caller: &Caller,
        id: PersonId,
        login_enabled: bool,
    ) -> Result<Person> {
        self.change_person(caller, id, Plan::LoginEnabled(login_enabled))
            .await
    }

    async fn change_person(&self, caller: &Caller, id: PersonId, plan: Plan) -> Result<Person> {
        rights::require_people_writer(caller)?;
        let mut transaction = self.database().begin().await?;
        let person = self
            .change_person_within(&mut transaction, caller, id, plan)
            .await?;
        transaction.commit().await?;
        Ok(person)
    }

    /// Replaces a person inside the transaction of another slice, which keeps something beside the person and commits.
    pub async fn update_person_within(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        id: PersonId,
        draft: PersonDraft,
    ) -> Result<Person> {
        let plan = Plan::Replace(Box::new(draft));
        self.change_person_within(transaction, caller, id, plan).await
    }

    /// Locks a person until the transaction ends and reads them: what another slice decides on it stays true.
    pub async fn hold_person(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        id: PersonId,
    ) -> Result<Option<Person>> {
        people_write::lock(&mut *transaction, organization_id, id).await?;
        people_read::by_id(transaction.into(), organization_id, id).await
    }

    async fn change_person_within(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        id: PersonId,
        plan: Plan,
    ) -> Result<Person> {
        rights::require_people_writer(caller)?;
        let before = self
            .hold_person(transaction, caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))?;
        let (person, known) = self.planned(transaction, &before, plan).await?;
        rights::require_rank(caller, Some(&before), Some(&person))?;
        if before.is_acting_full_admin() && !person.is_acting_full_admin() {
            require_another_full_admin(transaction, &before).await?;
        }
        people_write::require_free(transaction, &person).await?;
        people_write::update(transaction, &before, &person, &known).await?;
        let changes = changes(&before, &person);
        self.keep_moment_of_deactivation(transaction, &person, &changes)
            .await?;
        let changed = Changed {
            before: &before,
            after: &person,
            licenses: &known,
            kinds: &changes,
        };
        self.record_changed(transaction, Doer::Caller(caller), changed)
            .await?;
        for kind in changes {
            let (person_id, organization_id) = (person.id, person.organization_id);
            let change = PersonChange {
                person_id,
                organization_id,
                actor: Some(caller.person_id),
                kind,
            };
            self.announce(transaction, &change).await?;
        }
        Ok(person)
    }

    /// Thirty days after the deactivation the person is deleted.
    async fn keep_moment_of_deactivation(
        &self,
        transaction: &mut Transaction,
        person: &Person,
        changes: &[PersonChangeKind],
    ) -> Result<()> {
        let (organization_id, id) = (person.organization_id, person.id);
        if changes.contains(&PersonChangeKind::Deactivated) {
            let now = self.clock().now();
            deactivations::begin(transaction, organization_id, id, now).await?;
        }
        if changes.contains(&PersonChangeKind::Reactivated) {
            deactivations::end(transaction, organization_id, id).await?;
        }
        Ok(())
    }

    async fn planned(
        &self,
        transaction: &mut Transaction,
        before: &Person,
        plan: Plan,
    ) -> Result<(Person, Vec<License>)> {
        let now = self.clock().now();
        let organization_id = before.organization_id;
        if let Plan::Replace(draft) = plan {
            let known = Known::of(transaction, organization_id, &draft, Some(before)).await?;
            let person = settle(
                Some(before),
                before.id,
                *draft,
                &known.surroundings(organization_id, now),
            )?;
            return Ok((person, known.licenses));
        }
        let mut person = before.clone();
        person.last_modified_at = now;
        match plan {
            Plan::Roles(mut roles) => {
                roles.sort_unstable();
                roles.dedup();
                person.roles = roles;
            }
            Plan::LoginEnabled(login_enabled) => person.login_enabled = login_enabled,
            Plan::Replace(_) => {}
        }
        Ok((
            person,
            licenses::of_organization(transaction.into(), organization_id).await?,
        ))
    }
}

/// An organization that nobody administers cannot be helped from inside.
pub(super) async fn require_another_full_admin(transaction: &mut Transaction, person: &Person) -> Result<()> {
    if people_write::other_full_admins(transaction, person).await? > 0 {
        return Ok(());
    }
    Err(Error::conflict(format!(
        "{} is the last Full Administrator who can sign in. Make another person a Full Administrator first.",
        person.display_name
    )))
}

fn changes(before: &Person, after: &Person) -> Vec<PersonChangeKind> {
    let mut changes = Vec::new();
    match (before.login_enabled, after.login_enabled) {
        (true, false) => changes.push(PersonChangeKind::Deactivated),
        (false, true) => changes.push(PersonChangeKind::Reactivated),
        _ => {}
    }
    let missing_in = |roles: &[Role], others: &[Role]| -> Vec<Role> {
        roles
            .iter()
            .filter(|role| !others.contains(role))
            .copied()
            .collect()
    };
    let lost = missing_in(&before.roles, &after.roles);
    let gained = missing_in(&after.roles, &before.roles);
    if !lost.is_empty() || !gained.is_empty() {
        changes.push(PersonChangeKind::RolesChanged { lost, gained });
    }
    let same_profile = Person {
        login_enabled: before.login_enabled,
        roles: before.roles.clone(),
        last_modified_at: before.last_modified_at,
        ..after.clone()
    } == *before;
    if !same_profile {
        changes.push(PersonChangeKind::ProfileChanged);
    }
    changes
}
