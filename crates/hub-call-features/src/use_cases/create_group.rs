use hub_directory::public_api::{FULL_ADMIN, NOT_FOUND, TELEPHONY_WRITE, require};
use hub_directory::{Caller, Location, LocationId, OrganizationId, PersonId};
use hub_numbers::Owner;
use kit::{Error, Result, Uuid};
use kit_sql::Transaction;
use serde_json::Value;

use crate::CallFeatures;
use crate::model::agent::{Agent, AgentDraft};
use crate::model::fields::Fields;
use crate::model::group::{Group, GroupKind, GroupSettings};
use crate::store::{agents, groups};

impl CallFeatures {
    /// Makes a hunt group or a queue at a location with calling.
    pub(crate) async fn create_group(
        &self,
        caller: &Caller,
        location_id: LocationId,
        kind: GroupKind,
        body: &Value,
    ) -> Result<Uuid> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let body = Fields::of_body(body)?;
        let drafts = AgentDraft::list(&body)?.unwrap_or_default();
        let mut transaction = self.database().begin().await?;
        self.hold_agents(&mut transaction, caller.organization_id, &drafts)
            .await?;
        let location = self
            .calling_location(&mut transaction, caller.organization_id, location_id)
            .await?;
        Group::require_complete(kind, &body)?;
        let mut group = Group {
            id: self.randomness().uuid(),
            organization_id: caller.organization_id,
            location_id,
            kind,
            name: String::new(),
            enabled: true,
            settings: GroupSettings::new(kind),
        };
        group.apply(&body)?;
        refuse_taken_name(&mut transaction, &group, &location).await?;
        let agents = self.settled_agents(&mut transaction, &group, drafts, &[]).await?;
        let wanted = group.settings.profile.wanted(&body, None)?;
        self.numbers()
            .assign(&mut transaction, &owner(&group), &wanted)
            .await?;
        groups::insert(&mut transaction, std::slice::from_ref(&group), self.clock().now()).await?;
        agents::replace(&mut transaction, &group, &agents).await?;
        transaction.commit().await?;
        Ok(group.id)
    }

    /// The location, if features can be made there; it keeps its calling until the transaction ends.
    pub(crate) async fn calling_location(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        location_id: LocationId,
    ) -> Result<Location> {
        self.directory()
            .hold_location(transaction, organization_id, location_id)
            .await?
            .filter(|location| location.calling.is_some())
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }

    /// Lets the agents whom a body names be agents until the transaction ends.
    pub(super) async fn hold_agents(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        drafts: &[AgentDraft],
    ) -> Result<()> {
        let ids: Vec<Uuid> = drafts.iter().map(|draft| draft.id).collect();
        self.numbers().hold(transaction, organization_id, &ids).await
    }

    /// The agents whom a body names, checked.
    pub(super) async fn settled_agents(
        &self,
        transaction: &mut Transaction,
        group: &Group,
        drafts: Vec<AgentDraft>,
        before: &[Agent],
    ) -> Result<Vec<Agent>> {
        let ids: Vec<Uuid> = drafts.iter().map(|draft| draft.id).collect();
        let held = self
            .numbers()
            .held_by((&mut *transaction).into(), group.organization_id, &ids)
            .await?;
        // For the sentence about somebody who cannot be an agent.
        let uncallable: Vec<PersonId> = ids
            .into_iter()
            .filter(|id| !held.contains_key(id))
            .map(PersonId::new)
            .collect();
        let people = self
            .directory()
            .people_of(transaction.into(), group.organization_id, &uncallable)
            .await?;
        let mut agents: Vec<Agent> = drafts
            .into_iter()
            .map(|draft| {
                let (of_draft, id) = (held.get(&draft.id), PersonId::new(draft.id));
                let person = people.iter().find(|person| person.id == id);
                draft.settled(
                    of_draft,
                    person.map(|person| person.display_name.as_str()),
                    before,
                )
            })
            .collect::<Result<_>>()?;
        group.settle_agents(&mut agents)?;
        Ok(agents)
    }
}

/// The group as the stock of numbers knows it.
pub(crate) fn owner(group: &Group) -> Owner {
    Owner {
        organization_id: group.organization_id,
        location_id: group.location_id,
        kind: group.kind.owner(),
        id: group.id,
        first_name: None,
        last_name: None,
        display_name: group.name.clone(),
    }
}

pub(super) async fn refuse_taken_name(
    transaction: &mut Transaction,
    group: &Group,
    location: &Location,
) -> Result<()> {
    if !groups::name_is_taken(transaction, group).await? {
        return Ok(());
    }
    Err(Error::conflict(format!(
        "A {} named “{}” is at “{}” already. Choose another name.",
        group.kind.noun(),
        group.name,
        location.name
    )))
}
