//! States and rules, pure.

mod actor;
mod audit;
mod customer;
mod principal;
mod rights;
mod session;

pub use actor::{Actor, RoleAssignment, RoleAssignmentId};
pub use audit::{AuditEntry, RecordedEntry};
pub(crate) use customer::customer_name;
pub use customer::{Customer, CustomerId, organization_uuid};
pub use principal::{Principal, PrincipalId, PrincipalState};
pub(crate) use principal::{acceptable_password, email_address, person_name};
pub use rights::{Action, RIGHTS, Role};
pub(crate) use session::{IDLE_LIMIT, LIFETIME, SEEN_EVERY};
pub use session::{Session, SessionId};
