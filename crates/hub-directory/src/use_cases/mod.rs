//! What can be done with the directory: one verb a file, authorization check first.

mod change_person;
mod close_organization;
mod configure_calling;
mod count_people;
mod create_location;
mod create_person;
mod delete_location;
mod delete_person;
mod delete_who_fell_due;
mod differences;
mod lend_licenses;
mod list_licenses;
mod list_locations;
mod list_people;
mod machines;
mod record;
mod rename_organization;
mod search_people;
mod secure_person;
mod see_organizations;
mod set_presence_sharing;
mod show_person;
mod stamp_sign_in;
mod update_location;
mod view;
mod walk_people;

pub use count_people::DirectoryFigures;
pub use list_locations::LocationQuery;
pub use list_people::{PeopleFound, PeopleQuery};
pub use record::person_target;
pub use search_people::{PeopleSearch, SearchFound, StatusFilter};
pub use view::PeopleView;
pub use walk_people::{PeopleCondition, PeopleOrder, PeoplePosition};
