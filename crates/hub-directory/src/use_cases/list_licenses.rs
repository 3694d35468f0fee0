use kit::{Error, Result};
use webex::PublicId;

use crate::model::rights;
use crate::store::licenses;
use crate::store::people_read::{self, PeopleFilter, Sides};
use crate::{Caller, Directory, License, LicenseId, OrganizationId, Person, PersonId};

impl Directory {
    /// The licences of the caller's organization.
    pub async fn list_licenses(
        &self,
        caller: &Caller,
        organization_id: Option<OrganizationId>,
    ) -> Result<Vec<License>> {
        rights::require(caller, rights::LICENSES_READ, rights::ADMINISTRATORS)?;
        rights::require_own(caller, organization_id)?;
        licenses::of_organization(self.database().into(), caller.organization_id).await
    }

    /// One licence.
    pub async fn show_license(&self, caller: &Caller, id: &PublicId) -> Result<License> {
        let known = self.list_licenses(caller, None).await?;
        let named = |license: &License| license.value == id.value() || license.id.to_string() == id.value();
        known
            .into_iter()
            .find(named)
            .ok_or_else(|| Error::not_found(rights::NOT_FOUND))
    }

    /// Who holds a licence: a page, and the last person where another page follows.
    pub async fn license_holders(
        &self,
        caller: &Caller,
        license_id: LicenseId,
        after: Option<PersonId>,
        limit: usize,
    ) -> Result<(Vec<Person>, Option<PersonId>)> {
        rights::require(caller, rights::LICENSES_READ, rights::ADMINISTRATORS)?;
        let filter = PeopleFilter {
            license_id: Some(license_id),
            ..PeopleFilter::default()
        };
        let sides = Sides {
            roles: false,
            numbers: false,
        };
        let on = self.database().into();
        let mut people =
            people_read::page(on, caller.organization_id, &filter, after, limit + 1, sides).await?;
        let more = people.len() > limit;
        people.truncate(limit);
        let next = if more {
            people.last().map(|person| person.id)
        } else {
            None
        };
        Ok((people, next))
    }
}
