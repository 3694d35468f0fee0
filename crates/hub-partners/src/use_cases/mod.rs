mod act_for;
mod assign;
mod forget_people;
mod list_administrators;
mod list_customers;

pub(crate) use assign::ORGANIZATIONS_WRITE;
pub(crate) use list_administrators::AdministratorView;
pub(crate) use list_customers::{CustomersOf, ORGANIZATIONS_READ};
