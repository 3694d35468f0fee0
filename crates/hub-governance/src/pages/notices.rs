/// What an action that redirected here did: a word of a fixed list, never a text out of the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Done {
    Enabled,
    Disabled,
    Revoked,
    Dismissed,
    Refreshed,
    PolicySaved,
    Reset,
}

impl Done {
    const ALL: [Self; 7] = [
        Self::Enabled,
        Self::Disabled,
        Self::Revoked,
        Self::Dismissed,
        Self::Refreshed,
        Self::PolicySaved,
        Self::Reset,
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
            Self::Dismissed => "dismissed",
            Self::Refreshed => "refreshed",
            Self::PolicySaved => "policy-saved",
            Self::Reset => "reset",
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::Enabled => "The integration is enabled. Who was refused can authorize it now.",
            Self::Disabled => "The integration is disabled.",
            Self::Revoked => "Access is revoked. Whoever runs the integration has to authorize it again.",
            Self::Dismissed => "Dismissed. Who tries again appears in the Alerts center again.",
            Self::Refreshed => "The user adoption list is refreshed.",
            Self::PolicySaved => "The policy is saved.",
            Self::Reset => "Every exception is deleted.",
        }
    }

    pub(crate) fn at(self, path: &str) -> String {
        format!("{path}?done={}", self.word())
    }
}
