//! What can be done here: one verb a file, authorization check first.

mod bulk;
mod change_group;
mod change_organization;
mod change_user;
mod create_group;
mod create_user;
mod delete_group;
mod delete_user;
mod list_members;
mod manage_groups;
mod search_groups;
mod search_users;
mod show_group;
mod show_organization;
mod show_user;

pub(crate) use bulk::{BulkAnswer, BulkDone};
pub(crate) use change_organization::OrganizationChange;
pub(crate) use manage_groups::{GroupEdit, GroupQuery};
pub(crate) use search_users::{Search, SearchFound};
pub(crate) use show_organization::IdentityOrganization;

use serde_json::Value;

use crate::model::error::{Outcome, ScimError};

/// The JSON of a body. Rights were asked for before: whoever may not write learns nothing of what was wrong.
pub(crate) fn read_json(body: &[u8]) -> Outcome<Value> {
    serde_json::from_slice(body)
        .map_err(|error| ScimError::syntax(format!("The body of this request is not JSON: {error}.")))
}
