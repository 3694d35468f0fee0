//! The two files of the development CA.

use std::fs::{self, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use kit::{Error, Result};

/// The CA's certificate in a data folder: what clients are told to trust.
pub fn certificate_file(folder: &Path) -> PathBuf {
    folder.join("gateway-ca.pem")
}

/// The CA's key, for nobody but the owner.
pub(crate) fn key_file(folder: &Path) -> PathBuf {
    folder.join("gateway-ca.key")
}

/// What a file holds; `None` where it does not exist.
pub(crate) fn read(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::unavailable(format!("{} cannot be read.", path.display())).because(error)),
    }
}

/// Writes a file whole or not at all.
pub(crate) fn write(path: &Path, text: &str, mode: u32) -> Result<()> {
    let written = || -> io::Result<()> {
        let unfinished = path.with_added_extension("unfinished");
        // A leftover of an interrupted start would keep its own mode.
        if let Err(error) = fs::remove_file(&unfinished)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(mode)
            .open(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    };
    written()
        .map_err(|error| Error::unavailable(format!("{} cannot be written.", path.display())).because(error))
}

/// Takes a key file that others may read away from them.
pub(crate) fn make_private(path: &Path) -> Result<()> {
    let tightened = || -> io::Result<bool> {
        if fs::metadata(path)?.permissions().mode() & 0o077 == 0 {
            return Ok(false);
        }
        fs::set_permissions(path, Permissions::from_mode(0o600))?;
        Ok(true)
    };
    let was_open = tightened().map_err(|error| {
        Error::unavailable(format!("{} cannot be made private.", path.display())).because(error)
    })?;
    if was_open {
        tracing::warn!(
            file = %path.display(),
            "others could read the key of the development CA; the file is private now. Remove it to have a new key made"
        );
    }
    Ok(())
}
