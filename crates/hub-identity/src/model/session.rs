use std::time::Duration;

use hub_directory::{OrganizationId, PersonId};
use kit::Timestamp;

kit::typed_id!(
    /// A session: one browser that signed in once.
    SessionId
);

/// A session that nobody uses for this long ends.
pub(crate) const IDLE_LIFE: Duration = Duration::from_secs(12 * 3600);
/// A session ends at this age however much it is used.
pub(crate) const WHOLE_LIFE: Duration = Duration::from_secs(7 * 24 * 3600);
/// How precisely the last use is known; writing each request down would make every read a write.
pub(crate) const LAST_SEEN_GRAIN: Duration = Duration::from_secs(60);

/// A person at a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id; not the secret that the browser holds.
    pub id: SessionId,
    /// Who.
    pub person_id: PersonId,
    /// Of which organization.
    pub organization_id: OrganizationId,
    /// When the password was typed.
    pub signed_in_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// The network address of the sign-in.
    pub source: String,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// What the store keeps beside a [`Session`] to decide whether it lives.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SessionState {
    pub(crate) epoch_at_birth: i64,
    pub(crate) epoch_now: i64,
    pub(crate) ended: bool,
}

impl Session {
    pub(crate) fn lives(&self, state: SessionState, now: Timestamp) -> bool {
        let SessionState {
            epoch_at_birth,
            epoch_now,
            ended,
        } = state;
        !ended
            && epoch_at_birth == epoch_now
            && now < self.expires_at
            && now < self.last_seen_at.plus(IDLE_LIFE)
    }
}
