//! Schedules and their events.

use hub_directory::{LocationId, OrganizationId};
use kit::{Error, Result, Timestamp, Uuid, search_key};
use kit_sql::{Argument, Handle, Row, Statement, Transaction, insert_rows, like_anywhere, sql};

use super::schedule_names::hold_followers;
use super::schedule_rows::{event_of, event_row};
use crate::model::schedule::{Schedule, ScheduleEntry, ScheduleKey, ScheduleKind};

/// Which schedules of an organization, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScheduleFilter {
    pub(crate) location_id: Option<LocationId>,
    pub(crate) kind: Option<ScheduleKind>,
    /// A part of the name, as a search key.
    pub(crate) name_part: Option<String>,
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

fn filtered(statement: Statement, organization_id: OrganizationId, filter: &ScheduleFilter) -> Statement {
    let mut statement = statement
        .push(" FROM schedule WHERE organization_id = ")
        .push_bind(organization_id.uuid());
    if let Some(location_id) = filter.location_id {
        statement = statement
            .push(" AND location_id = ")
            .push_bind(location_id.uuid());
    }
    if let Some(kind) = filter.kind {
        statement = statement.push(" AND kind = ").push_bind(kind.word());
    }
    if let Some(part) = &filter.name_part {
        statement = statement
            .push(" AND name_key LIKE ")
            .push_bind(like_anywhere(part))
            .push(" ESCAPE '\\'");
    }
    statement
}

pub(crate) async fn list(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &ScheduleFilter,
) -> Result<Vec<ScheduleEntry>> {
    // At one location the index of the location has the order too.
    let order = if filter.location_id.is_some() {
        " ORDER BY name_key, kind LIMIT "
    } else {
        " ORDER BY name_key, id LIMIT "
    };
    let rows = filtered(sql("SELECT id, location_id, kind, name"), organization_id, filter)
        .push(order)
        .push_bind(filter.limit)
        .push(" OFFSET ")
        .push_bind(filter.offset)
        .all(on)
        .await?;
    rows.iter().map(entry).collect()
}

pub(crate) async fn count(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &ScheduleFilter,
) -> Result<i64> {
    filtered(sql("SELECT COUNT(*) AS n"), organization_id, filter)
        .one(on)
        .await?
        .integer("n")
}

fn find(columns: &'static str, organization_id: OrganizationId, key: &ScheduleKey) -> Statement {
    let statement = sql(columns)
        .push(" FROM schedule WHERE organization_id = ")
        .push_bind(organization_id.uuid());
    match key {
        ScheduleKey::Id(id) => statement.push(" AND id = ").push_bind(*id),
        ScheduleKey::Named {
            location_id,
            kind,
            name,
        } => statement
            .push(" AND location_id = ")
            .push_bind(location_id.uuid())
            .push(" AND name_key = ")
            .push_bind(search_key(name))
            .push(" AND kind = ")
            .push_bind(kind.word())
            .push(" AND name = ")
            .push_bind(name),
    }
}

/// Locks a schedule until the transaction ends, so that two changes to it follow one another, and before it those who may
/// follow it: they must not take up a name that goes, nor be written over.
pub(crate) async fn lock(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    key: &ScheduleKey,
) -> Result<()> {
    let row = find("SELECT location_id", organization_id, key)
        .optional(&mut *transaction)
        .await?;
    let Some(row) = row else { return Ok(()) };
    // A schedule stays at its location.
    let location_id = LocationId::new(row.uuid("location_id")?);
    hold_followers(transaction, organization_id, location_id).await?;
    let for_update = transaction.dialect().for_update();
    find("SELECT id", organization_id, key)
        .push(for_update)
        .all(transaction)
        .await
        .map(|_| ())
}

/// A schedule without its events. Keeps it as it is until the transaction ends.
pub(crate) async fn held(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    key: &ScheduleKey,
) -> Result<Option<ScheduleEntry>> {
    let for_share = transaction.dialect().for_share();
    let row = find("SELECT id, location_id, kind, name", organization_id, key)
        .push(for_share)
        .optional(transaction)
        .await?;
    row.as_ref().map(entry).transpose()
}

/// A schedule with its events.
pub(crate) async fn one(
    mut on: Handle<'_>,
    organization_id: OrganizationId,
    key: &ScheduleKey,
) -> Result<Option<Schedule>> {
    let row = find("SELECT id, location_id, kind, name", organization_id, key)
        .optional(on.reborrow())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let ScheduleEntry {
        id,
        location_id,
        kind,
        name,
    } = entry(&row)?;
    let events = sql("SELECT name, first_day, last_day, begins_at, ends_at, pattern, every_weeks, weekdays, month_of_year, week_of_month, \
         day_of_month, until FROM schedule_event WHERE schedule_id = $1 ORDER BY position")
        .bind(id)
        .all(on)
        .await?;
    Ok(Some(Schedule {
        id,
        organization_id,
        location_id,
        kind,
        name,
        events: events.iter().map(event_of).collect::<Result<_>>()?,
    }))
}

/// Whether another schedule of the kind at the location has this name.
pub(crate) async fn has_rival(transaction: &mut Transaction, schedule: &Schedule) -> Result<bool> {
    let rival = sql("SELECT id FROM schedule WHERE organization_id = $1 AND location_id = $2 AND name_key = $3 AND kind = $4 AND id <> $5")
        .bind(schedule.organization_id.uuid())
        .bind(schedule.location_id.uuid())
        .bind(search_key(&schedule.name))
        .bind(schedule.kind.word())
        .bind(schedule.id)
        .optional(transaction)
        .await?;
    Ok(rival.is_some())
}

/// Writes new schedules with their events. Those whose id is there already are left as they are.
pub(crate) async fn insert(
    transaction: &mut Transaction,
    schedules: &[Schedule],
    now: Timestamp,
) -> Result<()> {
    let rows: Vec<Vec<Argument>> = schedules
        .iter()
        .map(|schedule| {
            vec![
                schedule.id.into(),
                schedule.organization_id.uuid().into(),
                schedule.location_id.uuid().into(),
                schedule.kind.word().into(),
                (&schedule.name).into(),
                search_key(&schedule.name).into(),
                now.into(),
                now.into(),
            ]
        })
        .collect();
    insert_rows(
        &mut *transaction,
        "INSERT INTO schedule (id, organization_id, location_id, kind, name, name_key, created_at, last_modified_at)",
        8,
        rows,
        "",
    )
    .await?;
    insert_events(transaction, schedules).await
}

async fn insert_events(transaction: &mut Transaction, schedules: &[Schedule]) -> Result<()> {
    let rows: Vec<Vec<Argument>> = schedules
        .iter()
        .flat_map(|schedule| {
            let numbered = schedule.events.iter().zip(0..);
            numbered.map(|(event, position)| event_row(schedule.id, position, event))
        })
        .collect();
    insert_rows(
        transaction,
        "INSERT INTO schedule_event (schedule_id, position, name, name_key, first_day, last_day, begins_at, ends_at, pattern, \
         every_weeks, weekdays, month_of_year, week_of_month, day_of_month, until)",
        15,
        rows,
        "",
    )
    .await
    .map(|_| ())
}

/// Replaces name and events.
pub(crate) async fn update(transaction: &mut Transaction, schedule: &Schedule, now: Timestamp) -> Result<()> {
    sql("UPDATE schedule SET name = $1, name_key = $2, last_modified_at = $3 WHERE id = $4")
        .bind(&schedule.name)
        .bind(search_key(&schedule.name))
        .bind(now)
        .bind(schedule.id)
        .run(&mut *transaction)
        .await?;
    sql("DELETE FROM schedule_event WHERE schedule_id = $1")
        .bind(schedule.id)
        .run(&mut *transaction)
        .await?;
    insert_events(transaction, std::slice::from_ref(schedule)).await
}

pub(crate) async fn delete(transaction: &mut Transaction, id: Uuid) -> Result<()> {
    sql("DELETE FROM schedule WHERE id = $1")
        .bind(id)
        .run(transaction)
        .await
        .map(|_| ())
}

/// Takes all schedules of a location away; nothing follows them any more.
pub(crate) async fn delete_at(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
) -> Result<()> {
    sql("DELETE FROM schedule WHERE organization_id = $1 AND location_id = $2")
        .bind(organization_id.uuid())
        .bind(location_id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}

fn entry(row: &Row) -> Result<ScheduleEntry> {
    let kind = row.text("kind")?;
    Ok(ScheduleEntry {
        id: row.uuid("id")?,
        location_id: LocationId::new(row.uuid("location_id")?),
        kind: ScheduleKind::parse(&kind)
            .ok_or_else(|| Error::internal(format!("a schedule of kind {kind}")))?,
        name: row.text("name")?,
    })
}
