//! What the tests of this crate share: two seeded organizations, callers, a driven application.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use hub_directory::seed::{self, NamedPerson};
use hub_directory::{
    Caller, Directory, InitialPassword, OrganizationId, PersonChange, PersonChanged, PersonId,
    SeedOrganization, Size,
};
use kit::{ExposeSecret, ManualClock, Result, SecretString, SeededRandomness, Timestamp};
use kit_sql::{Database, Transaction};
use kit_test::App;
use webex::{PublicId, ResourceKind, Role};

pub const SEED: u64 = 7;

/// A directory with the organization of the demonstration and another one.
pub struct World {
    pub directory: Directory,
    pub clock: ManualClock,
    pub small: SeedOrganization,
    pub other: SeedOrganization,
}

impl World {
    pub async fn new(database: &Database) -> Self {
        let world = Self::empty(database).await;
        world.directory.seed(&world.small).await.unwrap();
        world.directory.seed(&world.other).await.unwrap();
        world
    }

    pub async fn empty(database: &Database) -> Self {
        let clock = ManualClock::at(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS));
        let randomness = Arc::new(SeededRandomness::new(1));
        let public_url = hub_test::public_url();
        let directory = Directory::new(database.clone(), Arc::new(clock.clone()), randomness, public_url);
        directory.migrate().await.unwrap();
        Self {
            directory,
            clock,
            small: seed::organization(Size::Small, SEED),
            other: seed::other_small_organization(SEED),
        }
    }

    pub fn id_of(&self, part: NamedPerson) -> PersonId {
        PersonId::new(self.small.named(part).unwrap().id)
    }

    pub fn stranger(&self) -> PersonId {
        PersonId::new(self.other.people[0].id)
    }

    /// Somebody of the small organization with a token of every scope.
    pub async fn caller(&self, part: NamedPerson) -> Caller {
        self.caller_with(part, EVERY_SCOPE).await
    }

    pub async fn caller_with(&self, part: NamedPerson, scopes: &str) -> Caller {
        self.caller_of(self.id_of(part), scopes).await
    }

    pub async fn caller_of(&self, person_id: PersonId, scopes: &str) -> Caller {
        hub_test::token_caller(&self.directory, person_id, scopes).await
    }

    pub async fn session(&self, part: NamedPerson) -> Caller {
        hub_test::session_caller(&self.directory, self.id_of(part)).await
    }

    pub fn app(&self, caller: Option<Caller>) -> App {
        let routes = Router::new()
            .merge(hub_directory::api_router(self.directory.clone()))
            .merge(hub_directory::pages_router(self.directory.clone()));
        hub_test::app(routes, caller)
    }

    pub async fn app_of(&self, part: NamedPerson) -> App {
        self.app(Some(self.caller(part).await))
    }

    pub async fn admin(&self) -> App {
        self.app_of(NamedPerson::FullAdmin).await
    }

    pub fn organization_id(&self) -> OrganizationId {
        OrganizationId::new(self.small.id)
    }

    pub fn license(&self, kind: seed::LicenseKind) -> String {
        PublicId::new(
            ResourceKind::License,
            self.small.license(kind).unwrap().value.clone(),
        )
        .to_string()
    }

    pub fn location(&self, position: usize) -> String {
        public(ResourceKind::Location, self.small.locations[position].id)
    }
}

pub const EVERY_SCOPE: &str = "spark:people_read spark-admin:people_read spark-admin:people_write spark-admin:roles_read \
     spark-admin:organizations_read spark-admin:licenses_read spark-admin:locations_read spark-admin:locations_write \
     spark-admin:telephony_config_read spark-admin:telephony_config_write";

pub fn public(kind: ResourceKind, uuid: kit::Uuid) -> String {
    PublicId::of_uuid(kind, uuid).to_string()
}

pub fn person(id: PersonId) -> String {
    public(ResourceKind::People, id.uuid())
}

pub fn role(role: Role) -> String {
    role.id().to_string()
}

/// Writes down every change that it hears of.
#[derive(Default)]
pub struct Listener {
    pub heard: Mutex<Vec<PersonChange>>,
    pub refuses: bool,
}

#[async_trait]
impl PersonChanged for Listener {
    async fn person_changed(&self, _transaction: &mut Transaction, change: &PersonChange) -> Result<()> {
        self.heard.lock().unwrap().push(change.clone());
        if self.refuses {
            Err(kit::Error::unavailable("The listener refuses."))
        } else {
            Ok(())
        }
    }
}

/// Keeps the passwords that the pages give out.
#[derive(Default)]
pub struct Passwords(pub Mutex<Vec<(PersonId, String)>>);

#[async_trait]
impl InitialPassword for Passwords {
    async fn set(&self, person: PersonId, password: &SecretString) -> Result<()> {
        self.0
            .lock()
            .unwrap()
            .push((person, password.expose_secret().to_owned()));
        Ok(())
    }
}

/// What the stack derives for a browser from the key of these tests.
pub fn csrf_token(browser: &str) -> String {
    use base64::Engine as _;
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &[7; 32]);
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .encode(aws_lc_rs::hmac::sign(&key, browser.as_bytes()).as_ref())
}
