use std::time::Duration;

use hub_directory::OrganizationId;
use hub_events::Letter;
use kit::Result;

use super::actor::Actor;
use super::change_audience::AudienceChange;
use crate::governance::Governance;
use crate::model::{Audience, Deed, Existing, RequestState};
use crate::store::expiries::Due;
use crate::store::{expiries, policies, requests};

/// How long nothing is looked at when nothing is known to fall due.
const PERIOD: Duration = Duration::from_secs(3600);
/// How long a request waits until whoever decides is reminded, and then again after the same time.
const REMIND_AFTER: Duration = Duration::from_secs(3 * 24 * 3600);
/// How many approvals are ended in one pass.
const AT_ONCE: i64 = 100;

impl Governance {
    /// Ends approvals whose time is over and reminds of requests that nobody decides, until it is dropped. Idempotent:
    /// what a failed pass left out, the next brings.
    pub async fn reconcile_requests(&self) {
        loop {
            if let Err(error) = self.tend_requests().await {
                tracing::warn!(
                    chain = error.chain(),
                    "approvals and reminders were not looked after; the next pass tries again"
                );
            }
            let next = expiries::next(&self.core.database).await.ok().flatten();
            let pause = next.map_or(PERIOD, |moment| moment.since(self.now()).min(PERIOD));
            // What could not be ended falls due again and again: not without a breath between.
            let pause = pause.max(Duration::from_secs(1));
            tokio::select! {
                () = self.core.clock.sleep(pause) => {}
                () = self.requests_woken() => {}
            }
        }
    }

    /// One pass; says how many approvals ended and how many organizations were reminded.
    pub async fn tend_requests(&self) -> Result<(usize, usize)> {
        let mut ended = 0;
        loop {
            let due = expiries::due(&self.core.database, self.now(), AT_ONCE).await?;
            let before = ended;
            for one in &due {
                match self.end_approval(one).await {
                    Ok(()) => ended += 1,
                    // One that cannot be ended must not hold up those of every other organization.
                    Err(error) => tracing::warn!(
                        chain = error.chain(),
                        organization = %one.organization_id,
                        client = one.client_id,
                        "an approval could not be ended; the next pass tries again"
                    ),
                }
            }
            if ended == before {
                break;
            }
        }
        let now = self.now();
        let before = now.minus(REMIND_AFTER);
        let organizations = requests::to_remind(&self.core.database, before, before).await?;
        for organization in &organizations {
            self.remind(*organization).await?;
        }
        Ok((ended, organizations.len()))
    }

    #[expect(
        clippy::too_many_lines,
        reason = "one transaction, told from its beginning to its end"
    )]
    async fn end_approval(&self, due: &Due) -> Result<()> {
        let organization = due.organization_id;
        let actor = Actor::Program("The expiry of an approval");
        let Some(client) = self.oauth()?.client(&due.client_id).await? else {
            let mut transaction = policies::lock(&self.core.database, organization).await?;
            expiries::take(&mut transaction, due).await?;
            return transaction.commit().await;
        };
        let unlocked = policies::policies(&self.core.database, organization).await?;
        let after = |audience: Audience| match due.person_id {
            Some(person) => audience.without(person),
            // Who might use it before everybody might, may go on.
            None => due.afterwards.clone(),
        };
        let holders = self
            .holders(
                organization,
                &due.client_id,
                &after(unlocked.audience_of(&due.client_id)),
            )
            .await?;
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        if !expiries::take(&mut transaction, due).await? {
            return transaction.commit().await;
        }
        let before = policies::policies(&mut transaction, organization).await?;
        let change = AudienceChange {
            client: &client,
            to: after(before.audience_of(&due.client_id)),
            existing: Existing::End,
        };
        let changed = self
            .change_audience(&mut transaction, &actor, organization, &before, &holders, change)
            .await?;
        let told = match due.person_id {
            Some(person) => requests::of_person(&mut transaction, person, Some(&due.client_id)).await?,
            None => requests::allowed_for(&mut transaction, organization, &due.client_id).await?,
        };
        let told: Vec<_> = told
            .into_iter()
            .filter(|request| request.state == RequestState::Allowed)
            .collect();
        let ids: Vec<kit::Uuid> = told.iter().map(|request| request.id).collect();
        let settlement = actor.settles(RequestState::Ended, "", self.now());
        requests::settle(&mut transaction, &ids, RequestState::Allowed, &settlement).await?;
        self.tell_requesters(&mut transaction, &client, &told, &settlement)
            .await?;
        let note = match due.person_id {
            Some(_) => told
                .first()
                .map_or_else(String::new, |request| format!("{}.", request.person_name)),
            None => "Everybody.".to_owned(),
        };
        self.write_history(
            &mut transaction,
            &actor,
            organization,
            Some(&due.client_id),
            Deed::ApprovalEnded,
            note,
        )
        .await?;
        transaction.commit().await?;
        match changed {
            Some(changed) => self.sweep(organization, &due.client_id, &changed.lost).await,
            None => Ok(()),
        }
    }

    /// One letter to each who decides, about everything that waits.
    async fn remind(&self, organization: OrganizationId) -> Result<()> {
        let deciders = self.core.deciders(organization).await?;
        let now = self.now();
        let mut transaction = policies::lock(&self.core.database, organization).await?;
        let Some((waiting, since)) = requests::note_reminded(&mut transaction, organization, now).await?
        else {
            return transaction.commit().await;
        };
        let (subject, verb) = match waiting {
            1 => ("1 request waits for a decision".to_owned(), "waits"),
            many => (format!("{many} requests wait for a decision"), "wait"),
        };
        for decider in deciders {
            let letter = Letter {
                organization_id: organization,
                to: decider.email,
                subject: subject.clone(),
                paragraphs: vec![format!(
                    "People of your organization tried to authorize integrations that they may not use. {subject_start} {verb} for a decision, the oldest since {since}.",
                    subject_start = if waiting == 1 {
                        "1 request".to_owned()
                    } else {
                        format!("{waiting} requests")
                    },
                )],
                link: Some(("Open the Alerts center".to_owned(), "/alerts".to_owned())),
                once_key: Some(format!(
                    "access-requests-reminder:{organization}:{now}:{}",
                    decider.person_id
                )),
            };
            self.recorder().send(&mut transaction, &letter).await?;
        }
        transaction.commit().await
    }
}
