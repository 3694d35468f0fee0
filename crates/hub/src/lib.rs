//! The Hub, composed: slices wired to each other, sessions and bearer tokens turned into callers, the shell and its
//! navigation, the seed.
//!
//! [`Hub::open`] is the front door.

mod callers;
mod coverage;
mod customer_policy;
mod events;
mod frame;
mod hub;
mod limits;
mod options;
mod pages;
mod seed;
mod service_catalogue;
mod settings;
mod simulation;
mod wiring;

pub use coverage::{Counts, Coverage, Line, Operation, State, coverage, published};
pub use events::EventSettings;
pub use hub::Hub;
pub use hub_directory::Size;
pub use hub_gateway::GatewayOptions;
pub use hub_simulation::Simulation;
pub use limits::RateLimits;
pub use options::{DEFAULT_BLOCKED_CLIENT, FirstStart, HubOptions, SeededOrganization, SeededPerson};
pub use simulation::simulation_routes;

/// Every route of the Hub. The table drives the authorization tests and the documentation.
pub fn routes() -> impl Iterator<Item = &'static kit_web::RouteSpec> {
    pages::ROUTES
        .iter()
        .chain(service_catalogue::ROUTES)
        .chain(hub_directory::ROUTES)
        .chain(hub_identity::ROUTES)
        .chain(hub_oauth::ROUTES)
        .chain(hub_oauth::PAGE_ROUTES)
        .chain(hub_governance::ROUTES)
        .chain(hub_governance::API_ROUTES)
        .chain(hub_identity::API_ROUTES)
        .chain(hub_governance::BLAST_RADIUS_ROUTES)
        .chain(hub_numbers::ROUTES)
        .chain(hub_partners::ROUTES)
        .chain(hub_telephony::ROUTES)
        .chain(hub_call_features::ROUTES)
        .chain(hub_scim::ROUTES)
        .chain(hub_developer::ROUTES)
        .chain(hub_events::API_ROUTES)
        .chain(hub_events::PAGE_ROUTES)
}
