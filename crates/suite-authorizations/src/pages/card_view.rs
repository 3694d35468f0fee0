use std::time::Duration;

use kit::Timestamp;

use crate::model::{AuthorizationState, CheckOutcome, CheckReport, Finding, GrantState, Verdict};
use crate::use_cases::Card;

/// From when on a coming end is worth a colour.
const SOON: Duration = Duration::from_secs(14 * 24 * 3600);

/// A card as the template draws it.
pub(super) struct CardView {
    pub(super) card: Card,
    pub(super) now: Timestamp,
}

impl CardView {
    pub(super) fn new(card: Card, now: Timestamp) -> Self {
        Self { card, now }
    }

    pub(super) fn key(&self) -> &'static str {
        self.card.integration.key.word()
    }

    /// The word in the pill.
    pub(super) fn word(&self) -> String {
        match &self.card.state {
            AuthorizationState::NotConfigured => "Not configured".to_owned(),
            AuthorizationState::NotAuthorized => "Not authorized".to_owned(),
            AuthorizationState::Pending { .. } => "Pending".to_owned(),
            AuthorizationState::Unconfirmed { .. } => "To be confirmed".to_owned(),
            AuthorizationState::Granted(state) => match state {
                GrantState::Active => self
                    .days_left()
                    .map_or_else(|| "Authorized".to_owned(), |days| format!("Ends in {days} days")),
                GrantState::Degraded { .. } => "Limited".to_owned(),
                GrantState::Failing { .. } => "Renewal fails".to_owned(),
                GrantState::Misconfigured { .. } => "Misconfigured".to_owned(),
                GrantState::TokenLimit { .. } => "Token limit".to_owned(),
                GrantState::Dead { .. } => "Ended".to_owned(),
            },
        }
    }

    /// How the pill and the card's edge feel: `success`, `warning`, `danger`, or nothing.
    pub(super) fn tone(&self) -> &'static str {
        match &self.card.state {
            AuthorizationState::NotConfigured | AuthorizationState::NotAuthorized => "",
            AuthorizationState::Pending { .. } | AuthorizationState::Unconfirmed { .. } => "warning",
            AuthorizationState::Granted(GrantState::Active) if self.days_left().is_some() => "warning",
            AuthorizationState::Granted(GrantState::Active) => "success",
            AuthorizationState::Granted(GrantState::Misconfigured { .. } | GrantState::Dead { .. }) => {
                "danger"
            }
            AuthorizationState::Granted(_) => "warning",
        }
    }

    pub(super) fn pill_class(&self) -> String {
        class("pill", self.tone())
    }

    pub(super) fn card_class(&self) -> String {
        // A card that is as it should be needs no edge.
        class("card", if self.tone() == "success" { "" } else { self.tone() })
    }

    /// Whole days until the authorization ends for good, where that is soon.
    fn days_left(&self) -> Option<u64> {
        let ends = self.card.grant.as_ref()?.refresh_expires_at?;
        let left = ends.since(self.now);
        (left < SOON).then_some(left.as_secs() / (24 * 3600))
    }

    /// What is wrong and since when, in the words that the state keeps.
    pub(super) fn trouble(&self) -> Option<(&str, Timestamp)> {
        match &self.card.state {
            AuthorizationState::Granted(state) => state.reason().zip(state.since()),
            _ => None,
        }
    }

    pub(super) fn is_configured(&self) -> bool {
        self.card.client_id.is_some()
    }

    /// Whether there is something to check.
    pub(super) fn was_granted(&self) -> bool {
        self.card.grant.is_some()
    }

    /// Whether a new authorization is what this card calls for.
    pub(super) fn wants_authorization(&self) -> bool {
        match &self.card.state {
            AuthorizationState::NotConfigured => false,
            AuthorizationState::Granted(state) => state.is_dead(),
            _ => true,
        }
    }

    pub(super) fn authorize_label(&self) -> &'static str {
        if self.was_granted() {
            "Authorize again"
        } else {
            "Authorize"
        }
    }

    pub(super) fn check_words(&self, report: &CheckReport) -> &'static str {
        outcome_words(report)
    }

    pub(super) fn finding_class(&self, finding: &Finding) -> &'static str {
        match finding.verdict {
            Verdict::Fine => "is-success",
            Verdict::Doubtful => "is-warning",
            Verdict::Wrong => "is-danger",
        }
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(&self.card.state, AuthorizationState::Granted(state) if !state.is_dead())
    }
}

fn class(base: &str, tone: &str) -> String {
    if tone.is_empty() {
        base.to_owned()
    } else {
        format!("{base} {base}-{tone}")
    }
}

pub(super) fn outcome_words(report: &CheckReport) -> &'static str {
    match report.outcome() {
        CheckOutcome::Passed => "everything is as it should be",
        CheckOutcome::Doubtful => "not everything could be confirmed",
        CheckOutcome::Failed => "something is wrong",
    }
}
