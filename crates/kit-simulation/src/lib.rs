//! What both products need to let their clock be moved: a clock that remembers where it was, its API, and who may use it.
//!
//! [`SimulatedTime`] is the front door. Whoever can move a clock can let every password and token expire, so all of this is for
//! loopback alone: [`require_loopback`] refuses anything else before a product starts, [`only_from_this_machine`] every request.
#![deny(missing_docs)]

mod api;
mod duration;
mod guard;
mod store;
mod time;

pub use api::{Advance, CLOCK, CLOCK_ADVANCE, ClockView, ROUTES, router};
pub use duration::{duration_in_words, lead_in_words, parse_duration};
pub use guard::{only_from_this_machine, require_loopback};
pub use time::{SimulatedTime, show_simulated_time};
