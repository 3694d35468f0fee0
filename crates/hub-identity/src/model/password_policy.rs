use kit::{Error, Result, Timestamp};

/// What an organization asks of the passwords of its people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// How many characters at least, 8 to 256.
    pub shortest: u16,
    /// A lower-case letter.
    pub needs_lower: bool,
    /// An upper-case letter.
    pub needs_upper: bool,
    /// A digit.
    pub needs_digit: bool,
    /// Something that is neither letter nor digit.
    pub needs_special: bool,
    /// How many earlier passwords are refused beside the present one, up to 24.
    pub remembered: u16,
    /// After how many days a password must be changed, up to 3,650; `None`: never.
    pub days_between_changes: Option<u16>,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self {
            shortest: SHORTEST,
            needs_lower: false,
            needs_upper: false,
            needs_digit: false,
            needs_special: false,
            remembered: 3,
            days_between_changes: Some(1825),
        }
    }
}

const SHORTEST: u16 = 8;
/// Longer ones would only cost time to hash.
pub(crate) const LONGEST: u16 = 256;
pub(crate) const REMEMBERED_AT_MOST: u16 = 24;
pub(crate) const DAYS_AT_MOST: u16 = 3650;

/// Whether a character is of a class.
type IsOne = fn(char) -> bool;

impl PasswordPolicy {
    /// Refuses a policy that nobody could keep, or that keeps nobody out.
    pub(crate) fn check(&self) -> Result<()> {
        if !(SHORTEST..=LONGEST).contains(&self.shortest) {
            return Err(Error::invalid(format!(
                "The shortest password has {SHORTEST} to {LONGEST} characters."
            )));
        }
        if self.remembered > REMEMBERED_AT_MOST {
            return Err(Error::invalid(format!(
                "At most {REMEMBERED_AT_MOST} earlier passwords can be refused."
            )));
        }
        if self
            .days_between_changes
            .is_some_and(|days| !(1..=DAYS_AT_MOST).contains(&days))
        {
            return Err(Error::invalid(format!(
                "A password can expire after 1 to {DAYS_AT_MOST} days; leave the field empty for never."
            )));
        }
        Ok(())
    }

    /// When a password of that moment expires.
    pub(crate) fn expires_at(&self, changed_at: Timestamp) -> Option<Timestamp> {
        let days = u64::from(self.days_between_changes?);
        Some(changed_at.plus(std::time::Duration::from_secs(days * 24 * 3600)))
    }

    /// Refuses a new password that the policy does not allow or that is too easy to guess, and names all that is missing.
    pub(crate) fn check_new_password(&self, password: &str, email: &str) -> Result<()> {
        let length = password.chars().count();
        if length > usize::from(LONGEST) {
            return Err(Error::invalid(format!(
                "The new password is too long: use {LONGEST} characters at the most."
            )));
        }
        let missing = self.missing(password);
        if length < usize::from(self.shortest) {
            let also = if missing.is_empty() {
                String::new()
            } else {
                format!(", with {} among them", listed(&missing))
            };
            return Err(Error::invalid(format!(
                "The new password is too short: use {} characters or more{also}.",
                self.shortest
            )));
        }
        if !missing.is_empty() {
            return Err(Error::invalid(format!(
                "The new password has no {}. Your organization asks for {}.",
                missing
                    .iter()
                    .map(|class| class.trim_start_matches("an ").trim_start_matches("a "))
                    .collect::<Vec<_>>()
                    .join(" and no "),
                listed(&missing)
            )));
        }
        check_guessable(password, email)
    }

    fn missing(&self, password: &str) -> Vec<&'static str> {
        let classes: [(bool, IsOne, &'static str); 4] = [
            (self.needs_lower, char::is_lowercase, "a lower-case letter"),
            (self.needs_upper, char::is_uppercase, "an upper-case letter"),
            (self.needs_digit, char::is_numeric, "a digit"),
            (
                self.needs_special,
                |character| !character.is_alphanumeric(),
                "a special character",
            ),
        ];
        classes
            .into_iter()
            .filter(|(needed, is_one, _)| *needed && !password.chars().any(is_one))
            .map(|(_, _, name)| name)
            .collect()
    }

    /// The policy as the person at the form reads it.
    pub fn in_words(&self) -> String {
        let classes: Vec<&str> = [
            (self.needs_lower, "a lower-case letter"),
            (self.needs_upper, "an upper-case letter"),
            (self.needs_digit, "a digit"),
            (self.needs_special, "a special character"),
        ]
        .into_iter()
        .filter(|(needed, _)| *needed)
        .map(|(_, name)| name)
        .collect();
        let mut words = format!("{} characters or more", self.shortest);
        if !classes.is_empty() {
            words.push_str(&format!(" with {}", listed(&classes)));
        }
        words.push_str(", and not your e-mail address");
        match self.remembered {
            0 => words.push_str(" or your present password."),
            1 => words.push_str(", your present password or the one before."),
            count => words.push_str(&format!(", your present password or one of the {count} before.")),
        }
        words
    }
}

fn listed(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn check_guessable(password: &str, email: &str) -> Result<()> {
    let lower = password.trim().to_lowercase();
    let email = email.to_lowercase();
    let name = email.split('@').next().unwrap_or_default();
    if lower == email || lower == name {
        return Err(Error::invalid(
            "The new password must not be your e-mail address.",
        ));
    }
    if password.chars().all(|character| password.starts_with(character)) {
        return Err(Error::invalid(
            "The new password must not be one character repeated.",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const EMAIL: &str = "ada.moreau@contoso.example";

    fn strict() -> PasswordPolicy {
        PasswordPolicy {
            shortest: 10,
            needs_lower: true,
            needs_upper: true,
            needs_digit: true,
            needs_special: true,
            ..PasswordPolicy::default()
        }
    }

    fn refused(policy: &PasswordPolicy, password: &str) -> String {
        let error = policy.check_new_password(password, EMAIL).unwrap_err();
        error.public().to_owned()
    }

    #[test]
    fn short_long_and_guessable_ones_are_refused_in_words() {
        let policy = PasswordPolicy::default();
        assert_eq!(
            refused(&policy, "1234567"),
            "The new password is too short: use 8 characters or more."
        );
        assert!(refused(&policy, &"ab".repeat(200)).contains("too long"));
        assert!(refused(&policy, "Ada.Moreau@contoso.example").contains("e-mail address"));
        assert!(refused(&policy, "ada.moreau").contains("e-mail address"));
        assert!(refused(&policy, "aaaaaaaaaa").contains("repeated"));
        assert!(policy.check_new_password("eight ch", EMAIL).is_ok());
        assert!(
            policy
                .check_new_password("ééééèèèè", "ada@contoso.example")
                .is_ok()
        );
    }

    #[test]
    fn the_sentence_names_everything_that_is_missing() {
        assert_eq!(
            refused(&strict(), "abc"),
            "The new password is too short: use 10 characters or more, with an upper-case letter, a digit and a special character among them."
        );
        assert_eq!(
            refused(&strict(), "abcdefghijk1"),
            "The new password has no upper-case letter and no special character. Your organization asks for an upper-case letter and a special character."
        );
        assert!(strict().check_new_password("Abcdefghi-1", EMAIL).is_ok());
        assert_eq!(
            strict().in_words(),
            "10 characters or more with a lower-case letter, an upper-case letter, a digit and a special character, and not your e-mail address, your present password or one of the 3 before."
        );
    }

    #[test]
    fn a_policy_that_nobody_could_keep_is_refused() {
        let with = |change: fn(&mut PasswordPolicy)| {
            let mut policy = PasswordPolicy::default();
            change(&mut policy);
            policy.check()
        };
        assert!(PasswordPolicy::default().check().is_ok());
        assert!(with(|policy| policy.shortest = 7).is_err());
        assert!(with(|policy| policy.shortest = 257).is_err());
        assert!(with(|policy| policy.remembered = 25).is_err());
        assert!(with(|policy| policy.days_between_changes = Some(0)).is_err());
        assert!(with(|policy| policy.days_between_changes = None).is_ok());
    }

    proptest! {
        #[test]
        fn no_password_passes_that_lacks_a_class(password in "[a-zA-Z0-9 ._-]{0,30}") {
            if strict().check_new_password(&password, EMAIL).is_ok() {
                prop_assert!(password.chars().count() >= 10);
                prop_assert!(password.chars().any(|c| c.is_ascii_lowercase()));
                prop_assert!(password.chars().any(|c| c.is_ascii_uppercase()));
                prop_assert!(password.chars().any(|c| c.is_ascii_digit()));
                prop_assert!(password.chars().any(|c| !c.is_alphanumeric()));
            }
        }
    }
}
