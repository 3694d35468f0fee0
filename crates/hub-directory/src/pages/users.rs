use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use kit_web::Page;
use webex::Role;

use super::outcome::{Answer, Powers, Standing, initials, notice, role_names};
use crate::AdministratorCaller;
use crate::query::Pairs;
use crate::{Directory, PeopleSearch, Person, StatusFilter};

const PAGE_SIZE: usize = 50;

#[derive(Template)]
#[template(path = "users.html")]
struct Users<'a> {
    organization: String,
    text: &'a str,
    roles: Vec<Choice>,
    statuses: Vec<Choice>,
    filtered: bool,
    rows: Vec<Line>,
    total: usize,
    first: usize,
    last: usize,
    previous: Option<String>,
    next: Option<String>,
    powers: Powers,
    notice: Option<&'static str>,
}

struct Choice {
    value: &'static str,
    label: &'static str,
    chosen: bool,
}

struct Line {
    id: String,
    initials: String,
    name: String,
    email: String,
    title: String,
    standing: Standing,
    roles: Vec<&'static str>,
    number: String,
}

impl From<Person> for Line {
    fn from(person: Person) -> Self {
        let number = person
            .numbers
            .iter()
            .find(|number| number.rings())
            .map(|number| number.value.clone());
        Self {
            id: person.id.to_string(),
            initials: initials(&person.display_name),
            standing: Standing::of(&person),
            roles: role_names(&person.roles),
            number: number.or_else(|| person.prefixed_extension()).unwrap_or_default(),
            name: person.display_name,
            email: person.email,
            title: person.title.unwrap_or_default(),
        }
    }
}

pub(super) async fn list(
    State(directory): State<Directory>,
    AdministratorCaller(caller): AdministratorCaller,
    pairs: Pairs,
) -> Answer {
    let search = search(&pairs);
    let mut page = pairs
        .text("page")
        .and_then(|page| page.parse::<usize>().ok())
        .unwrap_or(1)
        .max(1);
    let mut found = directory
        .search_people(
            &caller,
            &PeopleSearch {
                offset: (page - 1).saturating_mul(PAGE_SIZE),
                ..search.clone()
            },
        )
        .await?;
    let last_page = found.total.div_ceil(PAGE_SIZE).max(1);
    if page > last_page {
        // People left since the link was made, or the address was typed: the last page there is.
        page = last_page;
        found = directory
            .search_people(
                &caller,
                &PeopleSearch {
                    offset: (page - 1) * PAGE_SIZE,
                    ..search.clone()
                },
            )
            .await?;
    }
    let organization = directory.organization(caller.organization_id).await?;
    let first = (page - 1) * PAGE_SIZE + 1;
    let last = (first + found.people.len()).saturating_sub(1);
    let template = Users {
        organization: organization
            .map(|organization| organization.display_name)
            .unwrap_or_default(),
        text: pairs.text("q").unwrap_or_default(),
        roles: role_choices(search.role),
        statuses: status_choices(search.status),
        filtered: !search.text.trim().is_empty() || search.role.is_some() || search.status.is_some(),
        rows: found.people.into_iter().map(Line::from).collect(),
        total: found.total,
        first,
        last,
        previous: (page > 1).then(|| page_link(&pairs, page - 1)),
        next: (last < found.total).then(|| page_link(&pairs, page + 1)),
        powers: Powers::of(&caller),
        notice: notice(pairs.text("done")),
    };
    Ok(Page::new("Users", &template).into_response())
}

fn search(pairs: &Pairs) -> PeopleSearch {
    PeopleSearch {
        text: pairs.text("q").unwrap_or_default().chars().take(200).collect(),
        role: pairs.text("role").and_then(Role::from_key),
        status: STATUSES
            .iter()
            .find(|(value, _, _)| pairs.text("status") == Some(value))
            .map(|(_, _, status)| *status),
        offset: 0,
        limit: PAGE_SIZE,
    }
}

const STATUSES: [(&str, &str, StatusFilter); 3] = [
    ("active", "Active", StatusFilter::Active),
    ("pending", "Invite pending", StatusFilter::Pending),
    ("inactive", "Deactivated", StatusFilter::Inactive),
];

fn role_choices(chosen: Option<Role>) -> Vec<Choice> {
    Role::ALL
        .into_iter()
        .map(|role| Choice {
            value: role.key(),
            label: role.name(),
            chosen: chosen == Some(role),
        })
        .collect()
}

fn status_choices(chosen: Option<StatusFilter>) -> Vec<Choice> {
    STATUSES
        .iter()
        .map(|(value, label, status)| Choice {
            value,
            label,
            chosen: chosen == Some(*status),
        })
        .collect()
}

fn page_link(pairs: &Pairs, page: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for key in ["q", "role", "status"] {
        if let Some(value) = pairs.text(key) {
            query.append_pair(key, value);
        }
    }
    query.append_pair("page", &page.to_string());
    format!("/users?{}", query.finish())
}
