//! The slice's tables; nobody else reads them.

pub(crate) mod attempts;
pub(crate) mod audit;
pub(crate) mod customers;
pub(crate) mod principals;
pub(crate) mod sessions;

use kit_sql::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "tenancy",
    text: include_str!("0001_tenancy.sql"),
}];
