use hub_directory::public_api::NOT_FOUND;
use hub_directory::{Caller, PersonId};
use kit::{Error, Result};
use kit_sql::Handle;

use crate::Telephony;
use crate::model::person_settings::rights::{ADMIN_READ, READ, Rights};
use crate::model::person_settings::{CallerId, CallerIdAround, Ringing, Setting, Subject, merged};
use crate::store::person_settings::{Whose, kept};

/// A person's numbers and how they ring.
#[derive(Clone, Debug)]
pub(crate) struct NumbersView {
    pub(crate) subject: Subject,
    pub(crate) ringing: Ringing,
}

/// A person's caller id and what there is to choose from.
#[derive(Clone, Debug)]
pub(crate) struct CallerIdView {
    pub(crate) subject: Subject,
    pub(crate) caller_id: CallerId,
    pub(crate) around: CallerIdAround,
}

impl Telephony {
    /// One of the settings of a person with calling.
    pub(crate) async fn show_setting<S: Setting>(
        &self,
        caller: &Caller,
        person_id: PersonId,
        rights: Rights,
    ) -> Result<S> {
        rights.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let mut on: Handle<'_> = self.database().into();
        self.subject(on.reborrow(), whose).await?;
        present(on, whose).await
    }

    /// The numbers of a person with calling.
    pub(crate) async fn show_numbers(&self, caller: &Caller, person_id: PersonId) -> Result<NumbersView> {
        ADMIN_READ.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let mut on: Handle<'_> = self.database().into();
        Ok(NumbersView {
            subject: self.subject(on.reborrow(), whose).await?,
            ringing: present(on, whose).await?,
        })
    }

    /// Who a person is to those whom they call.
    pub(crate) async fn show_caller_id(&self, caller: &Caller, person_id: PersonId) -> Result<CallerIdView> {
        READ.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let mut on: Handle<'_> = self.database().into();
        let subject = self.subject(on.reborrow(), whose).await?;
        Ok(CallerIdView {
            around: self.caller_id_around(on.reborrow(), &subject).await?,
            caller_id: present(on, whose).await?,
            subject,
        })
    }

    pub(super) async fn caller_id_around(&self, on: Handle<'_>, subject: &Subject) -> Result<CallerIdAround> {
        let location = self
            .directory()
            .location_of(on, subject.person.organization_id, subject.held.location_id)
            .await?;
        Ok(CallerIdAround::of(subject, location.as_ref()))
    }

    /// The person, who must have calling.
    pub(super) async fn subject(&self, mut on: Handle<'_>, whose: Whose) -> Result<Subject> {
        let person = self
            .directory()
            .person_of(on.reborrow(), whose.organization_id, whose.person_id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let id = whose.person_id.uuid();
        let mut held = self.numbers().held_by(on, whose.organization_id, &[id]).await?;
        Subject::new(person, held.remove(&id))
    }
}

/// Everybody is of the caller's organization; somebody of another one does not exist.
pub(super) fn whose(caller: &Caller, person_id: PersonId) -> Whose {
    Whose {
        organization_id: caller.organization_id,
        person_id,
    }
}

/// The defaults, and what was changed of them.
pub(super) async fn present<S: Setting>(on: Handle<'_>, whose: Whose) -> Result<S> {
    let Some(change) = kept(on, whose, S::NAME).await? else {
        return Ok(S::default());
    };
    let default = serde_json::to_value(S::default()).map_err(Error::internal)?;
    serde_json::from_value(merged(default, change)).map_err(Error::internal)
}
