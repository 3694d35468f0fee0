use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use http::StatusCode;
use kit::Result;
use kit_web::{Form, Page, status_of};
use serde::Deserialize;
use webex::Role;

use super::outcome::{Answer, Powers, person_of, role_names, to_mend};
use crate::AdministratorCaller;
use crate::{Caller, Deed, Directory, Person};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RolesForm {
    role: Vec<String>,
    /// Sent by the page that names what ends.
    confirmed: String,
}

#[derive(Template)]
#[template(path = "person_roles_confirm.html")]
struct ConfirmPage<'a> {
    person: &'a Person,
    roles: Vec<&'static str>,
    keys: Vec<&'static str>,
    authorizations: String,
}

#[derive(Template)]
#[template(path = "person_roles.html")]
struct RolesPage<'a> {
    person: &'a Person,
    roles: Vec<RoleChoice>,
    problem: Option<&'a str>,
}

struct RoleChoice {
    key: &'static str,
    name: &'static str,
    note: &'static str,
    chosen: bool,
}

pub(super) async fn form(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
) -> Answer {
    Powers::require_gives_roles(&caller)?;
    let person = person_of(&directory, &caller, &id).await?;
    Ok(page(&person, &person.roles, None, StatusCode::OK))
}

pub(super) async fn save(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<RolesForm>,
) -> Answer {
    Powers::require_gives_roles(&caller)?;
    let person = person_of(&directory, &caller, &id).await?;
    let wanted: Vec<Role> = form.role.iter().filter_map(|key| Role::from_key(key)).collect();
    if form.confirmed.is_empty()
        && let Some(page) = ask_first(&directory, &caller, &person, &wanted).await?
    {
        return Ok(page.into_response());
    }
    match directory.set_roles(&caller, person.id, &wanted).await {
        Ok(_) => Ok(Redirect::to(&format!("/users/{}?done=roles", person.id)).into_response()),
        Err(error) => {
            let error = to_mend(error)?;
            Ok(page(
                &person,
                &wanted,
                Some(error.public()),
                status_of(error.kind()),
            ))
        }
    }
}

/// Where authorizations hang on a role that goes, the administrator reads which before it does.
async fn ask_first(
    directory: &Directory,
    caller: &Caller,
    person: &Person,
    wanted: &[Role],
) -> Result<Option<Page>> {
    if person.roles.iter().all(|role| wanted.contains(role)) {
        return Ok(None);
    }
    let deed = Deed::ChangeRoles(wanted.to_vec());
    let ends = directory.consequences(caller, person.id, &deed).await?;
    if ends.is_none_or(|list| list.is_empty()) {
        return Ok(None);
    }
    let template = ConfirmPage {
        person,
        roles: role_names(wanted),
        keys: wanted.iter().map(|role| role.key()).collect(),
        authorizations: directory.consequences_html(caller, person.id, &deed).await?,
    };
    Ok(Some(Page::new(
        format!("Roles of {}", person.display_name),
        &template,
    )))
}

fn page(
    person: &Person,
    chosen: &[Role],
    problem: Option<&str>,
    status: StatusCode,
) -> axum::response::Response {
    let choice = |role: Role| RoleChoice {
        key: role.key(),
        name: role.name(),
        note: note(role),
        chosen: chosen.contains(&role),
    };
    let roles = Role::ALL.into_iter().map(choice).collect();
    let template = RolesPage {
        person,
        roles,
        problem,
    };
    Page::new(format!("Roles of {}", person.display_name), &template)
        .with_status(status)
        .into_response()
}

fn note(role: Role) -> &'static str {
    match role {
        Role::FullAdministrator => {
            "Everything, including roles. Integrations for the whole organization are authorized with this role."
        }
        Role::ReadOnlyAdministrator => "Sees everything and changes nothing.",
        Role::UserAdministrator => "Adds, changes and removes people who are not administrators.",
        Role::DeviceAdministrator => "Workspaces and devices.",
        Role::SupportAdministrator => "Troubleshooting and reports.",
        Role::SalesAdministrator => "Orders and trials.",
        Role::HelpDeskAdministrator => "Looks up people to help them.",
        Role::AdvancedHelpDeskAdministrator => "Looks up people and their calls to help them.",
        Role::CallHistory => {
            "Lets an integration that this person authorizes read call records. Goes together with another role."
        }
    }
}
