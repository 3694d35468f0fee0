use kit::{Error, Result};
use url::Url;

/// The URL at which people and programs reach a product. Every absolute link and the issuer come from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(Url);

impl PublicUrl {
    /// Reads an origin such as `http://127.0.0.1:8080` or `https://hub.example.com`.
    pub fn parse(text: &str) -> Result<Self> {
        let url = Url::parse(text)
            .map_err(|error| Error::invalid(format!("The public URL “{text}” cannot be read: {error}.")))?;
        if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
            return Err(Error::invalid(format!(
                "The public URL “{text}” must begin with http:// or https:// and name a host."
            )));
        }
        if url.path() != "/"
            || url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
        {
            return Err(Error::invalid(format!(
                "The public URL “{text}” must be an origin: scheme, host and port, nothing after them."
            )));
        }
        Ok(Self(url))
    }

    /// Without a slash at the end.
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// An absolute link to `path`, which begins with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.as_str())
    }

    /// Whether browsers reach it by TLS.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// `host` or `host:port`, as the Host header says it.
    pub fn host_and_port(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        self.0
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// Whether only programs on this machine reach it.
    pub fn is_loopback(&self) -> bool {
        match self.0.host() {
            Some(url::Host::Ipv4(address)) => address.is_loopback(),
            Some(url::Host::Ipv6(address)) => address.is_loopback(),
            Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            None => false,
        }
    }
}

impl std::fmt::Display for PublicUrl {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::PublicUrl;

    #[test]
    fn an_origin_and_nothing_else() {
        let url = PublicUrl::parse("http://127.0.0.1:8080/").unwrap();
        assert_eq!(url.link("/v1/people"), "http://127.0.0.1:8080/v1/people");
        assert_eq!(url.host_and_port(), "127.0.0.1:8080");
        assert!(url.is_loopback());
        for wrong in ["ftp://a", "http://a/b", "hub.example.com", "http://u:p@a"] {
            assert!(PublicUrl::parse(wrong).is_err(), "{wrong}");
        }
    }
}
