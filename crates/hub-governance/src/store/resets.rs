use std::collections::BTreeSet;

use hub_directory::{OrganizationId, PersonId};
use kit::{Result, Timestamp, Uuid};
use kit_sql::{Handle, Row, Transaction, sql};

use crate::model::{Audience, Reset, Rule};

pub(crate) async fn insert(on: &mut Transaction, organization: OrganizationId, reset: &Reset) -> Result<()> {
    let Reset {
        id,
        at,
        actor_name,
        default,
        revision,
        undone: _,
        exceptions,
    } = reset;
    sql("INSERT INTO governance_reset (id, organization_id, at, actor_name, rule, revision) VALUES ($1, $2, $3, $4, $5, $6)")
        .bind(*id)
        .bind(organization.uuid())
        .bind(*at)
        .bind(actor_name)
        .bind(default.word())
        .bind(*revision)
        .run(&mut *on)
        .await?;
    let rows = exceptions
        .iter()
        .map(|(client_id, audience)| {
            let (rule, people) = audience.written();
            let people: Vec<String> = people.iter().map(ToString::to_string).collect();
            vec![
                (*id).into(),
                client_id.into(),
                rule.word().into(),
                people.join(" ").into(),
            ]
        })
        .collect();
    kit_sql::insert_rows(
        on,
        "INSERT INTO governance_reset_exception (reset_id, client_id, rule, people)",
        4,
        rows,
        "ON CONFLICT (reset_id, client_id) DO NOTHING",
    )
    .await?;
    Ok(())
}

/// The resets of an organization since a moment, the latest first, with what they deleted.
pub(crate) async fn since<'h>(
    on: impl Into<Handle<'h>>,
    organization: OrganizationId,
    since: Timestamp,
) -> Result<Vec<Reset>> {
    let rows = sql(
        "SELECT r.id, r.at, r.actor_name, r.rule AS default_rule, r.revision, r.undone_at, r.undone_by, e.client_id, e.rule, e.people
         FROM governance_reset r JOIN governance_reset_exception e ON e.reset_id = r.id
         WHERE r.organization_id = $1 AND r.at >= $2 ORDER BY r.revision DESC, r.id, e.client_id",
    )
    .bind(organization.uuid())
    .bind(since)
    .all(on)
    .await?;
    let mut resets: Vec<Reset> = Vec::new();
    for row in &rows {
        let id = row.uuid("id")?;
        if resets.last().is_none_or(|reset| reset.id != id) {
            resets.push(read(row, id)?);
        }
        if let Some(reset) = resets.last_mut() {
            reset.exceptions.push((row.text("client_id")?, audience(row)?));
        }
    }
    Ok(resets)
}

/// Notes that it was undone; false when it was before.
pub(crate) async fn undo(on: &mut Transaction, id: Uuid, by: &str, now: Timestamp) -> Result<bool> {
    let undone =
        sql("UPDATE governance_reset SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL")
            .bind(id)
            .bind(now)
            .bind(by)
            .run(on)
            .await?;
    Ok(undone == 1)
}

fn read(row: &Row, id: Uuid) -> Result<Reset> {
    Ok(Reset {
        id,
        at: row.moment("at")?,
        actor_name: row.text("actor_name")?,
        default: Rule::parse(&row.text("default_rule")?)?,
        revision: row.integer("revision")?,
        undone: row
            .optional_moment("undone_at")?
            .zip(row.optional_text("undone_by")?),
        exceptions: Vec::new(),
    })
}

fn audience(row: &Row) -> Result<Audience> {
    let people: BTreeSet<PersonId> = row
        .text("people")?
        .split_whitespace()
        .map(PersonId::parse)
        .collect::<Result<_>>()?;
    Ok(Audience::of(Rule::parse(&row.text("rule")?)?, people))
}
