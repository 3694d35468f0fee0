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
    /// Requests were denied, with a justification.
    Denied,
    /// Requests were denied, and further ones reach nobody.
    RequestsBlocked,
    /// Who may use an integration was changed person by person.
    PeopleChanged,
    /// People who asked were allowed.
    Approved,
    /// A reset was undone.
    ResetUndone,
    /// An approval for a time ended.
    ApprovalEnded,
    /// Who may decide requests was changed.
    ReviewersChanged,
}

impl Deed {
    const ALL: [Self; 14] = [
        Self::Enabled,
        Self::Disabled,
        Self::Revoked,
        Self::Dismissed,
        Self::AllowedByDefault,
        Self::BlockedByDefault,
        Self::Reset,
        Self::Denied,
        Self::RequestsBlocked,
        Self::PeopleChanged,
        Self::Approved,
        Self::ResetUndone,
        Self::ApprovalEnded,
        Self::ReviewersChanged,
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
            Self::Denied => "denied",
            Self::RequestsBlocked => "requests_blocked",
            Self::PeopleChanged => "people_changed",
            Self::Approved => "approved",
            Self::ResetUndone => "reset_undone",
            Self::ApprovalEnded => "approval_ended",
            Self::ReviewersChanged => "reviewers_changed",
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
            Self::Denied => "Requests denied",
            Self::RequestsBlocked => "Further requests blocked",
            Self::PeopleChanged => "Specific users changed",
            Self::Approved => "Requests allowed",
            Self::ResetUndone => "Reset undone",
            Self::ApprovalEnded => "Approval ended",
            Self::ReviewersChanged => "Reviewers changed",
        }
    }

    /// The tone of the entry in a list.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Enabled | Self::AllowedByDefault | Self::Approved | Self::ResetUndone => "is-success",
            Self::Disabled | Self::Revoked | Self::BlockedByDefault | Self::RequestsBlocked => "is-danger",
            Self::Dismissed
            | Self::Reset
            | Self::Denied
            | Self::PeopleChanged
            | Self::ApprovalEnded
            | Self::ReviewersChanged => "is-warning",
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
