//! How calls to a feature are forwarded; the feature may be of any kind.

use hub_directory::OrganizationId;
use hub_numbers::OwnerKind;
use kit::{Result, Uuid};
use kit_sql::{Handle, Statement, Transaction, sql};

use super::groups::{json, of_json};
use crate::model::forwarding::{Forwarding, ForwardingRule};
use crate::use_cases::FeatureRef;

/// Whether this feature of an organization is at this location.
pub(crate) async fn is_there(
    on: Handle<'_>,
    organization_id: OrganizationId,
    feature: FeatureRef,
) -> Result<bool> {
    Ok(find(organization_id, feature).optional(on).await?.is_some())
}

/// The same; if it is, its row is kept from others until the transaction ends.
pub(crate) async fn lock(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    feature: FeatureRef,
) -> Result<bool> {
    let for_update = transaction.dialect().for_update();
    let row = find(organization_id, feature)
        .push(for_update)
        .optional(transaction)
        .await?;
    Ok(row.is_some())
}

fn find(organization_id: OrganizationId, feature: FeatureRef) -> Statement {
    let FeatureRef {
        kind,
        location_id,
        id,
    } = feature;
    let statement = match kind {
        OwnerKind::AutoAttendant => sql("SELECT id FROM auto_attendant WHERE id = $1"),
        OwnerKind::HuntGroup => sql("SELECT id FROM call_group WHERE kind = 'hunt_group' AND id = $1"),
        _ => sql("SELECT id FROM call_group WHERE kind <> 'hunt_group' AND id = $1"),
    };
    statement
        .push(" AND organization_id = $2 AND location_id = $3")
        .bind(id)
        .bind(organization_id.uuid())
        .bind(location_id.uuid())
}

/// What is set; a feature for which nothing is set forwards nothing.
pub(crate) async fn of_feature(on: Handle<'_>, feature_id: Uuid) -> Result<Forwarding> {
    let row = sql("SELECT settings FROM feature_forwarding WHERE feature_id = $1")
        .bind(feature_id)
        .optional(on)
        .await?;
    row.as_ref().map_or_else(|| Ok(Forwarding::default()), of_json)
}

pub(crate) async fn store(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    feature_id: Uuid,
    forwarding: &Forwarding,
) -> Result<()> {
    sql(
        "INSERT INTO feature_forwarding (feature_id, organization_id, settings) VALUES ($1, $2, $3) \
         ON CONFLICT (feature_id) DO UPDATE SET settings = excluded.settings",
    )
    .bind(feature_id)
    .bind(organization_id.uuid())
    .bind(json(forwarding)?)
    .run(transaction)
    .await
    .map(|_| ())
}

/// The rules of a feature in the order in which they were made.
pub(crate) async fn rules(on: Handle<'_>, feature_id: Uuid) -> Result<Vec<ForwardingRule>> {
    let rows = sql(
        "SELECT name, settings FROM feature_forwarding_rule WHERE feature_id = $1 ORDER BY position, name",
    )
    .bind(feature_id)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ForwardingRule {
                name: row.text("name")?,
                settings: of_json(row)?,
            })
        })
        .collect()
}

pub(crate) async fn insert_rule(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    feature_id: Uuid,
    rule: &ForwardingRule,
) -> Result<()> {
    sql("INSERT INTO feature_forwarding_rule (feature_id, organization_id, name, position, settings) \
         SELECT $1, $2, $3, COALESCE(MAX(position), 0) + 1, $4 FROM feature_forwarding_rule WHERE feature_id = $1")
    .bind(feature_id)
    .bind(organization_id.uuid())
    .bind(&rule.name)
    .bind(json(&rule.settings)?)
    .run(transaction)
    .await
    .map(|_| ())
}

/// Changes the rule that has this name now.
pub(crate) async fn update_rule(
    transaction: &mut Transaction,
    feature_id: Uuid,
    name_now: &str,
    rule: &ForwardingRule,
) -> Result<()> {
    sql("UPDATE feature_forwarding_rule SET name = $1, settings = $2 WHERE feature_id = $3 AND name = $4")
        .bind(&rule.name)
        .bind(json(&rule.settings)?)
        .bind(feature_id)
        .bind(name_now)
        .run(transaction)
        .await
        .map(|_| ())
}

pub(crate) async fn delete_rule(transaction: &mut Transaction, feature_id: Uuid, name: &str) -> Result<bool> {
    let rows = sql("DELETE FROM feature_forwarding_rule WHERE feature_id = $1 AND name = $2")
        .bind(feature_id)
        .bind(name)
        .run(transaction)
        .await?;
    Ok(rows > 0)
}

/// Forgets everything about a feature that goes.
pub(crate) async fn forget(transaction: &mut Transaction, feature_id: Uuid) -> Result<()> {
    for statement in [
        sql("DELETE FROM feature_forwarding_rule WHERE feature_id = $1"),
        sql("DELETE FROM feature_forwarding WHERE feature_id = $1"),
    ] {
        statement.bind(feature_id).run(&mut *transaction).await?;
    }
    Ok(())
}
