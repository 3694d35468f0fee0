use hub_directory::public_api::{NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, require};
use hub_directory::{Caller, LocationId, PersonId};
use kit::{Error, Result, Uuid};

use crate::store::entries;
use crate::store::list::{Filter, Form};
use crate::{Numbers, OwnerKind};

/// For what somebody looks for a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A number for a person, a workspace or a virtual line: nobody's, neither toll-free nor a main number.
    Line,
    /// A number for a call feature: nobody's.
    Feature,
    /// Somewhere to send calls to: somebody's.
    Destination,
    /// The number that a whole location shows: anybody's or nobody's.
    Location,
    /// The number that outgoing calls are charged to: as before, and not toll-free.
    Charge,
}

impl Purpose {
    /// The entries that serve it.
    pub(crate) fn filter(self) -> Filter {
        let any = Filter {
            form: Some(Form::Number),
            ..Filter::default()
        };
        match self {
            // People cannot be given a main number, and a line that costs its callers nothing is for features.
            Self::Line => Filter {
                owned: Some(false),
                toll_free: Some(false),
                service_number: Some(false),
                main_number: Some(false),
                ..any
            },
            Self::Feature => Filter {
                owned: Some(false),
                ..any
            },
            Self::Destination => Filter {
                owned: Some(true),
                ..any
            },
            Self::Location => any,
            Self::Charge => Filter {
                toll_free: Some(false),
                ..any
            },
        }
    }
}

impl Numbers {
    /// Where somebody who looks for a further number is: their location.
    pub(crate) async fn location_of_owner(
        &self,
        caller: &Caller,
        kind: OwnerKind,
        id: Uuid,
    ) -> Result<LocationId> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let organization_id = caller.organization_id;
        if kind == OwnerKind::Person {
            let person = self
                .directory()
                .person_of(self.database().into(), organization_id, PersonId::new(id))
                .await?
                .ok_or_else(|| Error::not_found(NOT_FOUND))?;
            return person.location_id.ok_or_else(|| {
                Error::invalid(format!(
                    "{} has no calling. Give a calling licence and a location first.",
                    person.display_name
                ))
            });
        }
        let owned = entries::owned_by_any(self.database().into(), organization_id, &[id]).await?;
        owned
            .into_iter()
            .find(|(entry, _)| entry.owner.as_ref().is_some_and(|owner| owner.kind == kind))
            .map(|(entry, _)| entry.location_id)
            .ok_or_else(|| Error::not_found(NOT_FOUND))
    }
}
