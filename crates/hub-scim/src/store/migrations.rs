//! The tables of this slice.

use kit_sql::Migration;

/// An applied step never changes; a change is a further step.
pub(crate) const STEPS: &[Migration] = &[Migration {
    number: 1,
    name: "users, groups and the organization",
    text: include_str!("0001_scim.sql"),
}];
