use std::time::Duration;

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use futures::stream;
use http::header;
use hub_caller::{AdministratorCaller, Caller};
use kit::{Error, Result, Timestamp};
use kit_web::{Page, PageError, Query};
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::{Rows, csv};
use crate::store::audit::AuditLine;
use crate::use_cases::AuditQuery;
use crate::{AuditCategory, Events};

const DAY: Duration = Duration::from_secs(24 * 3600);
const LINES_A_CHUNK: i64 = 1_000;

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    q: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    days: String,
    #[serde(default)]
    page: String,
}

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    organization: String,
    parameters: Parameters,
    categories: Vec<Choice>,
    spans: Vec<Choice>,
    lines: Vec<AuditLine>,
    rows: Rows,
}

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

impl Parameters {
    fn days(&self) -> u64 {
        self.days.parse().unwrap_or(30_u64).clamp(1, 365)
    }

    fn category(&self) -> Option<AuditCategory> {
        AuditCategory::ALL
            .iter()
            .copied()
            .find(|category| category.word() == self.category)
    }

    fn query(&self, now: Timestamp, offset: i64, max: i64) -> AuditQuery {
        AuditQuery {
            organization_id: None,
            from: now.minus(DAY * u32::try_from(self.days()).unwrap_or(365)),
            to: now,
            actor_id: None,
            categories: self
                .category()
                .map(|category| category.word().to_owned())
                .into_iter()
                .collect(),
            search: self.q.chars().take(200).collect(),
            offset,
            max,
        }
    }

    fn link(&self, path: &str, page: i64) -> String {
        let mut query = Serializer::new(String::new());
        for (name, value) in [("q", &self.q), ("category", &self.category), ("days", &self.days)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
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

impl AuditPage {
    fn is_filtered(&self) -> bool {
        self.parameters.category().is_some() || !self.parameters.q.is_empty()
    }

    fn page_link(&self, page: i64) -> String {
        self.parameters.link("/audit", page)
    }

    fn export_link(&self) -> String {
        self.parameters.link("/audit/export", 1)
    }

    fn category_of(&self, line: &AuditLine) -> &'static str {
        AuditCategory::ALL
            .iter()
            .find(|category| category.word() == line.category)
            .map_or("", |category| category.name())
    }
}

/// What administrators did.
pub(super) async fn audit(
    State(events): State<Events>,
    AdministratorCaller(caller): AdministratorCaller,
    Query(parameters): Query<Parameters>,
) -> Result<Page, PageError> {
    let page = Rows::page_number(&parameters.page);
    let query = parameters.query(events.now(), Rows::offset(page), Rows::A_PAGE);
    let total = events.count_audit(&caller, &query).await?;
    let (lines, _) = events.read_audit(&caller, query).await?;
    let shown = i64::try_from(lines.len()).unwrap_or_default();
    let chosen = parameters.category();
    let categories = AuditCategory::ALL
        .iter()
        .map(|category| Choice {
            value: category.word().to_owned(),
            label: category.name().to_owned(),
            chosen: chosen == Some(*category),
        })
        .collect();
    let spans = [
        (1, "1 day"),
        (7, "7 days"),
        (30, "30 days"),
        (90, "90 days"),
        (365, "1 year"),
    ]
    .map(|(days, label)| Choice {
        value: days.to_string(),
        label: label.to_owned(),
        chosen: parameters.days() == days,
    })
    .into_iter()
    .collect();
    let template = AuditPage {
        organization: events.name_of_organization(&caller).await?,
        parameters,
        categories,
        spans,
        lines,
        rows: Rows { page, total, shown },
    };
    Ok(Page::new("Audit", &template))
}

/// The same lines as a file, read piece by piece.
pub(super) async fn export(
    State(events): State<Events>,
    AdministratorCaller(caller): AdministratorCaller,
    Query(parameters): Query<Parameters>,
) -> Result<Response, PageError> {
    let now = events.now();
    // Whoever may not read hears it before the file begins.
    events.count_audit(&caller, &parameters.query(now, 0, 1)).await?;
    let head = csv::line([
        "Time",
        "Actor",
        "E-mail",
        "Roles",
        "Address",
        "Category",
        "Event",
        "Action",
        "Target type",
        "Target",
        "Target ID",
        "Setting",
        "Before",
        "After",
        "Tracking ID",
    ]);
    let start = Progress {
        events,
        caller,
        parameters,
        now,
        next: Some(0),
        head: Some(head),
    };
    let body = Body::from_stream(stream::try_unfold(start, next_piece));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, body).into_response())
}

struct Progress {
    events: Events,
    caller: Caller,
    parameters: Parameters,
    now: Timestamp,
    next: Option<i64>,
    head: Option<String>,
}

async fn next_piece(mut progress: Progress) -> Result<Option<(String, Progress)>, Error> {
    let Some(offset) = progress.next else {
        return Ok(None);
    };
    let query = progress.parameters.query(progress.now, offset, LINES_A_CHUNK);
    let (lines, more) = progress.events.read_audit(&progress.caller, query).await?;
    progress.next = more.then_some(offset + LINES_A_CHUNK);
    let mut text = progress.head.take().unwrap_or_default();
    text.extend(lines.iter().map(csv_line));
    Ok(Some((text, progress)))
}

fn csv_line(line: &AuditLine) -> String {
    let at = line.at.to_string();
    let roles = line.actor_roles.join("; ");
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    csv::line([
        at.as_str(),
        &line.actor_name,
        &line.actor_email,
        &roles,
        &line.address,
        &line.category,
        &line.description,
        &line.action_text,
        &text(&line.target_kind),
        &text(&line.target_name),
        &text(&line.target_id),
        &text(&line.setting),
        &text(&line.previous_value),
        &text(&line.new_value),
        &line.tracking_id,
    ])
}
