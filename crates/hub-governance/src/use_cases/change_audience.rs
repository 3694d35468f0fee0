use std::collections::BTreeMap;

use hub_directory::{OrganizationId, PersonId};
use hub_events::{AuditCategory, AuditEntry, SecurityEvent, SecurityEventKind, Subject, Target};
use hub_oauth::{Client, GrantId};
use kit::{Result, Uuid};
use kit_sql::Transaction;

use super::actor::Actor;
use crate::governance::Governance;
use crate::model::{AccessRequest, Audience, Existing, RequestState, Standing};
use crate::store::policies::Policies;
use crate::store::{bounds, expiries, policies, requests};

/// What a change of policy finds before it begins: read outside of its transaction, which waits for nothing else.
#[derive(Clone, Debug, Default)]
pub(crate) struct Holders {
    grants: Vec<(GrantId, PersonId)>,
    emails: BTreeMap<PersonId, String>,
}

/// Who may use an integration from now on, and what becomes of what the others hold.
#[derive(Clone, Debug)]
pub(crate) struct AudienceChange<'a> {
    pub(crate) client: &'a Client,
    pub(crate) to: Audience,
    pub(crate) existing: Existing,
}

/// What a change did.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    /// Who may not use it any more.
    pub(crate) lost: Audience,
    /// Whose requests it answered.
    pub(crate) answered: Vec<AccessRequest>,
}

impl Governance {
    /// Who holds grants of the integration, and the addresses of the people whom a change names.
    pub(crate) async fn holders(
        &self,
        organization: OrganizationId,
        client_id: &str,
        to: &Audience,
    ) -> Result<Holders> {
        let before = policies::policies(&self.core.database, organization)
            .await?
            .audience_of(client_id);
        let named: Vec<PersonId> = before.named().union(to.named()).copied().collect();
        let accounts = self.core.directory.accounts_of(&named).await?;
        let emails = accounts
            .into_iter()
            .map(|account| (account.person_id, account.email))
            .collect();
        // Where everybody loses it, nobody needs to be told one by one.
        let grants = if to.is_nobody() || before.minus(to).is_nobody() {
            Vec::new()
        } else {
            let oauth = self.oauth()?;
            let people: Vec<PersonId> = oauth
                .people_using(organization, client_id)
                .await?
                .into_iter()
                .map(|adopter| adopter.person_id)
                .collect();
            oauth.grants_given_by(organization, client_id, &people).await?
        };
        Ok(Holders { grants, emails })
    }

    /// Changes who may use one integration: the one place that keeps the invariants. An exception exists only while it
    /// differs from the default; whoever is shut out loses what they gave, or keeps it; whoever is let in and waits is
    /// answered; everybody who must know is told. Nothing where nothing changes.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence: who does what to which integration"
    )]
    pub(crate) async fn change_audience(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization: OrganizationId,
        before: &Policies,
        holders: &Holders,
        change: AudienceChange<'_>,
    ) -> Result<Option<Changed>> {
        let AudienceChange { client, to, existing } = change;
        let client_id = client.client_id.as_str();
        let from = before.audience_of(client_id);
        if from == to {
            return Ok(None);
        }
        let now = self.now();
        if to == Audience::from(before.default) {
            policies::delete_exception(transaction, organization, client_id).await?;
        } else {
            policies::put_exception(transaction, organization, client_id, &to, now).await?;
        }
        let revision = policies::next_revision(transaction, organization).await?;
        policies::note_decision(transaction, organization, client_id, revision).await?;
        self.forget_expiries(transaction, organization, client_id, &to)
            .await?;
        let lost = from.minus(&to);
        self.shut_out(transaction, organization, client_id, &from, &lost, existing)
            .await?;
        if !to.minus(&from).is_nobody() {
            requests::delete_stop(transaction, organization, client_id).await?;
        }
        let answered = self
            .answer_the_permitted(transaction, actor, organization, client, &to)
            .await?;
        self.audit_audience(transaction, actor, organization, client, holders, (&from, &to))
            .await?;
        self.announce_change(
            transaction,
            actor,
            organization,
            client,
            holders,
            (&from, &to),
            existing,
        )
        .await?;
        Ok(Some(Changed { lost, answered }))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence: who does what to which integration"
    )]
    pub(crate) async fn shut_out(
        &self,
        transaction: &mut Transaction,
        organization: OrganizationId,
        client_id: &str,
        from: &Audience,
        lost: &Audience,
        existing: Existing,
    ) -> Result<()> {
        if lost.is_nobody() {
            return Ok(());
        }
        let (bound, own) = bounds::read(&mut *transaction, organization, client_id).await?;
        let standing = Standing {
            audience: from.clone(),
            bound,
            bounds: own,
        };
        let (bound, own) = standing.shutting_out(lost, existing, self.now());
        bounds::replace(transaction, organization, client_id, bound, &own).await
    }

    /// An approval for a time counts no longer once somebody decided otherwise.
    pub(crate) async fn forget_expiries(
        &self,
        transaction: &mut Transaction,
        organization: OrganizationId,
        client_id: &str,
        to: &Audience,
    ) -> Result<()> {
        for expiry in expiries::of_client(&mut *transaction, organization, client_id).await? {
            let goes_on = expiry
                .person_id
                .is_some_and(|person| to.permits(person) && !to.is_everybody());
            if !goes_on {
                expiries::delete(transaction, organization, client_id, expiry.person_id).await?;
            }
        }
        Ok(())
    }

    /// Closes the open requests of those who may use the integration now, and tells them.
    pub(crate) async fn answer_the_permitted(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization: OrganizationId,
        client: &Client,
        to: &Audience,
    ) -> Result<Vec<AccessRequest>> {
        let concerned = [client.client_id.clone()];
        let mut answered = requests::open_for(transaction, organization, &concerned).await?;
        answered.retain(|request| to.permits(request.person_id));
        let ids: Vec<Uuid> = answered.iter().map(|request| request.id).collect();
        let settlement = actor.settles(RequestState::Allowed, "", self.now());
        requests::settle(transaction, &ids, RequestState::Open, &settlement).await?;
        self.tell_requesters(transaction, client, &answered, &settlement)
            .await?;
        Ok(answered)
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence: who does what to which integration"
    )]
    async fn audit_audience(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization: OrganizationId,
        client: &Client,
        holders: &Holders,
        (from, to): (&Audience, &Audience),
    ) -> Result<()> {
        let (previous, new) = (in_words(from, holders), in_words(to, holders));
        let entry = AuditEntry {
            organization_id: organization,
            actor: actor.audited(),
            category: AuditCategory::Integrations,
            description: "Integration policy changed".to_owned(),
            action_text: format!("{} changed who may use {}: {new}.", actor.name(), client.name),
            target: Some(target(client)),
            setting: Some("integrationPolicy".to_owned()),
            previous_value: Some(previous),
            new_value: Some(new),
        };
        self.recorder().audit(transaction, &entry).await
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence about one change"
    )]
    async fn announce_change(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization: OrganizationId,
        client: &Client,
        holders: &Holders,
        (from, to): (&Audience, &Audience),
        existing: Existing,
    ) -> Result<()> {
        let about_client = || Subject::Client {
            client_id: client.client_id.clone(),
        };
        let mut subjects: Vec<(Subject, SecurityEventKind)> = Vec::new();
        let lost = from.minus(to);
        if !lost.is_nobody() {
            match existing {
                Existing::Spare => {
                    subjects.push((about_client(), SecurityEventKind::IntegrationBlockedForNew));
                }
                Existing::End if to.is_nobody() => {
                    subjects.push((about_client(), SecurityEventKind::IntegrationBlocked));
                }
                // Others go on with it: only what died is announced.
                Existing::End => subjects.extend(
                    holders
                        .grants
                        .iter()
                        .filter(|(_, person)| lost.permits(*person))
                        .map(|(grant, person)| {
                            let subject = Subject::Grant {
                                grant_id: grant.uuid(),
                                person_id: *person,
                                client_id: client.client_id.clone(),
                            };
                            (subject, SecurityEventKind::IntegrationBlocked)
                        }),
                ),
            }
        }
        if !to.minus(from).is_nobody() {
            subjects.push((about_client(), SecurityEventKind::IntegrationAllowed));
        }
        for (subject, kind) in subjects {
            let event = SecurityEvent {
                organization_id: organization,
                subject,
                kind,
                initiator: actor.initiator(),
                reason: format!("{} changed who may use {}.", actor.name(), client.name),
            };
            self.recorder().announce(transaction, &event).await?;
        }
        Ok(())
    }

    /// Marks what a decision ended as revoked, so that lists and counts know it too. The decision itself holds without
    /// it: the gate refuses everything that was given until then.
    pub(crate) async fn sweep(
        &self,
        organization: OrganizationId,
        client_id: &str,
        lost: &Audience,
    ) -> Result<()> {
        if lost.is_nobody() {
            return Ok(());
        }
        let oauth = self.oauth()?;
        if lost.is_everybody() {
            oauth.revoke_client_in(organization, client_id).await?;
        } else {
            let people: Vec<PersonId> = oauth
                .people_using(organization, client_id)
                .await?
                .into_iter()
                .map(|adopter| adopter.person_id)
                .filter(|person| lost.permits(*person))
                .collect();
            oauth.revoke_client_of(&people, client_id).await?;
        }
        self.nudge();
        Ok(())
    }
}

pub(crate) fn target(client: &Client) -> Target {
    Target {
        kind: "APPLICATION",
        id: webex::application_id(&client.client_id),
        name: client.name.clone(),
    }
}

/// How many people a sentence names.
const MOST_NAMED: usize = 20;

fn in_words(audience: &Audience, holders: &Holders) -> String {
    if audience.is_everybody() {
        return "allowed for everybody".to_owned();
    }
    if audience.is_nobody() {
        return "blocked for everybody".to_owned();
    }
    let people = audience.named();
    let mut named: Vec<String> = people
        .iter()
        .take(MOST_NAMED)
        .map(|person| {
            holders
                .emails
                .get(person)
                .cloned()
                .unwrap_or_else(|| person.to_string())
        })
        .collect();
    named.sort();
    let more = match people.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let how = match audience {
        Audience::Only(_) => "allowed only for",
        Audience::AllBut(_) => "blocked only for",
    };
    format!("{how} {}{more}", named.join(", "))
}
