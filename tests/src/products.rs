use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hub::{Hub, HubOptions, Size};
use kit::{ExposeSecret, SystemClock, SystemRandomness};
use kit_web::PublicUrl;
use suite::{ProviderClient, ProviderOptions, Suite, SuiteOptions};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Somebody who can sign in.
#[derive(Clone)]
pub struct Person {
    /// User name.
    pub email: String,
    /// Password.
    pub password: String,
}

/// Hub and Suite in this process, each on its own port and host name, as the program wires them.
pub struct Products {
    /// `http://127.0.0.1:PORT`.
    pub hub_url: String,
    /// `http://localhost:PORT`.
    pub suite_url: String,
    /// The Hub's front door.
    pub hub: Hub,
    /// The Suite's front door.
    pub suite: Suite,
    /// The local administrator of the Suite.
    pub administrator: Person,
    /// The first seeded organization's id.
    pub organization: String,
    people: BTreeMap<String, Person>,
    stop: Vec<(oneshot::Sender<()>, JoinHandle<()>)>,
    _folder: TempDir,
}

/// The ids of mission, as the Hub writes them into `clients.json`.
const CLIENTS: [(&str, &str); 5] = [
    (
        "users-synch",
        "C89a4ba3aa80c33dd80bfc17a1572c5026049234c0aa90b7793b47dac37d7fa6c",
    ),
    (
        "presence",
        "C1468e046a54f78620ca6d1b16eda8096165d0f960078c8e38c5ac09fb7f7f120",
    ),
    (
        "call-control",
        "C143958d8c8645673914400fbf4b06fa022da2a7caeac67b5eb48d062709cf24e",
    ),
    (
        "call-analytics",
        "C2b09ee9cb8a3ae94ae0e6417d7dcf7e33351ae00bbb22fb9937a79796a8371b5",
    ),
    (
        "single-sign-on",
        "C287f727f93d20644fd10a5bd2d3c8b6796497bd21bd28d92e588f470ceb546c4",
    ),
];

impl Products {
    /// Starts both on these two databases, with the small organization.
    pub async fn start(hub_database: &str, suite_database: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let (hub_listener, suite_listener) = (listener().await, listener().await);
        let hub_url = format!("http://127.0.0.1:{}", port(&hub_listener));
        let suite_url = format!("http://localhost:{}", port(&suite_listener));
        let redirect_uri = format!("{suite_url}/authorizations/callback");
        let hub = Hub::open(hub_options(hub_database, &hub_url, &redirect_uri, &folder))
            .await
            .expect("the Hub opens");
        let first = hub.first_start().expect("the first start seeds").clone();
        let options = suite_options(suite_database, &suite_url, &hub_url, &hub, &folder);
        let (suite, administrator) = Suite::open(options).await.expect("the Suite opens");
        let administrator = administrator.expect("the first start makes an administrator");
        let person = |person: &hub::SeededPerson| {
            let known = Person {
                email: person.email.clone(),
                password: person.password.expose_secret().to_owned(),
            };
            (person.name.clone(), known)
        };
        let (hub_stop, hub_stopped) = oneshot::channel();
        let (suite_stop, suite_stopped) = oneshot::channel();
        let serving = [
            tokio::spawn(serve(hub.clone().serve(hub_listener, ended(hub_stopped)))),
            tokio::spawn(serve(suite.clone().serve(suite_listener, ended(suite_stopped)))),
        ];
        Self {
            hub_url,
            suite_url,
            hub,
            suite,
            administrator: Person {
                email: administrator.email,
                password: administrator.password.expose_secret().to_owned(),
            },
            organization: first.organizations[0].id.to_string(),
            people: first.people.iter().map(person).collect(),
            stop: [hub_stop, suite_stop].into_iter().zip(serving).collect(),
            _folder: folder,
        }
    }

    /// Somebody of the Hub, by name.
    pub fn person(&self, name: &str) -> &Person {
        self.people.get(name).unwrap_or_else(|| {
            panic!(
                "nobody with a password is called {name}: {:?}",
                self.people.keys()
            )
        })
    }

    /// Ends both, the Suite first, and waits until they have.
    pub async fn end(mut self) {
        for (stop, serving) in self.stop.drain(..).rev() {
            drop(stop);
            serving.await.expect("a product ends without a panic");
        }
    }
}

async fn listener() -> TcpListener {
    TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
        .await
        .expect("loopback has a free port")
}

fn port(listener: &TcpListener) -> u16 {
    listener
        .local_addr()
        .expect("a bound listener has an address")
        .port()
}

async fn ended(stopped: oneshot::Receiver<()>) {
    // The other end is dropped, which is the message.
    let _ = stopped.await;
}

async fn serve(serving: impl Future<Output = kit::Result<()>>) {
    serving.await.expect("a product serves until it is told to stop");
}

fn hub_options(database: &str, url: &str, redirect_uri: &str, folder: &TempDir) -> HubOptions {
    HubOptions {
        database_url: database.to_owned(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        public_url: PublicUrl::parse(url).expect("our own URL is an origin"),
        further_hosts: Vec::new(),
        data_folder: folder.path().to_path_buf(),
        seed_size: Some(Size::Small),
        seed_number: 1,
        seed_passwords: BTreeMap::new(),
        suite_redirect_uris: vec![redirect_uri.to_owned()],
        blocked_client: Some(hub::DEFAULT_BLOCKED_CLIENT.to_owned()),
        rate_limits: hub::RateLimits::default(),
        events: hub::EventSettings {
            allow_private_targets: true,
            ..hub::EventSettings::default()
        },
        gateway: None,
        randomness: Arc::new(SystemRandomness),
        clock: Arc::new(SystemClock),
        simulation: None,
    }
}

fn suite_options(database: &str, url: &str, hub_url: &str, hub: &Hub, folder: &TempDir) -> SuiteOptions {
    let written = std::fs::read_to_string(hub.clients_file()).expect("the Hub writes the ids and secrets");
    let written: Vec<serde_json::Value> = serde_json::from_str(&written).expect("as JSON");
    let client = |(integration, id): (&str, &str)| {
        let entry = written
            .iter()
            .find(|entry| entry["client_id"] == id)
            .unwrap_or_else(|| panic!("{integration} is not registered"));
        let secret = entry["client_secret"]
            .as_str()
            .expect("a secret is a text")
            .to_owned();
        ProviderClient {
            integration: integration.to_owned(),
            client_id: id.to_owned(),
            client_secret: secret.into(),
        }
    };
    SuiteOptions {
        database_url: database.to_owned(),
        public_url: PublicUrl::parse(url).expect("our own URL is an origin"),
        further_hosts: Vec::new(),
        data_folder: folder.path().to_path_buf(),
        vault_key: None,
        provider: ProviderOptions {
            api_url: hub_url.to_owned(),
            call_records_url: None,
            issuer: Some(hub_url.to_owned()),
            clients: CLIENTS.into_iter().map(client).collect(),
            redirect_uri: None,
        },
        synch_period: Duration::from_secs(6 * 3600),
        clock: Arc::new(SystemClock),
        simulation: None,
        randomness: Arc::new(SystemRandomness),
    }
}
