use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::middleware::from_fn_with_state;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hub_directory::seed::{NamedPerson, Size, organization};
use hub_directory::{Account, Caller, CallerOrigin, Directory, OrganizationId, PersonId, SeedOrganization};
use hub_identity::Identity;
use hub_oauth::{Client, GateDecision, NewClient, OAuth, PolicyGate};
use kit::{ExposeSecret as _, ManualClock, Result, SecretString, SystemRandomness, Timestamp};
use kit_sql::{Database, sql};
use kit_test::{Answer, App};
use kit_web::{Product, PublicUrl, Stack, stack};
use webex::ScopeSet;

pub(crate) const HUB: &str = "http://127.0.0.1:8080";
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const SYNCH: &str = "C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c";
pub(crate) const OTHER: &str = "C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120";
pub(crate) const CALLBACK: &str = "http://localhost:8090/authorizations/callback";
pub(crate) const ADMIN_SCOPES: &str = "spark-admin:people_read spark:people_read";
// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// A policy that tests switch.
#[derive(Default)]
pub(crate) struct Gate {
    pub(crate) blocked: Mutex<HashSet<String>>,
    pub(crate) captured: Mutex<Vec<(PersonId, String, String)>>,
}

#[async_trait]
impl PolicyGate for Gate {
    async fn decide(
        &self,
        account: &Account,
        client: &Client,
        requested: &ScopeSet,
        _attempt: Option<&str>,
    ) -> Result<GateDecision> {
        if !self.blocked.lock().unwrap().contains(&client.client_id) {
            return Ok(GateDecision::Allow);
        }
        self.captured.lock().unwrap().push((
            account.person_id,
            client.client_id.clone(),
            requested.to_string(),
        ));
        Ok(GateDecision::Deny)
    }

    async fn allows(&self, _: OrganizationId, _: PersonId, client_id: &str, _: Timestamp) -> Result<bool> {
        Ok(!self.blocked.lock().unwrap().contains(client_id))
    }
}

/// A hub with an organization of sixty people, two clients and a policy.
pub(crate) struct World {
    pub(crate) clock: ManualClock,
    pub(crate) directory: Directory,
    pub(crate) identity: Identity,
    pub(crate) oauth: OAuth,
    pub(crate) gate: Arc<Gate>,
    pub(crate) seeded: SeedOrganization,
    pub(crate) database: Database,
    pub(crate) app: App,
    pub(crate) secret: String,
    pub(crate) other_secret: String,
}

/// What a client got.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: String,
}

impl World {
    pub(crate) async fn new(database: Database) -> Self {
        let clock = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        let (time, randomness) = (Arc::new(clock.clone()), Arc::new(SystemRandomness));
        let url = PublicUrl::parse(HUB).unwrap();
        let directory = Directory::new(database.clone(), time.clone(), randomness.clone(), url.clone());
        let identity = Identity::new(
            database.clone(),
            time.clone(),
            randomness.clone(),
            directory.clone(),
        );
        directory.with_listener(identity.listener());
        let gate = Arc::new(Gate::default());
        let oauth = OAuth::new(
            database.clone(),
            time,
            randomness,
            directory.clone(),
            identity.clone(),
            url,
            gate.clone(),
        );
        directory.migrate().await.unwrap();
        identity.migrate().await.unwrap();
        oauth.migrate().await.unwrap();
        let seeded = organization(Size::Small, 1);
        directory.seed(&organization(Size::Small, 1)).await.unwrap();
        let (synch, presence) = (
            "Imagicle UCX Suite Users' Synch from Control Hub",
            "Imagicle Attendant Console Webex Presence Retrieval",
        );
        let secret = register(&oauth, SYNCH, synch, &[CALLBACK]).await;
        let two_uris = [CALLBACK, "https://two.example/cb?tenant=7"];
        let other_secret = register(&oauth, OTHER, presence, &two_uris).await;
        let app = app_of(&identity, &oauth);
        let world = Self {
            clock,
            directory,
            identity,
            oauth,
            gate,
            seeded,
            database,
            app,
            secret,
            other_secret,
        };
        world
            .identity
            .set_password(world.id(NamedPerson::FullAdmin), &SecretString::from(PASSWORD))
            .await
            .unwrap();
        world
    }

    pub(crate) fn id(&self, part: NamedPerson) -> PersonId {
        PersonId::new(self.seeded.named(part).unwrap().id)
    }

    pub(crate) fn organization(&self) -> OrganizationId {
        OrganizationId::new(self.seeded.id)
    }

    pub(crate) async fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds)).await;
    }

    pub(crate) fn block(&self, client_id: &str) {
        self.gate.blocked.lock().unwrap().insert(client_id.to_owned());
    }

    pub(crate) fn unblock(&self, client_id: &str) {
        self.gate.blocked.lock().unwrap().remove(client_id);
    }

    /// A person as use cases want to know who acts.
    pub(crate) async fn acting(&self, part: NamedPerson) -> Caller {
        let account = self.directory.account(self.id(part)).await.unwrap().unwrap();
        Caller {
            person_id: account.person_id,
            organization_id: account.organization_id,
            roles: account.roles,
            scopes: ScopeSet::default(),
            origin: CallerOrigin::Session,
            shares_presence: true,
        }
    }

    /// Signs a browser in; people other than the Full Admin get their password here.
    pub(crate) async fn sign_in(&self, app: &App, part: NamedPerson) {
        let id = self.id(part);
        if self.identity.password_changed_at(id).await.unwrap().is_none() {
            self.identity
                .set_password(id, &SecretString::from(PASSWORD))
                .await
                .unwrap();
        }
        let page = app.get("/sign-in?email=x&return_to=/me").send().await;
        let email = &self.seeded.named(part).unwrap().email;
        let fields = [
            ("csrf", page.field("csrf")),
            ("email", email.clone()),
            ("password", PASSWORD.to_owned()),
            ("return_to", "/me".to_owned()),
        ];
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let done = app.post("/sign-in/password").form(&fields).send().await;
        assert_eq!(done.status, 303, "{}", done.body);
    }

    /// Accepts what the page at `path` asks.
    pub(crate) async fn decide(&self, app: &App, path: &str, decision: &str) -> Answer {
        let page = app.get(path).send().await;
        assert_eq!(page.status, 200, "{}", page.body);
        let (csrf, person) = (page.field("csrf"), page.field("person"));
        app.post(path)
            .form(&[("csrf", &csrf), ("person", &person), ("decision", decision)])
            .send()
            .await
    }

    /// The Full Admin gives `client_id` these scopes; the code comes back.
    pub(crate) async fn code(&self, client_id: &str, scopes: &str) -> String {
        let app = self.app.other_browser();
        self.sign_in(&app, NamedPerson::FullAdmin).await;
        self.code_in(&app, client_id, scopes).await
    }

    pub(crate) async fn code_in(&self, app: &App, client_id: &str, scopes: &str) -> String {
        let begun = app.get(&authorize(client_id, scopes)).send().await;
        let answer = self.decide(app, begun.location(), "accept").await;
        parameter(answer.location(), "code").unwrap_or_else(|| panic!("no code in {}", answer.location()))
    }

    pub(crate) async fn redeem(&self, code: &str) -> Answer {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ])
        .await
    }

    pub(crate) async fn refresh(&self, token: &str) -> Answer {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", token)])
            .await
    }

    /// Asks the token endpoint as Users' Synch.
    pub(crate) async fn token(&self, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("client_id", SYNCH), ("client_secret", self.secret.as_str())];
        all.extend_from_slice(fields);
        self.app
            .other_browser()
            .post("/v1/access_token")
            .form(&all)
            .send()
            .await
    }

    pub(crate) async fn tokens(&self, scopes: &str) -> Tokens {
        let code = self.code(SYNCH, scopes).await;
        tokens_of(&self.redeem(&code).await)
    }

    pub(crate) async fn is_alive(&self, access: &str) -> bool {
        self.oauth.authenticate(access).await.unwrap().is_some()
    }

    pub(crate) fn basic(&self) -> String {
        format!("Basic {}", STANDARD.encode(format!("{SYNCH}:{}", self.secret)))
    }

    /// Every security event so far, in order.
    pub(crate) async fn announced(&self) -> Vec<serde_json::Value> {
        let rows = sql("SELECT payload FROM events_outbox WHERE kind = 'security' ORDER BY at, id")
            .all(&self.database)
            .await
            .unwrap();
        let payload = |row: &kit_sql::Row| serde_json::from_str(&row.text("payload").unwrap()).unwrap();
        let mut events: Vec<serde_json::Value> = rows.iter().map(payload).collect();
        // What other slices tell of the fixtures is not asked for here.
        events.retain(|event| {
            !matches!(
                event["event"].as_str(),
                Some("password-changed" | "password-reset")
            )
        });
        events
    }

    /// The short name of each line in the audit about authorizations, in order.
    pub(crate) async fn audited(&self) -> Vec<String> {
        let rows = sql(
            "SELECT description FROM events_audit WHERE category = 'INTEGRATIONS' ORDER BY at, description",
        )
        .all(&self.database)
        .await
        .unwrap();
        rows.iter().map(|row| row.text("description").unwrap()).collect()
    }

    /// A request of a program that has no cookies.
    pub(crate) fn program(&self) -> App {
        self.app.other_browser()
    }
}

fn app_of(identity: &Identity, oauth: &OAuth) -> App {
    let router = hub_oauth::api_router(oauth.clone())
        .merge(hub_oauth::pages_router(oauth.clone()))
        .merge(hub_identity::pages_router(identity.clone()))
        .layer(from_fn_with_state(oauth.clone(), hub_oauth::attach_bearer))
        .layer(from_fn_with_state(identity.clone(), hub_identity::attach_session));
    let options = Stack {
        product: Product::Hub,
        public_url: PublicUrl::parse(HUB).unwrap(),
        further_hosts: Vec::new(),
        csrf_key: [7; 32],
        randomness: Arc::new(SystemRandomness),
    };
    App::new(stack(router, options), "127.0.0.1:8080")
}

async fn register(oauth: &OAuth, client_id: &str, name: &str, uris: &[&str]) -> String {
    let new = NewClient {
        client_id: client_id.to_owned(),
        name: name.to_owned(),
        vendor: "Imagicle".to_owned(),
        scopes: ScopeSet::parse("spark:people_read spark-admin:people_read spark-admin:organizations_read")
            .unwrap(),
        redirect_uris: uris.iter().map(|uri| (*uri).to_owned()).collect(),
        ..NewClient::default()
    };
    oauth
        .register_client(new)
        .await
        .unwrap()
        .secret
        .expose_secret()
        .to_owned()
}

/// The address at which an integration begins.
pub(crate) fn authorize(client_id: &str, scopes: &str) -> String {
    authorize_with(&[
        ("client_id", client_id),
        ("redirect_uri", CALLBACK),
        ("scope", scopes),
        ("state", "a state & more"),
        ("nonce", "n-0S6_WzA2Mj"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ])
}

pub(crate) fn authorize_with(parameters: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("response_type", "code");
    query.extend_pairs(parameters);
    format!("/v1/authorize?{}", query.finish())
}

/// A parameter of the address that a redirect leads to.
pub(crate) fn parameter(location: &str, name: &str) -> Option<String> {
    let url = url::Url::parse(location).unwrap();
    url.query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

pub(crate) fn tokens_of(answer: &Answer) -> Tokens {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body = answer.json();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    Tokens {
        access: text("access_token"),
        refresh: text("refresh_token"),
    }
}

pub(crate) fn claims_of(jwt: &str) -> serde_json::Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap()).unwrap()
}
