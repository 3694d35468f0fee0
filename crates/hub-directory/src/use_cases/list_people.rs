use kit::{Error, Result, search_key};
use webex::Role;

use crate::model::rights;
use crate::store::people_read::{self, PeopleFilter, Sides};
use crate::{
    Caller, Directory, LocationId, MISSING_SCOPE_OR_ROLE, OrganizationId, PeopleView, Person, PersonId,
};

/// Which people, and how much of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Exactly this address.
    pub email: Option<String>,
    /// The beginning of the display name, in any spelling of its letters.
    pub display_name: Option<String>,
    /// These people, at most 85; then no presence is answered.
    pub ids: Option<Vec<PersonId>>,
    /// Must be the caller's own.
    pub organization_id: Option<OrganizationId>,
    /// Holders of any of these.
    pub roles: Option<Vec<Role>>,
    /// With calling at this location.
    pub location_id: Option<LocationId>,
    /// Whether numbers, extension and location are wanted.
    pub calling: bool,
    /// Whether presence is not wanted.
    pub exclude_status: bool,
    /// How many a page; the caps apply.
    pub max: Option<usize>,
    /// The last person of the page before.
    pub after: Option<PersonId>,
}

/// A page of people.
#[derive(Clone, Debug)]
pub struct PeopleFound {
    /// The people, in the order of their ids.
    pub people: Vec<Person>,
    /// The last person of this page, where another page follows.
    pub next: Option<PersonId>,
    /// Where ids were asked for: those that there is nobody for.
    pub not_found: Option<Vec<PersonId>>,
    /// What the caller sees of them.
    pub view: PeopleView,
}

/// How many ids one request may name.
pub(crate) const MOST_IDS: usize = 85;

impl PeopleQuery {
    /// How many people a page has.
    pub fn page_size(&self) -> usize {
        let cap = match (self.location_id, self.calling) {
            (Some(_), _) => 50,
            (None, true) => 100,
            (None, false) => 1_000,
        };
        self.max.unwrap_or(100).clamp(1, cap)
    }
}

impl Directory {
    /// People of the caller's organization. Without an administrator's scope and role a caller finds people, and
    /// cannot list them.
    pub async fn list_people(&self, caller: &Caller, query: &PeopleQuery) -> Result<PeopleFound> {
        authorize(caller, query)?;
        let filter = filter(query)?;
        let wanted = query.page_size();
        let presence = !query.exclude_status && query.ids.is_none();
        let sides = Sides {
            roles: rights::sees_everybody(caller) || caller.has_any_role(rights::ADMINISTRATORS),
            numbers: query.calling,
        };
        let (view, mut people) = tokio::try_join!(
            self.view(caller, query.calling, presence),
            people_read::page(
                self.database().into(),
                caller.organization_id,
                &filter,
                query.after,
                wanted + 1,
                sides,
            ),
        )?;
        let more = people.len() > wanted;
        people.truncate(wanted);
        let next = if more {
            people.last().map(|person| person.id)
        } else {
            None
        };
        let not_found = query.ids.as_ref().map(|ids| {
            let missing = |id: &&PersonId| !people.iter().any(|person| person.id == **id);
            // What stands on another page is not missing.
            ids.iter()
                .filter(missing)
                .filter(|id| !more && query.after.is_none_or(|after| **id > after))
                .copied()
                .collect()
        });
        Ok(PeopleFound {
            people,
            next,
            not_found,
            view,
        })
    }
}

fn authorize(caller: &Caller, query: &PeopleQuery) -> Result<()> {
    caller.require_any_scope(rights::PEOPLE_READ)?;
    rights::require_own(caller, query.organization_id)?;
    if rights::sees_everybody(caller) {
        return Ok(());
    }
    if query.roles.is_some() || query.location_id.is_some() {
        return Err(Error::forbidden(MISSING_SCOPE_OR_ROLE));
    }
    if query.email.is_none() && query.display_name.is_none() && query.ids.is_none() {
        if !caller.has_any_scope(rights::OWN_PROFILE) || caller.has_any_role(rights::ADMINISTRATORS) {
            // The scope or the role that is missing would have opened the list.
            return Err(Error::forbidden(MISSING_SCOPE_OR_ROLE));
        }
        return Err(Error::invalid(
            "Email, displayName, or id list should be specified.",
        ));
    }
    Ok(())
}

fn filter(query: &PeopleQuery) -> Result<PeopleFilter> {
    if query.ids.as_ref().is_some_and(|ids| ids.len() > MOST_IDS) {
        return Err(Error::invalid(format!("id names more than {MOST_IDS} people.")));
    }
    Ok(PeopleFilter {
        email: query.email.as_deref().map(|email| email.trim().to_lowercase()),
        name_prefix: query
            .display_name
            .as_deref()
            .map(search_key)
            .filter(|key| !key.is_empty()),
        ids: query.ids.clone(),
        roles: query.roles.clone(),
        location_id: query.location_id,
        license_id: None,
    })
}
