use axum::response::{IntoResponseParts, ResponseParts};
use http::{HeaderValue, header};

use crate::PublicUrl;

/// The `Link` header (RFC 8288) of a page that has a next one; nothing where it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkHeader(pub Option<String>);

/// The absolute URL of the next page. It is complete: clients follow it as it is.
pub fn next_link(public_url: &PublicUrl, path: &str, pairs: &[(&str, &str)]) -> LinkHeader {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    LinkHeader(Some(format!("{}?{}", public_url.link(path), query.finish())))
}

impl IntoResponseParts for LinkHeader {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        if let Some(next) = self.0
            && let Ok(value) = HeaderValue::from_str(&format!("<{next}>; rel=\"next\""))
        {
            parts.headers_mut().insert(header::LINK, value);
        }
        Ok(parts)
    }
}
