use kit::{Error, Result, search_key};
use kit_sql::{Database, Handle, Row, Statement, like_anywhere, sql};
use suite_tenancy::CustomerId;

use crate::model::{NumberKind, PersonRecord, Presence, digits_of, tail_of};
use crate::store::added::VISIBLE;
use crate::usecases::{DirectoryPerson, DirectorySearch, ListedPerson, StatusFilter};

pub(crate) async fn count_present<'h>(on: impl Into<Handle<'h>>, customer: CustomerId) -> Result<i64> {
    sql("SELECT COUNT(*) AS n FROM directory_order WHERE customer_id = $1 AND left_at IS NULL")
        .bind(customer.uuid())
        .one(on)
        .await?
        .integer("n")
}

/// Whether anybody is or was there.
pub(crate) async fn any<'h>(on: impl Into<Handle<'h>>, customer: CustomerId) -> Result<bool> {
    let row = sql("SELECT person_id FROM directory_order WHERE customer_id = $1 LIMIT 1")
        .bind(customer.uuid())
        .optional(on)
        .await?;
    Ok(row.is_some())
}

const LISTED: &str = "SELECT p.person_id, p.display_name, p.email, p.department, p.fields, p.left_at, l.name AS location_name FROM directory_order o JOIN directory_person p ON p.customer_id = o.customer_id AND p.person_id = o.person_id LEFT JOIN directory_location l ON l.customer_id = p.customer_id AND l.location_id = p.location_id";

fn filtered(statement: Statement, customer: CustomerId, search: &DirectorySearch) -> Statement {
    let DirectorySearch {
        text,
        department,
        location_id,
        status,
        offset: _,
        limit: _,
    } = search;
    let mut statement = statement
        .push(" WHERE o.customer_id = ")
        .push_bind(customer.uuid());
    statement = match status {
        StatusFilter::Present => statement.push(" AND o.left_at IS NULL"),
        StatusFilter::Left => statement.push(" AND o.left_at IS NOT NULL"),
        StatusFilter::All => statement,
    };
    if !department.is_empty() {
        statement = statement.push(" AND p.department = ").push_bind(department);
    }
    if !location_id.is_empty() {
        statement = statement.push(" AND p.location_id = ").push_bind(location_id);
    }
    for word in words(text) {
        statement = match word {
            Word::Name(key) => statement
                .push(" AND o.search_key LIKE ")
                .push_bind(like_anywhere(&key))
                .push(" ESCAPE '\\'"),
            Word::Number(tail) => {
                // Everything that begins with the tail: the character after '9' is ':'.
                let end = format!("{tail}:");
                statement
                    .push(" AND o.person_id IN (SELECT n.person_id FROM directory_number n WHERE n.customer_id = ")
                    .push_bind(customer.uuid())
                    .push(" AND n.tail >= ")
                    .push_bind(tail)
                    .push(" AND n.tail < ")
                    .push_bind(end)
                    .push(")")
            }
        };
    }
    statement
}

enum Word {
    Name(String),
    Number(String),
}

/// What was typed, word by word; a text of digits and the signs that people put between them is one number.
fn words(text: &str) -> Vec<Word> {
    let text = text.trim();
    let is_number = |text: &str| {
        !digits_of(text).is_empty()
            && text
                .chars()
                .all(|character| character.is_ascii_digit() || " +-().*/".contains(character))
    };
    if is_number(text) {
        return vec![Word::Number(tail_of(text))];
    }
    text.split_whitespace()
        .take(8)
        .map(|word| {
            if is_number(word) {
                Word::Number(tail_of(word))
            } else {
                Word::Name(search_key(word))
            }
        })
        .collect()
}

pub(crate) async fn search(
    database: &Database,
    customer: CustomerId,
    search: &DirectorySearch,
) -> Result<Vec<ListedPerson>> {
    let statement = filtered(sql(LISTED), customer, search)
        .push(" ORDER BY o.sort_key, o.person_id LIMIT ")
        .push_bind(search.limit);
    let rows = statement
        .push(" OFFSET ")
        .push_bind(search.offset)
        .all(database)
        .await?;
    rows.iter().map(listed).collect()
}

pub(crate) async fn count(
    database: &Database,
    customer: CustomerId,
    search: &DirectorySearch,
) -> Result<i64> {
    filtered(
        sql(if search.department.is_empty() && search.location_id.is_empty() {
            "SELECT COUNT(*) AS n FROM directory_order o"
        } else {
            "SELECT COUNT(*) AS n FROM directory_order o JOIN directory_person p ON p.customer_id = o.customer_id AND p.person_id = o.person_id"
        }),
        customer,
        search,
    )
    .one(database)
    .await?
    .integer("n")
}

fn listed(row: &Row) -> Result<ListedPerson> {
    let record = record(row)?;
    Ok(ListedPerson {
        person_id: row.text("person_id")?,
        display_name: row.text("display_name")?,
        email: row.optional_text("email")?,
        title: record.title.clone(),
        department: row.optional_text("department")?,
        location: row.optional_text("location_name")?,
        number: record.number(NumberKind::Work).map(ToOwned::to_owned),
        extension: record.number(NumberKind::Extension).map(ToOwned::to_owned),
        presence: presence(row)?,
    })
}

fn record(row: &Row) -> Result<PersonRecord> {
    serde_json::from_str(&row.text("fields")?).map_err(Error::internal)
}

fn presence(row: &Row) -> Result<Presence> {
    Ok(row
        .optional_moment("left_at")?
        .map_or(Presence::Present, |since| Presence::Left { since }))
}

pub(crate) async fn find(
    database: &Database,
    customer: CustomerId,
    person_id: &str,
) -> Result<Option<DirectoryPerson>> {
    let row = sql("SELECT person_id, fields, first_seen_at, changed_at, changed_run, left_at FROM directory_person p WHERE customer_id = $1 AND person_id = $2")
        .push(VISIBLE)
        .bind(customer.uuid())
        .bind(person_id)
        .optional(database)
        .await?;
    row.map(|row| {
        Ok(DirectoryPerson {
            person_id: row.text("person_id")?,
            record: record(&row)?,
            presence: presence(&row)?,
            first_seen_at: row.moment("first_seen_at")?,
            changed_at: row.moment("changed_at")?,
            changed_run: row.integer("changed_run")?,
        })
    })
    .transpose()
}

/// The departments of who is present, in order, at most `limit`.
pub(crate) async fn departments(
    database: &Database,
    customer: CustomerId,
    limit: i64,
) -> Result<Vec<String>> {
    let rows = sql("SELECT DISTINCT p.department FROM directory_person p WHERE p.customer_id = $1 AND p.department IS NOT NULL")
        .push(VISIBLE)
        .push(" ORDER BY p.department LIMIT $2")
        .bind(customer.uuid())
        .bind(limit)
        .all(database)
        .await?;
    rows.iter().map(|row| row.text("department")).collect()
}
