use askama::Template;
use axum::extract::{OriginalUri, State};
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use kit_web::Page;

use super::{Part, words};
use crate::CallFeatures;
use crate::pages::common::{
    Answer, Choice, PAGE_SIZE, Pager, location_choices, location_filter, page_number, writes,
};
use crate::use_cases::{GroupLine, GroupQuery};

#[derive(Template)]
#[template(path = "groups.html")]
struct Groups<'a> {
    tab: &'static str,
    title: &'static str,
    noun: &'static str,
    is_queues: bool,
    list: &'static str,
    each: &'static str,
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
    kind: &'static str,
    location: String,
    number: String,
    extension: String,
    policy: &'static str,
    enabled: bool,
}

impl From<GroupLine> for Line {
    fn from(line: GroupLine) -> Self {
        let GroupLine {
            group,
            held,
            location_name,
        } = line;
        let (number, extension) = held.map(|held| (held.number, held.extension)).unwrap_or_default();
        Self {
            id: group.id.to_string(),
            policy: words::short_policy(group.settings.policy()),
            kind: words::kind(group.kind),
            name: group.name,
            location: location_name,
            number: number.unwrap_or_default(),
            extension: extension.unwrap_or_default(),
            enabled: group.enabled,
        }
    }
}

pub(super) async fn list(
    State(call_features): State<CallFeatures>,
    AdministratorCaller(caller): AdministratorCaller,
    uri: OriginalUri,
    pairs: Pairs,
) -> Answer {
    let part = Part::of(&uri);
    let text: String = pairs
        .text("q")
        .map(str::trim)
        .unwrap_or_default()
        .chars()
        .take(200)
        .collect();
    let given = Some(text.clone()).filter(|text| !text.is_empty());
    // Whoever types digits means a number or an extension.
    let dials = text
        .chars()
        .all(|character| character.is_ascii_digit() || "+ -().".contains(character));
    let location_id = location_filter(&pairs);
    let mut query = GroupQuery {
        kinds: part.kinds(),
        location_id,
        name: given.clone().filter(|_| !dials),
        dialled: given.filter(|_| dials),
        start: 0,
        max: PAGE_SIZE,
    };
    let total = call_features.count_groups(&caller, &query).await?;
    let page = page_number(&pairs).min(total.div_ceil(PAGE_SIZE).max(1));
    query.start = (page - 1) * PAGE_SIZE;
    let (lines, _) = call_features.list_groups(&caller, &query).await?;
    let rows: Vec<Line> = lines.into_iter().map(Line::from).collect();
    let chosen = location_id.map(|id| id.to_string());
    let template = Groups {
        tab: part.tab(),
        title: part.title(),
        noun: part.noun(),
        is_queues: part.is_queues(),
        list: part.list(),
        each: part.each(),
        text: &text,
        locations: location_choices(&call_features, &caller, chosen.as_deref()).await?,
        filtered: !text.is_empty() || location_id.is_some(),
        pager: Pager::new(part.list(), &pairs, &["q", "location"], page, rows.len(), total),
        rows,
        writes: writes(&caller),
        notice: words::notice(pairs.text("done")),
    };
    Ok(Page::new(part.title(), &template).into_response())
}
