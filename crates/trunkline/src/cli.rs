//! The command line, as `--help` describes it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{HubFlags, SeedSize, SuiteFlags};

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 failed, 2 wrong command line or configuration, 3 a synch ended without a result.

Options of hub and suite come from flags, then from the environment (TRUNKLINE_HUB_…, TRUNKLINE_SUITE_…; a dot of
the file is two underscores), then from one TOML file (--config), then from defaults. Unknown keys are refused.";

const ONLY_IN_HUB_FILE: &str = "\
Further keys of the file and the environment:
  blocked_client   the client id that an invented organization blocks; empty for none [env: TRUNKLINE_HUB_BLOCKED_CLIENT]
  limits.NAME      what one token may ask, as REQUESTS/SECONDSs or off [env: TRUNKLINE_HUB_LIMITS__NAME]; NAME: people_lists
                   [default: 60/60s], people_reads [300/60s], call_records [1/60s], call_record_pages [10/60s], general [off]

docs/samples/hub.toml shows every key.";

const ONLY_IN_SUITE_FILE: &str = "\
Further keys of the file and the environment (TRUNKLINE_SUITE_ and the key in capitals, a dot as two underscores):
  webex.call_records_url   origin of call records, where it is another than the API's
  webex.issuer             who issues id tokens [default: the Hub, where a clients file is used]
  webex.redirect_uri       where the browser is sent back [default: public URL and /authorizations/callback]
  vault_key                the key that seals tokens, 64 hexadecimal digits [default: suite-vault.key in the data folder]
  integrations.NAME.client_id, integrations.NAME.client_secret
                           NAME: users_synch, presence, call_control, call_analytics, single_sign_on

docs/samples/suite.webex.toml shows every key.";

/// Keeps a company's Webex Calling integrations authorized, says at once when they are not, and runs them.
#[derive(Debug, Parser)]
#[command(name = "trunkline", version, after_help = EXIT_CODES, max_term_width = 120, disable_help_subcommand = true)]
pub(crate) struct Cli {
    /// Print one JSON document instead of words
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start Hub and Suite together on loopback, with an invented organization to try them on
    Demo(DemoFlags),
    /// Run the Hub: a Webex-compatible directory, OAuth 2.0 server and Control Hub
    #[command(after_help = ONLY_IN_HUB_FILE)]
    Hub(HubCommand),
    /// Run the Suite: the five integrations and their authorizations
    #[command(after_help = ONLY_IN_SUITE_FILE)]
    Suite(SuiteCommand),
    /// Read or move the clocks of a Hub and a Suite that were started with --simulate
    Clock(ClockCommand),
}

#[derive(Args, Clone, Debug)]
pub(crate) struct DemoFlags {
    /// Port of the Hub on 127.0.0.1
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    pub(crate) hub_port: u16,
    /// Port of the Suite on localhost
    #[arg(long, value_name = "PORT", default_value_t = 8090)]
    pub(crate) suite_port: u16,
    /// Port of the gateway for unmodified Webex SDKs on 127.0.0.1, 0 for any free one [default: 8443, where it is free]
    #[arg(long, value_name = "PORT")]
    pub(crate) gateway_port: Option<u16>,
    /// Folder that keeps everything; a second start with the same folder goes on with the same data
    #[arg(long, value_name = "FOLDER", default_value = "./data")]
    pub(crate) data: PathBuf,
    /// How big the invented organization is [default: small, or what the folder was made with]
    #[arg(long, value_name = "SIZE")]
    pub(crate) seed_size: Option<SeedSize>,
    /// The same number invents the same people [default: 1, or what the folder was made with]
    #[arg(long, value_name = "NUMBER")]
    pub(crate) seed: Option<u64>,
    /// Let this machine move the clocks of both and act as anyone at the Hub
    #[arg(long)]
    pub(crate) simulate: bool,
}

#[derive(Args, Debug)]
pub(crate) struct ClockCommand {
    /// Where the Hub is [default: what the demonstration in the data folder says]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) hub: Option<String>,
    /// Where the Suite is [default: what the demonstration in the data folder says; none where only a Hub is named]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) suite: Option<String>,
    /// Folder of the demonstration
    #[arg(long, global = true, value_name = "FOLDER", default_value = "./data")]
    pub(crate) data: PathBuf,
    #[command(subcommand)]
    pub(crate) task: ClockTask,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClockTask {
    /// Print what the clocks show
    Now,
    /// Move the clocks forward together, running what falls due on the way
    Advance {
        /// How far: 90d, 5y (of 365 days), 2h30m
        #[arg(value_name = "DURATION")]
        by: String,
        /// What repeats runs at most so many times on the way
        #[arg(long, value_name = "NUMBER", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=100_000))]
        steps: u32,
    },
}

#[derive(Args, Debug)]
pub(crate) struct HubCommand {
    /// The TOML file to read [env: TRUNKLINE_HUB_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) flags: HubFlags,
    /// Invent an organization of this size when it is not there yet [env: TRUNKLINE_HUB_SEED_SIZE]
    #[arg(long, value_name = "SIZE")]
    pub(crate) seed_size: Option<SeedSize>,
    /// The same number invents the same people [env: TRUNKLINE_HUB_SEED_NUMBER] [default: 1]
    #[arg(long = "seed", value_name = "NUMBER")]
    pub(crate) seed_number: Option<u64>,
    #[command(flatten)]
    pub(crate) child: ChildFlags,
    #[command(subcommand)]
    pub(crate) task: Option<HubTask>,
}

/// How the demonstration speaks to the two processes that it starts.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ChildFlags {
    /// Write what only the first start knows into this file instead of printing it
    #[arg(long, hide = true, value_name = "FILE")]
    pub(crate) first_start_file: Option<PathBuf>,
    /// End when nobody holds standard input any more
    #[arg(long, hide = true)]
    pub(crate) until_stdin_closes: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum HubTask {
    /// Invent an organization and print who can sign in; the passwords are shown this once
    Seed {
        /// How many people: 60, 5,000 or 100,000
        #[arg(long, value_name = "SIZE")]
        size: SeedSize,
        /// The same number invents the same people
        #[arg(long, value_name = "NUMBER", default_value_t = 1)]
        number: u64,
    },
    /// Print what a shell needs so that unmodified Webex SDKs reach this Hub: eval "$(trunkline hub env)"
    Env {
        /// Whose syntax the lines have
        #[arg(long, value_name = "SHELL", default_value = "sh")]
        shell: ShellName,
    },
    /// Print a personal access token of 12 hours for a person
    Token {
        /// The person's e-mail address
        #[arg(long, value_name = "ADDRESS")]
        email: String,
    },
}

/// A shell, by the name that people know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShellName {
    /// sh, bash, zsh.
    Sh,
    /// fish.
    Fish,
    /// PowerShell.
    Powershell,
}

#[derive(Args, Debug)]
pub(crate) struct SuiteCommand {
    /// The TOML file to read [env: TRUNKLINE_SUITE_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) flags: SuiteFlags,
    #[command(flatten)]
    pub(crate) child: ChildFlags,
    /// Begin with this customer: NAME=ORGANIZATION-ID
    #[arg(long, hide = true, value_name = "NAME=ID")]
    pub(crate) first_customer: Option<String>,
    #[command(subcommand)]
    pub(crate) task: Option<SuiteTask>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SuiteTask {
    /// Run Users' Synch of one customer to its end, with a progress bar
    Sync {
        /// The customer's name or id
        #[arg(long, value_name = "NAME|ID")]
        customer: String,
        /// Accept an answer with fewer than half of the people who are known
        #[arg(long)]
        accept_fewer: bool,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_command_line_contradicts_itself_nowhere() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_option_says_what_it_is_for() {
        fn visit(command: &clap::Command) {
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                assert!(
                    id == "help" || id == "version" || argument.get_help().is_some(),
                    "{} {id}",
                    command.get_name()
                );
            }
            for inner in command.get_subcommands() {
                assert!(inner.get_about().is_some(), "{}", inner.get_name());
                visit(inner);
            }
        }
        visit(&Cli::command());
    }
}
