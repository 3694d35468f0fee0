//! Virtual lines, workspaces, and a person's call settings.
//!
//! [`Telephony`] is the front door. Inside, in reading order: `model` (rules), `use_cases` (one verb a file), `store`
//! (SQL), `seed`, `api`, `pages`. Numbers and extensions are kept by [`hub_numbers::Numbers`] alone.

mod api;
mod model;
mod pages;
mod seed;
mod store;
mod telephony;
mod use_cases;

pub use api::{ROUTES, api_router};
pub use pages::pages_router;
pub use telephony::Telephony;

kit::typed_id!(
    /// A workspace.
    WorkspaceId
);
kit::typed_id!(
    /// A virtual line.
    VirtualLineId
);
