//! What can be done with integrations: one verb a file, authorization check first.

mod capture_request;
mod decide_requests;
mod forget_people;
mod gate;
mod list_adopted_people;
mod list_alerts;
mod list_integrations;
mod refresh_adoption;
mod register_catalogue;
mod reset_exceptions;
mod rights;
mod seed_policies;
mod set_default;
mod set_status;
mod show_integration;

pub(crate) use forget_people::ForgetPeople;
pub(crate) use gate::Gate;
pub use list_adopted_people::AdoptedPerson;
pub use list_alerts::Alert;
pub use list_integrations::{Integration, IntegrationList, ListQuery, Sort};
pub use register_catalogue::CatalogueOptions;
pub(crate) use rights::{require_decide, require_view};
pub use set_default::PolicyPreview;
pub use show_integration::IntegrationView;
