//! The list of numbers: one statement for all filters, along the index that the filters and the order call for.

use hub_directory::{LocationId, OrganizationId};
use kit::{Result, Uuid};
use kit_sql::{Handle, Row, Statement, sql};

use super::entries;
use crate::model::{BEHIND_NUMBERS, Listed, NOBODY, NumberKind, OwnerKind};

/// Which entries, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) location_id: Option<LocationId>,
    /// With an owner, or without.
    pub(crate) owned: Option<bool>,
    pub(crate) form: Option<Form>,
    /// Any of these.
    pub(crate) numbers: Option<Vec<String>>,
    /// Any number that begins so.
    pub(crate) prefixes: Option<Vec<String>>,
    /// The beginning of the owner's display name or last name, in the form that searches compare.
    pub(crate) owner_name: Option<String>,
    pub(crate) owner_id: Option<Uuid>,
    pub(crate) owner_kind: Option<OwnerKind>,
    pub(crate) extension: Option<String>,
    pub(crate) kind: Option<NumberKind>,
    pub(crate) active: Option<bool>,
    pub(crate) toll_free: Option<bool>,
    pub(crate) service_number: Option<bool>,
    pub(crate) main_number: Option<bool>,
    pub(crate) order: Order,
    /// The key of the last entry of the page before.
    pub(crate) after: Option<String>,
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

/// What kind of entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Number,
    ExtensionAlone,
}

/// By what the list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Order {
    #[default]
    Number,
    Extension,
    LastName,
}

const COLUMNS: &str = "n.location_id, n.number, n.extension, n.kind, n.position, n.active, n.main_number, n.toll_free, \
     n.service_number, n.owner_kind, n.owner_id, n.owner_first_name, n.owner_last_name, n.owner_display_name, \
     l.name AS location_name, l.routing_prefix";
// A LEFT JOIN: the numbers lead, by their index, and each finds its location by the key.
const FROM: &str = " FROM telephone_number n LEFT JOIN number_location l ON l.location_id = n.location_id";

pub(crate) async fn page(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &Filter,
) -> Result<Vec<Listed>> {
    let rows = page_statement(sql(""), organization_id, filter).all(on).await?;
    rows.iter().map(read).collect()
}

fn page_statement(start: Statement, organization_id: OrganizationId, filter: &Filter) -> Statement {
    let (key, after, order) = order_texts(filter.order, filter.finds_few());
    let statement = start.push("SELECT ").push(COLUMNS).push(key).push(FROM);
    let mut statement = filtered(statement, organization_id, filter);
    if let Some(last) = &filter.after {
        statement = statement.push(after).push_bind(last);
    }
    statement = statement.push(order).push(" LIMIT ").push_bind(filter.limit);
    if filter.offset > 0 {
        statement = statement.push(" OFFSET ").push_bind(filter.offset);
    }
    statement
}

/// The key, what comes behind it, and the order. Where the filters find few entries, these are found first and sorted
/// then: `|| ''` keeps the databases from walking along the whole order to meet them.
const fn order_texts(order: Order, finds_few: bool) -> (&'static str, &'static str, &'static str) {
    match (order, finds_few) {
        (Order::Number, false) => (
            ", n.dial_key AS list_key",
            " AND n.dial_key > ",
            " ORDER BY n.dial_key",
        ),
        (Order::Number, true) => (
            ", n.dial_key AS list_key",
            " AND n.dial_key > ",
            " ORDER BY n.dial_key || ''",
        ),
        (Order::Extension, false) => (
            ", n.extension_key AS list_key",
            " AND n.extension_key > ",
            " ORDER BY n.extension_key",
        ),
        (Order::Extension, true) => (
            ", n.extension_key AS list_key",
            " AND n.extension_key > ",
            " ORDER BY n.extension_key || ''",
        ),
        (Order::LastName, false) => (
            ", n.name_key AS list_key",
            " AND n.name_key > ",
            " ORDER BY n.name_key",
        ),
        (Order::LastName, true) => (
            ", n.name_key AS list_key",
            " AND n.name_key > ",
            " ORDER BY n.name_key || ''",
        ),
    }
}

impl Filter {
    /// Whether an index other than that of the order leads to few entries.
    fn finds_few(&self) -> bool {
        self.owner_id.is_some()
            || self.extension.is_some()
            || self.owner_name.is_some()
            || self.prefixes.as_ref().is_some_and(|prefixes| prefixes.len() > 1)
    }
}

/// How many entries match, whatever the page.
pub(crate) async fn count(on: Handle<'_>, organization_id: OrganizationId, filter: &Filter) -> Result<i64> {
    let statement = sql("SELECT COUNT(*) AS n FROM telephone_number n");
    filtered(statement, organization_id, filter)
        .one(on)
        .await?
        .integer("n")
}

fn filtered(statement: Statement, organization_id: OrganizationId, filter: &Filter) -> Statement {
    let mut statement = statement
        .push(" WHERE n.organization_id = ")
        .push_bind(organization_id.uuid());
    if let Some(id) = filter.location_id {
        statement = statement.push(" AND n.location_id = ").push_bind(id.uuid());
    }
    if let Some(id) = filter.owner_id {
        statement = statement.push(" AND n.owner_id = ").push_bind(id);
    }
    if let Some(extension) = &filter.extension {
        // The order by extension begins with it, so that its index finds it as well.
        let from = format!("{extension:0>10}/");
        let behind = format!("{extension:0>10}0");
        statement = between(
            statement,
            " AND n.extension_key >= ",
            " AND n.extension_key < ",
            from,
            behind,
        );
    }
    statement = by_number(statement, filter);
    if let Some(name) = &filter.owner_name {
        let behind = format!("{name}{NOBODY}");
        statement = between(
            statement.push(" AND ("),
            "n.owner_key >= ",
            " AND n.owner_key < ",
            name.clone(),
            behind.clone(),
        );
        statement = between(
            statement,
            " OR n.name_key >= ",
            " AND n.name_key < ",
            name.clone(),
            behind,
        )
        .push(") AND n.owner_id IS NOT NULL");
    }
    by_state(statement, filter)
}

fn between(
    statement: Statement,
    from: &'static str,
    to: &'static str,
    first: String,
    behind: String,
) -> Statement {
    statement.push(from).push_bind(first).push(to).push_bind(behind)
}

fn by_number(mut statement: Statement, filter: &Filter) -> Statement {
    match filter.form {
        Some(Form::Number) => statement = statement.push(" AND n.dial_key < ").push_bind(BEHIND_NUMBERS),
        Some(Form::ExtensionAlone) => {
            statement = statement.push(" AND n.dial_key >= ").push_bind(BEHIND_NUMBERS);
        }
        None => {}
    }
    if let Some(numbers) = &filter.numbers {
        statement = statement.push(" AND n.dial_key IN ").push_list(numbers);
    }
    if let Some(prefixes) = &filter.prefixes {
        for (position, prefix) in prefixes.iter().enumerate() {
            let start = if position == 0 {
                " AND (n.dial_key >= "
            } else {
                " OR n.dial_key >= "
            };
            // ':' is what follows '9'.
            statement = between(
                statement,
                start,
                " AND n.dial_key < ",
                prefix.clone(),
                format!("{prefix}:"),
            );
        }
        statement = statement.push(if prefixes.is_empty() { " AND 1 = 0" } else { ")" });
    }
    statement
}

/// Conditions that stand word by word in the partial indexes.
fn by_state(mut statement: Statement, filter: &Filter) -> Statement {
    let choices = [
        (
            filter.owned,
            " AND n.owner_id IS NOT NULL",
            " AND n.owner_id IS NULL",
        ),
        (filter.active, " AND n.active", " AND NOT n.active"),
        (filter.toll_free, " AND n.toll_free", " AND NOT n.toll_free"),
        (
            filter.service_number,
            " AND n.service_number",
            " AND NOT n.service_number",
        ),
        (filter.main_number, " AND n.main_number", " AND NOT n.main_number"),
    ];
    for (choice, yes, no) in choices {
        statement = match choice {
            Some(true) => statement.push(yes),
            Some(false) => statement.push(no),
            None => statement,
        };
    }
    statement = match filter.kind {
        Some(NumberKind::Primary) => statement.push(" AND n.kind = 'PRIMARY'"),
        Some(NumberKind::Alternate) => statement.push(" AND n.kind = 'ALTERNATE'"),
        None => statement,
    };
    match filter.owner_kind {
        Some(OwnerKind::Person) => statement.push(" AND n.owner_kind = 'PEOPLE'"),
        Some(kind) => statement
            .push(" AND n.owner_kind <> 'PEOPLE' AND n.owner_kind = ")
            .push_bind(kind.word()),
        None => statement,
    }
}

fn read(row: &Row) -> Result<Listed> {
    Ok(Listed {
        entry: entries::read(row)?,
        location_name: row.optional_text("location_name")?.unwrap_or_default(),
        routing_prefix: row.optional_text("routing_prefix")?,
        key: row.text("list_key")?,
    })
}

#[cfg(test)]
#[path = "list_plans.rs"]
mod plans;
