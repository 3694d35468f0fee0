use std::collections::BTreeSet;

use hub_directory::{Caller, PersonId};
use hub_oauth::Client;
use kit::{Error, Result, Uuid};
use kit_sql::Transaction;

use super::rights::{require_decide, require_view};
use crate::governance::Governance;
use crate::model::{Audience, Deed, Existing, Reset, Restoration, UNDO_LIFE};
use crate::store::policies::Policies;
use crate::store::{policies, resets};

/// A reset, and what undoing it would do or did with each integration.
#[derive(Clone, Debug)]
pub struct UndoPlan {
    /// The reset.
    pub reset: Reset,
    /// Name of the integration, its exception at that time, and what becomes of it.
    pub steps: Vec<(String, Audience, Restoration)>,
}

impl UndoPlan {
    /// How many of the exceptions go this way.
    pub fn count(&self, restoration: Restoration) -> usize {
        self.steps
            .iter()
            .filter(|(_, _, step)| *step == restoration)
            .count()
    }
}

impl Governance {
    /// The resets of the last thirty days, the latest first.
    pub async fn resets(&self, caller: &Caller) -> Result<Vec<Reset>> {
        require_view(caller)?;
        let since = self.now().minus(UNDO_LIFE);
        resets::since(&self.core.database, caller.organization_id, since).await
    }

    /// What undoing a reset would do now.
    pub async fn undo_preview(&self, caller: &Caller, id: Uuid) -> Result<UndoPlan> {
        require_view(caller)?;
        let clients = self.clients().await?;
        let mut transaction = self.core.database.begin().await?;
        let before = policies::policies(&mut transaction, caller.organization_id).await?;
        let plan = self
            .plan_undo(&mut transaction, caller, &before, &clients, id)
            .await?;
        transaction.commit().await?;
        Ok(plan)
    }

    /// Brings back what a reset deleted, except where somebody decided since. Authorizations that ended stay ended.
    pub async fn undo_reset(&self, caller: &Caller, id: Uuid, existing: Existing) -> Result<UndoPlan> {
        require_decide(caller)?;
        let (actor, clients) = (self.actor(caller).await?, self.clients().await?);
        let organization = caller.organization_id;
        let mut held = Vec::new();
        let snapshot = resets::since(&self.core.database, organization, self.now().minus(UNDO_LIFE)).await?;
        for (client_id, audience) in snapshot
            .into_iter()
            .filter(|reset| reset.id == id)
            .flat_map(|reset| reset.exceptions)
        {
            if let Some(client) = clients.iter().find(|client| client.client_id == client_id) {
                let holders = self.holders(organization, &client_id, &audience).await?;
                held.push((client, holders));
            }
        }
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        let plan = self
            .plan_undo(&mut transaction, caller, &before, &clients, id)
            .await?;
        if !resets::undo(&mut transaction, id, actor.name(), self.now()).await? {
            return Err(already_undone(&plan.reset));
        }
        let mut changes = Vec::new();
        for ((client_id, _), (_, audience, step)) in plan.reset.exceptions.iter().zip(&plan.steps) {
            if *step == Restoration::Restored
                && let Some((client, holders)) =
                    held.iter().find(|(client, _)| client.client_id == *client_id)
            {
                changes.push((*client, holders, audience.clone()));
            }
        }
        let (lost, _) = self
            .change_many(&mut transaction, &actor, organization, changes, existing)
            .await?;
        let note = undo_note(&plan);
        self.audit_reset(
            &mut transaction,
            &actor,
            organization,
            "Reset of integration exceptions undone",
            &note,
        )
        .await?;
        self.write_history(
            &mut transaction,
            &actor,
            organization,
            None,
            Deed::ResetUndone,
            note,
        )
        .await?;
        transaction.commit().await?;
        self.sweep_many(organization, existing, &lost).await?;
        Ok(plan)
    }

    async fn plan_undo(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        before: &Policies,
        clients: &[Client],
        id: Uuid,
    ) -> Result<UndoPlan> {
        let (organization, now) = (caller.organization_id, self.now());
        let reset = resets::since(&mut *transaction, organization, now.minus(UNDO_LIFE))
            .await?
            .into_iter()
            .find(|reset| reset.id == id)
            .ok_or_else(|| {
                Error::not_found("There is no reset with this id, or it is older than 30 days: it cannot be undone any more.")
            })?;
        if reset.undone.is_some() {
            return Err(already_undone(&reset));
        }
        if !reset.is_undoable(now) {
            return Err(Error::conflict(
                "This reset is 30 days old: it cannot be undone any more.",
            ));
        }
        let decided = policies::decided_after(transaction, organization, reset.revision).await?;
        let mut steps = Vec::new();
        for (client_id, audience) in &reset.exceptions {
            let audience = self.still_there(transaction, caller, audience).await?;
            let client = clients.iter().find(|client| client.client_id == *client_id);
            let step = match client {
                None => Restoration::Gone,
                Some(_) if decided.contains(client_id) => Restoration::DecidedSince,
                Some(_) if before.audience_of(client_id) == audience => Restoration::SaysTheSame,
                Some(_) => Restoration::Restored,
            };
            let name = client.map_or_else(|| client_id.clone(), |client| client.name.clone());
            steps.push((name, audience, step));
        }
        Ok(UndoPlan { reset, steps })
    }

    /// The audience without those who were deleted since. When nobody of a list is left, an allowed list lets nobody in
    /// and a denied one shuts nobody out.
    async fn still_there(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        audience: &Audience,
    ) -> Result<Audience> {
        let ids: Vec<PersonId> = audience.named().iter().copied().collect();
        let people: BTreeSet<PersonId> = self
            .core
            .directory
            .hold_people(transaction, caller.organization_id, &ids)
            .await?
            .into_iter()
            .collect();
        Ok(match audience {
            Audience::Only(_) => Audience::Only(people),
            Audience::AllBut(_) => Audience::AllBut(people),
        })
    }
}

fn already_undone(reset: &Reset) -> Error {
    let by = reset
        .undone
        .as_ref()
        .map_or_else(|| "somebody".to_owned(), |(_, by)| by.clone());
    Error::conflict(format!(
        "This reset was undone by {by} already. Nothing was changed."
    ))
}

fn undo_note(plan: &UndoPlan) -> String {
    let mut sentences = vec![match plan.count(Restoration::Restored) {
        1 => "1 exception came back.".to_owned(),
        many => format!("{many} exceptions came back."),
    }];
    for (restoration, words) in [
        (Restoration::DecidedSince, "decided since and left as they are"),
        (Restoration::SaysTheSame, "said by the policy already"),
        (Restoration::Gone, "of integrations that do not exist any more"),
    ] {
        match plan.count(restoration) {
            0 => {}
            many => sentences.push(format!("{many} {words}.")),
        }
    }
    sentences.join(" ")
}
