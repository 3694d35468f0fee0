use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::header;
use hub_identity::SignedIn;
use kit_web::{Page, PageError, Query};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::notices::Done;
use super::words::{counted, integration_path, resume_path};
use crate::Governance;
use crate::model::Audience;
use crate::use_cases::{Integration, IntegrationList, IntegrationView, ListQuery, Sort, StatusFilter};

/// How many rows a page of the list has.
const ROWS_A_PAGE: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct ListParameters {
    #[serde(default)]
    q: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    resume: String,
    #[serde(default)]
    done: String,
}

/// The orders, by the words in the address.
const SORTS: [(&str, Sort); 6] = [
    ("name", Sort::NameUp),
    ("-name", Sort::NameDown),
    ("status", Sort::StatusUp),
    ("-status", Sort::StatusDown),
    ("adoption", Sort::AdoptionUp),
    ("-adoption", Sort::AdoptionDown),
];

fn sort_word(sort: Sort) -> &'static str {
    SORTS
        .iter()
        .find(|(_, candidate)| *candidate == sort)
        .map_or("name", |(word, _)| word)
}

fn status_word(status: StatusFilter) -> &'static str {
    match status {
        StatusFilter::All => "",
        StatusFilter::Enabled => "enabled",
        StatusFilter::Disabled => "disabled",
    }
}

impl ListParameters {
    fn query(&self) -> ListQuery {
        let sort = SORTS
            .iter()
            .find(|(word, _)| *word == self.sort)
            .map_or_else(Sort::default, |(_, sort)| *sort);
        let status = match self.status.as_str() {
            "enabled" => StatusFilter::Enabled,
            "disabled" => StatusFilter::Disabled,
            _ => StatusFilter::All,
        };
        ListQuery {
            search: self.q.chars().take(200).collect(),
            status,
            sort,
        }
    }
}

#[derive(Template)]
#[template(path = "integrations.html")]
struct Integrations {
    current: &'static str,
    notice: Option<&'static str>,
    may_decide: bool,
    list_view: ListView,
    panel: Option<Panel>,
}

/// One page of the list with the links that lead on from it.
struct ListView {
    search: String,
    status: StatusFilter,
    sort: Sort,
    page: usize,
    rows: Vec<Integration>,
    matching: usize,
    refreshed_at: Option<kit::Timestamp>,
    selected: Option<String>,
}

struct Panel {
    view: IntegrationView,
    may_decide: bool,
    /// The authorization of the viewer that waits for this decision, and its page.
    resume: String,
    resume_path: Option<String>,
    expires: Option<kit::Timestamp>,
}

impl Panel {
    fn base_path(&self) -> String {
        integration_path(&self.view.integration.client_id)
    }

    fn people_in_words(&self) -> String {
        let people = counted(self.view.audience.named().len(), "person", "people");
        match self.view.audience {
            Audience::Only(_) => format!("Only {people}"),
            Audience::AllBut(_) => format!("Everybody but {people}"),
        }
    }
}

impl ListView {
    fn new(list: IntegrationList, query: ListQuery, page: usize) -> Self {
        let matching = list.rows.len();
        let pages = matching.div_ceil(ROWS_A_PAGE).max(1);
        let page = page.clamp(1, pages);
        let rows = list
            .rows
            .into_iter()
            .skip((page - 1) * ROWS_A_PAGE)
            .take(ROWS_A_PAGE)
            .collect();
        Self {
            search: query.search,
            status: query.status,
            sort: query.sort,
            page,
            rows,
            matching,
            refreshed_at: list.refreshed_at,
            selected: None,
        }
    }

    fn first(&self) -> usize {
        (self.page - 1) * ROWS_A_PAGE + 1
    }

    fn last(&self) -> usize {
        (self.page - 1) * ROWS_A_PAGE + self.rows.len()
    }

    /// Nothing for a column that does not order the list.
    fn aria_sort(&self, column: &str) -> &'static str {
        let word = sort_word(self.sort);
        match word.strip_prefix('-') {
            Some(rest) if rest == column => "descending",
            None if word == column => "ascending",
            _ => "none",
        }
    }

    /// The same column the other way round; another one upwards, figures downwards.
    fn sort_link(&self, column: &str) -> String {
        let wanted = match (self.aria_sort(column), column) {
            ("ascending", _) | ("none", "adoption") => format!("-{column}"),
            _ => column.to_owned(),
        };
        let sort = SORTS
            .iter()
            .find(|(word, _)| *word == wanted)
            .map_or_else(Sort::default, |(_, sort)| *sort);
        self.link("/apps/integrations", sort, 1)
    }

    fn status_is(&self, word: &str) -> bool {
        status_word(self.status) == word
    }

    fn is_filtered(&self) -> bool {
        !self.search.is_empty() || self.status != StatusFilter::All
    }

    fn sort_word(&self) -> &'static str {
        sort_word(self.sort)
    }

    fn list_link(&self) -> String {
        self.link("/apps/integrations", self.sort, self.page)
    }

    fn row_link(&self, row: &Integration) -> String {
        self.link(&integration_path(&row.client_id), self.sort, self.page)
    }

    fn previous_link(&self) -> Option<String> {
        (self.page > 1).then(|| self.link("/apps/integrations", self.sort, self.page - 1))
    }

    fn next_link(&self) -> Option<String> {
        (self.last() < self.matching).then(|| self.link("/apps/integrations", self.sort, self.page + 1))
    }

    fn is_selected(&self, row: &Integration) -> bool {
        self.selected.as_deref() == Some(row.client_id.as_str())
    }

    fn link(&self, path: &str, sort: Sort, page: usize) -> String {
        let mut query = Serializer::new(String::new());
        if !self.search.is_empty() {
            query.append_pair("q", &self.search);
        }
        if self.status != StatusFilter::All {
            query.append_pair("status", status_word(self.status));
        }
        if sort != Sort::default() {
            query.append_pair("sort", sort_word(sort));
        }
        if page > 1 {
            query.append_pair("page", &page.to_string());
        }
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }
}

pub(super) async fn list(
    State(governance): State<Governance>,
    who: SignedIn,
    Query(parameters): Query<ListParameters>,
) -> Result<Page, PageError> {
    draw(&governance, &who, &parameters, None).await
}

pub(super) async fn detail(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
    Query(parameters): Query<ListParameters>,
) -> Result<Page, PageError> {
    let view = governance.integration(&who.caller, &id).await?;
    draw(&governance, &who, &parameters, Some(view)).await
}

async fn draw(
    governance: &Governance,
    who: &SignedIn,
    parameters: &ListParameters,
    view: Option<IntegrationView>,
) -> Result<Page, PageError> {
    let query = parameters.query();
    let list = governance.integrations(&who.caller, &query).await?;
    let mut list_view = ListView::new(list, query, parameters.page.parse().unwrap_or(1));
    list_view.selected = view.as_ref().map(|view| view.integration.client_id.clone());
    let title = view
        .as_ref()
        .map_or_else(|| "Integrations".to_owned(), |view| view.integration.name.clone());
    let may_decide = who.caller.is_full_admin();
    let template = Integrations {
        current: "/apps/integrations",
        notice: Done::sentence_for(&parameters.done),
        may_decide,
        list_view,
        panel: view.map(|view| Panel {
            expires: view
                .expiries
                .iter()
                .find(|expiry| expiry.person_id.is_none())
                .map(|expiry| expiry.expires_at),
            view,
            may_decide,
            resume_path: resume_path(&parameters.resume),
            resume: parameters.resume.clone(),
        }),
    };
    Ok(Page::new(title, &template))
}

/// Everybody who uses an integration, for a spreadsheet.
pub(super) async fn people_csv(
    State(governance): State<Governance>,
    who: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, PageError> {
    let file = governance.adopted_people_csv(&who.caller, &id).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"integration-people.csv\"",
        ),
    ];
    Ok((headers, file).into_response())
}
