use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use hub_directory::public_api::Pairs;
use hub_directory::{AdministratorCaller, Caller};
use kit::{Error, Result, Uuid};
use kit_web::{Form, Page, status_of, to_mend};
use serde::Deserialize;
use webex::{PublicId, ResourceKind};

use super::{Answer, group_of, notice, require_writes, wanted_page};
use crate::Scim;
use crate::model::group::Group;
use crate::model::members::MemberChange;
use crate::model::rights;
use crate::use_cases::GroupEdit;

const PAGE_SIZE: usize = 50;

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage<'a> {
    group: &'a Group,
    public_id: String,
    rows: Vec<Line>,
    first: usize,
    last: usize,
    previous: Option<String>,
    next: Option<String>,
    may_write: bool,
    notice: Option<&'static str>,
    email: &'a str,
    problem: Option<&'a str>,
}

struct Line {
    id: String,
    name: String,
    email: String,
    title: String,
}

pub(super) async fn show(
    State(scim): State<Scim>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let group = group_of(&scim, &caller, &id).await?;
    shown(&scim, &caller, &group, &pairs, "", None).await
}

async fn shown(
    scim: &Scim,
    caller: &Caller,
    group: &Group,
    pairs: &Pairs,
    email: &str,
    problem: Option<&Error>,
) -> Answer {
    let total = usize::try_from(group.member_count).unwrap_or(0);
    let page = wanted_page(pairs, total, PAGE_SIZE);
    let offset = (page - 1) * PAGE_SIZE;
    let people = scim.people_of_group(caller, group, offset, PAGE_SIZE).await?;
    let (first, last) = (offset + 1, offset + people.len());
    let rows = people.into_iter().map(|person| Line {
        id: person.id.to_string(),
        name: person.display_name,
        email: person.email,
        title: person.title.unwrap_or_default(),
    });
    let link = |page: usize| format!("/groups/{}?page={page}", group.id);
    let template = GroupPage {
        group,
        public_id: PublicId::new(
            ResourceKind::ScimGroup,
            format!("{}:{}", group.id, group.organization_id),
        )
        .to_string(),
        rows: rows.collect(),
        first,
        last,
        previous: (page > 1).then(|| link(page - 1)),
        next: (last < total).then(|| link(page + 1)),
        may_write: rights::may_write_groups(caller),
        notice: notice(pairs.text("done")),
        email,
        problem: problem.map(Error::public),
    };
    let status = problem.map_or(StatusCode::OK, |error| status_of(error.kind()));
    Ok(Page::new(group.display_name.clone(), &template)
        .with_status(status)
        .into_response())
}

/// Somebody to be added.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NewMember {
    email: String,
}

pub(super) async fn add_member(
    State(scim): State<Scim>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    pairs: Pairs,
    Form(form): Form<NewMember>,
) -> Answer {
    require_writes(&caller)?;
    let group = group_of(&scim, &caller, &id).await?;
    match added(&scim, &caller, &group, &form.email).await {
        Ok(()) => Ok(back(&group, "added")),
        Err(error) => {
            let error = to_mend(error)?;
            shown(&scim, &caller, &group, &pairs, &form.email, Some(&error)).await
        }
    }
}

async fn added(scim: &Scim, caller: &Caller, group: &Group, email: &str) -> Result<()> {
    let directory = scim.directory();
    let person = directory
        .id_by_email(scim.database().into(), caller.organization_id, email)
        .await?;
    let person = person.ok_or_else(|| {
        Error::invalid(format!(
            "Nobody of your organization signs in as “{}”. Write the whole e-mail address.",
            email.trim().chars().take(100).collect::<String>()
        ))
    })?;
    let mut members = MemberChange::default();
    members.add(person.uuid());
    let edit = GroupEdit {
        members,
        ..GroupEdit::default()
    };
    scim.edit_group(caller, group.id, &edit).await.map(|_| ())
}

/// Somebody to be taken out.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OldMember {
    person_id: String,
}

pub(super) async fn remove_member(
    State(scim): State<Scim>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    Form(form): Form<OldMember>,
) -> Answer {
    require_writes(&caller)?;
    let group = group_of(&scim, &caller, &id).await?;
    let person = Uuid::parse_str(&form.person_id)
        .map_err(|_| Error::invalid("The form does not say who is to be taken out."))?;
    let mut members = MemberChange::default();
    members.remove(person);
    let edit = GroupEdit {
        members,
        ..GroupEdit::default()
    };
    scim.edit_group(&caller, group.id, &edit).await?;
    Ok(back(&group, "removed"))
}

fn back(group: &Group, done: &str) -> Response {
    Redirect::to(&format!("/groups/{}?done={done}", group.id)).into_response()
}
