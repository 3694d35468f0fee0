//! Removing a number cannot be undone: a page of its own asks first.

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use http::StatusCode;
use hub_directory::AdministratorCaller;
use kit_web::{Form, Page, Query, status_of, to_mend};

use super::state::OneNumber;
use super::{Answer, require_writes};
use crate::Numbers;

#[derive(Template)]
#[template(path = "number_remove.html")]
struct Remove<'a> {
    form: &'a OneNumber,
    back: &'a str,
    location_name: &'a str,
    problem: Option<&'a str>,
}

async fn page(
    numbers: &Numbers,
    caller: &hub_directory::Caller,
    form: &OneNumber,
    problem: Option<&str>,
    status: StatusCode,
) -> Answer {
    let location = numbers
        .directory()
        .location_of(
            numbers.database().into(),
            caller.organization_id,
            form.location_id()?,
        )
        .await?
        .ok_or_else(|| kit::Error::not_found("There is no such location in your organization."))?;
    let back = if form.back.starts_with("/calling/numbers") {
        &form.back
    } else {
        "/calling/numbers"
    };
    let template = Remove {
        form,
        back,
        location_name: &location.name,
        problem,
    };
    Ok(Page::new("Remove a number", &template)
        .with_status(status)
        .into_response())
}

pub(super) async fn ask(
    State(numbers): State<Numbers>,
    AdministratorCaller(caller): AdministratorCaller,
    Query(form): Query<OneNumber>,
) -> Answer {
    require_writes(&caller)?;
    page(&numbers, &caller, &form, None, StatusCode::OK).await
}

pub(super) async fn remove(
    State(numbers): State<Numbers>,
    AdministratorCaller(caller): AdministratorCaller,
    Form(form): Form<OneNumber>,
) -> Answer {
    require_writes(&caller)?;
    let one = std::slice::from_ref(&form.number);
    match numbers.remove_numbers(&caller, form.location_id()?, one).await {
        Ok(()) => Ok(form.list("removed").into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            page(
                &numbers,
                &caller,
                &form,
                Some(error.public()),
                status_of(error.kind()),
            )
            .await
        }
    }
}
