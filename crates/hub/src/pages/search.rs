use askama::Template;
use axum::extract::State;
use hub_directory::{AdministratorCaller, Caller, PeopleSearch};
use hub_governance::{Integration, ListQuery};
use kit::Kind;
use kit_web::{Page, PageError, Query};
use serde::Deserialize;

use crate::wiring::Slices;

/// How many of each kind are shown; the rest is one click away.
const MOST_SHOWN: usize = 10;

#[derive(Debug, Deserialize)]
pub(super) struct SearchParameters {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    text: String,
    people: Vec<Found>,
    people_total: usize,
    integrations: Vec<Integration>,
    integrations_total: usize,
    more_people: String,
    more_integrations: String,
}

struct Found {
    name: String,
    email: String,
    path: String,
}

pub(super) async fn search(
    State(slices): State<Slices>,
    AdministratorCaller(caller): AdministratorCaller,
    Query(parameters): Query<SearchParameters>,
) -> Result<Page, PageError> {
    let text: String = parameters.q.trim().chars().take(200).collect();
    let mut template = SearchPage {
        more_people: format!("/users?{}", query_of(&text)),
        more_integrations: format!("/apps/integrations?{}", query_of(&text)),
        text,
        people: Vec::new(),
        people_total: 0,
        integrations: Vec::new(),
        integrations_total: 0,
    };
    if !template.text.is_empty() {
        find(&slices, &caller, &mut template).await?;
    }
    Ok(Page::new("Search", &template))
}

async fn find(slices: &Slices, caller: &Caller, template: &mut SearchPage) -> kit::Result<()> {
    let search = PeopleSearch {
        text: template.text.clone(),
        limit: MOST_SHOWN,
        ..PeopleSearch::default()
    };
    let found = slices.directory.search_people(caller, &search).await?;
    template.people_total = found.total;
    template.people = found
        .people
        .into_iter()
        .map(|person| Found {
            path: format!("/users/{}", person.id),
            name: person.display_name,
            email: person.email,
        })
        .collect();
    let query = ListQuery {
        search: template.text.clone(),
        ..ListQuery::default()
    };
    match slices.governance.integrations(caller, &query).await {
        Ok(list) => {
            template.integrations_total = list.rows.len();
            template.integrations = list.rows.into_iter().take(MOST_SHOWN).collect();
            Ok(())
        }
        // Other administrators find people only.
        Err(error) if *error.kind() == Kind::Forbidden => Ok(()),
        Err(error) => Err(error),
    }
}

fn query_of(text: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", text)
        .finish()
}
