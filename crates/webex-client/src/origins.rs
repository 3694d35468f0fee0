use kit::{Error, Result};
use url::Url;

use crate::error::{ClientError, ErrorKind};

/// The addresses that may see the bearer token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origins {
    /// Nearly everything: `https://webexapis.com/v1` or `http://127.0.0.1:8080/v1`.
    pub api: Url,
    /// Call records: `https://analytics-calling.webexapis.com/v1`, a regional host, or the same as `api`.
    pub call_records: Url,
}

impl Origins {
    /// Everything at one address.
    pub fn single(api: &str) -> Result<Self> {
        let api = Self::read("API base address", api)?;
        Ok(Self {
            call_records: api.clone(),
            api,
        })
    }

    /// The same with call records elsewhere.
    pub fn with_call_records(mut self, call_records: &str) -> Result<Self> {
        self.call_records = Self::read("address of the call records", call_records)?;
        Ok(self)
    }

    fn read(what: &str, text: &str) -> Result<Url> {
        let example = "write it like https://webexapis.com/v1";
        let mut url = Url::parse(text).map_err(|error| {
            Error::invalid(format!(
                "The {what} “{text}” cannot be read ({error}); {example}."
            ))
        })?;
        if !matches!(url.scheme(), "http" | "https")
            || url.host().is_none()
            || !url.username().is_empty()
            || url.password().is_some()
        {
            return Err(Error::invalid(format!(
                "The {what} “{text}” must be an http or https address without a user; {example}."
            )));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::invalid(format!(
                "The {what} “{text}” must not have a query or a fragment; {example}."
            )));
        }
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(url)
    }

    /// Refuses an address that is not configured.
    pub(crate) fn check(&self, url: &Url) -> std::result::Result<(), ClientError> {
        let known = [&self.api, &self.call_records];
        if known.iter().any(|origin| origin.origin() == url.origin())
            && url.username().is_empty()
            && url.password().is_none()
        {
            return Ok(());
        }
        let host: String = url
            .host_str()
            .unwrap_or("an address without a host")
            .chars()
            .take(100)
            .collect();
        let names: Vec<_> = known.iter().filter_map(|origin| origin.host_str()).collect();
        Err(ClientError::new(
            ErrorKind::ForeignOrigin,
            format!(
                "The platform pointed to {host}, which is not configured (configured: {}); nothing was sent there.",
                names.join(", ")
            ),
        ))
    }

    /// The address of an endpoint below one of the bases. Segments are encoded one by one.
    pub(crate) fn endpoint(base: &Url, segments: &[&str]) -> Url {
        let mut url = base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(segments);
        }
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_address_is_read_with_and_without_its_last_slash() {
        let origins = Origins::single("https://webexapis.com/v1").unwrap();
        let people = Origins::endpoint(&origins.api, &["people", "a/b?c"]);
        assert_eq!(people.as_str(), "https://webexapis.com/v1/people/a%2Fb%3Fc");
        assert_eq!(origins, Origins::single("https://webexapis.com/v1/").unwrap());
    }

    #[test]
    fn another_host_scheme_port_or_a_user_is_foreign() {
        let origins = Origins::single("https://webexapis.com/v1")
            .unwrap()
            .with_call_records("https://analytics-calling.webexapis.com/v1")
            .unwrap();
        for fine in [
            "https://webexapis.com/v1/people?cursor=2",
            "https://webexapis.com:443/x",
            "https://analytics-calling.webexapis.com/v1/cdr_feed",
        ] {
            assert!(origins.check(&Url::parse(fine).unwrap()).is_ok(), "{fine}");
        }
        for foreign in [
            "http://webexapis.com/v1/people",
            "https://webexapis.com:8443/v1/people",
            "https://webexapis.com.evil.example/v1/people",
            "https://evil.example/webexapis.com",
            "https://user@webexapis.com/v1/people",
            "data:text/plain,x",
        ] {
            let error = origins.check(&Url::parse(foreign).unwrap()).unwrap_err();
            assert_eq!(error.kind, ErrorKind::ForeignOrigin, "{foreign}");
        }
    }

    #[test]
    fn a_wrong_base_address_is_refused_in_words() {
        for wrong in [
            "webexapis.com",
            "ftp://webexapis.com",
            "https://a:b@webexapis.com/v1",
            "https://webexapis.com/v1?x=1",
        ] {
            let error = Origins::single(wrong).unwrap_err();
            assert!(
                error.public().contains(wrong) && error.public().contains("https://webexapis.com/v1"),
                "{error}"
            );
        }
    }
}
