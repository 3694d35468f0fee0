//! `trunkline suite sync`: Users' Synch of one customer, to its end.

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use suite::Suite;
use suite_directory::{Changes, Progress, ProgressStage, Run, Stage, SynchOptions};
use suite_tenancy::{Actor, Customer};

use crate::commands::require_existing;
use crate::config::SuiteConfig;
use crate::failure::{Failure, Result};
use crate::first_start::AdministratorFacts;
use crate::output::Output;
use crate::{logs, shutdown};

/// How the run ended.
#[derive(Serialize)]
struct Summary {
    customer: String,
    run: i64,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    people: i64,
    locations: i64,
    pages: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<ChangesMade>,
    seconds: f64,
}

#[derive(Serialize)]
struct ChangesMade {
    added: i64,
    changed: i64,
    returned: i64,
    left: i64,
    unchanged: i64,
}

impl From<Changes> for ChangesMade {
    fn from(changes: Changes) -> Self {
        let Changes {
            added,
            changed,
            returned,
            left,
            unchanged,
        } = changes;
        Self {
            added,
            changed,
            returned,
            left,
            unchanged,
        }
    }
}

pub(crate) async fn run(
    config: &SuiteConfig,
    wanted: &str,
    accept_fewer: bool,
    output: Output,
) -> Result<()> {
    logs::start(&config.log_or("warn,sqlx::query=error"), config.log_format)?;
    let interrupted = shutdown::requested()?;
    let options = config.options()?;
    require_existing(&options.database_url, "Suite")?;
    let (suite, first) = Suite::open(options).await?;
    if let Some(first) = first {
        // An empty PostgreSQL database: the password is shown now or never.
        output.aside(&AdministratorFacts::from(&first).in_words());
    }
    let actor = Actor::system("Terminal");
    let customer = find(suite.tenancy().customers(&actor).await?, wanted)?;
    let synch = suite.users_synch().clone();
    let stopper = synch.clone();
    // Ctrl-C records the run as interrupted instead of leaving its record open.
    tokio::spawn(async move {
        interrupted.await;
        stopper.stop().await;
    });
    let bar = progress_bar();
    let options = SynchOptions { accept_fewer };
    let run = synch
        .run_to_end_with(&actor, customer.id, options, |progress| show(&bar, progress))
        .await;
    bar.finish_and_clear();
    let summary = summary(run?, customer);
    output.result(&summary, in_words);
    match summary.outcome {
        "succeeded" => Ok(()),
        outcome => Err(Failure::unchanged(format!(
            "The synch {outcome}; the directory is unchanged."
        ))),
    }
}

/// By id, by name, or by a part of a name that only one customer has.
fn find(customers: Vec<Customer>, wanted: &str) -> Result<Customer> {
    let key = kit::search_key(wanted);
    let exact = customers
        .iter()
        .position(|customer| customer.id.to_string() == wanted || kit::search_key(&customer.name) == key);
    let parts: Vec<usize> = (0..customers.len())
        .filter(|index| kit::search_key(&customers[*index].name).contains(&key))
        .collect();
    let found = exact.or(if parts.len() == 1 {
        parts.first().copied()
    } else {
        None
    });
    let names: Vec<String> = customers
        .iter()
        .map(|customer| format!("“{}”", customer.name))
        .collect();
    found
        .and_then(|index| customers.into_iter().nth(index))
        .ok_or_else(|| {
            Failure::usage(match (names.is_empty(), parts.len()) {
                (true, _) => "The Suite has no customer yet. Add one in the browser.".to_owned(),
                (_, 0) => format!(
                    "There is no customer “{wanted}”. There are: {}.",
                    names.join(", ")
                ),
                _ => format!(
                    "More than one customer has “{wanted}” in its name: {}.",
                    parts
                        .iter()
                        .map(|index| names[*index].as_str())
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            })
        })
}

/// It draws to standard error, and only where that is a terminal.
fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::no_length();
    bar.set_style(style("{spinner} {msg} {human_pos}"));
    bar
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

fn show(bar: &ProgressBar, progress: Progress) {
    let Progress {
        stage,
        people,
        pages: _,
        expected,
    } = progress;
    // How many people there are is known from the run before, if there was one.
    if bar.length().is_none()
        && let Some(expected) = expected.filter(|expected| *expected > 0)
    {
        bar.set_length(expected);
        bar.set_style(style(
            "{spinner} {msg} [{bar:40}] {human_pos}/{human_len} {per_sec} {eta}",
        ));
    }
    if bar.length().is_some_and(|length| people > length) {
        bar.set_length(people);
    }
    bar.set_message(match stage {
        ProgressStage::Locations => "Locations",
        ProgressStage::People => "People",
        ProgressStage::Applying => "Applying",
    });
    bar.set_position(people);
}

fn summary(run: Run, customer: Customer) -> Summary {
    let (outcome, reason) = match &run.stage {
        Stage::Succeeded { .. } => ("succeeded", None),
        Stage::Refused { reason, .. } => ("was refused", Some(reason.clone())),
        Stage::Failed { reason, .. } => ("failed", Some(reason.clone())),
        Stage::Interrupted { .. } => ("was interrupted", None),
        Stage::Fetching | Stage::Applying => ("did not end", None),
    };
    Summary {
        customer: customer.name,
        run: run.number,
        outcome,
        reason,
        people: run.people,
        locations: run.locations,
        pages: run.pages,
        changes: run.changes().map(ChangesMade::from),
        seconds: run.duration(run.started_at).as_secs_f64(),
    }
}

fn in_words(summary: &Summary) -> String {
    let mut text = format!(
        "Run {} of {} {} after {:.1} s.",
        summary.run, summary.customer, summary.outcome, summary.seconds
    );
    if let Some(reason) = &summary.reason {
        text.push_str(&format!("\n{reason}"));
    }
    if let Some(ChangesMade {
        added,
        changed,
        returned,
        left,
        unchanged,
    }) = &summary.changes
    {
        text.push_str(&format!(
            "\n{} people at {} locations: {added} added, {changed} changed, {returned} returned, {left} left, {unchanged} unchanged.",
            summary.people, summary.locations
        ));
    }
    text
}
