use axum::extract::{Path, State};
use axum::response::IntoResponse;
use kit::Result;
use kit_web::Json;
use serde_json::json;
use webex::{PersonWrite, PublicId, ResourceKind};

use super::person_body::{draft, organization, role};
use super::person_wire::{Items, Writer, WrittenPage, person_id, written_machine};
use super::reply::{Answer, done, large_object, object};
use crate::model::rights;
use crate::query::{Pairs, path_uuid};
use crate::{Caller, Directory, PeopleQuery, PeopleView, Person, PersonId};

/// A little more than most people take on the wire.
const BYTES_OF_A_PERSON: usize = 1_900;

pub(super) async fn list(State(directory): State<Directory>, caller: Caller, pairs: Pairs) -> Answer {
    let query = query(&pairs)?;
    let found = directory.list_people(&caller, &query).await?;
    let writer = Writer::new(&found.view);
    let bytes = 128 + found.people.len() * BYTES_OF_A_PERSON;
    let page = WrittenPage {
        not_found_ids: found
            .not_found
            .map(|ids| ids.into_iter().map(person_id).collect()),
        items: Items::new(found.people, &writer),
    };
    let next = found.next.map(|id| id.to_string());
    let link = pairs.next_page(directory.public_url(), "/v1/people", query.page_size(), next);
    Ok((link, large_object(&page, bytes)?).into_response())
}

fn query(pairs: &Pairs) -> Result<PeopleQuery> {
    let ids = pairs.list("id").map(|ids| {
        ids.into_iter()
            .map(|id| PublicId::parse_uuid(ResourceKind::People, id).map(PersonId::new))
            .collect::<Result<Vec<_>>>()
    });
    Ok(PeopleQuery {
        email: pairs.text("email").map(ToOwned::to_owned),
        display_name: pairs.text("displayName").map(ToOwned::to_owned),
        ids: ids.transpose()?,
        organization_id: pairs.organization()?,
        roles: pairs
            .list("roles")
            .map(|ids| ids.into_iter().map(role).collect())
            .transpose()?,
        location_id: pairs.location("locationId")?,
        calling: pairs.flag("callingData"),
        exclude_status: pairs.flag("excludeStatus"),
        max: pairs.count("max")?,
        after: pairs.person_cursor()?,
    })
}

pub(super) async fn me(State(directory): State<Directory>, caller: Caller, pairs: Pairs) -> Answer {
    caller.require_any_scope(rights::OWN_PROFILE)?;
    if let Some(machine) = directory.machine(caller.person_id).await? {
        return object(&written_machine(machine));
    }
    let (person, view) = directory.show_me(&caller, pairs.flag("callingData")).await?;
    object(&Writer::new(&view).person(person))
}

pub(super) async fn show(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    // The right to look comes before the question whether there is anything.
    caller.require_any_scope(rights::PEOPLE_READ)?;
    let id = PersonId::new(path_uuid(ResourceKind::People, &id)?);
    let (person, view) = directory
        .show_person(&caller, id, pairs.flag("callingData"))
        .await?;
    object(&Writer::new(&view).person(person))
}

pub(super) async fn create(
    State(directory): State<Directory>,
    caller: Caller,
    pairs: Pairs,
    body: Authorized,
) -> Answer {
    rights::require_own(&caller, organization(&body.0)?)?;
    let person = directory.create_person(&caller, draft(body.0, true)?).await?;
    let view = directory.view(&caller, pairs.flag("callingData"), true).await?;
    // Not 201: the SDKs insist on 200 here.
    written(person, &view, &pairs)
}

pub(super) async fn update(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
    pairs: Pairs,
    body: Authorized,
) -> Answer {
    let id = PersonId::new(path_uuid(ResourceKind::People, &id)?);
    rights::require_own(&caller, organization(&body.0)?)?;
    let draft = draft(body.0, pairs.flag("callingData"))?;
    let person = directory.update_person(&caller, id, draft).await?;
    let view = directory.view(&caller, pairs.flag("callingData"), true).await?;
    written(person, &view, &pairs)
}

fn written(person: Person, view: &PeopleView, pairs: &Pairs) -> Answer {
    if pairs.flag("minResponse") {
        return object(&json!({ "id": person_id(person.id) }));
    }
    object(&Writer::new(view).person(person))
}

pub(super) async fn delete(
    State(directory): State<Directory>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer {
    rights::require(&caller, rights::PEOPLE_WRITE, rights::PEOPLE_WRITERS)?;
    let id = PersonId::new(path_uuid(ResourceKind::People, &id)?);
    directory.delete_person(&caller, id).await?;
    done()
}

/// The body of somebody who may change people: whoever may not learns that first, and nothing of what was wrong.
pub(super) struct Authorized(PersonWrite);

impl<S: Send + Sync> axum::extract::FromRequest<S> for Authorized {
    type Rejection = kit_web::ApiError;

    async fn from_request(
        request: axum::extract::Request,
        state: &S,
    ) -> std::result::Result<Self, Self::Rejection> {
        let caller = request.extensions().get::<Caller>().cloned();
        if let Some(caller) = caller {
            rights::require_people_writer(&caller)?;
        }
        let Json(body) = Json::<PersonWrite>::from_request(request, state).await?;
        Ok(Self(body))
    }
}
