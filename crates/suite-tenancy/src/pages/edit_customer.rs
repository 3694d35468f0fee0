use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use kit::{Error, Kind};
use kit_web::{Form, Page, PageError};
use serde::Deserialize;

use crate::{Action, Customer, CustomerId, PageActor, Tenancy};

#[derive(Template)]
#[template(path = "customer_form.html")]
struct CustomerForm<'a> {
    /// The customer that is renamed; none where one is added.
    customer: Option<&'a Customer>,
    name: &'a str,
    organization_id: &'a str,
    problem: Option<&'a str>,
}

impl CustomerForm<'_> {
    fn page(&self) -> Page {
        let title = self.customer.map_or_else(
            || "Add a customer".to_owned(),
            |customer| format!("Rename {}", customer.name),
        );
        let status = if self.problem.is_some() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        Page::new(title, self).with_status(status)
    }

    /// Whether the problem is one of the organization's id.
    fn concerns_organization(&self) -> bool {
        self.problem
            .is_some_and(|problem| problem.contains("organization"))
    }
}

#[derive(Deserialize)]
pub(super) struct Fields {
    name: String,
    #[serde(default)]
    organization_id: String,
}

/// What the person can mend by typing something else.
fn is_mendable(error: &Error) -> bool {
    matches!(error.kind(), Kind::Invalid | Kind::Conflict)
}

pub(super) async fn show_new(PageActor(actor): PageActor) -> Result<Page, PageError> {
    actor.require(Action::ManageCustomers, None)?;
    Ok(CustomerForm {
        customer: None,
        name: "",
        organization_id: "",
        problem: None,
    }
    .page())
}

pub(super) async fn add(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Form(form): Form<Fields>,
) -> Result<Response, PageError> {
    let Fields {
        name,
        organization_id,
    } = form;
    match tenancy.add_customer(&actor, &name, &organization_id).await {
        Ok(customer) => Ok(Redirect::to(&format!("/customers/{}", customer.id)).into_response()),
        Err(error) if is_mendable(&error) => {
            let form = CustomerForm {
                customer: None,
                name: &name,
                organization_id: &organization_id,
                problem: Some(error.public()),
            };
            Ok(form.page().into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn show_rename(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Path(id): Path<String>,
) -> Result<Page, PageError> {
    let id = customer_id(&id)?;
    actor.require(Action::ManageCustomers, Some(id))?;
    let customer = tenancy.customer(&actor, id).await?;
    Ok(CustomerForm {
        customer: Some(&customer),
        name: &customer.name,
        organization_id: "",
        problem: None,
    }
    .page())
}

pub(super) async fn rename(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Path(id): Path<String>,
    Form(form): Form<Fields>,
) -> Result<Response, PageError> {
    let id = customer_id(&id)?;
    match tenancy.rename_customer(&actor, id, &form.name).await {
        Ok(()) => Ok(Redirect::to("/customers?done=renamed").into_response()),
        Err(error) if is_mendable(&error) => {
            let customer = tenancy.customer(&actor, id).await?;
            let form = CustomerForm {
                customer: Some(&customer),
                name: &form.name,
                organization_id: "",
                problem: Some(error.public()),
            };
            Ok(form.page().into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn customer_id(text: &str) -> Result<CustomerId, PageError> {
    CustomerId::parse(text).map_err(|_| {
        PageError(Error::not_found(
            "There is no such customer, or you may not see it.",
        ))
    })
}
