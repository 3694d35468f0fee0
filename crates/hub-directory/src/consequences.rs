use askama::Template;
use async_trait::async_trait;
use kit::{Error, Result};
use webex::Role;

use crate::{Caller, Directory, PersonId};

/// What somebody is about to do to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The person changes their own password.
    ChangePassword,
    /// An administrator resets the person's password.
    ResetPassword,
    /// An administrator ends the person's sessions and authorizations; the password stays.
    ResetAccess,
    /// The person has these roles afterwards, and no others.
    ChangeRoles(Vec<Role>),
    /// The person may not sign in any more.
    Deactivate,
    /// The person goes.
    Delete,
    /// The person hides presence.
    HidePresence,
}

/// What becomes of an authorization.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It ends, and only a new authorization helps.
    Dies,
    /// It goes on, and the answers that it gets lose what the integration is there for.
    GoesBlind,
}

/// One authorization that a deed ends or blinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// The integration's client id.
    pub client_id: String,
    /// Its name.
    pub client_name: String,
    /// Whose data it reaches: the name of the organization.
    pub customer: String,
    /// What becomes of it.
    pub fate: Fate,
    /// Who else holds a living authorization for the same integration, by name.
    pub others: Vec<String>,
}

/// Knows which authorizations hang on a person. They are kept elsewhere; the composition wires this.
#[async_trait]
pub trait Consequences: Send + Sync {
    /// What will die or go blind when this happens to that person.
    async fn of(&self, caller: &Caller, person: PersonId, deed: &Deed) -> Result<Vec<Consequence>>;
}

#[derive(Template)]
#[template(path = "consequences.html")]
struct ConsequencesTemplate {
    list: Vec<Consequence>,
}

impl ConsequencesTemplate {
    fn count_words(&self) -> String {
        match self.list.len() {
            1 => "1 authorization is concerned".to_owned(),
            count => format!("{count} authorizations are concerned"),
        }
    }
}

impl Directory {
    /// What will die or go blind when this happens to that person; `None` where nobody here knows.
    pub async fn consequences(
        &self,
        caller: &Caller,
        person: PersonId,
        deed: &Deed,
    ) -> Result<Option<Vec<Consequence>>> {
        match self.consequences_port() {
            Some(port) => port.of(caller, person, deed).await.map(Some),
            None => Ok(None),
        }
    }

    /// The same as HTML for the page that asks before the deed; empty where nobody here knows.
    pub async fn consequences_html(&self, caller: &Caller, person: PersonId, deed: &Deed) -> Result<String> {
        match self.consequences(caller, person, deed).await? {
            Some(list) => ConsequencesTemplate { list }.render().map_err(Error::internal),
            None => Ok(String::new()),
        }
    }
}
