use std::sync::Arc;

use async_trait::async_trait;
use hub_directory::{Person, PersonChange, PersonChangeKind, PersonChanged};
use kit::Result;
use kit_sql::Transaction;
use webex::PhoneNumberKind;

use super::assign::Unknown;
use crate::model::Settled;
use crate::{Numbers, Owner, OwnerKind};

/// Lets the stock follow what the directory makes of people.
struct People(Numbers);

impl Numbers {
    /// What the directory tells of people's changes.
    pub fn listener(&self) -> Arc<dyn PersonChanged> {
        Arc::new(People(self.clone()))
    }

    /// Takes everything from somebody who has no calling any more.
    async fn lose_calling(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        let id = change.person_id.uuid();
        if self.take_everything(transaction, OwnerKind::Person, id).await? {
            self.announce_release(transaction, OwnerKind::Person, id).await?;
        }
        Ok(())
    }
}

#[async_trait]
impl PersonChanged for People {
    async fn person_changed(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        let Self(numbers) = self;
        match &change.kind {
            PersonChangeKind::Deleted => numbers.lose_calling(transaction, change).await,
            PersonChangeKind::Created | PersonChangeKind::ProfileChanged => {
                let person = numbers
                    .directory()
                    .person_of(
                        (&mut *transaction).into(),
                        change.organization_id,
                        change.person_id,
                    )
                    .await?;
                match person.and_then(|person| holding(&person)) {
                    // The People API of this Hub is the way in which numbers come in without a carrier: one that is in
                    // no stock comes into that of the person's location.
                    Some((owner, wanted)) => {
                        numbers.give(transaction, &owner, &wanted, Unknown::TakeIn).await
                    }
                    None => numbers.lose_calling(transaction, change).await,
                }
            }
            PersonChangeKind::Deactivated
            | PersonChangeKind::Reactivated
            | PersonChangeKind::RolesChanged { .. }
            | PersonChangeKind::PresenceSharingChanged { .. } => Ok(()),
        }
    }
}

/// What a person holds by what the directory says; nothing for somebody without calling.
fn holding(person: &Person) -> Option<(Owner, Settled)> {
    let location_id = person.location_id?;
    let of_kind = |kind: PhoneNumberKind| {
        person
            .numbers
            .iter()
            .find(|number| number.kind == kind)
            .map(|number| number.value.clone())
    };
    let alternates = [PhoneNumberKind::Alternate1, PhoneNumberKind::Alternate2];
    let wanted = Settled {
        number: of_kind(PhoneNumberKind::Work),
        extension: person.extension.clone(),
        alternates: alternates.into_iter().filter_map(of_kind).collect(),
    };
    Some((Owner::person(person, location_id), wanted))
}
