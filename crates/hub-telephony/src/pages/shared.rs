//! What the pages of this slice share.

use http::StatusCode;
use hub_directory::public_api::Pairs;
use hub_directory::{Caller, LocationId};
use hub_numbers::Held;
use kit::Result;
use kit_web::{PageError, status_of, to_mend};

use crate::Telephony;

/// What a handler of a page answers.
pub(super) type Answer = std::result::Result<axum::response::Response, PageError>;

/// What is wrong, and at which field; an empty field name stands for the whole form.
pub(super) type Problems = Vec<(&'static str, String)>;

/// The sentence beside a field.
pub(super) fn problem_at<'a>(problems: &'a Problems, field: &str) -> Option<&'a str> {
    problems
        .iter()
        .find(|(at, _)| *at == field)
        .map(|(_, sentence)| sentence.as_str())
}

/// Does what a form asks for, where its fields are in order. What the person can mend joins the problems, and the
/// inner error is the status with which the form is shown again.
pub(super) async fn attempt<T>(
    problems: &mut Problems,
    work: impl Future<Output = Result<T>>,
) -> Result<std::result::Result<T, StatusCode>> {
    if !problems.is_empty() {
        return Ok(Err(StatusCode::BAD_REQUEST));
    }
    match work.await {
        Ok(done) => Ok(Ok(done)),
        Err(error) => {
            let error = to_mend(error)?;
            problems.push(("", error.public().to_owned()));
            Ok(Err(status_of(error.kind())))
        }
    }
}

/// What becomes free when its holder goes.
pub(super) fn freed(held: Option<&Held>) -> Vec<String> {
    let Some(held) = held else { return Vec::new() };
    let number = held
        .number
        .iter()
        .map(|number| format!("The number {number} goes back to the stock of its location."));
    let extension = held
        .extension
        .iter()
        .map(|extension| format!("The extension {extension} is free again."));
    number.chain(extension).collect()
}

/// One entry of a select.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

pub(super) fn choice(value: &str, label: &str, chosen: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: value == chosen,
    }
}

/// The organization's locations as a select offers them.
pub(super) async fn locations(
    telephony: &Telephony,
    caller: &Caller,
    chosen: &str,
    calling_only: bool,
) -> Result<Vec<Choice>> {
    let locations = telephony.directory().locations_of(caller.organization_id).await?;
    let offered = locations
        .iter()
        .filter(|location| !calling_only || location.calling.is_some());
    Ok(offered
        .map(|location| choice(&location.id.to_string(), &location.name, chosen))
        .collect())
}

/// The location that a select names; an empty or strange value is none.
pub(super) fn location(text: &str) -> Option<LocationId> {
    LocationId::parse(text).ok()
}

pub(super) const PAGE_SIZE: usize = 50;

/// Where a list stands.
pub(super) struct Paging {
    pub(super) total: usize,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

/// The page that the address names, or the last one there is.
pub(super) fn page_number(pairs: &Pairs, total: usize) -> usize {
    let wanted = pairs.text("page").and_then(|page| page.parse::<usize>().ok());
    wanted.unwrap_or(1).clamp(1, total.div_ceil(PAGE_SIZE).max(1))
}

impl Paging {
    pub(super) fn of(
        pairs: &Pairs,
        path: &str,
        keys: &[&str],
        page: usize,
        shown: usize,
        total: usize,
    ) -> Self {
        let first = (page - 1) * PAGE_SIZE + 1;
        let last = (first + shown).saturating_sub(1);
        let link = |page: usize| {
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            for key in keys {
                if let Some(value) = pairs.text(key) {
                    query.append_pair(key, value);
                }
            }
            query.append_pair("page", &page.to_string());
            format!("{path}?{}", query.finish())
        };
        Self {
            total,
            first,
            last,
            previous: (page > 1).then(|| link(page - 1)),
            next: (last < total).then(|| link(page + 1)),
        }
    }
}

/// The text of a search box, bounded.
pub(super) fn search_box(pairs: &Pairs) -> String {
    pairs.text("q").unwrap_or_default().chars().take(200).collect()
}

/// What the page that follows an action says of it; the words come from here, only the key stands in the URL.
pub(super) fn notice(key: Option<&str>, thing: &str) -> Option<String> {
    Some(match key? {
        "created" => format!("The {thing} was added."),
        "saved" => "The changes were saved.".to_owned(),
        "deleted" => format!("The {thing} was deleted."),
        _ => return None,
    })
}
