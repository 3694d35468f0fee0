//! What an invented organization has of call features.

mod attendants;
mod group_plans;
mod groups;
mod holidays;

use hub_directory::SeedOrganization;
use hub_directory::seed::named_id;
use kit::{Result, Uuid};

use crate::CallFeatures;

/// Adds each subject once; what is there already is left as it is.
pub(crate) async fn seed(call_features: &CallFeatures, organization: &SeedOrganization) -> Result<()> {
    groups::seed(call_features, organization).await?;
    // Attendants lead to the groups.
    attendants::seed(call_features, organization).await
}

/// Groups take the spare numbers 5 to 8 of a location and its spare extensions 100 to 149; attendants take those behind
/// them.
const FIRST_NUMBER: usize = 5;
const FIRST_EXTENSION: u32 = 100;

/// The same on every machine: made of the organization and a name that is unique in it.
pub(crate) fn made_id(organization: &SeedOrganization, name: &str) -> Uuid {
    named_id(organization.id, &format!("call-features/{name}"))
}
