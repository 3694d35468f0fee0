//! Numbers that fit a purpose: one handler for each shape of path, and the purpose from the table of routes.

use axum::extract::OriginalUri;
use axum::response::IntoResponse;
use hub_directory::public_api::{
    Answer, Pairs, TELEPHONY_READ, TELEPHONY_READERS, path_uuid, require, require_own,
};
use hub_directory::{Caller, LocationId};
use kit::search_key;
use webex::ResourceKind;

use super::query::{paged, wanted_numbers};
use super::wire::AvailableList;
use crate::use_cases::list_numbers::NumbersQuery;
use crate::use_cases::offer_numbers::Purpose;
use crate::{Numbers, OwnerKind};

/// What a request for available numbers comes with.
pub(super) struct Request {
    pub(super) numbers: Numbers,
    pub(super) caller: Caller,
    pub(super) uri: OriginalUri,
    pub(super) pairs: Pairs,
}

impl Request {
    /// Of all locations, or of the one that the query names.
    pub(super) async fn anywhere(self, purpose: Purpose) -> Answer {
        require(&self.caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let location_id = self.pairs.location("locationId")?;
        self.list(purpose, location_id).await
    }

    /// Of the location in the path.
    pub(super) async fn at(self, purpose: Purpose, id: &str) -> Answer {
        require(&self.caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let location_id = LocationId::new(path_uuid(ResourceKind::Location, id)?);
        self.list(purpose, Some(location_id)).await
    }

    /// Of the location of whoever stands in the path.
    pub(super) async fn of_owner(self, purpose: Purpose, kind: OwnerKind, id: &str) -> Answer {
        require(&self.caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        let id = path_uuid(kind.resource(), id)?;
        let location_id = self.numbers.location_of_owner(&self.caller, kind, id).await?;
        self.list(purpose, Some(location_id)).await
    }

    async fn list(self, purpose: Purpose, location_id: Option<LocationId>) -> Answer {
        require_own(&self.caller, self.pairs.organization()?)?;
        let pairs = &self.pairs;
        let mut filter = purpose.filter();
        filter.location_id = location_id;
        (filter.numbers, filter.prefixes) = wanted_numbers(pairs.list("phoneNumber"));
        filter.owner_name = pairs.text("ownerName").map(search_key);
        filter.extension = pairs.text("extension").map(ToOwned::to_owned);
        let (filter, max) = paged(pairs, filter)?;
        let query = NumbersQuery {
            filter,
            ..NumbersQuery::default()
        };
        let found = self.numbers.list_numbers(&self.caller, &query).await?;
        let public_url = self.numbers.directory().public_url();
        let link = pairs.next_page(public_url, self.uri.path(), max, found.next);
        let answer = AvailableList {
            phone_numbers: found.entries.into_iter().map(Into::into).collect(),
        };
        Ok((link, hub_directory::public_api::object(&answer)?).into_response())
    }
}
