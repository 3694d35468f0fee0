use hub_directory::{Caller, Person};
use kit::{Result, Uuid};

use crate::Scim;
use crate::model::group::{Group, MOST_MEMBERS_INLINE, Member};
use crate::model::rights;
use crate::store::members;

impl Scim {
    /// A page of the members of a group, in the order of their ids.
    pub(crate) async fn list_members(
        &self,
        caller: &Caller,
        id: Uuid,
        scopes: &[&str],
        offset: usize,
        limit: usize,
    ) -> Result<(Group, Vec<Member>)> {
        let group = self.group(caller, id, scopes).await?;
        let members = self.members_of(&group, offset, limit).await?;
        Ok((group, members))
    }

    /// The members that an answer about the group holds, where it is to hold any. Whoever calls this has shown the right
    /// to see the group.
    pub(crate) async fn first_members(&self, group: &Group, wanted: bool) -> Result<Option<Vec<Member>>> {
        if !wanted {
            return Ok(None);
        }
        self.members_of(group, 0, MOST_MEMBERS_INLINE).await.map(Some)
    }

    /// Members as people, for a page of the console.
    pub(crate) async fn people_of_group(
        &self,
        caller: &Caller,
        group: &Group,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<Person>> {
        rights::require_group_reader(caller, rights::GROUPS_READ)?;
        let database = self.database();
        let ids = members::page(database.into(), group.id, offset, limit).await?;
        self.directory()
            .people_of(database.into(), group.organization_id, &ids)
            .await
    }

    pub(super) async fn members_of(&self, group: &Group, offset: usize, limit: usize) -> Result<Vec<Member>> {
        if group.member_count == 0 || limit == 0 {
            return Ok(Vec::new());
        }
        let database = self.database();
        let ids = members::page(database.into(), group.id, offset, limit).await?;
        let people = self
            .directory()
            .people_of(database.into(), group.organization_id, &ids)
            .await?;
        let member = |person: Person| Member {
            id: person.id.uuid(),
            display_name: person.display_name,
        };
        Ok(people.into_iter().map(member).collect())
    }
}
