//! The slice's tables; nobody else reads them.

pub(crate) mod added;
pub(crate) mod apply;
pub(crate) mod changes;
pub(crate) mod leases;
pub(crate) mod locations;
pub(crate) mod people;
pub(crate) mod runs;
pub(crate) mod staging;

use kit_sql::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "directory",
        text: include_str!("0001_directory.sql"),
    },
    Migration {
        number: 2,
        name: "people are added in place",
        text: include_str!("0002_added_in_place.sql"),
    },
];
