use std::time::Duration;

use kit::Timestamp;

kit::typed_id! {
    /// A sign-in that lasts.
    SessionId
}

/// One browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub signed_in_at: Timestamp,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub source: String,
    pub user_agent: String,
}

/// However busy a session is, it ends after this.
pub(crate) const LIFETIME: Duration = Duration::from_secs(7 * 24 * 3600);

/// A session that nobody used for so long ends.
pub(crate) const IDLE_LIMIT: Duration = Duration::from_secs(12 * 3600);

/// How exact “last seen” is; writing it on every request would make every page a write.
pub(crate) const SEEN_EVERY: Duration = Duration::from_secs(60);
