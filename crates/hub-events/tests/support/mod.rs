#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
#![allow(dead_code, reason = "each test file uses a part of it")]

pub(crate) mod receiver;

use std::collections::{HashMap, HashSet};
use std::io;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::Extension;
use hub_caller::{Caller, CallerOrigin, OrganizationId, PersonId};
use hub_events::{
    ClientCheck, Events, EventsOptions, EventsParts, GrantStanding, Initiator, KnownNames, KnownPerson,
    Letter, NameLookup, Recorder, SecurityEvent, SecurityEventKind, SetSigner, Subject, WebhookNews,
};
use kit::{ExposeSecret as _, ManualClock, Result, SecretString, SeededRandomness, Timestamp, Uuid};
use kit_sql::Database;
use kit_test::App;
use kit_web::{Product, PublicUrl, Stack};
use serde_json::{Value, json};
use webex::{Role, ScopeSet};

pub(crate) const HOST: &str = "127.0.0.1:8080";
pub(crate) const ISSUER: &str = "http://127.0.0.1:8080";
pub(crate) const CLIENT: &str = "C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c";
pub(crate) const OTHER_CLIENT: &str = "C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120";

pub(crate) const fn organization(number: u128) -> OrganizationId {
    OrganizationId::new(Uuid::from_u128(
        0xaaaa_0000_0000_4000_8000_0000_0000_0000 + number,
    ))
}

pub(crate) const fn person(number: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(
        0xbbbb_0000_0000_4000_8000_0000_0000_0000 + number,
    ))
}

pub(crate) const fn grant(number: u128) -> Uuid {
    Uuid::from_u128(0xcccc_0000_0000_4000_8000_0000_0000_0000 + number)
}

/// What the other slices would know.
#[derive(Default)]
pub(crate) struct Neighbours {
    pub(crate) dead_grants: Mutex<HashSet<Uuid>>,
    pub(crate) without_role: Mutex<HashSet<PersonId>>,
}

#[async_trait]
impl GrantStanding for Neighbours {
    async fn lives(&self, grant_id: Uuid) -> Result<bool> {
        Ok(!self.dead_grants.lock().unwrap().contains(&grant_id))
    }
}

/// The signature of a test is none: whoever wants to check one does so over the whole Hub.
#[async_trait]
impl SetSigner for Neighbours {
    async fn sign(&self, claims: &Value) -> Result<String> {
        Ok(claims.to_string())
    }
}

#[async_trait]
impl ClientCheck for Neighbours {
    async fn is_secret_of(&self, client_id: &str, secret: &SecretString) -> Result<bool> {
        Ok(secret.expose_secret() == format!("secret of {client_id}"))
    }
}

#[async_trait]
impl KnownNames for Neighbours {
    async fn person(&self, person_id: PersonId) -> Result<Option<KnownPerson>> {
        Ok(Some(KnownPerson {
            organization_id: organization(1),
            name: "Ada Adler".to_owned(),
            email: format!("{person_id}@kestrel.example"),
            administers: !self.without_role.lock().unwrap().contains(&person_id),
        }))
    }

    async fn organization(&self, _: OrganizationId) -> Result<Option<String>> {
        Ok(Some("Kestrel Bay Logistics".to_owned()))
    }
}

/// Names that mean what a test wants.
#[derive(Default)]
pub(crate) struct InventedNames(pub(crate) HashMap<String, Vec<IpAddr>>);

#[async_trait]
impl NameLookup for InventedNames {
    async fn addresses(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        self.0
            .get(name)
            .cloned()
            .ok_or_else(|| io::Error::other("nobody has this name"))
    }
}

/// One node of a Hub, as far as this slice goes.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) clock: ManualClock,
    pub(crate) recorder: Recorder,
    pub(crate) events: Events,
    pub(crate) neighbours: Arc<Neighbours>,
    pub(crate) folder: Arc<tempfile::TempDir>,
}

pub(crate) fn start() -> Timestamp {
    Timestamp::parse("2026-11-24T09:00:00Z").unwrap()
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        Self::with(database, |options| options.allow_private_targets = true).await
    }

    pub(crate) async fn with(database: Database, choose: impl FnOnce(&mut EventsOptions)) -> Self {
        hub_events::migrate(&database).await.unwrap();
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let mut options = EventsOptions::strict(folder.path().join("mail"));
        options.patience = Duration::from_secs(10);
        choose(&mut options);
        let clock = ManualClock::at(start());
        let neighbours = Arc::new(Neighbours::default());
        Self::open(database, clock, neighbours, folder, options, 1)
    }

    fn open(
        database: Database,
        clock: ManualClock,
        neighbours: Arc<Neighbours>,
        folder: Arc<tempfile::TempDir>,
        options: EventsOptions,
        seed: u64,
    ) -> Self {
        let randomness = Arc::new(SeededRandomness::new(seed));
        let recorder = Recorder::new(Arc::new(clock.clone()), randomness.clone());
        let events = Events::new(EventsParts {
            database: database.clone(),
            clock: Arc::new(clock.clone()),
            randomness,
            public_url: PublicUrl::parse(ISSUER).unwrap(),
            recorder: recorder.clone(),
            grants: neighbours.clone(),
            signer: neighbours.clone(),
            clients: neighbours.clone(),
            names: neighbours.clone(),
            options,
        })
        .unwrap();
        Self {
            database,
            clock,
            recorder,
            events,
            neighbours,
            folder,
        }
    }

    /// Another process on the same database, or the same one after a restart.
    pub(crate) fn another_node(&self) -> Self {
        let mut options = EventsOptions::strict(self.folder.path().join("mail"));
        options.allow_private_targets = true;
        Self::open(
            self.database.clone(),
            self.clock.clone(),
            self.neighbours.clone(),
            self.folder.clone(),
            options,
            2,
        )
    }

    pub(crate) async fn pass(&self, duration: Duration) {
        self.clock.advance(duration).await;
    }

    pub(crate) fn kill_grant(&self, id: Uuid) {
        self.neighbours.dead_grants.lock().unwrap().insert(id);
    }

    pub(crate) fn app(&self, caller: Option<Caller>) -> App {
        let routes =
            hub_events::api_router(self.events.clone()).merge(hub_events::pages_router(self.events.clone()));
        let routes = match caller {
            Some(caller) => routes.layer(Extension(caller)),
            None => routes,
        };
        let stack = Stack {
            product: Product::Hub,
            public_url: PublicUrl::parse(ISSUER).unwrap(),
            further_hosts: Vec::new(),
            csrf_key: [7; 32],
            randomness: Arc::new(SeededRandomness::new(3)),
        };
        App::new(kit_web::stack(routes, stack), HOST)
    }

    /// A webhook that hears of every call of the organization; its id.
    pub(crate) async fn webhook(&self, caller: &Caller, target: &str) -> String {
        let body = json!({
            "name": format!("to {target}"), "targetUrl": target, "resource": "telephony_calls", "event": "created", "secret": "s3cret",
        });
        let answer = self
            .app(Some(caller.clone()))
            .post("/v1/webhooks")
            .json(&body)
            .send()
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn call(&self, number: i64) {
        let mut transaction = self.database.begin().await.unwrap();
        let news = call_news(number);
        self.recorder
            .tell_webhooks(&mut transaction, &news)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
    }

    pub(crate) async fn happen(&self, subject: Subject, kind: SecurityEventKind) {
        let mut transaction = self.database.begin().await.unwrap();
        let event = security_event(subject, kind);
        self.recorder.announce(&mut transaction, &event).await.unwrap();
        transaction.commit().await.unwrap();
    }

    pub(crate) async fn write(&self, letter: &Letter) {
        let mut transaction = self.database.begin().await.unwrap();
        self.recorder.send(&mut transaction, letter).await.unwrap();
        transaction.commit().await.unwrap();
    }

    /// A stream; its id.
    pub(crate) async fn stream(&self, caller: &Caller, delivery: Value) -> String {
        let answer = self
            .app(Some(caller.clone()))
            .post("/v1/ssf/stream")
            .json(&json!({ "delivery": delivery }))
            .send()
            .await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()["stream_id"].as_str().unwrap().to_owned()
    }

    /// Asks a poll stream at once; the claims of what it gives, in no order.
    pub(crate) async fn poll(&self, caller: &Caller, stream: &str, ack: &[String]) -> Vec<Value> {
        let answer = self
            .app(Some(caller.clone()))
            .post(&format!("/v1/ssf/poll/{stream}"))
            .json(&json!({ "returnImmediately": true, "ack": ack }))
            .send()
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        sets_of(&answer.json())
    }
}

pub(crate) fn sets_of(answer: &Value) -> Vec<Value> {
    let sets = answer["sets"].as_object().unwrap();
    sets.values()
        .map(|token| serde_json::from_str(token.as_str().unwrap()).unwrap())
        .collect()
}

/// The last words of our own event types in a token.
pub(crate) fn own_word(claims: &Value) -> String {
    let events = claims["events"].as_object().unwrap();
    let own = events.keys().find(|uri| uri.starts_with(ISSUER));
    let uri = own.unwrap_or_else(|| events.keys().next().unwrap());
    uri.rsplit('/').next().unwrap().to_owned()
}

pub(crate) fn jti(claims: &Value) -> String {
    claims["jti"].as_str().unwrap().to_owned()
}

pub(crate) fn call_news(number: i64) -> WebhookNews {
    WebhookNews {
        organization_id: organization(1),
        resource: "telephony_calls",
        event: "created",
        actor_id: Some(person(7)),
        owner_client_id: None,
        owner_person_id: None,
        data: json!({"callId": number, "state": "alerting"}),
    }
}

pub(crate) fn security_event(subject: Subject, kind: SecurityEventKind) -> SecurityEvent {
    SecurityEvent {
        organization_id: organization(1),
        subject,
        kind,
        initiator: Initiator::Admin,
        reason: format!("{} in a test.", kind.word()),
    }
}

/// A Full Admin's token of the first organization.
pub(crate) fn admin(person_number: u128, grant_number: u128) -> Caller {
    Caller {
        person_id: person(person_number),
        organization_id: organization(1),
        roles: vec![Role::FullAdministrator],
        scopes: ScopeSet::parse(
            "spark-admin:calls_read spark-admin:people_read spark:people_read audit:events_read application:webhooks_write",
        )
        .unwrap(),
        origin: CallerOrigin::Token {
            client_id: CLIENT.to_owned(),
            token_hash: "h".to_owned(),
            grant_id: grant(grant_number),
        },
        shares_presence: true,
    }
}

pub(crate) fn with_client(mut caller: Caller, client: &str) -> Caller {
    if let CallerOrigin::Token { client_id, .. } = &mut caller.origin {
        client.clone_into(client_id);
    }
    caller
}

/// Somebody without a role.
pub(crate) fn user(person_number: u128, grant_number: u128) -> Caller {
    Caller {
        roles: Vec::new(),
        scopes: ScopeSet::parse("spark:calls_read spark:people_read").unwrap(),
        ..admin(person_number, grant_number)
    }
}

pub(crate) fn at_a_browser(caller: &Caller) -> Caller {
    Caller {
        origin: CallerOrigin::Session,
        ..caller.clone()
    }
}
