use hub_directory::Caller;
use hub_directory::public_api::{TELEPHONY_WRITE, require};
use hub_numbers::Wanted;
use kit::{Error, Result};

use crate::model::rights::VIRTUAL_LINE_WRITERS;
use crate::model::text::trimmed;
use crate::model::{LinePlace, VirtualLineDraft};
use crate::store::virtual_lines;
use crate::{Telephony, VirtualLineId};

impl Telephony {
    /// Makes a virtual line at a location with calling.
    pub(crate) async fn create_virtual_line(
        &self,
        caller: &Caller,
        draft: VirtualLineDraft,
    ) -> Result<VirtualLineId> {
        require(caller, TELEPHONY_WRITE, VIRTUAL_LINE_WRITERS)?;
        let organization_id = caller.organization_id;
        let location_id = draft.location_id.ok_or_else(|| {
            Error::invalid(
                "locationId is missing: the location whose numbers and extensions the virtual line uses.",
            )
        })?;
        let wanted = Wanted {
            number: trimmed(draft.phone_number.clone()),
            extension: trimmed(draft.extension.clone()),
            alternates: Vec::new(),
        };
        let mut transaction = self.database().begin().await?;
        let location = self
            .calling_location_held(&mut transaction, organization_id, "locationId", location_id)
            .await?;
        let id = VirtualLineId::random(self.randomness().as_ref());
        let place = LinePlace {
            organization_id,
            location_id,
            announcement_language: location.announcement_language,
            time_zone: location.time_zone,
        };
        let line = draft.made(id, place, self.clock().now())?;
        virtual_lines::insert(&mut transaction, std::slice::from_ref(&line)).await?;
        self.assign_to_line(&mut transaction, &line, &location.name, &wanted)
            .await?;
        transaction.commit().await?;
        Ok(id)
    }
}
