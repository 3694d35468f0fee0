use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kit::Timestamp;
use kit_web::Page;
use webex::{PhoneNumberKind, PublicId, ResourceKind};

use super::outcome::{Answer, Powers, Standing, notice, person_of, role_names};
use crate::AdministratorCaller;
use crate::query::Pairs;
use crate::store::{licenses, locations};
use crate::{Directory, Person};

#[derive(Template)]
#[template(path = "person.html")]
struct PersonPage<'a> {
    person: &'a Person,
    subtitle: String,
    standing: Standing,
    public_id: String,
    location: Option<String>,
    numbers: Vec<(&'static str, String)>,
    prefixed_extension: Option<String>,
    licenses: Vec<String>,
    roles: Vec<&'static str>,
    may_change: bool,
    may_shut_out: bool,
    gives_roles: bool,
    notice: Option<&'static str>,
    deleted_at: Option<Timestamp>,
}

pub(super) async fn show(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let person = person_of(&directory, &caller, &id).await?;
    let location = match person.location_id {
        Some(id) => locations::by_id(directory.database().into(), caller.organization_id, id).await?,
        None => None,
    };
    let known = licenses::of_organization(directory.database().into(), caller.organization_id).await?;
    let powers = Powers::of(&caller);
    let template = PersonPage {
        subtitle: subtitle(&person),
        standing: Standing::of(&person),
        public_id: PublicId::of_uuid(ResourceKind::People, person.id.uuid()).to_string(),
        location: location.map(|location| location.name),
        numbers: person
            .numbers
            .iter()
            .map(|number| (number_label(number.kind), number.value.clone()))
            .collect(),
        prefixed_extension: person
            .prefixed_extension()
            .filter(|_| person.routing_prefix.is_some()),
        licenses: known
            .iter()
            .filter(|license| person.licenses.contains(&license.id))
            .map(|license| license.name.clone())
            .collect(),
        roles: role_names(&person.roles),
        may_change: powers.over(&person),
        may_shut_out: powers.may_shut_out(&person),
        gives_roles: powers.gives_roles,
        notice: notice(pairs.text("done")),
        deleted_at: directory.deleted_at(caller.organization_id, person.id).await?,
        person: &person,
    };
    Ok(Page::new(person.display_name.clone(), &template).into_response())
}

fn subtitle(person: &Person) -> String {
    let parts = [person.title.as_deref(), person.department.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn number_label(kind: PhoneNumberKind) -> &'static str {
    match kind {
        PhoneNumberKind::Work => "Work number",
        PhoneNumberKind::Mobile => "Mobile",
        PhoneNumberKind::Fax => "Fax",
        PhoneNumberKind::Enterprise => "Enterprise number",
        PhoneNumberKind::Alternate1 => "First alternate number",
        PhoneNumberKind::Alternate2 => "Second alternate number",
        PhoneNumberKind::WorkExtension | PhoneNumberKind::Other => "Number",
    }
}
