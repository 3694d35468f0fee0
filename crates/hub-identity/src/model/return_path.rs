/// Where to go after sign-in: a path of this server, or the start page. Anything that a browser could read as
/// another host (`//host`, `/\host`, a scheme) is dropped, so that sign-in is no open redirector.
pub(crate) fn local_path(text: &str) -> &str {
    let mut characters = text.chars();
    let local = characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && text.len() <= 2000
        && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if local { text } else { "/" }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::local_path;

    #[test]
    fn only_paths_of_this_server_are_kept() {
        assert_eq!(local_path("/me/sessions?a=b#c"), "/me/sessions?a=b#c");
        for foreign in [
            "",
            "me",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/\t/evil.example",
            "/a\\b",
        ] {
            assert_eq!(local_path(foreign), "/", "{foreign:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_in_stays_on_this_server(text in ".{0,60}") {
            let base = url::Url::parse("https://hub.example.com/sign-in").unwrap();
            let joined = base.join(local_path(&text)).unwrap();
            prop_assert_eq!(joined.origin(), base.origin());
        }
    }
}
