use kit::Timestamp;
use serde::{Deserialize, Serialize};

/// What lists without paging answer: `{"items": […]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Items<T> {
    /// The objects.
    pub items: Vec<T>,
}

/// An organization as `GET /v1/organizations` answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct Organization {
    pub id: String,
    pub display_name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Timestamp>,
}

/// A role as `GET /v1/roles` answers it. See [`crate::Role`] for those that are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct RoleObject {
    pub id: String,
    pub name: String,
}

impl From<crate::Role> for RoleObject {
    fn from(role: crate::Role) -> Self {
        Self {
            id: role.id().to_string(),
            name: role.name().to_owned(),
        }
    }
}
