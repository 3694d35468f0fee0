//! Passwords, sign-in and sessions of the hub's people.
//!
//! [`Identity`] is the front door. What depends on a person's security state (sessions here, grants in the slice
//! above) keeps the [`Epochs`] at which it was born and is dead as soon as they have moved: a security event
//! changes one number and not thousands of rows.

mod act_as;
mod api;
mod change_password;
mod epochs;
mod external;
mod identity;
mod listener;
mod middleware;
mod model;
mod new_password;
mod pages;
mod password_hash;
mod password_policy;
mod records;
mod reset_access;
mod reset_password;
mod sessions;
mod set_password;
mod sign_in;
mod store;
mod token_hash;

pub use api::{API_ROUTES, api_router};
pub use epochs::Epochs;
pub use external::{CameBack, ExternalAnswer, ExternalOptions, ProviderDraft, load_or_create_key};
pub use identity::Identity;
pub use listener::security_listener;
pub use middleware::{SignedIn, attach_session, sign_in_path};
pub use model::password_policy::PasswordPolicy;
pub use model::provider::{IdentityProvider, ProviderId};
pub use model::session::{Session, SessionId};
pub use model::ticket::TicketReason;
pub use model::wait_words::in_words;
pub use new_password::NewPasswordCase;
pub use pages::{AccountTab, ROUTES, account_tabs, pages_router};
pub use sessions::SESSION_COOKIE;
pub use sign_in::{SignIn, SignInAnswer, Visitor, WRONG_EMAIL_OR_PASSWORD};
pub use token_hash::{new_secret_token, token_hash};
