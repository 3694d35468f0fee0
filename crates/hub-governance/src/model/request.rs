use hub_directory::{OrganizationId, PersonId};
use kit::{Error, Result, Timestamp, Uuid};
use webex::ScopeSet;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// Nobody decided yet.
    Open,
    /// The person may use the integration.
    Allowed,
    /// An administrator said no; whoever tries again asks again.
    Denied,
    /// An administrator said no for good: further attempts reach nobody.
    Blocked,
    /// It was allowed for a time, and the time is over.
    Ended,
}

impl RequestState {
    const ALL: [Self; 5] = [
        Self::Open,
        Self::Allowed,
        Self::Denied,
        Self::Blocked,
        Self::Ended,
    ];

    /// The word that the database and the API keep.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::Blocked => "blocked",
            Self::Ended => "ended",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Result<Self> {
        // An earlier version knew a request that was put aside without a word.
        let word = if word == "dismissed" { "denied" } else { word };
        Self::ALL
            .into_iter()
            .find(|state| state.word() == word)
            .ok_or_else(|| Error::invalid("A request is open, allowed, denied, blocked or ended."))
    }
}

/// Somebody wanted to authorize an integration that their organization does not let them use.
#[derive(Clone, Debug)]
pub struct AccessRequest {
    /// Its id.
    pub id: Uuid,
    /// Where.
    pub organization_id: OrganizationId,
    /// What they wanted to use.
    pub client_id: String,
    /// Who.
    pub person_id: PersonId,
    /// Their name when they tried last.
    pub person_name: String,
    /// Their address when they tried last.
    pub person_email: String,
    /// What the integration asked for when they tried last.
    pub scopes: ScopeSet,
    /// How often they tried.
    pub attempts: i64,
    /// When they tried first.
    pub first_at: Timestamp,
    /// When they tried last.
    pub last_at: Timestamp,
    /// Why they need it, in their own words; may be empty.
    pub reason: String,
    /// What became of it.
    pub state: RequestState,
    /// What the administrator answered last; may be empty.
    pub justification: String,
    /// Who decided last; empty while nobody did.
    pub decided_by_name: String,
    /// When.
    pub decided_at: Option<Timestamp>,
}

/// The open requests for one integration.
#[derive(Clone, Debug)]
pub struct Demand {
    /// The integration.
    pub client_id: String,
    /// How many people wait.
    pub people: i64,
    /// How often they tried, together.
    pub attempts: i64,
    /// When somebody tried first.
    pub first_at: Timestamp,
    /// When somebody tried last.
    pub last_at: Timestamp,
}

/// How many requests are kept for one organization. Whoever may sign in may cause one for each integration, so
/// there has to be an end; the decided ones go first, then those that nobody repeated for longest.
pub(crate) const MOST_REQUESTS: i64 = 5_000;
/// How many characters of a reason are kept.
pub(crate) const LONGEST_REASON: usize = 500;
/// How many characters of a justification are kept.
pub(crate) const LONGEST_JUSTIFICATION: usize = 500;
/// About how many requests of one organization letters go out in an hour; the Alerts center has them all.
pub(crate) const MOST_TOLD_AN_HOUR: i64 = 30;
/// How many people a list of specific users has at the most.
pub(crate) const MOST_LISTED: usize = 5_000;

/// A text that somebody wrote, on one bounded line of words.
pub(crate) fn bounded_text(text: &str, most: usize, what: &str) -> Result<String> {
    let words: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let words = words.trim();
    if words.chars().count() > most {
        return Err(Error::invalid(format!(
            "The {what} is longer than {most} characters. Shorten it and send it again."
        )));
    }
    Ok(words.to_owned())
}
