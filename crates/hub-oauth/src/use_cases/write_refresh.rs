use hub_directory::PersonId;
use hub_identity::Epochs;
use kit::{Result, Timestamp};
use kit_sql::{Dialect, Transaction};

use crate::OAuth;
use crate::store::access_tokens::{self, AccessToken};
use crate::store::grants;

/// What a refresh writes, ready to be written.
#[derive(Clone, Debug)]
pub(crate) struct RefreshJob {
    pub(super) person: PersonId,
    pub(super) epochs_now: Epochs,
    /// The hash of the refresh token that came.
    pub(super) presented: String,
    /// The hash of the one that takes its place, where it rotates.
    pub(super) successor: Option<String>,
    pub(super) refresh_ends: Timestamp,
    pub(super) token: AccessToken,
    pub(super) token_hash: String,
    pub(super) now: Timestamp,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is written and durable.
    Done,
    /// The grant died since it was read, or the refresh token was used meanwhile.
    Dead,
    /// The account has as many tokens as it may have.
    Full,
}

impl OAuth {
    /// Writes a refresh durably. SQLite has one writer, and making something durable takes longer than writing it: those who
    /// wait for it are written in one transaction. PostgreSQL has many writers and gathers them by itself.
    pub(super) async fn write_refresh(&self, job: RefreshJob) -> Result<Outcome> {
        if self.database().dialect() == Dialect::Postgres {
            let outcomes = self.write_in_one_transaction(std::slice::from_ref(&job)).await?;
            return Ok(outcomes.into_iter().next().unwrap_or(Outcome::Dead));
        }
        let oauth = self.clone();
        let work = move |jobs: Vec<RefreshJob>| {
            let oauth = oauth.clone();
            async move { oauth.write_together(&jobs).await }
        };
        self.writes().ask(job, work).await
    }

    async fn write_together(&self, jobs: &[RefreshJob]) -> Result<Vec<Outcome>> {
        let together = self.write_in_one_transaction(jobs).await;
        if together.is_ok() || jobs.len() == 1 {
            return together;
        }
        // One of them failed, and none may suffer for another.
        let mut outcomes = Vec::with_capacity(jobs.len());
        for job in jobs {
            outcomes.extend(self.write_in_one_transaction(std::slice::from_ref(job)).await?);
        }
        Ok(outcomes)
    }

    async fn write_in_one_transaction(&self, jobs: &[RefreshJob]) -> Result<Vec<Outcome>> {
        let mut transaction = self.database().begin().await?;
        let mut outcomes = Vec::with_capacity(jobs.len());
        for job in jobs {
            outcomes.push(self.write_one(&mut transaction, job).await?);
        }
        transaction.commit().await?;
        Ok(outcomes)
    }

    /// A refusal leaves at most a count behind that is too high, which is put right when it is counted next.
    async fn write_one(&self, transaction: &mut Transaction, job: &RefreshJob) -> Result<Outcome> {
        let RefreshJob {
            person,
            epochs_now,
            presented,
            successor,
            refresh_ends,
            token,
            token_hash,
            now,
        } = job;
        if !self.is_room(transaction, *person, *epochs_now, *now).await? {
            return Ok(Outcome::Full);
        }
        let ends = (*refresh_ends, token.expires_at);
        let lives = match successor {
            Some(successor) => {
                grants::rotate(transaction, token.grant_id, (presented, successor), ends, *now).await?
            }
            None => grants::prolong(transaction, token.grant_id, presented, ends, *now).await?,
        };
        if !lives {
            return Ok(Outcome::Dead);
        }
        access_tokens::insert(transaction, token, token_hash).await?;
        Ok(Outcome::Done)
    }
}
