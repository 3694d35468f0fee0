use std::sync::{Arc, OnceLock};

use hub_directory::{Caller, Directory, OrganizationId, PersonChanged};
use hub_events::Recorder;
use hub_oauth::{Client, ClientKind, OAuth, PolicyGate};
use kit::{Error, Result, SharedClock, SharedRandomness, Timestamp};
use kit_sql::{Database, Transaction};
use kit_web::PublicUrl;
use tokio::sync::Notify;

use crate::model::Deed;
use crate::store::history::{self, NewEntry};
use crate::use_cases::{Actor, ForgetPeople, Gate};

/// The front door of this slice. Cheap to clone.
#[derive(Clone)]
pub struct Governance {
    pub(crate) core: Arc<Core>,
    // The authorization server needs the gate to be made, so it comes here afterwards.
    oauth: Arc<OnceLock<OAuth>>,
    nudge: Arc<Notify>,
    decided: Arc<Notify>,
}

/// What also the gate needs.
pub(crate) struct Core {
    pub(crate) database: Database,
    pub(crate) clock: SharedClock,
    pub(crate) randomness: SharedRandomness,
    pub(crate) directory: Directory,
}

impl Governance {
    /// Governance in this database. [`Governance::bind`] completes it.
    pub fn new(
        database: Database,
        clock: SharedClock,
        randomness: SharedRandomness,
        directory: Directory,
    ) -> Self {
        let core = Core {
            database,
            clock,
            randomness,
            directory,
        };
        Self {
            core: Arc::new(core),
            oauth: Arc::default(),
            nudge: Arc::default(),
            decided: Arc::default(),
        }
    }

    /// Hands over the authorization server, which was made with [`Governance::gate`].
    pub fn bind(&self, oauth: OAuth) -> Result<()> {
        self.oauth
            .set(oauth)
            .map_err(|_| Error::internal("governance was bound to an authorization server twice"))
    }

    /// Brings the tables of this slice up to date.
    pub async fn migrate(&self) -> Result<()> {
        self.core
            .database
            .migrate("governance", crate::store::STEPS)
            .await
    }

    /// What the authorization server asks before consent, on refresh and on each use.
    pub fn gate(&self) -> Arc<dyn PolicyGate> {
        Arc::new(Gate(Arc::clone(&self.core)))
    }

    /// What the directory tells of people who are deleted.
    pub fn listener(&self) -> Arc<dyn PersonChanged> {
        Arc::new(ForgetPeople {
            recorder: self.core.directory.recorder().clone(),
            clock: self.core.clock.clone(),
        })
    }

    /// Wakes the reconciler that counts who uses what.
    pub fn nudge(&self) {
        self.nudge.notify_one();
    }

    pub(crate) async fn nudged(&self) {
        self.nudge.notified().await;
    }

    /// Wakes the reconciler of requests: something falls due that did not before.
    pub(crate) fn wake_requests(&self) {
        self.decided.notify_one();
    }

    pub(crate) async fn requests_woken(&self) {
        self.decided.notified().await;
    }

    pub(crate) fn oauth(&self) -> Result<&OAuth> {
        self.oauth
            .get()
            .ok_or_else(|| Error::internal("governance was not bound to an authorization server"))
    }

    /// Every integration.
    pub(crate) async fn clients(&self) -> Result<Vec<Client>> {
        let mut clients = self.oauth()?.clients().await?;
        // What is part of the hub itself is under no policy.
        clients.retain(|client| !client.built_in);
        Ok(clients)
    }

    /// The integration with this client id or application id.
    pub(crate) async fn client(&self, id: &str) -> Result<Client> {
        let client_id = webex::client_id_of_application(id).unwrap_or_else(|| id.to_owned());
        self.oauth()?
            .client(&client_id)
            .await?
            .filter(|client| !client.built_in && client.kind == ClientKind::Integration)
            .ok_or_else(|| Error::not_found("There is no integration with this id. Search the list by name, client ID or integration ID."))
    }

    pub(crate) async fn actor(&self, caller: &Caller) -> Result<Actor> {
        let account = self.core.directory.account(caller.person_id).await?;
        let account =
            account.ok_or_else(|| Error::unauthenticated("Your account does not exist any more."))?;
        Ok(Actor::person(account))
    }

    pub(crate) fn recorder(&self) -> &Recorder {
        self.core.directory.recorder()
    }

    pub(crate) fn public_url(&self) -> &PublicUrl {
        self.core.directory.public_url()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.core.clock.now()
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one sentence: who does what to which integration"
    )]
    pub(crate) async fn write_history(
        &self,
        transaction: &mut Transaction,
        actor: &Actor,
        organization_id: OrganizationId,
        client_id: Option<&str>,
        deed: Deed,
        note: String,
    ) -> Result<()> {
        let entry = NewEntry {
            id: self.core.randomness.uuid(),
            organization_id,
            client_id,
            deed,
            note,
            actor_id: actor.person_id(),
            actor_name: actor.name(),
            at: self.core.clock.now(),
        };
        history::write(transaction, entry).await
    }
}
