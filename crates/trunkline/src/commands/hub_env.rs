//! `trunkline hub env`: the lines that a shell needs so that unmodified Webex SDKs reach this Hub.

use std::collections::BTreeMap;
use std::path::PathBuf;

use hub_gateway::{Environment, Shell, certificate_file};
use serde::Serialize;

use crate::cli::ShellName;
use crate::config::HubConfig;
use crate::failure::{Failure, Result};
use crate::output::Output;

#[derive(Serialize)]
struct Lines {
    hub: String,
    gateway: String,
    certificate: PathBuf,
    variables: BTreeMap<&'static str, String>,
    #[serde(skip)]
    text: String,
}

pub(crate) fn run(config: &HubConfig, shell: ShellName, output: Output) -> Result<()> {
    let listen = config.gateway.ok_or_else(|| gateway_is_off(config))?;
    let file = certificate_file(&config.data);
    // Whole, so that the programs may run in any folder.
    let file = file.canonicalize().map_err(|_| {
        Failure::usage(format!(
            "There is no certificate yet: {} does not exist. Start the Hub with its gateway once (trunkline hub --gateway {listen}), or name its folder with --data or its file with --config.",
            file.display()
        ))
    })?;
    let public_url = config.public_url()?;
    let environment = Environment::new(listen, &file, &public_url);
    let lines = Lines {
        hub: public_url.to_string(),
        text: in_words(&environment, shell, public_url.as_str()),
        gateway: environment.proxy,
        certificate: environment.certificate_file,
        variables: environment.variables.into_iter().collect(),
    };
    output.result(&lines, |lines| lines.text.clone());
    Ok(())
}

/// Also what a newcomer meets who started the demonstration, whose configuration lies in its folder.
fn gateway_is_off(config: &HubConfig) -> Failure {
    let of_the_demonstration = config.data.join("hub.toml");
    let hint = if of_the_demonstration.is_file() {
        format!(
            " For the demonstration: trunkline hub env --config {}",
            of_the_demonstration.display()
        )
    } else {
        String::new()
    };
    Failure::usage(format!(
        "The gateway of this Hub is off. Say where it listens with --gateway 127.0.0.1:8443, here and when the Hub is started, or name the Hub's file with --config.{hint}"
    ))
}

fn in_words(environment: &Environment, shell: ShellName, hub: &str) -> String {
    let (shell, usage) = match shell {
        ShellName::Sh => (Shell::Sh, "eval \"$(trunkline hub env …)\""),
        ShellName::Fish => (Shell::Fish, "trunkline hub env --shell fish … | source"),
        ShellName::Powershell => (
            Shell::PowerShell,
            "trunkline hub env --shell powershell … | Out-String | Invoke-Expression",
        ),
    };
    format!(
        "# Webex SDKs that are started from this shell reach the Hub at {hub}. To use these lines: {usage}\n{}",
        environment.lines(shell)
    )
}
