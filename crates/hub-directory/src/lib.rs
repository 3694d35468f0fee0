//! Organizations, people, roles, licences and locations.
//!
//! [`Directory`] is the front door: other slices ask it who somebody is ([`Directory::account`]) and listen to what
//! changes ([`Directory::with_listener`]). [`api_router`] serves the public API, [`pages_router`] the administrators'
//! pages; [`ROUTES`] lists both. Inside, in reading order: `model` (rules), `use_cases` (one verb a file), `store` (SQL),
//! `api`, `pages`.

mod api;
mod changes;
mod consequences;
mod directory;
mod model;
mod pages;
mod ports;
pub mod public_api;
mod query;
pub mod seed;
mod store;
mod use_cases;

pub use api::{ROUTES, api_router};
pub use changes::{LocationChangeKind, LocationChanged, PersonChange, PersonChangeKind, PersonChanged};
pub use consequences::{Consequence, Consequences, Deed, Fate};
pub use directory::Directory;
pub use hub_caller::{
    AdministratorCaller, Caller, CallerOrigin, INVALID_TOKEN, MISSING_SCOPE_OR_ROLE, OrganizationId,
    PageCaller, PersonId,
};
pub use model::{
    Account, CallingDraft, CallingSide, License, Location, Machine, Number, Organization, Person,
    PersonDraft, e164,
};
pub use pages::pages_router;
pub use ports::{InitialPassword, ManagedOrganizations};
pub use seed::{SeedOrganization, Size};
pub use use_cases::person_target;
pub use use_cases::{
    DirectoryFigures, LocationQuery, PeopleFound, PeopleQuery, PeopleSearch, PeopleView, SearchFound,
    StatusFilter,
};
pub use use_cases::{PeopleCondition, PeopleOrder, PeoplePosition};

kit::typed_id!(
    /// A location.
    LocationId
);
kit::typed_id!(
    /// A licence: our own key, not what the public id wraps.
    LicenseId
);
