use hub_directory::{Caller, OrganizationId};
use hub_events::{AuditCategory, AuditEntry};
use hub_oauth::Client;
use kit::{Error, Result, Timestamp, Uuid};
use kit_sql::Transaction;

use super::actor::Actor;
use super::change_audience::{AudienceChange, target};
use super::rights::RequestRight;
use crate::governance::Governance;
use crate::model::{
    AccessRequest, Audience, Deed, Existing, Expiry, LONGEST_JUSTIFICATION, RequestState, bounded_text,
};
use crate::store::{expiries, policies, requests};

/// What is decided about requests for one integration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Those who asked may use it, until a moment or for good.
    AllowThese {
        /// Whose requests.
        requests: Vec<Uuid>,
        /// When the approval ends by itself.
        expires_at: Option<Timestamp>,
    },
    /// Everybody may use it.
    AllowAll {
        /// When the approval ends by itself.
        expires_at: Option<Timestamp>,
    },
    /// No, with the reason. Whoever tries again asks again.
    Deny {
        /// Whose requests.
        requests: Vec<Uuid>,
        /// What the people read.
        justification: String,
    },
    /// No to everybody, and nobody can ask any more until the integration is allowed.
    Block {
        /// What the people read.
        justification: String,
    },
}

impl Governance {
    /// Decides requests for one integration; says how many. A reviewer decides those of other people one by one; who
    /// else may use it is for a Full Administrator to say.
    pub async fn decide_requests(
        &self,
        caller: &Caller,
        client_id: &str,
        decision: Decision,
    ) -> Result<usize> {
        let right = self.request_right(caller).await?;
        require(right, &decision)?;
        let client = self.client(client_id).await?;
        let actor = self.actor(caller).await?;
        match decision {
            Decision::AllowThese { requests, expires_at } => {
                self.allow_these(caller, right, &actor, &client, &requests, expires_at)
                    .await
            }
            Decision::AllowAll { expires_at } => self.allow_all(caller, &actor, &client, expires_at).await,
            Decision::Deny {
                requests,
                justification,
            } => {
                let justification = justified(&justification)?;
                self.deny_these(caller, right, &actor, &client, &requests, &justification)
                    .await
            }
            Decision::Block { justification } => {
                self.block(caller, &actor, &client, &justified(&justification)?)
                    .await
            }
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence: who does what to which integration"
    )]
    #[expect(
        clippy::too_many_lines,
        reason = "one transaction, told from its beginning to its end"
    )]
    async fn allow_these(
        &self,
        caller: &Caller,
        right: RequestRight,
        actor: &Actor,
        client: &Client,
        ids: &[Uuid],
        expires_at: Option<Timestamp>,
    ) -> Result<usize> {
        self.require_future(expires_at)?;
        let organization = caller.organization_id;
        let unlocked = policies::policies(&self.core.database, organization).await?;
        let holders = self
            .holders(
                organization,
                &client.client_id,
                &unlocked.audience_of(&client.client_id),
            )
            .await?;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let chosen = self.chosen(&mut transaction, caller, right, client, ids).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        let to = chosen
            .iter()
            .fold(before.audience_of(&client.client_id), |audience, request| {
                audience.with(request.person_id)
            });
        let change = AudienceChange {
            client,
            to,
            existing: Existing::Spare,
        };
        self.change_audience(&mut transaction, actor, organization, &before, &holders, change)
            .await?;
        // Somebody else may have let them in by another way meanwhile: what is still open is answered here.
        let settlement = actor.settles(RequestState::Allowed, "", self.now());
        let ids: Vec<Uuid> = chosen.iter().map(|request| request.id).collect();
        requests::settle(&mut transaction, &ids, RequestState::Open, &settlement).await?;
        for request in &chosen {
            match expires_at {
                Some(expires_at) => {
                    let expiry = Expiry {
                        person_id: Some(request.person_id),
                        expires_at,
                        given_by: actor.name().to_owned(),
                        afterwards: Audience::nobody(),
                    };
                    expiries::put(&mut transaction, organization, &client.client_id, &expiry).await?;
                }
                None => {
                    expiries::delete(
                        &mut transaction,
                        organization,
                        &client.client_id,
                        Some(request.person_id),
                    )
                    .await?;
                }
            }
        }
        let note = format!("{}{}", names(&chosen), until(expires_at));
        self.note_decision(
            &mut transaction,
            actor,
            organization,
            client,
            Deed::Approved,
            note,
        )
        .await?;
        transaction.commit().await?;
        self.wake_requests();
        Ok(chosen.len())
    }

    async fn allow_all(
        &self,
        caller: &Caller,
        actor: &Actor,
        client: &Client,
        expires_at: Option<Timestamp>,
    ) -> Result<usize> {
        self.require_future(expires_at)?;
        let organization = caller.organization_id;
        let to = Audience::everybody();
        let holders = self.holders(organization, &client.client_id, &to).await?;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        let expiring = expiries::of_client(&mut transaction, organization, &client.client_id).await?;
        let until_now = expiring.iter().find(|expiry| expiry.person_id.is_none()).cloned();
        let change = AudienceChange {
            client,
            to,
            existing: Existing::Spare,
        };
        let changed = self
            .change_audience(&mut transaction, actor, organization, &before, &holders, change)
            .await?;
        if changed.is_none() && until_now.is_none() {
            return Err(Error::conflict(
                "Everybody may use this integration already. Nothing was changed.",
            ));
        }
        match expires_at {
            Some(expires_at) => {
                let expiry = Expiry {
                    person_id: None,
                    expires_at,
                    given_by: actor.name().to_owned(),
                    // An approval that is prolonged ends where the first would have ended.
                    afterwards: until_now.map_or_else(
                        || without_expiring(before.audience_of(&client.client_id), &expiring),
                        |expiry| expiry.afterwards,
                    ),
                };
                expiries::put(&mut transaction, organization, &client.client_id, &expiry).await?;
            }
            None => expiries::delete(&mut transaction, organization, &client.client_id, None).await?,
        }
        let note = format!("Everybody{}", until(expires_at));
        self.note_decision(
            &mut transaction,
            actor,
            organization,
            client,
            Deed::Approved,
            note,
        )
        .await?;
        transaction.commit().await?;
        self.wake_requests();
        Ok(changed.map_or(0, |changed| changed.answered.len()))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence: who does what to which integration"
    )]
    async fn deny_these(
        &self,
        caller: &Caller,
        right: RequestRight,
        actor: &Actor,
        client: &Client,
        ids: &[Uuid],
        justification: &str,
    ) -> Result<usize> {
        let organization = caller.organization_id;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let chosen = self.chosen(&mut transaction, caller, right, client, ids).await?;
        self.refuse(
            &mut transaction,
            actor,
            client,
            &chosen,
            RequestState::Denied,
            justification,
        )
        .await?;
        let note = format!("{} “{justification}”", names(&chosen));
        self.note_decision(&mut transaction, actor, organization, client, Deed::Denied, note)
            .await?;
        transaction.commit().await?;
        Ok(chosen.len())
    }

    async fn block(
        &self,
        caller: &Caller,
        actor: &Actor,
        client: &Client,
        justification: &str,
    ) -> Result<usize> {
        let organization = caller.organization_id;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let before = policies::policies(&mut transaction, organization).await?;
        if before.audience_of(&client.client_id).is_everybody() {
            return Err(Error::conflict(
                "Everybody may use this integration, so nobody asks for it. Disable it first.",
            ));
        }
        let concerned = [client.client_id.clone()];
        let open = requests::open_for(&mut transaction, organization, &concerned).await?;
        self.refuse(
            &mut transaction,
            actor,
            client,
            &open,
            RequestState::Blocked,
            justification,
        )
        .await?;
        let settlement = actor.settles(RequestState::Blocked, justification, self.now());
        requests::put_stop(&mut transaction, organization, &client.client_id, &settlement).await?;
        let note = format!("“{justification}”");
        self.note_decision(
            &mut transaction,
            actor,
            organization,
            client,
            Deed::RequestsBlocked,
            note,
        )
        .await?;
        transaction.commit().await?;
        Ok(open.len())
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence: who does what to which integration"
    )]
    async fn refuse(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        client: &Client,
        chosen: &[AccessRequest],
        state: RequestState,
        justification: &str,
    ) -> Result<()> {
        let settlement = actor.settles(state, justification, self.now());
        let ids: Vec<Uuid> = chosen.iter().map(|request| request.id).collect();
        requests::settle(transaction, &ids, RequestState::Open, &settlement).await?;
        self.tell_requesters(transaction, client, chosen, &settlement)
            .await
    }

    /// The requests that somebody chose: all of this integration, all open, none of a reviewer's own.
    async fn chosen(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        right: RequestRight,
        client: &Client,
        ids: &[Uuid],
    ) -> Result<Vec<AccessRequest>> {
        if ids.is_empty() {
            return Err(Error::invalid(
                "Choose at least one request. Nothing was decided.",
            ));
        }
        let mut chosen: Vec<AccessRequest> = Vec::new();
        for id in ids.iter().take(1_000) {
            let found = requests::find(&mut *transaction, caller.organization_id, *id).await?;
            let request = found
                .filter(|request| request.client_id == client.client_id)
                .ok_or_else(|| Error::not_found("There is no such request for this integration."))?;
            if request.state != RequestState::Open {
                return Err(Error::conflict(format!(
                    "The request of {} is not open any more: {} decided it already. Nothing was changed.",
                    request.person_name, request.decided_by_name
                )));
            }
            if right == RequestRight::Review && request.person_id == caller.person_id {
                return Err(Error::forbidden(
                    "Nobody decides their own request. Another reviewer or a Full Administrator can. Nothing was changed.",
                ));
            }
            if chosen.iter().all(|other| other.id != request.id) {
                chosen.push(request);
            }
        }
        Ok(chosen)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence: who does what to which integration"
    )]
    async fn note_decision(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization: OrganizationId,
        client: &Client,
        deed: Deed,
        note: String,
    ) -> Result<()> {
        let entry = AuditEntry {
            organization_id: organization,
            actor: actor.audited(),
            category: AuditCategory::Integrations,
            description: deed.words().to_owned(),
            action_text: format!(
                "{} decided requests for {}: {}: {note}",
                actor.name(),
                client.name,
                deed.words()
            ),
            target: Some(target(client)),
            setting: Some("accessRequests".to_owned()),
            previous_value: Some(RequestState::Open.word().to_owned()),
            new_value: Some(deed.word().to_owned()),
        };
        self.recorder().audit(transaction, &entry).await?;
        self.write_history(
            transaction,
            actor,
            organization,
            Some(&client.client_id),
            deed,
            note,
        )
        .await
    }

    fn require_future(&self, expires_at: Option<Timestamp>) -> Result<()> {
        if expires_at.is_some_and(|moment| moment <= self.now()) {
            return Err(Error::invalid(
                "An approval cannot end in the past. Choose a later moment. Nothing was decided.",
            ));
        }
        Ok(())
    }
}

fn require(right: RequestRight, decision: &Decision) -> Result<()> {
    let is_policy = matches!(decision, Decision::AllowAll { .. } | Decision::Block { .. });
    match right {
        RequestRight::Decide => Ok(()),
        RequestRight::Review if !is_policy => Ok(()),
        RequestRight::Review => Err(Error::forbidden(
            "Reviewers decide the requests of single people. Whom the policy lets in beyond them is for a Full Administrator to say. Nothing was changed.",
        )),
        RequestRight::See => Err(Error::forbidden(
            "Only a Full Administrator or a reviewer of your organization can decide this. Nothing was changed.",
        )),
    }
}

fn justified(text: &str) -> Result<String> {
    let text = bounded_text(text, LONGEST_JUSTIFICATION, "justification")?;
    if text.is_empty() {
        return Err(Error::invalid(
            "Write why: the people who asked read it. Nothing was decided.",
        ));
    }
    Ok(text)
}

/// How many people a line of the history names.
const MOST_NAMED: usize = 10;

fn names(chosen: &[AccessRequest]) -> String {
    let named: Vec<&str> = chosen
        .iter()
        .take(MOST_NAMED)
        .map(|request| request.person_name.as_str())
        .collect();
    match chosen.len().saturating_sub(MOST_NAMED) {
        0 => format!("{}.", named.join(", ")),
        more => format!("{} and {more} more.", named.join(", ")),
    }
}

fn until(expires_at: Option<Timestamp>) -> String {
    expires_at.map_or_else(String::new, |moment| format!(" Until {moment}."))
}

/// Those who are approved for a time are not among those who may use the integration when a longer approval is over.
fn without_expiring(audience: Audience, expiring: &[Expiry]) -> Audience {
    expiring
        .iter()
        .filter_map(|expiry| expiry.person_id)
        .fold(audience, Audience::without)
}
