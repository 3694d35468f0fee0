//! States and rules, without a database and without HTTP.

mod entry;
mod held;
mod job;
mod keys;
mod listed;
mod owner;
mod toll_free;
mod wanted;

pub(crate) use entry::{Entry, EntryOwner, NumberKind};
pub use held::Held;
pub(crate) use job::{Job, JobError, Operation};
pub(crate) use keys::{BEHIND_NUMBERS, NOBODY, dial_key, extension_key, name_key, owner_key};
pub(crate) use listed::{Counts, Listed};
pub use owner::{Owner, OwnerKind};
pub(crate) use toll_free::is_toll_free;
pub(crate) use wanted::Settled;
pub use wanted::Wanted;

use hub_directory::{LocationId, OrganizationId};

/// A location with calling, as far as numbers need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumberLocation {
    pub(crate) id: LocationId,
    pub(crate) organization_id: OrganizationId,
    pub(crate) name: String,
    pub(crate) routing_prefix: Option<String>,
}
