//! Customers, principals, sessions, rights and the audit trail: who may do what in the Suite.
//!
//! The front door is [`Tenancy`]. Every use case of every slice begins with [`Actor::require`], which asks the one
//! rights table [`RIGHTS`]. The composition wraps its router with [`recognize`], which finds out who is at the
//! browser; handlers then take an [`Actor`] (programs: 401) or a [`PageActor`] (people: the sign-in page).

mod model;
mod pages;
mod passwords;
mod store;
mod tenancy;
mod usecases;

pub use model::{
    Action, Actor, AuditEntry, Customer, CustomerId, Principal, PrincipalId, PrincipalState, RIGHTS,
    RecordedEntry, Role, RoleAssignment, RoleAssignmentId, Session, SessionId, organization_uuid,
};
pub use pages::{PageActor, ROUTES, Source, pages_router, recognize};
pub use tenancy::{SESSION_COOKIE, Tenancy};
pub use usecases::{AuditQuery, CustomerSearch, FirstAdministrator, NewPrincipal, SignedIn};
