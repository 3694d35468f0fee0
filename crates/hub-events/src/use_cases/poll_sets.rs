use std::time::Duration;

use hub_caller::{Caller, CallerOrigin, NOT_FOUND};
use kit::{Error, Result, SecretString, Uuid};

use crate::Events;
use crate::model::stream::{Road, Stream, StreamStatus};
use crate::store::{sets, streams};

/// How long a question waits for an answer.
const LONG_POLL: Duration = Duration::from_secs(25);

/// Who polls.
pub(crate) enum Poller {
    /// A bearer token of the stream's person and client, of whichever grant.
    Token(Caller),
    /// The client itself: it hears why its grant died, when it has no token any more.
    Client { client_id: String, secret: SecretString },
}

/// What a poller asks (RFC 8936, section 2.2).
pub(crate) struct Question {
    pub(crate) most: i64,
    pub(crate) waits: bool,
    pub(crate) taken: Vec<Uuid>,
    /// Tokens that could not be understood, and why. They do not come again.
    pub(crate) refused: Vec<(Uuid, String)>,
}

/// Tokens by their ids.
pub(crate) struct PolledSets {
    pub(crate) sets: Vec<(Uuid, String)>,
    pub(crate) more: bool,
}

impl Events {
    /// Takes acknowledgements and gives what is there: of each subject the first that was not taken yet.
    pub(crate) async fn poll(&self, poller: &Poller, id: Uuid, question: Question) -> Result<PolledSets> {
        let stream = self.polled_stream(poller, id).await?;
        for (set, why) in &question.refused {
            tracing::warn!(stream = %id, %set, why, "a security event token was refused by who polls");
        }
        let mut done = question.taken;
        done.extend(question.refused.iter().map(|(id, _)| *id));
        for some in done.chunks(500) {
            sets::acknowledge(self.database(), id, some).await?;
        }
        if stream.status == StreamStatus::Paused || question.most == 0 {
            let more = sets::waiting(self.database(), id).await? > 0;
            return Ok(PolledSets {
                sets: Vec::new(),
                more: more && stream.status != StreamStatus::Paused,
            });
        }
        let until = self.now().plus(LONG_POLL);
        loop {
            let rung = self.sets().notified();
            let answer = self.polled_sets(id, question.most).await?;
            if !answer.sets.is_empty() || !question.waits || self.now() >= until || self.is_closing() {
                return Ok(answer);
            }
            tokio::select! {
                () = rung => {}
                // Another node may have handed out.
                () = self.clock().sleep(Duration::from_secs(1)) => {}
            }
        }
    }

    async fn polled_sets(&self, id: Uuid, most: i64) -> Result<PolledSets> {
        let heads = sets::heads(self.database(), id, self.now(), most).await?;
        let given = i64::try_from(heads.len()).unwrap_or(i64::MAX);
        let more = sets::waiting(self.database(), id).await? > given;
        let mut signed = Vec::with_capacity(heads.len());
        for set in heads {
            signed.push((set.id, self.signer().sign(&set.claims).await?));
        }
        Ok(PolledSets { sets: signed, more })
    }

    async fn polled_stream(&self, poller: &Poller, id: Uuid) -> Result<Stream> {
        let not_found = || Error::not_found(NOT_FOUND);
        let stream = streams::find(self.database(), id).await?;
        let is_whose = |stream: &Stream| match poller {
            Poller::Token(caller) => {
                let is_client = matches!(&caller.origin, CallerOrigin::Token { client_id, .. } if *client_id == stream.client_id);
                is_client && caller.person_id == stream.person_id
            }
            Poller::Client { client_id, .. } => *client_id == stream.client_id,
        };
        if let Poller::Client { client_id, secret } = poller
            && !self.clients().is_secret_of(client_id, secret).await?
        {
            return Err(Error::unauthenticated(hub_caller::INVALID_TOKEN));
        }
        let stream = stream.filter(is_whose).ok_or_else(not_found)?;
        match stream.road {
            Road::Poll => Ok(stream),
            Road::Push { .. } => Err(Error::conflict(
                "This stream pushes its tokens; nothing can be fetched from it.",
            )),
        }
    }
}
