#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;
use std::time::Duration;

use hub::{DEFAULT_BLOCKED_CLIENT, GatewayOptions, Hub, HubOptions, SeededPerson, Size};
use kit::{ExposeSecret as _, ManualClock, SystemClock, SystemRandomness, Timestamp};
use kit_test::{Answer, App, TestDatabase};
use kit_web::PublicUrl;

pub(crate) const REDIRECT_URI: &str = "http://localhost:8090/authorizations/callback";

/// An open Hub with the small organization, driven without a socket.
pub(crate) struct House {
    pub(crate) hub: Hub,
    pub(crate) app: App,
    pub(crate) clock: ManualClock,
    pub(crate) database: TestDatabase,
    pub(crate) folder: tempfile::TempDir,
}

pub(crate) fn options(
    database: &TestDatabase,
    folder: &tempfile::TempDir,
    clock: &ManualClock,
) -> HubOptions {
    HubOptions {
        database_url: database.url.clone(),
        listen: "127.0.0.1:8080".parse().unwrap(),
        public_url: PublicUrl::parse("http://127.0.0.1:8080").unwrap(),
        further_hosts: Vec::new(),
        data_folder: folder.path().to_owned(),
        seed_size: Some(Size::Small),
        seed_number: 1,
        seed_passwords: Default::default(),
        suite_redirect_uris: vec![REDIRECT_URI.to_owned()],
        blocked_client: Some(DEFAULT_BLOCKED_CLIENT.to_owned()),
        rate_limits: hub::RateLimits::default(),
        events: hub::EventSettings {
            allow_private_targets: true,
            ..hub::EventSettings::default()
        },
        gateway: Some(gateway(folder)),
        randomness: Arc::new(SystemRandomness),
        clock: Arc::new(clock.clone()),
        simulation: None,
    }
}

/// Its listener is bound where a test needs it; the pages say what stands here.
pub(crate) fn gateway(folder: &tempfile::TempDir) -> GatewayOptions {
    GatewayOptions {
        listen: "127.0.0.1:8443".parse().unwrap(),
        folder: folder.path().to_owned(),
        public_url: PublicUrl::parse("http://127.0.0.1:8080").unwrap(),
        limits: Default::default(),
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
    }
}

impl House {
    pub(crate) async fn open(database: TestDatabase) -> Self {
        let clock = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        let folder = tempfile::tempdir().unwrap();
        let hub = Hub::open(options(&database, &folder, &clock)).await.unwrap();
        let app = App::new(hub.router(), "127.0.0.1:8080");
        Self {
            hub,
            app,
            clock,
            database,
            folder,
        }
    }

    pub(crate) async fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds)).await;
    }

    pub(crate) fn person(&self, name: &str) -> SeededPerson {
        let people = &self.hub.first_start().expect("this start seeds").people;
        people
            .iter()
            .find(|person| person.name == name)
            .unwrap_or_else(|| panic!("nobody is called {name}"))
            .clone()
    }

    /// A browser in which this person is signed in.
    pub(crate) async fn browser_of(&self, name: &str) -> App {
        let browser = self.app.other_browser();
        let person = self.person(name);
        let answer = sign_in(&browser, &person, "/sign-in").await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        browser
    }
}

/// Walks through the two pages of sign-in, beginning at `path` or where it leads.
pub(crate) async fn sign_in(browser: &App, person: &SeededPerson, path: &str) -> Answer {
    let mut page = browser.get(path).send().await;
    while page.status.is_redirection() {
        page = browser.get(page.location()).send().await;
    }
    assert_eq!(page.status, 200, "{}", page.body);
    if page.body.contains("name=\"password\"") {
        return send_password(browser, person, &page).await;
    }
    let (csrf, return_to) = (page.field("csrf"), page.field("return_to"));
    let answer = browser
        .post("/sign-in")
        .form(&[
            ("csrf", &csrf),
            ("email", &person.email),
            ("return_to", &return_to),
        ])
        .send()
        .await;
    let page = browser.get(answer.location()).send().await;
    send_password(browser, person, &page).await
}

async fn send_password(browser: &App, person: &SeededPerson, page: &Answer) -> Answer {
    let (csrf, return_to) = (page.field("csrf"), page.field("return_to"));
    let password = person.password.expose_secret();
    let form = [
        ("csrf", csrf.as_str()),
        ("email", &person.email),
        ("return_to", &return_to),
        ("password", password),
    ];
    browser.post("/sign-in/password").form(&form).send().await
}

/// Sends the form with this button's address from a page, with its CSRF token.
pub(crate) async fn press(browser: &App, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = browser.get(page).send().await;
    assert_eq!(shown.status, 200, "{}", shown.body);
    assert!(
        shown.body.contains(&format!("action=\"{action}\"")),
        "{page} has no form for {action}: {}",
        shown.body
    );
    let csrf = shown.field("csrf");
    let mut form = vec![("csrf", csrf.as_str())];
    form.extend_from_slice(fields);
    browser.post(action).form(&form).send().await
}

/// Runs a test of a whole Hub on both databases.
#[macro_export]
macro_rules! both_hubs {
    ($( async fn $name:ident($house:ident: House) $body:block )+) => {
        $(
            mod $name {
                use super::*;

                async fn check($house: House) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    check(House::open(kit_test::TestDatabase::sqlite().await).await).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    check(House::open(kit_test::TestDatabase::postgres().await).await).await;
                }
            }
        )+
    };
}
