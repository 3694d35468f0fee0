use askama::Template;
use axum::extract::{Path, State};
use kit_web::{Page, PageError, Query};
use serde::Deserialize;
use suite_tenancy::{Action, Customer, PageActor};

use crate::model::{LocationRecord, Presence};
use crate::pages::{customer_of, words};
use crate::usecases::{DirectorySearch, ListedPerson, StatusFilter, SynchStatus};
use crate::users_synch::UsersSynch;

const PEOPLE_A_PAGE: i64 = 50;

#[derive(Deserialize)]
pub(super) struct DirectoryQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    location: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "directory.html")]
struct DirectoryTemplate<'a> {
    customer: &'a Customer,
    query: &'a DirectoryQuery,
    status: &'a SynchStatus,
    people: &'a [ListedPerson],
    total: i64,
    page: i64,
    departments: &'a [String],
    locations: &'a [LocationRecord],
    may_run: bool,
}

impl DirectoryTemplate<'_> {
    fn is_filtered(&self) -> bool {
        let DirectoryQuery {
            q,
            department,
            location,
            status,
            page: _,
        } = self.query;
        [q, department, location].iter().any(|text| !text.is_empty())
            || !matches!(status.as_str(), "" | "present")
    }

    /// Whether nothing was ever synchronized, so that there is nothing to search.
    fn is_new(&self) -> bool {
        self.status.last_success.is_none()
    }

    fn range(&self) -> String {
        let first = (self.page - 1) * PEOPLE_A_PAGE + 1;
        let last = (self.page * PEOPLE_A_PAGE).min(self.total);
        format!(
            "{}–{} of {}",
            words::grouped(first),
            words::grouped(last),
            words::grouped(self.total)
        )
    }

    fn has_next(&self) -> bool {
        self.page * PEOPLE_A_PAGE < self.total
    }

    fn link(&self, page: i64) -> String {
        let DirectoryQuery {
            q,
            department,
            location,
            status,
            page: _,
        } = self.query;
        let pairs = [
            ("q", q),
            ("department", department),
            ("location", location),
            ("status", status),
        ];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        query.append_pair("page", &page.to_string());
        format!("?{}", query.finish())
    }
}

pub(super) async fn show(
    State(synch): State<UsersSynch>,
    PageActor(actor): PageActor,
    Path(customer_id): Path<String>,
    Query(query): Query<DirectoryQuery>,
) -> Result<Page, PageError> {
    let customer = customer_of(&synch, &actor, &customer_id).await?;
    let page = query.page.parse::<i64>().unwrap_or(1).clamp(1, 1_000_000);
    let search = DirectorySearch {
        text: query.q.chars().take(200).collect(),
        department: query.department.clone(),
        location_id: query.location.clone(),
        status: match query.status.as_str() {
            "left" => StatusFilter::Left,
            "all" => StatusFilter::All,
            _ => StatusFilter::Present,
        },
        offset: (page - 1) * PEOPLE_A_PAGE,
        limit: PEOPLE_A_PAGE,
    };
    let (people, total) = synch.search_people(&actor, customer.id, &search).await?;
    let template = DirectoryTemplate {
        status: &synch.status(&actor, customer.id).await?,
        people: &people,
        total,
        page,
        departments: &synch.departments(&actor, customer.id).await?,
        locations: &synch.locations(&actor, customer.id).await?,
        may_run: actor.may(Action::RunSynch, Some(customer.id)),
        customer: &customer,
        query: &query,
    };
    Ok(Page::new(format!("Directory of {}", customer.name), &template))
}
