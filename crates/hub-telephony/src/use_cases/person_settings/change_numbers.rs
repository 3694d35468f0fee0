use hub_directory::{Caller, CallerOrigin, Number, PersonDraft, PersonId};
use hub_numbers::{Owner, OwnerKind, Wanted};
use kit::{Error, Result};
use webex::PhoneNumberKind;

use super::show::{present, whose};
use crate::Telephony;
use crate::model::person_settings::rights::NUMBERS_WRITE;
use crate::model::person_settings::{AlternateChange, Ringing};

/// A change of alternate numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumbersDraft {
    pub(crate) distinctive_ring: Option<bool>,
    pub(crate) changes: Vec<AlternateChange>,
}

const ALTERNATES: [PhoneNumberKind; 2] = [PhoneNumberKind::Alternate1, PhoneNumberKind::Alternate2];

impl Telephony {
    /// Assigns and unassigns a person's alternate numbers.
    pub(crate) async fn change_numbers(
        &self,
        caller: &Caller,
        person_id: PersonId,
        draft: NumbersDraft,
    ) -> Result<()> {
        NUMBERS_WRITE.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let mut transaction = self.database().begin().await?;
        let subject = self.held_subject(&mut transaction, whose).await?;
        let mut ringing: Ringing = present((&mut transaction).into(), whose).await?;
        let mut alternates = subject.held.alternates.clone();
        ringing.apply(&mut alternates, draft.changes)?;
        ringing.distinctive_ring_enabled = draft.distinctive_ring.unwrap_or(ringing.distinctive_ring_enabled);
        if alternates != subject.held.alternates {
            let person = &subject.person;
            // The stock is asked first: it gives only what it has. The directory takes in whatever a person is given.
            let owner = Owner {
                organization_id: person.organization_id,
                location_id: subject.held.location_id,
                kind: OwnerKind::Person,
                id: person_id.uuid(),
                first_name: person.first_name.clone(),
                last_name: person.last_name.clone(),
                display_name: person.display_name.clone(),
            };
            let wanted = Wanted {
                number: subject.held.number.clone(),
                extension: subject.held.extension.clone(),
                alternates: alternates.clone(),
            };
            self.numbers()
                .assign(&mut transaction, &owner, &wanted)
                .await
                .map_err(named)?;
            let mut draft = PersonDraft::of(person);
            let others = person
                .numbers
                .iter()
                .filter(|number| !ALTERNATES.contains(&number.kind))
                .cloned();
            let further = alternates
                .into_iter()
                .zip(ALTERNATES)
                .map(|(value, kind)| Number {
                    kind,
                    value,
                    primary: false,
                });
            draft.calling.numbers = Some(others.chain(further).collect());
            // The right to do this was asked for above; the directory asks for those of its own API.
            let caller = Caller {
                origin: CallerOrigin::Session,
                ..caller.clone()
            };
            self.directory()
                .update_person_within(&mut transaction, &caller, person_id, draft)
                .await?;
        }
        self.keep_setting(&mut transaction, whose, &ringing).await?;
        transaction.commit().await
    }
}

/// Says which member of the body is meant.
fn named(error: Error) -> Error {
    let sentence = format!("phoneNumbers: {}", error.public());
    match error.code() {
        Some(code) => Error::new(error.kind().clone(), sentence).with_code(code),
        None => Error::new(error.kind().clone(), sentence),
    }
}
