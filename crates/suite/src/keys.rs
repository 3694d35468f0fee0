use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use kit::{Error, Randomness, Result};

/// The 32 bytes in the file, which is made with mode 0600 where it is missing.
pub(crate) fn key_file(folder: &Path, name: &str, randomness: &dyn Randomness) -> Result<[u8; 32]> {
    let path = folder.join(name);
    let shown = path.display();
    let mut fresh = [0_u8; 32];
    randomness.fill(&mut fresh);
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            file.write_all(&fresh)
                .and_then(|()| file.sync_all())
                .map_err(|error| Error::unavailable(format!("The key file {shown} cannot be written: {error}.")))?;
            Ok(fresh)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let bytes = std::fs::read(&path).map_err(|error| Error::unavailable(format!("The key file {shown} cannot be read: {error}.")))?;
            bytes.try_into().map_err(|_| Error::invalid(format!("The key file {shown} does not hold 32 bytes. Remove it to have a new one made; forms that are open now must then be reloaded.")))
        }
        Err(error) => Err(Error::unavailable(format!("The key file {shown} cannot be made: {error}."))),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::key_file;

    #[test]
    fn a_key_is_made_once_and_read_by_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let randomness = kit::SeededRandomness::new(1);
        let first = key_file(folder.path(), "web.key", &randomness).unwrap();
        assert_eq!(key_file(folder.path(), "web.key", &randomness).unwrap(), first);
        let mode = std::fs::metadata(folder.path().join("web.key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::write(folder.path().join("short.key"), b"abc").unwrap();
        assert!(key_file(folder.path(), "short.key", &randomness).is_err());
    }
}
