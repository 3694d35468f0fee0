//! `trunkline hub token`: a personal access token, as developers know it.

use hub::Hub;
use kit::ExposeSecret;
use serde::Serialize;

use crate::commands::require_existing;
use crate::config::HubConfig;
use crate::failure::Result;
use crate::logs;
use crate::output::Output;

/// The one place that prints a token: it is what the command is for.
#[derive(Serialize)]
struct Token {
    access_token: String,
    expires_in: u64,
}

pub(crate) async fn run(config: &HubConfig, email: &str, output: Output) -> Result<()> {
    logs::start(&config.log_or("warn,sqlx::query=error"), config.log_format)?;
    let mut options = config.options()?;
    // Asking for a token must not invent anybody.
    options.seed_size = None;
    require_existing(&options.database_url, "Hub")?;
    let hub = Hub::open(options).await?;
    let token = hub.issue_personal_token(email).await?;
    let token = Token {
        access_token: token.expose_secret().to_owned(),
        expires_in: 12 * 3600,
    };
    output.result(&token, |token| token.access_token.clone());
    Ok(())
}
