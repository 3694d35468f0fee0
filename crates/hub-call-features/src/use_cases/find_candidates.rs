use hub_directory::public_api::{TELEPHONY_READ, TELEPHONY_READERS, require};
use hub_directory::{Caller, LocationId};
use hub_numbers::{Holder, HolderQuery, OwnerKind};
use kit::Result;

use crate::CallFeatures;

/// Who could become an agent.
#[derive(Clone, Debug)]
pub(crate) struct CandidateQuery {
    /// A part of the name, or a number or an extension.
    pub(crate) text: String,
    pub(crate) location_id: Option<LocationId>,
    pub(crate) max: usize,
}

impl CallFeatures {
    /// People, workspaces and virtual lines with calling, by name.
    pub(crate) async fn find_candidates(
        &self,
        caller: &Caller,
        query: &CandidateQuery,
    ) -> Result<Vec<Holder>> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let text = Some(query.text.clone()).filter(|text| !text.is_empty());
        let dials = query
            .text
            .chars()
            .all(|character| character.is_ascii_digit() || "+ -().".contains(character));
        let holders = HolderQuery {
            kinds: vec![OwnerKind::Person, OwnerKind::Workspace, OwnerKind::VirtualLine],
            location_id: query.location_id,
            name: text.clone().filter(|_| !dials),
            dialled: text.filter(|_| dials),
            max: query.max,
            ..HolderQuery::default()
        };
        self.numbers()
            .find_holders(self.database().into(), caller.organization_id, &holders)
            .await
    }
}
