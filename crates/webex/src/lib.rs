//! The wire contract that both products speak: ids, scopes, roles, people, errors.
//!
//! Everything here is published by Webex (developer.webex.com) or observed on the wire; a type's
//! documentation names what it mirrors. No I/O.
#![deny(missing_docs)]

mod ids;
mod license;
mod location;
mod organization;
mod person;
mod roles;
mod scopes;

pub use ids::{PublicId, ResourceKind, application_id, client_id_of_application};
pub use license::{License, LicenseUser};
pub use location::{
    CallingLineId, Location, LocationAddress, LocationWrite, TelephonyLocation, TelephonyLocationWrite,
    TelephonyLocations,
};
pub use organization::{Items, Organization, RoleObject};
pub use person::{
    PeoplePage, Person, PersonAddress, PersonKind, PersonStatus, PersonWrite, PhoneNumber, PhoneNumberKind,
    SipAddress, SipAddressKind,
};
pub use roles::Role;
pub use scopes::{Scope, ScopeSet, describe_scope};
