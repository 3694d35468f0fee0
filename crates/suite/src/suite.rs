use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::routing::get;
use axum::{Router, middleware};
use http::Method;
use kit::{Error, Result, SharedClock};
use kit_sql::Database;
use kit_web::{ApiError, Product, RouteSpec, Stack, stack};
use suite_authorizations::{
    Authorizations, AuthorizationsParts, CustomerLink, Provider, Vault, key_from_text, load_or_create_key,
};
use suite_directory::UsersSynch;
use suite_tenancy::{Action, FirstAdministrator, Tenancy};
use tokio::net::TcpListener;

use crate::connections::ByAuthorization;
use crate::navigation;
use crate::options::SuiteOptions;
use crate::overview::{self, Overview};
use crate::{provider, simulation};

/// What is being answered when the program is asked to stop may take so long.
const LAST_ANSWERS: Duration = Duration::from_secs(10);

/// Where a customer's page leads beside its integrations.
const CUSTOMER_LINKS: [CustomerLink; 2] = [
    CustomerLink {
        label: "Directory",
        icon: "users",
        path: "directory",
        action: Action::ViewDirectory,
    },
    CustomerLink {
        label: "Synchronization",
        icon: "refresh-cw",
        path: "synch",
        action: Action::ViewDirectory,
    },
];

/// The Suite, open and ready to serve; cheap to clone.
#[derive(Clone)]
pub struct Suite {
    database: Database,
    clock: SharedClock,
    rooms: Rooms,
    router: Router,
}

/// The slices, put together.
#[derive(Clone)]
struct Rooms {
    tenancy: Tenancy,
    authorizations: Authorizations,
    synch: UsersSynch,
}

impl Rooms {
    async fn open(database: &Database, options: &SuiteOptions, provider: Provider) -> Result<Self> {
        let (clock, randomness) = (&options.clock, &options.randomness);
        let vault_key = match &options.vault_key {
            Some(text) => key_from_text(text)?,
            None => load_or_create_key(&options.data_folder.join("suite-vault.key"), &**randomness)?,
        };
        let public_url = options.public_url.clone();
        let tenancy = Tenancy::new(
            database.clone(),
            Arc::clone(clock),
            Arc::clone(randomness),
            public_url,
        );
        tenancy.migrate().await?;
        let authorizations = Authorizations::new(AuthorizationsParts {
            database: database.clone(),
            clock: Arc::clone(clock),
            randomness: Arc::clone(randomness),
            tenancy: tenancy.clone(),
            vault: Vault::new(&vault_key, Arc::clone(randomness)),
            provider,
            http: webex_client::http_client()?,
            customer_links: CUSTOMER_LINKS.to_vec(),
        });
        authorizations.migrate().await?;
        let connections = Arc::new(ByAuthorization(authorizations.clone()));
        let (clock, randomness) = (Arc::clone(clock), Arc::clone(randomness));
        let synch = UsersSynch::new(database.clone(), clock, randomness, connections, tenancy.clone());
        let synch = synch.every(options.synch_period);
        synch.migrate().await?;
        Ok(Self {
            tenancy,
            authorizations,
            synch,
        })
    }
}

impl Suite {
    /// Opens the database, brings its tables up to date and puts the rooms together. The first administrator is
    /// answered by the first start alone: print the password, it is kept nowhere.
    pub async fn open(mut options: SuiteOptions) -> Result<(Self, Option<FirstAdministrator>)> {
        // What is wrong in the options is said before anything is opened.
        let provider = provider::provider(options.provider.clone(), &options.public_url)?;
        let csrf_key = load_or_create_key(&options.data_folder.join("suite-web.key"), &*options.randomness)?;
        let database = Database::open(&options.database_url).await?;
        let time = simulation::keep_time(&mut options, &database).await?;
        let rooms = Rooms::open(&database, &options, provider).await?;
        let first = rooms.tenancy.ensure_first_administrator().await?;
        let SuiteOptions {
            public_url,
            further_hosts,
            clock,
            randomness,
            ..
        } = options;
        let product = Product::Suite;
        let router = stack(
            simulation::around(pages(&database, &rooms), time),
            Stack {
                product,
                public_url,
                further_hosts,
                csrf_key,
                randomness,
            },
        );
        Ok((
            Self {
                database,
                clock,
                rooms,
                router,
            },
            first,
        ))
    }

    /// The whole router, with every layer.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Customers, users and rights.
    pub fn tenancy(&self) -> &Tenancy {
        &self.rooms.tenancy
    }

    /// What the customers authorized.
    pub fn authorizations(&self) -> &Authorizations {
        &self.rooms.authorizations
    }

    /// The people of the customers.
    pub fn users_synch(&self) -> &UsersSynch {
        &self.rooms.synch
    }

    /// Serves and keeps everything going until `shutdown` is ready; then finishes what is being answered, records running
    /// synchronizations as interrupted, and closes the database.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<()> {
        let synch = self.rooms.synch.clone();
        let schedule = tokio::spawn(async move { synch.keep_running().await });
        let renewals = tokio::spawn(self.rooms.authorizations.clone().keep_fresh_forever());
        let (stop, mut stopping) = tokio::sync::watch::channel(false);
        let asked = async move {
            shutdown.await;
            stop.send_replace(true);
        };
        let service = self
            .router
            .clone()
            .into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(listener, service).with_graceful_shutdown(asked);
        let patience = async {
            // A browser that keeps a connection open must not keep the program.
            let _ = stopping.wait_for(|stopping| *stopping).await;
            self.clock.sleep(LAST_ANSWERS).await;
        };
        let served = tokio::select! {
            served = serving => served.map_err(Error::internal),
            () = patience => Ok(()),
        };
        self.rooms.synch.stop().await;
        renewals.abort();
        // The schedule ends by itself when synchronizations are stopped.
        let _ = schedule.await;
        self.database.close().await;
        served
    }
}

fn pages(database: &Database, rooms: &Rooms) -> Router {
    let Rooms {
        tenancy,
        authorizations,
        synch,
    } = rooms.clone();
    let overview = Overview {
        tenancy: tenancy.clone(),
        authorizations: authorizations.clone(),
        synch: synch.clone(),
    };
    Router::new()
        .route("/", get(overview::show).with_state(overview))
        .route("/healthz", get(healthz).with_state(database.clone()))
        .merge(suite_tenancy::pages_router(tenancy.clone()))
        .merge(suite_authorizations::pages_router(authorizations))
        .merge(suite_directory::pages_router(synch))
        .layer(middleware::from_fn_with_state(tenancy.clone(), navigation::frame))
        .layer(middleware::from_fn_with_state(tenancy, suite_tenancy::recognize))
}

/// Every route of the Suite.
pub fn routes() -> Vec<RouteSpec> {
    let own = [
        RouteSpec::page(&Method::GET, "/", "Overview"),
        RouteSpec::open(
            &Method::GET,
            "/healthz",
            "Whether the Suite and its database answer",
        ),
    ];
    own.into_iter()
        .chain(suite_tenancy::ROUTES.iter().copied())
        .chain(suite_authorizations::ROUTES.iter().copied())
        .chain(suite_directory::ROUTES.iter().copied())
        .collect()
}

/// Whether the process answers and its database as well.
async fn healthz(State(database): State<Database>) -> Result<&'static str, ApiError> {
    kit_sql::sql("SELECT 1 AS n").one(&database).await?;
    Ok("ok\n")
}
