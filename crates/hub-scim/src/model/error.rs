use http::StatusCode;
use kit::{Error, Kind};

/// A failure of a SCIM operation: what [`kit::Error`] says, and SCIM's own word for it where there is one.
#[derive(Debug)]
pub(crate) struct ScimError {
    pub(crate) error: Error,
    /// RFC 7644, table 9.
    pub(crate) scim_type: Option<&'static str>,
    /// Where the kind alone does not tell it.
    pub(crate) status: Option<StatusCode>,
}

pub(crate) type Outcome<T> = std::result::Result<T, ScimError>;

impl ScimError {
    fn invalid(scim_type: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            error: Error::invalid(sentence),
            scim_type: Some(scim_type),
            status: None,
        }
    }

    pub(crate) fn value(sentence: impl Into<String>) -> Self {
        Self::invalid("invalidValue", sentence)
    }

    pub(crate) fn syntax(sentence: impl Into<String>) -> Self {
        Self::invalid("invalidSyntax", sentence)
    }

    pub(crate) fn filter(sentence: impl Into<String>) -> Self {
        Self::invalid("invalidFilter", sentence)
    }

    pub(crate) fn path(sentence: impl Into<String>) -> Self {
        Self::invalid("invalidPath", sentence)
    }

    pub(crate) fn mutability(sentence: impl Into<String>) -> Self {
        Self::invalid("mutability", sentence)
    }

    pub(crate) fn no_target(sentence: impl Into<String>) -> Self {
        Self::invalid("noTarget", sentence)
    }

    /// The resource is another one than the caller saw.
    pub(crate) fn changed_meanwhile() -> Self {
        Self {
            error: Error::conflict(
                "The resource was changed since it was read: If-Match names another version. Read it again.",
            ),
            scim_type: None,
            status: Some(StatusCode::PRECONDITION_FAILED),
        }
    }

    pub(crate) fn too_large(sentence: impl Into<String>) -> Self {
        Self {
            error: Error::invalid(sentence),
            scim_type: None,
            status: Some(StatusCode::PAYLOAD_TOO_LARGE),
        }
    }
}

impl From<Error> for ScimError {
    fn from(error: Error) -> Self {
        let scim_type = match error.kind() {
            Kind::Invalid => Some("invalidValue"),
            Kind::Conflict => Some("uniqueness"),
            _ => None,
        };
        Self {
            error,
            scim_type,
            status: None,
        }
    }
}

/// On another wire than SCIM's its word has no place.
impl From<ScimError> for Error {
    fn from(error: ScimError) -> Self {
        error.error
    }
}
