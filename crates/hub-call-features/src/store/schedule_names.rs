//! Who follows a schedule by its name: queues (holiday and night service) and forwarding rules. Attendants follow by id.

use hub_directory::{LocationId, OrganizationId};
use kit::{Error, Result, Uuid};
use kit_sql::{Handle, Transaction, sql};
use serde_json::Value;

use crate::model::schedule::{Schedule, ScheduleKind};

/// Settings that may name schedules.
struct Settings {
    place: Place,
    /// Whose they are, as a sentence says it.
    owner: String,
    value: Value,
}

/// Where the settings lie.
enum Place {
    Group(Uuid),
    Rule { feature_id: Uuid, name: String },
}

/// Keeps everything at a location that may follow a schedule as it is until the transaction ends. Whoever changes one of
/// them takes it first and the schedule then; so must whoever renames or deletes the schedule.
pub(crate) async fn hold_followers(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
) -> Result<()> {
    let for_update = transaction.dialect().for_update();
    for statement in [
        sql("SELECT id FROM call_group WHERE organization_id = $1 AND location_id = $2 ORDER BY id"),
        sql("SELECT id FROM auto_attendant WHERE organization_id = $1 AND location_id = $2 ORDER BY id"),
    ] {
        statement
            .bind(organization_id.uuid())
            .bind(location_id.uuid())
            .push(for_update)
            .all(&mut *transaction)
            .await?;
    }
    Ok(())
}

/// Everybody who follows the schedule, as a sentence lists them.
pub(crate) async fn followers(mut on: Handle<'_>, schedule: &Schedule) -> Result<Vec<String>> {
    let rows = sql(
        "SELECT name, name_key FROM auto_attendant WHERE business_schedule_id = $1 UNION \
         SELECT name, name_key FROM auto_attendant WHERE holiday_schedule_id = $2 ORDER BY name_key",
    )
    .bind(schedule.id)
    .bind(schedule.id)
    .all(on.reborrow())
    .await?;
    let mut followers = rows
        .iter()
        .map(|row| Ok(format!("the auto attendant “{}”", row.text("name")?)))
        .collect::<Result<Vec<_>>>()?;
    for settings in named_at(on, schedule).await? {
        let mut value = settings.value;
        if rename(&mut value, schedule.kind, &schedule.name, &schedule.name) {
            followers.push(settings.owner);
        }
    }
    Ok(followers)
}

/// Lets everybody who followed the schedule under its old name follow it under its new one. They are held; see
/// [`hold_followers`].
pub(crate) async fn follow(transaction: &mut Transaction, before: &Schedule, new_name: &str) -> Result<()> {
    for settings in named_at((&mut *transaction).into(), before).await? {
        let Settings {
            place,
            owner: _,
            mut value,
        } = settings;
        if !rename(&mut value, before.kind, &before.name, new_name) {
            continue;
        }
        let text = serde_json::to_string(&value).map_err(Error::internal)?;
        let statement = match place {
            Place::Group(id) => sql("UPDATE call_group SET settings = $1 WHERE id = $2")
                .bind(text)
                .bind(id),
            Place::Rule { feature_id, name } => {
                sql("UPDATE feature_forwarding_rule SET settings = $1 WHERE feature_id = $2 AND name = $3")
                    .bind(text)
                    .bind(feature_id)
                    .bind(name)
            }
        };
        statement.run(&mut *transaction).await?;
    }
    Ok(())
}

/// The settings at the schedule's location that may name it. They lie in JSON, and a location has few of them.
async fn named_at(mut on: Handle<'_>, schedule: &Schedule) -> Result<Vec<Settings>> {
    let (organization_id, location_id) = (schedule.organization_id, schedule.location_id.uuid());
    let mut found = Vec::new();
    let groups = sql("SELECT id, kind, name, settings FROM call_group WHERE organization_id = $1 AND location_id = $2 ORDER BY name_key")
        .bind(organization_id.uuid())
        .bind(location_id)
        .all(on.reborrow())
        .await?;
    for row in groups {
        let noun = if row.text("kind")? == "hunt_group" {
            "hunt group"
        } else {
            "call queue"
        };
        found.push(Settings {
            place: Place::Group(row.uuid("id")?),
            owner: format!("the {noun} “{}”", row.text("name")?),
            value: serde_json::from_str(&row.text("settings")?).map_err(Error::internal)?,
        });
    }
    found.extend(rules_at(on, organization_id, location_id).await?);
    Ok(found)
}

async fn rules_at(
    on: Handle<'_>,
    organization_id: OrganizationId,
    location_id: Uuid,
) -> Result<Vec<Settings>> {
    let rules = sql("SELECT r.feature_id, r.name, r.settings, f.name AS feature FROM feature_forwarding_rule r JOIN \
         (SELECT id, name FROM call_group WHERE organization_id = $1 AND location_id = $2 UNION ALL \
          SELECT id, name FROM auto_attendant WHERE organization_id = $3 AND location_id = $4) f ON f.id = r.feature_id \
         ORDER BY f.name, r.name")
        .bind(organization_id.uuid())
        .bind(location_id)
        .bind(organization_id.uuid())
        .bind(location_id)
        .all(on)
        .await?;
    let settings = |row: &kit_sql::Row| {
        let (name, feature) = (row.text("name")?, row.text("feature")?);
        Ok(Settings {
            owner: format!("the forwarding rule “{name}” of “{feature}”"),
            place: Place::Rule {
                feature_id: row.uuid("feature_id")?,
                name,
            },
            value: serde_json::from_str(&row.text("settings")?).map_err(Error::internal)?,
        })
    };
    rules.iter().map(settings).collect()
}

/// Puts the new name wherever the old one stands; says whether it stood anywhere.
fn rename(value: &mut Value, kind: ScheduleKind, old: &str, new: &str) -> bool {
    // The member that names a schedule, and the one beside it that says whose schedule it is.
    let members = match kind {
        ScheduleKind::Holidays => [
            ("holidayScheduleName", "holidayScheduleLevel"),
            ("holidaySchedule", ""),
        ],
        ScheduleKind::BusinessHours => [
            ("businessHoursName", "businessHoursLevel"),
            ("businessSchedule", ""),
        ],
    };
    let mut found = false;
    match value {
        Value::Object(object) => {
            for (member, level) in members {
                let elsewhere = object.get(level).is_some_and(|level| level == "ORGANIZATION");
                if let Some(name) = object.get_mut(member)
                    && name == old
                    && !elsewhere
                {
                    *name = Value::String(new.to_owned());
                    found = true;
                }
            }
            for inner in object.values_mut() {
                found |= rename(inner, kind, old, new);
            }
        }
        Value::Array(items) => {
            for item in items {
                found |= rename(item, kind, old, new);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_names_of_the_kind_and_of_the_location_are_renamed() {
        let mut value = json!({
            "routing": {"policies": {
                "holiday": {"holidayScheduleName": "A", "holidayScheduleLevel": "LOCATION"},
                "night": {"businessHoursName": "A", "businessHoursLevel": "LOCATION"},
            }},
            "rules": [{"holidaySchedule": "A"}, {"holidayScheduleName": "A", "holidayScheduleLevel": "ORGANIZATION"}],
            "name": "A",
        });
        assert!(rename(&mut value, ScheduleKind::Holidays, "A", "B"));
        assert_eq!(
            value,
            json!({
                "routing": {"policies": {
                    "holiday": {"holidayScheduleName": "B", "holidayScheduleLevel": "LOCATION"},
                    "night": {"businessHoursName": "A", "businessHoursLevel": "LOCATION"},
                }},
                "rules": [{"holidaySchedule": "B"}, {"holidayScheduleName": "A", "holidayScheduleLevel": "ORGANIZATION"}],
                "name": "A",
            })
        );
        assert!(!rename(&mut value, ScheduleKind::Holidays, "A", "B"));
    }
}
