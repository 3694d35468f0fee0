use hub_caller::OrganizationId;
use kit::{Error, Result, Timestamp, Uuid};
use kit_sql::{Database, Row, Transaction, sql};

use crate::{SignInEvent, SignInKind};

/// A line of the security audit as it was written.
#[derive(Clone, Debug)]
pub(crate) struct SignInLine {
    pub(crate) id: Uuid,
    pub(crate) at: Timestamp,
    pub(crate) kind: SignInKind,
    pub(crate) person_id: Option<Uuid>,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) roles: Vec<String>,
    pub(crate) address: String,
    pub(crate) user_agent: String,
    pub(crate) tracking_id: String,
    pub(crate) action_text: String,
}

/// Which lines are wanted, the newest first.
#[derive(Clone, Debug)]
pub(crate) struct SignInFilter {
    pub(crate) organization_id: OrganizationId,
    pub(crate) from: Timestamp,
    pub(crate) to: Timestamp,
    pub(crate) person_id: Option<Uuid>,
    /// None means all.
    pub(crate) kinds: Vec<SignInKind>,
}

pub(crate) async fn insert(on: &mut Transaction, id: Uuid, at: Timestamp, event: &SignInEvent) -> Result<()> {
    let SignInEvent {
        organization_id,
        person_id,
        name,
        email,
        roles,
        kind,
        action_text,
    } = event;
    let origin = kit_web::current_origin();
    sql("INSERT INTO events_sign_in (id, organization_id, at, kind, person_id, name, email, roles, address, user_agent, tracking_id, action_text)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
    .bind(id)
    .bind(organization_id.uuid())
    .bind(at)
    .bind(kind.word())
    .bind(person_id.map(|person| person.uuid().to_string()))
    .bind(name.as_str())
    .bind(email.as_str())
    .bind(roles.join("\n"))
    .bind(origin.address)
    .bind(origin.user_agent)
    .bind(kit_web::current_tracking_id())
    .bind(action_text.as_str())
    .run(on)
    .await?;
    Ok(())
}

pub(crate) async fn list(
    database: &Database,
    filter: &SignInFilter,
    offset: i64,
    limit: i64,
) -> Result<Vec<SignInLine>> {
    let mut statement = sql(
        "SELECT id, at, kind, person_id, name, email, roles, address, user_agent, tracking_id, action_text
         FROM events_sign_in WHERE organization_id = ",
    )
    .push_bind(filter.organization_id.uuid())
    .push(" AND at >= ")
    .push_bind(filter.from)
    .push(" AND at <= ")
    .push_bind(filter.to);
    if let Some(person) = filter.person_id {
        statement = statement.push(" AND person_id = ").push_bind(person);
    }
    if !filter.kinds.is_empty() {
        statement = statement
            .push(" AND kind IN ")
            .push_list(filter.kinds.iter().map(|kind| kind.word()));
    }
    let rows = statement
        .push(" ORDER BY at DESC, id DESC LIMIT ")
        .push_bind(limit)
        .push(" OFFSET ")
        .push_bind(offset)
        .all(database)
        .await?;
    rows.iter().map(read).collect()
}

fn read(row: &Row) -> Result<SignInLine> {
    let (word, roles) = (row.text("kind")?, row.text("roles")?);
    Ok(SignInLine {
        id: row.uuid("id")?,
        at: row.moment("at")?,
        kind: SignInKind::ALL
            .iter()
            .copied()
            .find(|kind| kind.word() == word)
            .ok_or_else(|| Error::internal(format!("“{word}” is no kind of sign-in")))?,
        person_id: row.optional_uuid("person_id")?,
        name: row.text("name")?,
        email: row.text("email")?,
        roles: roles.lines().map(ToOwned::to_owned).collect(),
        address: row.text("address")?,
        user_agent: row.text("user_agent")?,
        tracking_id: row.text("tracking_id")?,
        action_text: row.text("action_text")?,
    })
}
