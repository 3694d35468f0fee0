mod audience;
mod catalogue;
mod csv;
mod history;
mod policy;
mod request;
mod reset;
mod reviewer;

pub use audience::Audience;
pub(crate) use catalogue::purpose_of;
pub use catalogue::{CatalogueEntry, FIVE, IntegrationDetails, OTHERS};
pub(crate) use csv::csv_line;
pub use history::{Deed, HistoryEntry};
pub use policy::{Bound, Existing, Rule, Standing};
pub use request::{AccessRequest, Demand, RequestState};
pub(crate) use request::{
    LONGEST_JUSTIFICATION, LONGEST_REASON, MOST_LISTED, MOST_REQUESTS, MOST_TOLD_AN_HOUR, bounded_text,
};
pub(crate) use reset::UNDO_LIFE;
pub use reset::{Reset, Restoration};
pub(crate) use reviewer::MOST_REVIEWERS;
pub use reviewer::{Expiry, Reviewer};
