//! What a client reads must lead it back through the gateway: the Hub writes its public URL into `Link` and
//! `Location`, and the client knows only the Webex host that it asked.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Puts the host that was asked in the place of the Hub's public URL.
pub(crate) fn rewrite(headers: &mut HeaderMap, public_url: &str, host: &str) {
    rewrite_each(headers, &header::LINK, |value| links(value, public_url, host));
    rewrite_each(headers, &header::LOCATION, |value| {
        moved(value, public_url, host).unwrap_or_else(|| value.to_owned())
    });
}

fn rewrite_each(headers: &mut HeaderMap, name: &HeaderName, change: impl Fn(&str) -> String) {
    if let header::Entry::Occupied(mut entry) = headers.entry(name) {
        for value in entry.iter_mut() {
            let changed = value.to_str().ok().map(&change);
            // A value that is no text, or would be none, stays as it is.
            if let Some(Ok(changed)) = changed.map(|text| HeaderValue::from_str(&text)) {
                *value = changed;
            }
        }
    }
}

/// Each `<…>` of a Link header.
fn links(value: &str, public_url: &str, host: &str) -> String {
    value
        .split_inclusive('<')
        .map(|part| moved(part, public_url, host).unwrap_or_else(|| part.to_owned()))
        .collect()
}

/// The URL at the beginning of `text` at another origin; `None` where it is not one of the Hub's.
fn moved(text: &str, public_url: &str, host: &str) -> Option<String> {
    let rest = text.strip_prefix(public_url)?;
    // `http://hub:80` is not the beginning of `http://hub:8080`.
    let ends_here = rest.is_empty() || rest.starts_with(['/', '?', '#', '>']);
    ends_here.then(|| format!("https://{host}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUB: &str = "http://127.0.0.1:80";

    fn rewritten(name: HeaderName, value: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(&name, HeaderValue::from_static(value));
        rewrite(&mut headers, HUB, "webexapis.com");
        headers[name].to_str().unwrap().to_owned()
    }

    #[test]
    fn the_next_page_is_asked_of_the_same_host() {
        assert_eq!(
            rewritten(
                header::LINK,
                "<http://127.0.0.1:80/v1/people?cursor=a%3Cb>; rel=\"next\""
            ),
            "<https://webexapis.com/v1/people?cursor=a%3Cb>; rel=\"next\""
        );
        assert_eq!(
            rewritten(
                header::LINK,
                "<http://127.0.0.1:80/a>; rel=\"next\", <http://other/b>; rel=\"x\", <http://127.0.0.1:80>; rel=\"first\""
            ),
            "<https://webexapis.com/a>; rel=\"next\", <http://other/b>; rel=\"x\", <https://webexapis.com>; rel=\"first\""
        );
    }

    #[test]
    fn only_the_hub_s_own_addresses_move() {
        for kept in [
            "http://127.0.0.1:8080/x",
            "http://localhost:8090/callback?next=http://127.0.0.1:80/",
            "/sign-in",
        ] {
            assert_eq!(rewritten(header::LOCATION, kept), kept);
        }
        assert_eq!(
            rewritten(header::LOCATION, "http://127.0.0.1:80/identity/scim/x"),
            "https://webexapis.com/identity/scim/x"
        );
    }
}
