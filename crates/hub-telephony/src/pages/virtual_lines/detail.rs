use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use kit_web::Page;
use webex::{PublicId, ResourceKind};

use super::{line_of, may_write};
use crate::Telephony;
use crate::pages::shared::{Answer, notice};
use crate::use_cases::virtual_lines::VirtualLineView;

#[derive(Template)]
#[template(path = "virtual_line.html")]
struct LinePage<'a> {
    view: &'a VirtualLineView,
    public_id: String,
    may_write: bool,
    notice: Option<String>,
}

pub(super) async fn show(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let view = line_of(&telephony, &caller, &id).await?;
    let template = LinePage {
        public_id: PublicId::of_uuid(ResourceKind::VirtualLine, view.line.id.uuid()).to_string(),
        may_write: may_write(&caller),
        notice: notice(pairs.text("done"), "virtual line"),
        view: &view,
    };
    Ok(Page::new(view.line.display_name.clone(), &template).into_response())
}
