use hub_directory::{LocationId, OrganizationId, Person};
use kit::Uuid;
use webex::{PublicId, ResourceKind};

/// Who can own a number or an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum OwnerKind {
    Person,
    Workspace,
    VirtualLine,
    HuntGroup,
    CallQueue,
    AutoAttendant,
}

impl OwnerKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Person,
        Self::Workspace,
        Self::VirtualLine,
        Self::HuntGroup,
        Self::CallQueue,
        Self::AutoAttendant,
    ];

    /// The word on the wire, and in the table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "PEOPLE",
            Self::Workspace => "PLACE",
            Self::VirtualLine => "VIRTUAL_LINE",
            Self::HuntGroup => "HUNT_GROUP",
            Self::CallQueue => "CALL_QUEUE",
            Self::AutoAttendant => "AUTO_ATTENDANT",
        }
    }

    /// The kind behind a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// In the middle of a sentence.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Workspace => "workspace",
            Self::VirtualLine => "virtual line",
            Self::HuntGroup => "hunt group",
            Self::CallQueue => "call queue",
            Self::AutoAttendant => "auto attendant",
        }
    }

    /// What its ids name on the wire.
    pub const fn resource(self) -> ResourceKind {
        match self {
            Self::Person => ResourceKind::People,
            Self::Workspace => ResourceKind::Place,
            Self::VirtualLine => ResourceKind::VirtualLine,
            Self::HuntGroup => ResourceKind::HuntGroup,
            Self::CallQueue => ResourceKind::CallQueue,
            Self::AutoAttendant => ResourceKind::AutoAttendant,
        }
    }

    /// The id of one of this kind on the wire.
    pub fn public_id(self, id: Uuid) -> PublicId {
        PublicId::of_uuid(self.resource(), id)
    }
}

/// Who shall own a number or an extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Whose it is.
    pub organization_id: OrganizationId,
    /// Where; a location with calling.
    pub location_id: LocationId,
    /// What it is.
    pub kind: OwnerKind,
    /// Its id.
    pub id: Uuid,
    /// Of people, and of virtual lines.
    pub first_name: Option<String>,
    /// Of people, and of virtual lines.
    pub last_name: Option<String>,
    /// The name that everybody sees.
    pub display_name: String,
}

impl Owner {
    /// A person, as the owner of what they have at this location.
    pub(crate) fn person(person: &Person, location_id: LocationId) -> Self {
        Self {
            organization_id: person.organization_id,
            location_id,
            kind: OwnerKind::Person,
            id: person.id.uuid(),
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            display_name: person.display_name.clone(),
        }
    }
}
