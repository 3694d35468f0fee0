//! Auto attendants.

use hub_directory::{LocationId, OrganizationId};
use kit::{Error, Result, Timestamp, Uuid, search_key};
use kit_sql::{Argument, Handle, Row, Statement, Transaction, insert_rows, like_anywhere, sql};

use super::attendant_rows::{menu_of, menu_text, ring_patterns_of, ring_patterns_text};
use crate::model::attendant::{Attendant, AttendantId, AttendantKey, CallerIdName, Reach, ScheduleInUse};
use crate::model::attendant_menu::{AnnouncementLevel, MediaType};

/// An attendant without its settings, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AttendantEntry {
    pub(crate) id: AttendantId,
    pub(crate) location_id: LocationId,
    pub(crate) name: String,
    pub(crate) enabled: bool,
}

/// Which attendants of an organization, by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct AttendantFilter {
    pub(crate) location_id: Option<LocationId>,
    /// A part of the name, as a search key.
    pub(crate) name_part: Option<String>,
    /// Only these.
    pub(crate) ids: Option<Vec<Uuid>>,
    /// Those with this part of the name, and these.
    pub(crate) named_or: Option<(String, Vec<Uuid>)>,
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

fn filtered(statement: Statement, organization_id: OrganizationId, filter: &AttendantFilter) -> Statement {
    let mut statement = statement
        .push(" FROM auto_attendant WHERE organization_id = ")
        .push_bind(organization_id.uuid());
    if let Some(location_id) = filter.location_id {
        statement = statement
            .push(" AND location_id = ")
            .push_bind(location_id.uuid());
    }
    if let Some(part) = &filter.name_part {
        statement = statement
            .push(" AND name_key LIKE ")
            .push_bind(like_anywhere(part))
            .push(" ESCAPE '\\'");
    }
    if let Some(ids) = &filter.ids {
        statement = statement.push(" AND id IN ").push_list(ids.iter().copied());
    }
    if let Some((part, ids)) = &filter.named_or {
        statement = statement
            .push(" AND (name_key LIKE ")
            .push_bind(like_anywhere(part))
            .push(" ESCAPE '\\' OR id IN ")
            .push_list(ids.iter().copied())
            .push(")");
    }
    statement
}

pub(crate) async fn list(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &AttendantFilter,
) -> Result<Vec<AttendantEntry>> {
    let rows = page_statement(organization_id, filter).all(on).await?;
    let entry = |row: &Row| {
        Ok(AttendantEntry {
            id: AttendantId::new(row.uuid("id")?),
            location_id: LocationId::new(row.uuid("location_id")?),
            name: row.text("name")?,
            enabled: row.boolean("enabled")?,
        })
    };
    rows.iter().map(entry).collect()
}

/// A stretch of an index in the order of the names.
pub(crate) fn page_statement(organization_id: OrganizationId, filter: &AttendantFilter) -> Statement {
    let order = match (&filter.ids, filter.location_id) {
        // Few, which are found first and sorted then: `|| ''` keeps the databases from walking along the names to meet
        // them.
        (Some(_), _) => " ORDER BY name_key || '', id LIMIT ",
        // At one location the name alone is an order, and the index of the location has it.
        (None, Some(_)) => " ORDER BY name_key LIMIT ",
        (None, None) => " ORDER BY name_key, id LIMIT ",
    };
    let select = sql("SELECT id, location_id, name, enabled");
    filtered(select, organization_id, filter)
        .push(order)
        .push_bind(filter.limit)
        .push(" OFFSET ")
        .push_bind(filter.offset)
}

pub(crate) async fn count(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &AttendantFilter,
) -> Result<i64> {
    filtered(sql("SELECT COUNT(*) AS n"), organization_id, filter)
        .one(on)
        .await?
        .integer("n")
}

/// Locks an attendant until the transaction ends, so that two changes to it follow one another.
pub(crate) async fn lock(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: AttendantId,
) -> Result<()> {
    let for_update = transaction.dialect().for_update();
    sql("SELECT id FROM auto_attendant WHERE organization_id = $1 AND id = $2")
        .push(for_update)
        .bind(organization_id.uuid())
        .bind(id.uuid())
        .all(transaction)
        .await
        .map(|_| ())
}

pub(crate) async fn one(
    on: Handle<'_>,
    organization_id: OrganizationId,
    key: AttendantKey,
) -> Result<Option<Attendant>> {
    let AttendantKey { id, location_id } = key;
    let row = sql("SELECT a.id, a.organization_id, a.location_id, a.name, a.enabled, a.language_code, a.time_zone, \
         a.business_schedule_id, b.name AS business_schedule, a.holiday_schedule_id, h.name AS holiday_schedule, \
         a.extension_dialing, a.name_dialing, a.business_hours_menu, a.after_hours_menu, a.first_name, a.last_name, \
         a.custom_caller_id_name, a.dial_by_name, a.ring_patterns \
         FROM auto_attendant a JOIN schedule b ON b.id = a.business_schedule_id \
         LEFT JOIN schedule h ON h.id = a.holiday_schedule_id WHERE a.organization_id = $1 AND a.id = $2")
        .bind(organization_id.uuid())
        .bind(id.uuid())
        .optional(on)
        .await?;
    let found = row.as_ref().map(attendant).transpose()?;
    Ok(found.filter(|attendant| location_id.is_none_or(|id| id == attendant.location_id)))
}

/// Whether another attendant of the location has this name.
pub(crate) async fn has_rival(transaction: &mut Transaction, attendant: &Attendant) -> Result<bool> {
    let rival = sql("SELECT id FROM auto_attendant WHERE organization_id = $1 AND location_id = $2 AND name_key = $3 AND id <> $4")
        .bind(attendant.organization_id.uuid())
        .bind(attendant.location_id.uuid())
        .bind(search_key(&attendant.name))
        .bind(attendant.id.uuid())
        .optional(transaction)
        .await?;
    Ok(rival.is_some())
}

/// The attendants of a location, as a sentence lists them; a few are enough.
pub(crate) async fn names_at(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
) -> Result<Vec<String>> {
    const ENOUGH: i64 = 3;
    let filter = AttendantFilter {
        location_id: Some(location_id),
        limit: ENOUGH,
        ..AttendantFilter::default()
    };
    let found = list(transaction.into(), organization_id, &filter).await?;
    Ok(found
        .into_iter()
        .map(|entry| format!("the auto attendant “{}”", entry.name))
        .collect())
}

pub(crate) async fn insert(
    transaction: &mut Transaction,
    attendants: &[Attendant],
    now: Timestamp,
) -> Result<()> {
    let rows = attendants
        .iter()
        .map(|attendant| row(attendant, now))
        .collect::<Result<Vec<_>>>()?;
    insert_rows(
        &mut *transaction,
        "INSERT INTO auto_attendant (id, organization_id, location_id, name, name_key, enabled, language_code, time_zone, \
         business_schedule_id, holiday_schedule_id, extension_dialing, name_dialing, business_hours_menu, after_hours_menu, \
         first_name, last_name, custom_caller_id_name, dial_by_name, ring_patterns, created_at, last_modified_at)",
        21,
        rows,
        "",
    )
    .await?;
    remember_recordings(transaction, attendants).await
}

fn row(attendant: &Attendant, now: Timestamp) -> Result<Vec<Argument>> {
    let Attendant {
        id,
        organization_id,
        location_id,
        name,
        enabled,
        language_code,
        time_zone,
        business_schedule,
        holiday_schedule,
        extension_dialing,
        name_dialing,
        business_hours_menu,
        after_hours_menu,
        first_name,
        last_name,
        caller_id_name,
        dial_by_name,
        ring_patterns,
    } = attendant;
    Ok(vec![
        id.uuid().into(),
        organization_id.uuid().into(),
        location_id.uuid().into(),
        name.into(),
        search_key(name).into(),
        (*enabled).into(),
        language_code.into(),
        time_zone.into(),
        business_schedule.id.into(),
        holiday_schedule
            .as_ref()
            .map(|schedule| schedule.id.to_string())
            .into(),
        extension_dialing.word().into(),
        name_dialing.word().into(),
        menu_text(business_hours_menu)?.into(),
        menu_text(after_hours_menu)?.into(),
        first_name.clone().into(),
        last_name.clone().into(),
        custom_name(caller_id_name).into(),
        dial_by_name.clone().into(),
        ring_patterns_text(ring_patterns)?.into(),
        now.into(),
        now.into(),
    ])
}

fn custom_name(name: &CallerIdName) -> Option<&str> {
    match name {
        CallerIdName::DisplayName => None,
        CallerIdName::Custom(name) => Some(name),
    }
}

pub(crate) async fn update(
    transaction: &mut Transaction,
    attendant: &Attendant,
    now: Timestamp,
) -> Result<()> {
    sql("UPDATE auto_attendant SET name = $1, name_key = $2, enabled = $3, language_code = $4, time_zone = $5, \
         business_schedule_id = $6, holiday_schedule_id = $7, extension_dialing = $8, name_dialing = $9, business_hours_menu = $10, \
         after_hours_menu = $11, first_name = $12, last_name = $13, custom_caller_id_name = $14, dial_by_name = $15, \
         ring_patterns = $16, last_modified_at = $17 WHERE id = $18")
        .bind(&attendant.name)
        .bind(search_key(&attendant.name))
        .bind(attendant.enabled)
        .bind(&attendant.language_code)
        .bind(&attendant.time_zone)
        .bind(attendant.business_schedule.id)
        .bind(attendant.holiday_schedule.as_ref().map(|schedule| schedule.id.to_string()))
        .bind(attendant.extension_dialing.word())
        .bind(attendant.name_dialing.word())
        .bind(menu_text(&attendant.business_hours_menu)?)
        .bind(menu_text(&attendant.after_hours_menu)?)
        .bind(attendant.first_name.clone())
        .bind(attendant.last_name.clone())
        .bind(custom_name(&attendant.caller_id_name))
        .bind(attendant.dial_by_name.clone())
        .bind(ring_patterns_text(&attendant.ring_patterns)?)
        .bind(now)
        .bind(attendant.id.uuid())
        .run(&mut *transaction)
        .await?;
    remember_recordings(transaction, std::slice::from_ref(attendant)).await
}

pub(crate) async fn delete(transaction: &mut Transaction, id: AttendantId) -> Result<()> {
    sql("DELETE FROM auto_attendant WHERE id = $1")
        .bind(id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}

/// The recordings of its own that menus name belong to the attendant from then on.
async fn remember_recordings(transaction: &mut Transaction, attendants: &[Attendant]) -> Result<()> {
    let mut rows: Vec<Vec<Argument>> = Vec::new();
    for attendant in attendants {
        let menus = [&attendant.business_hours_menu, &attendant.after_hours_menu];
        let recordings = menus.into_iter().flat_map(|menu| menu.recordings());
        for file in recordings.filter(|file| file.level == AnnouncementLevel::Entity) {
            rows.push(vec![
                attendant.id.uuid().into(),
                (&file.file_name).into(),
                file.media_type.word().into(),
            ]);
        }
    }
    insert_rows(
        transaction,
        "INSERT INTO auto_attendant_announcement (attendant_id, file_name, media_type)",
        3,
        rows,
        "ON CONFLICT (attendant_id, file_name) DO NOTHING",
    )
    .await
    .map(|_| ())
}

/// The recordings of its own, by name.
pub(crate) async fn recordings(on: Handle<'_>, id: AttendantId) -> Result<Vec<(String, MediaType)>> {
    let rows = sql("SELECT file_name, media_type FROM auto_attendant_announcement WHERE attendant_id = $1 ORDER BY file_name")
        .bind(id.uuid())
        .all(on)
        .await?;
    let recording = |row: &Row| {
        let word = row.text("media_type")?;
        let media_type = MediaType::parse("media_type", &word).map_err(Error::internal)?;
        Ok((row.text("file_name")?, media_type))
    };
    rows.iter().map(recording).collect()
}

/// Forgets a recording; says whether there was one.
pub(crate) async fn delete_recording(
    transaction: &mut Transaction,
    id: AttendantId,
    file_name: &str,
) -> Result<bool> {
    let gone = sql("DELETE FROM auto_attendant_announcement WHERE attendant_id = $1 AND file_name = $2")
        .bind(id.uuid())
        .bind(file_name)
        .run(transaction)
        .await?;
    Ok(gone > 0)
}

fn attendant(row: &Row) -> Result<Attendant> {
    let reach = |column: &str| Reach::parse(column, &row.text(column)?).map_err(Error::internal);
    let holiday_schedule = match (
        row.optional_uuid("holiday_schedule_id")?,
        row.optional_text("holiday_schedule")?,
    ) {
        (Some(id), Some(name)) => Some(ScheduleInUse { id, name }),
        _ => None,
    };
    Ok(Attendant {
        id: AttendantId::new(row.uuid("id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        location_id: LocationId::new(row.uuid("location_id")?),
        name: row.text("name")?,
        enabled: row.boolean("enabled")?,
        language_code: row.text("language_code")?,
        time_zone: row.text("time_zone")?,
        business_schedule: ScheduleInUse {
            id: row.uuid("business_schedule_id")?,
            name: row.text("business_schedule")?,
        },
        holiday_schedule,
        extension_dialing: reach("extension_dialing")?,
        name_dialing: reach("name_dialing")?,
        business_hours_menu: menu_of(&row.text("business_hours_menu")?)?,
        after_hours_menu: menu_of(&row.text("after_hours_menu")?)?,
        first_name: row.optional_text("first_name")?,
        last_name: row.optional_text("last_name")?,
        caller_id_name: row
            .optional_text("custom_caller_id_name")?
            .map_or(CallerIdName::DisplayName, CallerIdName::Custom),
        dial_by_name: row.optional_text("dial_by_name")?,
        ring_patterns: ring_patterns_of(&row.text("ring_patterns")?)?,
    })
}
