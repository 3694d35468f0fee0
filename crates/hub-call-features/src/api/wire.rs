//! What several bodies share.

use hub_directory::public_api::Pairs;
use kit_web::LinkHeader;
use serde::{Deserialize, Deserializer};

use crate::CallFeatures;

/// Tells a field that is null from one that is not there.
pub(super) fn given<'de, D, T>(deserializer: D) -> std::result::Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// The `Link` to the page that begins at `position`.
pub(super) fn next_page(
    call_features: &CallFeatures,
    pairs: &Pairs,
    path: &str,
    max: usize,
    position: Option<usize>,
) -> LinkHeader {
    let public_url = call_features.directory().public_url();
    pairs.next_page(
        public_url,
        path,
        max,
        position.map(|position| position.to_string()),
    )
}
