//! Logs go to standard error, as text or as one JSON object a line.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

use crate::failure::{Failure, Result};

/// How a log line is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For collectors.
    Json,
}

/// Starts logging what `filter` lets through, such as `info` or `info,hub_oauth=debug`.
pub(crate) fn start(filter: &str, format: LogFormat) -> Result<()> {
    let filter = EnvFilter::try_new(with_quiet_database(filter)).map_err(|error| {
        Failure::usage(format!(
            "The log filter “{filter}” cannot be read: {error}. Try “info” or “info,hub_oauth=debug”."
        ))
    })?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false);
    let started = match format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| Failure::failed(format!("Logging cannot start: {error}")))
}

/// The database layer calls every statement of more than a second slow, with its whole text: a synch of 100,000 people
/// is meant to have some. Whoever wants to see them names `sqlx` in the filter.
fn with_quiet_database(filter: &str) -> String {
    if filter.contains("sqlx") {
        filter.to_owned()
    } else {
        format!("{filter},sqlx::query=error")
    }
}

#[cfg(test)]
mod tests {
    use super::with_quiet_database;

    #[test]
    fn slow_statements_are_logged_for_those_who_ask() {
        assert_eq!(with_quiet_database("info"), "info,sqlx::query=error");
        assert_eq!(with_quiet_database("warn,sqlx=debug"), "warn,sqlx=debug");
    }
}
