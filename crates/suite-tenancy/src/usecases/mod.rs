//! One verb a file; the authorization check is the first line.

mod add_customer;
mod add_principal;
mod change_password;
mod ensure_first_administrator;
mod list_audit_trail;
mod list_customers;
mod list_principals;
mod list_sessions;
mod pin_organization;
mod recognize_session;
mod record;
mod rename_customer;
mod set_principal_state;
mod sign_in;
mod sign_out;

pub use add_principal::NewPrincipal;
pub use ensure_first_administrator::FirstAdministrator;
pub use list_audit_trail::AuditQuery;
pub use list_customers::CustomerSearch;
pub use sign_in::SignedIn;

/// Session tokens are kept as hashes only: who reads the database cannot use them.
fn token_hash(token: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
