//! Between a person of the directory and the person of the wire.

use kit::{Error, Result, Uuid};
use webex::{PersonWrite, PhoneNumber, PhoneNumberKind, PublicId, ResourceKind, Role, SipAddress, SipAddressKind};

use crate::{CallingDraft, License, LicenseId, LocationId, Number, OrganizationId, PeopleView, Person, PersonDraft, PersonId};

/// Writes people; ids that all of them share are encoded once.
pub(super) struct Writer<'a> {
    view: &'a PeopleView,
    org_id: String,
    licenses: Vec<(LicenseId, String, &'a License)>,
    roles: Vec<(Role, String)>,
    sip_domain: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(view: &'a PeopleView) -> Self {
        let label = view.organization.domain.split('.').next().unwrap_or_default();
        Self {
            view,
            org_id: PublicId::of_uuid(ResourceKind::Organization, view.organization.id.uuid()).to_string(),
            licenses: view.licenses.iter().map(|license| (license.id, license.public_id().to_string(), license)).collect(),
            roles: Role::ALL.iter().map(|role| (*role, role.id().to_string())).collect(),
            sip_domain: format!("{label}.calls.webex.com"),
        }
    }

    /// The person as this caller may see them. `create` and `update` show what they were asked to write.
    pub(super) fn person(&self, person: Person) -> webex::Person {
        let administration = self.view.shows_administration(&person);
        let calling = self.view.shows_calling(&person);
        let presence = self.view.shows_presence(&person);
        let sip_addresses = self.sip_addresses(&person);
        let site_urls = self.held(&person).filter_map(|(_, license)| license.site_url.clone()).collect();
        let roles = administration.then(|| self.role_ids(&person));
        let licenses = administration.then(|| self.held(&person).map(|(id, _)| id.clone()).collect());
        let phone_numbers = if calling { phone_numbers(&person) } else { Vec::new() };
        webex::Person {
            id: person_id(person.id),
            emails: vec![person.email],
            phone_numbers,
            extension: person.extension.filter(|_| calling),
            location_id: person.location_id.filter(|_| calling).map(location_id),
            display_name: person.display_name,
            nick_name: person.nick_name,
            first_name: person.first_name,
            last_name: person.last_name,
            avatar: person.avatar,
            org_id: self.org_id.clone(),
            roles,
            licenses,
            department: person.department,
            manager: person.manager_name,
            manager_id: person.manager_id.map(person_id),
            title: person.title,
            addresses: person.addresses,
            created: Some(person.created_at),
            last_modified: Some(person.last_modified_at),
            time_zone: person.time_zone,
            last_activity: person.last_activity_at.filter(|_| presence),
            site_urls,
            sip_addresses,
            status: presence.then_some(person.presence),
            invite_pending: administration.then_some(person.invite_pending),
            login_enabled: administration.then_some(person.login_enabled),
            kind: Some(webex::PersonKind::Person),
        }
    }

    fn held<'p>(&'p self, person: &'p Person) -> impl Iterator<Item = (&'p String, &'a License)> {
        let held = self.licenses.iter().filter(|(id, _, _)| person.licenses.contains(id));
        held.map(|(_, public_id, license)| (public_id, *license))
    }

    fn role_ids(&self, person: &Person) -> Vec<String> {
        self.roles.iter().filter(|(role, _)| person.roles.contains(role)).map(|(_, id)| id.clone()).collect()
    }

    fn sip_addresses(&self, person: &Person) -> Vec<SipAddress> {
        let local = person.email.split('@').next().unwrap_or_default();
        let address = |kind, domain: &str, primary| SipAddress { kind, value: format!("{local}@{domain}"), primary };
        let mut addresses = Vec::new();
        if self.held(person).any(|(_, license)| license.is_calling()) {
            addresses.push(address(SipAddressKind::CloudCalling, &self.sip_domain, true));
        }
        if let Some(site) = self.held(person).find_map(|(_, license)| license.site_url.as_deref()) {
            addresses.push(address(SipAddressKind::PersonalRoom, site, false));
        }
        addresses
    }
}

fn phone_numbers(person: &Person) -> Vec<PhoneNumber> {
    let numbers = person.numbers.iter().map(|number| PhoneNumber {
        kind: number.kind,
        value: number.value.clone(),
        primary: Some(number.primary),
    });
    let extension = person.prefixed_extension().map(|value| PhoneNumber {
        kind: PhoneNumberKind::WorkExtension,
        value,
        primary: Some(person.numbers.is_empty()),
    });
    numbers.chain(extension).collect()
}

pub(super) fn person_id(id: PersonId) -> String {
    PublicId::of_uuid(ResourceKind::People, id.uuid()).to_string()
}

pub(super) fn location_id(id: LocationId) -> String {
    PublicId::of_uuid(ResourceKind::Location, id.uuid()).to_string()
}

/// Reads the body of a create or an update; the organization that it names comes beside.
pub(super) fn draft(body: PersonWrite, complete: bool) -> Result<(PersonDraft, Option<OrganizationId>)> {
    let PersonWrite {
        emails,
        phone_numbers,
        extension,
        location_id,
        display_name,
        nick_name,
        first_name,
        last_name,
        avatar,
        org_id,
        roles,
        licenses,
        department,
        manager,
        manager_id,
        title,
        addresses,
        time_zone,
        login_enabled,
    } = body;
    let uuid = |kind, text: Option<String>| text.filter(|text| !text.is_empty()).map(|text| PublicId::parse_uuid(kind, &text)).transpose();
    let numbers = phone_numbers.map(|numbers| {
        numbers.into_iter().map(|PhoneNumber { kind, value, primary }| Number { kind, value, primary: primary.unwrap_or(false) }).collect()
    });
    let draft = PersonDraft {
        // Webex takes a list and uses the first.
        email: emails.and_then(|emails| emails.into_iter().next()),
        display_name,
        first_name,
        last_name,
        nick_name,
        avatar,
        department,
        title,
        manager_id: uuid(ResourceKind::People, manager_id)?.map(PersonId::new),
        manager_name: manager,
        addresses: addresses.unwrap_or_default(),
        time_zone,
        login_enabled,
        roles: roles.unwrap_or_default().iter().map(|id| role(id)).collect::<Result<_>>()?,
        licenses: licenses.unwrap_or_default().iter().map(|id| license(id)).collect::<Result<_>>()?,
        calling: CallingDraft {
            complete,
            numbers,
            extension,
            location_id: uuid(ResourceKind::Location, location_id)?.map(LocationId::new),
        },
    };
    Ok((draft, uuid(ResourceKind::Organization, org_id)?.map(OrganizationId::new)))
}

pub(super) fn role(id: &str) -> Result<Role> {
    Role::from_id(id).ok_or_else(|| Error::invalid(format!("“{}” is not the id of a role.", id.chars().take(120).collect::<String>())))
}

/// A licence's public id ends in our own key.
fn license(id: &str) -> Result<LicenseId> {
    let public = PublicId::parse(ResourceKind::License, id)?;
    let key = public.value().rsplit(['_', ':']).next().unwrap_or_default();
    Uuid::parse_str(key).map(LicenseId::new).map_err(|_| Error::invalid("licenses names a licence that this organization does not have."))
}
