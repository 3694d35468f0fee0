use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use kit_web::Page;

use super::may_write;
use crate::Telephony;
use crate::pages::shared::{
    Answer, Choice, PAGE_SIZE, Paging, location, locations, notice, page_number, search_box,
};
use crate::use_cases::virtual_lines::{VirtualLineQuery, VirtualLineView};

#[derive(Template)]
#[template(path = "virtual_lines.html")]
struct VirtualLines {
    text: String,
    locations: Vec<Choice>,
    filtered: bool,
    rows: Vec<Line>,
    paging: Paging,
    may_write: bool,
    notice: Option<String>,
}

struct Line {
    id: String,
    name: String,
    location: String,
    number: String,
    extension: String,
}

impl From<VirtualLineView> for Line {
    fn from(view: VirtualLineView) -> Self {
        let (number, extension) = view
            .held
            .map(|held| (held.number, held.extension))
            .unwrap_or_default();
        Self {
            id: view.line.id.to_string(),
            name: view.line.display_name,
            location: view.location.name,
            number: number.unwrap_or_default(),
            extension: extension.unwrap_or_default(),
        }
    }
}

pub(super) async fn list(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    pairs: Pairs,
) -> Answer {
    let text = search_box(&pairs);
    let chosen = pairs.text("location").unwrap_or_default();
    let mut query = VirtualLineQuery {
        text: Some(text.clone()).filter(|text| !text.trim().is_empty()),
        location_ids: location(chosen).map(|id| vec![id]),
        max: PAGE_SIZE,
        ..VirtualLineQuery::default()
    };
    let filtered = query.text.is_some() || query.location_ids.is_some();
    let total = telephony.count_virtual_lines(&caller, &query).await?;
    let page = page_number(&pairs, total);
    query.start = (page - 1) * PAGE_SIZE;
    let found = telephony.list_virtual_lines(&caller, &query).await?.lines;
    let path = "/calling/virtual-lines";
    let template = VirtualLines {
        locations: locations(&telephony, &caller, chosen, true).await?,
        filtered,
        paging: Paging::of(&pairs, path, &["q", "location"], page, found.len(), total),
        rows: found.into_iter().map(Line::from).collect(),
        may_write: may_write(&caller),
        notice: notice(pairs.text("done"), "virtual line"),
        text,
    };
    Ok(Page::new("Virtual lines", &template).into_response())
}
