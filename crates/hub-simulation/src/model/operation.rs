use std::fmt;

use http::Method;
use kit::{Error, Result};
use serde::{Deserialize, Serialize};

/// Which requests are meant: a method, or `*` for each, and a path in which `*` or `{name}` stands for one segment and a final
/// `**` for everything below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OperationPattern {
    method: Option<Method>,
    path: String,
}

impl OperationPattern {
    /// Reads `POST /v1/access_token`, `* /v1/people/**`, `GET /v1/people/{id}`.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || {
            Error::invalid(format!(
                "“{}” is not an operation; write it like “POST /v1/access_token”, “GET /v1/people/*” or “* /v1/telephony/**”.",
                text.chars().take(80).collect::<String>()
            ))
        };
        let (method, path) = text.trim().split_once(' ').ok_or_else(wrong)?;
        let path = path.trim();
        if !path.starts_with('/') || path.contains([' ', '?']) || path.len() > 300 {
            return Err(wrong());
        }
        let method = match method {
            "*" => None,
            name if name.chars().all(|letter| letter.is_ascii_uppercase()) => {
                Some(Method::from_bytes(name.as_bytes()).map_err(|_| wrong())?)
            }
            _ => return Err(wrong()),
        };
        Ok(Self {
            method,
            path: path.to_owned(),
        })
    }

    /// Whether a request to this path is meant.
    pub fn matches(&self, method: &Method, path: &str) -> bool {
        self.method.as_ref().is_none_or(|wanted| wanted == method) && self.matches_path(path)
    }

    fn matches_path(&self, path: &str) -> bool {
        let mut given = path.split('/');
        for wanted in self.path.split('/') {
            if wanted == "**" {
                return true;
            }
            let Some(segment) = given.next() else {
                return false;
            };
            let stands_for_any = wanted == "*" || (wanted.starts_with('{') && wanted.ends_with('}'));
            let fits = segment == wanted || (stands_for_any && !segment.is_empty());
            if !fits {
                return false;
            }
        }
        given.next().is_none()
    }
}

impl fmt::Display for OperationPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = self.method.as_ref().map_or("*", Method::as_str);
        write!(formatter, "{method} {}", self.path)
    }
}

impl TryFrom<String> for OperationPattern {
    type Error = Error;

    fn try_from(text: String) -> Result<Self> {
        Self::parse(&text)
    }
}

impl From<OperationPattern> for String {
    fn from(pattern: OperationPattern) -> Self {
        pattern.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_means_what_it_says() {
        for (pattern, method, path, meant) in [
            ("POST /v1/access_token", "POST", "/v1/access_token", true),
            ("POST /v1/access_token", "GET", "/v1/access_token", false),
            ("GET /v1/people/*", "GET", "/v1/people/abc", true),
            ("GET /v1/people/{person_id}", "GET", "/v1/people/abc", true),
            ("GET /v1/people/*", "GET", "/v1/people", false),
            ("GET /v1/people/*", "GET", "/v1/people/", false),
            ("GET /v1/people/*", "GET", "/v1/people/abc/x", false),
            ("* /v1/**", "DELETE", "/v1/a/b/c", true),
            ("* /v1/**", "GET", "/v1", true),
            ("* /v1/**", "GET", "/v2/a", false),
        ] {
            let pattern = OperationPattern::parse(pattern).unwrap();
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            assert_eq!(pattern.matches(&method, path), meant, "{pattern} {method} {path}");
            assert_eq!(OperationPattern::parse(&pattern.to_string()).unwrap(), pattern);
        }
    }

    #[test]
    fn what_is_no_operation_is_quoted_back() {
        for text in [
            "",
            "/v1/people",
            "GET people",
            "get /v1/people",
            "GET /v1/people?max=1",
        ] {
            let error = OperationPattern::parse(text).unwrap_err().to_string();
            assert!(error.contains(&format!("“{text}”")), "{error}");
        }
    }
}
