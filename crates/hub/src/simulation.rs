//! A Hub whose clock can be moved, and whose people can be acted for.

use std::sync::Arc;

use axum::{Router, middleware};
use hub_simulation::{Simulation, SimulationParts};
use kit::{Result, SystemClock};
use kit_simulation::{SimulatedTime, require_loopback, show_simulated_time};
use kit_sql::Database;
use kit_web::RouteSpec;

use crate::options::HubOptions;
use crate::wiring::Slices;

/// The routes that are there with `--simulate` only.
pub fn simulation_routes() -> impl Iterator<Item = &'static RouteSpec> {
    hub_simulation::ROUTES.iter().chain(kit_simulation::ROUTES)
}

/// Takes the clock that can be moved, where it was before; or makes sure that this database never had one.
pub(crate) async fn keep_time(
    options: &mut HubOptions,
    database: &Database,
) -> Result<Option<SimulatedTime>> {
    let Some(clock) = options.simulation.clone() else {
        SimulatedTime::refuse_moved(database).await?;
        return Ok(None);
    };
    let mut listens = vec![("--listen", options.listen)];
    listens.extend(
        options
            .gateway
            .as_ref()
            .map(|gateway| ("--gateway", gateway.listen)),
    );
    require_loopback(&listens, &options.public_url, &options.further_hosts)?;
    let time = SimulatedTime::open(clock.clone(), database.clone()).await?;
    options.clock = Arc::new(clock);
    Ok(Some(time))
}

pub(crate) fn open(slices: &Slices, time: SimulatedTime, options: &HubOptions) -> Simulation {
    Simulation::new(SimulationParts {
        time,
        // An answer is late for the client, whatever this Hub's clock shows.
        real_clock: Arc::new(SystemClock),
        randomness: Arc::clone(&options.randomness),
        directory: slices.directory.clone(),
        identity: slices.identity.clone(),
        oauth: slices.oauth.clone(),
        governance: slices.governance.clone(),
    })
}

/// Adds the console and the API, lets requests meet faults, and says on every page what the clock shows.
pub(crate) fn around(router: Router, simulation: &Simulation) -> Router {
    let clock = simulation.time().clock().clone();
    router
        .merge(hub_simulation::router(simulation.clone()))
        .layer(middleware::from_fn_with_state(
            simulation.clone(),
            hub_simulation::meet,
        ))
        .layer(middleware::from_fn_with_state(clock, show_simulated_time))
}
