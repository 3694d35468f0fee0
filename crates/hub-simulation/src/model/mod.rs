//! Faults and what was seen: no I/O.

pub(crate) mod fault;
pub(crate) mod operation;
pub(crate) mod request_log;
