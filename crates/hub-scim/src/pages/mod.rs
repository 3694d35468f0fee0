//! The administrators' pages about groups.

mod edit;
mod group;
mod list;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use hub_directory::Caller;
use kit::{Error, Kind, Result, Uuid};
use kit_web::PageError;

use crate::Scim;
use crate::model::group::Group;
use crate::model::rights;

/// The pages. The composition puts a [`hub_directory::Caller`] into each request whose session it found valid.
pub fn pages_router(scim: Scim) -> Router {
    Router::new()
        .route("/groups", get(list::list))
        .route("/groups/new", get(edit::new_form).post(edit::create))
        .route("/groups/{group_id}", get(group::show))
        .route("/groups/{group_id}/edit", get(edit::form).post(edit::save))
        .route("/groups/{group_id}/members", post(group::add_member))
        .route("/groups/{group_id}/members/remove", post(group::remove_member))
        .route(
            "/groups/{group_id}/delete",
            get(edit::ask_to_delete).post(edit::delete),
        )
        .with_state(scim)
}

/// What a handler of a page answers.
type Answer = std::result::Result<Response, PageError>;

/// What the page that follows an action says of it; the words come from here, only the key stands in the URL.
fn notice(key: Option<&str>) -> Option<&'static str> {
    Some(match key? {
        "created" => "The group was added.",
        "saved" => "The changes were saved.",
        "added" => "The person is in the group now.",
        "removed" => "The person is no longer in the group.",
        "deleted" => "The group was deleted. Its people stay.",
        _ => return None,
    })
}

/// Refuses the forms to whoever may only look.
fn require_writes(caller: &Caller) -> Result<()> {
    if rights::may_write_groups(caller) {
        return Ok(());
    }
    Err(Error::forbidden(
        "You can look at groups and not change them. A Full Administrator can.",
    ))
}

/// The group whom a path names.
async fn group_of(scim: &Scim, caller: &Caller, id: &str) -> Result<Group> {
    let nothing = || Error::not_found("There is no such group in your organization.");
    let id = Uuid::parse_str(id).map_err(|_| nothing())?;
    match scim.group(caller, id, rights::GROUPS_READ).await {
        Err(error) if *error.kind() == Kind::NotFound => Err(nothing()),
        other => other,
    }
}

/// The page of a list that `?page=` asks for, from 1.
fn wanted_page(pairs: &hub_directory::public_api::Pairs, total: usize, size: usize) -> usize {
    let wanted = pairs.text("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    wanted.clamp(1, total.div_ceil(size).max(1))
}
