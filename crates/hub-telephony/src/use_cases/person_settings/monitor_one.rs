use hub_directory::{Caller, PersonId};
use kit::{Error, Result};

use super::show::whose;
use crate::Telephony;
use crate::model::person_settings::rights::ADMIN_WRITE;
use crate::model::person_settings::{ElementDraft, MonitoredElement, require_list};
use crate::store::person_settings;

/// One line that comes or goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OneChange {
    /// Comes to the end of the list.
    Add(ElementDraft),
    /// Goes; by what it says, because positions move.
    Remove(String),
}

/// The same, read.
enum Read {
    Add(MonitoredElement),
    Remove(String),
}

impl MonitoredElement {
    /// Which line of its list this is.
    pub(crate) fn key(&self) -> String {
        let what = match (self.target, &self.phone_number) {
            (Some((_, id)), _) => id.to_string(),
            (None, number) => number.clone().unwrap_or_default(),
        };
        format!("{} {what}", self.kind.word())
    }
}

impl Telephony {
    /// Adds a line to what a person with calling monitors, or takes one away.
    pub(crate) async fn monitor_one(
        &self,
        caller: &Caller,
        person_id: PersonId,
        change: OneChange,
    ) -> Result<()> {
        ADMIN_WRITE.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let change = match change {
            OneChange::Add(draft) => Read::Add(draft.read()?),
            OneChange::Remove(key) => Read::Remove(key),
        };
        let mut transaction = self.database().begin().await?;
        if let Read::Add(element) = &change {
            self.hold_targets(&mut transaction, whose, std::slice::from_ref(element))
                .await?;
        }
        self.held_subject(&mut transaction, whose).await?;
        let mut elements = person_settings::monitored((&mut transaction).into(), whose).await?;
        match change {
            Read::Add(element) => {
                if elements.iter().any(|known| known.key() == element.key()) {
                    return Err(Error::conflict("This person monitors them already."));
                }
                elements.push(element);
                require_list(&elements)?;
                self.require_targets((&mut transaction).into(), whose, &elements)
                    .await?;
            }
            // Somebody else may have been quicker: then there is nothing to do.
            Read::Remove(key) => elements.retain(|known| known.key() != key),
        }
        person_settings::monitor(&mut transaction, whose, &elements).await?;
        transaction.commit().await
    }
}
