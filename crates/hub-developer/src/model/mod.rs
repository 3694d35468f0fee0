//! States and rules, without a database and without HTTP.

mod application;
mod authorization;
mod draft;
mod logo;
mod overlap;
mod scopes;

pub use application::{Application, ApplicationKind, Audience};
pub use authorization::ServiceAppAuthorization;
pub(crate) use draft::as_error;
pub use draft::{ApplicationDraft, Problem, Problems};
pub use logo::Logo;
pub use overlap::Overlap;
pub use scopes::known_scopes;
pub(crate) use scopes::{ScopeGroup, scope_groups};
