use hub_directory::public_api::NOT_FOUND;
use hub_directory::{Caller, PersonId};
use hub_numbers::{HolderQuery, OwnerKind};
use kit::{Error, Result};
use kit_sql::Transaction;
use serde_json::Value;

use super::show::{present, whose};
use crate::Telephony;
use crate::model::person_settings::rights::{ADMIN_WRITE, Rights, WRITE};
use crate::model::person_settings::{
    CallForwarding, CallWaiting, CallerId, DoNotDisturb, Setting, Subject, Voicemail, difference, merged,
    mistyped,
};
use crate::store::person_settings::{Whose, keep};

/// What a page changes at once; each as the API takes it.
#[derive(Clone, Debug)]
pub(crate) struct ChangesTogether {
    pub(crate) forwarding: Value,
    pub(crate) voicemail: Value,
    pub(crate) do_not_disturb: Value,
    pub(crate) call_waiting: Value,
}

impl Telephony {
    /// Changes what the body speaks of in one of the settings of a person with calling.
    pub(crate) async fn change_setting<S: Setting>(
        &self,
        caller: &Caller,
        person_id: PersonId,
        rights: Rights,
        change: Value,
    ) -> Result<()> {
        rights.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let mut transaction = self.database().begin().await?;
        let subject = self.held_subject(&mut transaction, whose).await?;
        self.change_within::<S>(&mut transaction, whose, &subject, change)
            .await?;
        transaction.commit().await
    }

    /// Changes several settings of a person with calling, or none of them.
    pub(crate) async fn change_together(
        &self,
        caller: &Caller,
        person_id: PersonId,
        changes: ChangesTogether,
    ) -> Result<()> {
        ADMIN_WRITE.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let mut transaction = self.database().begin().await?;
        let subject = self.held_subject(&mut transaction, whose).await?;
        let ChangesTogether {
            forwarding,
            voicemail,
            do_not_disturb,
            call_waiting,
        } = changes;
        let on = &mut transaction;
        self.change_within::<CallForwarding>(on, whose, &subject, forwarding)
            .await?;
        self.change_within::<Voicemail>(on, whose, &subject, voicemail)
            .await?;
        self.change_within::<DoNotDisturb>(on, whose, &subject, do_not_disturb)
            .await?;
        self.change_within::<CallWaiting>(on, whose, &subject, call_waiting)
            .await?;
        transaction.commit().await
    }

    async fn change_within<S: Setting>(
        &self,
        transaction: &mut Transaction,
        whose: Whose,
        subject: &Subject,
        change: Value,
    ) -> Result<()> {
        let before: S = present((&mut *transaction).into(), whose).await?;
        let after = changed(before, change)?.settled(subject)?;
        self.keep_setting(transaction, whose, &after).await
    }

    /// Changes who a person is to those whom they call.
    pub(crate) async fn change_caller_id(
        &self,
        caller: &Caller,
        person_id: PersonId,
        change: Value,
    ) -> Result<()> {
        WRITE.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let mut transaction = self.database().begin().await?;
        let subject = self.held_subject(&mut transaction, whose).await?;
        let around = self.caller_id_around((&mut transaction).into(), &subject).await?;
        let before: CallerId = present((&mut transaction).into(), whose).await?;
        let known = before.custom_number.clone();
        let after = changed(before, change)?.settled(&subject)?;
        around.require_choice(after.selected)?;
        match after.custom_number.as_deref() {
            Some(number)
                if known.as_deref() != Some(number) && around.location_number.as_deref() != Some(number) =>
            {
                self.require_assigned(&mut transaction, &subject, number).await?;
            }
            _ => {}
        }
        self.keep_setting(&mut transaction, whose, &after).await?;
        transaction.commit().await
    }

    /// A number that is shown must be one that rings somewhere at the person's location.
    async fn require_assigned(
        &self,
        transaction: &mut Transaction,
        subject: &Subject,
        number: &str,
    ) -> Result<()> {
        let query = HolderQuery {
            kinds: OwnerKind::ALL.to_vec(),
            location_id: Some(subject.held.location_id),
            dialled: Some(number.to_owned()),
            max: 1,
            ..HolderQuery::default()
        };
        let found = self
            .numbers()
            .find_holders(transaction.into(), subject.person.organization_id, &query)
            .await?;
        if found
            .iter()
            .any(|holder| holder.held.number.as_deref() == Some(number))
        {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "customNumber: {number} is not assigned to anybody at this person's location. Choose a number of the location."
        )))
    }

    /// The person, who must have calling and stays as they are until the transaction ends.
    pub(super) async fn held_subject(&self, transaction: &mut Transaction, whose: Whose) -> Result<Subject> {
        self.directory()
            .hold_person(transaction, whose.organization_id, whose.person_id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        self.subject(transaction.into(), whose).await
    }

    pub(super) async fn keep_setting<S: Setting>(
        &self,
        transaction: &mut Transaction,
        whose: Whose,
        after: &S,
    ) -> Result<()> {
        let default = serde_json::to_value(S::default()).map_err(Error::internal)?;
        let after = serde_json::to_value(after).map_err(Error::internal)?;
        let change = difference(&default, &after);
        keep(transaction, whose, S::NAME, change.as_ref(), self.clock().now()).await
    }
}

/// The document with the change in it.
fn changed<S: Setting>(before: S, change: Value) -> Result<S> {
    if !change.is_object() {
        return Err(Error::invalid("The body of this request must be a JSON object."));
    }
    let before = serde_json::to_value(before).map_err(Error::internal)?;
    if let Some(sentence) = mistyped(&before, &change) {
        return Err(Error::invalid(sentence));
    }
    serde_json::from_value(merged(before, change))
        .map_err(|error| Error::invalid(format!("The settings cannot be read: {error}.")))
}
