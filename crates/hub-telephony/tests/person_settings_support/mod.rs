//! What the tests of a person's call settings share: two seeded organizations, callers, a driven application.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::sync::Arc;

use axum::{Extension, Router};
use hub_directory::seed::{self, NamedPerson, SeedPerson};
use hub_directory::{Caller, CallerOrigin, Directory, OrganizationId, PersonId, SeedOrganization, Size};
use hub_numbers::{Numbers, OwnerKind};
use hub_telephony::Telephony;
use kit::{ManualClock, SeededRandomness, Timestamp, Uuid};
use kit_sql::{Database, sql};
use kit_test::{Answer, App};
use kit_web::{Product, PublicUrl, Stack};
use serde_json::Value;
use webex::{PublicId, ResourceKind, ScopeSet};

pub const HOST: &str = "127.0.0.1:8080";
const SEED: u64 = 7;

/// The slices wired to each other as in the Hub.
pub struct World {
    pub database: Database,
    pub directory: Directory,
    pub numbers: Numbers,
    pub telephony: Telephony,
    pub small: SeedOrganization,
    pub other: SeedOrganization,
}

impl World {
    pub async fn new(database: &Database) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS)));
        let randomness = Arc::new(SeededRandomness::new(1));
        let public_url = PublicUrl::parse(&format!("http://{HOST}")).unwrap();
        let directory = Directory::new(database.clone(), clock.clone(), randomness.clone(), public_url);
        let numbers = Numbers::new(
            database.clone(),
            clock.clone(),
            randomness.clone(),
            directory.clone(),
        );
        let telephony = Telephony::new(
            database.clone(),
            clock,
            randomness,
            directory.clone(),
            numbers.clone(),
        );
        directory.migrate().await.unwrap();
        numbers.migrate().await.unwrap();
        telephony.migrate().await.unwrap();
        numbers.with_release_listener(telephony.release_listener());
        directory.with_listener(numbers.listener());
        directory.with_location_listener(numbers.location_listener());
        let world = Self {
            database: database.clone(),
            directory,
            numbers,
            telephony,
            small: seed::organization(Size::Small, SEED),
            other: seed::other_small_organization(SEED),
        };
        for organization in [&world.small, &world.other] {
            world.directory.seed(organization).await.unwrap();
            world.numbers.seed(organization).await.unwrap();
            world.telephony.seed(organization).await.unwrap();
        }
        world
    }

    pub fn named(&self, part: NamedPerson) -> &SeedPerson {
        self.small.named(part).unwrap()
    }

    pub fn id_of(&self, part: NamedPerson) -> PersonId {
        PersonId::new(self.named(part).id)
    }

    pub fn organization_id(&self) -> OrganizationId {
        OrganizationId::new(self.small.id)
    }

    pub async fn caller_with(&self, part: NamedPerson, scopes: &str) -> Caller {
        let person_id = self.id_of(part);
        let account = self.directory.account(person_id).await.unwrap().unwrap();
        Caller {
            person_id,
            organization_id: account.organization_id,
            roles: account.roles,
            scopes: ScopeSet::parse(scopes).unwrap(),
            origin: CallerOrigin::Token {
                client_id: "C1".to_owned(),
                token_hash: "h".to_owned(),
            },
            shares_presence: account.shares_presence,
        }
    }

    pub async fn session(&self, part: NamedPerson) -> Caller {
        Caller {
            origin: CallerOrigin::Session,
            scopes: ScopeSet::default(),
            ..self.caller_with(part, "").await
        }
    }

    pub fn app(&self, caller: Option<Caller>) -> App {
        let router = Router::new()
            .merge(hub_telephony::api_router(self.telephony.clone()))
            .merge(hub_telephony::pages_router(self.telephony.clone()));
        let router = match caller {
            Some(caller) => router.layer(Extension(caller)),
            None => router,
        };
        let options = Stack {
            product: Product::Hub,
            public_url: PublicUrl::parse(&format!("http://{HOST}")).unwrap(),
            further_hosts: Vec::new(),
            csrf_key: [7; 32],
            randomness: Arc::new(SeededRandomness::new(2)),
        };
        App::new(kit_web::stack(router, options), HOST)
    }

    pub async fn app_of(&self, part: NamedPerson) -> App {
        self.app(Some(self.caller_with(part, EVERY_SCOPE).await))
    }

    pub async fn admin(&self) -> App {
        self.app_of(NamedPerson::FullAdmin).await
    }

    pub async fn browser_of(&self, part: NamedPerson) -> App {
        self.app(Some(self.session(part).await))
    }

    /// The first workspace or virtual line of the small organization.
    pub async fn something_of(&self, kind: OwnerKind) -> Uuid {
        let query = hub_numbers::HolderQuery {
            kinds: vec![kind],
            max: 1,
            ..hub_numbers::HolderQuery::default()
        };
        let found = self
            .numbers
            .find_holders((&self.database).into(), self.organization_id(), &query)
            .await
            .unwrap();
        found.first().expect("the seed has one").owner.id
    }

    /// How many rows these settings take.
    pub async fn rows(&self) -> i64 {
        sql("SELECT (SELECT count(*) FROM person_setting) + (SELECT count(*) FROM person_monitored) AS n")
            .one(&self.database)
            .await
            .unwrap()
            .integer("n")
            .unwrap()
    }
}

pub const EVERY_SCOPE: &str = "spark:people_read spark:people_write spark:telephony_config_read spark:telephony_config_write \
     spark-admin:people_read spark-admin:people_write spark-admin:telephony_config_read spark-admin:telephony_config_write \
     spark-admin:workspaces_read spark-admin:workspaces_write";

pub fn public(kind: ResourceKind, uuid: Uuid) -> String {
    PublicId::of_uuid(kind, uuid).to_string()
}

pub fn person(id: PersonId) -> String {
    public(ResourceKind::People, id.uuid())
}

pub fn feature(id: PersonId, name: &str) -> String {
    format!("/v1/people/{}/features/{name}", person(id))
}

/// The answer, which must be 200.
pub async fn got(app: &App, path: &str) -> Value {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

/// Sends it and expects 204.
pub async fn put(app: &App, path: &str, body: &Value) {
    let answer = app.put(path).json(body).send().await;
    assert_eq!(answer.status, 204, "{path}: {}", answer.body);
    assert_eq!(answer.body, "");
}

/// The sentence of a refusal with its status.
pub fn refusal(answer: &Answer) -> String {
    format!(
        "{} {}",
        answer.status.as_u16(),
        answer.json()["message"].as_str().unwrap()
    )
}
