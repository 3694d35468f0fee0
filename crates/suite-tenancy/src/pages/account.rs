use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use kit::{ExposeSecret as _, Kind, SecretString};
use kit_web::{Form, NoFields, Page, PageError, Query};
use serde::Deserialize;

use super::Done;
use crate::{Actor, Customer, PageActor, Session, SessionId, Tenancy};

#[derive(Template)]
#[template(path = "account.html")]
struct AccountTemplate<'a> {
    actor: &'a Actor,
    sessions: Vec<Session>,
    customers: Vec<Customer>,
    done: &'a str,
    problem: Option<&'a str>,
}

impl AccountTemplate<'_> {
    fn is_present(&self, session: &Session) -> bool {
        self.actor.session_id == Some(session.id)
    }

    /// Where each role holds.
    fn roles(&self) -> Vec<(&'static str, String)> {
        let name_of = |assignment: &crate::RoleAssignment| match assignment.customer {
            None => "every customer".to_owned(),
            Some(id) => self
                .customers
                .iter()
                .find(|customer| customer.id == id)
                .map_or_else(|| "a customer".to_owned(), |customer| customer.name.clone()),
        };
        self.actor
            .assignments
            .iter()
            .map(|assignment| (assignment.role.name(), name_of(assignment)))
            .collect()
    }
}

async fn page(
    tenancy: &Tenancy,
    actor: &Actor,
    done: &str,
    problem: Option<&str>,
) -> Result<Page, PageError> {
    let template = AccountTemplate {
        sessions: tenancy.sessions(actor).await?,
        customers: tenancy.customers(actor).await?,
        actor,
        done,
        problem,
    };
    Ok(Page::new("My account", &template))
}

pub(super) async fn show(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Query(query): Query<Done>,
) -> Result<Page, PageError> {
    page(&tenancy, &actor, &query.done, None).await
}

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(deserialize_with = "super::extract::secret")]
    current: SecretString,
    #[serde(deserialize_with = "super::extract::secret")]
    new: SecretString,
    #[serde(deserialize_with = "super::extract::secret")]
    again: SecretString,
}

pub(super) async fn change_password(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Form(form): Form<PasswordForm>,
) -> Result<Response, PageError> {
    let changed = if form.new.expose_secret() == form.again.expose_secret() {
        tenancy.change_password(&actor, &form.current, &form.new).await
    } else {
        Err(kit::Error::invalid(
            "The new password and its repetition are not the same.",
        ))
    };
    match changed {
        Ok(()) => Ok(Redirect::to("/me?done=password").into_response()),
        Err(error) if matches!(error.kind(), Kind::Invalid | Kind::Conflict | Kind::TooMany(_)) => {
            let page = page(&tenancy, &actor, "", Some(error.public())).await?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn end(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Path(session_id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    tenancy
        .sign_out_session(&actor, SessionId::parse(&session_id)?)
        .await?;
    Ok(Redirect::to("/me?done=session"))
}

pub(super) async fn end_others(
    State(tenancy): State<Tenancy>,
    PageActor(actor): PageActor,
    Form(NoFields {}): Form<NoFields>,
) -> Result<Redirect, PageError> {
    tenancy.sign_out_everywhere_else(&actor).await?;
    Ok(Redirect::to("/me?done=sessions"))
}
