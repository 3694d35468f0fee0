use std::time::Duration;

use http::{HeaderMap, HeaderValue, header};
use kit::{ExposeSecret as _, Result, SecretString, Timestamp, Uuid};
use url::Url;

use crate::Events;
use crate::model::patience::pause_after;
use crate::model::stream::{Road, Stream};
use crate::net::{SendFailure, Sent};
use crate::store::sets::{self, WaitingSet};
use crate::store::streams;

/// Longer than anything that is done under it.
const LEASE: Duration = Duration::from_secs(120);
/// How long one holder goes on before it lets others have their turn.
const TURN: Duration = Duration::from_secs(30);

impl Events {
    pub(super) async fn due_streams(&self, limit: i64) -> Result<Vec<Uuid>> {
        streams::due(self.database(), self.now(), limit).await
    }

    /// Pushes what waits for one stream, unless somebody else is at it.
    pub(super) async fn push_to(&self, stream_id: Uuid) -> Result<()> {
        if !self.begin_with(stream_id) {
            return Ok(());
        }
        let outcome = self.push_under_lease(stream_id).await;
        self.done_with(stream_id);
        outcome
    }

    async fn push_under_lease(&self, stream_id: Uuid) -> Result<()> {
        let now = self.now();
        let Some(lease) = streams::claim(self.database(), stream_id, now, LEASE).await? else {
            return Ok(());
        };
        let outcome = self.push_some(stream_id, lease, now).await;
        streams::release(self.database(), stream_id, lease).await?;
        outcome
    }

    /// Round by round: each takes the first token of every subject.
    async fn push_some(&self, stream_id: Uuid, lease: i64, claimed_at: Timestamp) -> Result<()> {
        let Some(mut stream) = streams::find(self.database(), stream_id).await? else {
            return Ok(());
        };
        loop {
            let heads = sets::heads(self.database(), stream_id, self.now(), 50).await?;
            if heads.is_empty() {
                return Ok(());
            }
            for set in heads {
                let goes_on = self.push_one(&mut stream, lease, &set).await?;
                if !goes_on || self.now().since(claimed_at) >= TURN {
                    return Ok(());
                }
            }
        }
    }

    /// Whether to go on. Only 202 says that the token was taken (RFC 8935, section 2.2).
    async fn push_one(&self, stream: &mut Stream, lease: i64, set: &WaitingSet) -> Result<bool> {
        let Road::Push {
            endpoint_url,
            authorization_header,
        } = &stream.road
        else {
            return Ok(false);
        };
        let token = self.signer().sign(&set.claims).await?;
        let sent = self
            .post_set(endpoint_url, authorization_header.as_ref(), token)
            .await;
        let now = self.now();
        let (sentence, is_silent) = match sent {
            Ok(Sent { status: 202, .. }) => {
                if !streams::note_health(self.database(), stream.id, lease, 0, None, now).await? {
                    return Ok(false);
                }
                stream.failures = 0;
                stream.failing_since = None;
                sets::acknowledge(self.database(), stream.id, &[set.id]).await?;
                return Ok(true);
            }
            Ok(Sent { status, refusal }) => {
                let said: String = refusal.chars().filter(|c| !c.is_control()).take(300).collect();
                // A receiver that refuses this one may take others; one that is in trouble takes none.
                let is_silent = status >= 500 || status == 429;
                (
                    format!("The receiver answered with status {status}. {said}"),
                    is_silent,
                )
            }
            Err(SendFailure(sentence)) => (sentence, true),
        };
        stream.failures += 1;
        let failing_since = *stream.failing_since.get_or_insert(now);
        let rest_until = if is_silent {
            now.plus(pause_of(stream.failures))
        } else {
            now
        };
        let is_ours = streams::note_health(
            self.database(),
            stream.id,
            lease,
            stream.failures,
            Some(failing_since),
            rest_until,
        )
        .await?;
        if is_ours {
            let tries = set.tries + 1;
            let at = now.plus(pause_of(tries));
            sets::again_at(self.database(), set.id, tries, at, &sentence).await?;
        }
        Ok(is_ours && !is_silent)
    }

    async fn post_set(
        &self,
        endpoint_url: &str,
        authorization: Option<&SecretString>,
        token: String,
    ) -> Result<Sent, SendFailure> {
        let target = Url::parse(endpoint_url)
            .map_err(|_| SendFailure("The address of the receiver cannot be read.".to_owned()))?;
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/secevent+jwt"),
        );
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(authorization) = authorization {
            let mut value = HeaderValue::from_str(authorization.expose_secret()).map_err(|_| {
                SendFailure("The Authorization header of the stream cannot be sent.".to_owned())
            })?;
            value.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, value);
        }
        self.sender().post(&target, headers, token).await
    }
}

/// News about security is worth asking for more often.
fn pause_of(failures: i64) -> Duration {
    pause_after(failures).min(Duration::from_secs(1_800))
}
