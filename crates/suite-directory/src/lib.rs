//! Users' Synch: the people and locations of each customer, as Webex has them.
//!
//! The front door is [`UsersSynch`]. A run fetches everything page by page into staging tables and then applies it in
//! one short transaction; until then nothing that people look at changes, and a run that fails, is refused or loses
//! its lease has changed nothing. People who left are marked, never erased.

mod connection;
mod model;
mod pages;
mod store;
mod synch;
mod usecases;
mod users_synch;

pub use connection::Connections;
pub use model::{
    Changes, FieldChange, LocationRecord, Number, NumberKind, PersonRecord, Presence, Progress,
    ProgressStage, Run, RunId, Stage, Trigger,
};
pub use pages::{ROUTES, pages_router};
pub use synch::{Started, SynchOptions};
pub use usecases::{
    ChangeKind, DirectoryPerson, DirectorySearch, ListedPerson, RunChange, StatusFilter, SynchStatus,
};
pub use users_synch::UsersSynch;
