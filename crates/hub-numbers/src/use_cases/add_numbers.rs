use std::collections::BTreeSet;

use hub_directory::public_api::{FULL_ADMIN, TELEPHONY_WRITE, e164, require};
use hub_directory::{Caller, LocationId};
use kit::{Error, Result};

use crate::Numbers;
use crate::model::{Entry, is_toll_free};
use crate::store::{entries, writes};

/// What comes into the stock of a location.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NewNumbers {
    /// As they were written.
    pub(crate) numbers: Vec<String>,
    /// Ordered and not in service yet.
    pub(crate) inactive: bool,
    /// Said to be toll-free, whatever they look like.
    pub(crate) toll_free: bool,
    pub(crate) service: bool,
}

/// A number that cannot come into the stock, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadNumber {
    /// As it was written.
    pub(crate) number: String,
    pub(crate) fault: Fault,
    pub(crate) sentence: String,
}

/// See [`BadNumber`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Malformed,
    AtAnotherLocation,
    OfAnotherOrganization,
}

/// How many numbers one request may name.
pub(crate) const MOST_NUMBERS: usize = 2_000;

impl Numbers {
    /// Adds numbers to the stock of a location. Those that are there already are passed over. Where one is bad, none is
    /// added and the answer names the bad ones.
    pub(crate) async fn add_numbers(
        &self,
        caller: &Caller,
        location_id: LocationId,
        new: &NewNumbers,
    ) -> Result<Vec<BadNumber>> {
        require(caller, TELEPHONY_WRITE, FULL_ADMIN)?;
        require_some(&new.numbers, MOST_NUMBERS)?;
        let mut transaction = self.database().begin().await?;
        self.existing_location(&mut transaction, caller, location_id)
            .await?;
        let organization_id = caller.organization_id;
        let (mut wanted, mut bad) = (BTreeSet::new(), Vec::new());
        for text in &new.numbers {
            match e164(text) {
                Ok(number) => {
                    wanted.insert(number);
                }
                Err(error) => bad.push(BadNumber {
                    number: text.clone(),
                    fault: Fault::Malformed,
                    sentence: error.public().to_owned(),
                }),
            }
        }
        let wanted: Vec<String> = wanted.into_iter().collect();
        let known = entries::with_numbers(&mut transaction, &wanted).await?;
        let mut fresh = Vec::new();
        for number in wanted {
            match known.get(&number) {
                None => fresh.push(Entry {
                    active: !new.inactive,
                    toll_free: new.toll_free || is_toll_free(&number),
                    service_number: new.service,
                    ..Entry::spare(location_id, number)
                }),
                Some((of, _)) if *of != organization_id => bad.push(BadNumber {
                    sentence: format!("The number {number} is taken."),
                    number,
                    fault: Fault::OfAnotherOrganization,
                }),
                Some((_, entry)) if entry.location_id != location_id => bad.push(BadNumber {
                    sentence: format!(
                        "The number {number} belongs to another location. Remove it there first."
                    ),
                    number,
                    fault: Fault::AtAnotherLocation,
                }),
                Some(_) => {}
            }
        }
        if bad.is_empty() {
            writes::insert(&mut transaction, organization_id, &fresh).await?;
            transaction.commit().await?;
        }
        Ok(bad)
    }
}

/// A list of numbers has at least one and not too many.
pub(crate) fn require_some(numbers: &[String], most: usize) -> Result<()> {
    if numbers.is_empty() {
        return Err(Error::invalid(
            "phoneNumbers is missing or empty; it must hold at least one number.",
        ));
    }
    if numbers.len() > most {
        return Err(Error::invalid(format!(
            "phoneNumbers holds more than {most} numbers. Send them in several requests."
        )));
    }
    Ok(())
}
