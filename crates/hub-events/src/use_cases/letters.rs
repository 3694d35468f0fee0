use std::time::Duration;

use hub_caller::{Caller, NOT_FOUND};
use kit::{Error, Result, Timestamp, Uuid};
use webex::Role;

use super::deliver_webhooks::log_trouble;
use crate::Events;
use crate::mail::Envelope;
use crate::model::patience::{MOST_TRIES, pause_after};
use crate::store::letters::{self, KeptLetter};

/// Longer than one letter takes, times the letters of one turn.
const LEASE: Duration = Duration::from_secs(300);
const LETTERS_A_TURN: i64 = 10;

/// Who reads what this Hub wrote to the people of an organization.
pub(crate) const READERS: &[Role] = &[Role::FullAdministrator, Role::ReadOnlyAdministrator];

/// What pages show of the path of a link: not what stands behind its `?`.
pub(crate) fn shown_link(path: &str) -> &str {
    path.split_once('?').map_or(path, |(path, _)| path)
}

impl Events {
    /// Sends what waits.
    pub(super) async fn send_letters(&self) -> Result<()> {
        loop {
            let claimed = letters::claim(self.database(), self.now(), LEASE, LETTERS_A_TURN).await?;
            if claimed.is_empty() {
                return Ok(());
            }
            for (letter, lease) in claimed {
                self.send_letter(&letter, lease).await?;
            }
        }
    }

    async fn send_letter(&self, letter: &KeptLetter, lease: i64) -> Result<()> {
        let envelope = Envelope {
            id: letter.id,
            at: letter.created_at,
            to: &letter.to,
            subject: &letter.subject,
            text: self.text(letter),
            host: &self.public_url().host_and_port(),
        };
        let outcome = self.post_office().hand_in(&envelope).await;
        let now = self.now();
        let Err(error) = outcome else {
            let rest = letter.link.as_ref().map(|(_, path)| shown_link(path).to_owned());
            let road = self.post_office().road();
            return letters::sent(self.database(), letter.id, lease, now, road, rest).await;
        };
        log_trouble("sending a letter", &error);
        let tries = letter.tries + 1;
        // An address that cannot be read will not get better.
        let is_hopeless = tries >= MOST_TRIES || *error.kind() == kit::Kind::Invalid;
        let given_up_at = is_hopeless.then_some(now);
        let next: Timestamp = now.plus(pause_after(tries));
        letters::not_sent(self.database(), letter, lease, next, given_up_at, error.public()).await
    }

    fn text(&self, letter: &KeptLetter) -> String {
        let mut text = letter.paragraphs.join("\n\n");
        if let Some((words, path)) = &letter.link {
            text.push_str(&format!("\n\n{words}:\n{}", self.public_url().link(path)));
        }
        text.push_str("\n\n-- \nTrunkline Hub\n");
        text.push_str(self.public_url().as_str());
        text.push('\n');
        text
    }

    /// What this Hub wrote to the people of the caller's organization, the newest first, and how many letters there are.
    pub(crate) async fn list_letters(
        &self,
        caller: &Caller,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<KeptLetter>, i64)> {
        caller.require_any_role(READERS)?;
        let page = letters::list(self.database(), caller.organization_id, offset, limit).await?;
        let total = letters::count(self.database(), caller.organization_id).await?;
        Ok((page, total))
    }

    /// One letter of the caller's organization.
    pub(crate) async fn show_letter(&self, caller: &Caller, id: Uuid) -> Result<KeptLetter> {
        caller.require_any_role(READERS)?;
        letters::find(self.database(), caller.organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }
}
