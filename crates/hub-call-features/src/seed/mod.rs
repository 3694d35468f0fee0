//! What an invented organization has of call features.

mod groups;

use hub_directory::SeedOrganization;
use kit::Result;

use crate::CallFeatures;

/// Adds each subject once; what is there already is left as it is.
pub(crate) async fn seed(call_features: &CallFeatures, organization: &SeedOrganization) -> Result<()> {
    groups::seed(call_features, organization).await
}
