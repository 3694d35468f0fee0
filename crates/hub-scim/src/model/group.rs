//! A group of people.

use hub_directory::OrganizationId;
use kit::{Error, Result, Timestamp, Uuid};
use serde_json::{Value, json};

use super::group_schema::{CORE_GROUP, WEBEX_GROUP};
use super::resource::{Tree, tree_at};
use super::user::{Base, meta, put};

/// A group without its members.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub(crate) id: Uuid,
    pub(crate) organization_id: OrganizationId,
    pub(crate) display_name: String,
    pub(crate) external_id: Option<String>,
    pub(crate) description: Option<String>,
    /// What only SCIM knows: the part of the Webex extension that can be written.
    pub(crate) kept: Tree,
    pub(crate) member_count: i64,
    /// Counts changes.
    pub(crate) version: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) last_modified_at: Timestamp,
}

/// A member as answers show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) id: Uuid,
    pub(crate) display_name: String,
}

impl Group {
    /// The entity tag.
    pub(crate) fn tag(&self) -> String {
        super::version::of_bytes(format!("{}:{}", self.id, self.version).as_bytes())
    }

    /// What the group is for, as the Webex extension says it.
    pub(crate) fn usage(&self) -> Option<&str> {
        super::resource::text_at(&self.kept, "usage")
    }
}

/// How many members one answer holds.
pub(crate) const MOST_MEMBERS_INLINE: usize = 500;

/// The whole group; `members` is `None` where they are not to be shown.
pub(crate) fn tree(group: &Group, members: Option<&[Member]>, base: &Base) -> Tree {
    let mut tree = Tree::new();
    tree.insert("schemas".to_owned(), json!([CORE_GROUP, WEBEX_GROUP]));
    put(&mut tree, "id", Some(group.id.to_string()));
    put(&mut tree, "externalId", group.external_id.clone());
    put(&mut tree, "displayName", Some(group.display_name.clone()));
    if let Some(members) = members.filter(|members| !members.is_empty()) {
        let shown: Vec<Value> = members.iter().map(|member| member_tree(member, base)).collect();
        tree.insert("members".to_owned(), Value::Array(shown));
    }
    let mut webex = group.kept.clone();
    webex.insert(
        "meta".to_owned(),
        json!({ "organizationId": group.organization_id.to_string() }),
    );
    tree.insert(WEBEX_GROUP.to_owned(), Value::Object(webex));
    let location = base.group(group.id);
    tree.insert(
        "meta".to_owned(),
        meta(
            "Group",
            group.created_at,
            group.last_modified_at,
            &location,
            &group.tag(),
        ),
    );
    tree
}

/// One member.
pub(crate) fn member_tree(member: &Member, base: &Base) -> Value {
    json!({
        "value": member.id.to_string(),
        "type": "user",
        "display": member.display_name,
        "$ref": base.user(member.id),
    })
}

/// The written part of the Webex extension.
pub(crate) fn kept(tree: &Tree) -> Tree {
    tree_at(tree, WEBEX_GROUP).cloned().unwrap_or_default()
}

const LONGEST_NAME: usize = 256;

/// A name that a group can have.
pub(crate) fn checked_name(text: &str) -> Result<String> {
    let name = text.trim();
    if name.is_empty() {
        return Err(Error::invalid("displayName is missing: a group needs a name."));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::invalid(format!(
            "displayName is longer than {LONGEST_NAME} characters."
        )));
    }
    if name.chars().any(char::is_control) {
        return Err(Error::invalid("displayName holds control characters."));
    }
    Ok(name.to_owned())
}

/// A description that a group can have.
pub(crate) fn checked_description(text: Option<&str>) -> Result<Option<String>> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    match text {
        Some(text) if text.chars().count() > 1_024 => {
            Err(Error::invalid("description is longer than 1024 characters."))
        }
        other => Ok(other.map(ToOwned::to_owned)),
    }
}
