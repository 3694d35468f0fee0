use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Redirect;
use kit::{Result, Timestamp};
use kit_web::{BrowserId, Form, NoFields, Page, PageError, Query};
use serde::Deserialize;
use suite_tenancy::{Action, Actor, Customer, CustomerId, PageActor};

use super::card_view::{CardView, outcome_words};
use crate::authorizations::CustomerLink;
use crate::model::{CheckOutcome, IntegrationKey, Invitation, InvitationState};
use crate::{AuthorizationState, Authorizations};

#[derive(Template)]
#[template(path = "customer.html")]
struct CustomerTemplate {
    customer: Customer,
    cards: Vec<CardView>,
    invitations: Vec<InvitationView>,
    links: Vec<CustomerLink>,
    notice: Option<Notice>,
    rights: Rights,
}

/// What the actor may do on this page.
pub(super) struct Rights {
    pub(super) authorize: bool,
    pub(super) check: bool,
    pub(super) invite: bool,
    pub(super) manage: bool,
}

/// The outcome of what was done before, from a word in the query: nobody can put their own sentence there.
struct Notice {
    class: &'static str,
    icon: &'static str,
    role: &'static str,
    title: String,
    text: String,
}

struct InvitationView {
    invitation: Invitation,
    state: InvitationState,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Outcome {
    outcome: String,
    integration: String,
}

impl InvitationView {
    fn names(&self) -> String {
        let names: Vec<_> = self
            .invitation
            .integrations
            .iter()
            .map(|key| key.integration().name)
            .collect();
        names.join(", ")
    }

    fn word(&self) -> &'static str {
        match self.state {
            InvitationState::Open => "Open",
            InvitationState::UsedUp => "Used up",
            InvitationState::Expired => "Ended",
            InvitationState::Revoked => "Taken back",
        }
    }

    fn is_open(&self) -> bool {
        self.state == InvitationState::Open
    }
}

impl CustomerTemplate {
    fn done(&self) -> usize {
        self.cards.iter().filter(|card| card.is_done()).count()
    }
}

pub(super) async fn show(
    State(authorizations): State<Authorizations>,
    PageActor(actor): PageActor,
    Path(customer_id): Path<String>,
    Query(outcome): Query<Outcome>,
) -> Result<Page, PageError> {
    let id = customer_id_of(&customer_id)?;
    actor.require(Action::ViewCustomer, Some(id))?;
    let customer = authorizations.parts().tenancy.customer(&actor, id).await?;
    let now = authorizations.now();
    let cards = authorizations.cards(&actor, id).await?;
    let notice = notice(&outcome, &cards);
    let invitations = authorizations.invitations(&actor, id).await?;
    let template = CustomerTemplate {
        cards: cards.into_iter().map(|card| CardView::new(card, now)).collect(),
        invitations: invitations
            .into_iter()
            .map(|invitation| view(invitation, now))
            .collect(),
        links: authorizations
            .parts()
            .customer_links
            .iter()
            .filter(|link| actor.may(link.action, Some(id)))
            .copied()
            .collect(),
        rights: rights(&actor, id),
        notice,
        customer,
    };
    Ok(Page::new(template.customer.name.clone(), &template))
}

pub(super) async fn authorize(
    State(authorizations): State<Authorizations>,
    PageActor(actor): PageActor,
    Extension(BrowserId(browser)): Extension<BrowserId>,
    Path((customer_id, integration)): Path<(String, String)>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    let url = authorizations
        .begin(
            &actor,
            customer_id_of(&customer_id)?,
            IntegrationKey::from_word(&integration)?,
            &browser,
        )
        .await?;
    Ok(Redirect::to(url.as_str()))
}

pub(super) async fn check(
    State(authorizations): State<Authorizations>,
    PageActor(actor): PageActor,
    Path((customer_id, integration)): Path<(String, String)>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    let (id, key) = (
        customer_id_of(&customer_id)?,
        IntegrationKey::from_word(&integration)?,
    );
    authorizations.check(&actor, id, key).await?;
    Ok(Redirect::to(&format!(
        "/customers/{id}?outcome=checked&integration={}",
        key.word()
    )))
}

pub(super) fn customer_id_of(text: &str) -> Result<CustomerId> {
    CustomerId::parse(text)
        .map_err(|_| kit::Error::not_found("There is no such customer, or you may not see it."))
}

fn rights(actor: &Actor, id: CustomerId) -> Rights {
    Rights {
        authorize: actor.may(Action::AuthorizeIntegration, Some(id)),
        check: actor.may(Action::CheckAuthorization, Some(id)),
        invite: actor.may(Action::InviteAuthorizer, Some(id)),
        manage: actor.may(Action::ManageCustomers, Some(id)),
    }
}

fn view(invitation: Invitation, now: Timestamp) -> InvitationView {
    InvitationView {
        state: invitation.state(now),
        invitation,
    }
}

fn notice(outcome: &Outcome, cards: &[crate::Card]) -> Option<Notice> {
    let key = IntegrationKey::from_word(&outcome.integration).ok();
    let card = key.and_then(|key| cards.iter().find(|card| card.integration.key == key));
    let success = |title: String, text: String| Notice {
        class: "notice-success",
        icon: "circle-check",
        role: "status",
        title,
        text,
    };
    let warning = |title: String, text: String| Notice {
        class: "notice-warning",
        icon: "triangle-alert",
        role: "status",
        title,
        text,
    };
    match (outcome.outcome.as_str(), card) {
        ("authorized", Some(card)) if matches!(card.state, AuthorizationState::Granted(_)) => {
            let by = card
                .grant
                .as_ref()
                .map(|grant| grant.person_name.as_str())
                .unwrap_or_default();
            Some(success(
                format!("{} is authorized", card.integration.name),
                format!("{by} authorized it. It works from now on."),
            ))
        }
        ("checked", Some(card)) => card.check.as_ref().map(|report| {
            let title = format!("{}: {}", card.integration.name, outcome_words(report));
            match (report.outcome(), report.worst()) {
                (CheckOutcome::Passed, _) | (_, None) => {
                    success(title, "Every question was answered as it should be.".to_owned())
                }
                (CheckOutcome::Doubtful, Some(finding)) => warning(title, finding.answered.clone()),
                (CheckOutcome::Failed, Some(finding)) => Notice {
                    class: "notice-danger",
                    icon: "circle-x",
                    role: "alert",
                    title,
                    text: finding.answered.clone(),
                },
            }
        }),
        ("declined", Some(card)) => Some(warning(
            format!("{} was not authorized", card.integration.name),
            "It was another organization. The tokens were given back; nothing was kept.".to_owned(),
        )),
        ("revoked", _) => Some(success(
            "The invitation was taken back".to_owned(),
            "Its link opens nothing any more.".to_owned(),
        )),
        _ => None,
    }
}
