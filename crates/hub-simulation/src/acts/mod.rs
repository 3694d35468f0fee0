//! What the simulation does in somebody's name, one kind a file. Each goes through the front door of the slice that it
//! concerns, so that what follows is what always follows.

mod close_organization;
mod expire_access_tokens;
mod on_integrations;
mod on_people;
mod sign_in_as;

pub use on_integrations::IntegrationAct;
pub use on_people::PersonAct;

use serde::{Deserialize, Serialize};

/// What an act may want to know beside whom it concerns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// The new password; without one a random one is made and answered.
    pub password: Option<String>,
    /// The e-mail address of the administrator in whose name it is done.
    pub by: Option<String>,
    /// The organization, by name or id, where an integration is concerned.
    pub organization: Option<String>,
    /// The integration whose consent is withdrawn.
    pub client_id: Option<String>,
}

/// What was done.
#[derive(Clone, Debug, Serialize)]
pub struct Acted {
    /// In one sentence.
    pub done: String,
    /// In whose name: an e-mail address.
    pub by: String,
    /// A new password, shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// A new client secret, shown this once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
}

impl Acted {
    fn new(done: String, by: &str) -> Self {
        Self {
            done,
            by: by.to_owned(),
            password: None,
            client_secret: None,
        }
    }
}

/// An enum whose members have a name on the wire and one for people.
macro_rules! acts {
    ($(#[$doc:meta])* $name:ident { $($(#[$member_doc:meta])* $member:ident: $key:literal, $label:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$member_doc])* $member,)+
        }

        impl $name {
            /// Each of them.
            pub const ALL: &[Self] = &[$(Self::$member),+];

            /// As the API writes it.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$member => $key),+ }
            }

            /// As people read it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$member => $label),+ }
            }

            /// The one that the API writes so.
            pub fn parse(text: &str) -> kit::Result<Self> {
                Self::ALL.iter().copied().find(|act| act.key() == text).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|act| act.key()).collect();
                    kit::Error::not_found(format!(
                        "“{}” is nothing that the simulation does here. It does: {}.",
                        text.chars().take(40).collect::<String>(),
                        known.join(", ")
                    ))
                })
            }
        }
    };
}

use acts;
