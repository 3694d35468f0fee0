//! The program: `trunkline demo`, `trunkline hub`, `trunkline suite`, `trunkline clock`.
//!
//! The only crate that reads the environment and the command line, and the only one that writes to a terminal.

mod cli;
mod commands;
mod config;
mod demo;
mod failure;
mod first_start;
mod logs;
mod output;
mod private_file;
mod shutdown;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};
use failure::{ExitStatus, Failure};
use output::Output;

/// Directories of 100,000 people are millions of small texts, made and dropped by several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(cli.json);
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::failed(format!("The asynchronous runtime cannot start: {error}")))
        .and_then(|runtime| {
            let outcome = runtime.block_on(run(cli.command, output));
            // Reading standard input blocks a thread that nobody can wake: it must not hold up the end.
            runtime.shutdown_background();
            outcome
        });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(exit_code(failure.status))
        }
    }
}

async fn run(command: Command, output: Output) -> failure::Result<()> {
    match command {
        Command::Demo(flags) => demo::run(flags, output).await,
        Command::Hub(command) => commands::hub::run(command, output).await,
        Command::Suite(command) => commands::suite::run(command, output).await,
        Command::Clock(command) => commands::clock::run(command, output).await,
    }
}

const fn exit_code(status: ExitStatus) -> u8 {
    match status {
        ExitStatus::Failed => 1,
        ExitStatus::Usage => 2,
        ExitStatus::Unchanged => 3,
    }
}
