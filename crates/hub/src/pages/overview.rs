use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use hub_directory::{Caller, License, PageCaller, PeopleSearch, StatusFilter};
use hub_governance::{HistoryEntry, ListQuery};
use kit::{Kind, Result};
use kit_web::{Page, PageError};

use super::sees_console;
use crate::wiring::Slices;

/// How many decisions are shown.
const MOST_DECISIONS: i64 = 8;

#[derive(Template)]
#[template(path = "overview.html")]
struct Overview {
    organization: String,
    people: usize,
    pending: usize,
    calling_licenses: Licenses,
    all_licenses: Licenses,
    integrations: Option<Integrations>,
}

/// How many licences of a kind are held.
#[derive(Default)]
struct Licenses {
    used: i64,
    bought: i64,
}

/// For those who may see them.
struct Integrations {
    enabled: usize,
    total: usize,
    open_requests: u64,
    decisions: Vec<(HistoryEntry, Option<String>)>,
}

impl Licenses {
    fn count<'a>(licenses: impl Iterator<Item = &'a License>) -> Self {
        licenses.fold(Self::default(), |sum, license| Self {
            used: sum.used + license.consumed_units,
            bought: sum.bought + license.total_units,
        })
    }
}

impl Integrations {
    fn disabled(&self) -> usize {
        self.total - self.enabled
    }
}

/// The start page: figures for administrators; everybody else begins with their own account.
pub(super) async fn overview(
    State(slices): State<Slices>,
    PageCaller(caller): PageCaller,
) -> Result<Response, PageError> {
    if !sees_console(&caller) {
        return Ok(Redirect::to("/me").into_response());
    }
    let caller = &caller;
    let organization = slices.directory.organization(caller.organization_id).await?;
    let licenses = slices.directory.list_licenses(caller, None).await?;
    let template = Overview {
        organization: organization
            .map(|organization| organization.display_name)
            .unwrap_or_default(),
        people: count_people(&slices, caller, None).await?,
        pending: count_people(&slices, caller, Some(StatusFilter::Pending)).await?,
        calling_licenses: Licenses::count(licenses.iter().filter(|license| license.is_calling())),
        all_licenses: Licenses::count(licenses.iter()),
        integrations: integrations(&slices, caller).await?,
    };
    Ok(Page::new("Overview", &template).into_response())
}

async fn count_people(slices: &Slices, caller: &Caller, status: Option<StatusFilter>) -> Result<usize> {
    let search = PeopleSearch {
        status,
        limit: 0,
        ..PeopleSearch::default()
    };
    Ok(slices.directory.search_people(caller, &search).await?.total)
}

async fn integrations(slices: &Slices, caller: &Caller) -> Result<Option<Integrations>> {
    let list = match slices
        .governance
        .integrations(caller, &ListQuery::default())
        .await
    {
        Ok(list) => list,
        Err(error) if *error.kind() == Kind::Forbidden => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some(Integrations {
        enabled: list.enabled,
        total: list.total,
        open_requests: slices.governance.open_requests(caller).await?,
        decisions: slices.governance.latest_decisions(caller, MOST_DECISIONS).await?,
    }))
}
