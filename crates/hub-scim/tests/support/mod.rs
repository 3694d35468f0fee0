//! What the tests of this crate share: two seeded organizations, callers, a driven application.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::sync::Arc;

use axum::Router;
use hub_directory::seed::{self, NamedPerson};
use hub_directory::{Caller, Directory, PersonId, SeedOrganization, Size};
use hub_scim::Scim;
use kit::{ManualClock, SeededRandomness, Timestamp};
use kit_sql::Database;
use kit_test::{Answer, App};
use serde_json::{Value, json};

pub const SEED: u64 = 7;

/// A directory with the organization of the demonstration and another one, and their SCIM side.
pub struct World {
    pub directory: Directory,
    pub scim: Scim,
    pub clock: ManualClock,
    pub own: SeedOrganization,
    pub other: SeedOrganization,
}

impl World {
    pub async fn new(database: &Database) -> Self {
        Self::sized(database, Size::Small).await
    }

    pub async fn sized(database: &Database, size: Size) -> Self {
        let clock = ManualClock::at(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS));
        let public_url = hub_test::public_url();
        let directory = Directory::new(
            database.clone(),
            Arc::new(clock.clone()),
            Arc::new(SeededRandomness::new(1)),
            public_url,
        );
        let scim = Scim::new(
            database.clone(),
            Arc::new(clock.clone()),
            Arc::new(SeededRandomness::new(3)),
            directory.clone(),
        );
        directory.migrate().await.unwrap();
        scim.migrate().await.unwrap();
        directory.with_listener(scim.listener());
        let own = seed::organization(size, SEED);
        let other = seed::other_small_organization(SEED);
        for organization in [&own, &other] {
            directory.seed(organization).await.unwrap();
            scim.seed(organization).await.unwrap();
        }
        Self {
            directory,
            scim,
            clock,
            own,
            other,
        }
    }

    pub fn id_of(&self, part: NamedPerson) -> PersonId {
        PersonId::new(self.own.named(part).unwrap().id)
    }

    pub async fn caller(&self, part: NamedPerson, scopes: &str) -> Caller {
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
            .merge(hub_scim::api_router(self.scim.clone()))
            .merge(hub_scim::pages_router(self.scim.clone()))
            .merge(hub_directory::api_router(self.directory.clone()));
        hub_test::app(routes, caller)
    }

    pub async fn admin(&self) -> Client {
        let caller = self.caller(NamedPerson::FullAdmin, EVERY_SCOPE).await;
        self.client(caller)
    }

    pub fn client(&self, caller: Caller) -> Client {
        Client {
            base: format!("/identity/scim/{}/v2", caller.organization_id),
            app: self.app(Some(caller)),
        }
    }
}

pub const EVERY_SCOPE: &str = "spark:people_read spark-admin:people_read spark-admin:people_write identity:people_read \
     identity:people_rw identity:groups_read identity:groups_rw identity:organizations_read identity:organizations_rw";

/// Speaks SCIM for one caller.
pub struct Client {
    pub app: App,
    pub base: String,
}

impl Client {
    pub fn path(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.app.get(&self.path(path)).send().await
    }

    /// A search by these query parameters.
    pub async fn search(&self, path: &str, pairs: &[(&str, &str)]) -> Value {
        let answer = self.search_answer(path, pairs).await;
        assert_eq!(answer.status, 200, "{pairs:?}: {}", answer.body);
        answer.json()
    }

    pub async fn search_answer(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(pairs);
        self.get(&format!("{path}?{}", query.finish())).await
    }

    pub async fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        let method = method.parse().unwrap();
        self.app.request(method, &self.path(path)).json(body).send().await
    }

    pub async fn send_if(&self, method: &str, path: &str, tag: &str, body: &Value) -> Answer {
        let request = self.app.request(method.parse().unwrap(), &self.path(path));
        request.header("if-match", tag).json(body).send().await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.app.delete(&self.path(path)).send().await
    }

    /// Makes a user; answers it.
    pub async fn made(&self, body: &Value) -> Value {
        let answer = self.send("POST", "/Users", body).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()
    }

    pub async fn patched(&self, path: &str, operations: &Value) -> Value {
        let answer = self.patch_answer(path, operations).await;
        assert_eq!(answer.status, 200, "{operations}: {}", answer.body);
        answer.json()
    }

    pub async fn patch_answer(&self, path: &str, operations: &Value) -> Answer {
        let body =
            json!({ "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": operations });
        self.send("PATCH", path, &body).await
    }
}

/// Where a resource stands below the base.
pub fn user_path(user: &Value) -> String {
    format!("/Users/{}", user["id"].as_str().unwrap())
}

pub fn group_path(group: &Value) -> String {
    format!("/Groups/{}", group["id"].as_str().unwrap())
}

/// The word of SCIM for what was wrong.
pub fn refused(answer: &Answer, status: u16, word: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    let body = answer.json();
    assert_eq!(body["scimType"], word, "{body}");
    assert_eq!(body["status"], status.to_string());
    assert!(body["detail"].as_str().unwrap().len() > 10, "{body}");
}

pub fn ids(found: &Value) -> Vec<String> {
    let resources = found["Resources"].as_array().unwrap();
    resources
        .iter()
        .map(|resource| resource["id"].as_str().unwrap().to_owned())
        .collect()
}

/// What the stack derives for a browser from the key of these tests.
pub fn csrf_token(browser: &str) -> String {
    use base64::Engine as _;
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &[7; 32]);
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .encode(aws_lc_rs::hmac::sign(&key, browser.as_bytes()).as_ref())
}
