use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect};
use hub_directory::PageCaller;
use kit_web::{Form, NoFields, Page};

use super::form::managed;
use super::{Answer, counted, path_of};
use crate::use_cases::Ends;
use crate::{Developer, OwnApplication};

#[derive(Template)]
#[template(path = "application_delete.html")]
struct Confirm<'a> {
    own: &'a OwnApplication,
    path: String,
    consequences: Vec<String>,
}

pub(super) async fn ask(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
) -> Answer {
    let own = managed(&developer, &caller, &client_id).await?;
    let ends = developer.what_deletion_ends(&caller, &client_id).await?;
    let template = Confirm {
        own: &own,
        path: path_of(&own.client.client_id),
        consequences: consequences(&own, &ends),
    };
    Ok(Page::new("Delete application", &template).into_response())
}

fn consequences(own: &OwnApplication, ends: &Ends) -> Vec<String> {
    let organizations = counted(ends.organizations as u64, "organization", "organizations");
    let what_dies = match (own.kind().is_service_app(), ends.organizations) {
        (true, 0) => "No organization has authorized it, so nothing stops working.".to_owned(),
        (true, _) => format!(
            "It is authorized in {organizations}: its tokens there end at once, and the administrators would have to authorize another Service App."
        ),
        (false, 0) => "Nobody uses it now, so nothing stops working.".to_owned(),
        (false, _) => format!(
            "{} in {organizations} authorized it: every one of these authorizations ends at once.",
            counted(ends.people, "person", "people")
        ),
    };
    vec![
        what_dies,
        "Its client ID and its secret are refused from then on, and the ID never comes back.".to_owned(),
        "It leaves the catalogue of every organization. This cannot be undone.".to_owned(),
    ]
}

pub(super) async fn delete(
    State(developer): State<Developer>,
    PageCaller(caller): PageCaller,
    Path(client_id): Path<String>,
    Form(NoFields {}): Form<NoFields>,
) -> Answer {
    developer.delete_application(&caller, &client_id).await?;
    Ok(Redirect::to("/developer/apps?done=deleted").into_response())
}
