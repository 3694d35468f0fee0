use kit::{Error, Result, Timestamp};
use suite_tenancy::{Action, Actor, CustomerId};

use crate::model::{FieldChange, LOCATION, Run};
use crate::store::{changes, locations};
use crate::users_synch::UsersSynch;

/// What happened to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Changed,
    Returned,
    Left,
}

impl ChangeKind {
    pub const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::Returned, Self::Left];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Returned => "returned",
            Self::Left => "left",
        }
    }

    /// The word on pages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "Added",
            Self::Changed => "Changed",
            Self::Returned => "Returned",
            Self::Left => "Left",
        }
    }

    pub fn from_key(key: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.key() == key)
            .ok_or_else(|| Error::invalid(format!("“{key}” is no kind of change.")))
    }
}

/// A line of a run's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunChange {
    pub run_number: i64,
    pub at: Timestamp,
    pub person_id: String,
    pub kind: ChangeKind,
    pub display_name: String,
    pub fields: Vec<FieldChange>,
}

impl UsersSynch {
    /// Who a run changed, by name, and how many of them are listed: a run lists at most 1,000 of each kind, and the
    /// first one, which would list everybody, nobody.
    pub async fn changes(
        &self,
        actor: &Actor,
        run: &Run,
        kind: Option<ChangeKind>,
        offset: i64,
        limit: i64,
    ) -> Result<(Vec<RunChange>, i64)> {
        actor.require(Action::ViewDirectory, Some(run.customer))?;
        let listed = changes::count(self.database(), run.id, kind).await?;
        let list = changes::list(self.database(), run.id, kind, offset, limit).await?;
        Ok((self.with_names_of_locations(run.customer, list).await?, listed))
    }

    /// Lists keep the ids of locations, because names change; people read names.
    pub(crate) async fn with_names_of_locations(
        &self,
        customer: CustomerId,
        mut list: Vec<RunChange>,
    ) -> Result<Vec<RunChange>> {
        if list
            .iter()
            .flat_map(|change| &change.fields)
            .any(|field| field.field == LOCATION)
        {
            let names = locations::names(self.database(), customer).await?;
            let fields = list
                .iter_mut()
                .flat_map(|change| &mut change.fields)
                .filter(|field| field.field == LOCATION);
            for id in fields
                .flat_map(|field| [&mut field.old, &mut field.new])
                .flatten()
            {
                if let Some(name) = names.get(id) {
                    name.clone_into(id);
                }
            }
        }
        Ok(list)
    }
}
