use hub_caller::OrganizationId;
use kit::{Result, Timestamp, Uuid, search_key};
use kit_sql::{Database, Row, Statement, Transaction, like_anywhere, sql};

use crate::{Actor, AuditEntry};

/// A line of the admin audit as it was written.
#[derive(Clone, Debug)]
pub(crate) struct AuditLine {
    pub(crate) id: Uuid,
    pub(crate) at: Timestamp,
    pub(crate) category: String,
    pub(crate) actor_id: Option<Uuid>,
    pub(crate) actor_organization_id: Option<Uuid>,
    pub(crate) actor_name: String,
    pub(crate) actor_email: String,
    pub(crate) actor_roles: Vec<String>,
    pub(crate) address: String,
    pub(crate) user_agent: String,
    pub(crate) tracking_id: String,
    pub(crate) description: String,
    pub(crate) action_text: String,
    pub(crate) target_kind: Option<String>,
    pub(crate) target_id: Option<String>,
    pub(crate) target_name: Option<String>,
    pub(crate) setting: Option<String>,
    pub(crate) previous_value: Option<String>,
    pub(crate) new_value: Option<String>,
}

/// Which lines are wanted, the newest first.
#[derive(Clone, Debug)]
pub(crate) struct AuditFilter {
    pub(crate) organization_id: OrganizationId,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) actor_id: Option<Uuid>,
    /// None means all.
    pub(crate) categories: Vec<String>,
    /// A part of names, sentences and values; empty for everything.
    pub(crate) search: String,
}

pub(crate) async fn insert(on: &mut Transaction, id: Uuid, at: Timestamp, entry: &AuditEntry) -> Result<()> {
    let AuditEntry {
        organization_id,
        actor,
        category,
        description,
        action_text,
        target,
        setting,
        previous_value,
        new_value,
    } = entry;
    let who = Who::of(actor);
    let origin = kit_web::current_origin();
    let searched = [
        who.name,
        who.email,
        description,
        action_text,
        target.as_ref().map_or("", |target| target.name.as_str()),
        setting.as_deref().unwrap_or_default(),
    ];
    let search = search_key(&searched.join(" "));
    sql("INSERT INTO events_audit (id, organization_id, at, category, actor_id, actor_organization_id, actor_name, actor_email, actor_roles,
            actor_address, actor_user_agent, tracking_id, description, action_text, target_kind, target_id, target_name, setting, previous_value, new_value, search)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)")
    .bind(id)
    .bind(organization_id.uuid())
    .bind(at)
    .bind(category.word())
    .bind(who.id)
    .bind(who.organization_id)
    .bind(who.name)
    .bind(who.email)
    .bind(who.roles)
    .bind(origin.address)
    .bind(origin.user_agent)
    .bind(kit_web::current_tracking_id())
    .bind(description.as_str())
    .bind(action_text.as_str())
    .bind(target.as_ref().map(|target| target.kind))
    .bind(target.as_ref().map(|target| target.id.clone()))
    .bind(target.as_ref().map(|target| target.name.clone()))
    .bind(setting.clone())
    .bind(previous_value.clone())
    .bind(new_value.clone())
    .bind(search)
    .run(on)
    .await?;
    Ok(())
}

/// Somebody who acted, as columns.
struct Who<'a> {
    id: Option<String>,
    organization_id: Option<String>,
    name: &'a str,
    email: &'a str,
    roles: String,
}

impl<'a> Who<'a> {
    fn of(actor: &'a Actor) -> Self {
        match actor {
            Actor::Person {
                id,
                organization_id,
                name,
                email,
                roles,
            } => Self {
                id: Some(id.uuid().to_string()),
                organization_id: Some(organization_id.uuid().to_string()),
                name,
                email,
                roles: roles.join("\n"),
            },
            Actor::Program(name) => Self {
                id: None,
                organization_id: None,
                name,
                email: "",
                roles: String::new(),
            },
        }
    }
}

fn matching(statement: Statement, filter: &AuditFilter) -> Statement {
    let mut statement = statement
        .push(" FROM events_audit WHERE organization_id = ")
        .push_bind(filter.organization_id.uuid())
        .push(" AND at >= ")
        .push_bind(filter.from)
        .push(" AND at <= ")
        .push_bind(filter.to);
    if let Some(actor) = filter.actor_id {
        statement = statement.push(" AND actor_id = ").push_bind(actor);
    }
    if !filter.categories.is_empty() {
        statement = statement
            .push(" AND category IN ")
            .push_list(filter.categories.iter());
    }
    for word in search_key(&filter.search).split_whitespace() {
        statement = statement
            .push(" AND search LIKE ")
            .push_bind(like_anywhere(word))
            .push(" ESCAPE '\\'");
    }
    statement
}

pub(crate) async fn list(
    database: &Database,
    filter: &AuditFilter,
    offset: i64,
    limit: i64,
) -> Result<Vec<AuditLine>> {
    let select = sql("SELECT id, at, category, actor_id, actor_organization_id, actor_name, actor_email, actor_roles, actor_address, actor_user_agent,
        tracking_id, description, action_text, target_kind, target_id, target_name, setting, previous_value, new_value");
    let rows = matching(select, filter)
        .push(" ORDER BY at DESC, id DESC LIMIT ")
        .push_bind(limit)
        .push(" OFFSET ")
        .push_bind(offset)
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn count(database: &Database, filter: &AuditFilter) -> Result<i64> {
    matching(sql("SELECT COUNT(*) AS lines"), filter)
        .one(database)
        .await?
        .integer("lines")
}

/// Forgets what is older.
pub(crate) async fn forget_before(database: &Database, moment: Timestamp) -> Result<u64> {
    let lines = sql("DELETE FROM events_audit WHERE at < $1")
        .bind(moment)
        .run(database)
        .await?;
    let sign_ins = sql("DELETE FROM events_sign_in WHERE at < $1")
        .bind(moment)
        .run(database)
        .await?;
    Ok(lines + sign_ins)
}

fn read(row: &Row) -> Result<AuditLine> {
    let roles = row.text("actor_roles")?;
    Ok(AuditLine {
        id: row.uuid("id")?,
        at: row.moment("at")?,
        category: row.text("category")?,
        actor_id: row.optional_uuid("actor_id")?,
        actor_organization_id: row.optional_uuid("actor_organization_id")?,
        actor_name: row.text("actor_name")?,
        actor_email: row.text("actor_email")?,
        actor_roles: roles.lines().map(ToOwned::to_owned).collect(),
        address: row.text("actor_address")?,
        user_agent: row.text("actor_user_agent")?,
        tracking_id: row.text("tracking_id")?,
        description: row.text("description")?,
        action_text: row.text("action_text")?,
        target_kind: row.optional_text("target_kind")?,
        target_id: row.optional_text("target_id")?,
        target_name: row.optional_text("target_name")?,
        setting: row.optional_text("setting")?,
        previous_value: row.optional_text("previous_value")?,
        new_value: row.optional_text("new_value")?,
    })
}
