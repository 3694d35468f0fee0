use std::time::Duration;

use http::{HeaderMap, StatusCode, header};
use reqwest::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::error::{ClientError, ErrorKind};

/// Far more than any page has (1,000 people are 2 MiB, 5,000 call records 10); a larger body is not read to its end.
const LARGEST_BODY: usize = 16 << 20;

/// An answer that was read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) url: Url,
    pub(crate) body: Vec<u8>,
}

/// The envelope of errors; every part of it may be missing.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ErrorEnvelope {
    message: Option<String>,
    errors: Vec<ErrorDetail>,
    tracking_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorDetail {
    description: Option<String>,
}

pub(crate) async fn read(response: Response, largest: usize) -> Result<Answer, ClientError> {
    let (status, headers, url) = (
        response.status(),
        response.headers().clone(),
        response.url().clone(),
    );
    let body = read_body(response, largest).await?;
    Ok(Answer {
        status,
        headers,
        url,
        body,
    })
}

pub(crate) async fn read_default(response: Response) -> Result<Answer, ClientError> {
    read(response, LARGEST_BODY).await
}

async fn read_body(mut response: Response, largest: usize) -> Result<Vec<u8>, ClientError> {
    let announced = response
        .content_length()
        .and_then(|length| usize::try_from(length).ok())
        .unwrap_or(0);
    let mut body = Vec::with_capacity(announced.min(largest));
    while let Some(chunk) = response.chunk().await.map_err(ClientError::transport)? {
        if body.len() + chunk.len() > largest {
            return Err(ClientError::protocol(format!(
                "The platform's answer is larger than {} MiB and was not read.",
                largest >> 20
            )));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

pub(crate) fn tracking_id(headers: &HeaderMap) -> Option<String> {
    headers
        .get("trackingid")
        .and_then(|value| value.to_str().ok())
        .map(printable)
}

/// What the platform says, cut to what fits into a sentence.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(300)
        .collect()
}

impl Answer {
    pub(crate) fn tracking_id(&self) -> Option<String> {
        tracking_id(&self.headers)
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, ClientError> {
        serde_json::from_slice(&self.body).map_err(|error| {
            // The error names line and column and the expected field, not the content.
            ClientError::protocol(format!(
                "The platform's answer is not what the contract says: {}.",
                printable(&error.to_string())
            ))
            .tracked(self.tracking_id())
        })
    }

    /// The wait that the answer asks for; the platform sends whole seconds.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let text = self.headers.get(header::RETRY_AFTER)?.to_str().ok()?;
        text.trim().parse::<u64>().ok().map(Duration::from_secs)
    }

    /// The `Link` with `rel="next"` (RFC 8288), resolved against the address that was asked.
    pub(crate) fn next(&self) -> Result<Option<Url>, ClientError> {
        for value in self.headers.get_all(header::LINK) {
            let Ok(text) = value.to_str() else { continue };
            if let Some(target) = next_target(text) {
                return self.url.join(target).map(Some).map_err(|_| {
                    ClientError::protocol("The platform's link to the next page cannot be read.")
                        .tracked(self.tracking_id())
                });
            }
        }
        Ok(None)
    }

    /// The error that this answer is, or nothing for a success.
    pub(crate) fn failure(&self) -> Option<ClientError> {
        if self.status.is_success() {
            return None;
        }
        let envelope: ErrorEnvelope = serde_json::from_slice(&self.body).unwrap_or_default();
        let said = said_by(&envelope);
        let kind = self.failure_kind(&said);
        let status = self.status.as_u16();
        let message = match &kind {
            ErrorKind::Region { host: Some(host) } => {
                format!(
                    "The platform keeps these data in another region and names the host {host}; it is not configured, so nothing was sent there."
                )
            }
            _ if said.is_empty() => {
                format!("The platform answered {status} without a reason that can be read.")
            }
            _ => format!("The platform answered {status}: {said}"),
        };
        Some(
            ClientError::new(kind, message)
                .tracked(self.tracking_id())
                .tracked(envelope.tracking_id.map(|id| printable(&id))),
        )
    }

    fn failure_kind(&self, said: &str) -> ErrorKind {
        match self.status.as_u16() {
            401 => ErrorKind::Unauthorized,
            403 => ErrorKind::Forbidden,
            404 | 410 => ErrorKind::NotFound,
            429 => ErrorKind::RateLimited {
                retry_after: self.retry_after().unwrap_or_default(),
            },
            451 => ErrorKind::Region {
                host: region_host(said),
            },
            status @ 500..=599 => ErrorKind::Unavailable { status },
            status @ 400..=499 => ErrorKind::Refused { status },
            // Redirects are never followed: they would carry the token to wherever they point.
            _ => ErrorKind::Protocol,
        }
    }
}

fn said_by(envelope: &ErrorEnvelope) -> String {
    let message = envelope.message.as_deref().unwrap_or_default();
    let mut said = printable(message);
    for detail in envelope.errors.iter().take(3) {
        if let Some(description) = detail
            .description
            .as_deref()
            .filter(|text| *text != message && !text.is_empty())
        {
            if !said.is_empty() {
                said.push_str(" – ");
            }
            said.push_str(&printable(description));
        }
    }
    said
}

fn next_target(header: &str) -> Option<&str> {
    let mut rest = header;
    while let Some(open) = rest.find('<') {
        let close = open + rest[open..].find('>')?;
        let target = &rest[open + 1..close];
        let after = &rest[close + 1..];
        let end = after.find('<').unwrap_or(after.len());
        let is_next = after[..end].split([';', ',']).any(|parameter| {
            parameter.trim().split_once('=').is_some_and(|(name, value)| {
                name.trim().eq_ignore_ascii_case("rel")
                    && value
                        .trim()
                        .trim_matches('"')
                        .split_whitespace()
                        .any(|relation| relation.eq_ignore_ascii_case("next"))
            })
        });
        if is_next {
            return Some(target);
        }
        rest = &after[end..];
    }
    None
}

/// The host in “Please use analytics-calling-eu.webexapis.com” or “URL: https://…”.
fn region_host(said: &str) -> Option<String> {
    let lower = said.to_ascii_lowercase();
    let start = ["please use ", "url: "]
        .iter()
        .find_map(|mark| lower.find(mark).map(|at| at + mark.len()))?;
    let rest = lower[start..].trim_start();
    let rest = rest
        .strip_prefix("https://")
        .or_else(|| rest.strip_prefix("http://"))
        .unwrap_or(rest);
    let end = rest
        .find(|character: char| !character.is_ascii_alphanumeric() && character != '.' && character != '-')
        .unwrap_or(rest.len());
    let host = rest[..end].trim_matches('.');
    (host.contains('.') && host.len() <= 253).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn finds_the_next_page_among_other_relations() {
        let header =
            "<https://a.example/1>; rel=\"prev\", <https://a.example/3?x=1,2;y>; title=\"t\"; rel=\"next\"";
        assert_eq!(next_target(header), Some("https://a.example/3?x=1,2;y"));
        assert_eq!(next_target("<https://a.example/1>; rel=first"), None);
        assert_eq!(
            next_target("<https://a.example/2>;rel=next"),
            Some("https://a.example/2")
        );
    }

    #[test]
    fn reads_the_region_that_the_platform_names() {
        for said in [
            "Please use analytics-calling-eu.webexapis.com",
            "This is not your region. URL: https://analytics-calling-eu.webexapis.com/v1/cdr_feed.",
            "Please use https://analytics-calling-eu.webexapis.com to read them",
        ] {
            assert_eq!(
                region_host(said).as_deref(),
                Some("analytics-calling-eu.webexapis.com"),
                "{said}"
            );
        }
        assert_eq!(region_host("Unavailable for legal reasons"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parsers_panic(text in ".{0,200}") {
            let _ = next_target(&text);
            let _ = region_host(&text);
        }
    }
}
