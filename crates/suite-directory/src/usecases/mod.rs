//! What is asked of the directory; one question a file, the authorization check first.

mod find_person;
mod list_changes;
mod list_locations;
mod list_runs;
mod search_people;
mod show_status;

pub use find_person::DirectoryPerson;
pub use list_changes::{ChangeKind, RunChange};
pub use search_people::{DirectorySearch, ListedPerson, StatusFilter};
pub use show_status::SynchStatus;
