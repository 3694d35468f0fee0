use suite_authorizations::{AuthorizationState, Card, GrantState};
use suite_directory::{Stage, SynchStatus};
use suite_tenancy::Customer;

/// How urgently a customer wants to be looked at; the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Urgency {
    /// Something stands still.
    Broken,
    /// Something will, or is not as it should be.
    Doubtful,
    /// Something is yet to be done.
    Unfinished,
    Fine,
}

/// What to look at, in words, with the page for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    pub(crate) sentence: String,
    pub(crate) page: String,
}

/// Whether the integration is authorized and not known to be dead.
pub(crate) fn is_alive(card: &Card) -> bool {
    matches!(&card.state, AuthorizationState::Granted(state) if !state.is_dead())
}

/// The one thing to say about a customer: what stands still before what is doubtful, and that before what is yet to
/// be done.
pub(crate) fn judge(
    customer: &Customer,
    cards: &[Card],
    synch: Option<&SynchStatus>,
) -> (Urgency, Option<Advice>) {
    let page = format!("/customers/{}", customer.id);
    let verdict = broken_authorization(cards)
        .map(|sentence| (Urgency::Broken, sentence, page.clone()))
        .or_else(|| synchronization(&page, synch))
        .or_else(|| doubtful_authorization(cards).map(|sentence| (Urgency::Doubtful, sentence, page.clone())))
        .or_else(|| yet_to_be_done(cards).map(|sentence| (Urgency::Unfinished, sentence, page)));
    match verdict {
        Some((urgency, sentence, page)) => (urgency, Some(Advice { sentence, page })),
        None => (Urgency::Fine, None),
    }
}

/// The name of the first integration whose authorization is in such a state.
fn first_in(cards: &[Card], wanted: fn(&GrantState) -> bool) -> Option<&'static str> {
    let found = cards
        .iter()
        .find(|card| matches!(&card.state, AuthorizationState::Granted(state) if wanted(state)));
    found.map(|card| card.integration.name)
}

fn broken_authorization(cards: &[Card]) -> Option<String> {
    if let Some(name) = first_in(cards, GrantState::is_dead) {
        return Some(format!(
            "The authorization of {name} has ended. Authorize it again."
        ));
    }
    let name = first_in(cards, |state| matches!(state, GrantState::Misconfigured { .. }))?;
    Some(format!("Webex refuses the client id or secret of {name}."))
}

fn synchronization(page: &str, synch: Option<&SynchStatus>) -> Option<(Urgency, String, String)> {
    let run = synch?.last.as_ref()?;
    let (urgency, sentence) = match &run.stage {
        Stage::Failed { .. } => (Urgency::Broken, "The last synchronization failed."),
        Stage::Refused { .. } => (Urgency::Doubtful, "The last synchronization was refused."),
        Stage::Fetching | Stage::Applying | Stage::Succeeded { .. } | Stage::Interrupted { .. } => {
            return None;
        }
    };
    Some((
        urgency,
        sentence.to_owned(),
        format!("{page}/synch/{}", run.number),
    ))
}

fn doubtful_authorization(cards: &[Card]) -> Option<String> {
    let name = first_in(cards, |state| !matches!(state, GrantState::Active))?;
    Some(format!("The authorization of {name} is not as it should be."))
}

fn yet_to_be_done(cards: &[Card]) -> Option<String> {
    if cards
        .iter()
        .any(|card| matches!(card.state, AuthorizationState::Unconfirmed { .. }))
    {
        return Some("An authorization waits for the organization to be confirmed.".to_owned());
    }
    let open = cards
        .iter()
        .filter(|card| !is_alive(card) && card.state != AuthorizationState::NotConfigured)
        .count();
    match open {
        0 => None,
        1 => Some("1 integration is not authorized yet.".to_owned()),
        open => Some(format!("{open} integrations are not authorized yet.")),
    }
}
