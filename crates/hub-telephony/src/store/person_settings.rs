use hub_directory::{OrganizationId, PersonId};
use hub_numbers::OwnerKind;
use kit::{Error, Result, Timestamp, Uuid};
use kit_sql::{Argument, Handle, Row, Transaction, insert_rows, sql};
use serde_json::Value;

use crate::model::person_settings::{MonitoredElement, MonitoredKind};

/// Whose row it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whose {
    pub(crate) organization_id: OrganizationId,
    pub(crate) person_id: PersonId,
}

/// What differs from the defaults.
pub(crate) async fn kept(on: Handle<'_>, whose: Whose, name: &'static str) -> Result<Option<Value>> {
    let row =
        sql("SELECT value FROM person_setting WHERE person_id = $1 AND name = $2 AND organization_id = $3")
            .bind(whose.person_id.uuid())
            .bind(name)
            .bind(whose.organization_id.uuid())
            .optional(on)
            .await?;
    row.map(|row| serde_json::from_str(&row.text("value")?).map_err(Error::internal))
        .transpose()
}

/// Keeps what differs; without a difference nothing is kept.
pub(crate) async fn keep(
    transaction: &mut Transaction,
    whose: Whose,
    name: &'static str,
    value: Option<&Value>,
    now: Timestamp,
) -> Result<()> {
    let Some(value) = value else {
        sql("DELETE FROM person_setting WHERE person_id = $1 AND name = $2")
            .bind(whose.person_id.uuid())
            .bind(name)
            .run(transaction)
            .await?;
        return Ok(());
    };
    sql("INSERT INTO person_setting (organization_id, person_id, name, value, changed_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person_id, name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at")
        .bind(whose.organization_id.uuid())
        .bind(whose.person_id.uuid())
        .bind(name)
        .bind(value.to_string())
        .bind(now)
        .run(transaction)
        .await?;
    Ok(())
}

/// What the person monitors, in its order.
pub(crate) async fn monitored(on: Handle<'_>, whose: Whose) -> Result<Vec<MonitoredElement>> {
    let rows = sql(
        "SELECT kind, target_kind, target_id, phone_number, label FROM person_monitored \
         WHERE person_id = $1 AND organization_id = $2 ORDER BY position",
    )
    .bind(whose.person_id.uuid())
    .bind(whose.organization_id.uuid())
    .all(on)
    .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<MonitoredElement> {
    let target = match (row.optional_text("target_kind")?, row.optional_uuid("target_id")?) {
        (Some(word), Some(id)) => {
            let kind = OwnerKind::from_word(&word)
                .ok_or_else(|| Error::internal(format!("a row says {word} for what is monitored")))?;
            Some((kind, id))
        }
        _ => None,
    };
    Ok(MonitoredElement {
        kind: MonitoredKind::stored(&row.text("kind")?)?,
        target,
        phone_number: row.optional_text("phone_number")?,
        label: row.optional_text("label")?,
    })
}

/// Lets the person monitor exactly this.
pub(crate) async fn monitor(
    transaction: &mut Transaction,
    whose: Whose,
    elements: &[MonitoredElement],
) -> Result<()> {
    sql("DELETE FROM person_monitored WHERE person_id = $1")
        .bind(whose.person_id.uuid())
        .run(&mut *transaction)
        .await?;
    let rows = elements
        .iter()
        .zip(0_i64..)
        .map(|(element, position)| row(whose, element, position));
    let insert = "INSERT INTO person_monitored (organization_id, person_id, position, kind, target_kind, target_id, phone_number, label)";
    insert_rows(transaction, insert, 8, rows.collect(), "").await?;
    Ok(())
}

fn row(whose: Whose, element: &MonitoredElement, position: i64) -> Vec<Argument> {
    let (target_kind, target_id) = match element.target {
        Some((kind, id)) => (Some(kind.word()), Some(id.to_string())),
        None => (None, None),
    };
    vec![
        whose.organization_id.uuid().into(),
        whose.person_id.uuid().into(),
        position.into(),
        element.kind.word().into(),
        target_kind.into(),
        target_id.into(),
        element.phone_number.clone().into(),
        element.label.clone().into(),
    ]
}

/// Nobody monitors this any more.
pub(crate) async fn forget_target(transaction: &mut Transaction, kind: OwnerKind, id: Uuid) -> Result<()> {
    sql("DELETE FROM person_monitored WHERE target_id = $1 AND target_kind = $2")
        .bind(id)
        .bind(kind.word())
        .run(transaction)
        .await?;
    Ok(())
}

/// Everything of a person.
pub(crate) async fn forget_person(transaction: &mut Transaction, id: Uuid) -> Result<()> {
    sql("DELETE FROM person_monitored WHERE person_id = $1")
        .bind(id)
        .run(&mut *transaction)
        .await?;
    sql("DELETE FROM person_setting WHERE person_id = $1")
        .bind(id)
        .run(transaction)
        .await?;
    Ok(())
}
