use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use hub_directory::AdministratorCaller;
use kit_web::{Form, NoFields, Page, status_of, to_mend};

use super::{line_of, require_writes};
use crate::Telephony;
use crate::pages::shared::{Answer, freed};
use crate::use_cases::virtual_lines::VirtualLineView;

#[derive(Template)]
#[template(path = "virtual_line_delete.html")]
struct DeletePage<'a> {
    name: &'a str,
    id: String,
    consequences: Vec<String>,
    problem: Option<String>,
}

pub(super) async fn ask(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let view = line_of(&telephony, &caller, &id).await?;
    Ok(Page::new("Delete a virtual line", &page(&view, None)).into_response())
}

pub(super) async fn delete(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    require_writes(&caller)?;
    let view = line_of(&telephony, &caller, &id).await?;
    match telephony.delete_virtual_line(&caller, view.line.id).await {
        Ok(()) => Ok(Redirect::to("/calling/virtual-lines?done=deleted").into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            let page = page(&view, Some(error.public().to_owned()));
            Ok(Page::new("Delete a virtual line", &page)
                .with_status(status_of(error.kind()))
                .into_response())
        }
    }
}

fn page(view: &VirtualLineView, problem: Option<String>) -> DeletePage<'_> {
    let mut consequences = vec!["The virtual line goes. There is no way back.".to_owned()];
    consequences.extend(freed(view.held.as_ref()));
    DeletePage {
        name: &view.line.display_name,
        id: view.line.id.to_string(),
        consequences,
        problem,
    }
}
