use kit::{Error, Result};
use webex::LocationWrite;

use super::update_location::applied;
use crate::model::rights;
use crate::store::locations;
use crate::{Caller, Directory, Location, LocationId};

impl Directory {
    /// Makes a location, without calling.
    pub async fn create_location(&self, caller: &Caller, body: LocationWrite) -> Result<Location> {
        rights::require(caller, rights::LOCATIONS_WRITE, rights::FULL_ADMIN)?;
        if body
            .announcement_language
            .as_deref()
            .unwrap_or_default()
            .trim()
            .is_empty()
        {
            return Err(Error::invalid(
                "announcementLanguage is missing; write it like en_us.",
            ));
        }
        let blank = Location {
            id: LocationId::random(self.randomness().as_ref()),
            organization_id: caller.organization_id,
            name: String::new(),
            address1: String::new(),
            address2: None,
            city: String::new(),
            state: None,
            postal_code: None,
            country: String::new(),
            time_zone: String::new(),
            preferred_language: String::new(),
            latitude: None,
            longitude: None,
            notes: None,
            announcement_language: None,
            calling: None,
        };
        let location = applied(&blank, body)?;
        let mut transaction = self.database().begin().await?;
        if let Some(sentence) = locations::rivals(&mut transaction, &location).await? {
            return Err(Error::conflict(sentence));
        }
        locations::insert(&mut transaction, &location, self.clock().now()).await?;
        transaction.commit().await?;
        Ok(location)
    }
}
