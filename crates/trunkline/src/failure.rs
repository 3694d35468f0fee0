//! How a command fails: a sentence and an exit code.

use std::fmt;

/// What the program's exit code means; `--help` says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExitStatus {
    /// Something went wrong while the command ran.
    Failed,
    /// The command line or the configuration is wrong; nothing was started.
    Usage,
    /// A synch ended without a result: the directory is unchanged.
    Unchanged,
}

/// A command's failure.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) status: ExitStatus,
    pub(crate) message: String,
}

/// The result of a command.
pub(crate) type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self {
            status: ExitStatus::Failed,
            message: message.into(),
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self {
            status: ExitStatus::Usage,
            message: message.into(),
        }
    }

    pub(crate) fn unchanged(message: impl Into<String>) -> Self {
        Self {
            status: ExitStatus::Unchanged,
            message: message.into(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

// Whoever sits at the terminal runs the program and may read the whole chain.
impl From<kit::Error> for Failure {
    fn from(error: kit::Error) -> Self {
        match error.kind() {
            kit::Kind::Invalid => Self::usage(error.chain()),
            _ => Self::failed(error.chain()),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::failed(error.to_string())
    }
}
