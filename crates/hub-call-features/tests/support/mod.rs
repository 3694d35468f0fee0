//! What the tests of this crate share: two seeded organizations with their numbers, callers, a driven application.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::sync::Arc;

use axum::Router;
use hub_call_features::CallFeatures;
use hub_directory::seed::{self, NamedPerson, SeedLocation, SeedPerson};
use hub_directory::{Caller, Directory, OrganizationId, PersonId, SeedOrganization, Size};
use hub_numbers::Numbers;
use kit::{ManualClock, SeededRandomness, Timestamp, Uuid};
use kit_sql::Database;
use kit_test::App;
use serde_json::Value;
use webex::{PublicId, ResourceKind};

pub const SEED: u64 = 7;

/// The slices that this one needs, with the organization of the demonstration and another one.
pub struct World {
    pub database: Database,
    pub directory: Directory,
    pub numbers: Numbers,
    pub features: CallFeatures,
    pub clock: ManualClock,
    pub small: SeedOrganization,
    pub other: SeedOrganization,
}

impl World {
    /// Everything seeded.
    pub async fn new(database: &Database) -> Self {
        let world = Self::empty(database).await;
        for organization in [&world.small, &world.other] {
            world.directory.seed(organization).await.unwrap();
            world.numbers.seed(organization).await.unwrap();
            world.features.seed(organization).await.unwrap();
        }
        world
    }

    /// Nothing seeded.
    pub async fn empty(database: &Database) -> Self {
        let clock = ManualClock::at(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS));
        let randomness = Arc::new(SeededRandomness::new(1));
        let public_url = hub_test::public_url();
        let shared = Arc::new(clock.clone());
        let directory = Directory::new(database.clone(), shared.clone(), randomness.clone(), public_url);
        let numbers = Numbers::new(
            database.clone(),
            shared.clone(),
            randomness.clone(),
            directory.clone(),
        );
        let features = CallFeatures::new(
            database.clone(),
            shared,
            randomness,
            directory.clone(),
            numbers.clone(),
        );
        directory.migrate().await.unwrap();
        numbers.migrate().await.unwrap();
        features.migrate().await.unwrap();
        // As the composition wires them.
        directory.with_listener(features.listener());
        directory.with_location_listener(features.location_listener());
        numbers.with_release_listener(features.release_listener());
        directory.with_listener(numbers.listener());
        directory.with_location_listener(numbers.location_listener());
        Self {
            database: database.clone(),
            directory,
            numbers,
            features,
            clock,
            small: seed::organization(Size::Small, SEED),
            other: seed::other_small_organization(SEED),
        }
    }

    pub fn id_of(&self, part: NamedPerson) -> PersonId {
        PersonId::new(self.small.named(part).unwrap().id)
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
            .merge(hub_call_features::api_router(self.features.clone()))
            .merge(hub_call_features::pages_router(self.features.clone()))
            .merge(hub_directory::api_router(self.directory.clone()));
        hub_test::app(routes, caller)
    }

    /// The public API as the Full Admin uses it.
    pub async fn admin(&self) -> App {
        self.app(Some(self.caller(NamedPerson::FullAdmin).await))
    }

    /// The pages as the Full Admin uses them.
    pub async fn browser(&self) -> App {
        self.app(Some(self.session(NamedPerson::FullAdmin).await))
    }

    pub fn organization_id(&self) -> OrganizationId {
        OrganizationId::new(self.small.id)
    }

    /// A location of the small organization.
    pub fn place(&self, position: usize) -> &SeedLocation {
        &self.small.locations[position]
    }

    pub fn location(&self, position: usize) -> String {
        public(ResourceKind::Location, self.place(position).id)
    }

    /// People with calling at a location, in the order of the seed.
    pub fn callable(&self, position: usize) -> Vec<&SeedPerson> {
        self.small
            .people
            .iter()
            .filter(|person| person.location == position && person.login_enabled)
            .filter(|person| person.licenses.iter().any(|kind| kind.is_calling()))
            .collect()
    }

    /// The id of the first entry of a list, for paths.
    pub async fn first(&self, app: &App, path: &str, list: &str) -> Value {
        let answer = app.get(path).send().await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.json()[list][0].clone()
    }
}

pub const EVERY_SCOPE: &str = "spark:people_read spark-admin:people_read spark-admin:people_write spark-admin:roles_read \
     spark-admin:organizations_read spark-admin:licenses_read spark-admin:locations_read spark-admin:locations_write \
     spark-admin:telephony_config_read spark-admin:telephony_config_write";

pub fn public(kind: ResourceKind, uuid: Uuid) -> String {
    PublicId::of_uuid(kind, uuid).to_string()
}

/// A text of an answer's object.
pub fn word(answer: &kit_test::Answer, key: &str) -> String {
    let text = answer.json()[key].as_str().map(ToOwned::to_owned);
    text.unwrap_or_else(|| panic!("no {key} in: {}", answer.body))
}

pub fn person(id: Uuid) -> String {
    public(ResourceKind::People, id)
}

/// What the stack derives for a browser from the key of these tests.
pub fn csrf_token(browser: &str) -> String {
    use base64::Engine as _;
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &[7; 32]);
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .encode(aws_lc_rs::hmac::sign(&key, browser.as_bytes()).as_ref())
}
