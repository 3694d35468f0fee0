use axum::extract::State;
use axum::response::IntoResponse;
use hub_directory::Caller;
use hub_directory::public_api::{Answer, Pairs, TELEPHONY_READ, TELEPHONY_READERS, large_object, require};

use super::query::numbers_query;
use super::wire::NumberList;
use crate::Numbers;

pub(super) const PATH: &str = "/v1/telephony/config/numbers";

/// About what an entry takes on the wire.
const BYTES_AN_ENTRY: usize = 640;

pub(super) async fn list(State(numbers): State<Numbers>, caller: Caller, pairs: Pairs) -> Answer {
    require(&caller, TELEPHONY_READ, TELEPHONY_READERS)?;
    let (query, max) = numbers_query(&pairs)?;
    let found = numbers.list_numbers(&caller, &query).await?;
    let link = pairs.next_page(numbers.directory().public_url(), PATH, max, found.next);
    let bytes = (found.entries.len() + 1) * BYTES_AN_ENTRY;
    let answer = NumberList {
        phone_numbers: found.entries.into_iter().map(Into::into).collect(),
        count: found.counts.map(Into::into),
    };
    Ok((link, large_object(&answer, bytes)?).into_response())
}
