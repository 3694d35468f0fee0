use serde::{Deserialize, Serialize};

/// What a number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    Work,
    Extension,
    /// Routing prefix and extension.
    WorkExtension,
    Mobile,
    Fax,
    Enterprise,
    Alternate,
    Other,
}

impl NumberKind {
    /// The word on pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Work => "Work",
            Self::Extension => "Extension",
            Self::WorkExtension => "Prefix and extension",
            Self::Mobile => "Mobile",
            Self::Fax => "Fax",
            Self::Enterprise => "Enterprise",
            Self::Alternate => "Alternate",
            Self::Other => "Other",
        }
    }
}

/// A number that reaches a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    pub kind: NumberKind,
    pub value: String,
}

/// The digits of a text.
pub(crate) fn digits_of(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The digits from the last to the first: what ends alike begins alike, and an index finds it.
pub(crate) fn tail_of(text: &str) -> String {
    text.chars().rev().filter(char::is_ascii_digit).collect()
}
