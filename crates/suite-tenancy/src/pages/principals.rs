use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use kit::{Error, ExposeSecret as _, Kind, SecretString};
use kit_web::{Form, Page, PageError, Query};
use serde::Deserialize;

use super::Done;
use crate::{
    Action, Actor, Customer, CustomerId, NewPrincipal, PageActor, Principal, PrincipalId, PrincipalState,
    Role, RoleAssignment, Tenancy,
};

#[derive(Template)]
#[template(path = "principals.html")]
struct PrincipalsTemplate<'a> {
    actor: &'a Actor,
    principals: Vec<Principal>,
    customers: Vec<Customer>,
    done: &'a str,
}

impl PrincipalsTemplate<'_> {
    fn is_self(&self, principal: &Principal) -> bool {
        principal.id == self.actor.principal_id
    }

    fn is_active(&self, principal: &Principal) -> bool {
        principal.state == PrincipalState::Active
    }

    fn reach(&self, assignment: &RoleAssignment) -> String {
        let Some(id) = assignment.customer else {
            return "every customer".to_owned();
        };
        self.customers
            .iter()
            .find(|customer| customer.id == id)
            .map_or_else(|| "a customer".to_owned(), |customer| customer.name.clone())
    }
}

#[derive(Template)]
#[template(path = "principal_form.html")]
struct PrincipalForm<'a> {
    fields: &'a Fields,
    customers: Vec<Customer>,
    problem: Option<&'a str>,
}

/// The one page that shows a first password.
#[derive(Template)]
#[template(path = "principal_added.html")]
struct PrincipalAdded<'a> {
    principal: &'a Principal,
    password: &'a SecretString,
}

impl PrincipalAdded<'_> {
    fn password(&self) -> &str {
        self.password.expose_secret()
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    name: String,
    email: String,
    role: String,
    customer: String,
}

impl Fields {
    fn read(&self) -> Result<NewPrincipal, Error> {
        let role = Role::from_key(&self.role).ok_or_else(|| Error::invalid("Choose a role."))?;
        let customer = match self.customer.as_str() {
            "" => None,
            id => Some(CustomerId::parse(id)?),
        };
        Ok(NewPrincipal {
            name: self.name.clone(),
            email: self.email.clone(),
            assignment: RoleAssignment { role, customer },
        })
    }
}

pub(super) async fn show(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Query(query): Query<Done>,
) -> Result<Page, PageError> {
    let principals = tenancy.principals(&actor).await?;
    let customers = tenancy.customers(&actor).await?;
    Ok(Page::new(
        "Users of the Suite",
        &PrincipalsTemplate {
            actor: &actor,
            principals,
            customers,
            done: &query.done,
        },
    ))
}

pub(super) async fn show_new(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
) -> Result<Page, PageError> {
    actor.require(Action::ManagePrincipals, None)?;
    let fields = Fields {
        role: Role::CustomerManager.key().to_owned(),
        ..Fields::default()
    };
    form(&tenancy, &actor, &fields, None).await
}

async fn form(
    tenancy: &Tenancy,
    actor: &Actor,
    fields: &Fields,
    problem: Option<&str>,
) -> Result<Page, PageError> {
    let customers = tenancy.customers(actor).await?;
    let status = if problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok(Page::new(
        "Add a user",
        &PrincipalForm {
            fields,
            customers,
            problem,
        },
    )
    .with_status(status))
}

pub(super) async fn add(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Form(fields): Form<Fields>,
) -> Result<Response, PageError> {
    actor.require(Action::ManagePrincipals, None)?;
    let added = match fields.read() {
        Ok(new) => tenancy.add_principal(&actor, new).await,
        Err(error) => Err(error),
    };
    match added {
        // Not a redirect: the password stands on this page alone, and a reload cannot bring it back.
        Ok((principal, password)) => Ok(Page::new(
            "User added",
            &PrincipalAdded {
                principal: &principal,
                password: &password,
            },
        )
        .into_response()),
        Err(error) if matches!(error.kind(), Kind::Invalid | Kind::Conflict | Kind::NotFound) => {
            Ok(form(&tenancy, &actor, &fields, Some(error.public()))
                .await?
                .into_response())
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct StateForm {
    state: String,
}

pub(super) async fn set_state(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Path(principal_id): Path<String>,
    Form(form): Form<StateForm>,
) -> Result<Redirect, PageError> {
    let state = match form.state.as_str() {
        "active" => PrincipalState::Active,
        "disabled" => PrincipalState::Disabled,
        _ => return Err(PageError(Error::invalid("A user is active or disabled."))),
    };
    tenancy
        .set_principal_state(&actor, PrincipalId::parse(&principal_id)?, state)
        .await?;
    Ok(Redirect::to(&format!("/users?done={}", state.key())))
}
