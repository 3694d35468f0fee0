use std::collections::BTreeSet;

use hub_directory::{LocationId, OrganizationId};
use kit::{Result, Uuid};
use kit_sql::{Handle, Row, Statement, like_anywhere, sql};

use super::holders::of_kinds;
use crate::{Numbers, OwnerKind};

/// How what is dialled is compared with extensions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExtensionMatch {
    /// Not at all: numbers are meant.
    #[default]
    Never,
    /// It is the extension.
    Whole,
    /// It is a part of the extension.
    Part,
}

/// What somebody dials, or a part of it.
#[derive(Clone, Debug, Default)]
pub struct DialledQuery {
    /// Owners of these kinds; meant for what is no person.
    pub kinds: Vec<OwnerKind>,
    /// At this location alone.
    pub location_id: Option<LocationId>,
    /// A number or a part of one, in any way of writing it.
    pub dialled: String,
    /// What it means for extensions.
    pub extension: ExtensionMatch,
}

/// More owners than this are no answer to a search.
const MOST: i64 = 10_000;
/// A number of a country with its area, without the country's code.
const NATIONAL: usize = 10;

impl Numbers {
    /// Whom these digits reach: by a main or an alternate number, or by an extension. A whole number is looked up. A part
    /// of one is searched for among the numbers of these kinds alone, which an index keeps apart from those of people.
    pub async fn find_dialled(
        &self,
        mut on: Handle<'_>,
        organization_id: OrganizationId,
        query: &DialledQuery,
    ) -> Result<Vec<Uuid>> {
        let dialled: String = query
            .dialled
            .chars()
            .filter(|character| !" -.()".contains(*character))
            .collect();
        if dialled.trim_start_matches('+').is_empty() {
            return Ok(Vec::new());
        }
        let is_number = dialled.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && dialled.len() >= NATIONAL {
            let whole = whole_statement(organization_id, query, &dialled);
            let found = owners(&whole.all(on.reborrow()).await?)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        owners(&part_statement(organization_id, query, &dialled).all(on).await?)
    }
}

/// By the whole number, with or without the country's code.
pub(crate) fn whole_statement(
    organization_id: OrganizationId,
    query: &DialledQuery,
    digits: &str,
) -> Statement {
    narrowed(organization_id, query)
        .push(" AND n.dial_key IN ")
        .push_list([format!("+{digits}"), format!("+1{digits}")])
}

/// By a part of the number, which is its beginning where it has the `+`.
pub(crate) fn part_statement(
    organization_id: OrganizationId,
    query: &DialledQuery,
    dialled: &str,
) -> Statement {
    let statement = narrowed(organization_id, query);
    if dialled.starts_with('+') {
        return statement
            .push(" AND n.dial_key >= ")
            .push_bind(dialled)
            .push(" AND n.dial_key < ")
            // ':' is what follows '9'.
            .push_bind(format!("{dialled}:"))
            .push(" LIMIT ")
            .push_bind(MOST);
    }
    let anywhere = like_anywhere(dialled);
    let statement = statement
        .push(" AND (n.number LIKE ")
        .push_bind(&anywhere)
        .push(" ESCAPE '\\'");
    let statement = match query.extension {
        ExtensionMatch::Never => statement,
        ExtensionMatch::Whole => statement.push(" OR n.extension = ").push_bind(dialled),
        ExtensionMatch::Part => statement
            .push(" OR n.extension LIKE ")
            .push_bind(&anywhere)
            .push(" ESCAPE '\\'"),
    };
    statement.push(") LIMIT ").push_bind(MOST)
}

fn narrowed(organization_id: OrganizationId, query: &DialledQuery) -> Statement {
    let statement = sql("SELECT n.owner_id FROM telephone_number n WHERE n.organization_id = ")
        .push_bind(organization_id.uuid());
    let statement = of_kinds(statement, &query.kinds);
    match query.location_id {
        Some(id) => statement.push(" AND n.location_id = ").push_bind(id.uuid()),
        None => statement,
    }
}

fn owners(rows: &[Row]) -> Result<Vec<Uuid>> {
    let ids: BTreeSet<Uuid> = rows
        .iter()
        .map(|row| row.uuid("owner_id"))
        .collect::<Result<_>>()?;
    Ok(ids.into_iter().collect())
}
