use axum::RequestExt as _;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use http::{HeaderMap, header};
use hub_directory::public_api::Pairs;
use hub_directory::{Caller, INVALID_TOKEN};
use kit::{Error, Result};
use serde::Deserialize;
use serde_json::Value;

use super::reply::ScimFailure;
use crate::model::error::{Outcome, ScimError};
use crate::model::projection::Projection;
use crate::model::schema::ResourceType;
use crate::use_cases::{Search, read_json};

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct ScimCaller(pub(super) Caller);

impl<S: Send + Sync> FromRequestParts<S> for ScimCaller {
    type Rejection = ScimFailure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> std::result::Result<Self, ScimFailure> {
        let caller = parts.extensions.get::<Caller>().cloned();
        Ok(Self(caller.ok_or_else(|| Error::unauthenticated(INVALID_TOKEN))?))
    }
}

/// The query of a request, and whether its sender speaks SCIM's own media type.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) pairs: Pairs,
    pub(super) standard: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> std::result::Result<Self, Self::Rejection> {
        let standard = accepts_scim(&parts.headers);
        let pairs = Pairs::from_request_parts(parts, state).await?;
        Ok(Self { pairs, standard })
    }
}

/// Whether the client names SCIM's own type among those it takes.
pub(super) fn accepts_scim(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("application/scim+json"))
}

/// A body that is read when the right to send it is clear. Its declared type does not matter: Webex's SDK says
/// `application/json`, others `application/scim+json`.
#[derive(Debug)]
pub(super) struct RawBody(Bytes);

impl RawBody {
    pub(super) fn json(&self) -> Outcome<Value> {
        read_json(&self.0)
    }
}

impl<S: Send + Sync> FromRequest<S> for RawBody {
    type Rejection = ScimFailure;

    async fn from_request(request: Request, state: &S) -> std::result::Result<Self, ScimFailure> {
        if request.extensions().get::<Caller>().is_none() {
            return Err(Error::unauthenticated(INVALID_TOKEN).into());
        }
        match request.extract_with_state::<Bytes, _, _>(state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(rejection) if rejection.status() == http::StatusCode::PAYLOAD_TOO_LARGE => {
                Err(ScimError::too_large("The body of this request is larger than 1 MiB.").into())
            }
            Err(_) => Err(ScimError::syntax("The body of this request ended early.").into()),
        }
    }
}

/// A header of conditions.
fn condition(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .map(ToOwned::to_owned)
}

pub(super) fn if_match(headers: &HeaderMap) -> Option<String> {
    condition(headers, header::IF_MATCH)
}

pub(super) fn if_none_match(headers: &HeaderMap) -> Option<String> {
    condition(headers, header::IF_NONE_MATCH)
}

/// Which attributes a query wants to see.
pub(super) fn projection(kind: &ResourceType, asked: &Asked) -> Projection {
    let pairs = &asked.pairs;
    let names = |key| {
        pairs
            .list(key)
            .map(|names| names.into_iter().map(ToOwned::to_owned).collect::<Vec<String>>())
    };
    Projection::new(
        kind,
        names("attributes").as_deref(),
        &names("excludedAttributes").unwrap_or_default(),
        asked.standard,
    )
}

const PAGE_SIZE: usize = 100;
const MOST_A_PAGE: usize = 1_000;

/// A number that may be less than it makes sense; what is too small means the smallest, as RFC 7644 wants it.
fn number(pairs: &Pairs, key: &str) -> Result<Option<i64>> {
    pairs
        .text(key)
        .map(|text| {
            text.parse()
                .map_err(|_| Error::invalid(format!("{key} must be a whole number.")))
        })
        .transpose()
}

fn start_index(number: Option<i64>) -> usize {
    usize::try_from(number.unwrap_or(1).max(1)).unwrap_or(1)
}

fn count(number: Option<i64>, most: usize) -> usize {
    number.map_or(PAGE_SIZE.min(most), |number| {
        usize::try_from(number.max(0)).unwrap_or(0).min(most)
    })
}

/// Start (from 1) and size of a page of members.
pub(super) fn window(pairs: &Pairs, most: usize) -> Result<(usize, usize)> {
    let size = number(pairs, "count")?;
    let size = match size {
        None => most,
        some => count(some, most),
    };
    Ok((start_index(number(pairs, "startIndex")?), size))
}

/// A search by query parameters; `with` names the flag that asks for what costs more.
pub(super) fn search(kind: &ResourceType, asked: &Asked, with: &[&str]) -> Outcome<Search> {
    let pairs = &asked.pairs;
    Ok(Search {
        filter: pairs.text("filter").map(ToOwned::to_owned),
        sort_by: pairs.text("sortBy").map(ToOwned::to_owned),
        descending: descending(pairs.text("sortOrder"))?,
        start_index: start_index(number(pairs, "startIndex")?),
        count: count(number(pairs, "count")?, MOST_A_PAGE),
        projection: projection(kind, asked),
        with_groups: with.iter().any(|key| pairs.flag(key)),
    })
}

fn descending(order: Option<&str>) -> Outcome<bool> {
    match order.map(str::to_ascii_lowercase).as_deref() {
        None | Some("ascending" | "asc") => Ok(false),
        Some("descending" | "desc") => Ok(true),
        Some(_) => Err(ScimError::value("sortOrder must be ascending or descending.")),
    }
}

/// The body of a search by POST.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct SearchBody {
    attributes: Option<Vec<String>>,
    excluded_attributes: Option<Vec<String>>,
    filter: Option<String>,
    sort_by: Option<String>,
    sort_order: Option<String>,
    start_index: Option<i64>,
    count: Option<i64>,
}

impl SearchBody {
    pub(super) fn of(body: &Value) -> Outcome<Self> {
        serde_json::from_value(body.clone())
            .map_err(|error| ScimError::syntax(format!("The body of this request is no search: {error}.")))
    }

    pub(super) fn search(&self, kind: &ResourceType, asked: &Asked) -> Outcome<Search> {
        Ok(Search {
            filter: self.filter.clone(),
            sort_by: self.sort_by.clone(),
            descending: descending(self.sort_order.as_deref())?,
            start_index: start_index(self.start_index),
            count: count(self.count, MOST_A_PAGE),
            projection: Projection::new(
                kind,
                self.attributes.as_deref(),
                self.excluded_attributes.as_deref().unwrap_or_default(),
                asked.standard,
            ),
            with_groups: false,
        })
    }
}
