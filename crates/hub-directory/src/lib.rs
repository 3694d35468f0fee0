//! Organizations, people, roles, licences and locations.

mod caller;
mod changes;

pub use caller::{Caller, CallerOrigin, INVALID_TOKEN, MISSING_SCOPE_OR_ROLE};
pub use changes::{PersonChange, PersonChangeKind, PersonChanged};

kit::typed_id!(
    /// An organization.
    OrganizationId
);
kit::typed_id!(
    /// A person.
    PersonId
);
kit::typed_id!(
    /// A location.
    LocationId
);
