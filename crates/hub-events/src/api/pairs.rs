use axum::extract::FromRequestParts;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::request::Parts;
use kit::{Error, Result, Timestamp, Uuid};
use kit_web::{ApiError, LinkHeader, PublicUrl, Query, next_link};
use webex::{PublicId, ResourceKind};

/// The query of a request. Of a name that comes twice the last counts: some SDKs add their own parameters to the address
/// of the next page.
pub(crate) struct Pairs(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Pairs {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await?;
        Ok(Self(pairs))
    }
}

impl Pairs {
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(found, value)| found == name && !value.is_empty() && value != "null")
            .map(|(_, value)| value.as_str())
    }

    pub(crate) fn needed(&self, name: &str) -> Result<&str> {
        self.text(name)
            .ok_or_else(|| Error::invalid(format!("The parameter {name} is missing.")))
    }

    /// A number between these bounds.
    pub(crate) fn count(&self, name: &str, least: i64, most: i64) -> Result<Option<i64>> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        match text.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
            _ => {
                let shown: String = text.chars().take(40).collect();
                Err(Error::invalid(format!(
                    "{name} “{shown}” is not a number between {least} and {most}."
                )))
            }
        }
    }

    pub(crate) fn moment(&self, name: &str) -> Result<Timestamp> {
        Timestamp::parse(self.needed(name)?).map_err(|error| Error::invalid(format!("{name}: {error}.")))
    }

    /// Where the page goes on.
    pub(crate) fn cursor(&self) -> Result<Option<(Timestamp, Uuid)>> {
        let Some(text) = self.text("cursor") else {
            return Ok(None);
        };
        let unreadable = || Error::invalid("The cursor cannot be read. Follow the Link header as it is.");
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| unreadable())?;
        let decoded = String::from_utf8(bytes).map_err(|_| unreadable())?;
        let (at, id) = decoded.split_once(' ').ok_or_else(unreadable)?;
        let at = at.parse().map_err(|_| unreadable())?;
        let id = Uuid::parse_str(id).map_err(|_| unreadable())?;
        Ok(Some((Timestamp::from_millis(at), id)))
    }

    /// The address of the next page: this one with these parameters instead of its own.
    pub(crate) fn next_page(&self, public_url: &PublicUrl, path: &str, own: &[(&str, String)]) -> LinkHeader {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for (name, value) in &self.0 {
            let is_own = own.iter().any(|(own, _)| own == name);
            if !is_own && !pairs.iter().any(|(known, _)| known == name) {
                pairs.push((name, value));
            }
        }
        pairs.extend(own.iter().map(|(name, value)| (*name, value.as_str())));
        next_link(public_url, path, &pairs)
    }
}

pub(crate) fn cursor_text(at: Timestamp, id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(format!("{} {id}", at.as_millis()))
}

/// A UUID out of a path, as the raw id or as the public one.
pub(crate) fn path_uuid(kind: ResourceKind, text: &str) -> Result<Uuid> {
    PublicId::parse(kind, text)
        .ok()
        .and_then(|id| Uuid::parse_str(id.value()).ok())
        .ok_or_else(|| Error::not_found(hub_caller::NOT_FOUND))
}
