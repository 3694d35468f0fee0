//! Organizations, people, roles, licences and locations.

mod caller;
mod changes;
mod directory;
mod model;
pub mod seed;
mod store;
mod use_cases;

pub use caller::{Caller, CallerOrigin, INVALID_TOKEN, MISSING_SCOPE_OR_ROLE};
pub use changes::{PersonChange, PersonChangeKind, PersonChanged};
pub use directory::Directory;
pub use model::{Account, Organization};
pub use seed::{SeedOrganization, Size};

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
