use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use kit_web::Page;

use super::{LIST, notice};
use crate::CallFeatures;
use crate::model::schedule::ScheduleKind;
use crate::pages::common::{
    Answer, Choice, PAGE_SIZE, Pager, location_choices, location_filter, page_number, writes,
};
use crate::use_cases::schedules_list::ScheduleQuery;

#[derive(Template)]
#[template(path = "schedules.html")]
struct Schedules<'a> {
    tab: &'static str,
    text: &'a str,
    locations: Vec<Choice>,
    kinds: Vec<Choice>,
    filtered: bool,
    rows: Vec<Line>,
    pager: Pager,
    writes: bool,
    notice: Option<&'static str>,
}

struct Line {
    id: String,
    name: String,
    location: String,
    kind: &'static str,
}

pub(super) async fn list(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    pairs: Pairs,
) -> Answer {
    let text = pairs.text("q").map(str::trim).unwrap_or_default();
    let kind = pairs.text("type").and_then(ScheduleKind::parse);
    // A location that is gone is not found by the use case: the filter then shows everything.
    let choices = location_choices(&call_features, &caller, pairs.text("location")).await?;
    let location_id = location_filter(&pairs).filter(|_| choices.iter().any(|choice| choice.chosen));
    let mut query = ScheduleQuery {
        location_id,
        kind,
        name: Some(text.chars().take(200).collect::<String>()).filter(|text| !text.is_empty()),
        start: 0,
        max: PAGE_SIZE,
    };
    let total = call_features.count_schedules(&caller, &query).await?;
    let page = page_number(&pairs).min(total.div_ceil(PAGE_SIZE).max(1));
    query.start = (page - 1) * PAGE_SIZE;
    let (entries, _) = call_features.list_schedules(&caller, &query).await?;
    let ids = entries.iter().map(|entry| entry.location_id);
    let names = call_features.place_names(caller.organization_id, ids).await?;
    let rows: Vec<Line> = entries
        .into_iter()
        .map(|entry| Line {
            id: entry.id.to_string(),
            name: entry.name,
            location: names.get(&entry.location_id).cloned().unwrap_or_default(),
            kind: entry.kind.label(),
        })
        .collect();
    let template = Schedules {
        tab: "schedules",
        text,
        locations: choices,
        kinds: ScheduleKind::ALL
            .into_iter()
            .map(|known| Choice::new(known.word(), known.label(), kind.map(ScheduleKind::word)))
            .collect(),
        filtered: !text.is_empty() || location_id.is_some() || kind.is_some(),
        pager: Pager::new(LIST, &pairs, &["q", "location", "type"], page, rows.len(), total),
        rows,
        writes: writes(&caller),
        notice: notice(pairs.text("done")),
    };
    Ok(Page::new("Schedules", &template).into_response())
}
