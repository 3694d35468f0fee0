use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

/// What an error means to the caller; one function per wire turns it into an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The request is wrong; the public sentence says where and how to mend it.
    Invalid,
    /// Nobody is signed in, or the token is not valid.
    Unauthenticated,
    /// The caller is known and may not do this.
    Forbidden,
    /// There is no such object, or the caller may not know that there is.
    NotFound,
    /// The request contradicts the present state.
    Conflict,
    /// The object existed and cannot come back.
    Gone,
    /// Too many requests; come back after the duration.
    TooMany(Duration),
    /// Something that this program needs does not answer now.
    Unavailable,
    /// A defect or a broken environment; the public sentence says no more than that.
    Internal,
}

/// A failure with a kind, a sentence for the person in front of it, and a private chain for the log.
///
/// `Display` prints the public sentence only. The private chain is what [`StdError::source`] walks.
pub struct Error {
    kind: Kind,
    public: String,
    code: Option<i64>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// The result of most functions here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of this kind with this public sentence.
    pub fn new(kind: Kind, public: impl Into<String>) -> Self {
        Self {
            kind,
            public: public.into(),
            code: None,
            source: None,
        }
    }

    /// The request is wrong.
    pub fn invalid(public: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, public)
    }

    /// Nobody is signed in.
    pub fn unauthenticated(public: impl Into<String>) -> Self {
        Self::new(Kind::Unauthenticated, public)
    }

    /// The caller may not do this.
    pub fn forbidden(public: impl Into<String>) -> Self {
        Self::new(Kind::Forbidden, public)
    }

    /// There is no such object.
    pub fn not_found(public: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, public)
    }

    /// The request contradicts the present state.
    pub fn conflict(public: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, public)
    }

    /// Something that this program needs does not answer.
    pub fn unavailable(public: impl Into<String>) -> Self {
        Self::new(Kind::Unavailable, public)
    }

    /// A defect or a broken environment. `source` goes to the log, never to a page.
    pub fn internal(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(
            Kind::Internal,
            "Something went wrong on our side. The log names the cause by this answer's tracking id.",
        )
        .because(source)
    }

    /// Adds the private cause.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Adds the number that the Webex API would put into `errorCode`.
    #[must_use]
    pub fn with_code(mut self, code: i64) -> Self {
        self.code = Some(code);
        self
    }

    /// What the error means.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The sentence for the person in front of it.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The number that the Webex API would put into `errorCode`.
    pub fn code(&self) -> Option<i64> {
        self.code
    }

    /// The private chain in one line, for the log.
    pub fn chain(&self) -> String {
        let mut text = self.public.clone();
        let mut cause = self.source();
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.public)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {}", self.kind, self.chain())
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_private_chain_is_not_in_the_public_sentence() {
        let error = Error::internal(std::io::Error::other("disk 7 is full"));
        assert!(!error.to_string().contains("disk 7"));
        assert!(error.chain().ends_with("tracking id.: disk 7 is full"));
    }
}
