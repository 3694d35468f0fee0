use hub_directory::{LocationId, OrganizationId};
use kit::{Error, Result, Timestamp, Uuid, search_key};
use kit_sql::{Argument, Handle, Row, Statement, Transaction, insert_rows, like_anywhere, sql};

use crate::model::group::{Group, GroupKind};

const SELECT: &str = "SELECT id, organization_id, location_id, kind, name, enabled, settings FROM call_group";

/// Which groups of an organization, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupFilter {
    pub(crate) kinds: &'static [GroupKind],
    pub(crate) location_id: Option<LocationId>,
    /// A part of the name.
    pub(crate) name: Option<String>,
    /// Only these.
    pub(crate) ids: Option<Vec<Uuid>>,
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

impl GroupFilter {
    fn conditions(&self, statement: Statement, organization_id: OrganizationId) -> Statement {
        let mut statement = statement
            .push(" WHERE organization_id = ")
            .push_bind(organization_id.uuid());
        statement = match self.kinds {
            [kind] => statement.push(" AND kind = ").push_bind(kind.key()),
            // Word by word as in the partial indexes, which hold the queues of both kinds in one order.
            kinds if kinds == GroupKind::QUEUES => statement.push(" AND kind <> 'hunt_group'"),
            kinds => statement
                .push(" AND kind IN ")
                .push_list(kinds.iter().map(|kind| kind.key())),
        };
        if let Some(location_id) = self.location_id {
            statement = statement
                .push(" AND location_id = ")
                .push_bind(location_id.uuid());
        }
        if let Some(name) = &self.name {
            statement = statement
                .push(" AND name_key LIKE ")
                .push_bind(like_anywhere(&search_key(name)))
                .push(" ESCAPE '\\'");
        }
        if let Some(ids) = &self.ids {
            statement = statement.push(" AND id IN ").push_list(ids.iter().copied());
        }
        statement
    }
}

pub(crate) async fn list(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &GroupFilter,
) -> Result<Vec<Group>> {
    let rows = page_statement(organization_id, filter).all(on).await?;
    rows.iter().map(group).collect()
}

/// A stretch of an index in the order of the names. A part of a name is searched for along that order, until the page is
/// full.
pub(crate) fn page_statement(organization_id: OrganizationId, filter: &GroupFilter) -> Statement {
    let order = match (&filter.ids, filter.location_id, filter.kinds) {
        // Few, which are found first and sorted then: `|| ''` keeps the databases from walking along the names to meet
        // them.
        (Some(_), _, _) => " ORDER BY name_key || '', id LIMIT ",
        // At one location the name alone is an order of one kind.
        (None, Some(_), [_]) => " ORDER BY name_key LIMIT ",
        (None, _, _) => " ORDER BY name_key, id LIMIT ",
    };
    filter
        .conditions(sql(SELECT), organization_id)
        .push(order)
        .push_bind(filter.limit)
        .push(" OFFSET ")
        .push_bind(filter.offset)
}

pub(crate) async fn count(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &GroupFilter,
) -> Result<i64> {
    filter
        .conditions(sql("SELECT COUNT(*) AS groups FROM call_group"), organization_id)
        .one(on)
        .await?
        .integer("groups")
}

pub(crate) async fn by_id(
    on: Handle<'_>,
    organization_id: OrganizationId,
    id: Uuid,
) -> Result<Option<Group>> {
    let row = sql(SELECT)
        .push(" WHERE id = $1 AND organization_id = $2")
        .bind(id)
        .bind(organization_id.uuid())
        .optional(on)
        .await?;
    row.as_ref().map(group).transpose()
}

/// The same, kept from others until the transaction ends.
pub(crate) async fn lock(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: Uuid,
) -> Result<Option<Group>> {
    let for_update = transaction.dialect().for_update();
    let row = sql(SELECT)
        .push(" WHERE id = $1 AND organization_id = $2")
        .push(for_update)
        .bind(id)
        .bind(organization_id.uuid())
        .optional(transaction)
        .await?;
    row.as_ref().map(group).transpose()
}

pub(crate) async fn insert(transaction: &mut Transaction, groups: &[Group], now: Timestamp) -> Result<()> {
    let rows = groups
        .iter()
        .map(|group| {
            let Group {
                id,
                organization_id,
                location_id,
                kind,
                name,
                enabled,
                settings,
            } = group;
            Ok(vec![
                Argument::from(*id),
                organization_id.uuid().into(),
                location_id.uuid().into(),
                kind.key().into(),
                name.into(),
                search_key(name).into(),
                (*enabled).into(),
                json(settings)?.into(),
                now.into(),
                now.into(),
            ])
        })
        .collect::<Result<Vec<_>>>()?;
    insert_rows(
        transaction,
        "INSERT INTO call_group (id, organization_id, location_id, kind, name, name_key, enabled, settings, created_at, last_modified_at)",
        10,
        rows,
        "",
    )
    .await
    .map(|_| ())
}

pub(crate) async fn update(transaction: &mut Transaction, group: &Group, now: Timestamp) -> Result<()> {
    sql("UPDATE call_group SET name = $1, name_key = $2, enabled = $3, settings = $4, last_modified_at = $5 WHERE id = $6")
        .bind(&group.name)
        .bind(search_key(&group.name))
        .bind(group.enabled)
        .bind(json(&group.settings)?)
        .bind(now)
        .bind(group.id)
        .run(transaction)
        .await
        .map(|_| ())
}

pub(crate) async fn delete(transaction: &mut Transaction, id: Uuid) -> Result<()> {
    sql("DELETE FROM call_group WHERE id = $1")
        .bind(id)
        .run(transaction)
        .await
        .map(|_| ())
}

/// Whether another group of this kind has this name at the location.
pub(crate) async fn name_is_taken(transaction: &mut Transaction, group: &Group) -> Result<bool> {
    let row = sql("SELECT id FROM call_group WHERE organization_id = $1 AND location_id = $2 AND name_key = $3 AND id <> $4 AND kind IN ")
        .bind(group.organization_id.uuid())
        .bind(group.location_id.uuid())
        .bind(search_key(&group.name))
        .bind(group.id)
        .push_list(same_list(group.kind).iter().map(|kind| kind.key()))
        .optional(transaction)
        .await?;
    Ok(row.is_some())
}

/// Plain and Customer Assist queues share their names.
fn same_list(kind: GroupKind) -> &'static [GroupKind] {
    match kind {
        GroupKind::HuntGroup => &[GroupKind::HuntGroup],
        GroupKind::CallQueue | GroupKind::CustomerAssist => GroupKind::QUEUES,
    }
}

/// The names of what is at a location, the first few.
pub(crate) async fn names_at(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
) -> Result<Vec<(GroupKind, String)>> {
    const ENOUGH: usize = 6;
    let filter = GroupFilter {
        kinds: GroupKind::ALL,
        location_id: Some(location_id),
        limit: i64::try_from(ENOUGH).unwrap_or(i64::MAX),
        ..GroupFilter::default()
    };
    let groups = list(transaction.into(), organization_id, &filter).await?;
    Ok(groups.into_iter().map(|group| (group.kind, group.name)).collect())
}

/// Settings as the table keeps them.
pub(crate) fn json(settings: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(settings).map_err(Error::internal)
}

/// The same, read back.
pub(crate) fn of_json<T: serde::de::DeserializeOwned>(row: &Row) -> Result<T> {
    serde_json::from_str(&row.text("settings")?).map_err(Error::internal)
}

fn group(row: &Row) -> Result<Group> {
    Ok(Group {
        id: row.uuid("id")?,
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        location_id: LocationId::new(row.uuid("location_id")?),
        kind: GroupKind::of_key(&row.text("kind")?)?,
        name: row.text("name")?,
        enabled: row.boolean("enabled")?,
        settings: of_json(row)?,
    })
}
