use async_trait::async_trait;
use kit::Result;
use kit_sql::Transaction;
use webex::Role;

use crate::{LocationId, OrganizationId, PersonId};

/// What happened to a person, as far as anybody else's rules depend on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonChange {
    /// To whom.
    pub person_id: PersonId,
    /// In which organization.
    pub organization_id: OrganizationId,
    /// By whom; `None` when a program did it (seed, simulation).
    pub actor: Option<PersonId>,
    /// What.
    pub kind: PersonChangeKind,
}

/// See [`PersonChange`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonChangeKind {
    /// The person is new.
    Created,
    /// Anything else of what the directory keeps of the person: name, numbers, licences, location.
    ProfileChanged,
    /// `loginEnabled` went to false.
    Deactivated,
    /// `loginEnabled` went back to true. Old grants stay dead.
    Reactivated,
    /// The person is gone.
    Deleted,
    /// Roles came and went.
    RolesChanged {
        /// What the person has no more.
        lost: Vec<Role>,
        /// What the person has now.
        gained: Vec<Role>,
    },
    /// The person hides or shows presence.
    PresenceSharingChanged {
        /// The new state.
        shares_presence: bool,
    },
}

/// Told of every change inside the transaction that makes it: what this does happens with the change or not at all.
#[async_trait]
pub trait PersonChanged: Send + Sync {
    /// Does whatever depends on the change.
    async fn person_changed(&self, transaction: &mut Transaction, change: &PersonChange) -> Result<()>;
}

/// What happened to a location, as far as anybody else's rules depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocationChangeKind {
    /// Something was changed, or calling was enabled. The row shows the new state.
    Changed,
    /// Calling is about to be disabled: a listener that still needs it refuses.
    CallingDisabled,
    /// The location is about to go: a listener that still needs it refuses.
    Deleted,
}

/// Told of every change to a location inside the transaction that makes it.
#[async_trait]
pub trait LocationChanged: Send + Sync {
    /// Does whatever depends on the change, or refuses it by an error that says what stands in the way.
    async fn location_changed(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        location_id: LocationId,
        kind: LocationChangeKind,
    ) -> Result<()>;
}
