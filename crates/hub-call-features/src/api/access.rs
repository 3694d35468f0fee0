//! What the handlers of hunt groups and queues begin with.

use hub_directory::public_api::{
    FULL_ADMIN, Pairs, TELEPHONY_READ, TELEPHONY_READERS, TELEPHONY_WRITE, path_uuid, require, require_own,
};
use hub_directory::{Caller, LocationId};
use kit::Result;
use kit_web::{ApiError, Json};
use serde_json::Value;
use webex::ResourceKind;

/// How many a page of a list has at the most.
pub(super) const MOST: usize = 2_000;

/// A body that is looked at once the caller may write.
pub(super) type Body = std::result::Result<Json<Value>, ApiError>;

pub(super) fn may_read(caller: &Caller, pairs: &Pairs) -> Result<()> {
    require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
    require_own(caller, pairs.organization()?)
}

pub(super) fn may_write(caller: &Caller, pairs: &Pairs) -> Result<()> {
    require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
    require_own(caller, pairs.organization()?)
}

pub(super) fn location(text: &str) -> Result<LocationId> {
    path_uuid(ResourceKind::Location, text).map(LocationId::new)
}

/// A switch of the query that may be left out.
pub(super) fn maybe(pairs: &Pairs, key: &str) -> Option<bool> {
    pairs.text(key).map(|_| pairs.flag(key))
}

pub(super) fn owned(pairs: &Pairs, key: &str) -> Option<String> {
    pairs.text(key).map(ToOwned::to_owned)
}
