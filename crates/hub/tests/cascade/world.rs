//! A Hub in which Priya Raman, a Full Admin, has given an integration everything that can die.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hub::{DEFAULT_BLOCKED_CLIENT, Hub, HubOptions, SeededPerson};
use kit::{ExposeSecret as _, ManualClock, ShiftableClock, Timestamp};
use kit_test::{Answer, App, TestDatabase};
use serde_json::{Value, json};

use crate::fake_provider::{CLIENT_ID, CLIENT_SECRET, FakeProvider};
use crate::receiver::Receiver;
use crate::support::{REDIRECT_URI, options, press, sign_in};
use crate::table::{Event, SignInKind};

pub(crate) const AUTHORIZER: &str = "Priya Raman";
pub(crate) const ADMIN: &str = "Alex Morgan";
const CALLBACK: &str = "https://app.example.com/callback";
const ORDINARY: &str = "openid spark:people_read spark:all";
const ADMINISTRATIVE: &str =
    "openid spark:people_read spark:all spark-admin:people_read spark-admin:policies_read";

pub(crate) struct World {
    pub(crate) hub: Hub,
    pub(crate) app: App,
    pub(crate) clock: ShiftableClock,
    pub(crate) receiver: Receiver,
    pub(crate) client_id: String,
    secret: String,
    pub(crate) held: Held,
    elsewhere: Option<FakeProvider>,
    _folder: tempfile::TempDir,
    _database: TestDatabase,
}

/// What dies or lives.
#[derive(Default)]
pub(crate) struct Held {
    /// A browser that was signed in; another one makes the change where the person does.
    pub(crate) browser: Option<App>,
    pub(crate) maker: Option<App>,
    pub(crate) pending: String,
    pub(crate) code: String,
    pub(crate) access: String,
    pub(crate) refresh: String,
    pub(crate) stream: String,
}

impl World {
    pub(crate) async fn open(database: TestDatabase, event: Event, kind: SignInKind) -> Self {
        let machine = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        let clock = ShiftableClock::over(Arc::new(machine.clone()));
        let folder = tempfile::tempdir().unwrap();
        let options = HubOptions {
            simulation: Some(clock.clone()),
            rate_limits: hub::RateLimits::OFF,
            ..options(&database, &folder, &machine)
        };
        let hub = Hub::open(options).await.unwrap();
        let mut world = Self {
            app: App::new(hub.router(), "127.0.0.1:8080"),
            hub,
            clock,
            receiver: Receiver::listen().await,
            client_id: String::new(),
            secret: String::new(),
            held: Held::default(),
            elsewhere: None,
            _folder: folder,
            _database: database,
        };
        world.register(event).await;
        if kind == SignInKind::External {
            world.sign_in_elsewhere(machine).await;
        }
        if event == Event::CallRecordsRoleRemoved {
            world.act_on_person("add-call-records-role", json!({})).await;
        }
        world.hold(event).await;
        world
    }

    pub(crate) fn person(&self, name: &str) -> SeededPerson {
        let people = &self.hub.first_start().unwrap().people;
        people.iter().find(|person| person.name == name).unwrap().clone()
    }

    pub(crate) async fn personal_token(&self, name: &str) -> String {
        let email = self.person(name).email;
        let token = self.hub.issue_personal_token(&email).await.unwrap();
        token.expose_secret().to_owned()
    }

    fn scopes(event: Event) -> &'static str {
        if event.is_administrative() {
            ADMINISTRATIVE
        } else {
            ORDINARY
        }
    }

    async fn register(&mut self, event: Event) {
        let body = json!({
            "type": "integration", "name": "Cascade", "description": "Holds what can die.", "contactEmail": "dev@example.com",
            "redirectUrls": [CALLBACK], "scopes": Self::scopes(event).split(' ').collect::<Vec<_>>(),
        });
        let token = self.personal_token(ADMIN).await;
        let answer = self
            .app
            .other_browser()
            .post("/v1/applications")
            .bearer(&token)
            .json(&body)
            .send()
            .await;
        assert!(answer.status.is_success(), "{}", answer.body);
        let made = answer.json();
        self.client_id = made["clientId"].as_str().unwrap().to_owned();
        self.secret = made["clientSecret"].as_str().unwrap().to_owned();
    }

    /// The domain signs in at a provider of its own from now on.
    async fn sign_in_elsewhere(&mut self, machine: ManualClock) {
        let priya = self.person(AUTHORIZER);
        let fake = FakeProvider::start(machine, &priya.email).await;
        let admin = self.app.other_browser();
        assert_eq!(sign_in(&admin, &self.person(ADMIN), "/sign-in").await.status, 303);
        let domain = priya.email.split_once('@').unwrap().1.to_owned();
        let fields = [
            ("domain", domain.as_str()),
            ("issuer", &fake.issuer()),
            ("client_id", CLIENT_ID),
            ("client_secret", CLIENT_SECRET),
        ];
        let new = "/settings/authentication/providers/new";
        // This form is sent to where it stands.
        let csrf = admin.get(new).send().await.field("csrf");
        let mut form = vec![("csrf", csrf.as_str())];
        form.extend_from_slice(&fields);
        let added = admin.post(new).form(&form).send().await;
        let settings = admin.get(added.location()).send().await;
        let path = settings
            .body
            .split("action=\"")
            .find_map(|rest| rest.split_once("/try\""))
            .unwrap()
            .0
            .to_owned();
        let away = press(&admin, "/settings/authentication", &format!("{path}/try"), &[]).await;
        come_back(&admin, &fake, away.location()).await;
        let on = press(
            &admin,
            "/settings/authentication",
            &format!("{path}/switch"),
            &[("on", "on")],
        )
        .await;
        assert_eq!(on.location(), "/settings/authentication?done=on");
        self.elsewhere = Some(fake);
    }

    /// A browser in which the authorizer is signed in.
    pub(crate) async fn signed_in(&self) -> App {
        let (browser, person) = (self.app.other_browser(), self.person(AUTHORIZER));
        let Some(fake) = &self.elsewhere else {
            assert_eq!(sign_in(&browser, &person, "/sign-in").await.status, 303);
            return browser;
        };
        let csrf = browser.get("/sign-in").send().await.field("csrf");
        let form = [
            ("csrf", csrf.as_str()),
            ("email", &person.email),
            ("return_to", "/me"),
        ];
        let away = browser.post("/sign-in").form(&form).send().await;
        let back = come_back(&browser, fake, away.location()).await;
        assert_eq!(back.location(), "/me", "{}", back.body);
        browser
    }

    async fn hold(&mut self, event: Event) {
        let browser = self.signed_in().await;
        let scopes = Self::scopes(event);
        let tokens = self.redeem(&self.code_in(&browser, scopes).await).await;
        assert_eq!(tokens.status, 200, "{}", tokens.body);
        let tokens = tokens.json();
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        let (access, refresh) = (text("access_token"), text("refresh_token"));
        self.register_webhook(&access, event).await;
        let stream = self.make_stream(&access).await;
        let code = self.code_in(&browser, scopes).await;
        // With a fresh request the person is asked again, so that there is something pending.
        let begun = browser.get(&self.authorize(scopes)).send().await;
        assert_eq!(begun.status.as_u16() / 100, 3, "{}", begun.body);
        self.held = Held {
            pending: begun.location().to_owned(),
            code,
            access,
            refresh,
            stream,
            maker: Some(self.signed_in().await),
            browser: Some(browser),
        };
        // What happened so far is told, so that only the event is heard afterwards.
        self.hub.tell_now().await.unwrap();
        self.polled().await.unwrap();
        self.receiver.forget();
    }

    async fn register_webhook(&self, access: &str, event: Event) {
        let resource = if event.is_administrative() {
            "accessRequests"
        } else {
            "all"
        };
        let word = if event.is_administrative() {
            "created"
        } else {
            "all"
        };
        let body =
            json!({ "name": "cascade", "targetUrl": self.receiver.url, "resource": resource, "event": word });
        let answer = self
            .app
            .other_browser()
            .post("/v1/webhooks")
            .bearer(access)
            .json(&body)
            .send()
            .await;
        assert!(answer.status.is_success(), "{}", answer.body);
    }

    async fn make_stream(&self, access: &str) -> String {
        let body = json!({ "delivery": { "method": "urn:ietf:rfc:8936" } });
        let answer = self
            .app
            .other_browser()
            .post("/v1/ssf/stream")
            .bearer(access)
            .json(&body)
            .send()
            .await;
        assert!(answer.status.is_success(), "{}", answer.body);
        answer.json()["stream_id"].as_str().unwrap().to_owned()
    }

    pub(crate) fn authorize(&self, scopes: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs([
            ("response_type", "code"),
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", CALLBACK),
            ("scope", scopes),
            ("state", "s"),
            ("prompt", "consent"),
            ("nonce", "n"),
        ]);
        format!("/v1/authorize?{}", query.finish())
    }

    async fn code_in(&self, browser: &App, scopes: &str) -> String {
        let begun = browser.get(&self.authorize(scopes)).send().await;
        let place = begun.location();
        assert!(!place.contains("error="), "{place}");
        let answer = self.accept(browser, place).await.unwrap();
        code_of(&answer).unwrap_or_else(|| panic!("no code: {}", answer.body))
    }

    /// Presses Accept, or answers with what stands in the way.
    pub(crate) async fn accept(&self, browser: &App, path: &str) -> Result<Answer, Answer> {
        let page = browser.get(path).send().await;
        if page.status != 200 {
            return Err(page);
        }
        let (csrf, person) = (page.field("csrf"), page.field("person"));
        let form = [
            ("csrf", csrf.as_str()),
            ("person", &person),
            ("decision", "accept"),
        ];
        Ok(browser.post(path).form(&form).send().await)
    }

    pub(crate) async fn redeem(&self, code: &str) -> Answer {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
        ])
        .await
    }

    pub(crate) async fn refresh(&self) -> Answer {
        self.token(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", &self.held.refresh),
        ])
        .await
    }

    async fn token(&self, fields: &[(&str, &str)]) -> Answer {
        let mut form = vec![
            ("client_id", self.client_id.as_str()),
            ("client_secret", &self.secret),
        ];
        form.extend_from_slice(fields);
        self.app
            .other_browser()
            .post("/v1/access_token")
            .form(&form)
            .send()
            .await
    }

    /// Everything that waits in the stream, taken as the integration; the answer that was not 200 otherwise.
    pub(crate) async fn polled(&self) -> Result<Vec<Value>, Answer> {
        let basic = format!(
            "Basic {}",
            STANDARD.encode(format!("{}:{}", self.client_id, self.secret))
        );
        let path = format!("/v1/ssf/poll/{}", self.held.stream);
        let (mut heard, mut taken) = (Vec::new(), Vec::<String>::new());
        loop {
            let question = json!({ "returnImmediately": true, "ack": taken });
            let answer = self
                .app
                .other_browser()
                .post(&path)
                .header("authorization", &basic)
                .json(&question)
                .send()
                .await;
            if answer.status != 200 {
                return Err(answer);
            }
            let sets = answer.json()["sets"].as_object().cloned().unwrap_or_default();
            if sets.is_empty() {
                return Ok(heard);
            }
            taken = sets.keys().cloned().collect();
            heard.extend(sets.values().map(claims));
        }
    }

    pub(crate) async fn simulate(&self, path: &str, body: Value) -> Answer {
        self.app
            .other_browser()
            .post(&format!("/simulation/v1/{path}"))
            .json(&body)
            .send()
            .await
    }

    pub(crate) async fn act_on_person(&self, act: &str, body: Value) -> Answer {
        let email = self.person(AUTHORIZER).email;
        self.simulate(&format!("people/{email}/{act}"), body).await
    }

    pub(crate) async fn act_on_integration(&self, act: &str) {
        let answer = self
            .simulate(&format!("integrations/{}/{act}", self.client_id), json!({}))
            .await;
        assert_eq!(answer.status, 200, "{act}: {}", answer.body);
    }

    pub(crate) async fn pass(&self, days: u64) {
        self.clock.advance(Duration::from_secs(days * 86_400)).await;
    }

    /// Somebody meets the integration that the organization blocks, which is news for webhooks.
    pub(crate) async fn somebody_asks_for_access(&self) {
        for name in ["Heidi Harper", AUTHORIZER] {
            let browser = self.app.other_browser();
            let csrf = browser.get("/simulation").send().await.field("csrf");
            let form = [("csrf", csrf.as_str()), ("email", &self.person(name).email)];
            browser.post("/simulation/sign-in").form(&form).send().await;
            let mut answer = browser.get(&presence()).send().await;
            for _ in 0..3 {
                if answer.status.is_redirection() && !answer.location().starts_with(REDIRECT_URI) {
                    answer = browser.get(answer.location()).send().await;
                }
            }
        }
    }
}

/// Where presence retrieval, which the organization blocks, begins.
fn presence() -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([
        ("response_type", "code"),
        ("client_id", DEFAULT_BLOCKED_CLIENT),
        ("redirect_uri", REDIRECT_URI),
        ("scope", "spark:people_read"),
        ("state", "s"),
    ]);
    format!("/v1/authorize?{}", query.finish())
}

/// The person signs in there and comes back.
async fn come_back(browser: &App, fake: &FakeProvider, away: &str) -> Answer {
    let query = fake.authorize(away);
    browser
        .get(&format!("/sign-in/external/callback?{query}"))
        .send()
        .await
}

pub(crate) fn code_of(answer: &Answer) -> Option<String> {
    let url = url::Url::parse(answer.header("location")?).ok()?;
    url.query_pairs()
        .find(|(name, _)| name == "code")
        .map(|(_, code)| code.into_owned())
}

/// What a security event token says; whose signature is checked elsewhere.
fn claims(set: &Value) -> Value {
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let body = set.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).unwrap()).unwrap()
}
