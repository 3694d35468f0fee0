use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use hub_directory::{Caller, LocationId, PersonId};
use hub_numbers::{Holder, HolderQuery, OwnerKind};
use kit::{Result, Uuid};
use kit_sql::{Handle, Transaction};

use super::show::{present, whose};
use crate::Telephony;
use crate::model::person_settings::rights::{ADMIN_READ, ADMIN_WRITE, CANDIDATES_READ};
use crate::model::person_settings::{
    ElementDraft, MONITORED, MonitoredElement, Monitoring, require_list, unknown,
};
use crate::store::person_settings::{self, Whose};

/// Somebody or something with calling, and what pages and bodies say of it.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) holder: Holder,
    /// Of a person.
    pub(crate) email: Option<String>,
    pub(crate) location_name: String,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) element: MonitoredElement,
    pub(crate) target: Option<Target>,
}

/// What a person monitors.
#[derive(Clone, Debug)]
pub(crate) struct MonitoringView {
    pub(crate) monitoring: Monitoring,
    pub(crate) lines: Vec<Line>,
}

/// What a person shall monitor; what is missing stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MonitoringDraft {
    pub(crate) call_park_notification: Option<bool>,
    pub(crate) elements: Option<Vec<ElementDraft>>,
}

/// Whom a person could monitor.
#[derive(Clone, Debug, Default)]
pub(crate) struct CandidateQuery {
    pub(crate) location_id: Option<LocationId>,
    pub(crate) name: Option<String>,
    pub(crate) dialled: Option<String>,
    pub(crate) descending: bool,
    /// Leaves out whom the person monitors already, and the person.
    pub(crate) further: bool,
    pub(crate) start: usize,
    pub(crate) max: usize,
}

/// One page of them.
#[derive(Clone, Debug)]
pub(crate) struct Candidates {
    pub(crate) found: Vec<Target>,
    /// Where the next page begins.
    pub(crate) next: Option<usize>,
}

impl Telephony {
    /// What a person with calling monitors.
    pub(crate) async fn show_monitoring(
        &self,
        caller: &Caller,
        person_id: PersonId,
    ) -> Result<MonitoringView> {
        ADMIN_READ.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let mut on: Handle<'_> = self.database().into();
        self.subject(on.reborrow(), whose).await?;
        let monitoring = present(on.reborrow(), whose).await?;
        let elements = person_settings::monitored(on.reborrow(), whose).await?;
        let ids: Vec<Uuid> = elements
            .iter()
            .filter_map(|element| Some(element.target?.1))
            .collect();
        let holders = self
            .numbers()
            .holders(on.reborrow(), whose.organization_id, &ids)
            .await?;
        let targets = self.targets(on, whose, holders.into_values().collect()).await?;
        let by_id: BTreeMap<Uuid, Target> = targets
            .into_iter()
            .map(|target| (target.holder.owner.id, target))
            .collect();
        let lines = elements
            .into_iter()
            .map(|element| Line {
                target: element.target.and_then(|(_, id)| by_id.get(&id).cloned()),
                element,
            })
            .collect();
        Ok(MonitoringView { monitoring, lines })
    }

    /// Lets a person with calling monitor this.
    pub(crate) async fn change_monitoring(
        &self,
        caller: &Caller,
        person_id: PersonId,
        draft: MonitoringDraft,
    ) -> Result<()> {
        ADMIN_WRITE.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let elements = draft
            .elements
            .map(|elements| {
                elements
                    .into_iter()
                    .map(ElementDraft::read)
                    .collect::<Result<Vec<_>>>()
            })
            .transpose()?;
        let mut transaction = self.database().begin().await?;
        self.hold_targets(&mut transaction, whose, elements.as_deref().unwrap_or_default())
            .await?;
        self.held_subject(&mut transaction, whose).await?;
        let mut monitoring: Monitoring = present((&mut transaction).into(), whose).await?;
        if let Some(elements) = elements {
            require_list(&elements)?;
            self.require_targets((&mut transaction).into(), whose, &elements)
                .await?;
            person_settings::monitor(&mut transaction, whose, &elements).await?;
        }
        if let Some(choice) = draft.call_park_notification {
            monitoring.call_park_notification_enabled = choice;
        }
        self.keep_setting(&mut transaction, whose, &monitoring).await?;
        transaction.commit().await
    }

    /// Lets whoever is named keep calling until the transaction ends.
    pub(super) async fn hold_targets(
        &self,
        transaction: &mut Transaction,
        whose: Whose,
        elements: &[MonitoredElement],
    ) -> Result<()> {
        let ids: Vec<Uuid> = elements
            .iter()
            .filter_map(|element| element.target)
            .map(|(_, id)| id)
            .collect();
        self.numbers()
            .hold(transaction, whose.organization_id, &ids)
            .await
    }

    /// Everybody who is named must have calling.
    pub(super) async fn require_targets(
        &self,
        on: Handle<'_>,
        whose: Whose,
        elements: &[MonitoredElement],
    ) -> Result<()> {
        let targets: Vec<(OwnerKind, Uuid)> = elements.iter().filter_map(|element| element.target).collect();
        let ids: Vec<Uuid> = targets.iter().map(|(_, id)| *id).collect();
        let holders = self.numbers().holders(on, whose.organization_id, &ids).await?;
        for (kind, id) in targets {
            if holders.get(&id).is_none_or(|holder| holder.owner.kind != kind) {
                return Err(unknown(&kind.public_id(id).to_string()));
            }
        }
        Ok(())
    }

    /// Whom a person with calling could monitor, or dial by a key.
    pub(crate) async fn find_candidates(
        &self,
        caller: &Caller,
        person_id: PersonId,
        query: &CandidateQuery,
    ) -> Result<Candidates> {
        CANDIDATES_READ.require(caller, person_id)?;
        let whose = whose(caller, person_id);
        let mut on: Handle<'_> = self.database().into();
        self.subject(on.reborrow(), whose).await?;
        let holders = HolderQuery {
            kinds: MONITORED.to_vec(),
            location_id: query.location_id,
            name: query.name.clone(),
            dialled: query.dialled.clone(),
            descending: query.descending,
            start: query.start,
            max: query.max + 1,
            ..HolderQuery::default()
        };
        let mut found = self
            .numbers()
            .find_holders(on.reborrow(), whose.organization_id, &holders)
            .await?;
        let next = (found.len() > query.max).then_some(query.start + query.max);
        found.truncate(query.max);
        if query.further {
            let known = person_settings::monitored(on.reborrow(), whose).await?;
            found.retain(|holder| {
                let id = holder.owner.id;
                id != person_id.uuid()
                    && !known
                        .iter()
                        .any(|element| element.target.is_some_and(|(_, other)| other == id))
            });
        }
        Ok(Candidates {
            found: self.targets(on, whose, found).await?,
            next,
        })
    }

    async fn targets(&self, mut on: Handle<'_>, whose: Whose, holders: Vec<Holder>) -> Result<Vec<Target>> {
        let people: Vec<PersonId> = holders
            .iter()
            .filter(|holder| holder.owner.kind == OwnerKind::Person)
            .map(|holder| PersonId::new(holder.owner.id))
            .collect();
        let people = self
            .directory()
            .people_of(on.reborrow(), whose.organization_id, &people)
            .await?;
        let emails: BTreeMap<Uuid, String> = people
            .into_iter()
            .map(|person| (person.id.uuid(), person.email))
            .collect();
        let mut names: BTreeMap<LocationId, String> = BTreeMap::new();
        let mut targets = Vec::with_capacity(holders.len());
        for holder in holders {
            let location_id = holder.held.location_id;
            if let Entry::Vacant(unknown) = names.entry(location_id) {
                let location = self
                    .directory()
                    .location_of(on.reborrow(), whose.organization_id, location_id)
                    .await?;
                unknown.insert(location.map(|location| location.name).unwrap_or_default());
            }
            targets.push(Target {
                email: emails.get(&holder.owner.id).cloned(),
                location_name: names.get(&location_id).cloned().unwrap_or_default(),
                holder,
            });
        }
        Ok(targets)
    }
}
