use hub_directory::public_api::{FULL_ADMIN, TELEPHONY_WRITE, require};
use hub_directory::{Caller, LocationId};
use kit::{Result, Uuid};
use serde_json::Value;

use super::create_group::{owner, refuse_taken_name};
use crate::CallFeatures;
use crate::model::agent::AgentDraft;
use crate::model::fields::Fields;
use crate::model::group::GroupKind;
use crate::store::{agents, groups};

impl CallFeatures {
    /// Changes what the body names; what it leaves out stays. A list of agents replaces the one that was there.
    pub(crate) async fn change_group(
        &self,
        caller: &Caller,
        location_id: Option<LocationId>,
        kinds: &[GroupKind],
        id: Uuid,
        body: &Value,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        let body = Fields::of_body(body)?;
        let drafts = AgentDraft::list(&body)?;
        let mut transaction = self.database().begin().await?;
        self.hold_agents(
            &mut transaction,
            caller.organization_id,
            drafts.as_deref().unwrap_or_default(),
        )
        .await?;
        let mut group = self
            .group_to_change(&mut transaction, caller, location_id, kinds, id)
            .await?;
        let before = group.clone();
        group.apply(&body)?;
        if group.name != before.name {
            let location = self
                .calling_location(&mut transaction, group.organization_id, group.location_id)
                .await?;
            refuse_taken_name(&mut transaction, &group, &location).await?;
        }
        let agents_before = agents::of_group((&mut transaction).into(), id).await?;
        let agents_after = match drafts {
            Some(drafts) => {
                self.settled_agents(&mut transaction, &group, drafts, &agents_before)
                    .await?
            }
            // Another policy may want other weights, or fewer agents.
            None => {
                let mut agents = agents_before.clone();
                group.settle_agents(&mut agents)?;
                agents
            }
        };
        let held = self
            .numbers()
            .held_by((&mut transaction).into(), group.organization_id, &[id])
            .await?;
        let wanted = group.settings.profile.wanted(&body, held.get(&id))?;
        self.numbers()
            .assign(&mut transaction, &owner(&group), &wanted)
            .await?;
        groups::update(&mut transaction, &group, self.clock().now()).await?;
        if agents_after != agents_before {
            agents::replace(&mut transaction, &group, &agents_after).await?;
        }
        transaction.commit().await
    }
}
