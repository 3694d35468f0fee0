//! One verb a file; the authorization check is the first line.

mod begin;
mod callback;
mod cards;
mod check;
mod confirm;
mod establish;
mod examine;
mod invite;
mod keep_fresh;
mod open_invitation;
mod probes;
mod renew;
mod speak;
mod verify_id_token;

pub use callback::{CallbackOutcome, CallbackQuery, Refused};
pub use cards::Card;
pub(crate) use confirm::Confirmation;
pub(crate) use open_invitation::OpenInvitation;

/// What travels in the open is kept as a hash only: states, nonces, browser ids, the secrets of links.
fn hash(text: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}
