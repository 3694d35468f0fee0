//! Partners: organizations whose administrators look after the organizations of their customers.
//!
//! A partner's administrator chooses a customer and sees that customer's Control Hub in the role that they hold with the
//! partner. Nothing else in the Hub knows of it: [`act_for_customer`] hands the other slices a [`hub_directory::Caller`] of
//! the customer's organization with the roles that the partner role is worth there, and every rule holds for it as for
//! anybody.

mod api;
mod middleware;
mod model;
mod pages;
mod partners;
mod routes;
mod seed;
mod store;
mod use_cases;

pub use api::api_router;
pub use middleware::{Represented, act_for_customer};
pub use model::PartnerRole;
pub use pages::pages_router;
pub use partners::{CustomerPolicy, Partners};
pub use routes::ROUTES;
