//! SQL. Rows are a type of their own: nothing above this folder knows a column.

pub(crate) mod attempts;
pub(crate) mod checks;
pub(crate) mod grants;
pub(crate) mod invitations;

use kit_sql::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "authorizations",
    text: include_str!("0001_authorizations.sql"),
}];
