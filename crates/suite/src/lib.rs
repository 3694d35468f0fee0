//! The Suite, composed: tenancy, authorizations and the integrations behind one router.

mod keys;
mod options;
mod suite;

pub use options::{ProviderClient, ProviderOptions, SuiteOptions};
pub use suite::Suite;
pub use suite_tenancy::FirstAdministrator;
