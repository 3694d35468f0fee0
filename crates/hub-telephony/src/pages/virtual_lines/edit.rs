use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use hub_directory::{AdministratorCaller, Caller};
use kit::Result;
use kit_web::{Form, Page};

use super::form::{LineForm, Offer};
use super::{line_of, require_writes};
use crate::pages::shared::{Answer, Problems, attempt, problem_at};
use crate::use_cases::virtual_lines::VirtualLineView;
use crate::{Telephony, VirtualLineId};

/// The form, for a new virtual line and for one that is there.
#[derive(Template)]
#[template(path = "virtual_line_form.html")]
struct FormPage<'a> {
    form: &'a LineForm,
    offer: &'a Offer,
    problems: &'a Problems,
    /// Name and id of the line that is edited.
    edited: Option<(&'a str, String)>,
}

impl FormPage<'_> {
    fn problem_at(&self, field: &str) -> Option<&str> {
        problem_at(self.problems, field)
    }
}

pub(super) async fn new_form(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
) -> Answer {
    require_writes(&caller)?;
    let form = LineForm::default();
    let page = FormPage {
        offer: &Offer::of(&telephony, &caller, &form, None).await?,
        form: &form,
        problems: &Problems::new(),
        edited: None,
    };
    Ok(Page::new("Add a virtual line", &page).into_response())
}

pub(super) async fn create(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<LineForm>,
) -> Answer {
    require_writes(&caller)?;
    let offer = Offer::of(&telephony, &caller, &form, None).await?;
    let mut problems = form.problems(&offer);
    let draft = form.clone().into_draft(true);
    let made = attempt(&mut problems, telephony.create_virtual_line(&caller, draft)).await?;
    let status = match made {
        Ok(id) => {
            let path = format!("/calling/virtual-lines/{id}?done=created");
            return Ok(Redirect::to(&path).into_response());
        }
        Err(status) => status,
    };
    let page = FormPage {
        form: &form,
        offer: &offer,
        problems: &problems,
        edited: None,
    };
    Ok(Page::new("Add a virtual line", &page)
        .with_status(status)
        .into_response())
}

pub(super) async fn edit_form(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    require_writes(&caller)?;
    let view = line_of(&telephony, &caller, &id).await?;
    let form = LineForm::of(&view);
    let page = FormPage {
        offer: &Offer::of(&telephony, &caller, &form, Some(&view)).await?,
        form: &form,
        problems: &Problems::new(),
        edited: Some((&view.line.display_name, view.line.id.to_string())),
    };
    Ok(Page::new("Edit a virtual line", &page).into_response())
}

pub(super) async fn save(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<LineForm>,
) -> Answer {
    require_writes(&caller)?;
    let view = line_of(&telephony, &caller, &id).await?;
    let id = view.line.id;
    let offer = Offer::of(&telephony, &caller, &form, Some(&view)).await?;
    let mut problems = form.problems(&offer);
    let saved = attempt(&mut problems, save_all(&telephony, &caller, &view, id, &form)).await?;
    let status = match saved {
        Ok(()) => {
            let path = format!("/calling/virtual-lines/{id}?done=saved");
            return Ok(Redirect::to(&path).into_response());
        }
        Err(status) => status,
    };
    let page = FormPage {
        form: &form,
        offer: &offer,
        problems: &problems,
        edited: Some((&view.line.display_name, id.to_string())),
    };
    Ok(Page::new("Edit a virtual line", &page)
        .with_status(status)
        .into_response())
}

/// The directory switch has an operation of its own.
async fn save_all(
    telephony: &Telephony,
    caller: &Caller,
    view: &VirtualLineView,
    id: VirtualLineId,
    form: &LineForm,
) -> Result<()> {
    let draft = form.clone().into_draft(false);
    telephony.update_virtual_line(caller, id, draft).await?;
    let shown = form.directory_search.is_some();
    if shown == view.line.directory_search {
        return Ok(());
    }
    telephony.set_directory_search(caller, id, shown).await
}
