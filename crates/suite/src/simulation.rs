//! A Suite whose clock can be moved.

use std::sync::Arc;

use axum::{Router, middleware};
use kit::Result;
use kit_simulation::{SimulatedTime, require_loopback, show_simulated_time};
use kit_sql::Database;

use crate::options::SuiteOptions;

/// Takes the clock that can be moved, where it was before; or makes sure that this database never had one.
pub(crate) async fn keep_time(
    options: &mut SuiteOptions,
    database: &Database,
) -> Result<Option<SimulatedTime>> {
    let Some(clock) = options.simulation.clone() else {
        SimulatedTime::refuse_moved(database).await?;
        return Ok(None);
    };
    require_loopback(&[], &options.public_url, &options.further_hosts)?;
    let time = SimulatedTime::open(clock.clone(), database.clone()).await?;
    options.clock = Arc::new(clock);
    Ok(Some(time))
}

/// Adds the clock's API, and says on every page what it shows.
pub(crate) fn around(router: Router, time: Option<SimulatedTime>) -> Router {
    let Some(time) = time else {
        return router;
    };
    let clock = time.clock().clone();
    router
        .merge(kit_simulation::router(time))
        .layer(middleware::from_fn_with_state(clock, show_simulated_time))
}
