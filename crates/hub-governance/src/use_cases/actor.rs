use hub_directory::{Account, PersonId};
use hub_events::Initiator;
use kit::Timestamp;

use crate::model::RequestState;
use crate::store::requests::Settlement;

/// Who decides, as the history and the audit name them.
#[derive(Clone, Debug)]
pub(crate) enum Actor {
    Person(Box<Account>),
    /// The Hub itself, by what acts.
    Program(&'static str),
}

impl Actor {
    pub(crate) fn person(account: Account) -> Self {
        Self::Person(Box::new(account))
    }

    pub(crate) fn person_id(&self) -> Option<PersonId> {
        match self {
            Self::Person(account) => Some(account.person_id),
            Self::Program(_) => None,
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Person(account) => &account.display_name,
            Self::Program(name) => name,
        }
    }

    pub(crate) const fn initiator(&self) -> Initiator {
        match self {
            Self::Person(_) => Initiator::Admin,
            Self::Program(_) => Initiator::Policy,
        }
    }

    pub(crate) fn audited(&self) -> hub_events::Actor {
        match self {
            Self::Person(account) => hub_events::Actor::Person {
                id: account.person_id,
                organization_id: account.organization_id,
                name: account.display_name.clone(),
                email: account.email.clone(),
                roles: account.roles.iter().map(|role| role.name().to_owned()).collect(),
            },
            Self::Program(name) => hub_events::Actor::Program((*name).to_owned()),
        }
    }

    pub(crate) fn settles(&self, state: RequestState, justification: &str, now: Timestamp) -> Settlement {
        Settlement {
            state,
            decided_by: self.person_id(),
            decided_by_name: self.name().to_owned(),
            decided_at: now,
            justification: justification.to_owned(),
        }
    }
}
