use std::convert::Infallible;

use axum::extract::FromRequestParts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::request::Parts;
use kit::{Error, Result, Uuid};
use kit_web::{LinkHeader, PublicUrl, next_link};
use webex::{PublicId, ResourceKind};

use crate::model::rights;
use crate::{LocationId, OrganizationId, PersonId};

/// The query of a request as pairs. Unknown keys are passed over, and a key may come twice: SDKs repeat their own
/// beside those of a `Link`; the first one counts.
#[derive(Clone, Debug, Default)]
pub struct Pairs(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Pairs {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> std::result::Result<Self, Infallible> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(
            url::form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        ))
    }
}

impl Pairs {
    /// The text behind a key; an empty one and `null` are none.
    pub fn text(&self, key: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(candidate, _)| candidate == key)?;
        Some(value.as_str()).filter(|value| !value.is_empty() && *value != "null")
    }

    /// Every text behind a key that may come several times.
    pub fn every(&self, key: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(candidate, _)| candidate == key)
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty() && *value != "null")
            .collect()
    }

    /// A yes or no that was said in so many letters; `None` where nothing was said.
    pub fn choice(&self, key: &str) -> Result<Option<bool>> {
        match self.text(key) {
            None => Ok(None),
            Some(text) if text.eq_ignore_ascii_case("true") || text == "1" => Ok(Some(true)),
            Some(text) if text.eq_ignore_ascii_case("false") || text == "0" => Ok(Some(false)),
            Some(_) => Err(Error::invalid(format!("{key} must be true or false."))),
        }
    }

    /// `true`, `True` and `1` are yes.
    pub fn flag(&self, key: &str) -> bool {
        self.text(key)
            .is_some_and(|value| value.eq_ignore_ascii_case("true") || value == "1")
    }

    /// A count of at least one.
    pub fn count(&self, key: &str) -> Result<Option<usize>> {
        let Some(text) = self.text(key) else {
            return Ok(None);
        };
        match text.parse::<usize>() {
            Ok(count) if count > 0 => Ok(Some(count)),
            _ => Err(Error::invalid(format!(
                "{key} must be a whole number greater than zero."
            ))),
        }
    }

    /// A position of at least zero.
    pub fn position(&self, key: &str) -> Result<usize> {
        let Some(text) = self.text(key) else { return Ok(0) };
        text.parse()
            .map_err(|_| Error::invalid(format!("{key} must be a whole number that is not negative.")))
    }

    /// The parts of a comma-separated list.
    pub fn list(&self, key: &str) -> Option<Vec<&str>> {
        let parts: Vec<&str> = self
            .text(key)?
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        Some(parts).filter(|parts| !parts.is_empty())
    }

    /// The organization of `orgId`.
    pub fn organization(&self) -> Result<Option<OrganizationId>> {
        let id = self
            .text("orgId")
            .map(|text| PublicId::parse_uuid(ResourceKind::Organization, text))
            .transpose()?;
        Ok(id.map(OrganizationId::new))
    }

    /// The location behind a key.
    pub fn location(&self, key: &str) -> Result<Option<LocationId>> {
        let id = self
            .text(key)
            .map(|text| PublicId::parse_uuid(ResourceKind::Location, text))
            .transpose()?;
        Ok(id.map(LocationId::new))
    }

    /// What the cursor that we gave out stands for.
    pub fn cursor(&self) -> Result<Option<String>> {
        let Some(text) = self.text("cursor") else {
            return Ok(None);
        };
        let decoded = URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok());
        decoded.map(Some).ok_or_else(bad_cursor)
    }

    /// Where a page of a list with `start` begins: the cursor that we gave out holds the position that `start` says in
    /// the open.
    pub fn start(&self) -> Result<usize> {
        match self.cursor()? {
            Some(text) => text.parse().map_err(|_| bad_cursor()),
            None => self.position("start"),
        }
    }

    /// How many entries a page has: what `max` says, and `most` at the most.
    pub fn page_size(&self, most: usize) -> Result<usize> {
        Ok(self.count("max")?.unwrap_or(most).min(most))
    }

    /// The person behind whom the next page begins.
    pub fn person_cursor(&self) -> Result<Option<PersonId>> {
        let Some(text) = self.cursor()? else {
            return Ok(None);
        };
        Uuid::parse_str(&text)
            .map(|uuid| Some(PersonId::new(uuid)))
            .map_err(|_| bad_cursor())
    }

    /// The `Link` to the page behind `position`: everything that this request said and the new cursor.
    pub fn next_page(
        &self,
        public_url: &PublicUrl,
        path: &str,
        max: usize,
        position: Option<String>,
    ) -> LinkHeader {
        let Some(position) = position else {
            return LinkHeader(None);
        };
        let (max, cursor) = (max.to_string(), URL_SAFE_NO_PAD.encode(position));
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for (key, value) in &self.0 {
            // A key may come twice with two values (locationId); the same pair twice says no more than once.
            let repeated = pairs.iter().any(|known| *known == (key, value));
            if !repeated && !matches!(key.as_str(), "max" | "cursor") {
                pairs.push((key, value));
            }
        }
        pairs.extend([("max", max.as_str()), ("cursor", cursor.as_str())]);
        next_link(public_url, path, &pairs)
    }
}

fn bad_cursor() -> Error {
    Error::invalid(
        "The cursor of this request cannot be read. Follow the Link header as it is, or begin again without cursor.",
    )
}

/// The id in a path. What cannot be an id names nothing that exists.
pub fn path_uuid(kind: ResourceKind, text: &str) -> Result<Uuid> {
    PublicId::parse_uuid(kind, text).map_err(|_| Error::not_found(rights::NOT_FOUND))
}
