//! People with everything that belongs to them: one statement for the people, one for each side table.

use kit::{Error, Result};
use kit_sql::{Handle, Row, Statement, sql};
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

const SELECT: &str = "SELECT p.id, p.organization_id, p.email, p.display_name, p.first_name, p.last_name, p.nick_name, p.avatar, \
     p.department, p.title, p.manager_id, p.manager_name, p.location_id, l.routing_prefix, p.extension, p.addresses, p.time_zone, \
     p.preferred_language, p.login_enabled, p.invite_pending, p.shares_presence, p.presence, p.last_activity_at, p.created_at, \
     p.last_modified_at FROM person p LEFT JOIN location l ON l.id = p.location_id WHERE p.organization_id = ";

/// At most `limit` people behind `after`, in the order of their ids. Whatever the organization's size, this costs
/// the rows that it answers.
pub(crate) async fn page(
    mut on: Handle<'_>,
    organization_id: OrganizationId,
    filter: &PeopleFilter,
    after: Option<PersonId>,
    limit: usize,
    sides: Sides,
) -> Result<Vec<Person>> {
    let mut statement = sql(SELECT).push_bind(organization_id.uuid());
    if let Some(after) = after {
        statement = statement.push(" AND p.id > ").push_bind(after.uuid());
    }
    statement = filtered(statement, organization_id, filter);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement
        .push(" ORDER BY p.id LIMIT ")
        .push_bind(limit)
        .all(on.reborrow())
        .await?;
    let people = rows.iter().map(person).collect::<Result<Vec<_>>>()?;
    let dense = *filter == PeopleFilter::default();
    attach(on, organization_id, people, dense, sides).await
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

fn person(row: &Row) -> Result<Person> {
    let addresses = match row.optional_text("addresses")? {
        Some(json) => serde_json::from_str(&json).map_err(Error::internal)?,
        None => Vec::new(),
    };
    Ok(Person {
        id: PersonId::new(row.uuid("id")?),
        organization_id: OrganizationId::new(row.uuid("organization_id")?),
        email: row.text("email")?,
        display_name: row.text("display_name")?,
        first_name: row.optional_text("first_name")?,
        last_name: row.optional_text("last_name")?,
        nick_name: row.optional_text("nick_name")?,
        avatar: row.optional_text("avatar")?,
        department: row.optional_text("department")?,
        title: row.optional_text("title")?,
        manager_id: row.optional_uuid("manager_id")?.map(PersonId::new),
        manager_name: row.optional_text("manager_name")?,
        location_id: row.optional_uuid("location_id")?.map(LocationId::new),
        routing_prefix: row.optional_text("routing_prefix")?,
        extension: row.optional_text("extension")?,
        numbers: Vec::new(),
        addresses,
        time_zone: row.optional_text("time_zone")?,
        preferred_language: row.optional_text("preferred_language")?,
        login_enabled: row.boolean("login_enabled")?,
        invite_pending: row.boolean("invite_pending")?,
        shares_presence: row.boolean("shares_presence")?,
        presence: PersonStatus::from_word(&row.text("presence")?),
        last_activity_at: row.optional_moment("last_activity_at")?,
        created_at: row.moment("created_at")?,
        last_modified_at: row.moment("last_modified_at")?,
        roles: Vec::new(),
        licenses: Vec::new(),
    })
}

/// Reads the side tables for these people, which stand in the order of their ids.
async fn attach(
    mut on: Handle<'_>,
    organization_id: OrganizationId,
    mut people: Vec<Person>,
    dense: bool,
    sides: Sides,
) -> Result<Vec<Person>> {
    let Some(which) = Which::of(organization_id, &people, dense) else {
        return Ok(people);
    };
    // One row a person: a row costs more than what stands in it.
    let licenses = which
        .ask("SELECT person_id, string_agg(license_id, ',') AS licenses FROM person_license WHERE organization_id = ");
    for row in licenses.push(" GROUP BY person_id").all(on.reborrow()).await? {
        let licenses = row.text("licenses")?;
        if let Some(person) = owner(&mut people, &row)? {
            person.licenses = licenses.split(',').map(LicenseId::parse).collect::<Result<_>>()?;
            person.licenses.sort_unstable();
        }
    }
    if sides.roles {
        for row in which
            .ask("SELECT person_id, role FROM person_role WHERE organization_id = ")
            .all(on.reborrow())
            .await?
        {
            let role = Role::from_key(&row.text("role")?);
            if let Some(person) = owner(&mut people, &row)? {
                person.roles.extend(role);
            }
        }
        for person in &mut people {
            person.roles.sort_unstable();
        }
    }
    if sides.numbers {
        let numbers = which
            .ask("SELECT person_id, kind, number, is_primary FROM person_number WHERE organization_id = ");
        for row in numbers
            .push(" ORDER BY person_id, position")
            .all(on.reborrow())
            .await?
        {
            let number = number(&row)?;
            if let Some(person) = owner(&mut people, &row)? {
                person.numbers.push(number);
            }
        }
    }
    Ok(people)
}

/// The people of a page, as a range of ids where it has no gaps and as a list where it has.
enum Which {
    Range(OrganizationId, PersonId, PersonId),
    These(OrganizationId, Vec<PersonId>),
}

impl Which {
    fn of(organization_id: OrganizationId, people: &[Person], dense: bool) -> Option<Self> {
        let (first, last) = (people.first()?.id, people.last()?.id);
        Some(if dense || people.len() == 1 {
            Self::Range(organization_id, first, last)
        } else {
            Self::These(organization_id, people.iter().map(|person| person.id).collect())
        })
    }

    fn ask(&self, select: &'static str) -> Statement {
        match self {
            Self::Range(organization_id, first, last) => sql(select)
                .push_bind(organization_id.uuid())
                .push(" AND person_id >= ")
                .push_bind(first.uuid())
                .push(" AND person_id <= ")
                .push_bind(last.uuid()),
            Self::These(organization_id, ids) => sql(select)
                .push_bind(organization_id.uuid())
                .push(" AND person_id IN ")
                .push_list(ids.iter().map(|id| id.uuid())),
        }
    }
}

fn owner<'a>(people: &'a mut [Person], row: &Row) -> Result<Option<&'a mut Person>> {
    let id = PersonId::new(row.uuid("person_id")?);
    Ok(people
        .binary_search_by_key(&id, |person| person.id)
        .ok()
        .map(|position| &mut people[position]))
}

fn number(row: &Row) -> Result<Number> {
    Ok(Number {
        kind: number_kind(&row.text("kind")?),
        value: row.text("number")?,
        primary: row.boolean("is_primary")?,
    })
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
