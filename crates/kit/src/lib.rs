//! Time, randomness, typed ids, secrets and errors: what every room of the house stands on.
//!
//! Pure: nothing here opens a file, a socket or a database. Time and randomness are capabilities that
//! arrive as arguments, so that everything that waits can be tested in zero seconds.
#![deny(missing_docs)]

mod clock;
mod error;
mod id;
mod randomness;
mod search_key;
mod shiftable_clock;
mod timestamp;

pub use clock::{Clock, ManualClock, SharedClock, SystemClock};
pub use error::{Error, Kind, Result};
pub use randomness::{Randomness, SeededRandomness, SharedRandomness, SystemRandomness};
pub use search_key::search_key;
pub use secrecy::{ExposeSecret, SecretString};
pub use shiftable_clock::{Moved, Pace, ShiftableClock};
pub use timestamp::{InvalidTimestamp, Timestamp};
pub use uuid::Uuid;
