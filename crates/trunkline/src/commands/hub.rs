//! `trunkline hub`: runs the Hub alone.

use std::path::PathBuf;

use ::hub::Hub;
use serde::Serialize;
use tokio::net::TcpListener;

use crate::cli::{HubCommand, HubTask};
use crate::commands::{hub_env, hub_seed, hub_token, listen, shutdown_of};
use crate::config::HubConfig;
use crate::failure::Result;
use crate::first_start::{self, HubFirstStart};
use crate::output::Output;
use crate::{logs, private_file};

/// What is printed when the Hub is about to serve.
#[derive(Serialize)]
struct Listening {
    url: String,
    address: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    gateway: Option<ListeningGateway>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_start: Option<HubFirstStart>,
}

/// What is said of the gateway.
#[derive(Serialize)]
struct ListeningGateway {
    url: String,
    certificate: PathBuf,
}

pub(crate) async fn run(command: HubCommand, output: Output) -> Result<()> {
    let mut config = HubConfig::read(command.config.as_ref(), &command.flags)?;
    match command.task {
        Some(HubTask::Seed { size, number }) => return hub_seed::run(config, size, number, output).await,
        Some(HubTask::Env { shell }) => return hub_env::run(&config, shell, output),
        Some(HubTask::Token { email }) => return hub_token::run(&config, &email, output).await,
        None => {}
    }
    config.seed_size = command.seed_size.or(config.seed_size);
    config.seed_number = command.seed_number.unwrap_or(config.seed_number);
    logs::start(&config.log, config.log_format)?;
    let shutdown = shutdown_of(&command.child)?;
    // The port first: a taken one is said before anything is written.
    let listener = listen(config.listen, "--listen").await?;
    let gateway_listener = match config.gateway {
        Some(address) => Some(listen(address, "--gateway").await?),
        None => None,
    };
    // Port 0 is whatever the system chose.
    config.gateway = gateway_listener
        .as_ref()
        .map(TcpListener::local_addr)
        .transpose()?;
    private_file::make_folder(&config.data)?;
    let hub = Hub::open(config.options()?).await?;
    announce(
        &hub,
        &config,
        listener.local_addr()?.to_string(),
        command.child.first_start_file.as_deref(),
        output,
    )?;
    Ok(hub
        .serve_with_gateway(listener, gateway_listener, shutdown)
        .await?)
}

fn announce(
    hub: &Hub,
    config: &HubConfig,
    address: String,
    file: Option<&std::path::Path>,
    output: Output,
) -> Result<()> {
    let mut first_start = hub.first_start().map(HubFirstStart::from);
    if let (Some(file), Some(facts)) = (file, &first_start) {
        first_start::hand_over(facts, file)?;
        first_start = None;
    }
    let url = config.public_url()?.to_string();
    let gateway = hub.gateway().map(|gateway| ListeningGateway {
        url: gateway.environment().proxy,
        certificate: gateway.certificate_file().to_owned(),
    });
    tracing::info!(%url, %address, "the Hub serves");
    output.result(
        &Listening {
            url,
            address,
            gateway,
            first_start,
        },
        in_words,
    );
    Ok(())
}

fn in_words(listening: &Listening) -> String {
    let mut text = format!("The Hub serves {} on {}.", listening.url, listening.address);
    if let Some(gateway) = &listening.gateway {
        text.push_str(&format!(
            "\nThe gateway for unmodified Webex SDKs: {}, with the certificate {}.\n`trunkline hub env` prints what a shell needs; {}/connect shows each SDK.",
            gateway.url,
            gateway.certificate.display(),
            listening.url
        ));
    }
    if let Some(first) = &listening.first_start {
        text.push_str(&format!(
            "\n\nThese people can sign in; their passwords are shown this once:\n{}",
            first_start::people_table(&first.people)
        ));
    }
    text
}
