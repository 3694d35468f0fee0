use kit::{Result, search_key};
use kit_sql::{Statement, like_anywhere, sql};
use webex::Role;

use crate::model::rights;
use crate::store::people_read;
use crate::{Caller, Directory, Person, PersonId};

/// What an administrator looks for on the Users page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleSearch {
    /// Parts of names, addresses, numbers, departments and titles; all must be found.
    pub text: String,
    /// Holders of this role.
    pub role: Option<Role>,
    /// In this state.
    pub status: Option<StatusFilter>,
    /// How many to pass over.
    pub offset: usize,
    /// How many to show.
    pub limit: usize,
}

/// The states that the Users page tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusFilter {
    /// Signs in.
    Active,
    /// Was invited and never signed in.
    Pending,
    /// Was deactivated.
    Inactive,
}

/// A page of the Users page.
#[derive(Clone, Debug)]
pub struct SearchFound {
    /// By display name.
    pub people: Vec<Person>,
    /// How many there are on all pages.
    pub total: usize,
}

impl Directory {
    /// People by display name, as the administrators' pages show them.
    pub async fn search_people(&self, caller: &Caller, search: &PeopleSearch) -> Result<SearchFound> {
        rights::require_console(caller)?;
        let database = self.database();
        let organization_id = caller.organization_id;
        let count = matching(sql("SELECT COUNT(*) AS n FROM person p"), caller, search)
            .one(database)
            .await?;
        let total = usize::try_from(count.integer("n")?).unwrap_or(0);
        let page = matching(sql("SELECT p.id FROM person p"), caller, search)
            .push(" ORDER BY p.display_key, p.id LIMIT ")
            .push_bind(i64::try_from(search.limit).unwrap_or(i64::MAX))
            .push(" OFFSET ")
            .push_bind(i64::try_from(search.offset).unwrap_or(i64::MAX))
            .all(database)
            .await?;
        let ids = page
            .iter()
            .map(|row| row.uuid("id").map(PersonId::new))
            .collect::<Result<Vec<_>>>()?;
        let people = people_read::in_order(database.into(), organization_id, &ids).await?;
        Ok(SearchFound { people, total })
    }
}

fn matching(statement: Statement, caller: &Caller, search: &PeopleSearch) -> Statement {
    let mut statement = statement
        .push(" WHERE p.organization_id = ")
        .push_bind(caller.organization_id.uuid());
    for part in parts(&search.text) {
        statement = statement
            .push(" AND p.search_text LIKE ")
            .push_bind(like_anywhere(&part))
            .push(" ESCAPE '\\'");
    }
    if let Some(role) = search.role {
        statement = statement
            .push(" AND p.id IN (SELECT person_id FROM person_role WHERE organization_id = ")
            .push_bind(caller.organization_id.uuid())
            .push(" AND role = ")
            .push_bind(role.key())
            .push(")");
    }
    statement.push(match search.status {
        None => "",
        Some(StatusFilter::Active) => " AND p.login_enabled AND NOT p.invite_pending",
        Some(StatusFilter::Pending) => " AND p.login_enabled AND p.invite_pending",
        Some(StatusFilter::Inactive) => " AND NOT p.login_enabled",
    })
}

/// Words; a telephone number is one word however it is written.
fn parts(text: &str) -> Vec<String> {
    let is_number = text.chars().any(|character| character.is_ascii_digit())
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || "+ -.()".contains(character));
    if is_number {
        return vec![text.chars().filter(char::is_ascii_digit).collect()];
    }
    // A handful of words narrows any list; more would only cost.
    search_key(text)
        .split(' ')
        .filter(|part| !part.is_empty())
        .take(8)
        .map(ToOwned::to_owned)
        .collect()
}
