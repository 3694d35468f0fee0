//! People with everything that belongs to them, by one statement.

use kit::{Error, Result, Timestamp, Uuid};
use kit_sql::{Dialect, Handle, Statement, sql};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer};
use webex::{PersonStatus, PhoneNumberKind, Role};

use crate::{LicenseId, LocationId, Number, OrganizationId, Person, PersonId};

/// Which people of an organization. Everything that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PeopleFilter {
    pub(crate) email: Option<String>,
    /// The beginning of the display name, as a search key.
    pub(crate) name_prefix: Option<String>,
    pub(crate) ids: Option<Vec<PersonId>>,
    /// Any of them.
    pub(crate) roles: Option<Vec<Role>>,
    pub(crate) location_id: Option<LocationId>,
    pub(crate) license_id: Option<LicenseId>,
}

/// Which side tables a caller wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) roles: bool,
    pub(crate) numbers: bool,
}

impl Sides {
    pub(crate) const ALL: Self = Self {
        roles: true,
        numbers: true,
    };
}

/// A page is one row of one column, an array of people: the driver copies each column of each row by itself and hands
/// rows from thread to thread, which costs more than finding them. The order is that of the fields of [`StoredPerson`].
const COLUMNS: &str = "p.id, p.organization_id, p.email, p.display_name, p.first_name, p.last_name, p.nick_name, p.avatar, \
     p.department, p.title, p.manager_id, p.manager_name, p.location_id, l.routing_prefix, p.extension, p.addresses, p.time_zone, \
     p.preferred_language, p.login_enabled, p.invite_pending, p.shares_presence, p.presence, p.last_activity_at, p.created_at, \
     p.last_modified_at, \
     (SELECT string_agg(a.license_id, ',') FROM person_license a WHERE a.organization_id = p.organization_id AND a.person_id = p.id), ";

const ROLES: &str = "(SELECT string_agg(r.role, ',') FROM person_role r WHERE r.organization_id = p.organization_id AND r.person_id = p.id), ";

/// Position, kind, primary or not, number: one line each. A number has no control characters. An `ORDER BY` inside an
/// aggregate would have the database sort what its keys have in order already; the few lines are sorted here.
const NUMBERS: &str = "(SELECT string_agg(CAST(n.position AS TEXT) || ' ' || n.kind || ' ' || CASE WHEN n.is_primary THEN '1' ELSE '0' END || ' ' || n.number, '\n') \
     FROM person_number n WHERE n.organization_id = p.organization_id AND n.person_id = p.id)";

fn select(dialect: Dialect, sides: Sides) -> Statement {
    sql("SELECT '[' || string_agg(page.stored, ',') || ']' AS people FROM (SELECT CAST(")
        .push(dialect.json_array())
        .push("(")
        .push(COLUMNS)
        .push(if sides.roles { ROLES } else { "NULL, " })
        .push(if sides.numbers { NUMBERS } else { "NULL" })
        .push(") AS TEXT) AS stored FROM person p LEFT JOIN location l ON l.id = p.location_id WHERE p.organization_id = ")
}

/// At most `limit` people behind `after`, in the order of their ids. Whatever the organization's size, this costs
/// the rows that it answers.
pub(crate) async fn page(
    on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &PeopleFilter,
    after: Option<PersonId>,
    limit: usize,
    sides: Sides,
) -> Result<Vec<Person>> {
    let mut statement = select(on.dialect(), sides).push_bind(organization_id.uuid());
    if let Some(after) = after {
        statement = statement.push(" AND p.id > ").push_bind(after.uuid());
    }
    statement = filtered(statement, organization_id, filter);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let row = statement
        .push(" ORDER BY p.id LIMIT ")
        .push_bind(limit)
        .push(") page")
        .one(on)
        .await?;
    let Some(people) = row.optional_text("people")? else {
        return Ok(Vec::new());
    };
    let people: Vec<StoredPerson> = serde_json::from_str(&people).map_err(Error::internal)?;
    let mut people = people.into_iter().map(person).collect::<Result<Vec<_>>>()?;
    // The rows of the inner statement come in this order; that the aggregate keeps it is nobody's promise.
    people.sort_unstable_by_key(|person| person.id);
    Ok(people)
}

/// One person of this organization.
pub(crate) async fn by_id(
    on: Handle<'_>,
    organization_id: OrganizationId,
    id: PersonId,
) -> Result<Option<Person>> {
    let filter = PeopleFilter {
        ids: Some(vec![id]),
        ..PeopleFilter::default()
    };
    Ok(page(on, organization_id, &filter, None, 1, Sides::ALL)
        .await?
        .pop())
}

/// People by a finished statement that selects ids, in that statement's order.
pub(crate) async fn in_order(
    mut on: Handle<'_>,
    organization_id: OrganizationId,
    ids: &[PersonId],
) -> Result<Vec<Person>> {
    let filter = PeopleFilter {
        ids: Some(ids.to_vec()),
        ..PeopleFilter::default()
    };
    let mut people = page(
        on.reborrow(),
        organization_id,
        &filter,
        None,
        ids.len(),
        Sides::ALL,
    )
    .await?;
    people.sort_by_key(|person| ids.iter().position(|id| *id == person.id));
    Ok(people)
}

/// Each condition that has an index of its own goes through it in a subquery, so that the outer statement walks
/// along the ids and no plan reads the whole organization for a rare name.
fn filtered(mut statement: Statement, organization_id: OrganizationId, filter: &PeopleFilter) -> Statement {
    let PeopleFilter {
        email,
        name_prefix,
        ids,
        roles,
        location_id,
        license_id,
    } = filter;
    if let Some(email) = email {
        statement = statement.push(" AND p.email = ").push_bind(email);
    }
    if let Some(prefix) = name_prefix {
        statement = statement
            .push(" AND p.id IN (SELECT id FROM person WHERE organization_id = ")
            .push_bind(organization_id.uuid())
            .push(" AND display_key >= ")
            .push_bind(prefix)
            .push(" AND display_key < ")
            // The greatest character there is: whatever begins with the prefix comes before it.
            .push_bind(format!("{prefix}\u{10ffff}"))
            .push(")");
    }
    if let Some(ids) = ids {
        statement = statement
            .push(" AND p.id IN ")
            .push_list(ids.iter().map(|id| id.uuid()));
    }
    if let Some(roles) = roles {
        statement = statement
            .push(" AND p.id IN (SELECT person_id FROM person_role WHERE organization_id = ")
            .push_bind(organization_id.uuid())
            .push(" AND role IN ")
            .push_list(roles.iter().map(|role| role.key()))
            .push(")");
    }
    if let Some(location_id) = location_id {
        statement = statement
            .push(" AND p.location_id = ")
            .push_bind(location_id.uuid());
    }
    if let Some(license_id) = license_id {
        statement = statement
            .push(" AND p.id IN (SELECT person_id FROM person_license WHERE license_id = ")
            .push_bind(license_id.uuid())
            .push(")");
    }
    statement
}

/// A person as the statement above writes them: an array, read by position.
#[derive(Deserialize)]
struct StoredPerson {
    id: Uuid,
    organization_id: Uuid,
    email: String,
    display_name: String,
    first_name: Option<String>,
    last_name: Option<String>,
    nick_name: Option<String>,
    avatar: Option<String>,
    department: Option<String>,
    title: Option<String>,
    manager_id: Option<Uuid>,
    manager_name: Option<String>,
    location_id: Option<Uuid>,
    routing_prefix: Option<String>,
    extension: Option<String>,
    addresses: Option<String>,
    time_zone: Option<String>,
    preferred_language: Option<String>,
    #[serde(deserialize_with = "truth")]
    login_enabled: bool,
    #[serde(deserialize_with = "truth")]
    invite_pending: bool,
    #[serde(deserialize_with = "truth")]
    shares_presence: bool,
    presence: String,
    last_activity_at: Option<i64>,
    created_at: i64,
    last_modified_at: i64,
    licenses: Option<String>,
    roles: Option<String>,
    numbers: Option<String>,
}

/// SQLite writes a boolean as 0 or 1, PostgreSQL as a word.
fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<bool, D::Error> {
    struct Truth;
    impl Visitor<'_> for Truth {
        type Value = bool;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("a boolean, or 0 or 1")
        }

        fn visit_bool<E>(self, value: bool) -> std::result::Result<bool, E> {
            Ok(value)
        }

        fn visit_u64<E>(self, value: u64) -> std::result::Result<bool, E> {
            Ok(value != 0)
        }
    }
    deserializer.deserialize_any(Truth)
}

fn person(stored: StoredPerson) -> Result<Person> {
    let addresses = match &stored.addresses {
        Some(json) => serde_json::from_str(json).map_err(Error::internal)?,
        None => Vec::new(),
    };
    let mut licenses = split(stored.licenses.as_deref(), ',')
        .map(LicenseId::parse)
        .collect::<Result<Vec<_>>>()?;
    licenses.sort_unstable();
    let mut roles: Vec<Role> = split(stored.roles.as_deref(), ',')
        .filter_map(Role::from_key)
        .collect();
    roles.sort_unstable();
    let mut numbers: Vec<(u32, Number)> = split(stored.numbers.as_deref(), '\n')
        .filter_map(number)
        .collect();
    numbers.sort_unstable_by_key(|(position, _)| *position);
    Ok(Person {
        id: PersonId::new(stored.id),
        organization_id: OrganizationId::new(stored.organization_id),
        email: stored.email,
        display_name: stored.display_name,
        first_name: stored.first_name,
        last_name: stored.last_name,
        nick_name: stored.nick_name,
        avatar: stored.avatar,
        department: stored.department,
        title: stored.title,
        manager_id: stored.manager_id.map(PersonId::new),
        manager_name: stored.manager_name,
        location_id: stored.location_id.map(LocationId::new),
        routing_prefix: stored.routing_prefix,
        extension: stored.extension,
        numbers: numbers.into_iter().map(|(_, number)| number).collect(),
        addresses,
        time_zone: stored.time_zone,
        preferred_language: stored.preferred_language,
        login_enabled: stored.login_enabled,
        invite_pending: stored.invite_pending,
        shares_presence: stored.shares_presence,
        presence: PersonStatus::from_word(&stored.presence),
        last_activity_at: stored.last_activity_at.map(Timestamp::from_millis),
        created_at: Timestamp::from_millis(stored.created_at),
        last_modified_at: Timestamp::from_millis(stored.last_modified_at),
        roles,
        licenses,
    })
}

fn split(text: Option<&str>, separator: char) -> impl Iterator<Item = &str> {
    text.unwrap_or_default()
        .split(separator)
        .filter(|part| !part.is_empty())
}

fn number(line: &str) -> Option<(u32, Number)> {
    let mut parts = line.splitn(4, ' ');
    let position = parts.next()?.parse().ok()?;
    let number = Number {
        kind: number_kind(parts.next()?),
        primary: parts.next()? == "1",
        value: parts.next()?.to_owned(),
    };
    Some((position, number))
}

const NUMBER_KINDS: [(PhoneNumberKind, &str); 6] = [
    (PhoneNumberKind::Work, "work"),
    (PhoneNumberKind::Mobile, "mobile"),
    (PhoneNumberKind::Fax, "fax"),
    (PhoneNumberKind::Enterprise, "enterprise"),
    (PhoneNumberKind::Alternate1, "alternate1"),
    (PhoneNumberKind::Alternate2, "alternate2"),
];

fn number_kind(word: &str) -> PhoneNumberKind {
    NUMBER_KINDS
        .into_iter()
        .find(|(_, known)| *known == word)
        .map_or(PhoneNumberKind::Other, |(kind, _)| kind)
}

pub(crate) fn number_kind_word(kind: PhoneNumberKind) -> &'static str {
    NUMBER_KINDS
        .into_iter()
        .find(|(known, _)| *known == kind)
        .map_or("other", |(_, word)| word)
}
