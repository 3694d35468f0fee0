use askama::Template;
use axum::extract::State;
use kit::{Result, Timestamp};
use kit_web::{Page, PageError};
use suite_authorizations::{AuthorizationState, Authorizations, Card, GrantState, IntegrationKey};
use suite_directory::{SynchStatus, UsersSynch};
use suite_tenancy::{Action, Actor, Customer, CustomerSearch, PageActor, Tenancy};

use crate::urgency::{Advice, Urgency, is_alive, judge};

/// So many customers are looked at for the overview; with more of them the page says so.
const MOST_CUSTOMERS: i64 = 100;

/// What the overview asks.
#[derive(Clone)]
pub(crate) struct Overview {
    pub(crate) tenancy: Tenancy,
    pub(crate) authorizations: Authorizations,
    pub(crate) synch: UsersSynch,
}

struct Line {
    customer: Customer,
    marks: Vec<Mark>,
    synch: Option<SynchStatus>,
    urgency: Urgency,
    advice: Option<Advice>,
}

/// One of the five, in a word.
struct Mark {
    name: &'static str,
    short: &'static str,
    word: &'static str,
    pill: &'static str,
    is_alive: bool,
    is_configured: bool,
}

impl Mark {
    fn of(card: &Card) -> Self {
        let (word, pill) = match &card.state {
            AuthorizationState::NotConfigured => ("Not configured", "pill"),
            AuthorizationState::NotAuthorized => ("Not authorized", "pill"),
            AuthorizationState::Pending { .. } => ("Pending", "pill pill-warning"),
            AuthorizationState::Unconfirmed { .. } => ("To be confirmed", "pill pill-warning"),
            AuthorizationState::Granted(state) => match state {
                GrantState::Active => ("Authorized", "pill pill-success"),
                GrantState::Degraded { .. } => ("Limited", "pill pill-warning"),
                GrantState::Failing { .. } => ("Renewal fails", "pill pill-warning"),
                GrantState::Misconfigured { .. } => ("Misconfigured", "pill pill-danger"),
                GrantState::TokenLimit { .. } => ("Token limit", "pill pill-warning"),
                GrantState::Dead { .. } => ("Ended", "pill pill-danger"),
            },
        };
        let short = match card.integration.key {
            IntegrationKey::UsersSynch => "Users' Synch",
            IntegrationKey::Presence => "Presence",
            IntegrationKey::CallControl => "Call control",
            IntegrationKey::CallAnalytics => "Analytics",
            IntegrationKey::SingleSignOn => "Sign-on",
        };
        let is_configured = card.state != AuthorizationState::NotConfigured;
        Self {
            name: card.integration.name,
            short,
            word,
            pill,
            is_alive: is_alive(card),
            is_configured,
        }
    }
}

impl Line {
    fn authorized(&self) -> usize {
        self.marks.iter().filter(|mark| mark.is_alive).count()
    }

    fn last_synch(&self) -> Option<Timestamp> {
        self.synch.as_ref()?.last_success.as_ref()?.finished_at()
    }

    fn people(&self) -> i64 {
        self.synch.as_ref().map_or(0, |synch| synch.people)
    }

    fn advice_class(&self) -> &'static str {
        match self.urgency {
            Urgency::Broken => "text-danger",
            Urgency::Doubtful => "text-warning",
            Urgency::Unfinished | Urgency::Fine => "muted",
        }
    }
}

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewTemplate {
    lines: Vec<Line>,
    total: i64,
    may_add: bool,
}

impl OverviewTemplate {
    fn authorized(&self) -> usize {
        self.lines.iter().map(Line::authorized).sum()
    }

    fn configured(&self) -> usize {
        self.lines
            .iter()
            .flat_map(|line| &line.marks)
            .filter(|mark| mark.is_configured)
            .count()
    }

    fn people(&self) -> i64 {
        self.lines.iter().map(Line::people).sum()
    }

    fn urgent(&self) -> usize {
        self.lines
            .iter()
            .filter(|line| line.urgency <= Urgency::Doubtful)
            .count()
    }

    fn has_more(&self) -> bool {
        usize::try_from(self.total).is_ok_and(|total| total > self.lines.len())
    }
}

/// `/`: every customer with its five authorizations, what needs attention first.
pub(crate) async fn show(
    State(overview): State<Overview>,
    PageActor(actor): PageActor,
) -> Result<Page, PageError> {
    let search = CustomerSearch {
        limit: MOST_CUSTOMERS,
        ..CustomerSearch::default()
    };
    let (customers, total) = overview.tenancy.search_customers(&actor, &search).await?;
    let mut lines = Vec::with_capacity(customers.len());
    for customer in customers {
        lines.push(line(&overview, &actor, customer).await?);
    }
    // A stable sort: customers of one urgency stay in the order of their names.
    lines.sort_by_key(|line| line.urgency);
    let may_add = actor.may(Action::ManageCustomers, None);
    Ok(Page::new(
        "Overview",
        &OverviewTemplate {
            lines,
            total,
            may_add,
        },
    ))
}

async fn line(overview: &Overview, actor: &Actor, customer: Customer) -> Result<Line> {
    let cards = overview.authorizations.cards(actor, customer.id).await?;
    let synch = if actor.may(Action::ViewDirectory, Some(customer.id)) {
        Some(overview.synch.status(actor, customer.id).await?)
    } else {
        None
    };
    let (urgency, advice) = judge(&customer, &cards, synch.as_ref());
    Ok(Line {
        customer,
        marks: cards.iter().map(Mark::of).collect(),
        synch,
        urgency,
        advice,
    })
}
