//! The operations of the Webex public REST API as they are published.

use std::sync::LazyLock;

use http::Method;

use super::families::family_of;

/// An operation that Webex publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its method.
    pub method: Method,
    /// Its path as published, without `/v1`.
    pub path: &'static str,
    /// Which of the sources publish it, separated by commas.
    pub published_in: &'static str,
    /// The part of the API to which it belongs.
    pub family: &'static str,
}

const LIST: &str = include_str!("../../data/operations.tsv");

/// All of them, in the order of the list.
pub fn published() -> &'static [Operation] {
    static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| operations_of(LIST));
    &OPERATIONS
}

/// Reads a list of operations; lines that begin with `#` are remarks.
pub(super) fn operations_of(list: &'static str) -> Vec<Operation> {
    let lines = list
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(operation_of).collect()
}

fn operation_of(line: &'static str) -> Option<Operation> {
    let mut columns = line.split('\t');
    let method = columns.next()?.parse().ok()?;
    let path = columns.next().filter(|path| path.starts_with('/'))?;
    Some(Operation {
        method,
        path,
        published_in: columns.next()?,
        family: family_of(path),
    })
}

impl Operation {
    /// The address at which a Hub serves it: SCIM has no `/v1`, nor has the status feed, a host of its own.
    pub fn address(&self) -> String {
        let bare = self.path.starts_with("/identity/scim/")
            || std::path::Path::new(self.path)
                .extension()
                .is_some_and(|ending| ending == "json");
        if bare {
            self.path.to_owned()
        } else {
            format!("/v1{}", self.path)
        }
    }
}

/// The same text for the same address, whatever its parameters are called.
pub(super) fn without_names(address: &str) -> String {
    let parts: Vec<&str> = address
        .trim_end_matches('/')
        .split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_line_is_understood_and_none_stands_twice() {
        let lines = LIST
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .count();
        let operations = published();
        assert_eq!(operations.len(), lines);
        assert!(lines > 1_000, "{lines} operations only");
        let different: BTreeSet<(&str, String)> = operations
            .iter()
            .map(|operation| (operation.method.as_str(), without_names(&operation.address())))
            .collect();
        assert_eq!(different.len(), lines);
    }

    #[test]
    fn addresses_have_their_version_where_webex_has_it() {
        let address = |path| {
            let operation = published().iter().find(|operation| operation.path == path);
            operation.expect("it is published").address()
        };
        assert_eq!(address("/people/{personId}"), "/v1/people/{personId}");
        assert_eq!(
            address("/identity/organizations/{orgId}"),
            "/v1/identity/organizations/{orgId}"
        );
        assert_eq!(
            address("/identity/scim/{orgId}/v2/Users"),
            "/identity/scim/{orgId}/v2/Users"
        );
        assert_eq!(address("/all-incidents.json"), "/all-incidents.json");
    }
}
