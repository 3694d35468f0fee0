use hub_directory::public_api::{NOT_FOUND, TELEPHONY_READ, TELEPHONY_READERS, require, require_own};
use hub_directory::{Caller, LocationId, OrganizationId};
use kit::{Error, Result};

use crate::Numbers;
use crate::model::{Counts, Listed};
use crate::store::list::{self, Filter, Form};
use crate::store::{counts, locations};

/// Which numbers, and whether the figures are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumbersQuery {
    /// Must be the caller's own.
    pub(crate) organization_id: Option<OrganizationId>,
    /// With the limit of the page.
    pub(crate) filter: Filter,
    /// What was asked for and is no property of any number here: reserved, mobile, restricted.
    pub(crate) of_no_number: bool,
    pub(crate) details: bool,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumbersFound {
    pub(crate) entries: Vec<Listed>,
    /// The key behind which the next page begins, where there is one.
    pub(crate) next: Option<String>,
    pub(crate) counts: Option<Counts>,
}

impl Numbers {
    /// Numbers and extensions of the caller's organization, with their owners.
    pub(crate) async fn list_numbers(&self, caller: &Caller, query: &NumbersQuery) -> Result<NumbersFound> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        require_own(caller, query.organization_id)?;
        if let Some(id) = query.filter.location_id {
            self.require_location(caller, id).await?;
        }
        let organization_id = caller.organization_id;
        let counts = match query.details {
            true => Some(counts::of(self.database().into(), organization_id).await?),
            false => None,
        };
        if query.of_no_number {
            return Ok(NumbersFound {
                counts,
                ..NumbersFound::default()
            });
        }
        let wanted = query.filter.limit;
        let filter = Filter {
            limit: wanted.saturating_add(1),
            ..query.filter.clone()
        };
        let mut entries = list::page(self.database().into(), organization_id, &filter).await?;
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        let more = entries.len() > wanted;
        entries.truncate(wanted);
        let next = entries.last().filter(|_| more).map(|last| last.key.clone());
        Ok(NumbersFound {
            entries,
            next,
            counts,
        })
    }

    /// How many entries match.
    pub(crate) async fn count_numbers(&self, caller: &Caller, filter: &Filter) -> Result<i64> {
        require(caller, TELEPHONY_READ, TELEPHONY_READERS)?;
        list::count(self.database().into(), caller.organization_id, filter).await
    }

    /// Numbers of the stock that nobody owns and that are in service, as a form offers them.
    pub async fn free_numbers(
        &self,
        caller: &Caller,
        location_id: Option<LocationId>,
        most: usize,
    ) -> Result<Vec<String>> {
        let filter = Filter {
            location_id,
            owned: Some(false),
            active: Some(true),
            form: Some(Form::Number),
            limit: i64::try_from(most).unwrap_or(i64::MAX),
            ..Filter::default()
        };
        let query = NumbersQuery {
            filter,
            ..NumbersQuery::default()
        };
        let found = self.list_numbers(caller, &query).await?;
        Ok(found
            .entries
            .into_iter()
            .filter_map(|listed| listed.entry.number)
            .collect())
    }

    /// A location that the caller names must be one of their organization; it may be one without calling.
    pub(crate) async fn require_location(&self, caller: &Caller, id: LocationId) -> Result<()> {
        let organization_id = caller.organization_id;
        if locations::by_id(self.database().into(), organization_id, id)
            .await?
            .is_some()
        {
            return Ok(());
        }
        match self
            .directory()
            .location_of(self.database().into(), organization_id, id)
            .await?
        {
            Some(_) => Ok(()),
            None => Err(Error::not_found(NOT_FOUND)),
        }
    }
}
