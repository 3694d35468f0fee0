//! A person's walk through the whole Hub: refused, allowed by an administrator, consent, code, token, data.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
mod support;

use hub::{DEFAULT_BLOCKED_CLIENT, Hub};
use kit::ExposeSecret as _;
use kit_test::{Answer, App};
use support::{House, REDIRECT_URI, options, press, sign_in};

const SENTENCE: &str = "Access denied - Your administrator denied access to the integration you selected. We captured your request and will let them know";
const SYNCH: &str = "C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c";
const SCOPES: &str = "spark:people_read spark-admin:people_read spark-admin:organizations_read";

fn authorize_path(client_id: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", REDIRECT_URI),
        ("scope", SCOPES),
        ("state", "the-state"),
    ] {
        query.append_pair(name, value);
    }
    format!("/v1/authorize?{}", query.finish())
}

/// Follows redirects as long as they stay in the Hub.
async fn follow(browser: &App, mut answer: Answer) -> Answer {
    for _ in 0..8 {
        if !answer.status.is_redirection() || answer.location().starts_with(REDIRECT_URI) {
            return answer;
        }
        answer = browser.get(answer.location()).send().await;
    }
    panic!("redirected in circles: {answer:?}");
}

fn clients(house: &House) -> Vec<serde_json::Value> {
    serde_json::from_str(&std::fs::read_to_string(house.hub.clients_file()).unwrap()).unwrap()
}

fn secret_of(house: &House, client_id: &str) -> String {
    let clients = clients(house);
    let client = clients
        .iter()
        .find(|client| client["client_id"] == client_id)
        .unwrap();
    client["client_secret"].as_str().unwrap().to_owned()
}

/// Presses Accept on the consent page that this answer shows.
async fn accept(browser: &App, page: &Answer) -> String {
    assert_eq!(page.status, 200, "{}", page.body);
    let form = page
        .body
        .split("<form")
        .find(|form| form.contains("Accept"))
        .expect("a form with Accept");
    let action = form
        .split("action=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
        .replace("&#38;", "&");
    let mut fields: Vec<(String, String)> = Vec::new();
    for tag in form
        .split('<')
        .filter(|tag| tag.starts_with("input") || (tag.starts_with("button") && tag.contains("Accept")))
    {
        let attribute = |name: &str| {
            tag.split(&format!("{name}=\""))
                .nth(1)
                .and_then(|rest| rest.split('"').next())
                .map(ToOwned::to_owned)
        };
        if let Some(name) = attribute("name") {
            fields.push((name, attribute("value").unwrap_or_default()));
        }
    }
    let pairs: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let answer = browser.post(&action).form(&pairs).send().await;
    answer.location().to_owned()
}

async fn redeem(house: &House, client_id: &str, location: &str) -> serde_json::Value {
    let url = url::Url::parse(location).unwrap();
    let pairs: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(pairs["state"], "the-state");
    assert_eq!(pairs["iss"], "http://127.0.0.1:8080");
    let answer = house
        .app
        .other_browser()
        .post("/v1/access_token")
        .form(&[
            ("grant_type", "authorization_code"),
            ("client_id", client_id),
            ("client_secret", &secret_of(house, client_id)),
            ("code", &pairs["code"]),
            ("redirect_uri", REDIRECT_URI),
        ])
        .send()
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

async fn people_with(house: &House, token: &str) -> Answer {
    house
        .app
        .other_browser()
        .get("/v1/people?max=5")
        .bearer(token)
        .send()
        .await
}

both_hubs! {
    async fn denied_captured_allowed_and_then_it_works(house: House) {
        let browser = house.app.other_browser();
        // The Full Admin tries what is blocked: sign-in first, then the page, and no redirect to the integration.
        let answer = sign_in(&browser, &house.person("Priya Raman"), &authorize_path(DEFAULT_BLOCKED_CLIENT)).await;
        let denied = follow(&browser, answer).await;
        assert_eq!(denied.status, 403, "{}", denied.body);
        assert!(denied.body.contains(SENTENCE), "{}", denied.body);

        // An administrator sees the request in the navigation and in the Alerts center, and allows it.
        let admin = house.browser_of("Alex Morgan").await;
        let overview = admin.get("/").send().await;
        assert!(overview.body.contains("<span class=\"count count-danger\">1</span>"), "{}", overview.body);
        let alerts = admin.get("/alerts").send().await;
        assert!(alerts.body.contains("Priya Raman") && alerts.body.contains("Webex Presence Retrieval"), "{}", alerts.body);
        let answer = press(&admin, "/alerts", &format!("/alerts/{DEFAULT_BLOCKED_CLIENT}/allow"), &[]).await;
        assert_eq!(answer.location(), "/alerts?done=enabled");
        let alerts = admin.get(answer.location()).send().await;
        assert!(alerts.body.contains("Nothing waits"), "{}", alerts.body);

        // The same person tries again and consents; the code becomes a token that reads the people.
        let answer = browser.get(&authorize_path(DEFAULT_BLOCKED_CLIENT)).send().await;
        let consent = follow(&browser, answer).await;
        let location = accept(&browser, &consent).await;
        let tokens = redeem(&house, DEFAULT_BLOCKED_CLIENT, &location).await;
        let token = tokens["access_token"].as_str().unwrap();
        let people = people_with(&house, token).await;
        assert_eq!(people.status, 200, "{}", people.body);
        assert_eq!(people.json()["items"].as_array().unwrap().len(), 5);

        // The adoption list knows it, once it is refreshed, and the file for spreadsheets too.
        let answer = press(&admin, "/apps/integrations", "/apps/integrations/refresh", &[]).await;
        let list = admin.get(answer.location()).send().await;
        assert!(list.body.contains("data-label=\"User adoption\">1</td>"), "{}", list.body);
        let file = admin.get(&format!("/apps/integrations/{DEFAULT_BLOCKED_CLIENT}/people.csv")).send().await;
        assert!(file.body.starts_with("\"Name\",\"E-mail\",\"Authorized\",\"Last used\"\r\n\"Priya Raman\","), "{}", file.body);

        // Disabled again, the token is as dead as an invented one, and stays dead.
        house.pass(60).await;
        let path = format!("/apps/integrations/{DEFAULT_BLOCKED_CLIENT}");
        let answer = press(&admin, &format!("{path}/disable"), &format!("{path}/status"), &[("rule", "block")]).await;
        assert_eq!(answer.location(), format!("{path}?done=disabled"));
        let dead = people_with(&house, token).await;
        assert_eq!(dead.status, 401, "{}", dead.body);
        let invented = people_with(&house, "garbage").await;
        assert_eq!(dead.json()["message"], invented.json()["message"]);
        house.pass(60).await;
        let answer = press(&admin, &path, &format!("{path}/status"), &[("rule", "allow")]).await;
        assert_eq!(answer.status, 303);
        assert_eq!(people_with(&house, token).await.status, 401, "what was ended stays ended");
        let panel = admin.get(&path).send().await;
        assert!(panel.body.contains("Disabled by Alex Morgan") && panel.body.contains("Enabled by Alex Morgan"), "{}", panel.body);
    }

    async fn a_second_start_goes_on_with_the_same_data(house: House) {
        let first = house.hub.first_start().unwrap().clone();
        assert_eq!(first.organizations[0].name, "Kestrel Bay Logistics");
        assert!(first.people.iter().any(|person| person.email.starts_with("admin@")));
        let secrets = clients(&house);
        assert_eq!(secrets.len(), 5);
        let admin = house.browser_of("Alex Morgan").await;
        let path = format!("/apps/integrations/{DEFAULT_BLOCKED_CLIENT}");
        press(&admin, &path, &format!("{path}/status"), &[("rule", "allow")]).await;

        let mut again = options(&house.database, &house.folder, &house.clock);
        again.suite_redirect_uris = vec!["http://localhost:9999/cb".to_owned()];
        let hub = Hub::open(again).await.unwrap();
        assert!(hub.first_start().is_none());
        let after: Vec<serde_json::Value> = clients(&house);
        assert_eq!(after[0]["client_secret"], secrets[0]["client_secret"]);
        assert_eq!(after[0]["redirect_uris"][0], "http://localhost:9999/cb");
        // The session, the form that was open, and the decision are as they were.
        let app = App::new(hub.router(), "127.0.0.1:8080");
        let answer = sign_in(&app, &first.people[0], "/sign-in").await;
        assert_eq!(answer.status, 303);
        let panel = app.get(&path).send().await;
        assert!(panel.body.contains("Enabled by Alex Morgan"), "{}", panel.body);
    }

    async fn roles_open_pages_and_the_rest_is_closed(house: House) {
        let auditor = house.browser_of("Noor Haddad").await;
        let path = format!("/apps/integrations/{DEFAULT_BLOCKED_CLIENT}");
        let panel = auditor.get(&path).send().await;
        assert_eq!(panel.status, 200);
        assert!(panel.body.contains("A Full Administrator can change this."));
        assert!(!panel.body.contains(&format!("action=\"{path}/status\"")));
        let csrf = panel.field("csrf");
        for action in [format!("{path}/status"), format!("{path}/revoke"), format!("{path}/people"), "/apps/integrations/manage".to_owned(),
                       "/apps/integrations/reset".to_owned(), "/apps/integrations/refresh".to_owned(), format!("/alerts/{DEFAULT_BLOCKED_CLIENT}/allow"),
                       format!("/alerts/{DEFAULT_BLOCKED_CLIENT}/decide")] {
            let answer = auditor.post(&action).form(&[("csrf", &csrf), ("rule", "allow"), ("decision", "allow-all")]).send().await;
            assert_eq!(answer.status, 403, "{action}: {}", answer.body);
        }
        assert!(auditor.get(&path).send().await.body.contains("<span class=\"pill\">Disabled</span>"));

        // Another administrator sees people and no integrations; nobody's form is accepted without its token.
        let onboarding = house.browser_of("Jonas Weber").await;
        assert_eq!(onboarding.get("/apps/integrations").send().await.status, 403);
        assert_eq!(onboarding.get("/alerts").send().await.status, 403);
        let overview = onboarding.get("/").send().await;
        assert!(!overview.body.contains("Alerts center") && overview.body.contains("Licences in use"), "{}", overview.body);
        let admin = house.browser_of("Alex Morgan").await;
        let answer = admin.post(&format!("{path}/status")).form(&[("rule", "allow")]).send().await;
        assert_eq!(answer.status, 403, "without a CSRF token: {}", answer.body);

        // Whoever has no role begins at their own account.
        let heidi = house.browser_of("Heidi Harper").await;
        assert_eq!(heidi.get("/").send().await.location(), "/me");
        for closed in ["/apps", "/apps/bots", "/alerts", "/search?q=a", "/account", "/reports", "/users"] {
            assert_eq!(heidi.get(closed).send().await.status, 403, "{closed}");
        }
        let own = heidi.get("/me").send().await;
        assert!(own.body.contains("My account") && !own.body.contains("Management"), "{}", own.body);
    }

    async fn another_organization_has_its_own_policies_and_requests(house: House) {
        let other = house.browser_of("Robin Castellanos").await;
        let path = format!("/apps/integrations/{DEFAULT_BLOCKED_CLIENT}");
        assert!(other.get(&path).send().await.body.contains("<span class=\"pill pill-success\">Enabled</span>"));
        press(&other, "/apps/integrations/manage", "/apps/integrations/manage", &[("rule", "block")]).await;
        let admin = house.browser_of("Alex Morgan").await;
        let policy = admin.get("/apps/integrations/manage").send().await;
        assert!(policy.body.contains("value=\"allow\" checked"), "{}", policy.body);
        let found = other.get("/search?q=Heidi").send().await;
        assert!(found.body.contains("Nothing matches"), "{}", found.body);
        let found = admin.get("/search?q=Heidi%20Harper").send().await;
        assert!(found.body.contains("Heidi Harper"), "{}", found.body);
        let found = admin.get("/search?q=presence").send().await;
        assert!(found.body.contains("Webex Presence Retrieval"), "{}", found.body);
    }

    async fn a_cookie_opens_no_api_and_a_personal_token_no_page(house: House) {
        let admin = house.browser_of("Alex Morgan").await;
        assert_eq!(admin.get("/v1/people").send().await.status, 401, "a session is no bearer token");
        let token = house.hub.issue_personal_token(&house.person("Alex Morgan").email).await.unwrap();
        let people = people_with(&house, token.expose_secret()).await;
        assert_eq!(people.status, 200, "{}", people.body);
        let page = house.app.other_browser().get("/apps/integrations").bearer(token.expose_secret()).send().await;
        assert_eq!(page.status, 303, "{}", page.body);
        assert_eq!(house.app.get("/healthz").send().await.json()["status"], "ok");
        let unknown = house.hub.issue_personal_token("nobody@example.com").await.unwrap_err();
        assert!(unknown.public().contains("nobody@example.com"));
    }

    async fn every_page_of_the_navigation_opens(house: House) {
        let admin = house.browser_of("Alex Morgan").await;
        let overview = admin.get("/").send().await;
        let navigation = overview.body.split("id=\"sidenav\"").nth(1).unwrap().split("</nav>").next().unwrap();
        let paths: Vec<&str> = navigation.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(paths.len(), 16, "{paths:?}");
        for path in paths.into_iter().chain(["/apps/bots", "/apps/embedded-apps", "/apps/assistant-skills", "/apps/service-apps",
            "/apps/integrations", "/apps/integrations?q=agat&sort=-name", "/apps/integrations?page=x&done=y&sort=z", "/apps/integrations?page=99", "/apps/integrations/manage", "/apps/integrations/reset", "/search", "/me"]) {
            let answer = admin.get(path).send().await;
            assert_eq!(answer.status, 200, "{path}: {}", answer.body);
            assert!(answer.body.contains("<h1"), "{path}");
        }
        let found = admin.get("/apps/integrations?q=agat&sort=-name").send().await;
        let (dlp, walls) = (found.body.find("Real Time DLP").unwrap(), found.body.find("Ethical Walls").unwrap());
        assert!(dlp < walls && !found.body.contains("Act-On"));
        let id = webex::application_id(DEFAULT_BLOCKED_CLIENT);
        let found = admin.get(&format!("/apps/integrations?q={id}")).send().await;
        assert!(found.body.contains("1–1 of 1") && found.body.contains(&format!("title=\"{id}\"")), "{}", found.body);
    }
}

/// What is dead does not stay for ever: sessions, requests that nobody finished, tokens.
async fn what_is_dead_is_removed(database: kit_test::TestDatabase) {
    let house = House::open(database).await;
    let browser = house.browser_of("Alex Morgan").await;
    assert_eq!(browser.get(&authorize_path(SYNCH)).send().await.status, 302);
    house
        .hub
        .issue_personal_token(&house.person("Alex Morgan").email)
        .await
        .unwrap();
    assert_eq!(house.hub.sweep().await.unwrap(), 0, "what lives stays");
    house.pass(8 * 24 * 3600).await;
    // The session, the request, the access token; its grant is kept for a diagnosis, and goes in the end.
    assert_eq!(house.hub.sweep().await.unwrap(), 3);
    house.pass(91 * 24 * 3600).await;
    assert_eq!(house.hub.sweep().await.unwrap(), 1);
}

#[tokio::test]
async fn what_is_dead_is_removed_on_sqlite() {
    what_is_dead_is_removed(kit_test::TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn what_is_dead_is_removed_on_postgres() {
    what_is_dead_is_removed(kit_test::TestDatabase::postgres().await).await;
}
