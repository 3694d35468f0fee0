//! What the pages of attendants and schedules share.

use hub_directory::public_api::{FULL_ADMIN, Pairs};
use hub_directory::{Caller, LocationId};
use kit::{Error, Kind, Result, Uuid};
use kit_web::PageError;

use crate::CallFeatures;

/// What a handler of a page answers.
pub(super) type Answer = std::result::Result<axum::response::Response, PageError>;

pub(super) const PAGE_SIZE: usize = 50;

/// An entry of a list to choose from.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

impl Choice {
    pub(super) fn new(value: impl Into<String>, label: impl Into<String>, chosen: Option<&str>) -> Self {
        let value = value.into();
        Self {
            chosen: chosen == Some(value.as_str()),
            label: label.into(),
            value,
        }
    }
}

/// The locations with calling, to choose from.
pub(super) async fn location_choices(
    call_features: &CallFeatures,
    caller: &Caller,
    chosen: Option<&str>,
) -> Result<Vec<Choice>> {
    let locations = call_features
        .directory()
        .locations_of(caller.organization_id)
        .await?;
    Ok(locations
        .into_iter()
        .filter(|location| location.calling.is_some())
        .map(|location| Choice::new(location.id.to_string(), location.name, chosen))
        .collect())
}

/// The location of `?location=`; one that cannot be read is none.
pub(super) fn location_filter(pairs: &Pairs) -> Option<LocationId> {
    let text = pairs.text("location")?;
    Uuid::parse_str(text).ok().map(LocationId::new)
}

/// Whether the caller may change things here; the use cases ask again.
pub(super) fn writes(caller: &Caller) -> bool {
    caller.has_any_role(FULL_ADMIN)
}

pub(super) fn require_writes(caller: &Caller) -> Result<()> {
    if writes(caller) {
        return Ok(());
    }
    Err(Error::forbidden(
        "You can look at call features and not change them. A Full Administrator can.",
    ))
}

/// Which page of a list is asked for, from one.
pub(super) fn page_number(pairs: &Pairs) -> usize {
    pairs
        .text("page")
        .and_then(|page| page.parse::<usize>().ok())
        .unwrap_or(1)
        .clamp(1, 1_000_000)
}

/// The links before and behind a page of a list.
pub(super) struct Pager {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) total: usize,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

impl Pager {
    /// `keys` are what the links repeat of the query.
    pub(super) fn new(
        path: &str,
        pairs: &Pairs,
        keys: &[&str],
        page: usize,
        shown: usize,
        total: usize,
    ) -> Self {
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
        let first = (page - 1) * PAGE_SIZE + 1;
        let last = (first + shown).saturating_sub(1);
        Self {
            first,
            last,
            total,
            previous: (page > 1).then(|| link(page - 1)),
            next: (last < total).then(|| link(page + 1)),
        }
    }
}

/// Not found, in the words of a page.
pub(super) fn missing(error: Error, sentence: &'static str) -> Error {
    if *error.kind() == Kind::NotFound {
        Error::not_found(sentence)
    } else {
        error
    }
}
