use kit::{Error, Result};

const SHORTEST: usize = 8;
/// Longer ones would only cost time to hash.
const LONGEST: usize = 256;

/// Refuses a new password that is too easy to guess, in words.
pub(crate) fn check_new_password(password: &str, email: &str) -> Result<()> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Error::invalid(format!(
            "The new password is too short: use {SHORTEST} characters or more."
        )));
    }
    if length > LONGEST {
        return Err(Error::invalid(format!(
            "The new password is too long: use {LONGEST} characters at the most."
        )));
    }
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
    use super::check_new_password;

    #[test]
    fn short_long_and_guessable_ones_are_refused_in_words() {
        let refused = |password: &str| {
            check_new_password(password, "ada.moreau@contoso.example")
                .unwrap_err()
                .public()
                .to_owned()
        };
        assert_eq!(
            refused("1234567"),
            "The new password is too short: use 8 characters or more."
        );
        assert!(refused(&"ab".repeat(200)).contains("too long"));
        assert!(refused("Ada.Moreau@contoso.example").contains("e-mail address"));
        assert!(refused("ada.moreau").contains("e-mail address"));
        assert!(refused("aaaaaaaaaa").contains("repeated"));
        assert!(check_new_password("eight ch", "ada.moreau@contoso.example").is_ok());
        assert!(check_new_password("ééééèèèè", "ada@contoso.example").is_ok());
    }
}
