//! What several bodies share.

use hub_directory::public_api::Pairs;
use kit::{Error, Result};
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

/// Where a page begins: the cursor that we gave out holds the position that `start` says in the open.
pub(super) fn start(pairs: &Pairs) -> Result<usize> {
    match pairs.cursor()? {
        Some(text) => text.parse().map_err(|_| {
            Error::invalid("The cursor of this request cannot be read. Begin again without it.")
        }),
        None => pairs.position("start"),
    }
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
