use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use kit::{Error, Result};
use serde::{Deserialize, Serialize};

use crate::model::CatalogueEntry;

/// The file that tells the Suite of the same machine the ids and secrets of the five integrations.
#[derive(Default)]
pub(crate) struct ClientsFile {
    clients: Vec<ClientSecret>,
    changed: bool,
}

/// One of the five. No `Debug`: it holds a secret.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct ClientSecret {
    client_id: String,
    name: String,
    client_secret: String,
    redirect_uris: Vec<String>,
}

impl ClientSecret {
    pub(crate) fn new(entry: &CatalogueEntry, secret: &str) -> Self {
        Self {
            client_id: entry.client_id(),
            name: entry.name.to_owned(),
            client_secret: secret.to_owned(),
            redirect_uris: Vec::new(),
        }
    }
}

impl ClientsFile {
    /// What is there; nothing where there is no file yet.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(unusable(path, "cannot be read").because(error)),
        };
        let clients = serde_json::from_str(&text).map_err(|error| {
            unusable(
                path,
                "is not what this program writes; move it away and it is written anew",
            )
            .because(error)
        })?;
        Ok(Self {
            clients,
            changed: false,
        })
    }

    pub(crate) fn knows(&self, client_id: &str) -> bool {
        self.clients.iter().any(|client| client.client_id == client_id)
    }

    pub(crate) fn put(&mut self, secret: ClientSecret) {
        self.clients.retain(|client| client.client_id != secret.client_id);
        self.clients.push(secret);
        self.changed = true;
    }

    pub(crate) fn set_redirect_uris(&mut self, client_id: &str, redirect_uris: &[String]) {
        for client in self
            .clients
            .iter_mut()
            .filter(|client| client.client_id == client_id)
        {
            if client.redirect_uris != redirect_uris {
                client.redirect_uris = redirect_uris.to_vec();
                self.changed = true;
            }
        }
    }

    /// Replaces the file, if anything changed: whoever reads meanwhile sees the old one or the new one.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        if !self.changed {
            return Ok(());
        }
        let mut text = serde_json::to_string_pretty(&self.clients).map_err(Error::internal)?;
        text.push('\n');
        replace(path, text.as_bytes()).map_err(|error| unusable(path, "cannot be written").because(error))
    }
}

fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("json.new");
    // A left-over of a start that was cut short may have another mode.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

fn unusable(path: &Path, why: &str) -> Error {
    Error::unavailable(format!("The file {} {why}.", path.display()))
}
