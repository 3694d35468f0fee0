use std::collections::BTreeMap;

use askama::Template;
use hub_directory::PageCaller;
use kit_web::{Page, Query};
use serde::Deserialize;

use crate::coverage::{self, Counts, Line, State};

/// How many operations one page shows.
const PAGE_SIZE: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(super) struct CoverageParameters {
    #[serde(default)]
    q: String,
    #[serde(default)]
    family: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    page: Option<usize>,
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage {
    all: Counts,
    families: BTreeMap<&'static str, Counts>,
    beyond: usize,
    search: String,
    family: String,
    state: String,
    rows: Vec<Row>,
    found: usize,
    first: usize,
    previous: Option<String>,
    next: Option<String>,
}

struct Row {
    method: String,
    address: String,
    family: &'static str,
    state: State,
}

impl CoveragePage {
    /// Without a question the parts of the API are shown, with one the operations.
    fn is_asked(&self) -> bool {
        !self.search.is_empty() || !self.family.is_empty() || !self.state.is_empty()
    }

    fn last(&self) -> usize {
        self.first + self.rows.len().saturating_sub(1)
    }

    fn is_family(&self, name: &str) -> bool {
        self.family == name
    }

    fn family_path(name: &str) -> String {
        link("", name, "", 1)
    }

    /// What of a whole, in the hundredth, rounded down: 100 % only where nothing is missing.
    fn percent(counts: &Counts) -> usize {
        (counts.served + counts.in_part) * 100 / counts.total().max(1)
    }
}

/// What this Hub serves of the published API, part by part; everybody who is signed in may know.
pub(super) async fn coverage(_who: PageCaller, Query(parameters): Query<CoverageParameters>) -> Page {
    let coverage = coverage::coverage(crate::routes());
    let mut template = CoveragePage {
        all: coverage.counts(),
        families: coverage.families(),
        beyond: coverage.beyond.len(),
        search: parameters.q.trim().chars().take(200).collect(),
        family: parameters.family,
        state: parameters.state,
        rows: Vec::new(),
        found: 0,
        first: 0,
        previous: None,
        next: None,
    };
    if template.is_asked() {
        let found: Vec<&Line> = coverage
            .lines
            .iter()
            .filter(|line| is_wanted(line, &template))
            .collect();
        show(&mut template, &found, parameters.page.unwrap_or(1).max(1));
    }
    Page::new("API coverage", &template)
}

fn show(template: &mut CoveragePage, found: &[&Line], page: usize) {
    let pages = found.len().div_ceil(PAGE_SIZE).max(1);
    let page = page.min(pages);
    let start = (page - 1) * PAGE_SIZE;
    let link = |page| link(&template.search, &template.family, &template.state, page);
    template.previous = (page > 1).then(|| link(page - 1));
    template.next = (page < pages).then(|| link(page + 1));
    template.found = found.len();
    template.first = start + 1;
    template.rows = found
        .iter()
        .skip(start)
        .take(PAGE_SIZE)
        .map(|line| row(line))
        .collect();
}

fn row(line: &Line) -> Row {
    Row {
        method: line.operation.method.to_string(),
        address: line.operation.address(),
        family: line.operation.family,
        state: line.state,
    }
}

/// Every word of the search must stand in the line: “get queues” finds what one would say.
fn is_wanted(line: &Line, asked: &CoveragePage) -> bool {
    let is_of_family = asked.family.is_empty() || line.operation.family == asked.family;
    let is_in_state = match asked.state.as_str() {
        "served" => line.state == State::Served,
        "in-part" => matches!(line.state, State::InPart(_)),
        "not-served" => line.state == State::NotServed,
        _ => true,
    };
    let text = format!(
        "{} {} {}",
        line.operation.method,
        line.operation.address(),
        line.operation.family
    )
    .to_lowercase();
    let search = asked.search.to_lowercase();
    is_of_family && is_in_state && search.split_whitespace().all(|word| text.contains(word))
}

fn link(search: &str, family: &str, state: &str, page: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("q", search), ("family", family), ("state", state)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    if page > 1 {
        query.append_pair("page", &page.to_string());
    }
    format!("/coverage?{}", query.finish())
}
