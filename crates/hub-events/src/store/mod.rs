pub(crate) mod audit;
pub(crate) mod deliveries;
pub(crate) mod letters;
mod migrations;
pub(crate) mod outbox;
pub(crate) mod sets;
pub(crate) mod sign_ins;
pub(crate) mod streams;
pub(crate) mod webhooks;

pub(crate) use migrations::MIGRATIONS;
