use kit::{Error, Result, Timestamp};

/// What somebody did to an organization's policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// An integration was enabled.
    Enabled,
    /// An integration was disabled.
    Disabled,
    /// Every authorization of an integration was ended.
    Revoked,
    /// Requests for a blocked integration were put aside.
    Dismissed,
    /// Integrations without an exception are allowed from now on.
    AllowedByDefault,
    /// Integrations without an exception are blocked from now on.
    BlockedByDefault,
    /// Every exception was deleted.
    Reset,
}

impl Deed {
    const ALL: [Self; 7] = [
        Self::Enabled,
        Self::Disabled,
        Self::Revoked,
        Self::Dismissed,
        Self::AllowedByDefault,
        Self::BlockedByDefault,
        Self::Reset,
    ];

    /// The word that the database keeps.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::Revoked => "revoked",
            Self::Dismissed => "dismissed",
            Self::AllowedByDefault => "allowed_by_default",
            Self::BlockedByDefault => "blocked_by_default",
            Self::Reset => "reset",
        }
    }

    pub(crate) fn parse(word: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|deed| deed.word() == word)
            .ok_or_else(|| Error::internal(format!("an unknown deed in the history: {word}")))
    }

    /// What happened, as a page says it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::Revoked => "Access revoked",
            Self::Dismissed => "Requests dismissed",
            Self::AllowedByDefault => "Policy set to Allow",
            Self::BlockedByDefault => "Policy set to Block",
            Self::Reset => "Exceptions reset",
        }
    }

    /// The tone of the entry in a list.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Enabled | Self::AllowedByDefault => "is-success",
            Self::Disabled | Self::Revoked | Self::BlockedByDefault => "is-danger",
            Self::Dismissed | Self::Reset => "is-warning",
        }
    }
}

/// One line of the history: who did what, and when.
#[derive(Clone, Debug)]
pub struct HistoryEntry {
    /// The integration; nothing for what concerns them all.
    pub client_id: Option<String>,
    /// What.
    pub deed: Deed,
    /// With what consequence; may be empty.
    pub note: String,
    /// Who; “Set-up” for what the first start decided.
    pub actor_name: String,
    /// When.
    pub at: Timestamp,
}
