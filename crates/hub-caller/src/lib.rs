//! On whose behalf the Hub answers.
//!
//! The composition puts a [`Caller`] into each request once the token or the session is found valid; use cases ask it
//! before they read anything. Every slice of the Hub needs it, also those that lie below the directory.
#![deny(missing_docs)]

mod caller;
mod page_caller;
mod rights;

pub use caller::{Caller, CallerOrigin, INVALID_TOKEN, MISSING_SCOPE_OR_ROLE};
pub use page_caller::{AdministratorCaller, PageCaller};
pub use rights::{ADMINISTRATORS, FULL_ADMIN, NOT_FOUND, require, require_console, require_own};

kit::typed_id!(
    /// An organization.
    OrganizationId
);
kit::typed_id!(
    /// A person.
    PersonId
);
