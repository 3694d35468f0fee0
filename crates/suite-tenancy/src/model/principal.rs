use kit::{Error, ExposeSecret as _, Result, SecretString, Timestamp};

use super::{Role, RoleAssignment};

kit::typed_id! {
    /// A user of the Suite.
    PrincipalId
}

/// Whether a principal can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrincipalState {
    Active,
    Disabled,
}

impl PrincipalState {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    pub fn from_key(key: &str) -> Result<Self> {
        match key {
            "active" => Ok(Self::Active),
            "disabled" => Ok(Self::Disabled),
            other => Err(Error::internal(format!(
                "a principal's state “{other}” is unknown"
            ))),
        }
    }
}

/// A user of the Suite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    pub id: PrincipalId,
    pub email: String,
    pub name: String,
    pub state: PrincipalState,
    pub created_at: Timestamp,
    pub last_sign_in_at: Option<Timestamp>,
    pub assignments: Vec<RoleAssignment>,
}

impl Principal {
    /// Whether they can do everything everywhere.
    pub fn is_administrator(&self) -> bool {
        self.assignments
            .iter()
            .any(|assignment| assignment.role == Role::Administrator && assignment.customer.is_none())
    }
}

/// An e-mail address as it is kept. Only what must hold is checked: the address is a name here, no mail is sent.
pub(crate) fn email_address(text: &str) -> Result<String> {
    let text = text.trim();
    let usable = text.len() <= 254
        && text
            .split_once('@')
            .is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty() && !domain.contains('@'))
        && !text
            .chars()
            .any(|character| character.is_whitespace() || character.is_control());
    if usable {
        Ok(text.to_owned())
    } else {
        Err(Error::invalid(
            "An e-mail address looks like name@example.com, without spaces.",
        ))
    }
}

/// A person's name as it is kept.
pub(crate) fn person_name(text: &str) -> Result<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
        return Err(Error::invalid("A name has 1 to 120 characters."));
    }
    Ok(name)
}

/// Length is what makes a password strong; composition rules only make it forgettable (NIST SP 800-63B).
pub(crate) fn acceptable_password(password: &SecretString, email: &str) -> Result<()> {
    let text = password.expose_secret();
    let length = text.chars().count();
    if !(12..=200).contains(&length) {
        return Err(Error::invalid("A password has 12 to 200 characters."));
    }
    if text.eq_ignore_ascii_case(email) {
        return Err(Error::invalid("The e-mail address cannot be the password."));
    }
    let first = text.chars().next();
    if text.chars().all(|character| Some(character) == first) {
        return Err(Error::invalid(
            "A password needs more than one character that repeats.",
        ));
    }
    Ok(())
}
