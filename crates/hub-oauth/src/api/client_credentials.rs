use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};
use kit::SecretString;

use super::envelope::Credentials;
use crate::model::oauth_error::{ErrorCode, OAuthError};
use crate::model::parameters::Parameters;
use crate::use_cases::PresentedClient;

/// Reads a body that is a form, or JSON with the same members.
pub(super) fn read_body(
    headers: &HeaderMap,
    body: &Result<Bytes, BytesRejection>,
) -> Result<Parameters, OAuthError> {
    let body = body.as_ref().map_err(|_| {
        OAuthError::new(
            ErrorCode::InvalidRequest,
            "The body ended early, or is larger than 1 MiB.",
        )
    })?;
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let parameters = if kind
        .trim_start()
        .to_ascii_lowercase()
        .starts_with("application/json")
    {
        Parameters::of_pairs(read_json(body)?)
    } else {
        Parameters::of_form(body)
    };
    match parameters.repeated() {
        None => Ok(parameters),
        Some(name) => {
            let name = crate::model::oauth_error::shown(name);
            Err(OAuthError::new(
                ErrorCode::InvalidRequest,
                format!("The parameter {name} came more than once."),
            ))
        }
    }
}

fn read_json(body: &Bytes) -> Result<Vec<(String, String)>, OAuthError> {
    let members: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).map_err(|_| {
        OAuthError::new(
            ErrorCode::InvalidRequest,
            "The body is not a JSON object. Send application/x-www-form-urlencoded.",
        )
    })?;
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    };
    Ok(members
        .into_iter()
        .map(|(name, value)| (name, text(value)))
        .collect())
}

/// By which way credentials came, as far as a refusal must know.
pub(super) fn way(headers: &HeaderMap) -> Credentials {
    if headers.contains_key(header::AUTHORIZATION) {
        Credentials::Basic
    } else {
        Credentials::Body
    }
}

/// The client's id and secret, out of the `Authorization` header or the body.
pub(super) fn read_credentials(
    headers: &HeaderMap,
    parameters: &Parameters,
) -> Result<PresentedClient, OAuthError> {
    let missing = || {
        OAuthError::new(
            ErrorCode::InvalidClient,
            "The client id and the client secret are missing.",
        )
    };
    let named = parameters.get("client_id");
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let (client_id, secret) = value.to_str().ok().and_then(read_basic).ok_or_else(|| {
            OAuthError::new(
                ErrorCode::InvalidClient,
                "The Authorization header is not Basic with a client id and a client secret.",
            )
        })?;
        if named.is_some_and(|named| named != client_id) {
            return Err(OAuthError::new(
                ErrorCode::InvalidRequest,
                "The Authorization header and the body name different clients.",
            ));
        }
        return Ok(PresentedClient {
            client_id,
            secret: Some(SecretString::from(secret)),
        });
    }
    Ok(PresentedClient {
        client_id: named.ok_or_else(missing)?.to_owned(),
        // A public client has none.
        secret: parameters.get("client_secret").map(SecretString::from),
    })
}

fn read_basic(value: &str) -> Option<(String, String)> {
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((form_decoded(id), form_decoded(secret)))
}

/// Both halves are form-encoded before they are joined (RFC 6749, section 2.3.1).
fn form_decoded(text: &str) -> String {
    let pair = format!("v={}", text.replace('&', "%26"));
    url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use kit::ExposeSecret as _;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn basic_credentials_are_percent_decoded() {
        let header = format!("Basic {}", STANDARD.encode("my%20client:a%3Ab%2Bc"));
        assert_eq!(
            read_basic(&header),
            Some(("my client".to_owned(), "a:b+c".to_owned()))
        );
        assert_eq!(read_basic("Bearer abc"), None);
        assert_eq!(read_basic("Basic !!!"), None);
    }

    #[test]
    fn a_body_names_the_client_and_json_is_read_like_a_form() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::CONTENT_TYPE,
            "application/json;charset=utf-8".parse().unwrap(),
        );
        let body = Bytes::from_static(
            br#"{"client_id":"C1","client_secret":"s","grant_type":"refresh_token","n":7}"#,
        );
        let parameters = read_body(&headers, &Ok(body)).unwrap();
        assert_eq!(
            (parameters.get("grant_type"), parameters.get("n")),
            (Some("refresh_token"), Some("7"))
        );
        let presented = read_credentials(&headers, &parameters).unwrap();
        assert_eq!(
            (
                presented.client_id.as_str(),
                presented.secret.unwrap().expose_secret()
            ),
            ("C1", "s")
        );
    }

    #[test]
    fn a_parameter_that_comes_twice_is_refused() {
        let body = Bytes::from_static(b"client_id=a&client_id=b");
        assert_eq!(
            read_body(&HeaderMap::new(), &Ok(body)).unwrap_err().code,
            ErrorCode::InvalidRequest
        );
    }

    proptest! {
        #[test]
        fn no_header_and_no_body_panics(value in ".{0,80}", body in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = read_basic(&value);
            let _ = read_json(&Bytes::from(body.clone()));
            let _ = read_body(&HeaderMap::new(), &Ok(Bytes::from(body)));
        }
    }
}
