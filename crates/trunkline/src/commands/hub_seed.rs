//! `trunkline hub seed`: invents an organization and ends.

use hub::Hub;

use crate::config::{HubConfig, SeedSize};
use crate::failure::Result;
use crate::first_start::{self, HubFirstStart};
use crate::output::Output;
use crate::{logs, private_file};

pub(crate) async fn run(mut config: HubConfig, size: SeedSize, number: u64, output: Output) -> Result<()> {
    config.seed_size = Some(size);
    config.seed_number = number;
    logs::start(&config.log_or("warn,sqlx::query=error"), config.log_format)?;
    private_file::make_folder(&config.data)?;
    let hub = Hub::open(config.options()?).await?;
    let facts = hub.first_start().map(HubFirstStart::from).unwrap_or_default();
    output.result(&facts, in_words);
    Ok(())
}

fn in_words(facts: &HubFirstStart) -> String {
    if facts.organizations.is_empty() {
        return "This organization is there already; nothing was changed.".to_owned();
    }
    let made: Vec<String> = facts
        .organizations
        .iter()
        .map(|made| format!("Made {} with {} people.", made.name, made.people))
        .collect();
    format!(
        "{}\n\nThese people can sign in; their passwords are shown this once:\n{}",
        made.join("\n"),
        first_start::people_table(&facts.people)
    )
}
