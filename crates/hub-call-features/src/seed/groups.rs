//! Hunt groups and call queues of an invented organization.

use hub_directory::SeedOrganization;
use kit::Result;

use crate::CallFeatures;

pub(super) async fn seed(_call_features: &CallFeatures, _organization: &SeedOrganization) -> Result<()> {
    Ok(())
}
