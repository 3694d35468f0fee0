//! A fake Webex on loopback and a Suite around Users' Synch.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its part")]

pub mod provider;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use kit::{ManualClock, SeededRandomness, SharedRandomness, SystemRandomness, Timestamp};
use kit_sql::Database;
use kit_web::PublicUrl;
use suite_directory::{
    Connections, DirectorySearch, ListedPerson, Presence, Run, StatusFilter, SynchOptions, UsersSynch,
};
use suite_tenancy::{Actor, Customer, CustomerId, Tenancy};
use webex_client::{FixedToken, Origins, Patience, WebexClient, http_client};

use provider::Provider;

pub struct Fixture {
    pub database: Database,
    pub tenancy: Tenancy,
    pub synch: UsersSynch,
    pub customer: Customer,
    pub provider: Provider,
    pub clock: ManualClock,
    pub admin: Actor,
}

/// Connects every customer to the fake provider.
struct ToProvider {
    url: String,
    clock: ManualClock,
    http: reqwest::Client,
}

#[async_trait]
impl Connections for ToProvider {
    async fn client_for(&self, _customer: CustomerId) -> kit::Result<WebexClient> {
        let patience = Patience {
            retries: 0,
            rate_limit_waits: 1,
            longest_wait: Duration::from_secs(600),
            first_backoff: Duration::from_millis(1),
        };
        let tokens = Arc::new(FixedToken::new("token".into()));
        let client = WebexClient::new(
            Origins::single(&format!("{}/v1", self.url))?,
            tokens,
            self.http.clone(),
            Arc::new(self.clock.clone()),
        );
        Ok(client.with_patience(patience))
    }
}

impl Fixture {
    pub async fn new(database: &Database) -> Self {
        let clock = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        Self::with(
            database,
            clock,
            Provider::start().await,
            Arc::new(SeededRandomness::new(7)),
        )
        .await
    }

    /// As [`Self::new`] with ids that no other fixture of the same database has.
    pub async fn another(database: &Database, provider: Provider) -> Self {
        let clock = ManualClock::at(Timestamp::parse("2026-11-24T09:00:00Z").unwrap());
        Self::with(database, clock, provider, Arc::new(SystemRandomness)).await
    }

    async fn with(
        database: &Database,
        clock: ManualClock,
        provider: Provider,
        randomness: SharedRandomness,
    ) -> Self {
        let public_url = PublicUrl::parse("http://localhost:8090").unwrap();
        let tenancy = Tenancy::new(
            database.clone(),
            Arc::new(clock.clone()),
            Arc::clone(&randomness),
            public_url,
        );
        tenancy.migrate().await.unwrap();
        let admin = Actor::system("Ada Moreau");
        let name = match tenancy.customers(&admin).await.unwrap().len() {
            0 => "Contoso".to_owned(),
            number => format!("Contoso {number}"),
        };
        let customer = tenancy.add_customer(&admin, &name, "").await.unwrap();
        let synch = Self::synch(database, &clock, &provider, randomness, &tenancy);
        synch.migrate().await.unwrap();
        Self {
            database: database.clone(),
            tenancy,
            synch,
            customer,
            provider,
            clock,
            admin,
        }
    }

    fn synch(
        database: &Database,
        clock: &ManualClock,
        provider: &Provider,
        randomness: SharedRandomness,
        tenancy: &Tenancy,
    ) -> UsersSynch {
        let connections = Arc::new(ToProvider {
            url: provider.url(),
            clock: clock.clone(),
            http: http_client().unwrap(),
        });
        UsersSynch::new(
            database.clone(),
            Arc::new(clock.clone()),
            randomness,
            connections,
            tenancy.clone(),
        )
    }

    /// The same customer and provider seen by another process, whose clock is its own.
    pub fn other_process(&self, clock: &ManualClock) -> UsersSynch {
        Self::synch(
            &self.database,
            clock,
            &self.provider,
            Arc::new(SystemRandomness),
            &self.tenancy,
        )
    }

    pub async fn run(&self) -> Run {
        self.synch
            .run_to_end(&self.admin, self.customer.id, |_| {})
            .await
            .unwrap()
    }

    pub async fn run_accepting_fewer(&self) -> Run {
        let options = SynchOptions { accept_fewer: true };
        self.synch
            .run_to_end_with(&self.admin, self.customer.id, options, |_| {})
            .await
            .unwrap()
    }

    pub async fn search(&self, text: &str, status: StatusFilter) -> Vec<ListedPerson> {
        let search = DirectorySearch {
            text: text.to_owned(),
            status,
            limit: 1_000,
            ..DirectorySearch::default()
        };
        self.synch
            .search_people(&self.admin, self.customer.id, &search)
            .await
            .unwrap()
            .0
    }

    pub async fn names(&self, text: &str) -> Vec<String> {
        self.search(text, StatusFilter::Present)
            .await
            .into_iter()
            .map(|person| person.display_name)
            .collect()
    }

    pub async fn names_of_left(&self) -> Vec<String> {
        let left = self.search("", StatusFilter::Left).await;
        assert!(
            left.iter()
                .all(|person| matches!(person.presence, Presence::Left { .. }))
        );
        left.into_iter().map(|person| person.display_name).collect()
    }
}
