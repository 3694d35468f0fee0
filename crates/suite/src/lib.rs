//! The Suite, composed: tenancy, authorizations and the integrations behind one router.

mod connections;
mod navigation;
mod options;
mod overview;
mod provider;
mod simulation;
mod suite;
mod urgency;

pub use options::{ProviderClient, ProviderOptions, SuiteOptions};
pub use suite::{Suite, routes};
pub use suite_tenancy::FirstAdministrator;
