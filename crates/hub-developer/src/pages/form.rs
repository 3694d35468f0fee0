//! The form of an application, for a new one and for one that is there.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::StatusCode;
use hub_directory::{Caller, PageCaller};
use kit::Result;
use kit_web::{Form, Page, status_of, to_mend};
use serde::Deserialize;

use super::secret::fresh_secret;
use super::{Answer, path_of};
use crate::model::{ApplicationDraft, ApplicationKind, Problem, Problems, ScopeGroup, scope_groups};
use crate::use_cases::{NewApplication, Registered};
use crate::{Developer, OwnApplication};

/// What the form sends.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ApplicationForm {
    form_key: String,
    name: String,
    description: String,
    vendor: String,
    contact: String,
    privacy_url: String,
    support_url: String,
    initiate_login_uri: String,
    redirect_uris: String,
    scope: Vec<String>,
    client: String,
}

impl ApplicationForm {
    fn of(draft: ApplicationDraft) -> Self {
        Self {
            form_key: String::new(),
            name: draft.name,
            description: draft.description,
            vendor: draft.vendor,
            contact: draft.contact,
            privacy_url: draft.privacy_url,
            support_url: draft.support_url,
            initiate_login_uri: draft.initiate_login_uri,
            redirect_uris: draft.redirect_uris.join("\n"),
            scope: draft.scopes,
            client: String::new(),
        }
    }

    fn draft(&self, logo_url: String) -> ApplicationDraft {
        ApplicationDraft {
            name: self.name.clone(),
            description: self.description.replace("\r\n", "\n"),
            vendor: self.vendor.clone(),
            contact: self.contact.clone(),
            privacy_url: self.privacy_url.clone(),
            support_url: self.support_url.clone(),
            initiate_login_uri: self.initiate_login_uri.clone(),
            redirect_uris: self.redirect_uris.lines().map(ToOwned::to_owned).collect(),
            scopes: self.scope.clone(),
            logo_url,
        }
        .trimmed()
    }

    fn is_public(&self) -> bool {
        self.client == "public"
    }
}

#[derive(Template)]
#[template(path = "application_form.html")]
struct FormPage<'a> {
    form: &'a ApplicationForm,
    kind: ApplicationKind,
    problems: Problems,
    edited: Option<&'a OwnApplication>,
}

impl FormPage<'_> {
    fn problem_at(&self, field: &str) -> Option<&str> {
        self.problems
            .iter()
            .find(|problem| problem.field == field)
            .map(|problem| problem.sentence.as_str())
    }

    fn is_service_app(&self) -> bool {
        self.kind.is_service_app()
    }

    fn groups(&self) -> impl Iterator<Item = &'static ScopeGroup> {
        scope_groups(self.kind.is_service_app())
    }

    fn asks_for(&self, scope: &str) -> bool {
        self.form.scope.iter().any(|chosen| chosen == scope)
    }

    /// How many of a group are chosen: its part of the form is open then.
    fn chosen_of(&self, group: &ScopeGroup) -> usize {
        group.scopes.iter().filter(|scope| self.asks_for(scope)).count()
    }

    fn title(&self) -> &'static str {
        match (self.edited.is_some(), self.kind) {
            (true, _) => "Edit application",
            (false, ApplicationKind::Integration) => "Register an integration",
            (false, ApplicationKind::ServiceApp) => "Create a Service App",
        }
    }

    fn back(&self) -> String {
        self.edited.map_or_else(
            || "/developer/apps".to_owned(),
            |own| path_of(&own.client.client_id),
        )
    }

    /// The attributes of a field: its hint, and its error where there is one.
    fn described_by(&self, field: &str, has_hint: bool) -> String {
        let mut ids = Vec::new();
        if has_hint {
            ids.push(format!("{field}-hint"));
        }
        if self.problem_at(field).is_some() {
            ids.push(format!("{field}-error"));
        }
        ids.join(" ")
    }
}

fn respond(page: &FormPage<'_>, status: StatusCode) -> Response {
    Page::new(page.title(), page).with_status(status).into_response()
}

fn empty_form(developer: &Developer, kind: ApplicationKind) -> Response {
    let form = ApplicationForm {
        form_key: developer.randomness().hex(16),
        client: "confidential".to_owned(),
        ..ApplicationForm::default()
    };
    let page = FormPage {
        form: &form,
        kind,
        problems: Problems::new(),
        edited: None,
    };
    respond(&page, StatusCode::OK)
}

pub(super) async fn new_integration(
    State(developer): State<Developer>,
    PageCaller(_caller): PageCaller,
) -> Response {
    empty_form(&developer, ApplicationKind::Integration)
}

pub(super) async fn new_service_app(
    State(developer): State<Developer>,
    PageCaller(_caller): PageCaller,
) -> Response {
    empty_form(&developer, ApplicationKind::ServiceApp)
}

pub(super) async fn register_integration(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Form(form): Form<ApplicationForm>,
) -> Answer {
    register(&developer, &caller, ApplicationKind::Integration, form).await
}

pub(super) async fn register_service_app(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Form(form): Form<ApplicationForm>,
) -> Answer {
    register(&developer, &caller, ApplicationKind::ServiceApp, form).await
}

async fn register(
    developer: &Developer,
    caller: &Caller,
    kind: ApplicationKind,
    form: ApplicationForm,
) -> Answer {
    let draft = form.draft(String::new());
    let mut problems = draft.problems(kind);
    let mut status = StatusCode::BAD_REQUEST;
    if problems.is_empty() {
        let new = NewApplication {
            kind,
            draft,
            is_public: form.is_public(),
            form_key: key_of(developer, &form),
        };
        match developer.register(caller, new).await {
            Ok(Registered::Now(fresh)) => return Ok(fresh_secret(*fresh).into_response()),
            Ok(Registered::Before { client_id }) => {
                return Ok(Redirect::to(&format!("{}?done=before", path_of(&client_id))).into_response());
            }
            Err(error) => {
                let error = to_mend(error)?;
                status = status_of(error.kind());
                problems.push(whole_form(error.public()));
            }
        }
    }
    let page = FormPage {
        form: &form,
        kind,
        problems,
        edited: None,
    };
    Ok(respond(&page, status))
}

fn whole_form(sentence: &str) -> Problem {
    Problem {
        field: "",
        sentence: sentence.to_owned(),
    }
}

/// A key of a sensible length, or one of our own: what a form sends is not trusted with more.
fn key_of(developer: &Developer, form: &ApplicationForm) -> String {
    let is_ours = form.form_key.len() == 32 && form.form_key.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_ours {
        form.form_key.clone()
    } else {
        developer.randomness().hex(16)
    }
}

pub(super) async fn edit(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
) -> Answer {
    let own = managed(&developer, &caller, &client_id).await?;
    let form = ApplicationForm::of(ApplicationDraft::of(&own.application, &own.client));
    let page = FormPage {
        form: &form,
        kind: own.kind(),
        problems: Problems::new(),
        edited: Some(&own),
    };
    Ok(respond(&page, StatusCode::OK))
}

pub(super) async fn save(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    Form(form): Form<ApplicationForm>,
) -> Answer {
    let own = managed(&developer, &caller, &client_id).await?;
    let draft = form.draft(own.application.logo_url.clone());
    let mut problems = draft.problems(own.kind());
    let mut status = StatusCode::BAD_REQUEST;
    if problems.is_empty() {
        match developer.change_application(&caller, &client_id, draft).await {
            Ok(_) => return Ok(Redirect::to(&format!("{}?done=saved", path_of(&client_id))).into_response()),
            Err(error) => {
                let error = to_mend(error)?;
                status = status_of(error.kind());
                problems.push(whole_form(error.public()));
            }
        }
    }
    let page = FormPage {
        form: &form,
        kind: own.kind(),
        problems,
        edited: Some(&own),
    };
    Ok(respond(&page, status))
}

/// The application, for whoever may change it.
pub(super) async fn managed(
    developer: &Developer,
    caller: &Caller,
    client_id: &str,
) -> Result<OwnApplication> {
    let own = developer.show_application(caller, client_id).await?;
    if own.manages {
        return Ok(own);
    }
    Err(kit::Error::forbidden(
        "Only the person who registered this application can change it. You see it as a Full Administrator of their organization.",
    ))
}
