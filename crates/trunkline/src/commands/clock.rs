//! `trunkline clock`: the clocks of a simulated Hub and a simulated Suite, moved together.

use std::time::Duration;

use kit::Timestamp;
use kit_simulation::{
    Advance, CLOCK, CLOCK_ADVANCE, ClockView, duration_in_words, lead_in_words, parse_duration,
};
use serde::Serialize;

use crate::cli::{ClockCommand, ClockTask};
use crate::demo;
use crate::failure::{Failure, Result};
use crate::output::Output;

/// A step runs what falls due in it; a synchronization of 100,000 people takes a while.
const PATIENCE: Duration = Duration::from_secs(300);

/// One of the two whose clock is read or moved.
#[derive(Clone, Debug)]
struct Place {
    product: &'static str,
    url: String,
}

#[derive(Clone, Debug, Serialize)]
struct Shown {
    product: &'static str,
    url: String,
    #[serde(flatten)]
    clock: ClockView,
}

/// What `advance` did.
#[derive(Debug, Serialize)]
struct Advanced {
    from: Timestamp,
    now: Timestamp,
    /// How often something fell due on the way and ran.
    ran: u64,
    /// What was still at work when a clock went on without it.
    unfinished: u64,
    products: Vec<Shown>,
}

pub(crate) async fn run(command: ClockCommand, output: Output) -> Result<()> {
    let places = places(&command)?;
    let http = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(PATIENCE)
        .build()
        .map_err(|error| Failure::failed(format!("No HTTP client can be made: {error}")))?;
    let clocks = Clocks { http, places };
    match command.task {
        ClockTask::Now => {
            let shown = clocks.read().await?;
            output.result(&shown, |shown| shown_in_words(shown));
        }
        ClockTask::Advance { by, steps } => {
            let by = parse_duration(&by)?;
            let advanced = clocks.advance(by, by / steps).await?;
            output.result(&advanced, advanced_in_words);
        }
    }
    Ok(())
}

fn places(command: &ClockCommand) -> Result<Vec<Place>> {
    let place = |product, url: &str| Place {
        product,
        url: url.trim_end_matches('/').to_owned(),
    };
    if command.hub.is_some() || command.suite.is_some() {
        let hub = command.hub.as_deref().map(|url| place("Hub", url));
        let suite = command.suite.as_deref().map(|url| place("Suite", url));
        return Ok(hub.into_iter().chain(suite).collect());
    }
    let (hub, suite) = demo::places_of(&command.data)?.ok_or_else(|| {
        Failure::usage(format!(
            "There is no demonstration in {}. Name its folder with --data, or the two with --hub URL and --suite URL.",
            command.data.display()
        ))
    })?;
    Ok(vec![place("Hub", &hub), place("Suite", &suite)])
}

struct Clocks {
    http: reqwest::Client,
    /// The Hub first: the Suite asks it for things, and must not ask a Hub of an earlier time.
    places: Vec<Place>,
}

impl Clocks {
    async fn read(&self) -> Result<Vec<Shown>> {
        let mut shown = Vec::new();
        for place in &self.places {
            let clock = self
                .ask(place, self.http.get(format!("{}{CLOCK}", place.url)))
                .await?;
            shown.push(place.shows(clock));
        }
        Ok(shown)
    }

    /// Moves all to the same moment, step by step: to the next moment at which something falls due anywhere, but at least by `pace`.
    async fn advance(&self, by: Duration, pace: Duration) -> Result<Advanced> {
        let mut shown = self.read().await?;
        // Whoever was behind catches up.
        let from = latest(&shown);
        let target = from.plus(by);
        let (mut ran, mut unfinished) = (0, 0);
        while shown.iter().any(|one| one.clock.now < target) {
            let due = shown.iter().filter_map(|one| one.clock.next_due).min();
            let moment = due.unwrap_or(target).max(latest(&shown).plus(pace)).min(target);
            for at in 0..shown.len() {
                let moved = self.move_one(&self.places[at], moment, pace).await;
                let clock = moved.map_err(|failure| stopped(&failure, &shown, at))?;
                ran += clock.ran.unwrap_or_default();
                unfinished += clock.unfinished.unwrap_or_default();
                shown[at].clock = clock;
            }
        }
        for one in &mut shown {
            (one.clock.ran, one.clock.unfinished) = (None, None);
        }
        Ok(Advanced {
            from,
            now: latest(&shown),
            ran,
            unfinished,
            products: shown,
        })
    }

    async fn move_one(&self, place: &Place, moment: Timestamp, pace: Duration) -> Result<ClockView> {
        let wanted = Advance {
            by: None,
            to: Some(moment),
            at_most_every_ms: Some(u64::try_from(pace.as_millis()).unwrap_or(u64::MAX)),
        };
        let request = self
            .http
            .post(format!("{}{CLOCK_ADVANCE}", place.url))
            .json(&wanted);
        self.ask(place, request).await
    }

    async fn ask(&self, place: &Place, request: reqwest::RequestBuilder) -> Result<ClockView> {
        let Place { product, url } = place;
        let answer = request.send().await.map_err(|error| {
            Failure::failed(format!(
                "The {product} at {url} does not answer ({}). Is it running?",
                error.without_url()
            ))
        })?;
        let status = answer.status();
        let text = answer.text().await.unwrap_or_default();
        if status.is_success() {
            return serde_json::from_str(&text).map_err(|_| not_simulated(place));
        }
        if status == reqwest::StatusCode::NOT_FOUND {
            return Err(not_simulated(place));
        }
        let said = serde_json::from_str::<serde_json::Value>(&text).unwrap_or_default();
        let said = said["message"]
            .as_str()
            .unwrap_or("it does not say why")
            .to_owned();
        Err(Failure::failed(format!(
            "The {product} at {url} refuses ({}): {said}",
            status.as_u16()
        )))
    }
}

impl Place {
    fn shows(&self, clock: ClockView) -> Shown {
        Shown {
            product: self.product,
            url: self.url.clone(),
            clock,
        }
    }
}

fn latest(shown: &[Shown]) -> Timestamp {
    shown
        .iter()
        .map(|one| one.clock.now)
        .max()
        .unwrap_or(Timestamp::from_millis(0))
}

fn not_simulated(place: &Place) -> Failure {
    Failure::failed(format!(
        "The {} at {} keeps the machine's time. Start it with --simulate to move its clock.",
        place.product, place.url
    ))
}

/// Says who moved and who did not.
fn stopped(failure: &Failure, shown: &[Shown], at: usize) -> Failure {
    let mut words = format!("{failure}\nThe clocks now show:");
    for (index, one) in shown.iter().enumerate() {
        let remark = if index == at {
            " (it did not move further)"
        } else {
            ""
        };
        words.push_str(&format!("\n  {} {}{remark}", one.product, one.clock.now));
    }
    words.push_str("\nThe next `trunkline clock advance` brings whoever is behind along.");
    Failure::failed(words)
}

fn shown_in_words(shown: &[Shown]) -> String {
    let line = |one: &Shown| {
        let ahead = match one.clock.ahead_seconds {
            0 => "not moved yet".to_owned(),
            seconds => format!(
                "{} ahead of this machine",
                lead_in_words(Duration::from_secs(seconds))
            ),
        };
        format!("{:<5}  {}  {ahead}", one.product, one.clock.now)
    };
    shown.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn advanced_in_words(advanced: &Advanced) -> String {
    let by = duration_in_words(advanced.now.since(advanced.from));
    let names: Vec<&str> = advanced.products.iter().map(|one| one.product).collect();
    let mut words = format!(
        "{} moved {by} forward; what fell due on the way ran {} times.\n{}",
        names.join(" and "),
        advanced.ran,
        shown_in_words(&advanced.products)
    );
    if advanced.unfinished > 0 {
        words.push_str(&format!(
            "\nStill at work when a clock went on: {}. The logs say what it was.",
            advanced.unfinished
        ));
    }
    words
}
