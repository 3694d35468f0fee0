//! The pages about virtual lines.

mod detail;
mod edit;
mod form;
mod list;
mod remove;

use axum::Router;
use axum::routing::get;
use hub_directory::Caller;
use kit::{Error, Kind, Result};

use crate::model::rights::VIRTUAL_LINE_WRITERS;
use crate::use_cases::virtual_lines::VirtualLineView;
use crate::{Telephony, VirtualLineId};

pub(super) fn router() -> Router<Telephony> {
    Router::new()
        .route("/calling/virtual-lines", get(list::list))
        .route(
            "/calling/virtual-lines/new",
            get(edit::new_form).post(edit::create),
        )
        .route("/calling/virtual-lines/{virtual_line_id}", get(detail::show))
        .route(
            "/calling/virtual-lines/{virtual_line_id}/edit",
            get(edit::edit_form).post(edit::save),
        )
        .route(
            "/calling/virtual-lines/{virtual_line_id}/delete",
            get(remove::ask).post(remove::delete),
        )
}

fn may_write(caller: &Caller) -> bool {
    caller.has_any_role(VIRTUAL_LINE_WRITERS)
}

/// Refuses the forms to whoever may only look.
fn require_writes(caller: &Caller) -> Result<()> {
    if may_write(caller) {
        return Ok(());
    }
    Err(Error::forbidden(
        "You cannot change virtual lines. A Full Administrator or a User Administrator can.",
    ))
}

/// The virtual line that a path names.
async fn line_of(telephony: &Telephony, caller: &Caller, id: &str) -> Result<VirtualLineView> {
    let nothing = || Error::not_found("There is no such virtual line in your organization.");
    let id = VirtualLineId::parse(id).map_err(|_| nothing())?;
    match telephony.show_virtual_line(caller, id).await {
        Err(error) if *error.kind() == Kind::NotFound => Err(nothing()),
        other => other,
    }
}
