use hub_directory::public_api::{FULL_ADMIN, NOT_FOUND, TELEPHONY_WRITE, e164, require};
use hub_directory::{Caller, LocationId};
use kit::{Error, Kind, Result};
use kit_sql::Transaction;

use super::add_numbers::{MOST_NUMBERS, require_some};
use super::assign::holder_of;
use crate::Numbers;
use crate::model::{Entry, NumberLocation};
use crate::store::{entries, writes};

/// How many numbers one request may take out of service.
const MOST_TO_DEACTIVATE: usize = 500;

impl Numbers {
    /// Puts numbers of a location into service, or takes those that nobody owns out of it. All or none.
    pub(crate) async fn set_active(
        &self,
        caller: &Caller,
        location_id: LocationId,
        numbers: &[String],
        active: bool,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        require_some(numbers, if active { MOST_NUMBERS } else { MOST_TO_DEACTIVATE })?;
        let mut transaction = self.database().begin().await?;
        let entries = self
            .entries_at(&mut transaction, caller, location_id, numbers)
            .await?;
        if !active {
            for entry in &entries {
                require_idle(entry, "taken out of service")?;
            }
        }
        let numbers: Vec<String> = entries.into_iter().filter_map(|entry| entry.number).collect();
        writes::set_active(&mut transaction, caller.organization_id, &numbers, active).await?;
        transaction.commit().await
    }

    /// Takes numbers that nobody owns out of the stock of a location. All or none.
    pub(crate) async fn remove_numbers(
        &self,
        caller: &Caller,
        location_id: LocationId,
        numbers: &[String],
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        require_some(numbers, MOST_NUMBERS)?;
        let mut transaction = self.database().begin().await?;
        let entries = self
            .entries_at(&mut transaction, caller, location_id, numbers)
            .await?;
        for entry in &entries {
            require_idle(entry, "removed")?;
        }
        let numbers: Vec<String> = entries.into_iter().filter_map(|entry| entry.number).collect();
        let gone = writes::delete_free(&mut transaction, caller.organization_id, &numbers).await?;
        if usize::try_from(gone).ok() != Some(numbers.len()) {
            return Err(Error::conflict(
                "One of these numbers was given to somebody a moment ago.",
            ));
        }
        transaction.commit().await
    }

    /// The entries of these numbers, each of which must be in the stock of the location.
    async fn entries_at(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        location_id: LocationId,
        numbers: &[String],
    ) -> Result<Vec<Entry>> {
        let location = self.existing_location(transaction, caller, location_id).await?;
        let mut wanted = numbers
            .iter()
            .map(|text| e164(text))
            .collect::<Result<Vec<String>>>()?;
        wanted.sort_unstable();
        wanted.dedup();
        let mut known = entries::with_numbers(transaction, &wanted).await?;
        let here = |number: String| match known.remove(&number) {
            Some((of, entry)) if of == caller.organization_id && entry.location_id == location_id => {
                Ok(entry)
            }
            _ => Err(Error::invalid(format!(
                "The number {number} is not in the stock of “{}”.",
                location.name
            ))),
        };
        wanted.into_iter().map(here).collect()
    }

    /// The location of a path: one that is not there, or is another organization's, is a 404.
    pub(crate) async fn existing_location(
        &self,
        transaction: &mut Transaction,
        caller: &Caller,
        id: LocationId,
    ) -> Result<NumberLocation> {
        let there = self
            .directory()
            .location_of((&mut *transaction).into(), caller.organization_id, id)
            .await?;
        if there.is_none() {
            return Err(Error::not_found(NOT_FOUND));
        }
        match self.located(transaction, caller.organization_id, id).await {
            Err(error) if *error.kind() == Kind::Invalid => Err(Error::invalid(format!(
                "{} Enable it for calling first.",
                error.public()
            ))),
            other => other,
        }
    }
}

/// Nobody is called by it.
pub(crate) fn require_idle(entry: &Entry, what: &str) -> Result<()> {
    let number = entry.number.as_deref().unwrap_or_default();
    if entry.main_number {
        return Err(Error::conflict(format!(
            "{number} is the main number of its location and cannot be {what}. Choose another main number first."
        )));
    }
    if entry.owner.is_some() {
        return Err(Error::conflict(format!(
            "{number} belongs to {} and cannot be {what}. Take it away there first.",
            holder_of(entry)
        )));
    }
    Ok(())
}
