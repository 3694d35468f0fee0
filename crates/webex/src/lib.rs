//! The wire contract that both products speak: ids, scopes, roles, people, errors.
//!
//! Everything here is published by Webex (developer.webex.com) or observed on the wire; a type's
//! documentation names what it mirrors. No I/O.
#![deny(missing_docs)]

mod ids;
mod roles;
mod scopes;

pub use ids::{PublicId, ResourceKind, application_id, client_id_of_application};
pub use roles::Role;
pub use scopes::{Scope, ScopeSet, describe_scope};
