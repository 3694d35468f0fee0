//! Entity tags: a resource has the same one as long as it says the same.

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::Value;

use super::error::{Outcome, ScimError};
use super::resource::Tree;

/// The tag of what the tree says, apart from where it stands and whom it belongs to.
pub(crate) fn of_tree(tree: &Tree) -> String {
    let said: Tree = tree
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), "meta" | "groups"))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let text = Value::Object(said).to_string();
    of_bytes(text.as_bytes())
}

pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    let sum = digest(&SHA256, bytes);
    let short: String = sum
        .as_ref()
        .iter()
        .take(10)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("W/\"{short}\"")
}

/// Whether a header (`If-Match`, `If-None-Match`) names this version. Weak and strong tags are one here.
pub(crate) fn names(header: &str, version: &str) -> bool {
    let bare = |tag: &str| {
        let tag = tag.trim();
        tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"').to_owned()
    };
    header
        .split(',')
        .any(|tag| tag.trim() == "*" || bare(tag) == bare(version))
}

/// Refuses to change another version than the caller saw.
pub(crate) fn require(if_match: Option<&str>, version: &str) -> Outcome<()> {
    match if_match {
        Some(header) if !names(header, version) => Err(ScimError::changed_meanwhile()),
        _ => Ok(()),
    }
}
