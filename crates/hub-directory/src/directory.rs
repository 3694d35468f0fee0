use std::sync::{Arc, PoisonError, RwLock};

use hub_events::Recorder;
use kit::{Result, SharedClock, SharedRandomness};
use kit_sql::{Database, Handle, Transaction};
use kit_web::PublicUrl;
use webex::Role;

use crate::seed::SeedOrganization;
use crate::store::{accounts, locations, machines, migrations, organizations, people_read, seeding};
use crate::{
    Account, Consequences, InitialPassword, Location, LocationChangeKind, LocationChanged, LocationId,
    ManagedOrganizations, Organization, OrganizationId, Person, PersonChange, PersonChanged, PersonId,
};

/// The front door of this slice. Cheap to clone.
#[derive(Clone)]
pub struct Directory(Arc<Inner>);

struct Inner {
    database: Database,
    clock: SharedClock,
    randomness: SharedRandomness,
    public_url: PublicUrl,
    recorder: Recorder,
    listeners: RwLock<Vec<Arc<dyn PersonChanged>>>,
    location_listeners: RwLock<Vec<Arc<dyn LocationChanged>>>,
    initial_password: RwLock<Option<Arc<dyn InitialPassword>>>,
    consequences: RwLock<Option<Arc<dyn Consequences>>>,
    managed_organizations: RwLock<Option<Arc<dyn ManagedOrganizations>>>,
}

impl Directory {
    /// A directory in this database.
    pub fn new(
        database: Database,
        clock: SharedClock,
        randomness: SharedRandomness,
        public_url: PublicUrl,
    ) -> Self {
        let recorder = Recorder::new(clock.clone(), randomness.clone());
        Self(Arc::new(Inner {
            database,
            clock,
            randomness,
            public_url,
            recorder,
            listeners: RwLock::default(),
            location_listeners: RwLock::default(),
            initial_password: RwLock::default(),
            consequences: RwLock::default(),
            managed_organizations: RwLock::default(),
        }))
    }

    /// Tells `listener` of every change to a person, inside the transaction that makes it. Every clone of this
    /// directory knows the listener.
    #[allow(clippy::return_self_not_must_use, reason = "all clones share what was added")]
    pub fn with_listener(&self, listener: Arc<dyn PersonChanged>) -> Self {
        self.0
            .listeners
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(listener);
        self.clone()
    }

    /// Tells `listener` of every change to a location, inside the transaction that makes it.
    #[allow(clippy::return_self_not_must_use, reason = "all clones share what was added")]
    pub fn with_location_listener(&self, listener: Arc<dyn LocationChanged>) -> Self {
        self.0
            .location_listeners
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(listener);
        self.clone()
    }

    /// Lets the pages give a new administrator a password. Every clone of this directory knows it.
    #[allow(clippy::return_self_not_must_use, reason = "all clones share what was added")]
    pub fn with_initial_password(&self, port: Arc<dyn InitialPassword>) -> Self {
        *self
            .0
            .initial_password
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(port);
        self.clone()
    }

    /// Lets the pages say which authorizations a deed ends. Every clone of this directory knows it.
    #[allow(clippy::return_self_not_must_use, reason = "all clones share what was added")]
    pub fn with_consequences(&self, port: Arc<dyn Consequences>) -> Self {
        *self
            .0
            .consequences
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(port);
        self.clone()
    }

    /// Shows administrators of partners the organizations that they look after. Every clone of this directory knows it.
    #[allow(clippy::return_self_not_must_use, reason = "all clones share what was added")]
    pub fn with_managed_organizations(&self, port: Arc<dyn ManagedOrganizations>) -> Self {
        *self
            .0
            .managed_organizations
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(port);
        self.clone()
    }

    pub(crate) fn managed_organizations(&self) -> Option<Arc<dyn ManagedOrganizations>> {
        self.0
            .managed_organizations
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn consequences_port(&self) -> Option<Arc<dyn Consequences>> {
        self.0
            .consequences
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    pub(crate) fn initial_password(&self) -> Option<Arc<dyn InitialPassword>> {
        self.0
            .initial_password
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Brings the tables of this slice up to date.
    pub async fn migrate(&self) -> Result<()> {
        hub_events::migrate(&self.0.database).await?;
        self.0.database.migrate("directory", migrations::STEPS).await
    }

    /// The person with this id, or the account of a Service App.
    pub async fn account(&self, person_id: PersonId) -> Result<Option<Account>> {
        if let Some(account) = accounts::by_id(&self.0.database, person_id).await? {
            return Ok(Some(account));
        }
        Ok(machines::accounts(self.database(), &[person_id]).await?.pop())
    }

    /// Those of these people and machines that are there, each once, in no order: one statement for many.
    pub async fn accounts_of(&self, people: &[PersonId]) -> Result<Vec<Account>> {
        let mut found = accounts::by_ids(&self.0.database, people).await?;
        if found.len() == people.len() {
            return Ok(found);
        }
        let missing: Vec<PersonId> = people
            .iter()
            .copied()
            .filter(|id| found.iter().all(|account| account.person_id != *id))
            .collect();
        for some in missing.chunks(500) {
            found.extend(machines::accounts(self.database(), some).await?);
        }
        Ok(found)
    }

    /// The person who signs in by this address, in any spelling of its letters.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<Account>> {
        accounts::by_email(&self.0.database, email).await
    }

    /// The Full Admins of an organization, by name, deactivated ones too.
    pub async fn full_admins(&self, organization_id: OrganizationId) -> Result<Vec<Account>> {
        accounts::holders(&self.0.database, organization_id, Role::FullAdministrator).await
    }

    /// One organization.
    pub async fn organization(&self, id: OrganizationId) -> Result<Option<Organization>> {
        organizations::by_id(&self.0.database, id).await
    }

    /// These organizations, by name; unknown ids are left out.
    pub async fn organizations_among(&self, ids: &[OrganizationId]) -> Result<Vec<Organization>> {
        organizations::by_ids(&self.0.database, ids).await
    }

    /// Every organization, by name.
    pub async fn organizations(&self) -> Result<Vec<Organization>> {
        organizations::all(&self.0.database).await
    }

    /// A person with everything the directory knows, for another slice; inside its transaction where it has one.
    pub async fn person_of(
        &self,
        on: Handle<'_>,
        organization_id: OrganizationId,
        id: PersonId,
    ) -> Result<Option<Person>> {
        people_read::by_id(on, organization_id, id).await
    }

    /// These people with everything the directory knows, in the order asked for; unknown ids are left out.
    pub async fn people_of(
        &self,
        on: Handle<'_>,
        organization_id: OrganizationId,
        ids: &[PersonId],
    ) -> Result<Vec<Person>> {
        people_read::in_order(on, organization_id, ids).await
    }

    /// A location of an organization, for another slice; inside its transaction where it has one.
    pub async fn location_of(
        &self,
        on: Handle<'_>,
        organization_id: OrganizationId,
        id: LocationId,
    ) -> Result<Option<Location>> {
        locations::by_id(on, organization_id, id).await
    }

    /// Every location of an organization, by name, for another slice.
    pub async fn locations_of(&self, organization_id: OrganizationId) -> Result<Vec<Location>> {
        let everything = locations::LocationFilter {
            limit: i64::MAX,
            ..locations::LocationFilter::default()
        };
        locations::list(self.database().into(), organization_id, &everything).await
    }

    /// Stores an invented organization; one that is there already is left as it is.
    pub async fn seed(&self, organization: &SeedOrganization) -> Result<()> {
        let mut transaction = self.0.database.begin().await?;
        if seeding::store(&mut transaction, organization).await? {
            transaction.commit().await?;
        }
        Ok(())
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    pub(crate) fn randomness(&self) -> &SharedRandomness {
        &self.0.randomness
    }

    /// Takes down what happened, for the audit, webhooks and event streams; the slices above record here too.
    pub fn recorder(&self) -> &Recorder {
        &self.0.recorder
    }

    /// Where people and programs reach the hub.
    pub fn public_url(&self) -> &PublicUrl {
        &self.0.public_url
    }

    /// Lets everybody who depends on a change do their part in the same transaction.
    pub(crate) async fn announce(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        let listeners = self
            .0
            .listeners
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for listener in listeners {
            listener.person_changed(transaction, change).await?;
        }
        Ok(())
    }

    /// The same for a change to a location.
    pub(crate) async fn announce_location(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        location_id: LocationId,
        kind: LocationChangeKind,
    ) -> Result<()> {
        let listeners = self
            .0
            .location_listeners
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        for listener in listeners {
            listener
                .location_changed(transaction, organization_id, location_id, kind)
                .await?;
        }
        Ok(())
    }
}
