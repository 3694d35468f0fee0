//! The catalogue of integrations, who may use them, and the requests of those who may not.
//!
//! [`Governance`] is the front door. The authorization server asks [`Governance::gate`] after sign-in and before
//! consent, and again on refresh and on each use of a token; a refused person's request is captured and shown to the
//! administrators in the Alerts center.

mod api;
mod blast_radius;
mod clients_file;
mod governance;
mod model;
mod pages;
mod store;
mod use_cases;

pub use api::{API_ROUTES, api_router};
pub use blast_radius::{BLAST_RADIUS_ROUTES, Loss, PolicyDeed, blast_radius_router};
pub use governance::Governance;
pub use model::{
    AccessRequest, Audience, Bound, CatalogueEntry, Deed, Demand, Existing, Expiry, FIVE, HistoryEntry,
    IntegrationDetails, OTHERS, RequestState, Reset, Restoration, Reviewer, Rule, Standing,
};
pub use pages::{ROUTES, apps_tabs, pages_router};
pub use use_cases::{
    AdoptedPerson, Alert, CatalogueOptions, Decision, Integration, IntegrationList, IntegrationView,
    ListQuery, ListedPerson, MyRequest, Pasted, PolicyPreview, RequestPage, RequestRight, Sort,
    SpecificUsers, StatusFilter, UndoPlan,
};
