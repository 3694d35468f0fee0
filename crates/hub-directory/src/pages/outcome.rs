use kit::{Error, Kind, Result};
use kit_web::PageError;
use webex::Role;

use crate::model::rights;
use crate::{Caller, Directory, Person, PersonId};

/// What a handler of a page answers.
pub(super) type Answer = std::result::Result<axum::response::Response, PageError>;

/// What the page that follows an action says of it; the words come from here, only the key stands in the URL.
pub(super) fn notice(key: Option<&str>) -> Option<&'static str> {
    Some(match key? {
        "created" => "The person was added.",
        "saved" => "The changes were saved.",
        "roles" => "The roles were changed.",
        "activated" => "The person can sign in again. Authorizations that ended stay ended.",
        "deactivated" => "The person was deactivated. Every session and authorization of theirs has ended.",
        "deleted" => "The person was deleted.",
        "letter-sent" => {
            "The password was reset, and a letter with a link to a new one is on its way. Every session and authorization of this person has ended."
        }
        "access-reset" => {
            "Every session and authorization of this person has ended. The password is as before."
        }
        _ => return None,
    })
}

/// As [`kit_web::to_mend`]; what only a greater administrator may do is shown in the form as well.
pub(super) fn to_mend(error: Error) -> Result<Error> {
    match error.kind() {
        Kind::Forbidden => Ok(error),
        _ => kit_web::to_mend(error),
    }
}

/// What the caller may do on the pages; the use cases ask again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Powers {
    /// Changes people.
    pub(super) writes: bool,
    /// Changes roles.
    pub(super) gives_roles: bool,
}

impl Powers {
    pub(super) fn of(caller: &Caller) -> Self {
        Self {
            writes: caller.has_any_role(rights::PEOPLE_WRITERS),
            gives_roles: caller.is_full_admin(),
        }
    }

    /// Refuses the forms to whoever may only look.
    pub(super) fn require_writes(caller: &Caller) -> Result<()> {
        if Self::of(caller).writes {
            return Ok(());
        }
        Err(Error::forbidden(
            "You can look at people and not change them. A Full Administrator or a User Administrator can.",
        ))
    }

    /// Refuses the roles to whoever may not give them.
    pub(super) fn require_gives_roles(caller: &Caller) -> Result<()> {
        if Self::of(caller).gives_roles {
            return Ok(());
        }
        Err(Error::forbidden(
            "Only a Full Administrator can give or take administrator roles.",
        ))
    }

    /// Whether the caller may change this person.
    pub(super) fn over(self, person: &Person) -> bool {
        self.writes && (self.gives_roles || !person.is_full_admin())
    }

    /// Whether the caller may shut this person out.
    pub(super) fn may_shut_out(self, person: &Person) -> bool {
        self.writes && (self.gives_roles || person.roles.is_empty())
    }
}

/// How an administrator sees that somebody signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) word: &'static str,
    pub(super) class: &'static str,
}

impl Standing {
    pub(super) fn of(person: &Person) -> Self {
        match (person.login_enabled, person.invite_pending) {
            (false, _) => Self {
                word: "Deactivated",
                class: "pill",
            },
            (true, true) => Self {
                word: "Invite pending",
                class: "pill pill-warning",
            },
            (true, false) => Self {
                word: "Active",
                class: "pill pill-success",
            },
        }
    }
}

/// The one or two letters in the round mark.
pub(super) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

pub(super) fn role_names(roles: &[Role]) -> Vec<&'static str> {
    roles.iter().map(|role| role.name()).collect()
}

/// The person whom a path names.
pub(super) async fn person_of(directory: &Directory, caller: &Caller, id: &str) -> Result<Person> {
    let nobody = || Error::not_found("There is no such person in your organization.");
    let id = PersonId::parse(id).map_err(|_| nobody())?;
    match directory.show_person(caller, id, true).await {
        Ok((person, _)) => Ok(person),
        Err(error) if *error.kind() == Kind::NotFound => Err(nobody()),
        Err(error) => Err(error),
    }
}
