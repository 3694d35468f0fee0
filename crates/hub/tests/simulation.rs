#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
//! A Hub whose clock can be moved: who may, what follows, and what requests meet.
mod support;

use std::sync::Arc;
use std::time::Duration;

use hub::{DEFAULT_BLOCKED_CLIENT, Hub, HubOptions, SeededPerson};
use kit::{Clock as _, ManualClock, ShiftableClock, Timestamp};
use kit_test::{Answer, App, TestDatabase};
use serde_json::{Value, json};
use support::{options, sign_in};

const SYNCH: &str = "C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c";

struct SimulatedHouse {
    hub: Hub,
    app: App,
    _folder: tempfile::TempDir,
    _database: TestDatabase,
}

fn simulated(database: &TestDatabase, folder: &tempfile::TempDir, clock: &ShiftableClock) -> HubOptions {
    let machine = ManualClock::at(clock.now());
    HubOptions {
        simulation: Some(clock.clone()),
        ..options(database, folder, &machine)
    }
}

impl SimulatedHouse {
    async fn open(database: TestDatabase) -> Self {
        let clock = ShiftableClock::frozen_at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        let folder = tempfile::tempdir().unwrap();
        let hub = Hub::open(simulated(&database, &folder, &clock)).await.unwrap();
        Self {
            app: App::new(hub.router(), "127.0.0.1:8080"),
            hub,
            _folder: folder,
            _database: database,
        }
    }

    fn person(&self, name: &str) -> SeededPerson {
        let people = &self.hub.first_start().unwrap().people;
        people.iter().find(|person| person.name == name).unwrap().clone()
    }

    async fn ask(&self, path: &str, body: Value) -> Answer {
        self.app.other_browser().post(path).json(&body).send().await
    }

    async fn act(&self, name: &str, act: &str, body: Value) -> Value {
        let email = self.person(name).email;
        let answer = self
            .ask(&format!("/simulation/v1/people/{email}/{act}"), body)
            .await;
        assert_eq!(answer.status, 200, "{act}: {}", answer.body);
        answer.json()
    }

    async fn token_of(&self, name: &str) -> String {
        use kit::ExposeSecret as _;
        let token = self
            .hub
            .issue_personal_token(&self.person(name).email)
            .await
            .unwrap();
        token.expose_secret().to_owned()
    }

    async fn lives(&self, token: &str) -> bool {
        let answer = self
            .app
            .other_browser()
            .get("/v1/people/me")
            .bearer(token)
            .send()
            .await;
        assert!([200, 401].contains(&answer.status.as_u16()), "{}", answer.body);
        answer.status == 200
    }
}

macro_rules! simulated_hubs {
    ($( async fn $name:ident($house:ident: SimulatedHouse) $body:block )+) => {
        $(
            mod $name {
                use super::*;

                async fn check($house: SimulatedHouse) $body

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    check(SimulatedHouse::open(TestDatabase::sqlite().await).await).await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    check(SimulatedHouse::open(TestDatabase::postgres().await).await).await;
                }
            }
        )+
    };
}

simulated_hubs! {
    async fn people_are_acted_for_without_their_passwords_and_the_true_cascades_run(house: SimulatedHouse) {
        for (act, dies) in [("change-password", true), ("reset-password", true), ("reset-access", true), ("hide-presence", false),
                            ("show-presence", false), ("add-call-records-role", false), ("remove-call-records-role", false), ("deactivate", true)] {
            let token = house.token_of("Priya Raman").await;
            assert!(house.lives(&token).await);
            let done = house.act("Priya Raman", act, json!({})).await;
            assert!(done["done"].as_str().unwrap().contains("Priya Raman"), "{done}");
            assert_eq!(house.lives(&token).await, !dies, "{act}");
        }
        house.act("Priya Raman", "reactivate", json!({})).await;
        let token = house.token_of("Priya Raman").await;
        let done = house.act("Priya Raman", "remove-full-admin", json!({})).await;
        assert_eq!(done["by"], house.person("Alex Morgan").email, "another Full Admin does it");
        assert!(!house.lives(&token).await, "the token was an administrator's");
        house.act("Priya Raman", "add-full-admin", json!({})).await;
        house.act("Priya Raman", "delete", json!({})).await;
        let answer = house.ask(&format!("/simulation/v1/people/{}/deactivate", house.person("Priya Raman").email), json!({})).await;
        assert_eq!(answer.status, 404, "{}", answer.body);
    }

    async fn a_changed_password_opens_the_door_and_the_old_one_does_not(house: SimulatedHouse) {
        let mut alex = house.person("Alex Morgan");
        let done = house.act("Alex Morgan", "change-password", json!({ "password": "Correct-Horse-Battery-9" })).await;
        assert!(done.get("password").is_none(), "who said it knows it");
        assert_ne!(sign_in(&house.app.other_browser(), &alex, "/sign-in").await.status, 303);
        alex.password = "Correct-Horse-Battery-9".into();
        assert_eq!(sign_in(&house.app.other_browser(), &alex, "/sign-in").await.status, 303);
        let done = house.act("Alex Morgan", "change-password", json!({})).await;
        alex.password = done["password"].as_str().unwrap().into();
        assert_eq!(sign_in(&house.app.other_browser(), &alex, "/sign-in").await.status, 303);
    }

    async fn integrations_are_blocked_allowed_revoked_and_deleted(house: SimulatedHouse) {
        for (act, said) in [("block", "blocked"), ("allow", "allowed"), ("block-new", "future"), ("allow", "allowed"), ("revoke", "revoked"), ("rotate-secret", "new secret"), ("delete", "deleted")] {
            let answer = house.ask(&format!("/simulation/v1/integrations/{SYNCH}/{act}"), json!({ "organization": "Kestrel Bay Logistics" })).await;
            assert_eq!(answer.status, 200, "{act}: {}", answer.body);
            let done = answer.json();
            assert!(done["done"].as_str().unwrap().contains(if said == "future" { "new authorizations" } else { said }), "{done}");
            assert_eq!(done["client_secret"].is_string(), act == "rotate-secret");
        }
        for (path, said) in [
            (format!("/simulation/v1/integrations/{SYNCH}/block"), "no integration"),
            (format!("/simulation/v1/integrations/{DEFAULT_BLOCKED_CLIENT}/explode"), "“explode” is nothing"),
            ("/simulation/v1/people/nobody@example.com/delete".to_owned(), "nobody@example.com"),
        ] {
            let answer = house.ask(&path, json!({})).await;
            assert_eq!(answer.status, 404, "{path}: {}", answer.body);
            assert!(answer.body.contains(said), "{}", answer.body);
        }
    }

    async fn access_tokens_expire_and_the_clock_moves_what_they_live_by(house: SimulatedHouse) {
        let first = house.token_of("Alex Morgan").await;
        let answer = house.ask("/simulation/v1/expire-access-tokens", json!({})).await;
        assert_eq!(answer.json()["expired"], 1);
        assert!(!house.lives(&first).await);
        let second = house.token_of("Alex Morgan").await;
        let moved = house.ask("/simulation/v1/clock/advance", json!({ "by": "11h" })).await;
        assert_eq!(moved.json()["now"], "2026-11-24T20:00:00.000Z");
        assert!(house.lives(&second).await);
        house.ask("/simulation/v1/clock/advance", json!({ "by": "1h" })).await;
        assert!(!house.lives(&second).await, "a personal token lives 12 hours");
    }

    async fn requests_meet_faults_and_are_seen(house: SimulatedHouse) {
        let token = house.token_of("Alex Morgan").await;
        let fault = json!({ "operation": "GET /v1/people/*", "status": 429, "retry_after_seconds": 7, "count": 1 });
        let answer = house.ask("/simulation/v1/faults", fault).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        let me = || house.app.other_browser().get("/v1/people/me").bearer(&token).send();
        let met = me().await;
        assert_eq!((met.status.as_u16(), met.header("retry-after")), (429, Some("7")), "{}", met.body);
        assert!(met.json()["trackingId"].is_string(), "{}", met.body);
        assert_eq!(me().await.status, 200, "one request met it");
        let form = [("grant_type", "refresh_token"), ("client_id", SYNCH), ("client_secret", "wrong"), ("refresh_token", "wrong")];
        house.app.other_browser().post("/v1/access_token").form(&form).send().await;

        let listed = house.app.get("/simulation/v1/faults").send().await.json();
        assert_eq!((&listed["items"][0]["met"], &listed["items"][0]["operation"]), (&json!(1), &json!("GET /v1/people/*")));
        let seen = house.app.get("/simulation/v1/requests").send().await.json();
        let lines: Vec<String> = seen["items"].as_array().unwrap().iter().map(|request| format!("{} {} {}", request["operation"].as_str().unwrap(), request["status"], request["grant_type"])).collect();
        assert_eq!(lines, ["GET /v1/people/me 429 null", "GET /v1/people/me 200 null", "POST /v1/access_token 400 \"refresh_token\""], "{seen}");
        assert_eq!(seen["items"][2]["client_id"], SYNCH);
        assert!(seen["items"][0]["client_id"].is_string(), "a personal token belongs to a client too");

        let removed = house.app.request(http::Method::DELETE, "/simulation/v1/faults/1").send().await;
        assert_eq!(removed.status, 204);
        assert_eq!(house.ask("/simulation/v1/reset", json!({})).await.status, 204);
        assert_eq!(house.app.get("/simulation/v1/requests").send().await.json()["items"], json!([]));
    }

    async fn five_years_pass_without_waiting(house: SimulatedHouse) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let until_told = async { drop(stopped.await) };
        let serving = tokio::spawn(house.hub.clone().serve(listener, until_told));
        let clock = house.hub.simulation().unwrap().time().clock().clone();
        // The reconcilers are at work: they sleep.
        while clock.sleepers() < 4 { tokio::task::yield_now().await; }

        house.act("Priya Raman", "deactivate", json!({})).await;
        let again = format!("/simulation/v1/people/{}/reactivate", house.person("Priya Raman").email);
        let advance = async |by: &str| {
            let moved = house.ask("/simulation/v1/clock/advance", json!({ "by": by })).await;
            assert_eq!(moved.status, 200, "{}", moved.body);
            assert_eq!(moved.json()["unfinished"], 0, "{}", moved.body);
        };
        advance("29d").await;
        assert_eq!(house.ask(&again, json!({})).await.status, 200, "thirty days are not over");
        house.act("Priya Raman", "deactivate", json!({})).await;
        advance("31d").await;
        assert_eq!(house.ask(&again, json!({})).await.status, 404, "deleted thirty days after deactivation");

        // The demonstration's passwords are five years old in the end, and a change is forced.
        let alex = house.person("Alex Morgan");
        assert_eq!(sign_in(&house.app.other_browser(), &alex, "/sign-in").await.location(), "/");
        advance("5y").await;
        let browser = house.app.other_browser();
        let answer = sign_in(&browser, &alex, "/sign-in").await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        assert!(answer.location().contains("password"), "{}", answer.location());
        assert!(browser.cookie("trunkline_hub_session").is_none(), "nobody is signed in by an expired password");
        drop(stop);
        serving.await.unwrap().unwrap();
    }

    async fn the_console_does_what_it_says_and_every_page_shows_the_time(house: SimulatedHouse) {
        let browser = house.app.other_browser();
        let press = async |action: &str, fields: &[(&str, &str)]| {
            let page = browser.get("/simulation").send().await;
            assert_eq!(page.status, 200, "{}", page.body);
            let csrf = page.field("csrf");
            let mut form = vec![("csrf", csrf.as_str())];
            form.extend_from_slice(fields);
            let answer = browser.post(action).form(&form).send().await;
            assert_eq!(answer.status, 303, "{action}: {}", answer.body);
            browser.get(answer.location()).send().await.body
        };
        let alex = house.person("Alex Morgan").email;
        assert!(press("/simulation/clock", &[("by", "2h")]).await.contains("2 hours forward"));
        assert!(press("/simulation/clock", &[("by", "soon")]).await.contains("“soon” is not a duration"));
        assert!(press("/simulation/people", &[("email", &alex), ("act", "hide-presence")]).await.contains("Alex Morgan hides presence"));
        assert!(press("/simulation/integrations", &[("client_id", SYNCH), ("act", "block")]).await.contains("blocked"));
        assert!(press("/simulation/expire-access-tokens", &[]).await.contains("Access tokens that expired: 0"));
        let fault = [("operation", "POST /v1/access_token"), ("what", "502"), ("count", "3"), ("percent", "50"), ("retry_after_seconds", "5"), ("latency_ms", "")];
        let page = press("/simulation/faults", &fault).await;
        assert!(page.contains("likelihood 0.5") && page.contains("502"), "{page}");
        assert!(press("/simulation/faults/1/remove", &[]).await.contains("The fault is gone"));
        let overview = press("/simulation/sign-in", &[("email", &alex)]).await;
        assert!(overview.contains("Alex Morgan") && overview.contains("Simulated time"), "{overview}");
        assert!(overview.contains("2026-11-24T11:00:00.000Z"), "{overview}");
        let without = browser.post("/simulation/clock").form(&[("by", "5y")]).send().await;
        assert_eq!(without.status, 403, "a form of another page");
        let signed_out = house.app.other_browser().get("/sign-in").send().await;
        assert!(signed_out.body.contains("Simulated time"), "{}", signed_out.body);
    }
}

#[tokio::test]
async fn a_hub_that_is_not_simulated_has_none_of_it() {
    let house = support::House::open(TestDatabase::sqlite().await).await;
    for path in ["/simulation", "/simulation/v1/clock", "/simulation/v1/faults"] {
        assert_eq!(house.app.get(path).send().await.status, 404, "{path}");
    }
    assert!(
        !house
            .app
            .get("/sign-in")
            .send()
            .await
            .body
            .contains("Simulated time")
    );
}

#[tokio::test]
async fn nothing_but_loopback_is_simulated() {
    let database = TestDatabase::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let clock = ShiftableClock::over_the_machine();
    let refused = async |change: fn(&mut HubOptions)| {
        let mut options = simulated(&database, &folder, &clock);
        change(&mut options);
        Hub::open(options)
            .await
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    };
    let listen = refused(|options| options.listen = "0.0.0.0:8080".parse().unwrap()).await;
    assert!(
        listen.contains("loopback only: --listen 0.0.0.0:8080"),
        "{listen}"
    );
    let gateway =
        refused(|options| options.gateway.as_mut().unwrap().listen = "192.0.2.1:8443".parse().unwrap()).await;
    assert!(gateway.contains("--gateway 192.0.2.1:8443"), "{gateway}");
    let url =
        refused(|options| options.public_url = kit_web::PublicUrl::parse("https://hub.example.com").unwrap())
            .await;
    assert!(url.contains("https://hub.example.com"), "{url}");
    let host = refused(|options| options.further_hosts = vec!["hub.example.com".to_owned()]).await;
    assert!(host.contains("--further-host hub.example.com"), "{host}");
    assert_eq!(refused(|_| {}).await, "");
}

#[tokio::test]
async fn a_moved_database_is_served_by_a_moved_clock_alone() {
    let database = TestDatabase::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let clock = ShiftableClock::frozen_at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
    let hub = Hub::open(simulated(&database, &folder, &clock)).await.unwrap();
    let time = hub.simulation().unwrap().time();
    time.advance_to(
        clock.now().plus(Duration::from_secs(400 * 86_400)),
        Duration::ZERO,
    )
    .await
    .unwrap();
    let machine = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
    let refused = Hub::open(options(&database, &folder, &machine))
        .await
        .err()
        .unwrap();
    assert!(refused.to_string().contains("--simulate"), "{refused}");
    let again = ShiftableClock::over(Arc::new(machine));
    drop(Hub::open(simulated(&database, &folder, &again)).await.unwrap());
    assert_eq!(again.now().to_string(), "2027-12-29T09:00:00.000Z");
}
