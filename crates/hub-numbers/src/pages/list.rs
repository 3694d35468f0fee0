use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse;
use hub_directory::public_api::Pairs;
use hub_directory::{AdministratorCaller, Location, LocationId};
use kit::search_key;
use kit_web::Page;

use super::{Answer, notice, owner_path, writes};
use crate::Numbers;
use crate::api::query::wanted_numbers;
use crate::model::Listed;
use crate::store::list::{Filter, Form, Order};
use crate::use_cases::list_numbers::NumbersQuery;

const PAGE_SIZE: i64 = 50;

#[derive(Template)]
#[template(path = "numbers.html")]
struct NumbersPage<'a> {
    text: &'a str,
    locations: Vec<Choice>,
    uses: Vec<Choice>,
    states: Vec<Choice>,
    /// The order that was asked for, where it is not the usual one.
    order: Option<&'a str>,
    columns: [Column; 5],
    filtered: bool,
    rows: Vec<Line>,
    total: i64,
    first: i64,
    last: i64,
    previous: Option<String>,
    next: Option<String>,
    writes: bool,
    notice: Option<&'static str>,
    here: String,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct Column {
    name: &'static str,
    /// Where the list is sorted by this column.
    link: Option<String>,
    sorted: bool,
}

struct Line {
    number: Option<String>,
    extension: Option<String>,
    esn: String,
    location_id: String,
    location: String,
    active: bool,
    tags: Vec<&'static str>,
    owner: Option<OwnerLine>,
    main: bool,
    /// May be removed or taken out of service.
    idle: bool,
}

struct OwnerLine {
    path: String,
    name: String,
    kind: &'static str,
}

impl From<Listed> for Line {
    fn from(listed: Listed) -> Self {
        let esn = listed
            .esn()
            .filter(|_| listed.routing_prefix.is_some())
            .unwrap_or_default();
        let entry = listed.entry;
        let tags = [
            (entry.main_number, "Main number"),
            (entry.toll_free, "Toll-free"),
            (entry.service_number, "Service"),
            (entry.kind == crate::model::NumberKind::Alternate, "Alternate"),
        ];
        Self {
            esn,
            location_id: entry.location_id.to_string(),
            location: listed.location_name,
            active: entry.active,
            tags: tags
                .into_iter()
                .filter(|(is, _)| *is)
                .map(|(_, word)| word)
                .collect(),
            main: entry.main_number,
            idle: entry.number.is_some() && entry.owner.is_none() && !entry.main_number,
            owner: entry.owner.map(|owner| OwnerLine {
                path: owner_path(owner.kind, owner.id),
                name: owner.display_name,
                kind: owner.kind.noun(),
            }),
            number: entry.number,
            extension: entry.extension,
        }
    }
}

pub(super) async fn list(
    State(numbers): State<Numbers>,
    AdministratorCaller(caller): AdministratorCaller,
    pairs: Pairs,
) -> Answer {
    let filter = filter(&pairs);
    let total = numbers.count_numbers(&caller, &filter).await?;
    let last_page = (total.max(1) + PAGE_SIZE - 1) / PAGE_SIZE;
    let asked = pairs.text("page").and_then(|page| page.parse::<i64>().ok());
    // Numbers went since the link was made, or the address was typed: the last page there is.
    let page = asked.unwrap_or(1).clamp(1, last_page);
    let offset = (page - 1) * PAGE_SIZE;
    let query = NumbersQuery {
        filter: Filter {
            offset,
            limit: PAGE_SIZE,
            ..filter.clone()
        },
        ..NumbersQuery::default()
    };
    let found = numbers.list_numbers(&caller, &query).await?;
    let rows: Vec<Line> = found.entries.into_iter().map(Line::from).collect();
    let shown = i64::try_from(rows.len()).unwrap_or_default();
    let locations = numbers.directory().locations_of(caller.organization_id).await?;
    let template = NumbersPage {
        text: pairs.text("q").unwrap_or_default(),
        locations: location_choices(locations, filter.location_id),
        uses: choices(USES, pairs.text("use")),
        states: choices(STATES, pairs.text("state")),
        order: ordered(&pairs),
        columns: columns(&pairs),
        filtered: ["q", "location", "use", "state"]
            .iter()
            .any(|key| pairs.text(key).is_some()),
        rows,
        total,
        first: offset + 1,
        last: offset + shown,
        previous: (page > 1).then(|| page_link(&pairs, page - 1)),
        next: (offset + shown < total).then(|| page_link(&pairs, page + 1)),
        writes: writes(&caller),
        notice: notice(pairs.text("done")),
        here: page_link(&pairs, page),
    };
    Ok(Page::new("Numbers", &template).into_response())
}

const USES: &[(&str, &str)] = &[
    ("assigned", "Assigned"),
    ("unassigned", "Not assigned"),
    ("extension", "Extension only"),
];
const STATES: &[(&str, &str)] = &[("active", "Active"), ("inactive", "Inactive")];

/// The columns, and the `order` that sorts by them; the list sorts by number unless asked otherwise.
const COLUMNS: [(&str, Option<&str>); 5] = [
    ("Number", Some("")),
    ("Extension", Some("extension")),
    ("Location", None),
    ("Status", None),
    ("Assigned to", Some("owner")),
];

fn ordered(pairs: &Pairs) -> Option<&str> {
    pairs
        .text("order")
        .filter(|order| matches!(*order, "extension" | "owner"))
}

fn columns(pairs: &Pairs) -> [Column; 5] {
    let order = ordered(pairs).unwrap_or_default();
    COLUMNS.map(|(name, key)| Column {
        name,
        link: key.map(|key| link(pairs, key, 1)),
        sorted: key == Some(order),
    })
}

fn choices(known: &[(&str, &str)], chosen: Option<&str>) -> Vec<Choice> {
    known
        .iter()
        .map(|(value, label)| Choice {
            value: (*value).to_owned(),
            label: (*label).to_owned(),
            chosen: chosen == Some(value),
        })
        .collect()
}

pub(super) fn calling(location: &Location) -> bool {
    location.calling.is_some()
}

fn location_choices(locations: Vec<Location>, chosen: Option<LocationId>) -> Vec<Choice> {
    locations
        .into_iter()
        .filter(calling)
        .map(|location| Choice {
            value: location.id.to_string(),
            chosen: chosen == Some(location.id),
            label: location.name,
        })
        .collect()
}

fn filter(pairs: &Pairs) -> Filter {
    let (owned, form) = match pairs.text("use") {
        Some("assigned") => (Some(true), Some(Form::Number)),
        Some("unassigned") => (Some(false), None),
        Some("extension") => (None, Some(Form::ExtensionAlone)),
        _ => (None, None),
    };
    let active = match pairs.text("state") {
        Some("active") => Some(true),
        Some("inactive") => Some(false),
        _ => None,
    };
    let filter = Filter {
        location_id: pairs
            .text("location")
            .and_then(|text| LocationId::parse(text).ok()),
        owned,
        form: form.or(active.map(|_| Form::Number)),
        active,
        order: match pairs.text("order") {
            Some("extension") => Order::Extension,
            Some("owner") => Order::LastName,
            _ => Order::Number,
        },
        ..Filter::default()
    };
    searched(pairs.text("q").unwrap_or_default().trim(), filter)
}

/// Two to six digits are an extension, more are a number or the beginning of one, and anything else is an owner.
fn searched(text: &str, filter: Filter) -> Filter {
    let text: String = text.chars().take(200).collect();
    if text.is_empty() {
        return filter;
    }
    let dialled = text
        .chars()
        .all(|character| character.is_ascii_digit() || "+ -.()".contains(character));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match (dialled, text.starts_with('+'), digits.len()) {
        (true, false, 1..=6) => Filter {
            extension: Some(digits),
            ..filter
        },
        (true, _, _) => {
            let (numbers, prefixes) = wanted_numbers(Some(vec![&text]));
            Filter {
                numbers,
                prefixes,
                ..filter
            }
        }
        _ => Filter {
            owner_name: Some(search_key(&text)),
            ..filter
        },
    }
}

fn page_link(pairs: &Pairs, page: i64) -> String {
    link(pairs, ordered(pairs).unwrap_or_default(), page)
}

fn link(pairs: &Pairs, order: &str, page: i64) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for key in ["q", "location", "use", "state"] {
        if let Some(value) = pairs.text(key) {
            query.append_pair(key, value);
        }
    }
    if !order.is_empty() {
        query.append_pair("order", order);
    }
    if page > 1 {
        query.append_pair("page", &page.to_string());
    }
    let query = query.finish();
    if query.is_empty() {
        "/calling/numbers".to_owned()
    } else {
        format!("/calling/numbers?{query}")
    }
}
