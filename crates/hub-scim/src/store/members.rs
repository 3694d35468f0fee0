//! Who is in which group.

use std::collections::BTreeMap;

use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp, Uuid};
use kit_sql::{Argument, Handle, Statement, Transaction, insert_rows, sql};

use crate::model::members::MemberChange;
use crate::model::user::GroupOfUser;

/// Members in the order of their ids.
pub(crate) async fn page(
    on: Handle<'_>,
    group_id: Uuid,
    offset: usize,
    limit: usize,
) -> Result<Vec<PersonId>> {
    let rows = page_statement(group_id, offset, limit).all(on).await?;
    rows.iter()
        .map(|row| row.uuid("person_id").map(PersonId::new))
        .collect()
}

/// A stretch of the primary key.
pub(crate) fn page_statement(group_id: Uuid, offset: usize, limit: usize) -> Statement {
    sql("SELECT person_id FROM scim_group_member WHERE group_id = $1 ORDER BY person_id LIMIT $2 OFFSET $3")
        .bind(group_id)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .bind(i64::try_from(offset).unwrap_or(i64::MAX))
}

/// The groups of each of these people, by name.
pub(crate) async fn groups_of(
    mut on: Handle<'_>,
    organization_id: OrganizationId,
    people: &[PersonId],
) -> Result<BTreeMap<PersonId, Vec<GroupOfUser>>> {
    let mut found: BTreeMap<PersonId, Vec<GroupOfUser>> = BTreeMap::new();
    for chunk in people.chunks(1_000) {
        let rows = groups_statement(organization_id, chunk)
            .all(on.reborrow())
            .await?;
        for row in rows {
            found
                .entry(PersonId::new(row.uuid("person_id")?))
                .or_default()
                .push(GroupOfUser {
                    id: row.uuid("id")?,
                    display_name: row.text("display_name")?,
                });
        }
    }
    Ok(found)
}

pub(crate) fn groups_statement(organization_id: OrganizationId, people: &[PersonId]) -> Statement {
    sql("SELECT m.person_id, g.id, g.display_name FROM scim_group_member m JOIN scim_group g ON g.id = m.group_id \
         WHERE m.person_id IN ")
    .push_list(people.iter().map(|id| id.uuid()))
    // `|| ''`: the people lead, never every group of the organization.
    .push(" AND g.organization_id || '' = ")
    .push_bind(organization_id.uuid())
    .push(" ORDER BY g.name_key, g.id")
}

pub(crate) fn memberships_statement(people: &[Uuid]) -> Statement {
    sql("SELECT group_id, person_id FROM scim_group_member WHERE person_id IN ")
        .push_list(people.iter().copied())
}

/// Which of these people are in which group.
pub(crate) async fn memberships(on: Handle<'_>, people: &[Uuid]) -> Result<BTreeMap<Uuid, Vec<Uuid>>> {
    let rows = memberships_statement(people).all(on).await?;
    let mut found: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in rows {
        found
            .entry(row.uuid("group_id")?)
            .or_default()
            .push(row.uuid("person_id")?);
    }
    Ok(found)
}

/// Applies a change to a group that is locked; answers how many members it has then.
pub(crate) async fn apply(
    transaction: &mut Transaction,
    group_id: Uuid,
    member_count: i64,
    change: &MemberChange,
) -> Result<i64> {
    let mut count = member_count;
    if change.cleared {
        sql("DELETE FROM scim_group_member WHERE group_id = $1")
            .bind(group_id)
            .run(&mut *transaction)
            .await?;
        count = 0;
    }
    let removed: Vec<Uuid> = change.removed.iter().copied().collect();
    for chunk in removed.chunks(1_000) {
        let gone = sql("DELETE FROM scim_group_member WHERE group_id = ")
            .push_bind(group_id)
            .push(" AND person_id IN ")
            .push_list(chunk.iter().copied())
            .run(&mut *transaction)
            .await?;
        count -= i64::try_from(gone).unwrap_or(0);
    }
    let rows = change
        .added
        .iter()
        .map(|person| vec![group_id.into(), (*person).into()])
        .collect();
    count += i64::try_from(insert(transaction, rows).await?).unwrap_or(0);
    Ok(count)
}

/// Rows of group and person; who is a member already stays one.
pub(crate) async fn insert(transaction: &mut Transaction, rows: Vec<Vec<Argument>>) -> Result<u64> {
    let insert = "INSERT INTO scim_group_member (group_id, person_id)";
    insert_rows(transaction, insert, 2, rows, "ON CONFLICT DO NOTHING").await
}

/// Takes a person out of all groups.
pub(crate) async fn forget(transaction: &mut Transaction, person: PersonId, now: Timestamp) -> Result<()> {
    sql(
        "UPDATE scim_group SET member_count = member_count - 1, version = version + 1, last_modified_at = $1 \
         WHERE id IN (SELECT group_id FROM scim_group_member WHERE person_id = $2)",
    )
    .bind(now)
    .bind(person.uuid())
    .run(&mut *transaction)
    .await?;
    sql("DELETE FROM scim_group_member WHERE person_id = $1")
        .bind(person.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}
