use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use kit::{Error, Result, Uuid};
use kit_sql::Transaction;
use serde_json::{Map, Value, json};

use crate::model::security_set::{Claims, Occurrence, STREAM_UPDATED, can_end_a_grant};
use crate::model::stream::{Stream, StreamStatus};
use crate::store::outbox::{OutboxRow, SECURITY};
use crate::store::sets::{self, NewSet};
use crate::store::streams;
use crate::{Events, SecurityEventKind};

/// How long a stream whose grant is dead waits to hear why.
const DOUBT: Duration = Duration::from_secs(24 * 3600);

impl Events {
    /// Whether the grants of the streams live that these rows may concern.
    pub(super) async fn standing_of_streams(&self, rows: &[OutboxRow]) -> Result<HashMap<Uuid, bool>> {
        let organizations: BTreeSet<Uuid> = rows
            .iter()
            .filter(|row| row.kind == SECURITY)
            .map(|row| row.organization_id)
            .collect();
        let mut lives = HashMap::new();
        if organizations.is_empty() {
            return Ok(lives);
        }
        for stream in streams::of_organizations(self.database(), organizations).await? {
            if let Entry::Vacant(unknown) = lives.entry(stream.grant_id) {
                unknown.insert(self.grants().lives(stream.grant_id).await?);
            }
            // A grant that died takes its scopes along; a role can go while the grant lives.
            let is_alive = lives[&stream.grant_id];
            if is_alive && stream.sees_organization && !self.administers(stream.person_id).await? {
                streams::narrow(self.database(), stream.id).await?;
            }
        }
        Ok(lives)
    }

    pub(super) async fn to_streams(
        &self,
        transaction: &mut Transaction,
        row: &OutboxRow,
        lives: &HashMap<Uuid, bool>,
    ) -> Result<()> {
        let occurrence = occurrence(row)?;
        let all = streams::of_organizations(&mut *transaction, [row.organization_id]).await?;
        for stream in all.iter().filter(|stream| occurrence.is_for(stream)) {
            // A stream that was made a moment ago was made by a living grant.
            let is_alive = lives.get(&stream.grant_id).copied().unwrap_or(true);
            let is_last =
                !is_alive && can_end_a_grant(occurrence.kind) && occurrence.concerns_grant_of(stream);
            let is_told = is_alive || stream.doubtful_since.is_none() || occurrence.concerns_grant_of(stream);
            if is_told && stream.status != StreamStatus::Disabled {
                self.tell_stream(transaction, stream, row, &occurrence).await?;
            }
            if is_last {
                self.end_stream(transaction, stream, occurrence.kind).await?;
            }
        }
        Ok(())
    }

    async fn tell_stream(
        &self,
        transaction: &mut Transaction,
        stream: &Stream,
        row: &OutboxRow,
        occurrence: &Occurrence,
    ) -> Result<()> {
        let events = occurrence.events(self.public_url().as_str(), &stream.events_requested);
        if events.is_empty() {
            return Ok(());
        }
        let set = Draft {
            subject_key: &row.subject_key,
            transaction: occurrence.id,
            subject: occurrence.subject(),
            events,
        };
        self.keep_set(transaction, stream, set).await
    }

    /// Puts a token at the end of a stream.
    pub(super) async fn keep_set(
        &self,
        transaction: &mut Transaction,
        stream: &Stream,
        draft: Draft<'_>,
    ) -> Result<()> {
        let jti = self.randomness().uuid();
        let now = self.now();
        let claims = Claims {
            issuer: self.public_url().as_str(),
            jti,
            issued_at: now,
            audience: &stream.client_id,
            transaction: draft.transaction.to_string(),
            subject: draft.subject,
            events: draft.events,
        }
        .to_json();
        let set = NewSet {
            id: jti,
            stream_id: stream.id,
            number: streams::next_number(transaction, stream.id).await?,
            subject_key: draft.subject_key,
            claims: &claims,
        };
        sets::insert(transaction, &set, now).await
    }

    /// The stream has heard why its grant died; then it ends.
    async fn end_stream(
        &self,
        transaction: &mut Transaction,
        stream: &Stream,
        cause: SecurityEventKind,
    ) -> Result<()> {
        let reason = format!("The grant that made this stream ended: {}.", cause.word());
        if stream.status != StreamStatus::Disabled {
            let own = stream_key(stream.id);
            let set = Draft {
                subject_key: &own,
                transaction: self.randomness().uuid(),
                subject: stream_subject(stream.id),
                events: event(STREAM_UPDATED, json!({"status": "disabled", "reason": reason})),
            };
            self.keep_set(transaction, stream, set).await?;
        }
        streams::end(transaction, stream.id, self.now(), &reason).await
    }

    /// Ends streams whose grant is dead and of which nobody says why for long. Says how many.
    pub(super) async fn end_silent_streams(&self) -> Result<u64> {
        let mut ended = 0;
        let now = self.now();
        for stream in streams::all(self.database()).await? {
            if stream.ended_at.is_some() || self.grants().lives(stream.grant_id).await? {
                continue;
            }
            match stream.doubtful_since {
                None => streams::doubt(self.database(), stream.id, now).await?,
                Some(since) if now.since(since) >= DOUBT => {
                    let mut transaction = self.database().begin().await?;
                    let reason = "The grant that made this stream ended.";
                    streams::end(&mut transaction, stream.id, now, reason).await?;
                    transaction.commit().await?;
                    ended += 1;
                }
                Some(_) => {}
            }
        }
        Ok(ended)
    }
}

/// A token that is to be kept.
pub(super) struct Draft<'a> {
    pub(super) subject_key: &'a str,
    pub(super) transaction: Uuid,
    pub(super) subject: Value,
    pub(super) events: Map<String, Value>,
}

pub(super) fn event(uri: &str, members: Value) -> Map<String, Value> {
    Map::from_iter([(uri.to_owned(), members)])
}

/// A stream as a subject.
pub(super) fn stream_subject(id: Uuid) -> Value {
    json!({"format": "opaque", "id": id.to_string()})
}

pub(super) fn stream_key(id: Uuid) -> String {
    format!("stream {id}")
}

fn occurrence(row: &OutboxRow) -> Result<Occurrence> {
    let word = row.payload["event"].as_str().unwrap_or_default();
    let kind = SecurityEventKind::ALL
        .iter()
        .copied()
        .find(|kind| kind.word() == word)
        .ok_or_else(|| Error::internal(format!("“{word}” is no security event")))?;
    let subject = &row.payload["subject"];
    let uuid = |name: &str| {
        subject[name]
            .as_str()
            .map(|text| Uuid::parse_str(text).map_err(Error::internal))
            .transpose()
    };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(Occurrence {
        id: row.id,
        organization_id: row.organization_id,
        at: row.at,
        kind,
        person_id: uuid("person")?,
        client_id: subject["client"].as_str().map(ToOwned::to_owned),
        grant_id: uuid("grant")?,
        initiator: text(&row.payload["initiator"]),
        reason: text(&row.payload["reason"]),
    })
}
