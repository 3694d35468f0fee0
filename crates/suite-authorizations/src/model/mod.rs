//! States and rules; no I/O.

mod attempt;
mod check;
mod grant;
mod integrations;
mod invitation;
mod provider;
mod refusal;

pub(crate) use attempt::ATTEMPT_LIFE;
pub use attempt::{Attempt, AttemptId, AttemptStage};
pub use check::{CheckOutcome, CheckReport, Finding, Verdict};
pub(crate) use grant::renewal_due_at;
pub use grant::{AuthorizationState, Grant, GrantId, GrantState};
pub use integrations::{INTEGRATIONS, Integration, IntegrationKey, ScopeReason};
pub use invitation::{Invitation, InvitationId, InvitationState, NewInvitation};
pub use provider::{CALLBACK_PATH, IntegrationClient, Provider, ProviderOptions};
pub use refusal::Refusal;
