//! What the tests of this crate share: two seeded organizations, callers, a driven application.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use axum::middleware::from_fn_with_state;
use hub_developer::Developer;
use hub_directory::seed::{self, NamedPerson};
use hub_directory::{Account, Caller, Directory, OrganizationId, PersonId, SeedOrganization, Size};
use hub_identity::Identity;
use hub_oauth::{Client, GateDecision, OAuth, PolicyGate};
use kit::{ManualClock, Result, SystemRandomness, Timestamp};
use kit_sql::{Database, Row, sql};
use kit_test::{Answer, App};
use serde_json::{Value, json};
use webex::ScopeSet;

pub const SEED: u64 = 7;
pub const EVERY_SCOPE: &str = "spark:applications_read spark:applications_write spark:applications_token";
pub const CALLBACK: &str = "https://roster.example/callback";
pub const MACHINE_SCOPES: &[&str] = &[
    "spark:people_read",
    "spark-admin:people_read",
    "spark-admin:locations_read",
];

/// The strictest policy for integrations: nothing is allowed. Service Apps must not ask it.
struct NothingAllowed;

#[async_trait]
impl PolicyGate for NothingAllowed {
    async fn decide(&self, _: &Account, _: &Client, _: &ScopeSet, _: Option<&str>) -> Result<GateDecision> {
        Ok(GateDecision::Deny)
    }

    async fn allows(&self, _: OrganizationId, _: PersonId, _: &str, _: Timestamp) -> Result<bool> {
        Ok(false)
    }
}

pub struct World {
    pub database: Database,
    pub directory: Directory,
    pub identity: Identity,
    pub oauth: OAuth,
    pub developer: Developer,
    pub clock: ManualClock,
    pub own: SeedOrganization,
    pub other: SeedOrganization,
}

impl World {
    pub async fn new(database: &Database) -> Self {
        let clock = ManualClock::at(Timestamp::from_millis(seed::REFERENCE_MOMENT_MS));
        let (time, randomness) = (Arc::new(clock.clone()), Arc::new(SystemRandomness));
        let url = hub_test::public_url();
        let directory = Directory::new(database.clone(), time.clone(), randomness.clone(), url.clone());
        let identity = Identity::new(
            database.clone(),
            time.clone(),
            randomness.clone(),
            directory.clone(),
        );
        directory.with_listener(identity.listener());
        let oauth = OAuth::new(
            database.clone(),
            time.clone(),
            randomness.clone(),
            directory.clone(),
            identity.clone(),
            url,
            Arc::new(NothingAllowed),
        );
        let developer = Developer::new(
            database.clone(),
            time,
            randomness,
            directory.clone(),
            oauth.clone(),
        );
        directory.migrate().await.unwrap();
        identity.migrate().await.unwrap();
        oauth.migrate().await.unwrap();
        developer.migrate().await.unwrap();
        let own = seed::organization(Size::Small, SEED);
        let other = seed::other_small_organization(SEED);
        for organization in [&own, &other] {
            directory.seed(organization).await.unwrap();
        }
        Self {
            database: database.clone(),
            directory,
            identity,
            oauth,
            developer,
            clock,
            own,
            other,
        }
    }

    pub fn id_of(&self, part: NamedPerson) -> PersonId {
        PersonId::new(self.own.named(part).unwrap().id)
    }

    pub fn id_of_other(&self, part: NamedPerson) -> PersonId {
        PersonId::new(self.other.named(part).unwrap().id)
    }

    /// Somebody of the own organization with a token of every scope of this slice.
    pub async fn caller(&self, part: NamedPerson) -> Caller {
        hub_test::token_caller(&self.directory, self.id_of(part), EVERY_SCOPE).await
    }

    pub async fn session(&self, part: NamedPerson) -> Caller {
        hub_test::session_caller(&self.directory, self.id_of(part)).await
    }

    /// The same of the other organization.
    pub async fn session_of_other(&self, part: NamedPerson) -> Caller {
        hub_test::session_caller(&self.directory, self.id_of_other(part)).await
    }

    pub fn app(&self, caller: Option<Caller>) -> App {
        let routes = Router::new()
            .merge(hub_developer::api_router(self.developer.clone()))
            .merge(hub_developer::pages_router(self.developer.clone()));
        hub_test::app(routes, caller)
    }

    /// Programs with bearer tokens, as they come from the network.
    pub fn programs(&self) -> App {
        let routes = Router::new()
            .merge(hub_developer::api_router(self.developer.clone()))
            .merge(hub_oauth::api_router(self.oauth.clone()))
            .merge(hub_directory::api_router(self.directory.clone()))
            .layer(from_fn_with_state(self.oauth.clone(), hub_oauth::attach_bearer));
        hub_test::app(routes, None)
    }

    /// A Service App of Heidi's, who has no role, made by the API.
    pub async fn service_app(&self) -> Made {
        let app = self.app(Some(self.caller(NamedPerson::HeidiHarper).await));
        made(&app, &service_app_body()).await
    }

    /// The same, shown to everybody, authorized in the own organization.
    pub async fn authorized_service_app(&self) -> Made {
        let made = self.service_app().await;
        self.submit(&made).await;
        let admin = self.app(Some(self.caller(NamedPerson::FullAdmin).await));
        let path = format!("/v1/applications/{}/authorize", made.id);
        let answer = admin
            .post(&path)
            .json(&json!({ "orgId": self.org_id() }))
            .send()
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        made
    }

    pub async fn submit(&self, made: &Made) {
        let heidi = self.session(NamedPerson::HeidiHarper).await;
        self.developer
            .set_audience(&heidi, &made.client_id, hub_developer::Audience::Everyone)
            .await
            .unwrap();
    }

    /// Asks for tokens as Heidi's other integration.
    pub async fn fetch_tokens(&self, made: &Made) -> Answer {
        let app = self.app(Some(self.caller(NamedPerson::HeidiHarper).await));
        let body = token_body(made, &self.org_id());
        app.post(&format!("/v1/applications/{}/token", made.id))
            .json(&body)
            .send()
            .await
    }

    pub fn org_id(&self) -> String {
        webex::PublicId::of_uuid(webex::ResourceKind::Organization, self.own.id).to_string()
    }

    pub fn other_org_id(&self) -> String {
        webex::PublicId::of_uuid(webex::ResourceKind::Organization, self.other.id).to_string()
    }

    pub async fn rows(&self, statement: &'static str) -> Vec<Row> {
        sql(statement).all(&self.database).await.unwrap()
    }

    /// The lines of the audit, oldest first.
    pub async fn audit(&self) -> Vec<String> {
        let rows = self
            .rows("SELECT action_text FROM events_audit ORDER BY at, id")
            .await;
        rows.iter().map(|row| row.text("action_text").unwrap()).collect()
    }

    /// What the outbox holds of a kind.
    pub async fn outbox(&self, kind: &str) -> Vec<Value> {
        let rows = sql("SELECT payload FROM events_outbox WHERE kind = $1 ORDER BY at, id")
            .bind(kind)
            .all(&self.database)
            .await
            .unwrap();
        rows.iter()
            .map(|row| serde_json::from_str(&row.text("payload").unwrap()).unwrap())
            .collect()
    }
}

/// What the API answered to a registration.
pub struct Made {
    pub id: String,
    pub client_id: String,
    pub secret: String,
}

pub async fn made(app: &App, body: &Value) -> Made {
    let answer = app.post("/v1/applications").json(body).send().await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body = answer.json();
    let text = |key: &str| body[key].as_str().unwrap().to_owned();
    Made {
        id: text("id"),
        client_id: text("clientId"),
        secret: text("clientSecret"),
    }
}

pub fn token_body(made: &Made, org_id: &str) -> Value {
    json!({ "clientId": made.client_id, "clientSecret": made.secret, "targetOrgId": org_id })
}

pub fn service_app_body() -> Value {
    json!({ "type": "authorizedAppIssuer", "name": "Roster Bot", "contactEmail": "dev@roster.example", "scopes": MACHINE_SCOPES,
        "description": "Keeps the roster up to date." })
}

pub fn integration_body() -> Value {
    json!({ "type": "integration", "name": "Roster", "contactEmail": "dev@roster.example", "redirectUrls": [CALLBACK],
        "scopes": ["spark:people_read"] })
}

/// What a browser sends with a form: the page before has set its cookie.
pub async fn send(app: &App, path: &str, pairs: &[(&str, &str)]) -> Answer {
    if app.cookie("trunkline_hub_browser").is_none() {
        app.get("/developer/apps").send().await;
    }
    let csrf = csrf_token(&app.cookie("trunkline_hub_browser").unwrap());
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend(pairs);
    app.post(path).form(&all).send().await
}

/// What the stack derives for a browser from the key of these tests.
pub fn csrf_token(browser: &str) -> String {
    use base64::Engine as _;
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &[7; 32]);
    base64::engine::general_purpose::URL_SAFE_NO_PAD
        .encode(aws_lc_rs::hmac::sign(&key, browser.as_bytes()).as_ref())
}
