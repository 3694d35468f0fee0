//! Streams of security events, as their makers see them.

use std::time::Duration;

use hub_caller::{Caller, NOT_FOUND};
use kit::{Error, Kind, Result, Uuid};
use serde_json::json;

use super::create_webhook::of_token;
use super::hand_to_streams::{Draft, event, stream_key, stream_subject};
use crate::Events;
use crate::model::security_set::VERIFICATION;
use crate::model::stream::{Road, Stream, StreamDraft, StreamStatus};
use crate::model::target::read_target;
use crate::store::webhooks::Owner;
use crate::store::{sets, streams};

/// Any of these sees people: the person's own, or those of the organization.
pub(crate) const SCOPES: &[&str] = &["spark-admin:people_read", "spark:people_read"];

const MOST_STREAMS: usize = 10;
const LONGEST_DESCRIPTION: usize = 500;

/// How long somebody waits between two verifications.
pub(crate) const VERIFICATION_PAUSE: Duration = Duration::from_secs(30);

impl Events {
    /// Makes a stream. It lives as long as the grant of the token that made it.
    pub(crate) async fn create_stream(&self, caller: &Caller, draft: StreamDraft) -> Result<Stream> {
        caller.require_any_scope(SCOPES)?;
        let (client_id, grant_id) = of_token(caller)?;
        let draft = self.checked(draft)?;
        let stream = Stream {
            id: self.randomness().uuid(),
            organization_id: caller.organization_id,
            person_id: caller.person_id,
            client_id: client_id.to_owned(),
            grant_id,
            sees_organization: caller.has_any_scope(&["spark-admin:people_read"])
                && caller.is_administrator(),
            is_administrative: caller.scopes.is_administrative(),
            road: draft.road,
            description: draft.description,
            events_requested: draft.events_requested,
            status: StreamStatus::Enabled,
            status_reason: String::new(),
            created_at: self.now(),
            ended_at: None,
            doubtful_since: None,
            verified_at: kit::Timestamp::from_millis(0),
            failures: 0,
            failing_since: None,
        };
        let owner = Owner {
            person_id: stream.person_id,
            client_id,
        };
        let mut transaction = self.database().begin().await?;
        let existing = streams::of_owner(&mut transaction, owner).await?;
        if existing.iter().filter(|stream| stream.ended_at.is_none()).count() >= MOST_STREAMS {
            return Err(Error::conflict(format!(
                "There are {MOST_STREAMS} streams of this person and this integration already. Delete one first."
            )));
        }
        streams::insert(&mut transaction, &stream).await?;
        transaction.commit().await?;
        Ok(stream)
    }

    /// The caller's streams.
    pub(crate) async fn list_streams(&self, caller: &Caller) -> Result<Vec<Stream>> {
        caller.require_any_scope(SCOPES)?;
        let (client_id, grant_id) = of_token(caller)?;
        let owner = Owner {
            person_id: caller.person_id,
            client_id,
        };
        let mut living = Vec::new();
        for stream in streams::of_owner(self.database(), owner).await? {
            let is_own = stream.grant_id == grant_id;
            if stream.ended_at.is_none() && (is_own || self.grants().lives(stream.grant_id).await?) {
                living.push(stream);
            }
        }
        Ok(living)
    }

    /// One stream of the caller's person and client that lives.
    pub(crate) async fn show_stream(&self, caller: &Caller, id: Uuid) -> Result<Stream> {
        let living = self.list_streams(caller).await?;
        living
            .into_iter()
            .find(|stream| stream.id == id)
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }

    /// Replaces what its maker chose.
    pub(crate) async fn change_stream(
        &self,
        caller: &Caller,
        id: Uuid,
        draft: StreamDraft,
    ) -> Result<Stream> {
        let mut stream = self.show_stream(caller, id).await?;
        let draft = self.checked(draft)?;
        stream.road = draft.road;
        stream.description = draft.description;
        stream.events_requested = draft.events_requested;
        self.keep_stream(&stream).await?;
        Ok(stream)
    }

    /// Pauses, disables or enables a stream. What is disabled forgets what waited.
    pub(crate) async fn set_stream_status(
        &self,
        caller: &Caller,
        id: Uuid,
        status: StreamStatus,
        reason: &str,
    ) -> Result<Stream> {
        let mut stream = self.show_stream(caller, id).await?;
        stream.status = status;
        stream.status_reason = reason.chars().take(LONGEST_DESCRIPTION).collect();
        self.keep_stream(&stream).await?;
        Ok(stream)
    }

    async fn keep_stream(&self, stream: &Stream) -> Result<()> {
        let mut transaction = self.database().begin().await?;
        streams::update(&mut transaction, stream).await?;
        if stream.status == StreamStatus::Disabled {
            sets::forget_all(&mut transaction, stream.id).await?;
        }
        transaction.commit().await?;
        self.sets().notify_waiters();
        Ok(())
    }

    /// Deletes a stream with everything that waits in it.
    pub(crate) async fn delete_stream(&self, caller: &Caller, id: Uuid) -> Result<()> {
        self.show_stream(caller, id).await?;
        streams::delete(self.database(), id).await?;
        Ok(())
    }

    /// Sends an event that proves that the stream works.
    pub(crate) async fn verify_stream(&self, caller: &Caller, id: Uuid, state: Option<String>) -> Result<()> {
        let stream = self.show_stream(caller, id).await?;
        let now = self.now();
        let since = now.since(stream.verified_at);
        if since < VERIFICATION_PAUSE {
            return Err(Error::new(
                Kind::TooMany(VERIFICATION_PAUSE - since),
                "A stream can be verified once in 30 seconds.",
            ));
        }
        let members = state.map_or_else(|| json!({}), |state| json!({"state": state}));
        let own = stream_key(id);
        let mut transaction = self.database().begin().await?;
        streams::verified(&mut transaction, id, now).await?;
        let set = Draft {
            subject_key: &own,
            transaction: self.randomness().uuid(),
            subject: stream_subject(id),
            events: event(VERIFICATION, members),
        };
        self.keep_set(&mut transaction, &stream, set).await?;
        transaction.commit().await?;
        self.sets().notify_waiters();
        Ok(())
    }

    fn checked(&self, mut draft: StreamDraft) -> Result<StreamDraft> {
        if draft.description.chars().count() > LONGEST_DESCRIPTION {
            return Err(Error::invalid("description is longer than 500 characters."));
        }
        let known = crate::model::security_set::supported(self.public_url().as_str());
        // What this Hub never sends may be asked for (SSF 1.0, section 8.1.1): it is left out of what is delivered.
        let wanted_something = !draft.events_requested.is_empty();
        draft.events_requested.retain(|uri| known.contains(uri));
        if wanted_something && draft.events_requested.is_empty() {
            return Err(Error::invalid(
                "events_requested names none of the event types that /.well-known/ssf-configuration leads to.",
            ));
        }
        if let Road::Push {
            endpoint_url,
            authorization_header,
        } = &mut draft.road
        {
            let allows_private = self.options().allow_private_targets;
            *endpoint_url = read_target("delivery.endpoint_url", endpoint_url, allows_private)?.to_string();
            if let Some(value) = authorization_header {
                use kit::ExposeSecret as _;
                let text = value.expose_secret();
                if text.len() > 4_000 || http::HeaderValue::from_str(text).is_err() {
                    return Err(Error::invalid(
                        "delivery.authorization_header cannot be sent as a header.",
                    ));
                }
            }
        }
        Ok(draft)
    }
}
