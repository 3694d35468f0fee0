use hub_directory::Caller;
use hub_directory::public_api::{NOT_FOUND, TELEPHONY_WRITE, require};
use hub_numbers::Wanted;
use kit::{Error, Result};

use crate::model::rights::VIRTUAL_LINE_WRITERS;
use crate::model::{VirtualLineDraft, replaced};
use crate::store::virtual_lines;
use crate::{Telephony, VirtualLineId};

impl Telephony {
    /// Changes what the draft names of a virtual line.
    pub(crate) async fn update_virtual_line(
        &self,
        caller: &Caller,
        id: VirtualLineId,
        draft: VirtualLineDraft,
    ) -> Result<()> {
        require(caller, TELEPHONY_WRITE, VIRTUAL_LINE_WRITERS)?;
        let organization_id = caller.organization_id;
        let mut transaction = self.database().begin().await?;
        let before = virtual_lines::locked(&mut transaction, organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let mut held = self
            .numbers()
            .held_by((&mut transaction).into(), organization_id, &[id.uuid()])
            .await?;
        let held = held
            .remove(&id.uuid())
            .ok_or_else(|| Error::internal("a virtual line that holds nothing"))?;
        let wanted = Wanted {
            number: replaced(draft.phone_number.clone(), held.number, Ok)?,
            extension: replaced(draft.extension.clone(), held.extension, Ok)?,
            alternates: held.alternates,
        };
        let line = draft.applied(&before, self.clock().now())?;
        virtual_lines::update(&mut transaction, &line).await?;
        let location = self
            .directory()
            .location_of((&mut transaction).into(), organization_id, line.location_id)
            .await?
            .ok_or_else(|| Error::internal("a virtual line without its location"))?;
        self.assign_to_line(&mut transaction, &line, &location.name, &wanted)
            .await?;
        transaction.commit().await
    }
}
