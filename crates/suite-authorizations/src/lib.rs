//! The authorizations that carry the integrations: who authorized what for which customer, the tokens under seal,
//! their renewal, and the pages on which a Full Admin says yes.
//!
//! The front door is [`Authorizations`]. An integration asks [`Authorizations::client_for`] and gets a client that
//! renews its token by itself. [`pages_router`] serves the customer's page with its five cards, the callback, and the
//! pages behind an invitation.

mod authorizations;
mod model;
mod pages;
mod store;
mod use_cases;
mod vault;

pub use authorizations::{Authorizations, AuthorizationsParts, CustomerLink};
pub use model::{
    Attempt, AttemptId, AttemptStage, AuthorizationState, CALLBACK_PATH, CheckOutcome, CheckReport, Finding,
    Grant, GrantId, GrantState, INTEGRATIONS, Integration, IntegrationClient, IntegrationKey, Invitation,
    InvitationId, InvitationState, NewInvitation, Provider, ProviderOptions, Refusal, ScopeReason, Verdict,
};
pub use pages::{ROUTES, pages_router};
pub use use_cases::{CallbackOutcome, CallbackQuery, Card, Refused};
pub use vault::{Place, Vault, key_from_text, load_or_create_key};
