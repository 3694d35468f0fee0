//! What the tests of workspaces and virtual lines share: two seeded organizations, callers, a driven application.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::sync::Arc;

use axum::Router;
use hub_directory::seed::{self, LicenseKind, NamedPerson, SeedPerson};
use hub_directory::{Caller, Directory, OrganizationId, PersonId, SeedOrganization, Size};
use hub_numbers::Numbers;
use hub_telephony::Telephony;
use kit::{ManualClock, SeededRandomness, Timestamp};
use kit_sql::Database;
use kit_test::{Answer, App};
use serde_json::{Value, json};
use webex::{PublicId, ResourceKind};

const SEED: u64 = 7;

pub const EVERY_SCOPE: &str = "spark:people_read spark:people_write spark:telephony_config_read spark:telephony_config_write \
     spark-admin:people_read spark-admin:people_write spark-admin:licenses_read spark-admin:locations_read spark-admin:locations_write spark-admin:telephony_config_read spark-admin:telephony_config_write \
     spark-admin:workspaces_read spark-admin:workspaces_write";

pub const WORKSPACES: &str = "/v1/workspaces";
pub const LINES: &str = "/v1/telephony/config/virtualLines";

/// Positions of the small organization's locations.
pub const BOSTON: usize = 0;
pub const CHICAGO: usize = 1;

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
        let world = Self::empty(database).await;
        for organization in [&world.small, &world.other] {
            world.seed(organization).await;
        }
        world
    }

    pub async fn empty(database: &Database) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS)));
        let randomness = Arc::new(SeededRandomness::new(1));
        let public_url = hub_test::public_url();
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
        directory.with_location_listener(telephony.location_listener());
        directory.with_listener(numbers.listener());
        directory.with_location_listener(numbers.location_listener());
        Self {
            database: database.clone(),
            directory,
            numbers,
            telephony,
            small: seed::organization(Size::Small, SEED),
            other: seed::other_small_organization(SEED),
        }
    }

    pub async fn seed(&self, organization: &SeedOrganization) {
        self.directory.seed(organization).await.unwrap();
        self.numbers.seed(organization).await.unwrap();
        self.telephony.seed(organization).await.unwrap();
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
        self.caller_of(self.id_of(part), scopes).await
    }

    async fn caller_of(&self, person_id: PersonId, scopes: &str) -> Caller {
        hub_test::token_caller(&self.directory, person_id, scopes).await
    }

    pub async fn session(&self, part: NamedPerson) -> Caller {
        hub_test::session_caller(&self.directory, self.id_of(part)).await
    }

    pub fn app(&self, caller: Option<Caller>) -> App {
        let routes = Router::new()
            .merge(hub_directory::api_router(self.directory.clone()))
            .merge(hub_telephony::api_router(self.telephony.clone()))
            .merge(hub_telephony::pages_router(self.telephony.clone()));
        hub_test::app(routes, caller)
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

    /// A Full Admin of the other organization.
    pub async fn stranger(&self) -> App {
        let id = self
            .other
            .named_people()
            .find(|person| person.named == Some(NamedPerson::FullAdmin))
            .map_or(self.other.people[0].id, |person| person.id);
        let mut caller = self.caller_of(PersonId::new(id), EVERY_SCOPE).await;
        caller.roles = vec![webex::Role::FullAdministrator];
        self.app(Some(caller))
    }

    pub fn location(&self, position: usize) -> String {
        public(ResourceKind::Location, self.small.locations[position].id)
    }

    /// A spare number of a location that nothing of the seed holds.
    pub fn spare(&self, position: usize, index: usize) -> String {
        self.small.locations[position].spare_numbers[5 + index].to_string()
    }

    /// A spare extension of a location that nothing of the seed holds.
    pub fn extension(&self, position: usize, index: u32) -> String {
        (self.small.locations[position].first_spare_extension + 150 + index).to_string()
    }

    pub fn license(&self, kind: LicenseKind) -> String {
        let value = self.small.license(kind).unwrap().value.clone();
        PublicId::new(ResourceKind::License, value).to_string()
    }

    /// Used, and used by workspaces.
    pub async fn units(&self, kind: LicenseKind) -> (i64, i64) {
        let path = format!("/v1/licenses/{}", self.license(kind));
        let license = get(&self.admin().await, &path).await;
        (
            license["consumedUnits"].as_i64().unwrap(),
            license["consumedByWorkspaces"].as_i64().unwrap(),
        )
    }
}

pub fn public(kind: ResourceKind, uuid: kit::Uuid) -> String {
    PublicId::of_uuid(kind, uuid).to_string()
}

/// The UUID inside a public id, as pages name it.
pub fn raw(kind: ResourceKind, id: &str) -> String {
    PublicId::parse_uuid(kind, id).unwrap().to_string()
}

pub async fn get(app: &App, path: &str) -> Value {
    let answer = app.get(path).send().await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()
}

pub async fn post(app: &App, path: &str, body: &Value) -> Answer {
    app.post(path).json(body).send().await
}

pub async fn put(app: &App, path: &str, body: &Value) -> Answer {
    app.request(http::Method::PUT, path).json(body).send().await
}

pub async fn delete(app: &App, path: &str) -> Answer {
    app.request(http::Method::DELETE, path).send().await
}

pub fn names(list: &Value, key: &str) -> Vec<String> {
    list[key]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["displayName"].as_str().unwrap().to_owned())
        .collect()
}

/// The id of the object with this name.
pub async fn id_of(app: &App, list: &str, key: &str, name: &str) -> String {
    let found = get(app, list).await;
    let items = found[key].as_array().unwrap().clone();
    let item = items.iter().find(|item| item["displayName"] == name);
    item.unwrap_or_else(|| panic!("no {name} in {found}"))["id"]
        .as_str()
        .unwrap()
        .to_owned()
}

pub async fn workspace(app: &App, name: &str) -> String {
    id_of(app, WORKSPACES, "items", name).await
}

pub async fn line(app: &App, name: &str) -> String {
    id_of(app, LINES, "virtualLines", name).await
}

/// The path of the next page.
pub fn next(answer: &Answer) -> Option<String> {
    let link = answer.header("link")?;
    let url = link.strip_prefix('<')?.split('>').next()?;
    Some(
        url.strip_prefix(&format!("http://{}", hub_test::HOST))?
            .to_owned(),
    )
}

/// A workspace with Webex Calling, as a client sends it.
pub fn calling(name: &str, location: &str, number: Option<&str>, extension: Option<&str>) -> Value {
    json!({
        "displayName": name,
        "calling": { "type": "webexCalling", "webexCalling": {
            "locationId": location, "phoneNumber": number, "extension": extension,
        } },
    })
}

/// What the stack derives for a browser from the key of these tests.
pub fn csrf_token(browser: &str) -> String {
    use base64::Engine as _;
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &[7; 32]);
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .encode(aws_lc_rs::hmac::sign(&key, browser.as_bytes()).as_ref())
}
