use askama::Template;
use hub_directory::Caller;
use kit::{Error, Result, Timestamp};

use super::words::counted;
use crate::Governance;
use crate::blast_radius::{Loss, PolicyDeed};

/// So many lines a person still reads; the number counts them all.
const SHOWN: usize = 25;

/// Which authorizations end, on the page that asks before it.
#[derive(Template)]
#[template(path = "losses.html")]
struct Losses {
    in_words: String,
    lines: Vec<Line>,
    further: usize,
}

struct Line {
    integration: String,
    person: String,
    last_used_at: Option<Timestamp>,
    others: String,
}

impl From<Loss> for Line {
    fn from(loss: Loss) -> Self {
        Self {
            integration: loss.client_name,
            person: loss.person_name,
            last_used_at: loss.grant.last_used_at,
            others: loss.others.join(", "),
        }
    }
}

/// The section that lists them.
pub(super) async fn losses(governance: &Governance, caller: &Caller, deed: &PolicyDeed) -> Result<String> {
    let losses = governance.blast_radius_of_policy(caller, deed).await?;
    let total = losses.len();
    let section = Losses {
        in_words: counted(total, "authorization ends", "authorizations end"),
        lines: losses.into_iter().take(SHOWN).map(Line::from).collect(),
        further: total.saturating_sub(SHOWN),
    };
    section.render().map_err(Error::internal)
}
