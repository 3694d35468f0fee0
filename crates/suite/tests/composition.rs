//! The Suite as one server.
#![allow(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test that cannot go on fails"
)]

use std::sync::Arc;
use std::time::Duration;

use http::{Method, StatusCode};
use kit::{ExposeSecret as _, SystemClock, SystemRandomness};
use kit_test::{App, TestDatabase};
use kit_web::{Needs, PublicUrl};
use suite::{ProviderClient, ProviderOptions, Suite, SuiteOptions, routes};
use suite_tenancy::{Actor, NewPrincipal, Role, RoleAssignment};

const HOST: &str = "localhost:8090";

fn options(database_url: &str, folder: &std::path::Path) -> SuiteOptions {
    let client = ProviderClient {
        integration: "users-synch".into(),
        client_id: "C1".into(),
        client_secret: "secret".into(),
    };
    SuiteOptions {
        database_url: database_url.to_owned(),
        public_url: PublicUrl::parse(&format!("http://{HOST}")).unwrap(),
        further_hosts: Vec::new(),
        data_folder: folder.to_path_buf(),
        vault_key: None,
        // Nobody listens there: what needs the platform fails, and nothing else may.
        provider: ProviderOptions {
            api_url: "http://127.0.0.1:9".into(),
            call_records_url: None,
            issuer: None,
            clients: vec![client],
            redirect_uri: None,
        },
        synch_period: Duration::from_secs(6 * 3600),
        clock: Arc::new(SystemClock),
        simulation: None,
        randomness: Arc::new(SystemRandomness),
    }
}

async fn sign_in(app: &App, email: &str, password: &str) {
    let csrf = app.get("/sign-in").send().await.field("csrf");
    let answer = app
        .post("/sign-in")
        .form(&[("csrf", &csrf), ("email", email), ("password", password)])
        .send()
        .await;
    assert_eq!(answer.location(), "/");
}

async fn walk(test: TestDatabase) {
    let folder = tempfile::tempdir().unwrap();
    let (suite, first) = Suite::open(options(&test.url, folder.path())).await.unwrap();
    let first = first.expect("the first start makes an administrator");
    let (again, none) = Suite::open(options(&test.url, folder.path())).await.unwrap();
    assert!(none.is_none(), "a second start makes none");
    let app = App::new(suite.router(), HOST);
    assert_eq!(app.get("/healthz").send().await.body, "ok\n");
    sign_in(&app, &first.email, first.password.expose_secret()).await;
    assert!(app.get("/").send().await.body.contains("No customer yet"));

    let admin = Actor::system("test");
    let contoso = suite.tenancy().add_customer(&admin, "Contoso", "").await.unwrap();
    let fabrikam = suite
        .tenancy()
        .add_customer(&admin, "Fabrikam", "")
        .await
        .unwrap();
    let overview = app.get("/").send().await.body;
    assert!(
        overview.contains("1 integration is not authorized yet.")
            && overview.contains("Analytics: Not configured")
    );
    let directory = app
        .get(&format!("/customers/{}/directory", contoso.id))
        .send()
        .await
        .body;
    assert!(
        directory.contains(&format!(
            "href=\"/customers/{}/directory\" aria-current=\"page\"",
            contoso.id
        )),
        "the navigation knows where we are"
    );
    assert!(
        directory.contains(&format!("href=\"/customers/{}/directory\"", fabrikam.id)),
        "the selector leads to the same page of another customer"
    );
    assert!(
        directory.contains("Go to the integrations"),
        "an empty directory says what to do"
    );
    // The session outlives a restart, and so do the forms that are open.
    let restarted = App::new(again.router(), HOST);
    assert_eq!(
        restarted.get("/").send().await.status,
        StatusCode::SEE_OTHER,
        "another browser is not signed in"
    );

    let assignment = RoleAssignment {
        role: Role::Viewer,
        customer: Some(fabrikam.id),
    };
    let new = NewPrincipal {
        name: "Vera".into(),
        email: "vera@suite.example".into(),
        assignment,
    };
    let (_, password) = suite.tenancy().add_principal(&admin, new).await.unwrap();
    let vera = app.other_browser();
    sign_in(&vera, "vera@suite.example", password.expose_secret()).await;
    let overview = vera.get("/").send().await.body;
    assert!(
        overview.contains("Fabrikam") && !overview.contains("Contoso"),
        "who may see one customer sees one"
    );
    every_route(
        &app.other_browser(),
        &vera,
        &contoso.id.to_string(),
        &fabrikam.id.to_string(),
    )
    .await;
    test.database.close().await;
}

/// Nobody gets in without a session, and a viewer of one customer gets nothing of another and changes nothing.
async fn every_route(nobody: &App, viewer: &App, foreign: &str, own: &str) {
    let csrf = viewer.get("/me").send().await.field("csrf");
    let fill = |path: &str, customer: &str| {
        let path = path
            .replace("{customer_id}", customer)
            .replace("{integration}", "users-synch")
            .replace("{number}", "1");
        path.split('/')
            .map(|part| {
                if part.starts_with('{') {
                    "3fa85f64-5717-4562-b3fc-2c963f66afa6"
                } else {
                    part
                }
            })
            .collect::<Vec<_>>()
            .join("/")
    };
    for route in routes().iter().filter(|route| route.needs == Needs::Session) {
        let answer = nobody
            .request(route.method.clone(), &fill(route.path, foreign))
            .send()
            .await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{} {}",
            route.method,
            route.path
        );
        if !route.path.contains("{customer_id}") {
            continue;
        }
        let send = async |customer: &str| {
            let request = viewer.request(route.method.clone(), &fill(route.path, customer));
            let fields = [
                ("csrf", csrf.as_str()),
                ("name", "X"),
                ("recipient", "X"),
                ("integrations", "users-synch"),
                ("days", "7"),
            ];
            let request = if *route.method == Method::POST {
                request.form(&fields)
            } else {
                request
            };
            request.send().await.status
        };
        assert_eq!(
            send(foreign).await,
            StatusCode::NOT_FOUND,
            "of another customer: {} {}",
            route.method,
            route.path
        );
        if *route.method == Method::POST {
            let status = send(own).await;
            assert!(
                matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND),
                "{status}: {} {}",
                route.method,
                route.path
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_through_the_suite_sqlite() {
    walk(TestDatabase::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_walk_through_the_suite_postgres() {
    walk(TestDatabase::postgres().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_serves_until_it_is_asked_to_stop() {
    let (test, folder) = (TestDatabase::sqlite().await, tempfile::tempdir().unwrap());
    let (suite, _) = Suite::open(options(&test.url, folder.path())).await.unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(suite.serve(listener, async move {
        let _ = stopped.await;
    }));
    let client = webex_client::http_client().unwrap();
    let answer = client
        .get(format!("http://{address}/healthz"))
        .header("host", HOST)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let strange = client
        .get(format!("http://{address}/healthz"))
        .header("host", "evil.example")
        .send()
        .await
        .unwrap();
    assert_eq!(strange.status(), 421, "only the configured hosts are answered");
    drop(client);
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_wrong_option_is_said_before_anything_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("suite.sqlite3").display());
    let mut wrong = options(&database, folder.path());
    wrong.provider.clients[0].integration = "fax".into();
    let error = Suite::open(wrong).await.err().unwrap();
    assert!(
        error.public().contains("users-synch"),
        "it names the known ones: {error}"
    );
    assert!(!folder.path().join("suite.sqlite3").exists());
}
