use kit::{Error, Result};
use url::{Host, Url};

use crate::net::is_public;

/// The longest address that is kept.
const LONGEST: usize = 2_000;

/// Reads the address that somebody wants to be told at. What its name means is checked when it is dialled; here only what
/// can be seen.
pub(crate) fn read_target(field: &str, text: &str, allows_private: bool) -> Result<Url> {
    let shown: String = text.chars().take(120).collect();
    let refuse = |why: &str| Err(Error::invalid(format!("{field} “{shown}” cannot be used: {why}")));
    if text.len() > LONGEST {
        return refuse("it is longer than 2,000 characters.");
    }
    let Ok(url) = Url::parse(text) else {
        return refuse("write an absolute URL such as https://example.com/webhook.");
    };
    match url.scheme() {
        "https" => {}
        "http" if allows_private => {}
        "http" => return refuse("it must begin with https://."),
        _ => return refuse("it must begin with https://, and name a host."),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("it must not hold a user name or a password. Use a secret instead.");
    }
    let literal = match url.host() {
        Some(Host::Ipv4(address)) => Some(address.into()),
        Some(Host::Ipv6(address)) => Some(address.into()),
        Some(Host::Domain(_)) => None,
        None => return refuse("it names no host."),
    };
    if literal.is_some_and(|address| !allows_private && !is_public(address)) {
        return refuse("this Hub delivers to public addresses only.");
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_https_targets_are_taken_unless_private_ones_are_allowed() {
        for refused in [
            "nowhere",
            "http://example.com/",
            "ftp://example.com/",
            "https://user:word@example.com/",
            "https://127.0.0.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
        ] {
            let error = read_target("targetUrl", refused, false).unwrap_err();
            assert!(error.public().contains(refused), "{error}");
        }
        assert!(read_target("targetUrl", "https://example.com/hook?x=1", false).is_ok());
        assert!(read_target("targetUrl", "http://127.0.0.1:9000/hook", true).is_ok());
        assert!(read_target("targetUrl", "https://user:word@example.com/", true).is_err());
    }
}
