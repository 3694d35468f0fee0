use hub_directory::{LocationId, OrganizationId};
use kit::{Result, Uuid, search_key};
use kit_sql::{Argument, Handle, Row, Statement, Transaction, insert_rows, like_anywhere, sql};

use crate::VirtualLineId;
use crate::model::VirtualLine;

/// Which virtual lines of an organization. Everything that is set must hold; within a list any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct VirtualLineFilter {
    pub(crate) ids: Option<Vec<VirtualLineId>>,
    /// What a search for numbers found; these as well must hold.
    pub(crate) dialled: Option<Vec<Uuid>>,
    pub(crate) location_ids: Option<Vec<LocationId>>,
    /// Parts of a name, as search keys.
    pub(crate) name_parts: Vec<String>,
    /// Those with this part of a name, and these.
    pub(crate) named_or: Option<(String, Vec<Uuid>)>,
    pub(crate) has_number: Option<bool>,
    pub(crate) has_extension: Option<bool>,
}

/// What other slices keep of a line, as its sort keys remember it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LineKeys {
    pub(crate) number: Option<String>,
    pub(crate) extension: Option<String>,
}

/// Stands behind every digit: who has no number comes last.
const NONE: &str = "~";

impl LineKeys {
    fn number_key(&self) -> String {
        self.number.clone().unwrap_or_else(|| NONE.to_owned())
    }

    /// Extensions of different lengths in the order of their numbers.
    fn extension_key(&self) -> String {
        self.extension
            .as_ref()
            .map_or_else(|| NONE.to_owned(), |extension| format!("{extension:0>10}"))
    }
}

/// By what a page is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VirtualLineColumn {
    First,
    Last,
    Display,
    Number,
    Extension,
    Place,
}

/// Which page of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct VirtualLinePage {
    /// Each with whether it descends; after them the display name counts.
    pub(crate) order: Vec<(VirtualLineColumn, bool)>,
    pub(crate) offset: i64,
    pub(crate) limit: i64,
}

const COLUMNS: &str = "id, organization_id, location_id, first_name, first_key, last_name, last_key, display_name, display_key, \
     caller_id_first_name, caller_id_last_name, caller_id_number, announcement_language, time_zone, directory_search, created_at, \
     last_modified_at";
const COLUMN_COUNT: usize = 17;

/// A page of them. Without a filter and in the usual order this costs the rows up to its end.
pub(crate) fn page_statement(
    organization_id: OrganizationId,
    filter: &VirtualLineFilter,
    page: &VirtualLinePage,
) -> Statement {
    let start = sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM virtual_line WHERE organization_id = ");
    let mut statement = filtered(start.push_bind(organization_id.uuid()), filter).push(" ORDER BY ");
    // One order runs along its index forwards or backwards, names that are alike included; several orders are sorted.
    let one_descends = matches!(page.order.as_slice(), [(_, true)]);
    for (column, descending) in &page.order {
        statement = statement.push(match (column, descending) {
            (VirtualLineColumn::First, false) => "first_key, ",
            (VirtualLineColumn::First, true) => "first_key DESC, ",
            (VirtualLineColumn::Last, false) => "last_key, ",
            (VirtualLineColumn::Last, true) => "last_key DESC, ",
            (VirtualLineColumn::Display, false) => "display_key, ",
            (VirtualLineColumn::Display, true) => "display_key DESC, ",
            (VirtualLineColumn::Number, false) => "number_key, ",
            (VirtualLineColumn::Number, true) => "number_key DESC, ",
            (VirtualLineColumn::Extension, false) => "extension_key, ",
            (VirtualLineColumn::Extension, true) => "extension_key DESC, ",
            (VirtualLineColumn::Place, false) => "place_key, ",
            (VirtualLineColumn::Place, true) => "place_key DESC, ",
        });
    }
    let rest = match (page.order.as_slice(), one_descends) {
        ([(VirtualLineColumn::Display, _)], true) => "id DESC LIMIT ",
        ([(VirtualLineColumn::Display, _)], false) => "id LIMIT ",
        (_, true) => "display_key DESC, id DESC LIMIT ",
        (_, false) => "display_key, id LIMIT ",
    };
    statement
        .push(rest)
        .push_bind(page.limit)
        .push(" OFFSET ")
        .push_bind(page.offset)
}

fn filtered(mut statement: Statement, filter: &VirtualLineFilter) -> Statement {
    let VirtualLineFilter {
        ids,
        dialled,
        location_ids,
        name_parts,
        named_or,
        has_number,
        has_extension,
    } = filter;
    if let Some(has) = has_number {
        statement = statement
            .push(if *has {
                " AND number_key <> "
            } else {
                " AND number_key = "
            })
            .push_bind(NONE);
    }
    if let Some(has) = has_extension {
        statement = statement
            .push(if *has {
                " AND extension_key <> "
            } else {
                " AND extension_key = "
            })
            .push_bind(NONE);
    }
    if let Some(ids) = ids {
        statement = statement
            .push(" AND id IN ")
            .push_list(ids.iter().map(|id| id.uuid()));
    }
    if let Some(ids) = dialled {
        statement = statement.push(" AND id IN ").push_list(ids.iter().copied());
    }
    if let Some(ids) = location_ids {
        statement = statement
            .push(" AND location_id IN ")
            .push_list(ids.iter().map(|id| id.uuid()));
    }
    for (position, part) in name_parts.iter().enumerate() {
        statement = named(
            statement.push(if position == 0 { " AND (" } else { " OR " }),
            part,
        );
    }
    if !name_parts.is_empty() {
        statement = statement.push(")");
    }
    match named_or {
        Some((part, ids)) => named(statement.push(" AND ("), part)
            .push(" OR id IN ")
            .push_list(ids.iter().copied())
            .push(")"),
        None => statement,
    }
}

fn named(statement: Statement, part: &str) -> Statement {
    let like = like_anywhere(part);
    statement
        .push("display_key LIKE ")
        .push_bind(&like)
        .push(" ESCAPE '\\' OR first_key LIKE ")
        .push_bind(&like)
        .push(" ESCAPE '\\' OR last_key LIKE ")
        .push_bind(&like)
        .push(" ESCAPE '\\'")
}

pub(crate) async fn page(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &VirtualLineFilter,
    page: &VirtualLinePage,
) -> Result<Vec<VirtualLine>> {
    let rows = page_statement(organization_id, filter, page).all(on).await?;
    rows.iter().map(virtual_line).collect()
}

pub(crate) async fn count(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &VirtualLineFilter,
) -> Result<i64> {
    let start = sql("SELECT COUNT(*) AS n FROM virtual_line WHERE organization_id = ");
    filtered(start.push_bind(organization_id.uuid()), filter)
        .one(on)
        .await?
        .integer("n")
}

pub(crate) async fn by_id(
    on: Handle<'_>,
    organization_id: OrganizationId,
    id: VirtualLineId,
) -> Result<Option<VirtualLine>> {
    let row = one(organization_id, id).optional(on).await?;
    row.as_ref().map(virtual_line).transpose()
}

/// The virtual line, locked until the transaction ends.
pub(crate) async fn locked(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    id: VirtualLineId,
) -> Result<Option<VirtualLine>> {
    let for_update = transaction.dialect().for_update();
    let row = one(organization_id, id)
        .push(for_update)
        .optional(transaction)
        .await?;
    row.as_ref().map(virtual_line).transpose()
}

fn one(organization_id: OrganizationId, id: VirtualLineId) -> Statement {
    sql("SELECT ")
        .push(COLUMNS)
        .push(" FROM virtual_line WHERE organization_id = ")
        .push_bind(organization_id.uuid())
        .push(" AND id = ")
        .push_bind(id.uuid())
}

/// The names of the virtual lines at a location.
pub(crate) async fn names_at(
    on: Handle<'_>,
    organization_id: OrganizationId,
    location_id: LocationId,
) -> Result<Vec<String>> {
    let rows = sql("SELECT display_name FROM virtual_line WHERE organization_id = $1 AND location_id = $2 ORDER BY display_key, id")
        .bind(organization_id.uuid())
        .bind(location_id.uuid())
        .all(on)
        .await?;
    rows.iter().map(|row| row.text("display_name")).collect()
}

/// What the line holds now and how its location is called.
pub(crate) async fn remember(
    transaction: &mut Transaction,
    line: &VirtualLine,
    keys: &LineKeys,
    location_name: &str,
) -> Result<()> {
    sql("UPDATE virtual_line SET number_key = $3, extension_key = $4, place_key = $5 WHERE organization_id = $1 AND id = $2")
        .bind(line.organization_id.uuid())
        .bind(line.id.uuid())
        .bind(keys.number_key())
        .bind(keys.extension_key())
        .bind(search_key(location_name))
        .run(transaction)
        .await
        .map(|_| ())
}

/// The location is called so from now on.
pub(crate) async fn remember_location(
    transaction: &mut Transaction,
    organization_id: OrganizationId,
    location_id: LocationId,
    location_name: &str,
) -> Result<()> {
    sql("UPDATE virtual_line SET place_key = $3 WHERE organization_id = $1 AND location_id = $2 AND place_key <> $3")
        .bind(organization_id.uuid())
        .bind(location_id.uuid())
        .bind(search_key(location_name))
        .run(transaction)
        .await
        .map(|_| ())
}

pub(crate) async fn insert(transaction: &mut Transaction, lines: &[VirtualLine]) -> Result<()> {
    let rows = lines.iter().map(row).collect();
    let insert = "INSERT INTO virtual_line (id, organization_id, location_id, first_name, first_key, last_name, last_key, display_name, \
         display_key, caller_id_first_name, caller_id_last_name, caller_id_number, announcement_language, time_zone, \
         directory_search, created_at, last_modified_at)";
    insert_rows(transaction, insert, COLUMN_COUNT, rows, "")
        .await
        .map(|_| ())
}

pub(crate) async fn update(transaction: &mut Transaction, line: &VirtualLine) -> Result<()> {
    let mut statement = sql(
        "UPDATE virtual_line SET location_id = $3, first_name = $4, first_key = $5, last_name = $6, last_key = $7, \
         display_name = $8, display_key = $9, caller_id_first_name = $10, caller_id_last_name = $11, caller_id_number = $12, \
         announcement_language = $13, time_zone = $14, directory_search = $15, created_at = $16, last_modified_at = $17 \
         WHERE id = $1 AND organization_id = $2",
    );
    for value in row(line) {
        statement = statement.bind(value);
    }
    statement.run(transaction).await.map(|_| ())
}

pub(crate) async fn delete(transaction: &mut Transaction, line: &VirtualLine) -> Result<()> {
    sql("DELETE FROM virtual_line WHERE organization_id = $1 AND id = $2")
        .bind(line.organization_id.uuid())
        .bind(line.id.uuid())
        .run(transaction)
        .await
        .map(|_| ())
}

fn row(line: &VirtualLine) -> Vec<Argument> {
    let VirtualLine {
        id,
        organization_id,
        location_id,
        first_name,
        last_name,
        display_name,
        caller_id_first_name,
        caller_id_last_name,
        caller_id_number,
        announcement_language,
        time_zone,
        directory_search,
        created_at,
        last_modified_at,
    } = line;
    vec![
        id.uuid().into(),
        organization_id.uuid().into(),
        location_id.uuid().into(),
        first_name.into(),
        search_key(first_name).into(),
        last_name.into(),
        search_key(last_name).into(),
        display_name.into(),
        search_key(display_name).into(),
        caller_id_first_name.into(),
        caller_id_last_name.into(),
        caller_id_number.clone().into(),
        announcement_language.clone().into(),
        time_zone.into(),
        (*directory_search).into(),
        (*created_at).into(),
        (*last_modified_at).into(),
    ]
}

fn virtual_line(row: &Row) -> Result<VirtualLine> {
    Ok(VirtualLine {
        id: VirtualLineId::new(row.uuid("id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        location_id: LocationId::new(row.uuid("location_id")?),
        first_name: row.text("first_name")?,
        last_name: row.text("last_name")?,
        display_name: row.text("display_name")?,
        caller_id_first_name: row.text("caller_id_first_name")?,
        caller_id_last_name: row.text("caller_id_last_name")?,
        caller_id_number: row.optional_text("caller_id_number")?,
        announcement_language: row.optional_text("announcement_language")?,
        time_zone: row.text("time_zone")?,
        directory_search: row.boolean("directory_search")?,
        created_at: row.moment("created_at")?,
        last_modified_at: row.moment("last_modified_at")?,
    })
}
