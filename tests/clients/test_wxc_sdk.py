"""wxc-sdk in its strict mode: every answer must be exactly what the SDK knows."""

import asyncio
import time
import uuid

import pytest
from wxc_sdk import WebexSimpleApi
from wxc_sdk.as_api import AsWebexSimpleApi
from wxc_sdk.base import API_MODEL_ALLOW_EXTRA
from wxc_sdk.people import Person, PhoneNumber, PhoneNumberType
from wxc_sdk.rest import RestError


def test_the_sdk_really_is_strict():
    assert API_MODEL_ALLOW_EXTRA == "forbid"


def test_own_identity(api, demonstration):
    me = api.people.me()
    assert me.emails == [demonstration.person("Alex Morgan")["email"]]
    assert me.display_name == "Alex Morgan"
    assert api.people.me(calling_data=True).person_id == me.person_id
    assert me.org_id == api.organizations.list()[0].org_id


def test_the_whole_organization_over_pages(api, demonstration):
    requests = []
    identifier = api.session.register_response_callback(lambda response, _: requests.append(response.url))
    people = list(api.people.list(max=1000))
    api.session.unregister_response_callback(identifier)
    assert len(requests) == 5, requests
    assert len(people) == demonstration.organization["people"] == 5000
    assert len({person.person_id for person in people}) == 5000
    assert all(person.emails and person.display_name for person in people)


def test_the_whole_organization_with_calling_data(api):
    people = list(api.people.list(calling_data=True, max=100))
    assert len(people) == 5000
    with_extension = [person for person in people if person.extension]
    assert with_extension and all(person.location_id for person in with_extension)
    assert any(person.tn for person in people)


def test_the_whole_organization_asynchronously(admin_token):
    async def all_people():
        async with AsWebexSimpleApi(tokens=admin_token) as asynchronous:
            return await asynchronous.people.list(max=1000), await asynchronous.people.me()

    people, me = asyncio.run(all_people())
    assert len(people) == 5000
    assert me.person_id in {person.person_id for person in people}


def test_people_are_found_by_name_and_address(api):
    heidi = list(api.people.list(display_name="Heidi Harper"))
    assert [person.display_name for person in heidi] == ["Heidi Harper"]
    assert list(api.people.list(email=heidi[0].emails[0]))[0].person_id == heidi[0].person_id
    assert list(api.people.list(email="nobody@example.invalid")) == []
    by_id = list(api.people.list(id_list=[heidi[0].person_id]))
    assert by_id[0].display_name == "Heidi Harper"


def test_details_with_calling_data(api):
    ken = next(api.people.list(display_name="Ken Alvarez"))
    details = api.people.details(person_id=ken.person_id, calling_data=True)
    assert details.extension and details.location_id
    calling = {license.license_id for license in api.licenses.list() if license.webex_calling}
    assert calling & set(details.licenses)
    assert api.locations.details(details.location_id).name


def test_a_person_is_created_updated_and_deleted(api, demonstration):
    domain = demonstration.person("Alex Morgan")["email"].split("@")[1]
    email = f"zoe.{uuid.uuid4().hex[:8]}@{domain}"
    created = api.people.create(Person(emails=[email], display_name="Zoë Müller", first_name="Zoë", last_name="Müller"))
    try:
        assert created.emails == [email] and created.display_name == "Zoë Müller"
        with pytest.raises(RestError) as again:
            api.people.create(Person(emails=[email], display_name="Zoë Müller"))
        assert again.value.response.status_code == 409
        created.title, created.department = "Forester", "Woods"
        updated = api.people.update(created)
        assert (updated.title, updated.department) == ("Forester", "Woods")
        assert api.people.details(created.person_id).title == "Forester"
    finally:
        api.people.delete_person(created.person_id)
    with pytest.raises(RestError) as gone:
        api.people.details(created.person_id)
    assert gone.value.response.status_code == 404


def test_a_calling_licence_is_given_with_a_location_and_an_extension(api, demonstration):
    domain = demonstration.person("Alex Morgan")["email"].split("@")[1]
    licence = next(license for license in api.licenses.list() if license.webex_calling_professional)
    location = api.locations.list()
    location = next(iter(location))
    created = api.people.create(
        Person(
            emails=[f"calling.{uuid.uuid4().hex[:8]}@{domain}"],
            display_name="Calling Person",
            licenses=[licence.license_id],
            location_id=location.location_id,
            extension="98765",
            phone_numbers=[PhoneNumber(number_type=PhoneNumberType.work_extension, value="98765")],
        ),
        calling_data=True,
    )
    try:
        details = api.people.details(created.person_id, calling_data=True)
        assert licence.license_id in details.licenses
        assert (details.extension, details.location_id) == ("98765", location.location_id)
    finally:
        api.people.delete_person(created.person_id)


def test_roles(api):
    roles = api.roles.list()
    full = next(role for role in roles if role.name == "Full Administrator")
    assert api.roles.details(full.id).name == "Full Administrator"
    assert full.id in api.people.me().roles


def test_licences(api):
    licences = api.licenses.list()
    professional = next(licence for licence in licences if licence.webex_calling_professional)
    assert professional.name == "Webex Calling - Professional"
    assert api.licenses.details(professional.license_id).license_id == professional.license_id
    assert 0 < professional.consumed_units <= professional.total_units


def test_organizations_are_the_own_one(api, demonstration):
    organizations = api.organizations.list()
    assert [organization.display_name for organization in organizations] == [demonstration.organization["name"]]
    assert api.organizations.details(organizations[0].org_id).display_name == demonstration.organization["name"]


def test_locations_and_their_calling_side(api):
    locations = list(api.locations.list())
    calling = {location.location_id: location for location in api.telephony.location.list()}
    assert len(locations) >= 4 and calling
    assert {location.address.country for location in locations} >= {"US"}
    for identifier, location in calling.items():
        assert api.locations.details(identifier).name == location.name
        assert api.telephony.location.details(identifier).name == location.name


def test_authorizations(demonstration):
    granted = demonstration.integration_token("users-synch", "Priya Raman")
    with WebexSimpleApi(tokens=granted.access_token, retry_429=False) as integration:
        assert integration.people.me().display_name == "Priya Raman"
    with WebexSimpleApi(tokens=demonstration.personal_token("Alex Morgan"), retry_429=False) as admin:
        email = demonstration.person("Priya Raman")["email"]
        listed = admin.authorizations.list(person_email=email)
        mine = [authorization for authorization in listed if authorization.client_id == granted.client_id]
        assert {authorization.application_name for authorization in mine} == {"Imagicle UCX Suite Users' Synch from Control Hub"}
        assert {authorization.type for authorization in mine} == {"refresh", "access"}
        # The access tokens that came from a refresh token die with it.
        for authorization in mine:
            if authorization.type == "refresh":
                admin.authorizations.delete(authorization_id=authorization.id)
    with WebexSimpleApi(tokens=granted.access_token, retry_429=False) as integration, pytest.raises(RestError) as dead:
        integration.people.me()
    assert dead.value.response.status_code == 401


def test_the_time_that_is_left_of_a_token(api):
    milliseconds_left = api.authorizations.get_token_expiration_status() - time.time() * 1000
    assert 0 < milliseconds_left <= 12 * 3600 * 1000
