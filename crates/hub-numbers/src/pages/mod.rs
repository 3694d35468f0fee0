//! The administrators' pages of this slice.

mod add;
mod list;
mod remove;
mod state;

use axum::Router;
use axum::routing::{get, post};
use hub_directory::Caller;
use hub_directory::public_api::FULL_ADMIN;
use kit::{Error, Result, Uuid};
use kit_web::PageError;

use crate::{Numbers, OwnerKind};

/// The pages. The composition puts a [`hub_directory::Caller`] into each request whose session it found valid.
pub fn pages_router(numbers: Numbers) -> Router {
    Router::new()
        .route("/calling/numbers", get(list::list))
        .route("/calling/numbers/add", get(add::form).post(add::save))
        .route("/calling/numbers/activate", post(state::activate))
        .route("/calling/numbers/deactivate", post(state::deactivate))
        .route("/calling/numbers/remove", get(remove::ask).post(remove::remove))
        .with_state(numbers)
}

/// What a handler of a page answers.
type Answer = std::result::Result<axum::response::Response, PageError>;

/// Whether the caller may change the stock; the use cases ask again.
fn writes(caller: &Caller) -> bool {
    caller.has_any_role(FULL_ADMIN)
}

fn require_writes(caller: &Caller) -> Result<()> {
    if writes(caller) {
        return Ok(());
    }
    Err(Error::forbidden(
        "You can look at numbers and not change them. A Full Administrator can.",
    ))
}

/// Where the page of an owner is.
fn owner_path(kind: OwnerKind, id: Uuid) -> String {
    match kind {
        OwnerKind::Person => format!("/users/{id}"),
        OwnerKind::Workspace => format!("/workspaces/{id}"),
        OwnerKind::VirtualLine => format!("/calling/virtual-lines/{id}"),
        OwnerKind::HuntGroup => format!("/calling/features/hunt-groups/{id}"),
        OwnerKind::CallQueue => format!("/calling/features/call-queues/{id}"),
        OwnerKind::AutoAttendant => format!("/calling/features/auto-attendants/{id}"),
    }
}

/// What the page that follows an action says of it; the words come from here, only the key stands in the URL.
fn notice(key: Option<&str>) -> Option<&'static str> {
    Some(match key? {
        "added" => "The numbers were added.",
        "activated" => "The number is in service.",
        "deactivated" => "The number is out of service.",
        "removed" => "The number was removed.",
        _ => return None,
    })
}
