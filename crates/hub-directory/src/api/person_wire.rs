//! From a person of the directory to the person of the wire.

use std::cell::Cell;

use serde::{Serialize, Serializer};
use webex::{PhoneNumber, PhoneNumberKind, PublicId, ResourceKind, Role, SipAddress, SipAddressKind};

use crate::{License, LicenseId, LocationId, Machine, PeopleView, Person, PersonId};

/// A person as this API answers them: with what Webex adds and no client of ours reads.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Written {
    #[serde(flatten)]
    person: webex::Person,
    user_name: String,
    avatar_provided: bool,
    /// Only where `licenses` is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    licenses_provided: Option<bool>,
}

/// A page of people.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WrittenPage<'a> {
    pub(super) not_found_ids: Option<Vec<String>>,
    pub(super) items: Items<'a>,
}

/// People who are turned into their wire form one after the other, while they are written: a thousand of them never
/// stand in memory twice.
pub(super) struct Items<'a> {
    people: Cell<Vec<Person>>,
    writer: &'a Writer<'a>,
}

impl<'a> Items<'a> {
    pub(super) fn new(people: Vec<Person>, writer: &'a Writer<'a>) -> Self {
        Self {
            people: Cell::new(people),
            writer,
        }
    }
}

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            self.people
                .take()
                .into_iter()
                .map(|person| self.writer.person(person)),
        )
    }
}

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
            licenses: view
                .licenses
                .iter()
                .map(|license| (license.id, license.public_id().to_string(), license))
                .collect(),
            roles: Role::ALL
                .iter()
                .map(|role| (*role, role.id().to_string()))
                .collect(),
            sip_domain: format!("{label}.calls.webex.com"),
        }
    }

    /// The person as this caller may see them. `create` and `update` show what they were asked to write.
    pub(super) fn person(&self, person: Person) -> Written {
        let administration = self.view.shows_administration(&person);
        let calling = self.view.shows_calling(&person);
        let presence = self.view.shows_presence(&person);
        let sip_addresses = self.sip_addresses(&person);
        let site_urls = self
            .held(&person)
            .filter_map(|(_, license)| license.site_url.clone())
            .collect();
        let roles = administration.then(|| self.role_ids(&person));
        let licenses = administration.then(|| self.held(&person).map(|(id, _)| id.clone()).collect());
        let phone_numbers = if calling {
            phone_numbers(&person)
        } else {
            Vec::new()
        };
        let user_name = person.email.clone();
        let avatar_provided = person.avatar.is_some();
        let licenses_provided = administration.then_some(!person.licenses.is_empty());
        let person = webex::Person {
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
        };
        Written {
            person,
            user_name,
            avatar_provided,
            licenses_provided,
        }
    }

    fn held<'p>(&'p self, person: &'p Person) -> impl Iterator<Item = (&'p String, &'a License)> {
        let held = self
            .licenses
            .iter()
            .filter(|(id, _, _)| person.licenses.contains(id));
        held.map(|(_, public_id, license)| (public_id, *license))
    }

    fn role_ids(&self, person: &Person) -> Vec<String> {
        self.roles
            .iter()
            .filter(|(role, _)| person.roles.contains(role))
            .map(|(_, id)| id.clone())
            .collect()
    }

    fn sip_addresses(&self, person: &Person) -> Vec<SipAddress> {
        let local = person.email.split('@').next().unwrap_or_default();
        let address = |kind, domain: &str, primary| SipAddress {
            kind,
            value: format!("{local}@{domain}"),
            primary,
        };
        let mut addresses = Vec::new();
        if self.held(person).any(|(_, license)| license.is_calling()) {
            addresses.push(address(SipAddressKind::CloudCalling, &self.sip_domain, true));
        }
        if let Some(site) = self
            .held(person)
            .find_map(|(_, license)| license.site_url.as_deref())
        {
            addresses.push(address(SipAddressKind::PersonalRoom, site, false));
        }
        addresses
    }
}

/// The account of a Service App, which is an `appuser` and nobody's profile.
pub(super) fn written_machine(machine: Machine) -> webex::Person {
    let email = machine.email();
    let Machine {
        id,
        organization_id,
        client_id: _,
        display_name,
        created_at,
    } = machine;
    webex::Person {
        id: person_id(id),
        emails: vec![email],
        display_name,
        org_id: PublicId::of_uuid(ResourceKind::Organization, organization_id.uuid()).to_string(),
        created: Some(created_at),
        last_modified: Some(created_at),
        login_enabled: Some(true),
        kind: Some(webex::PersonKind::Appuser),
        ..webex::Person::default()
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
    PublicId::text_of_uuid(ResourceKind::People, id.uuid())
}

pub(super) fn location_id(id: LocationId) -> String {
    PublicId::text_of_uuid(ResourceKind::Location, id.uuid())
}
