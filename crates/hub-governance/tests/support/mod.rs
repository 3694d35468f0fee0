#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]
#![allow(dead_code, reason = "each test file uses a part of it")]
use std::sync::Arc;
use std::time::Duration;

use axum::middleware::from_fn_with_state;
use hub_directory::seed::{self, NamedPerson};
use hub_directory::{Account, Caller, CallerOrigin, Directory, OrganizationId, PersonId, SeedOrganization};
use hub_governance::pages_router;
use hub_governance::{AccessRequest, CatalogueOptions, FIVE, Governance, ListQuery};
use hub_identity::Identity;
use hub_oauth::{Client, GateDecision, OAuth};
use kit::{Clock as _, ExposeSecret as _, ManualClock, SystemRandomness, Timestamp};
use kit_sql::{Database, sql};
use kit_test::{Answer, App};
use kit_web::{Product, PublicUrl, Stack, stack};
use webex::ScopeSet;

/// Where the integrations of a test are called back.
pub(crate) const CALLBACK: &str = "http://localhost:8090/callback";

/// The slices up to this one, with a small organization.
pub(crate) struct House {
    pub(crate) governance: Governance,
    pub(crate) oauth: OAuth,
    pub(crate) directory: Directory,
    pub(crate) identity: Identity,
    pub(crate) clock: ManualClock,
    pub(crate) database: Database,
    seed: SeedOrganization,
    accounts: Vec<(NamedPerson, Account)>,
    folder: tempfile::TempDir,
}

impl House {
    pub(crate) async fn open(database: Database) -> Self {
        let clock = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        let (directory, identity, oauth, governance) = wire(&database, &clock).await;
        let seed = seed::other_small_organization(1);
        directory.seed(&seed).await.unwrap();
        let mut accounts = Vec::new();
        for person in seed.named_people() {
            let account = directory
                .account(PersonId::new(person.id))
                .await
                .unwrap()
                .unwrap();
            accounts.push((person.named.unwrap(), account));
        }
        let folder = tempfile::tempdir().unwrap();
        let house = Self {
            governance,
            oauth,
            directory,
            identity,
            clock,
            database,
            seed,
            accounts,
            folder,
        };
        house
            .register_catalogue(&["http://localhost:8090/callback"])
            .await;
        house
            .governance
            .seed_policies(house.organization(), Some(&FIVE[1].client_id()))
            .await
            .unwrap();
        house
    }

    pub(crate) async fn register_catalogue(&self, redirect_uris: &[&str]) {
        let options = CatalogueOptions {
            clients_file: self.folder.path().join("clients.json"),
            redirect_uris: redirect_uris.iter().map(|uri| (*uri).to_owned()).collect(),
        };
        self.governance.register_catalogue(&options).await.unwrap();
    }

    pub(crate) fn clients_file(&self) -> Vec<serde_json::Value> {
        use std::os::unix::fs::PermissionsExt as _;
        let path = self.folder.path().join("clients.json");
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    }

    pub(crate) fn lose_clients_file(&self) {
        std::fs::remove_file(self.folder.path().join("clients.json")).unwrap();
    }

    pub(crate) fn organization(&self) -> OrganizationId {
        OrganizationId::new(self.seed.id)
    }

    pub(crate) fn account(&self, part: NamedPerson) -> Account {
        self.accounts
            .iter()
            .find(|(candidate, _)| *candidate == part)
            .unwrap()
            .1
            .clone()
    }

    pub(crate) fn caller(&self, part: NamedPerson) -> Caller {
        let account = self.account(part);
        Caller {
            person_id: account.person_id,
            organization_id: account.organization_id,
            roles: account.roles,
            scopes: ScopeSet::default(),
            origin: CallerOrigin::Session,
            shares_presence: true,
        }
    }

    pub(crate) fn full_admin(&self) -> Caller {
        self.caller(NamedPerson::FullAdmin)
    }

    pub(crate) fn token_of_full_admin(&self) -> Caller {
        let origin = CallerOrigin::Token {
            client_id: FIVE[0].client_id(),
            token_hash: String::new(),
            grant_id: kit::Uuid::nil(),
        };
        Caller {
            origin,
            scopes: ScopeSet::parse("spark:all spark-admin:people_read").unwrap(),
            ..self.full_admin()
        }
    }

    /// People who play no part.
    pub(crate) fn some_people(&self, count: usize) -> Vec<PersonId> {
        let plain = self.seed.people.iter().filter(|person| person.named.is_none());
        plain.take(count).map(|person| PersonId::new(person.id)).collect()
    }

    /// The secret of one of the five.
    pub(crate) fn secret(&self, client_id: &str) -> String {
        let clients = self.clients_file();
        let client = clients
            .iter()
            .find(|client| client["client_id"] == client_id)
            .unwrap();
        client["client_secret"].as_str().unwrap().to_owned()
    }

    /// Somebody at a browser.
    pub(crate) fn caller_for(&self, account: &Account) -> Caller {
        Caller {
            person_id: account.person_id,
            organization_id: account.organization_id,
            roles: account.roles.clone(),
            shares_presence: account.shares_presence,
            ..self.full_admin()
        }
    }

    /// Somebody tries to authorize an integration; `attempt` is the authorization that waits.
    pub(crate) async fn tries(
        &self,
        account: &Account,
        client_id: &str,
        attempt: Option<&str>,
    ) -> GateDecision {
        let client = self.client(client_id).await;
        self.governance
            .gate()
            .decide(account, &client, &client.scopes, attempt)
            .await
            .unwrap()
    }

    /// Somebody's open request.
    pub(crate) async fn request_of(&self, account: &Account, client_id: &str) -> AccessRequest {
        let page = self
            .governance
            .requests_for(&self.full_admin(), client_id)
            .await
            .unwrap();
        page.requests
            .into_iter()
            .find(|request| request.person_id == account.person_id)
            .unwrap()
    }

    /// The subjects of the letters to this address, the oldest first.
    pub(crate) async fn letters_to(&self, address: &str) -> Vec<String> {
        sql("SELECT subject FROM events_letter WHERE recipient = $1 ORDER BY created_at, id")
            .bind(address)
            .all(&self.database)
            .await
            .unwrap()
            .iter()
            .map(|row| row.text("subject").unwrap())
            .collect()
    }

    /// What the outbox holds, as text.
    pub(crate) async fn outbox(&self) -> Vec<String> {
        sql("SELECT payload FROM events_outbox ORDER BY at, id")
            .all(&self.database)
            .await
            .unwrap()
            .iter()
            .map(|row| row.text("payload").unwrap())
            .collect()
    }

    /// Setting, old and new value of the audit's lines, the oldest first.
    pub(crate) async fn audited(&self) -> Vec<(String, String, String)> {
        sql("SELECT setting, previous_value, new_value FROM events_audit ORDER BY at, id")
            .all(&self.database)
            .await
            .unwrap()
            .iter()
            .map(|row| {
                let text = |column| row.optional_text(column).unwrap().unwrap_or_default();
                (text("setting"), text("previous_value"), text("new_value"))
            })
            .collect()
    }

    pub(crate) async fn lives_for(&self, person: PersonId, client_id: &str, granted_at: Timestamp) -> bool {
        self.governance
            .gate()
            .allows(self.organization(), person, client_id, granted_at)
            .await
            .unwrap()
    }

    pub(crate) async fn client(&self, client_id: &str) -> Client {
        self.oauth.client(client_id).await.unwrap().unwrap()
    }

    pub(crate) async fn is_enabled(&self, client_id: &str) -> bool {
        self.governance
            .integration(&self.full_admin(), client_id)
            .await
            .unwrap()
            .integration
            .enabled
    }

    pub(crate) async fn lives(&self, client_id: &str, granted_at: Timestamp) -> bool {
        let person = self.account(NamedPerson::FullAdmin).person_id;
        self.governance
            .gate()
            .allows(self.organization(), person, client_id, granted_at)
            .await
            .unwrap()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) async fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds)).await;
    }

    pub(crate) async fn until_somebody_sleeps(&self) {
        while self.clock.sleepers() == 0 {
            tokio::task::yield_now().await;
        }
    }

    pub(crate) async fn until_refreshed_at(&self, moment: Timestamp) {
        loop {
            let list = self
                .governance
                .integrations(&self.full_admin(), &ListQuery::default())
                .await
                .unwrap();
            if list.refreshed_at == Some(moment) {
                return;
            }
            tokio::task::yield_now().await;
        }
    }
}

async fn wire(database: &Database, clock: &ManualClock) -> (Directory, Identity, OAuth, Governance) {
    let (clock, randomness) = (Arc::new(clock.clone()), Arc::new(SystemRandomness));
    let public_url = PublicUrl::parse("http://127.0.0.1:8080").unwrap();
    let directory = Directory::new(
        database.clone(),
        clock.clone(),
        randomness.clone(),
        public_url.clone(),
    );
    let identity = Identity::new(
        database.clone(),
        clock.clone(),
        randomness.clone(),
        directory.clone(),
    );
    let governance = Governance::new(
        database.clone(),
        clock.clone(),
        randomness.clone(),
        directory.clone(),
    );
    let (gate, asked) = (governance.gate(), identity.clone());
    let oauth = OAuth::new(
        database.clone(),
        clock,
        randomness,
        directory.clone(),
        asked,
        public_url,
        gate,
    );
    governance.bind(oauth.clone()).unwrap();
    directory.with_listener(identity.listener());
    directory.with_listener(governance.listener());
    directory.migrate().await.unwrap();
    identity.migrate().await.unwrap();
    oauth.migrate().await.unwrap();
    governance.migrate().await.unwrap();
    (directory, identity, oauth, governance)
}

/// Somebody at a browser of their own.
pub(crate) struct Window {
    pub(crate) app: App,
    pub(crate) session: String,
}

impl Window {
    pub(crate) async fn open(house: &House, person: PersonId) -> Self {
        let router = hub_oauth::api_router(house.oauth.clone())
            .merge(pages_router(house.governance.clone()))
            .layer(from_fn_with_state(
                house.identity.clone(),
                hub_identity::attach_session,
            ));
        let options = Stack {
            product: Product::Hub,
            public_url: hub_test::public_url(),
            further_hosts: Vec::new(),
            csrf_key: [7; 32],
            randomness: Arc::new(SystemRandomness),
        };
        let app = App::new(stack(router, options), hub_test::HOST);
        let sign_in = house
            .identity
            .sign_in_without_password(person, "test")
            .await
            .unwrap();
        let session = format!(
            "{}={}",
            hub_identity::SESSION_COOKIE,
            sign_in.token.expose_secret()
        );
        Self { app, session }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.app.get(path).header("cookie", &self.session).send().await
    }

    /// Sends a form of the page at `page`, with its token.
    pub(crate) async fn send(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.get(page).await.field("csrf");
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.app
            .post(action)
            .header("cookie", &self.session)
            .form(&all)
            .send()
            .await
    }

    /// Begins an authorization; answers where it waits.
    pub(crate) async fn begin(&self, client_id: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs([
            ("response_type", "code"),
            ("client_id", client_id),
            ("scope", "spark:people_read"),
            ("state", "s1"),
            ("redirect_uri", CALLBACK),
        ]);
        let begun = self.get(&format!("/v1/authorize?{}", query.finish())).await;
        begun.location().to_owned()
    }

    /// Authorizes an integration; answers the code.
    pub(crate) async fn authorize(&self, client_id: &str) -> String {
        let waits = self.begin(client_id).await;
        let person = self.get(&waits).await.field("person");
        let accepted = self
            .send(&waits, &waits, &[("person", &person), ("decision", "accept")])
            .await;
        let url = url::Url::parse(accepted.location()).unwrap();
        let code = url.query_pairs().find(|(name, _)| name == "code").unwrap();
        code.1.into_owned()
    }
}
