use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hub_directory::{Account, Caller, CallerOrigin, Directory, Organization};
use hub_governance::Governance;
use hub_identity::Identity;
use hub_oauth::OAuth;
use kit::{Error, Result, SharedClock, SharedRandomness};
use kit_simulation::SimulatedTime;
use webex::ScopeSet;

use crate::model::fault::Faults;
use crate::model::request_log::RequestLog;

/// What the simulation stands on.
pub struct SimulationParts {
    /// The clock that it moves.
    pub time: SimulatedTime,
    /// The clock by which delays pass: it is not moved.
    pub real_clock: SharedClock,
    /// Chance, for faults that happen now and then.
    pub randomness: SharedRandomness,
    /// People and organizations.
    pub directory: Directory,
    /// Passwords and sessions.
    pub identity: Identity,
    /// Integrations and what they hold.
    pub oauth: OAuth,
    /// Policies.
    pub governance: Governance,
}

/// The front door of this slice; cheap to clone.
#[derive(Clone)]
pub struct Simulation(Arc<Inner>);

struct Inner {
    parts: SimulationParts,
    state: Mutex<State>,
}

/// What lives as long as the process: a simulation that ends takes its faults along.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    /// What the console did last, shown once.
    pub(crate) outcome: Option<Outcome>,
}

/// How something that the console was asked for ended.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Done(String),
    Refused(String),
}

impl Simulation {
    /// The slice on these parts.
    pub fn new(parts: SimulationParts) -> Self {
        Self(Arc::new(Inner {
            parts,
            state: Mutex::default(),
        }))
    }

    /// The clock.
    pub fn time(&self) -> &SimulatedTime {
        &self.0.parts.time
    }

    pub(crate) fn parts(&self) -> &SimulationParts {
        &self.0.parts
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets every fault and what was logged. The clock stays where it is: time goes forward only.
    pub fn reset(&self) {
        *self.state() = State::default();
    }

    pub(crate) async fn account(&self, email: &str) -> Result<Account> {
        let account = self.parts().directory.account_by_email(email.trim()).await?;
        account.ok_or_else(|| {
            Error::not_found(format!(
                "Nobody here has the e-mail address “{}”.",
                email.chars().take(100).collect::<String>()
            ))
        })
    }

    /// Who does to this person what only an administrator can: the one who was named, else another Full Admin of the
    /// organization, else the person.
    pub(crate) async fn administrator_for(&self, person: &Account, named: Option<&str>) -> Result<Account> {
        if let Some(email) = named {
            return self.account(email).await;
        }
        let admins = self.parts().directory.full_admins(person.organization_id).await?;
        let another = admins
            .into_iter()
            .find(|admin| admin.login_enabled && admin.person_id != person.person_id);
        Ok(another.unwrap_or_else(|| person.clone()))
    }

    /// A Full Admin of this organization, or the one who was named.
    pub(crate) async fn administrator_of(
        &self,
        organization: &Organization,
        named: Option<&str>,
    ) -> Result<Account> {
        if let Some(email) = named {
            return self.account(email).await;
        }
        let admins = self.parts().directory.full_admins(organization.id).await?;
        let mut able = admins.into_iter().filter(|admin| admin.login_enabled);
        able.next().ok_or_else(|| {
            Error::conflict(format!(
                "{} has no Full Administrator who can sign in; name somebody in “by”.",
                organization.display_name
            ))
        })
    }

    /// The organization with this id or name; without one the first that there is.
    pub(crate) async fn organization(&self, named: Option<&str>) -> Result<Organization> {
        let organizations = self.parts().directory.organizations().await?;
        let Some(named) = named.map(str::trim).filter(|text| !text.is_empty()) else {
            let first = organizations
                .into_iter()
                .min_by_key(|organization| organization.created_at);
            return first.ok_or_else(|| Error::not_found("There is no organization yet."));
        };
        let found = organizations.into_iter().find(|organization| {
            organization.id.to_string() == named
                || kit::search_key(&organization.display_name) == kit::search_key(named)
        });
        found.ok_or_else(|| {
            Error::not_found(format!(
                "There is no organization “{}”; say its name or its id.",
                named.chars().take(100).collect::<String>()
            ))
        })
    }

    /// As if this person sat at a browser.
    pub(crate) fn as_caller(account: &Account) -> Caller {
        Caller {
            person_id: account.person_id,
            organization_id: account.organization_id,
            roles: account.roles.clone(),
            scopes: ScopeSet::default(),
            origin: CallerOrigin::Session,
            shares_presence: account.shares_presence,
        }
    }
}
