use hub_directory::LocationId;
use kit::Uuid;

use super::{Owner, OwnerKind};

/// What a number is to its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberKind {
    Primary,
    Alternate,
}

impl NumberKind {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Primary => "PRIMARY",
            Self::Alternate => "ALTERNATE",
        }
    }

    pub(crate) fn from_word(word: &str) -> Self {
        if word == "ALTERNATE" {
            Self::Alternate
        } else {
            Self::Primary
        }
    }
}

/// One entry of the list: a number with or without an owner, or an extension alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) location_id: LocationId,
    pub(crate) number: Option<String>,
    pub(crate) extension: Option<String>,
    pub(crate) kind: NumberKind,
    pub(crate) position: i64,
    pub(crate) active: bool,
    pub(crate) main_number: bool,
    pub(crate) toll_free: bool,
    pub(crate) service_number: bool,
    pub(crate) owner: Option<EntryOwner>,
}

/// Who owns an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntryOwner {
    pub(crate) kind: OwnerKind,
    pub(crate) id: Uuid,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) display_name: String,
}

impl From<&Owner> for EntryOwner {
    fn from(owner: &Owner) -> Self {
        Self {
            kind: owner.kind,
            id: owner.id,
            first_name: owner.first_name.clone(),
            last_name: owner.last_name.clone(),
            display_name: owner.display_name.clone(),
        }
    }
}

impl Entry {
    /// A number that nobody owns.
    pub(crate) fn spare(location_id: LocationId, number: String) -> Self {
        Self {
            location_id,
            toll_free: super::is_toll_free(&number),
            number: Some(number),
            extension: None,
            kind: NumberKind::Primary,
            position: 0,
            active: true,
            main_number: false,
            service_number: false,
            owner: None,
        }
    }

    /// An extension alone.
    pub(crate) fn extension_alone(owner: &Owner, extension: String) -> Self {
        Self {
            location_id: owner.location_id,
            number: None,
            extension: Some(extension),
            kind: NumberKind::Primary,
            position: 0,
            active: true,
            main_number: false,
            toll_free: false,
            service_number: false,
            owner: Some(owner.into()),
        }
    }
}
