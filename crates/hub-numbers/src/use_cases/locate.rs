use hub_directory::{LocationId, OrganizationId};
use kit::{Error, Result};
use kit_sql::Transaction;

use crate::Numbers;
use crate::model::{Entry, NumberLocation};
use crate::store::{entries, locations, writes};

impl Numbers {
    /// The location whose numbers are asked for; it must have calling. One that this slice never heard of (it got
    /// calling before anybody listened) is learned from the directory.
    pub(crate) async fn located(
        &self,
        transaction: &mut Transaction,
        organization_id: OrganizationId,
        id: LocationId,
    ) -> Result<NumberLocation> {
        if let Some(known) = locations::by_id((&mut *transaction).into(), organization_id, id).await? {
            return Ok(known);
        }
        let location = self
            .directory()
            .location_of((&mut *transaction).into(), organization_id, id)
            .await?
            .ok_or_else(|| Error::invalid("locationId names no location of this organization."))?;
        let Some(calling) = &location.calling else {
            return Err(Error::invalid(format!(
                "The location “{}” is not enabled for calling.",
                location.name
            )));
        };
        let known = NumberLocation::from(&location);
        locations::keep(transaction, std::slice::from_ref(&known)).await?;
        self.keep_main_number(transaction, &known, calling.main_number.as_deref())
            .await?;
        Ok(known)
    }

    /// Notes which number is the main number of a location. Whoever sets it on the location brings it into the stock.
    pub(crate) async fn keep_main_number(
        &self,
        transaction: &mut Transaction,
        location: &NumberLocation,
        number: Option<&str>,
    ) -> Result<()> {
        if let Some(number) = number {
            match entries::with_number((&mut *transaction).into(), number).await? {
                None => {
                    let entry = Entry::spare(location.id, number.to_owned());
                    writes::insert(transaction, location.organization_id, &[entry]).await?;
                }
                Some((organization_id, entry))
                    if organization_id == location.organization_id && entry.location_id == location.id => {}
                Some(_) => {
                    return Err(Error::conflict(format!(
                        "The number {number} belongs to another location. Remove it there first, or take a number of “{}”.",
                        location.name
                    )));
                }
            }
        }
        writes::set_main_number(transaction, location.organization_id, location.id, number).await
    }
}
