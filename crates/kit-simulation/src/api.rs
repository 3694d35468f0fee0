use std::time::Duration;

use axum::extract::State;
use axum::routing::{get, post};
use axum::{Router, middleware};
use http::Method;
use kit::{Clock as _, Error, Result, Timestamp};
use kit_web::{ApiError, Json, RouteSpec};
use serde::{Deserialize, Serialize};

use crate::{SimulatedTime, only_from_this_machine, parse_duration};

/// Where the clock is read.
pub const CLOCK: &str = "/simulation/v1/clock";
/// Where the clock is moved.
pub const CLOCK_ADVANCE: &str = "/simulation/v1/clock/advance";

/// The routes that both products share.
pub const ROUTES: &[RouteSpec] = &[
    RouteSpec::open(&Method::GET, CLOCK, "The simulated time and what falls due next"),
    RouteSpec::open(&Method::POST, CLOCK_ADVANCE, "Moves the clock forward"),
];

/// A long way is gone in so many steps: who looks every minute looks so often in five years, and who waits for a day is on time.
const STEPS_OF_A_LONG_WAY: u32 = 500;

/// What the clock shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockView {
    /// The simulated moment.
    pub now: Timestamp,
    /// By how many seconds it is ahead of the machine's clock.
    pub ahead_seconds: u64,
    /// The next moment for which something waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Timestamp>,
    /// After an advance: how often something fell due on the way and ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ran: Option<u64>,
    /// After an advance: what was still at work when the clock went on without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unfinished: Option<u64>,
}

/// How far to move the clock: by a duration or to a moment.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// `90d`, `5y`, `2h30m`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// A moment, RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Timestamp>,
    /// What repeats runs no more often than this; by default a 500th of the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most_every_ms: Option<u64>,
}

impl Advance {
    fn target(&self, now: Timestamp) -> Result<Timestamp> {
        match (&self.by, self.to) {
            (Some(by), None) => Ok(now.plus(parse_duration(by)?)),
            (None, Some(to)) if to >= now => Ok(to),
            (None, Some(to)) => Err(Error::invalid(format!(
                "The clock goes forward only: it shows {now}, which is after {to}."
            ))),
            _ => Err(Error::invalid(
                "Say how far to move the clock: either {\"by\": \"90d\"} or {\"to\": \"2031-11-24T09:00:00Z\"}.",
            )),
        }
    }

    fn pace(&self, way: Duration) -> Duration {
        self.at_most_every_ms
            .map_or(way / STEPS_OF_A_LONG_WAY, Duration::from_millis)
    }
}

/// The clock's API, for this machine alone.
pub fn router(time: SimulatedTime) -> Router {
    Router::new()
        .route(CLOCK, get(show))
        .route(CLOCK_ADVANCE, post(advance))
        .layer(middleware::from_fn(only_from_this_machine))
        .with_state(time)
}

async fn show(State(time): State<SimulatedTime>) -> axum::Json<ClockView> {
    axum::Json(ClockView::of(&time))
}

async fn advance(
    State(time): State<SimulatedTime>,
    Json(wanted): Json<Advance>,
) -> Result<axum::Json<ClockView>, ApiError> {
    let now = time.clock().now();
    let target = wanted.target(now)?;
    let moved = time.advance_to(target, wanted.pace(target.since(now))).await?;
    Ok(axum::Json(ClockView {
        ran: Some(moved.woken),
        unfinished: Some(moved.unfinished),
        ..ClockView::of(&time)
    }))
}

impl ClockView {
    /// What this clock shows now.
    pub fn of(time: &SimulatedTime) -> Self {
        Self {
            now: time.clock().now(),
            ahead_seconds: time.clock().offset().as_secs(),
            next_due: time.clock().next_due(),
            ran: None,
            unfinished: None,
        }
    }
}
