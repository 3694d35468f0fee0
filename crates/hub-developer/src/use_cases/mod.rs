//! What can be done with applications: one verb a file, authorization check first.

mod authorize_service_app;
mod change_application;
mod deauthorize_service_app;
mod delete_application;
mod issue_tokens;
mod list_applications;
mod list_service_apps;
mod record;
mod register_application;
mod rights;
mod rotate_secret;
mod set_audience;
mod set_logo;
mod show_application;

pub(crate) use delete_application::Ends;
pub use list_service_apps::CatalogueEntry;
pub use register_application::FreshSecret;
pub use show_application::OwnApplication;

pub(crate) use issue_tokens::{NoTokens, ServiceAppPair};
pub(crate) use register_application::{NewApplication, Registered};
pub(crate) use rights::{READ, TOKEN, WRITE, require_see_catalogue};
