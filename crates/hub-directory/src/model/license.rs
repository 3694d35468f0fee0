use webex::{PublicId, ResourceKind};

use crate::LicenseId;

/// A licence of an organization, and how much of it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct License {
    /// Our own key.
    pub id: LicenseId,
    /// What the public id wraps: `<organization>:<prefix>_<uuid>`.
    pub value: String,
    /// The prefix of the value.
    pub kind: String,
    /// The exact name: clients find the calling licences by it.
    pub name: String,
    /// How many were bought.
    pub total_units: i64,
    /// How many are held.
    pub consumed_units: i64,
    /// How many of those workspaces hold; people hold the others.
    pub workspace_units: i64,
    /// By which subscription.
    pub subscription_id: Option<String>,
    /// Of a meetings licence.
    pub site_url: Option<String>,
    /// Of a meetings licence.
    pub site_type: Option<String>,
}

impl License {
    /// Whether it lets its holder make and take calls.
    pub fn is_calling(&self) -> bool {
        self.kind.starts_with("BC")
    }

    /// Whether only workspaces, and no person, can hold it.
    pub fn is_for_workspaces(&self) -> bool {
        self.kind == "BCCOA"
    }

    /// The id on the wire.
    pub fn public_id(&self) -> PublicId {
        PublicId::new(ResourceKind::License, self.value.clone())
    }

    /// How many are left.
    pub fn left(&self) -> i64 {
        (self.total_units - self.consumed_units).max(0)
    }
}
