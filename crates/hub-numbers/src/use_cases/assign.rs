use hub_directory::OrganizationId;
use kit::{Error, Result};
use kit_sql::Transaction;

use crate::model::{Entry, NumberKind, NumberLocation, Settled};
use crate::store::{entries, writes};
use crate::{Numbers, Owner, OwnerKind, Wanted};

/// What happens with a number that is in no stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// It cannot be given to anybody.
    Refuse,
    /// It comes into the stock of the location.
    TakeIn,
}

impl Numbers {
    /// Lets the owner hold exactly this afterwards. Numbers come from the stock of the owner's location; an extension
    /// is unique there over people and everything else.
    ///
    /// Refused: neither number nor extension, a malformed one, a number that is not at this location, one that
    /// somebody else has, an extension that is taken.
    pub async fn assign(&self, transaction: &mut Transaction, owner: &Owner, wanted: &Wanted) -> Result<()> {
        self.give(transaction, owner, &Settled::of(wanted)?, Unknown::Refuse)
            .await
    }

    pub(crate) async fn give(
        &self,
        transaction: &mut Transaction,
        owner: &Owner,
        wanted: &Settled,
        unknown: Unknown,
    ) -> Result<()> {
        let location = self
            .located(transaction, owner.organization_id, owner.location_id)
            .await?;
        let before = entries::owned_by((&mut *transaction).into(), owner.kind, owner.id).await?;
        // Whatever stays keeps its row; the rest is given back before anything is taken, so that an owner may swap.
        let mut stay: Vec<Entry> = Vec::new();
        let mut take = entries_wanted(owner, wanted);
        for entry in before {
            match take.iter().position(|candidate| same(candidate, &entry)) {
                Some(position) => stay.push(take.swap_remove(position).with_state_of(&entry)),
                None => writes::give_back(transaction, owner.organization_id, &entry).await?,
            }
        }
        for entry in &stay {
            writes::rename(transaction, owner.organization_id, entry).await?;
        }
        take.sort_by_key(|entry| entry.position);
        for entry in &take {
            take_one(transaction, owner, &location, entry, unknown).await?;
        }
        Ok(())
    }
}

/// What the owner shall have, as entries.
pub(super) fn entries_wanted(owner: &Owner, wanted: &Settled) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(1 + wanted.alternates.len());
    match (&wanted.number, &wanted.extension) {
        (Some(number), extension) => entries.push(Entry {
            extension: extension.clone(),
            owner: Some(owner.into()),
            ..Entry::spare(owner.location_id, number.clone())
        }),
        (None, Some(extension)) => entries.push(Entry::extension_alone(owner, extension.clone())),
        (None, None) => {}
    }
    for (alternate, position) in wanted.alternates.iter().zip(1..) {
        entries.push(Entry {
            kind: NumberKind::Alternate,
            position,
            owner: Some(owner.into()),
            ..Entry::spare(owner.location_id, alternate.clone())
        });
    }
    entries
}

fn same(wanted: &Entry, present: &Entry) -> bool {
    wanted.location_id == present.location_id
        && wanted.number == present.number
        && wanted.extension == present.extension
        && wanted.kind == present.kind
}

async fn take_one(
    transaction: &mut Transaction,
    owner: &Owner,
    location: &NumberLocation,
    entry: &Entry,
    unknown: Unknown,
) -> Result<()> {
    if let Some(extension) = &entry.extension {
        let holder = entries::with_extension((&mut *transaction).into(), location.id, extension).await?;
        if let Some(holder) = holder {
            return Err(Error::conflict(format!(
                "The extension {extension} is taken at “{}” by {}. Choose another one.",
                location.name,
                holder_of(&holder)
            )));
        }
    }
    let Some(number) = &entry.number else {
        return writes::insert(transaction, owner.organization_id, std::slice::from_ref(entry)).await;
    };
    let claimant = owner.into();
    if writes::claim(transaction, owner.organization_id, entry, &claimant).await? {
        return Ok(());
    }
    let present = entries::with_number((&mut *transaction).into(), number).await?;
    if present.is_none() && unknown == Unknown::TakeIn {
        return writes::insert(transaction, owner.organization_id, std::slice::from_ref(entry)).await;
    }
    let present = present.as_ref().map(|(of, entry)| (*of, entry));
    Err(match present {
        Some(_) => refusal(owner.organization_id, location, present),
        None => Error::invalid(format!(
            "The number {number} is not in the stock of “{}”. Add it to the location first.",
            location.name
        )),
    })
}

/// Why a number that is in a stock cannot be given to somebody at this location.
pub(super) fn refusal(
    organization_id: OrganizationId,
    location: &NumberLocation,
    present: Option<(OrganizationId, &Entry)>,
) -> Error {
    let Some((of, entry)) = present else {
        return Error::conflict("The number was taken by somebody else a moment ago.");
    };
    let number = entry.number.as_deref().unwrap_or_default();
    if of != organization_id {
        // Whose it is is not for the eyes of another organization.
        return Error::conflict(format!("The number {number} is taken."));
    }
    if entry.owner.is_some() {
        return Error::conflict(format!(
            "The number {number} is taken by {}. Choose another one.",
            holder_of(entry)
        ));
    }
    if entry.location_id == location.id {
        return Error::conflict("The number was taken by somebody else a moment ago.");
    }
    Error::invalid(format!(
        "The number {number} belongs to another location than “{}”. Choose one of this location.",
        location.name
    ))
}

/// Who holds an entry, for a sentence.
pub(crate) fn holder_of(entry: &Entry) -> String {
    match &entry.owner {
        Some(owner) if owner.kind == OwnerKind::Person => owner.display_name.clone(),
        Some(owner) => format!("the {} “{}”", owner.kind.noun(), owner.display_name),
        None => "nobody".to_owned(),
    }
}

impl Entry {
    /// The same entry with what the row knows besides.
    pub(super) fn with_state_of(self, row: &Self) -> Self {
        Self {
            active: row.active,
            main_number: row.main_number,
            toll_free: row.toll_free,
            service_number: row.service_number,
            ..self
        }
    }
}
