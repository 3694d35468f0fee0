use std::collections::BTreeSet;
use std::fmt;

use kit::{Error, Result};

/// One OAuth scope token (RFC 6749, section 3.3).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(String);

impl Scope {
    /// Reads one scope token.
    pub fn parse(text: &str) -> Result<Self> {
        let usable = (1..=100).contains(&text.len())
            && text
                .bytes()
                .all(|byte| matches!(byte, 0x21 | 0x23..=0x5b | 0x5d..=0x7e));
        if usable {
            Ok(Self(text.to_owned()))
        } else {
            let shown: String = text
                .chars()
                .filter(|character| !character.is_control())
                .take(60)
                .collect();
            Err(Error::invalid(format!(
                "“{shown}” is not a scope (RFC 6749, section 3.3)."
            )))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the scope lets its holder act as an administrator; such grants die with the Full Admin role.
    pub fn is_administrative(&self) -> bool {
        self.0.starts_with("spark-admin:")
            || self.0.starts_with("identity:")
            || self.0.starts_with("audit:")
            || self.0.starts_with("analytics:")
    }

    /// Whether it is one of OpenID Connect's own scopes, which a client need not register.
    pub fn is_openid(&self) -> bool {
        matches!(
            self.0.as_str(),
            "openid" | "email" | "profile" | "phone" | "address"
        )
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A set of scopes, written with single spaces in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScopeSet(BTreeSet<Scope>);

impl ScopeSet {
    /// Reads a space-separated list; an empty text is an empty set.
    pub fn parse(text: &str) -> Result<Self> {
        text.split(' ')
            .filter(|token| !token.is_empty())
            .map(Scope::parse)
            .collect::<Result<_>>()
            .map(Self)
    }

    /// Whether the set holds this scope.
    pub fn contains(&self, scope: &str) -> bool {
        self.0.iter().any(|candidate| candidate.as_str() == scope)
    }

    /// Whether every scope of this set is in `other`.
    pub fn is_subset_of(&self, other: &Self) -> bool {
        self.0.is_subset(&other.0)
    }

    /// What this set has and `other` has not.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).cloned().collect())
    }

    /// The scopes in order.
    pub fn iter(&self) -> impl Iterator<Item = &Scope> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any of them is an administrator's.
    pub fn is_administrative(&self) -> bool {
        self.0.iter().any(Scope::is_administrative)
    }
}

impl FromIterator<Scope> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl fmt::Display for ScopeSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, scope) in self.0.iter().enumerate() {
            if index > 0 {
                formatter.write_str(" ")?;
            }
            formatter.write_str(scope.as_str())?;
        }
        Ok(())
    }
}

/// What a scope allows, as a sentence on a consent page that begins with a verb.
pub fn describe_scope(scope: &str) -> &'static str {
    match scope {
        "openid" => "Know who you are",
        "email" => "See your e-mail address",
        "profile" => "See your name and language",
        "phone" => "See your phone number",
        "address" => "See your postal address",
        "spark:all" => "Do everything in Webex that you can do",
        "spark:people_read" => "See your own profile, and look up people you can see",
        "spark:people_write" => "Change your own profile and call settings",
        "spark:telephony_config_read" => "See your own calling configuration",
        "spark:telephony_config_write" => "Change your own calling configuration",
        "spark:calls_read" => "See your own calls and call history",
        "spark:calls_write" => "Make and control calls for you",
        "spark:kms" => "Use Webex encryption keys",
        "spark:applications_token" => "Fetch tokens of authorized Service Apps",
        "spark:applications_read" => "See the applications that you registered",
        "spark:applications_write" => {
            "Register, change and delete your applications, and decide about Service Apps where you may"
        }
        "application:webhooks_read" => "See your webhooks about who authorized your Service Apps",
        "application:webhooks_write" => "Register webhooks about who authorizes your Service Apps",
        "spark-admin:people_read" => {
            "See every person of your organization, with roles, licences and presence"
        }
        "spark-admin:people_write" => "Create, change and delete people of your organization",
        "spark-admin:organizations_read" => "See your organization and its settings",
        "spark-admin:roles_read" => "See the administrator roles of your organization",
        "spark-admin:licenses_read" => "See the licences of your organization",
        "spark-admin:locations_read" => "See the locations of your organization",
        "spark-admin:locations_write" => "Create, change and delete locations of your organization",
        "spark-admin:workspaces_read" => "See the workspaces of your organization",
        "spark-admin:workspaces_write" => "Create, change and delete workspaces of your organization",
        "spark-admin:telephony_config_read" => "See the calling configuration of your organization",
        "spark-admin:telephony_config_write" => "Change the calling configuration of your organization",
        "spark-admin:calls_read" => "See the live calls of your organization",
        "spark-admin:calls_write" => "Control the live calls of your organization",
        "spark-admin:calling_cdr_read" => "Read the detailed call history of your organization",
        "spark-admin:xsi" => "Use the XSI calling interface (registered, not used)",
        "analytics:read_all" => "Read the analytics of your organization",
        "spark-admin:policies_read" => "See who may use which integration in your organization",
        "spark-admin:policies_write" => "Decide who may use which integration in your organization",
        "audit:events_read" => "Read the administrator audit log of your organization",
        "identity:tokens_read" => "See which authorizations the people of your organization gave",
        "identity:tokens_write" => "Revoke authorizations that people of your organization gave",
        "identity:people_read" => "See the directory of your organization (SCIM)",
        "identity:people_rw" => "Change the directory of your organization (SCIM)",
        "identity:groups_read" => "See the groups of your organization",
        "identity:groups_rw" => "Create, change and delete groups of your organization",
        "identity:organizations_read" => "See your organization as the identity service keeps it",
        "identity:organizations_rw" => "Change the name and the language of your organization",
        _ => "Use a permission that has no description here",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_set_is_written_in_order_and_compares() {
        let set = ScopeSet::parse("spark:people_read  spark-admin:people_read spark:people_read").unwrap();
        assert_eq!(set.to_string(), "spark-admin:people_read spark:people_read");
        assert!(set.is_administrative());
        assert!(!ScopeSet::parse("spark:people_read").unwrap().is_administrative());
        assert!(ScopeSet::parse("a\"b").is_err());
    }

    proptest! {
        #[test]
        fn a_written_set_reads_back(text in "[a-z:_-]{1,12}( [a-z:_-]{1,12}){0,6}", junk in ".{0,60}") {
            let set = ScopeSet::parse(&text).unwrap();
            prop_assert_eq!(ScopeSet::parse(&set.to_string()).unwrap(), set);
            let _ = ScopeSet::parse(&junk);
        }
    }
}
