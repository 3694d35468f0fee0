use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use hub_directory::public_api::Pairs;
use hub_directory::{AdministratorCaller, LocationId};
use kit::search_key;
use kit_web::Page;

use super::may_write;
use crate::Telephony;
use crate::model::WorkspaceKind;
use crate::pages::shared::{
    Answer, Choice, PAGE_SIZE, Paging, choice, location, locations, notice, page_number, search_box,
};
use crate::store::workspaces::WorkspaceFilter;
use crate::use_cases::workspaces::{WorkspaceQuery, WorkspaceView};

#[derive(Template)]
#[template(path = "workspaces.html")]
struct Workspaces {
    text: String,
    kinds: Vec<Choice>,
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
    kind: &'static str,
    capacity: String,
    location: String,
    calling: &'static str,
    number: String,
}

impl Line {
    fn of(view: WorkspaceView, names: &BTreeMap<LocationId, String>) -> Self {
        let WorkspaceView {
            workspace,
            license: _,
            held,
        } = view;
        let location = workspace.location_id.and_then(|id| names.get(&id));
        let number = held.and_then(|held| held.number.or(held.esn).or(held.extension));
        Self {
            id: workspace.id.to_string(),
            name: workspace.display_name,
            kind: workspace.kind.label(),
            capacity: workspace
                .capacity
                .map(|capacity| capacity.to_string())
                .unwrap_or_default(),
            location: location.cloned().unwrap_or_default(),
            calling: workspace.calling.kind().label(),
            number: number.unwrap_or_default(),
        }
    }
}

pub(super) async fn list(
    State(telephony): State<Telephony>,
    AdministratorCaller(caller): AdministratorCaller,
    pairs: Pairs,
) -> Answer {
    let text = search_box(&pairs);
    let kind = pairs
        .text("type")
        .and_then(|word| WorkspaceKind::parse("type", word).ok());
    let chosen = pairs.text("location").unwrap_or_default();
    let filter = WorkspaceFilter {
        location_id: location(chosen),
        name_part: Some(search_key(&text)).filter(|key| !key.is_empty()),
        kind,
        ..WorkspaceFilter::default()
    };
    let mut query = WorkspaceQuery {
        filter,
        max: PAGE_SIZE,
        ..WorkspaceQuery::default()
    };
    let total = telephony.count_workspaces(&caller, &query).await?;
    let page = page_number(&pairs, total);
    query.start = (page - 1) * PAGE_SIZE;
    let (found, _) = telephony.list_workspaces(&caller, &query).await?;
    let names = telephony.directory().locations_of(caller.organization_id).await?;
    let names = names
        .into_iter()
        .map(|location| (location.id, location.name))
        .collect();
    let word = kind.map(WorkspaceKind::word).unwrap_or_default();
    let template = Workspaces {
        filtered: query.filter != WorkspaceFilter::default(),
        kinds: WorkspaceKind::ALL
            .iter()
            .map(|kind| choice(kind.word(), kind.label(), word))
            .collect(),
        locations: locations(&telephony, &caller, chosen, false).await?,
        paging: Paging::of(
            &pairs,
            "/workspaces",
            &["q", "type", "location"],
            page,
            found.len(),
            total,
        ),
        rows: found.into_iter().map(|view| Line::of(view, &names)).collect(),
        may_write: may_write(&caller),
        notice: notice(pairs.text("done"), "workspace"),
        text,
    };
    Ok(Page::new("Workspaces", &template).into_response())
}
