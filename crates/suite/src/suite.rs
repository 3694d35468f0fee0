use std::net::SocketAddr;

use axum::routing::get;
use axum::{Router, middleware};
use kit::{Error, Result};
use kit_sql::Database;
use kit_web::{Product, Stack, stack};
use suite_tenancy::{FirstAdministrator, Tenancy};
use tokio::net::TcpListener;

use crate::SuiteOptions;
use crate::keys::key_file;

/// The Suite, open and ready to serve; cheap to clone.
#[derive(Clone)]
pub struct Suite {
    database: Database,
    tenancy: Tenancy,
    router: Router,
}

impl Suite {
    /// Opens the database, brings its tables up to date and puts the rooms together. The first administrator is
    /// answered by the first start alone: print the password, it is kept nowhere.
    pub async fn open(options: SuiteOptions) -> Result<(Self, Option<FirstAdministrator>)> {
        let SuiteOptions { database_url, public_url, further_hosts, data_folder, provider: _, synch_period: _, clock, randomness } = options;
        let database = Database::open(&database_url).await?;
        let tenancy = Tenancy::new(database.clone(), clock.clone(), randomness.clone(), public_url.clone());
        tenancy.migrate().await?;
        let first = tenancy.ensure_first_administrator().await?;
        let csrf_key = key_file(&data_folder, "suite-web.key", &*randomness)?;
        let pages = suite_tenancy::pages_router(tenancy.clone())
            .route("/healthz", get(healthz).with_state(database.clone()))
            .layer(middleware::from_fn_with_state(tenancy.clone(), suite_tenancy::recognize));
        let router = stack(pages, Stack { product: Product::Suite, public_url, further_hosts, csrf_key, randomness });
        Ok((Self { database, tenancy, router }, first))
    }

    /// The whole router, with every layer.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Customers, users and rights.
    pub fn tenancy(&self) -> &Tenancy {
        &self.tenancy
    }

    /// Serves until `shutdown` is ready, then finishes what is being answered and closes the database.
    pub async fn serve(self, listener: TcpListener, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<()> {
        let service = self.router.clone().into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(shutdown).await.map_err(Error::internal)?;
        self.database.close().await;
        Ok(())
    }
}

/// Whether the process answers and its database as well.
async fn healthz(axum::extract::State(database): axum::extract::State<Database>) -> Result<&'static str, kit_web::ApiError> {
    kit_sql::sql("SELECT 1 AS n").one(&database).await?;
    Ok("ok\n")
}
