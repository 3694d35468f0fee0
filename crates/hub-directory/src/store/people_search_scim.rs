//! People by what an index can tell of them: ids in an order, counts. Whoever wants the people reads them by these ids.

use kit::{Result, Timestamp};
use kit_sql::{Argument, Handle, Row, Statement, sql};

use crate::{OrganizationId, PeopleCondition, PeopleOrder, PeoplePosition, PersonId};

/// How many people of the organization meet the condition.
pub(crate) async fn count(
    on: Handle<'_>,
    organization_id: OrganizationId,
    condition: &PeopleCondition,
) -> Result<usize> {
    let row = matching(
        sql("SELECT COUNT(*) AS n FROM person WHERE organization_id = "),
        organization_id,
        condition,
    )
    .one(on)
    .await?;
    Ok(usize::try_from(row.integer("n")?).unwrap_or(0))
}

/// Where a page begins.
#[derive(Clone, Debug)]
pub(crate) enum Start {
    /// Behind so many people.
    Offset(usize),
    /// Behind this one.
    Behind(PeoplePosition),
}

/// At most `limit` positions in this order.
pub(crate) async fn positions(
    on: Handle<'_>,
    organization_id: OrganizationId,
    condition: &PeopleCondition,
    order: PeopleOrder,
    start: Start,
    limit: usize,
) -> Result<Vec<PeoplePosition>> {
    positions_statement(organization_id, condition, order, start, limit)
        .all(on)
        .await?
        .iter()
        .map(|row| position(row, order))
        .collect()
}

/// The statement by itself, so that a test can look at its plan.
pub(crate) fn positions_statement(
    organization_id: OrganizationId,
    condition: &PeopleCondition,
    order: PeopleOrder,
    start: Start,
    limit: usize,
) -> Statement {
    let select = match order {
        PeopleOrder::Id { .. } => "SELECT id FROM person WHERE organization_id = ",
        PeopleOrder::Email { .. } => "SELECT id, email FROM person WHERE organization_id = ",
        PeopleOrder::LastModified { .. } => {
            "SELECT id, last_modified_at FROM person WHERE organization_id = "
        }
        PeopleOrder::DisplayName { .. } => "SELECT id, display_key FROM person WHERE organization_id = ",
    };
    let mut statement = matching(sql(select), organization_id, condition);
    let mut offset = 0;
    match start {
        Start::Offset(people) => offset = people,
        Start::Behind(position) => statement = behind(statement, order, position),
    }
    statement = statement.push(match order {
        PeopleOrder::Id { descending: false } => " ORDER BY id",
        PeopleOrder::Id { descending: true } => " ORDER BY id DESC",
        PeopleOrder::Email { descending: false } => " ORDER BY email, id",
        PeopleOrder::Email { descending: true } => " ORDER BY email DESC, id DESC",
        PeopleOrder::LastModified { descending: false } => " ORDER BY last_modified_at, id",
        PeopleOrder::LastModified { descending: true } => " ORDER BY last_modified_at DESC, id DESC",
        PeopleOrder::DisplayName { descending: false } => " ORDER BY display_key, id",
        PeopleOrder::DisplayName { descending: true } => " ORDER BY display_key DESC, id DESC",
    });
    statement = statement
        .push(" LIMIT ")
        .push_bind(i64::try_from(limit).unwrap_or(i64::MAX));
    if offset > 0 {
        statement = statement
            .push(" OFFSET ")
            .push_bind(i64::try_from(offset).unwrap_or(i64::MAX));
    }
    statement
}

fn behind(statement: Statement, order: PeopleOrder, position: PeoplePosition) -> Statement {
    let (row, key): (&'static str, Option<Argument>) = match order {
        PeopleOrder::Id { descending: false } => (" AND id > ", None),
        PeopleOrder::Id { descending: true } => (" AND id < ", None),
        PeopleOrder::Email { descending: false } => (" AND (email, id) > (", Some(position.text.into())),
        PeopleOrder::Email { descending: true } => (" AND (email, id) < (", Some(position.text.into())),
        PeopleOrder::LastModified { descending: false } => {
            (" AND (last_modified_at, id) > (", Some(position.moment.into()))
        }
        PeopleOrder::LastModified { descending: true } => {
            (" AND (last_modified_at, id) < (", Some(position.moment.into()))
        }
        PeopleOrder::DisplayName { descending: false } => {
            (" AND (display_key, id) > (", Some(position.text.into()))
        }
        PeopleOrder::DisplayName { descending: true } => {
            (" AND (display_key, id) < (", Some(position.text.into()))
        }
    };
    let statement = statement.push(row);
    match key {
        None => statement.push_bind(position.id.uuid()),
        Some(key) => statement
            .push_bind(key)
            .push(", ")
            .push_bind(position.id.uuid())
            .push(")"),
    }
}

fn matching(statement: Statement, organization_id: OrganizationId, condition: &PeopleCondition) -> Statement {
    let PeopleCondition {
        name_prefix,
        active,
        modified_from,
        modified_before,
    } = condition;
    let mut statement = statement.push_bind(organization_id.uuid());
    if let Some(prefix) = name_prefix {
        statement = statement
            .push(" AND display_key >= ")
            .push_bind(prefix)
            .push(" AND display_key < ")
            // The greatest character there is: whatever begins with the prefix comes before it.
            .push_bind(format!("{prefix}\u{10ffff}"));
    }
    if let Some(active) = active {
        statement = statement.push(if *active {
            " AND login_enabled"
        } else {
            " AND NOT login_enabled"
        });
    }
    if let Some(moment) = modified_from {
        statement = statement.push(" AND last_modified_at >= ").push_bind(*moment);
    }
    if let Some(moment) = modified_before {
        statement = statement.push(" AND last_modified_at < ").push_bind(*moment);
    }
    statement
}

fn position(row: &Row, order: PeopleOrder) -> Result<PeoplePosition> {
    let id = PersonId::new(row.uuid("id")?);
    let nowhere = PeoplePosition {
        id,
        text: String::new(),
        moment: Timestamp::from_millis(0),
    };
    Ok(match order {
        PeopleOrder::Id { .. } => nowhere,
        PeopleOrder::Email { .. } => PeoplePosition {
            text: row.text("email")?,
            ..nowhere
        },
        PeopleOrder::DisplayName { .. } => PeoplePosition {
            text: row.text("display_key")?,
            ..nowhere
        },
        PeopleOrder::LastModified { .. } => PeoplePosition {
            moment: row.moment("last_modified_at")?,
            ..nowhere
        },
    })
}
