pub(crate) mod audit;
pub(crate) mod letters;
mod migrations;
pub(crate) mod outbox;
pub(crate) mod sign_ins;

pub(crate) use migrations::MIGRATIONS;
