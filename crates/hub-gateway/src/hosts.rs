//! Which hosts the gateway takes for Webex.

/// The domains of Webex that the SDKs ask; each with everything below it.
pub const DOMAINS: [&str; 4] = ["webexapis.com", "webex.com", "wbx2.com", "ciscospark.com"];

/// Whether a host (lower case, without port) belongs to Webex.
pub fn is_webex_host(host: &str) -> bool {
    is_host_name(host) && DOMAINS.iter().any(|domain| labels_below(host, domain).is_some())
}

/// Whether the common certificate names the host: a wildcard stands for one label only.
pub(crate) fn has_common_certificate(host: &str) -> bool {
    DOMAINS
        .iter()
        .filter_map(|domain| labels_below(host, domain))
        .any(|labels| labels <= 1)
}

/// The names of the common certificate.
pub(crate) fn common_names() -> Vec<String> {
    DOMAINS
        .iter()
        .flat_map(|domain| [(*domain).to_owned(), format!("*.{domain}")])
        .collect()
}

/// `webexapis.com, *.webexapis.com, …` for people.
pub(crate) fn in_words() -> String {
    common_names().join(", ")
}

/// How many labels stand before the domain; `None` where the host is not below it.
fn labels_below(host: &str, domain: &str) -> Option<usize> {
    let rest = host.strip_suffix(domain)?;
    if rest.is_empty() {
        return Some(0);
    }
    rest.strip_suffix('.').map(|labels| labels.split('.').count())
}

fn is_host_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    host.len() <= 253 && host.split('.').all(is_label)
}

/// The host of an authority in lower case, and its port where one stands there. User names are no part of a host.
pub(crate) fn host_and_port(authority: &http::uri::Authority) -> Option<(String, Option<u16>)> {
    if authority.as_str().contains('@') {
        return None;
    }
    Some((authority.host().to_ascii_lowercase(), authority.port_u16()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_of_webex_and_what_is_below_them() {
        for host in [
            "webexapis.com",
            "analytics-calling.webexapis.com",
            "analytics-calling-eu.webexapis.com",
            "idbroker.webex.com",
            "identity.webex.com",
            "status.webex.com",
            "u2c.wbx2.com",
            "mercury-connection-a.wbx2.com",
            "api.ciscospark.com",
            "xsi.bcld.webex.com",
        ] {
            assert!(is_webex_host(host), "{host}");
        }
    }

    #[test]
    fn nothing_that_only_looks_like_one() {
        for host in [
            "",
            "example.com",
            "notwebexapis.com",
            "webexapis.com.example.com",
            "webexapis.com.",
            ".webexapis.com",
            "a..webexapis.com",
            "*.webexapis.com",
            "-a.webexapis.com",
            "a_b.webexapis.com",
            "127.0.0.1",
            "[::1]",
            "localhost",
            "com",
        ] {
            assert!(!is_webex_host(host), "{host}");
        }
    }

    #[test]
    fn a_wildcard_stands_for_one_label() {
        assert!(has_common_certificate("webexapis.com") && has_common_certificate("u2c.wbx2.com"));
        assert!(!has_common_certificate("xsi.bcld.webex.com"));
    }

    #[test]
    fn an_authority_is_read_without_a_user() {
        let read = |text: &str| host_and_port(&text.parse().unwrap());
        assert_eq!(
            read("WebexAPIs.com:443"),
            Some(("webexapis.com".to_owned(), Some(443)))
        );
        assert_eq!(read("webexapis.com"), Some(("webexapis.com".to_owned(), None)));
        assert_eq!(read("user@webexapis.com:443"), None);
    }
}
