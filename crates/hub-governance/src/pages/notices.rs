/// What an action that redirected here did: a word of a fixed list, never a text out of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Enabled,
    Disabled,
    Revoked,
    Denied,
    Blocked,
    AllowedThese,
    Refreshed,
    PolicySaved,
    Reset,
    Undone,
    PeopleSaved,
    PersonRemoved,
    ReviewerNamed,
    ReviewerRemoved,
}

impl Done {
    const ALL: [Self; 14] = [
        Self::Enabled,
        Self::Disabled,
        Self::Revoked,
        Self::Denied,
        Self::Blocked,
        Self::AllowedThese,
        Self::Refreshed,
        Self::PolicySaved,
        Self::Reset,
        Self::Undone,
        Self::PeopleSaved,
        Self::PersonRemoved,
        Self::ReviewerNamed,
        Self::ReviewerRemoved,
    ];

    /// The sentence for this word; nothing for a word that nobody sent.
    pub(crate) fn sentence_for(word: &str) -> Option<&'static str> {
        Self::ALL
            .into_iter()
            .find(|done| done.word() == word)
            .map(Self::sentence)
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::Revoked => "revoked",
            Self::Denied => "denied",
            Self::Blocked => "blocked",
            Self::AllowedThese => "allowed",
            Self::Refreshed => "refreshed",
            Self::PolicySaved => "policy-saved",
            Self::Reset => "reset",
            Self::Undone => "undone",
            Self::PeopleSaved => "people-saved",
            Self::PersonRemoved => "person-removed",
            Self::ReviewerNamed => "reviewer-named",
            Self::ReviewerRemoved => "reviewer-removed",
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::Enabled => "The integration is enabled. Who was refused can authorize it now, and is told.",
            Self::Disabled => "The integration is disabled.",
            Self::Revoked => "Access is revoked. Whoever runs the integration has to authorize it again.",
            Self::Denied => "Denied. The people who asked read your answer; who tries again asks again.",
            Self::Blocked => "Denied, and further requests reach nobody until the integration is allowed.",
            Self::AllowedThese => {
                "Allowed. The people whom you chose can authorize the integration now, and are told."
            }
            Self::Refreshed => "The user adoption list is refreshed.",
            Self::PolicySaved => "The policy is saved.",
            Self::Reset => "Every exception is deleted. You can undo this for 30 days.",
            Self::Undone => "The reset is undone. What was decided since is as it was decided.",
            Self::PeopleSaved => "The list of specific users is saved.",
            Self::PersonRemoved => "The person is off the list.",
            Self::ReviewerNamed => {
                "Named. They are told by mail, and find the requests in the Alerts center."
            }
            Self::ReviewerRemoved => "The person decides no requests any more.",
        }
    }

    pub(crate) fn at(self, path: &str) -> String {
        format!("{path}?done={}", self.word())
    }
}
