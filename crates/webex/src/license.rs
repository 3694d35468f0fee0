use serde::{Deserialize, Serialize};

/// A licence as `GET /v1/licenses` answers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct License {
    pub id: String,
    pub name: String,
    pub total_units: i64,
    pub consumed_units: i64,
    #[serde(default)]
    pub consumed_by_users: Option<i64>,
    #[serde(default)]
    pub consumed_by_workspaces: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site_type: Option<String>,
    /// With `includeAssignedTo=user` only, a page of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<LicenseUser>>,
}

impl License {
    /// Whether it lets its holder make and take calls; Webex tells these licences apart by their names alone.
    pub fn is_calling(&self) -> bool {
        self.name.starts_with("Webex Calling - ")
    }
}

/// Somebody who holds a licence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Webex's own")]
pub struct LicenseUser {
    pub id: String,
    /// `INTERNAL` or `EXTERNAL`.
    #[serde(rename = "type")]
    pub kind: String,
    pub display_name: String,
    pub email: String,
}
