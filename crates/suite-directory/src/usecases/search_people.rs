use kit::Result;
use suite_tenancy::{Action, Actor, CustomerId};

use crate::model::Presence;
use crate::store::people;
use crate::users_synch::UsersSynch;

/// Who is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StatusFilter {
    #[default]
    Present,
    Left,
    All,
}

/// A page of the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DirectorySearch {
    /// Parts of names or addresses, or the last digits of a number.
    pub text: String,
    pub department: String,
    pub location_id: String,
    pub status: StatusFilter,
    pub offset: i64,
    pub limit: i64,
}

/// A person as a list shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedPerson {
    pub person_id: String,
    pub display_name: String,
    pub email: Option<String>,
    pub title: Option<String>,
    pub department: Option<String>,
    pub location: Option<String>,
    pub number: Option<String>,
    pub extension: Option<String>,
    pub presence: Presence,
}

impl UsersSynch {
    /// The people whom the search finds, by family name, and how many there are.
    pub async fn search_people(
        &self,
        actor: &Actor,
        customer: CustomerId,
        search: &DirectorySearch,
    ) -> Result<(Vec<ListedPerson>, i64)> {
        actor.require(Action::ViewDirectory, Some(customer))?;
        let total = people::count(self.database(), customer, search).await?;
        Ok((people::search(self.database(), customer, search).await?, total))
    }
}
