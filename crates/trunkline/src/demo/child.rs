//! One of the two processes of the demonstration.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use kit::{Clock, SystemClock};
use tokio::process::{Child as Process, ChildStdin, Command};

use super::folder::Folder;
use crate::failure::{Failure, Result};

/// How long a child may take to finish its running requests.
const GRACE: Duration = Duration::from_secs(15);

/// A running product. It ends when its standard input closes, so it ends with this process however that ends.
pub(super) struct Child {
    title: &'static str,
    process: Process,
    /// Held apart from the process: `wait` would close it, which would tell the child to end.
    input: Option<ChildStdin>,
    log: PathBuf,
}

impl Child {
    /// Starts `trunkline PRODUCT --config FILE`.
    pub(super) fn start(
        product: &'static str,
        config: &Path,
        further: &[String],
        folder: &Folder,
    ) -> Result<Self> {
        let log = folder.fresh_log(product)?;
        let cannot = |error: std::io::Error| {
            Failure::failed(format!("trunkline {product} cannot be started: {error}"))
        };
        let mut command = Command::new(std::env::current_exe().map_err(cannot)?);
        command
            .arg(product)
            .arg("--config")
            .arg(config)
            .arg("--first-start-file")
            .arg(folder.first_start_file(product))
            .arg("--until-stdin-closes")
            .args(further)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(File::create(&log)?)
            // Ctrl-C at the terminal is for the demonstration, which ends its children in the right order.
            .process_group(0)
            .kill_on_drop(true);
        forget_our_environment(&mut command);
        let title = if product == "hub" { "Hub" } else { "Suite" };
        let mut process = command.spawn().map_err(cannot)?;
        let input = process.stdin.take();
        Ok(Self {
            title,
            process,
            input,
            log,
        })
    }

    pub(super) fn title(&self) -> &'static str {
        self.title
    }

    /// Waits until the process ends by itself; says how it did.
    pub(super) async fn ended(&mut self) -> String {
        match self.process.wait().await {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        }
    }

    /// Asks it to end, waits until it did, and insists after a while.
    pub(super) async fn end(&mut self) {
        drop(self.input.take());
        let ended = tokio::select! {
            status = self.process.wait() => status.is_ok(),
            () = SystemClock.sleep(GRACE) => false,
        };
        if !ended {
            // It may have ended in this very moment, which is what is wanted.
            let _ = self.process.kill().await;
        }
    }

    /// The end of its log, to show why it died.
    pub(super) fn last_words(&self) -> String {
        let text = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let tail = lines[lines.len().saturating_sub(12)..].join("\n");
        if tail.is_empty() {
            String::new()
        } else {
            format!(" The end of {}:\n\n{tail}", self.log.display())
        }
    }
}

/// The two must run on the demonstration's own configuration, whatever this shell has set.
fn forget_our_environment(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TRUNKLINE_") {
            command.env_remove(name);
        }
    }
}
