use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use kit::{Clock as _, Error, Moved, Pace, Result, ShiftableClock, Timestamp};
use kit_sql::Database;

use crate::{lead_in_words, store};

/// A product's clock, moved by hand, and remembered in its database. Cheap to clone.
#[derive(Clone)]
pub struct SimulatedTime {
    clock: ShiftableClock,
    database: Database,
}

impl SimulatedTime {
    /// Goes on where an earlier start on this database was.
    pub async fn open(clock: ShiftableClock, database: Database) -> Result<Self> {
        store::migrate(&database).await?;
        clock.begin_with(store::offset(&database).await?);
        Ok(Self { clock, database })
    }

    /// Refuses to serve a database whose clock was moved with the machine's clock: for what it holds, time would go back.
    pub async fn refuse_moved(database: &Database) -> Result<()> {
        store::migrate(database).await?;
        let offset = store::offset(database).await?;
        if offset.is_zero() {
            return Ok(());
        }
        Err(Error::conflict(format!(
            "The clock of this database was moved {} ahead, and time goes forward only. Start with --simulate, or with another database.",
            lead_in_words(offset)
        )))
    }

    /// The clock.
    pub fn clock(&self) -> &ShiftableClock {
        &self.clock
    }

    /// Moves the clock forward to `target`, running what falls due on the way, in order.
    pub async fn advance_to(&self, target: Timestamp, at_most_every: Duration) -> Result<Moved> {
        // Before the first thing happens at a later moment: a start after a crash must not be earlier than what it finds.
        let ahead = target.since(self.clock.now());
        store::keep_offset(&self.database, self.clock.offset() + ahead).await?;
        let moved = self.clock.advance_to(target, Pace { at_most_every }).await;
        store::keep_offset(&self.database, self.clock.offset()).await?;
        tracing::info!(from = %moved.from, to = %moved.to, woken = moved.woken, "the simulated clock was moved");
        Ok(moved)
    }
}

/// Says on every page that the clock is simulated, and what it shows.
pub async fn show_simulated_time(
    State(clock): State<ShiftableClock>,
    request: Request,
    next: Next,
) -> Response {
    let now = clock.now().to_string();
    kit_web::update_page_context(|context| context.simulated_now = Some(now));
    next.run(request).await
}
