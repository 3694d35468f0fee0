use std::time::Duration;

use kit::{Error, Result, Timestamp};
use suite_tenancy::CustomerId;

use super::IntegrationKey;

kit::typed_id! {
    /// A link for a customer's Full Admin.
    InvitationId
}

/// Longer than this nobody's link lives.
const LONGEST_LIFE: Duration = Duration::from_secs(60 * 24 * 3600);

/// A link for a customer's Full Admin, who is no user of the Suite. Its secret is kept as a hash only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    pub id: InvitationId,
    pub customer: CustomerId,
    /// For whom: what the sender remembers it by.
    pub recipient: String,
    pub integrations: Vec<IntegrationKey>,
    pub created_by: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    /// How many times an authorization may be begun with it.
    pub max_uses: i64,
    pub uses: i64,
    pub revoked_at: Option<Timestamp>,
}

/// Whether a link still opens anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationState {
    Open,
    UsedUp,
    Expired,
    Revoked,
}

/// A link to be made.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    pub recipient: String,
    pub integrations: Vec<IntegrationKey>,
    pub life: Duration,
    pub max_uses: i64,
}

impl Invitation {
    /// Whether it still opens anything.
    pub fn state(&self, now: Timestamp) -> InvitationState {
        if self.revoked_at.is_some() {
            InvitationState::Revoked
        } else if self.expires_at <= now {
            InvitationState::Expired
        } else if self.uses >= self.max_uses {
            InvitationState::UsedUp
        } else {
            InvitationState::Open
        }
    }

    /// The name under which the audit trail knows who came by it.
    pub fn actor_name(&self) -> String {
        format!("Invitation for {}", self.recipient)
    }
}

impl NewInvitation {
    /// For all of these, with the usual bounds: seven days, four tries for each.
    pub fn usual(recipient: &str, integrations: Vec<IntegrationKey>) -> Self {
        let max_uses = i64::try_from(integrations.len() * 4).unwrap_or(i64::MAX);
        Self {
            recipient: recipient.to_owned(),
            integrations,
            life: Duration::from_secs(7 * 24 * 3600),
            max_uses,
        }
    }

    /// Refuses what is not bounded.
    pub(crate) fn checked(self) -> Result<Self> {
        let recipient = self.recipient.split_whitespace().collect::<Vec<_>>().join(" ");
        if recipient.is_empty() || recipient.chars().count() > 120 || recipient.chars().any(char::is_control)
        {
            return Err(Error::invalid(
                "Say for whom the link is, with 1 to 120 characters: a name or an e-mail address.",
            ));
        }
        let mut integrations = self.integrations;
        integrations.sort_unstable();
        integrations.dedup();
        if integrations.is_empty() {
            return Err(Error::invalid(
                "Choose at least one integration for the invitation.",
            ));
        }
        if self.life < Duration::from_secs(3600) || self.life > LONGEST_LIFE {
            return Err(Error::invalid(
                "An invitation lives between one hour and 60 days.",
            ));
        }
        if !(1..=100).contains(&self.max_uses) {
            return Err(Error::invalid("An invitation can be used 1 to 100 times."));
        }
        Ok(Self {
            recipient,
            integrations,
            life: self.life,
            max_uses: self.max_uses,
        })
    }
}
