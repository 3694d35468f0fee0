use std::convert::Infallible;
use std::fmt;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, header};

use crate::PublicUrl;

/// The cookies that the browser sent.
#[derive(Clone, Default)]
pub struct CookieJar(Vec<(String, String)>);

/// Names only: the values are sessions.
impl fmt::Debug for CookieJar {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

impl CookieJar {
    /// Reads the `Cookie` headers.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let pairs = headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|text| text.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self(pairs)
    }

    /// The value of the cookie with this plain name.
    pub fn get(&self, public_url: &PublicUrl, name: &str) -> Option<&str> {
        let name = full_name(public_url, name);
        self.0
            .iter()
            .find(|(candidate, _)| *candidate == name)
            .map(|(_, value)| value.as_str())
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CookieJar {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self::from_headers(&parts.headers))
    }
}

/// `__Host-` keeps a cookie from being set by a neighbouring host; browsers allow it with HTTPS only.
fn full_name(public_url: &PublicUrl, name: &str) -> String {
    if public_url.is_https() {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

/// Sets a cookie that no script can read and no foreign site can send along with a POST.
pub fn set_cookie(
    response: &mut Response,
    public_url: &PublicUrl,
    name: &str,
    value: &str,
    life: Option<Duration>,
) {
    let secure = if public_url.is_https() { "; Secure" } else { "" };
    let life = life
        .map(|life| format!("; Max-Age={}", life.as_secs()))
        .unwrap_or_default();
    let name = full_name(public_url, name);
    append(
        response,
        &format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{life}"),
    );
}

/// Takes a cookie back.
pub fn clear_cookie(response: &mut Response, public_url: &PublicUrl, name: &str) {
    set_cookie(response, public_url, name, "", Some(Duration::ZERO));
}

fn append(response: &mut Response, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_of_cookies_opens_no_session() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("trunkline_hub_session=s3cret; other=v4lue"),
        );
        let printed = format!("{:?}", CookieJar::from_headers(&headers));
        assert_eq!(printed, "[\"trunkline_hub_session\", \"other\"]");
    }
}
