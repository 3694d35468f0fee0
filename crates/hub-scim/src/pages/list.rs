use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use hub_directory::AdministratorCaller;
use hub_directory::public_api::Pairs;
use kit::Timestamp;
use kit_web::Page;

use super::{Answer, notice, wanted_page};
use crate::Scim;
use crate::model::rights;
use crate::use_cases::GroupQuery;

const PAGE_SIZE: usize = 50;

#[derive(Template)]
#[template(path = "groups.html")]
struct Groups<'a> {
    organization: String,
    text: &'a str,
    rows: Vec<Line>,
    total: usize,
    first: usize,
    last: usize,
    previous: Option<String>,
    next: Option<String>,
    may_write: bool,
    notice: Option<&'static str>,
}

struct Line {
    id: String,
    name: String,
    description: String,
    members: i64,
    changed: Timestamp,
}

pub(super) async fn list(
    State(scim): State<Scim>,
    AdministratorCaller(caller): AdministratorCaller,
    pairs: Pairs,
) -> Answer {
    let text = pairs.text("q").unwrap_or_default();
    let query = |page: usize| GroupQuery {
        words: text.chars().take(200).collect(),
        offset: (page - 1) * PAGE_SIZE,
        limit: PAGE_SIZE,
        ..GroupQuery::default()
    };
    let mut page = wanted_page(&pairs, usize::MAX / 2, PAGE_SIZE).min(1_000_000);
    let mut found = scim.list_groups(&caller, &query(page)).await?;
    let last_page = wanted_page(&pairs, found.total, PAGE_SIZE);
    if last_page < page {
        // Groups went since the link was made, or the address was typed: the last page there is.
        page = last_page;
        found = scim.list_groups(&caller, &query(page)).await?;
    }
    let organization = scim.directory().organization(caller.organization_id).await?;
    let first = (page - 1) * PAGE_SIZE + 1;
    let last = (first + found.groups.len()).saturating_sub(1);
    let rows = found.groups.into_iter().map(|group| Line {
        id: group.id.to_string(),
        name: group.display_name,
        description: group.description.unwrap_or_default(),
        members: group.member_count,
        changed: group.last_modified_at,
    });
    let template = Groups {
        organization: organization
            .map(|organization| organization.display_name)
            .unwrap_or_default(),
        text,
        rows: rows.collect(),
        total: found.total,
        first,
        last,
        previous: (page > 1).then(|| page_link(text, page - 1)),
        next: (last < found.total).then(|| page_link(text, page + 1)),
        may_write: rights::may_write_groups(&caller),
        notice: notice(pairs.text("done")),
    };
    Ok(Page::new("Groups", &template).into_response())
}

fn page_link(text: &str, page: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if !text.is_empty() {
        query.append_pair("q", text);
    }
    query.append_pair("page", &page.to_string());
    format!("/groups?{}", query.finish())
}
