use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect};
use hub_directory::{Caller, PageCaller};
use kit::Result;
use kit_web::{Form, Page, Query};
use serde::Deserialize;

use super::notices::Outcome;
use super::{Answer, apps, path_of};
use crate::model::{Audience, ServiceAppAuthorization};
use crate::{Developer, OwnApplication};

/// One application, and whatever is wrong with the small forms on it.
#[derive(Template)]
#[template(path = "application.html")]
pub(super) struct ApplicationPage<'a> {
    pub(super) own: &'a OwnApplication,
    pub(super) application_id: String,
    pub(super) status: &'static str,
    pub(super) tone: &'static str,
    pub(super) authorizations: Vec<(ServiceAppAuthorization, String)>,
    pub(super) old_secret_until: Option<kit::Timestamp>,
    pub(super) notice: Option<&'static str>,
    /// What is wrong with the uploaded logo.
    pub(super) logo_problem: Option<String>,
    /// What is wrong with the request for tokens.
    pub(super) token_problem: Option<String>,
    /// The organization that was chosen there.
    pub(super) chosen_organization: String,
}

impl<'a> ApplicationPage<'a> {
    pub(super) async fn of(developer: &Developer, caller: &Caller, own: &'a OwnApplication) -> Result<Self> {
        let client_id = &own.client.client_id;
        let authorizations = if own.kind().is_service_app() {
            developer.authorizations_of(caller, client_id).await?
        } else {
            Vec::new()
        };
        let now = developer.now();
        let (status, tone) = match authorizations.is_empty() {
            true => apps::status(own),
            false => ("Authorized", "pill-success"),
        };
        Ok(Self {
            own,
            application_id: webex::application_id(client_id),
            status,
            tone,
            authorizations,
            old_secret_until: own.application.previous_secret_until.filter(|until| *until > now),
            notice: None,
            logo_problem: None,
            token_problem: None,
            chosen_organization: String::new(),
        })
    }

    fn path(&self) -> String {
        path_of(&self.own.client.client_id)
    }

    fn is_service_app(&self) -> bool {
        self.own.kind().is_service_app()
    }

    fn is_shown_to(&self, key: &str) -> bool {
        self.own.application.audience.as_str() == key
    }

    fn is_chosen(&self, organization: &str) -> bool {
        self.chosen_organization == organization
    }
}

pub(super) async fn show(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    Query(outcome): Query<Outcome>,
) -> Answer {
    let own = developer.show_application(&caller, &client_id).await?;
    let template = ApplicationPage {
        notice: outcome.notice(),
        ..ApplicationPage::of(&developer, &caller, &own).await?
    };
    Ok(Page::new(own.client.name.clone(), &template).into_response())
}

#[derive(Debug, Deserialize)]
pub(super) struct AudienceForm {
    audience: String,
}

pub(super) async fn set_audience(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    Form(form): Form<AudienceForm>,
) -> Answer {
    let audience = Audience::parse(&form.audience)?;
    developer.set_audience(&caller, &client_id, audience).await?;
    let done = match audience {
        Audience::Nobody => "withdrawn",
        Audience::OwnOrganization => "requested",
        Audience::Everyone => "submitted",
    };
    Ok(Redirect::to(&format!("{}?done={done}", path_of(&client_id))).into_response())
}
