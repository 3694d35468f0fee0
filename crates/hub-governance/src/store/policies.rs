use std::collections::BTreeMap;

use hub_directory::OrganizationId;
use kit::{Result, Timestamp};
use kit_sql::{Database, Handle, Transaction, sql};

use crate::model::{Existing, Rule, Standing};

/// The policies of one organization, read at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Policies {
    pub(crate) default: Rule,
    pub(crate) exceptions: BTreeMap<String, Rule>,
}

impl Policies {
    pub(crate) fn rule_of(&self, client_id: &str) -> Rule {
        self.exceptions.get(client_id).copied().unwrap_or(self.default)
    }
}

/// Where one integration stands, in one read: this runs on each use of a token.
pub(crate) async fn standing(
    on: impl Into<Handle<'_>>,
    organization: OrganizationId,
    client_id: &str,
) -> Result<Standing> {
    let rows = sql(
        "SELECT 'default' AS kind, rule, 0 AS dead_until, 0 AS spared_until FROM governance_default WHERE organization_id = $1
         UNION ALL
         SELECT 'exception', rule, 0, 0 FROM governance_exception WHERE organization_id = $1 AND client_id = $2
         UNION ALL
         SELECT 'bound', 'allow', dead_until, spared_until FROM governance_bound WHERE organization_id = $1 AND client_id = $2",
    )
    .bind(organization.uuid())
    .bind(client_id)
    .all(on)
    .await?;
    let mut standing = Standing::default();
    for row in &rows {
        match row.text("kind")?.as_str() {
            "default" => standing.default = Rule::parse(&row.text("rule")?)?,
            "exception" => standing.exception = Some(Rule::parse(&row.text("rule")?)?),
            _ => {
                standing.dead_until = row.moment("dead_until")?;
                standing.spared_until = row.moment("spared_until")?;
            }
        }
    }
    Ok(standing)
}

pub(crate) async fn policies<'h>(
    on: impl Into<Handle<'h>>,
    organization: OrganizationId,
) -> Result<Policies> {
    let rows = sql(
        "SELECT '' AS client_id, rule FROM governance_default WHERE organization_id = $1
         UNION ALL
         SELECT client_id, rule FROM governance_exception WHERE organization_id = $1",
    )
    .bind(organization.uuid())
    .all(on)
    .await?;
    let mut policies = Policies::default();
    for row in &rows {
        let (client_id, rule) = (row.text("client_id")?, Rule::parse(&row.text("rule")?)?);
        if client_id.is_empty() {
            policies.default = rule;
        } else {
            policies.exceptions.insert(client_id, rule);
        }
    }
    Ok(policies)
}

/// Starts a transaction that holds the organization's policies until it ends. The row that it locks is written
/// where it is missing: an organization that never decided allows everything.
pub(crate) async fn lock(database: &Database, organization: OrganizationId) -> Result<Transaction> {
    let mut transaction = database.begin().await?;
    sql(
        "INSERT INTO governance_default (organization_id, rule) VALUES ($1, 'allow')
         ON CONFLICT (organization_id) DO UPDATE SET rule = governance_default.rule",
    )
    .bind(organization.uuid())
    .run(&mut transaction)
    .await?;
    Ok(transaction)
}

pub(crate) async fn put_default(
    on: &mut Transaction,
    organization: OrganizationId,
    rule: Rule,
) -> Result<()> {
    sql("UPDATE governance_default SET rule = $2 WHERE organization_id = $1")
        .bind(organization.uuid())
        .bind(rule.word())
        .run(on)
        .await?;
    Ok(())
}

pub(crate) async fn put_exception(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
    rule: Rule,
) -> Result<()> {
    sql(
        "INSERT INTO governance_exception (organization_id, client_id, rule) VALUES ($1, $2, $3)
         ON CONFLICT (organization_id, client_id) DO UPDATE SET rule = excluded.rule",
    )
    .bind(organization.uuid())
    .bind(client_id)
    .bind(rule.word())
    .run(on)
    .await?;
    Ok(())
}

pub(crate) async fn delete_exception(
    on: &mut Transaction,
    organization: OrganizationId,
    client_id: &str,
) -> Result<()> {
    sql("DELETE FROM governance_exception WHERE organization_id = $1 AND client_id = $2")
        .bind(organization.uuid())
        .bind(client_id)
        .run(on)
        .await?;
    Ok(())
}

/// Deletes the exceptions that say what the default says; they would come back to life with the next default.
pub(crate) async fn delete_exceptions_equal_to(
    on: &mut Transaction,
    organization: OrganizationId,
    rule: Rule,
) -> Result<u64> {
    sql("DELETE FROM governance_exception WHERE organization_id = $1 AND rule = $2")
        .bind(organization.uuid())
        .bind(rule.word())
        .run(on)
        .await
}

pub(crate) async fn delete_exceptions(on: &mut Transaction, organization: OrganizationId) -> Result<u64> {
    sql("DELETE FROM governance_exception WHERE organization_id = $1")
        .bind(organization.uuid())
        .run(on)
        .await
}

/// Ends or spares what people had authorized until `now`.
pub(crate) async fn bound(
    on: &mut Transaction,
    organization: OrganizationId,
    client_ids: &[String],
    existing: Existing,
    now: Timestamp,
) -> Result<()> {
    let never = Timestamp::from_millis(i64::MIN);
    let (dead_until, spared_until) = match existing {
        Existing::End => (now, never),
        Existing::Spare => (never, now),
    };
    let rows = client_ids
        .iter()
        .map(|client_id| {
            vec![
                organization.uuid().into(),
                client_id.into(),
                dead_until.into(),
                spared_until.into(),
            ]
        })
        .collect();
    kit_sql::insert_rows(
        on,
        "INSERT INTO governance_bound (organization_id, client_id, dead_until, spared_until)",
        4,
        rows,
        "ON CONFLICT (organization_id, client_id) DO UPDATE SET
            dead_until = CASE WHEN excluded.dead_until > governance_bound.dead_until THEN excluded.dead_until ELSE governance_bound.dead_until END,
            spared_until = CASE WHEN excluded.spared_until > governance_bound.spared_until THEN excluded.spared_until ELSE governance_bound.spared_until END",
    )
    .await?;
    Ok(())
}
