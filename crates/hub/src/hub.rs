use std::future::{Future, IntoFuture as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware;
use hub_gateway::Gateway;
use hub_governance::CatalogueOptions;
use hub_simulation::Simulation;
use kit::{Error, Result, SharedClock};
use kit_sql::Database;
use kit_web::{Product, Stack};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::coverage::{Gate, published, say_what_is_not_served};
use crate::limits::{Limits, keep_limits};
use crate::options::{FirstStart, HubOptions};
use crate::service_catalogue::{self, ServiceCatalogue};
use crate::wiring::{Slices, wire};
use crate::{callers, frame, pages, seed, settings, simulation};

/// An open Hub; cheap to clone.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

/// How often what is dead is removed.
const SWEEP_PERIOD: Duration = Duration::from_secs(3600);

struct Inner {
    slices: Slices,
    clock: SharedClock,
    stack: Stack,
    gate: Gate,
    limits: Limits,
    gateway: Option<Gateway>,
    simulation: Option<Simulation>,
    clients_file: PathBuf,
    first_start: Option<FirstStart>,
}

impl Hub {
    /// Opens the database, brings its tables up to date, registers the catalogue and seeds what is asked for.
    pub async fn open(mut options: HubOptions) -> Result<Self> {
        std::fs::create_dir_all(&options.data_folder).map_err(|error| {
            Error::unavailable(format!(
                "The folder {} cannot be made.",
                options.data_folder.display()
            ))
            .because(error)
        })?;
        let database = Database::open(&options.database_url).await?;
        let time = simulation::keep_time(&mut options, &database).await?;
        let slices = wire(&options, database).await?;
        let simulation = time.map(|time| simulation::open(&slices, time, &options));
        let clients_file = options.data_folder.join("clients.json");
        let catalogue = CatalogueOptions {
            clients_file: clients_file.clone(),
            redirect_uris: options.suite_redirect_uris.clone(),
        };
        slices.governance.register_catalogue(&catalogue).await?;
        let first_start = seed::seed(&slices, &options).await?;
        let csrf_key = settings::csrf_key(&slices.database, options.randomness.as_ref()).await?;
        let gate = Gate::new(published(), crate::routes(), &options.public_url)?;
        let limits = Limits::new(&options.rate_limits, &options.clock);
        let gateway = options.gateway.map(Gateway::open).transpose()?;
        let stack = Stack {
            product: Product::Hub,
            public_url: options.public_url,
            further_hosts: options.further_hosts,
            csrf_key,
            randomness: options.randomness,
        };
        Ok(Self(Arc::new(Inner {
            slices,
            clock: options.clock,
            stack,
            gate,
            limits,
            gateway,
            simulation,
            clients_file,
            first_start,
        })))
    }

    /// What this start seeded, with the passwords; `None` where everything was there already.
    pub fn first_start(&self) -> Option<&FirstStart> {
        self.0.first_start.as_ref()
    }

    /// The file with the ids and secrets of the five integrations (mode 0600), for the Suite of the same machine.
    pub fn clients_file(&self) -> PathBuf {
        self.0.clients_file.clone()
    }

    /// The simulation, where this Hub was opened with one.
    pub fn simulation(&self) -> Option<&Simulation> {
        self.0.simulation.as_ref()
    }

    /// The gateway, where this Hub was opened with one.
    pub fn gateway(&self) -> Option<&Gateway> {
        self.0.gateway.as_ref()
    }

    /// A personal access token of 12 hours for the person with this e-mail address.
    pub async fn issue_personal_token(&self, email: &str) -> Result<kit::SecretString> {
        let account = self.0.slices.directory.account_by_email(email).await?;
        let account = account
            .ok_or_else(|| Error::not_found(format!("Nobody here has the e-mail address {email}.")))?;
        self.0.slices.oauth.issue_personal_token(account.person_id).await
    }

    /// Everything that the Hub serves.
    pub fn router(&self) -> Router {
        let slices = &self.0.slices;
        let connect = pages::Connect {
            public_url: self.0.stack.public_url.clone(),
            gateway: self.0.gateway.clone(),
        };
        let pages = pages::router(slices.clone())
            .merge(pages::connect_router(connect))
            .merge(hub_directory::pages_router(slices.directory.clone()))
            .merge(hub_identity::pages_router(slices.identity.clone()))
            .merge(hub_oauth::pages_router(slices.oauth.clone()))
            .merge(hub_governance::pages_router(slices.governance.clone()))
            .merge(hub_numbers::pages_router(slices.numbers.clone()))
            .merge(hub_partners::pages_router(slices.partners.clone()))
            .merge(hub_telephony::pages_router(slices.telephony.clone()))
            .merge(hub_call_features::pages_router(slices.call_features.clone()))
            .merge(hub_scim::pages_router(slices.scim.clone()))
            .merge(hub_developer::pages_router(slices.developer.clone()))
            .merge(hub_events::pages_router(slices.events.clone()));
        let api = hub_directory::api_router(slices.directory.clone())
            .merge(hub_governance::api_router(slices.governance.clone()))
            .merge(hub_identity::api_router(slices.identity.clone()))
            .merge(hub_governance::blast_radius_router(
                slices.governance.clone(),
                slices.identity.clone(),
            ))
            .merge(hub_oauth::api_router(slices.oauth.clone()))
            .merge(hub_numbers::api_router(slices.numbers.clone()))
            .merge(hub_partners::api_router(slices.partners.clone()))
            .merge(hub_telephony::api_router(slices.telephony.clone()))
            .merge(hub_call_features::api_router(slices.call_features.clone()))
            .merge(hub_scim::api_router(slices.scim.clone()))
            .merge(hub_developer::api_router(slices.developer.clone()))
            .merge(hub_events::api_router(slices.events.clone()))
            .merge(service_catalogue::router(ServiceCatalogue::new(
                self.0.stack.public_url.clone(),
                self.0.clock.clone(),
            )));
        let mut router = pages.merge(api);
        if let Some(simulation) = &self.0.simulation {
            router = simulation::around(router, simulation);
        }
        let router = router
            .layer(middleware::from_fn_with_state(slices.clone(), frame::draw_frame))
            .layer(middleware::from_fn_with_state(
                slices.partners.clone(),
                hub_partners::act_for_customer,
            ))
            // Inside of the next: only who holds a valid token is counted.
            .layer(middleware::from_fn_with_state(self.0.limits.clone(), keep_limits))
            .layer(middleware::from_fn_with_state(
                slices.clone(),
                callers::attach_caller,
            ))
            .layer(middleware::from_fn_with_state(
                slices.events.clone(),
                hub_events::ring_after_writes,
            ));
        let gate = self.0.gate.clone();
        kit_web::stack_around(router, self.0.stack.clone(), |router| {
            router.layer(middleware::from_fn_with_state(gate, say_what_is_not_served))
        })
    }

    /// Removes what has been dead for a while: sessions, codes, tokens, requests that nobody finished. Says how many rows
    /// went; nothing depends on it but the size of the database.
    pub async fn sweep(&self) -> Result<u64> {
        let slices = &self.0.slices;
        Ok(slices.identity.sweep().await? + slices.oauth.sweep().await? + slices.events.sweep().await?)
    }

    /// Hands out, delivers and sends what is due at this moment, once; a Hub that serves does it by itself.
    pub async fn tell_now(&self) -> Result<()> {
        self.0.slices.events.work_once().await
    }

    async fn sweep_now_and_then(&self) {
        loop {
            match self.sweep().await {
                Ok(0) => {}
                Ok(rows) => tracing::info!(rows, "what was dead for a while was removed"),
                Err(error) => tracing::warn!(
                    chain = error.chain(),
                    "what is dead could not be removed; the next pass tries again"
                ),
            }
            self.0.clock.sleep(SWEEP_PERIOD).await;
        }
    }

    /// Serves on `listener` and runs the reconcilers until `shutdown` ends; lets running requests finish.
    pub async fn serve(
        self,
        listener: TcpListener,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<()> {
        self.serve_with_gateway(listener, None, shutdown).await
    }

    /// The same with the gateway, on a listener of its own.
    pub async fn serve_with_gateway(
        self,
        listener: TcpListener,
        gateway_listener: Option<TcpListener>,
        shutdown: impl Future<Output = ()> + Send + 'static,
    ) -> Result<()> {
        let governance = self.0.slices.governance.clone();
        let adoption = tokio::spawn(async move { governance.reconcile_adoption().await });
        let governance = self.0.slices.governance.clone();
        let requests = tokio::spawn(async move { governance.reconcile_requests().await });
        let events = self.0.slices.events.clone();
        let telling = tokio::spawn(async move { events.work().await });
        let directory = self.0.slices.directory.clone();
        let deletions = tokio::spawn(async move { directory.reconcile_deletions().await });
        let hub = self.clone();
        let sweeper = tokio::spawn(async move { hub.sweep_now_and_then().await });
        let (stop, stopped) = watch::channel(());
        let waiting = self.0.slices.events.clone();
        let told = tokio::spawn(async move {
            shutdown.await;
            waiting.stop_waiting();
            drop(stop);
        });
        let router = self.router();
        let gateway = serve_gateway(
            self.0.gateway.clone().zip(gateway_listener),
            router.clone(),
            dropped(stopped.clone()),
        );
        // The lockout counts by network address: sign-in reads it from the connection.
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let server = axum::serve(listener, service).with_graceful_shutdown(dropped(stopped));
        let (served, ()) = tokio::join!(server.into_future(), gateway);
        told.abort();
        adoption.abort();
        requests.abort();
        telling.abort();
        sweeper.abort();
        deletions.abort();
        self.0.slices.database.close().await;
        served.map_err(|error| Error::unavailable("The Hub cannot serve any more.").because(error))
    }
}

async fn serve_gateway(
    gateway: Option<(Gateway, TcpListener)>,
    router: Router,
    shutdown: impl Future<Output = ()> + Send,
) {
    if let Some((gateway, listener)) = gateway {
        gateway.serve(listener, router, shutdown).await;
    }
}

/// Ends when the other end is dropped.
async fn dropped(mut other_end: watch::Receiver<()>) {
    while other_end.changed().await.is_ok() {}
}
