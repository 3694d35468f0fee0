//! A Suite of one slice, and a platform on the loopback interface that does what a test tells it.
#![allow(unreachable_pub, reason = "every test file is a crate")]
#![allow(dead_code, reason = "every test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

pub mod platform;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::{self, Next};
use kit::{ManualClock, SeededRandomness, SharedClock, SystemRandomness, Timestamp};
use kit_sql::Database;
use kit_test::{Answer, App};
use kit_web::{Product, PublicUrl, Stack, Viewer, stack, update_page_context};
use suite_authorizations::{
    Authorizations, AuthorizationsParts, CallbackQuery, CustomerLink, INTEGRATIONS, IntegrationClient,
    IntegrationKey, Provider, ProviderOptions, Vault,
};
use suite_tenancy::{Action, Actor, CustomerId, Role, RoleAssignment, Tenancy};
use url::Url;

pub use platform::{ORGANIZATION, Platform};

pub struct World {
    pub platform: Platform,
    pub clock: ManualClock,
    pub tenancy: Tenancy,
    pub authorizations: Authorizations,
    pub admin: Actor,
    pub app: App,
}

/// What the platform got in the address to which the browser was sent.
pub struct SentAway {
    pub url: Url,
    pub query: HashMap<String, String>,
}

impl SentAway {
    pub fn new(url: Url) -> Self {
        let query = url.query_pairs().into_owned().collect();
        Self { url, query }
    }

    pub fn state(&self) -> &str {
        &self.query["state"]
    }
}

pub fn now() -> Timestamp {
    Timestamp::parse("2026-11-24T09:00:00Z").unwrap()
}

impl World {
    pub async fn new(database: &Database) -> Self {
        let platform = Platform::start().await;
        let clock = ManualClock::at(now());
        platform.set_now(now());
        let options = options_towards(&platform);
        Self::with(database, platform, clock, options).await
    }

    pub async fn with(
        database: &Database,
        platform: Platform,
        clock: ManualClock,
        options: ProviderOptions,
    ) -> Self {
        let (tenancy, authorizations) = suite(database, Arc::new(clock.clone()), options).await;
        tenancy.migrate().await.unwrap();
        authorizations.migrate().await.unwrap();
        let app = app(&authorizations);
        Self {
            platform,
            clock,
            tenancy,
            authorizations,
            admin: Actor::system("Ada Tester"),
            app,
        }
    }

    pub async fn customer(&self, name: &str, organization: Option<&str>) -> CustomerId {
        self.tenancy
            .add_customer(&self.admin, name, organization.unwrap_or_default())
            .await
            .unwrap()
            .id
    }

    /// Sends browser `one` away.
    pub async fn begin(&self, customer: CustomerId, integration: IntegrationKey) -> SentAway {
        SentAway::new(
            self.authorizations
                .begin(&self.admin, customer, integration, "browser-one")
                .await
                .unwrap(),
        )
    }

    /// What the platform answers when everything is accepted.
    pub fn accepted(&self, sent: &SentAway) -> CallbackQuery {
        let code = self.platform.consent(sent);
        CallbackQuery {
            code: Some(code),
            state: Some(sent.state().to_owned()),
            iss: Some(self.platform.base.clone()),
            ..CallbackQuery::default()
        }
    }

    /// The address at which the browser comes back when everything is accepted.
    pub fn way_back(&self, sent: &SentAway) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("code", &self.platform.consent(sent))
            .append_pair("state", sent.state())
            .append_pair("iss", &self.platform.base);
        format!("/authorizations/callback?{}", query.finish())
    }

    /// The whole way, once.
    pub async fn authorize(&self, customer: CustomerId, integration: IntegrationKey) {
        let sent = self.begin(customer, integration).await;
        let query = self.accepted(&sent);
        self.authorizations
            .callback(Some(&self.admin), "browser-one", &query)
            .await
            .unwrap();
    }

    pub async fn pass(&self, duration: Duration) {
        self.clock.advance(duration).await;
        self.platform.set_now(kit::Clock::now(&self.clock));
    }
}

pub fn options_towards(platform: &Platform) -> ProviderOptions {
    let clients = INTEGRATIONS.iter().map(|integration| IntegrationClient {
        integration: integration.key,
        client_id: client_id(integration.key),
        client_secret: "client-secret".into(),
        redirect_uri: "http://localhost:8090/authorizations/callback".to_owned(),
    });
    ProviderOptions {
        issuer: Some(platform.base.clone()),
        clients: clients.collect(),
        ..ProviderOptions::at(&platform.base)
    }
}

pub fn client_id(key: IntegrationKey) -> String {
    format!("C{:064}", key as usize + 1)
}

/// The slices over this database; several of them are several processes.
pub async fn suite(
    database: &Database,
    clock: SharedClock,
    options: ProviderOptions,
) -> (Tenancy, Authorizations) {
    let public_url = PublicUrl::parse("http://localhost:8090").unwrap();
    let tenancy = Tenancy::new(
        database.clone(),
        clock.clone(),
        Arc::new(SystemRandomness),
        public_url,
    );
    let parts = AuthorizationsParts {
        database: database.clone(),
        clock,
        randomness: Arc::new(SystemRandomness),
        tenancy: tenancy.clone(),
        vault: Vault::new(&[7; 32], Arc::new(SystemRandomness)),
        provider: Provider::new(options).unwrap(),
        http: webex_client::http_client().unwrap(),
        customer_links: vec![CustomerLink {
            label: "Directory",
            icon: "users",
            path: "directory",
            action: Action::ViewDirectory,
        }],
    };
    (tenancy, Authorizations::new(parts))
}

/// The pages with everything around them. The header `x-test-actor` says who is signed in.
fn app(authorizations: &Authorizations) -> App {
    let pages =
        suite_authorizations::pages_router(authorizations.clone()).layer(middleware::from_fn(sign_in));
    let options = Stack {
        product: Product::Suite,
        public_url: PublicUrl::parse("http://localhost:8090").unwrap(),
        further_hosts: Vec::new(),
        csrf_key: [1; 32],
        randomness: Arc::new(SeededRandomness::new(11)),
    };
    App::new(stack(pages, options), "localhost:8090")
}

async fn sign_in(mut request: Request, next: Next) -> axum::response::Response {
    let named = request
        .headers()
        .get("x-test-actor")
        .and_then(|value| value.to_str().ok())
        .map(ToOwned::to_owned);
    if let Some(named) = named {
        let mut actor = Actor::system("Ada Tester");
        if let Some((role, customer)) = named.split_once('@') {
            let role = Role::from_key(role).unwrap();
            actor.assignments = vec![RoleAssignment {
                role,
                customer: Some(CustomerId::parse(customer).unwrap()),
            }];
        }
        let viewer = Viewer {
            name: actor.name.clone(),
            email: String::new(),
            account_path: "/me".to_owned(),
        };
        update_page_context(|context| context.viewer = Some(viewer));
        request.extensions_mut().insert(actor);
    }
    next.run(request).await
}

/// A page of `app` for the signed-in administrator.
pub async fn page(app: &App, path: &str) -> Answer {
    app.get(path).header("x-test-actor", "admin").send().await
}

/// Sends a form of `app` for the signed-in administrator, with the token of a page that was opened before.
pub async fn post(app: &App, path: &str, csrf: &str, pairs: &[(&str, &str)]) -> Answer {
    let pairs: Vec<_> = [("csrf", csrf)]
        .into_iter()
        .chain(pairs.iter().copied())
        .collect();
    app.post(path)
        .header("x-test-actor", "admin")
        .form(&pairs)
        .send()
        .await
}
