//! Applications that people register, and Service Apps that Full Admins authorize.
//!
//! [`Developer`] is the front door. Anybody who is signed in registers integrations and Service Apps, gets an id and a
//! secret, and changes, rotates and deletes them. A Service App acts for an organization once one of its Full Admins
//! authorized it: as a machine account, which hangs on nobody's password and on nobody's role. [`api_router`] serves
//! `/v1/applications`, [`pages_router`] the developer's pages and the catalogue of Service Apps; [`ROUTES`] lists both.

mod api;
mod developer;
mod model;
mod pages;
mod routes;
mod store;
mod use_cases;

pub use api::api_router;
pub use developer::Developer;
pub use model::{
    Application, ApplicationDraft, ApplicationKind, Audience, Logo, Overlap, Problem, Problems,
    ServiceAppAuthorization, known_scopes,
};
pub use pages::pages_router;
pub use routes::ROUTES;
pub use use_cases::{CatalogueEntry, FreshSecret, OwnApplication};
