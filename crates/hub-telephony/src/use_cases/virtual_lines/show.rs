use hub_directory::Caller;
use hub_directory::public_api::{NOT_FOUND, TELEPHONY_READ, require};
use kit::{Error, Result};

use super::VirtualLineView;
use crate::model::rights::VIRTUAL_LINE_READERS;
use crate::store::virtual_lines;
use crate::{Telephony, VirtualLineId};

impl Telephony {
    /// Refuses where the caller's organization has no such virtual line. Whether the caller may know is asked before.
    pub(crate) async fn require_virtual_line(&self, caller: &Caller, id: VirtualLineId) -> Result<()> {
        match virtual_lines::by_id(self.database().into(), caller.organization_id, id).await? {
            Some(_) => Ok(()),
            None => Err(Error::not_found(NOT_FOUND)),
        }
    }

    /// One virtual line.
    pub(crate) async fn show_virtual_line(
        &self,
        caller: &Caller,
        id: VirtualLineId,
    ) -> Result<VirtualLineView> {
        require(caller, TELEPHONY_READ, VIRTUAL_LINE_READERS)?;
        let (on, organization_id) = (self.database(), caller.organization_id);
        let line = virtual_lines::by_id(on.into(), organization_id, id)
            .await?
            .ok_or_else(|| Error::not_found(NOT_FOUND))?;
        let location = self
            .directory()
            .location_of(on.into(), organization_id, line.location_id)
            .await?
            .ok_or_else(|| Error::internal("a virtual line without its location"))?;
        let mut held = self
            .numbers()
            .held_by(on.into(), organization_id, &[id.uuid()])
            .await?;
        Ok(VirtualLineView {
            held: held.remove(&id.uuid()),
            line,
            location,
        })
    }
}
