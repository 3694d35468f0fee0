//! States and rules, pure.

mod guard;
mod location;
mod number;
mod person;
mod run;
mod schedule;

pub(crate) use guard::refusal;
pub use location::LocationRecord;
pub(crate) use location::locations_from_wire;
pub use number::{Number, NumberKind};
pub(crate) use number::{digits_of, tail_of};
pub use person::{FieldChange, PersonRecord, Presence};
pub(crate) use person::{LOCATION, differences, person_from_wire};
pub use run::{Changes, Progress, ProgressStage, Run, RunId, Stage, Trigger};
pub(crate) use schedule::next_due;
