//! Groups without their members.

use hub_directory::OrganizationId;
use kit::{Error, Kind, Result, Uuid, search_key};
use kit_sql::{Handle, Row, Statement, Transaction, insert_rows, like_anywhere, sql};

use crate::model::group::Group;

const SELECT: &str = "SELECT id, organization_id, display_name, external_id, description, kept, member_count, version, created_at, \
     last_modified_at FROM scim_group WHERE organization_id = ";

/// What an index can tell of groups; everything that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct GroupCondition {
    /// Lower case.
    pub(crate) name: Option<String>,
    /// Lower case.
    pub(crate) name_prefix: Option<String>,
    /// These alone.
    pub(crate) ids: Option<Vec<Uuid>>,
    /// Words that must all be in the name, as people type them.
    pub(crate) words: String,
}

/// The orders that an index has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroupOrder {
    Id,
    Name,
    LastModified,
}

/// A page of groups.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) order: GroupOrder,
    pub(crate) descending: bool,
    pub(crate) offset: usize,
    pub(crate) limit: usize,
}

pub(crate) async fn page(
    on: Handle<'_>,
    organization_id: OrganizationId,
    condition: &GroupCondition,
    window: Window,
) -> Result<Vec<Group>> {
    let statement = page_statement(organization_id, condition, window);
    let rows = statement.all(on).await?;
    rows.iter().map(group).collect()
}

/// A stretch of the index of the order. A name is one group's in its organization, so that it is an order by itself.
pub(crate) fn page_statement(
    organization_id: OrganizationId,
    condition: &GroupCondition,
    window: Window,
) -> Statement {
    let few = condition.ids.is_some();
    matching(sql(SELECT), organization_id, condition)
        .push(match (window.order, window.descending, few) {
            (GroupOrder::Id, false, false) => " ORDER BY id",
            (GroupOrder::Id, true, false) => " ORDER BY id DESC",
            (GroupOrder::Name, false, false) => " ORDER BY name_key",
            (GroupOrder::Name, true, false) => " ORDER BY name_key DESC",
            (GroupOrder::LastModified, false, false) => " ORDER BY last_modified_at, id",
            (GroupOrder::LastModified, true, false) => " ORDER BY last_modified_at DESC, id DESC",
            // Few, which are found first and sorted then: `|| ''` and `+ 0` keep the databases from walking along the
            // order to meet them.
            (GroupOrder::Id, false, true) => " ORDER BY id || ''",
            (GroupOrder::Id, true, true) => " ORDER BY id || '' DESC",
            (GroupOrder::Name, false, true) => " ORDER BY name_key || ''",
            (GroupOrder::Name, true, true) => " ORDER BY name_key || '' DESC",
            (GroupOrder::LastModified, false, true) => " ORDER BY last_modified_at + 0, id",
            (GroupOrder::LastModified, true, true) => " ORDER BY last_modified_at + 0 DESC, id DESC",
        })
        .push(" LIMIT ")
        .push_bind(i64::try_from(window.limit).unwrap_or(i64::MAX))
        .push(" OFFSET ")
        .push_bind(i64::try_from(window.offset).unwrap_or(i64::MAX))
}

pub(crate) async fn count(
    on: Handle<'_>,
    organization_id: OrganizationId,
    condition: &GroupCondition,
) -> Result<usize> {
    let row = count_statement(organization_id, condition).one(on).await?;
    Ok(usize::try_from(row.integer("n")?).unwrap_or(0))
}

/// Every answer says how many there are in all: what counts them is an index, not the table.
pub(crate) fn count_statement(organization_id: OrganizationId, condition: &GroupCondition) -> Statement {
    let statement = sql("SELECT COUNT(*) AS n FROM scim_group WHERE organization_id = ");
    matching(statement, organization_id, condition)
}

fn matching(statement: Statement, organization_id: OrganizationId, condition: &GroupCondition) -> Statement {
    let GroupCondition {
        name,
        name_prefix,
        ids,
        words,
    } = condition;
    let mut statement = statement.push_bind(organization_id.uuid());
    if let Some(name) = name {
        statement = statement.push(" AND name_key = ").push_bind(name);
    }
    if let Some(prefix) = name_prefix {
        statement = statement
            .push(" AND name_key >= ")
            .push_bind(prefix)
            .push(" AND name_key < ")
            // The greatest character there is: whatever begins with the prefix comes before it.
            .push_bind(format!("{prefix}\u{10ffff}"));
    }
    if let Some(ids) = ids {
        statement = statement.push(" AND id IN ").push_list(ids.iter().copied());
    }
    for word in search_key(words).split_whitespace().take(8) {
        statement = statement
            .push(" AND search_key LIKE ")
            .push_bind(like_anywhere(word))
            .push(" ESCAPE '\\'");
    }
    statement
}

/// One group of this organization.
pub(crate) async fn by_id(
    on: Handle<'_>,
    organization_id: OrganizationId,
    id: Uuid,
) -> Result<Option<Group>> {
    let row = sql(SELECT)
        .push_bind(organization_id.uuid())
        .push(" AND id = ")
        .push_bind(id)
        .optional(on)
        .await?;
    row.map(|row| group(&row)).transpose()
}

/// The same, locked until the transaction ends.
pub(crate) async fn hold(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: Uuid,
) -> Result<Option<Group>> {
    let for_update = transaction.dialect().for_update();
    let row = sql(SELECT)
        .push_bind(organization_id.uuid())
        .push(" AND id = ")
        .push_bind(id)
        .push(for_update)
        .optional(transaction)
        .await?;
    row.map(|row| group(&row)).transpose()
}

fn group(row: &Row) -> Result<Group> {
    Ok(Group {
        id: row.uuid("id")?,
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        display_name: row.text("display_name")?,
        external_id: row.optional_text("external_id")?,
        description: row.optional_text("description")?,
        kept: super::tree(&row.text("kept")?)?,
        member_count: row.integer("member_count")?,
        version: row.integer("version")?,
        created_at: row.moment("created_at")?,
        last_modified_at: row.moment("last_modified_at")?,
    })
}

const INSERT: &str = "INSERT INTO scim_group (id, organization_id, display_name, name_key, search_key, external_id, description, kept, \
     member_count, version, created_at, last_modified_at)";

/// Stores new groups. With `unless_there`, those whose id or name is there already are left out.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    groups: &[Group],
    unless_there: bool,
) -> Result<u64> {
    let mut rows = Vec::with_capacity(groups.len());
    for group in groups {
        rows.push(vec![
            group.id.into(),
            group.organization_id.uuid().into(),
            (&group.display_name).into(),
            group.display_name.to_lowercase().into(),
            search_key(&group.display_name).into(),
            group.external_id.clone().into(),
            group.description.clone().into(),
            super::json(&group.kept)?.into(),
            group.member_count.into(),
            group.version.into(),
            group.created_at.into(),
            group.last_modified_at.into(),
        ]);
    }
    let conflict = if unless_there {
        "ON CONFLICT DO NOTHING"
    } else {
        ""
    };
    insert_rows(transaction, INSERT, 12, rows, conflict)
        .await
        .map_err(name_is_taken)
}

/// Stores what became of a group.
pub(crate) async fn update(transaction: &mut Transaction, group: &Group) -> Result<()> {
    sql("UPDATE scim_group SET display_name = $1, name_key = $2, search_key = $3, external_id = $4, description = $5, kept = $6, \
         member_count = $7, version = $8, last_modified_at = $9 WHERE id = $10 AND organization_id = $11")
    .bind(&group.display_name)
    .bind(group.display_name.to_lowercase())
    .bind(search_key(&group.display_name))
    .bind(group.external_id.clone())
    .bind(group.description.clone())
    .bind(super::json(&group.kept)?)
    .bind(group.member_count)
    .bind(group.version)
    .bind(group.last_modified_at)
    .bind(group.id)
    .bind(group.organization_id.uuid())
    .run(transaction)
    .await
    .map(|_| ())
    .map_err(name_is_taken)
}

fn name_is_taken(error: Error) -> Error {
    if *error.kind() == Kind::Conflict {
        return Error::conflict("Another group of the organization has this displayName already.")
            .because(error);
    }
    error
}

/// Removes a group; its members' rows go with it.
pub(crate) async fn delete(transaction: &mut Transaction, group: &Group) -> Result<()> {
    sql("DELETE FROM scim_group WHERE id = $1 AND organization_id = $2")
        .bind(group.id)
        .bind(group.organization_id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}
