use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use kit_web::Page;

use super::{notice, schedule_of, words};
use crate::CallFeatures;
use crate::pages::common::{Answer, writes};

#[derive(Template)]
#[template(path = "schedule.html")]
struct SchedulePage<'a> {
    id: String,
    name: &'a str,
    kind: &'static str,
    location: String,
    followers: Vec<String>,
    events: Vec<EventLine<'a>>,
    writes: bool,
    notice: Option<&'static str>,
}

struct EventLine<'a> {
    name: &'a str,
    when: String,
    recurrence: String,
}

pub(super) async fn show(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    Path(id): Path<String>,
    pairs: Pairs,
) -> Answer {
    let schedule = schedule_of(&call_features, &caller, &id).await?;
    let names = call_features
        .place_names(caller.organization_id, std::iter::once(schedule.location_id))
        .await?;
    let template = SchedulePage {
        id: schedule.id.to_string(),
        name: &schedule.name,
        kind: schedule.kind.label(),
        location: names.get(&schedule.location_id).cloned().unwrap_or_default(),
        followers: call_features.schedule_followers(&caller, &schedule).await?,
        events: schedule
            .events
            .iter()
            .map(|event| EventLine {
                name: &event.name,
                when: words::span(event),
                recurrence: words::recurrence(event),
            })
            .collect(),
        writes: writes(&caller),
        notice: notice(pairs.text("done")),
    };
    Ok(Page::new(schedule.name.clone(), &template).into_response())
}
