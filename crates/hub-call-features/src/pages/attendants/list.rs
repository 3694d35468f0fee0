use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use kit_web::Page;

use super::{LIST, notice};
use crate::CallFeatures;
use crate::pages::common::{
    Answer, Choice, PAGE_SIZE, Pager, location_choices, location_filter, page_number, writes,
};
use crate::use_cases::attendants_list::AttendantQuery;

#[derive(Template)]
#[template(path = "attendants.html")]
struct Attendants<'a> {
    tab: &'static str,
    text: &'a str,
    locations: Vec<Choice>,
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
    number: String,
    extension: String,
    enabled: bool,
}

pub(super) async fn list(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    pairs: Pairs,
) -> Answer {
    let text = pairs.text("q").map(str::trim).unwrap_or_default();
    let location_id = location_filter(&pairs);
    let mut page = page_number(&pairs);
    let mut query = AttendantQuery {
        location_id,
        text: Some(text.chars().take(200).collect::<String>()).filter(|text| !text.is_empty()),
        start: (page - 1) * PAGE_SIZE,
        max: PAGE_SIZE,
        ..AttendantQuery::default()
    };
    let mut found = call_features.list_attendants(&caller, &query, true).await?;
    let last_page = found.total.div_ceil(PAGE_SIZE).max(1);
    if page > last_page {
        page = last_page;
        query.start = (page - 1) * PAGE_SIZE;
        found = call_features.list_attendants(&caller, &query, true).await?;
    }
    let ids = found.entries.iter().map(|entry| entry.location_id);
    let names = call_features.place_names(caller.organization_id, ids).await?;
    let rows: Vec<Line> = found
        .entries
        .into_iter()
        .map(|entry| {
            let held = found.held.get(&entry.id.uuid());
            Line {
                id: entry.id.to_string(),
                name: entry.name,
                location: names.get(&entry.location_id).cloned().unwrap_or_default(),
                number: held.and_then(|held| held.number.clone()).unwrap_or_default(),
                extension: held.and_then(|held| held.extension.clone()).unwrap_or_default(),
                enabled: entry.enabled,
            }
        })
        .collect();
    let chosen = location_id.map(|id| id.to_string());
    let template = Attendants {
        tab: "auto-attendants",
        text,
        locations: location_choices(&call_features, &caller, chosen.as_deref()).await?,
        filtered: !text.is_empty() || location_id.is_some(),
        pager: Pager::new(LIST, &pairs, &["q", "location"], page, rows.len(), found.total),
        rows,
        writes: writes(&caller),
        notice: notice(pairs.text("done")),
    };
    Ok(Page::new("Auto attendants", &template).into_response())
}
