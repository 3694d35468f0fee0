//! Clients, grants and tokens, what makes them valid, and the protocol endpoints.
//!
//! [`OAuth`] is the front door. Validity is computed on every use: a token is alive when its grant is not revoked, it
//! has not expired, its person exists and may sign in, the person's epochs are those of the grant's birth, its client
//! is enabled and the [`PolicyGate`] still allows it. Nothing needs to visit rows when a person's password changes.

mod api;
mod batches;
mod gate;
mod middleware;
mod model;
mod oauth;
mod pages;
mod store;
mod use_cases;

pub use api::{ROUTES, api_router};
pub use gate::{GateDecision, GateQuestion, PolicyGate, Refusal};
pub use middleware::attach_bearer;
pub use model::client::{
    Client, ClientChange, ClientKind, Lifetimes, NewClient, RegisteredClient, check_redirect_uris,
    new_client_id,
};
pub use model::grant::{Grant, GrantId, GrantKind};
pub use model::validity::Death;
pub use oauth::OAuth;
pub use pages::{PAGE_ROUTES, pages_router};
pub use use_cases::{
    Adopter, AuthorizedApplication, DEVELOPER_PORTAL, HangingGrant, PersonalToken, RESOURCE_SERVER_SCOPE,
    ServiceAppTokens,
};
