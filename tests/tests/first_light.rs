//! The first walk through the whole house, over HTTP, on both databases: a Full Admin authorizes Users' Synch by the
//! real pages, and the organization's people are in the Suite.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use kit_test::TestDatabase;
use reqwest::StatusCode;
use suite_tenancy::{Actor, CustomerId};
use whole::{Browser, Person, Products, Sight};

const DENIED: &str = "Access denied - Your administrator denied access to the integration you selected. We captured your request and will let them know";

async fn on_sqlite() -> (Products, Vec<TestDatabase>) {
    let databases = vec![TestDatabase::sqlite().await, TestDatabase::sqlite().await];
    (
        Products::start(&databases[0].url, &databases[1].url).await,
        databases,
    )
}

async fn on_postgres() -> (Products, Vec<TestDatabase>) {
    let databases = vec![TestDatabase::postgres().await, TestDatabase::postgres().await];
    (
        Products::start(&databases[0].url, &databases[1].url).await,
        databases,
    )
}

/// A signed-in administrator of the Suite who has added the Hub's organization as a customer.
struct Desk {
    browser: Browser,
    customer: CustomerId,
    page: String,
}

impl Desk {
    async fn with_customer(products: &Products) -> Self {
        let browser = Browser::default();
        let sign_in = browser.open(&products.suite_url).await;
        let Person { email, password } = &products.administrator;
        let start = browser
            .send(&sign_in, "Sign in", &[("email", email), ("password", password)])
            .await;
        assert_eq!(start.status, StatusCode::OK);
        let form = browser
            .open(&format!("{}/customers/new", products.suite_url))
            .await;
        let values = [
            ("name", "Kestrel Bay Logistics"),
            ("organization_id", products.organization.as_str()),
        ];
        let added = browser.send(&form, "Add the customer", &values).await;
        added.says("Kestrel Bay Logistics");
        let customers = products
            .suite
            .tenancy()
            .customers(&Actor::system("Test"))
            .await
            .unwrap();
        assert_eq!(customers.len(), 1);
        let page = format!("{}/customers/{}", products.suite_url, customers[0].id);
        Self {
            browser,
            customer: customers[0].id,
            page,
        }
    }

    /// Presses Authorize on the card and signs in at the Hub; answers what the Hub then shows.
    async fn authorize(&self, integration: &str, person: &Person) -> Sight {
        let page = self.browser.open(&self.page).await;
        let action = format!("/authorizations/{integration}/authorize");
        let email = self.browser.send_to(&page, &action, &[]).await;
        let password = self
            .browser
            .send(&email, "Next", &[("email", &person.email)])
            .await;
        self.browser
            .send(&password, "Sign in", &[("password", &person.password)])
            .await
    }

    async fn runs_to_its_end(&self, products: &Products) -> suite_directory::Run {
        let synch = products.suite.users_synch();
        // The Suite may have begun by itself the moment it was authorized: then that run is the one to wait for.
        loop {
            match synch
                .run_to_end(&Actor::system("Test"), self.customer, |_| {})
                .await
            {
                Ok(run) => return run,
                Err(error) if *error.kind() == kit::Kind::Conflict => tokio::task::yield_now().await,
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}

async fn people_are_in_the_suite_once_a_full_admin_has_authorized(products: &Products) {
    let desk = Desk::with_customer(products).await;
    let consent = desk
        .authorize("users-synch", products.person("Alex Morgan"))
        .await;
    assert!(
        consent.url.as_str().starts_with(&products.hub_url),
        "{}",
        consent.url
    );
    consent
        .says("Imagicle UCX Suite Users' Synch from Control Hub")
        .says("by Imagicle");
    let back = desk.browser.send(&consent, "Accept", &[]).await;
    assert!(back.url.as_str().starts_with(&desk.page), "{}", back.url);
    back.says("Authorized").says("Alex Morgan");
    let run = desk.runs_to_its_end(products).await;
    assert!(run.changes().is_some(), "{:?}", run.stage);
    assert_eq!(run.people, 60);
    for (search, found) in [
        ("harp heid", "Heidi Harper"),
        ("novak", "Zuzana Nováková"),
        ("nguyen", "Mai Nguyễn"),
    ] {
        let directory = desk
            .browser
            .open(&format!("{}/directory?q={}", desk.page, search.replace(' ', "+")))
            .await;
        directory.says(found).says("1–1 of 1");
    }
}

async fn a_blocked_integration_is_denied_captured_and_cured(products: &Products) {
    let desk = Desk::with_customer(products).await;
    let denied = desk.authorize("presence", products.person("Alex Morgan")).await;
    assert_eq!(denied.status, StatusCode::FORBIDDEN);
    denied.says(DENIED);
    assert!(
        denied.url.as_str().starts_with(&products.hub_url),
        "the browser is not sent back: {}",
        denied.url
    );
    // The same person is a Full Admin, who allows it: the authorization that was interrupted goes on by itself.
    let panel = desk
        .browser
        .open(&denied.link("Open the setting in Apps > Integrations"))
        .await;
    panel.says("Waiting for access").says("Alex Morgan");
    let consent = desk.browser.send(&panel, "Allow", &[]).await;
    let back = desk.browser.send(&consent, "Accept", &[]).await;
    assert!(back.url.as_str().starts_with(&desk.page), "{}", back.url);
    back.says("Authorized");
}

async fn a_deactivated_admins_authorization_is_dead_and_changes_nothing(products: &Products) {
    let desk = Desk::with_customer(products).await;
    let consent = desk
        .authorize("users-synch", products.person("Alex Morgan"))
        .await;
    desk.browser.send(&consent, "Accept", &[]).await;
    assert_eq!(desk.runs_to_its_end(products).await.people, 60);
    let other = products
        .hub
        .issue_personal_token(&products.person("Priya Raman").email)
        .await
        .unwrap();
    deactivate(products, &other, &products.person("Alex Morgan").email).await;
    let run = desk.runs_to_its_end(products).await;
    assert!(
        matches!(run.stage, suite_directory::Stage::Failed { .. }),
        "{:?}",
        run.stage
    );
    let directory = desk.browser.open(&format!("{}/directory", desk.page)).await;
    directory.says("of 60");
    let page = desk.browser.open(&desk.page).await;
    assert!(
        !page.words().contains("1 of 5 integrations authorized"),
        "{}",
        page.words()
    );
}

/// Through the public API, as any administrator's program would; the person's own token is dead right after.
async fn deactivate(products: &Products, token: &kit::SecretString, email: &str) {
    use kit::ExposeSecret;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let own = products.hub.issue_personal_token(email).await.unwrap();
    let me = format!("{}/v1/people/me", products.hub_url);
    let status = async |token: &kit::SecretString| {
        client
            .get(&me)
            .bearer_auth(token.expose_secret())
            .send()
            .await
            .unwrap()
            .status()
    };
    assert_eq!(status(&own).await, StatusCode::OK);
    let found = client
        .get(format!("{}/v1/people", products.hub_url))
        .query(&[("email", email)])
        .bearer_auth(token.expose_secret());
    let found: serde_json::Value = found.send().await.unwrap().json().await.unwrap();
    let mut person = found["items"][0].clone();
    person["loginEnabled"] = false.into();
    let id = person["id"].as_str().unwrap().to_owned();
    let changed = client
        .put(format!("{}/v1/people/{id}", products.hub_url))
        .json(&person)
        .bearer_auth(token.expose_secret())
        .send()
        .await
        .unwrap();
    assert_eq!(
        changed.status(),
        StatusCode::OK,
        "{}",
        changed.text().await.unwrap()
    );
    assert_eq!(status(&own).await, StatusCode::UNAUTHORIZED);
}

macro_rules! on_both_databases {
    ($( $journey:ident ),+ $(,)?) => {
        $(
            mod $journey {
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn sqlite() {
                    let (products, _databases) = super::on_sqlite().await;
                    super::$journey(&products).await;
                    products.end().await;
                }

                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn postgres() {
                    let (products, _databases) = super::on_postgres().await;
                    super::$journey(&products).await;
                    products.end().await;
                }
            }
        )+
    };
}

on_both_databases! {
    people_are_in_the_suite_once_a_full_admin_has_authorized,
    a_blocked_integration_is_denied_captured_and_cured,
    a_deactivated_admins_authorization_is_dead_and_changes_nothing,
}
