mod catalogue;
mod csv;
mod history;
mod policy;
mod request;

pub(crate) use catalogue::purpose_of;
pub use catalogue::{CatalogueEntry, FIVE, IntegrationDetails, OTHERS};
pub(crate) use csv::csv_line;
pub use history::{Deed, HistoryEntry};
pub use policy::{Existing, Rule, Standing};
pub(crate) use request::MOST_REQUESTS;
pub use request::{AccessRequest, Demand};
