use kit::{Error, Result, Timestamp};

/// What an organization decided about an integration, or about all that it did not decide on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rule {
    /// People may authorize it.
    #[default]
    Allow,
    /// Nobody may.
    Block,
}

impl Rule {
    /// The word that the database and the forms keep.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Block => "block",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Result<Self> {
        match word {
            "allow" => Ok(Self::Allow),
            "block" => Ok(Self::Block),
            _ => Err(Error::invalid("A policy is either allow or block.")),
        }
    }
}

/// What becomes of the authorizations that people gave before an integration is disabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// They end, for good: enabling the integration again does not bring them back.
    End,
    /// They live on; only new ones are refused.
    Spare,
}

/// Where one integration stands in one organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// For integrations without an exception; an organization that never decided allows everything.
    pub default: Rule,
    /// For this integration; exists only while it differs from the default.
    pub exception: Option<Rule>,
    /// Authorizations given until this moment are dead, whatever the rule.
    pub dead_until: Timestamp,
    /// Authorizations given until this moment live on while the rule is to block.
    pub spared_until: Timestamp,
}

impl Default for Standing {
    fn default() -> Self {
        let never = Timestamp::from_millis(i64::MIN);
        Self {
            default: Rule::Allow,
            exception: None,
            dead_until: never,
            spared_until: never,
        }
    }
}

impl Standing {
    /// Whether a person may authorize the integration now.
    pub fn is_enabled(&self) -> bool {
        self.exception.unwrap_or(self.default) == Rule::Allow
    }

    /// Whether an authorization that was given at `granted_at` still counts. One that was begun before a block and
    /// finished after it is not spared.
    pub fn lets_live(&self, granted_at: Timestamp) -> bool {
        granted_at > self.dead_until && (self.is_enabled() || granted_at <= self.spared_until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_millis(milliseconds)
    }

    #[test]
    fn who_never_decided_allows_everything() {
        assert!(Standing::default().is_enabled());
        assert!(Standing::default().lets_live(at(0)));
    }

    #[test]
    fn the_exception_outweighs_the_default() {
        let allowed = Standing {
            default: Rule::Block,
            exception: Some(Rule::Allow),
            ..Standing::default()
        };
        assert!(allowed.is_enabled() && allowed.lets_live(at(1)));
        let blocked = Standing {
            default: Rule::Allow,
            exception: Some(Rule::Block),
            ..Standing::default()
        };
        assert!(!blocked.is_enabled() && !blocked.lets_live(at(1)));
    }

    #[test]
    fn a_sparing_block_spares_what_was_before_it_and_nothing_after() {
        let standing = Standing {
            exception: Some(Rule::Block),
            spared_until: at(10),
            ..Standing::default()
        };
        assert!(standing.lets_live(at(10)));
        assert!(!standing.lets_live(at(11)));
    }

    #[test]
    fn what_was_ended_stays_dead_when_the_integration_is_enabled_again() {
        let standing = Standing {
            dead_until: at(10),
            spared_until: at(8),
            ..Standing::default()
        };
        assert!(!standing.lets_live(at(10)));
        assert!(standing.lets_live(at(11)));
        let blocked = Standing {
            exception: Some(Rule::Block),
            ..standing
        };
        assert!(
            !blocked.lets_live(at(7)),
            "what was spared once and ended later is dead"
        );
    }
}
