"""webexpythonsdk, pointed at the Hub by its base URL."""

import uuid

import pytest
from webexpythonsdk import ApiError, WebexAPI


@pytest.fixture(scope="module")
def webex(demonstration, admin_token):
    # The slash at the end is needed: the SDK joins paths as URLs.
    return WebexAPI(access_token=admin_token, base_url=demonstration.api + "/", wait_on_rate_limit=False)


def test_own_identity(webex, demonstration):
    me = webex.people.me()
    assert me.emails == [demonstration.person("Alex Morgan")["email"]]
    assert webex.people.get(me.id).displayName == "Alex Morgan"


def test_the_whole_organization_over_pages(webex):
    people = list(webex.people.list(max=1000))
    assert len(people) == 5000
    assert len({person.id for person in people}) == 5000


def test_a_person_is_created_updated_and_deleted(webex, demonstration):
    domain = demonstration.person("Alex Morgan")["email"].split("@")[1]
    email = f"ingrid.{uuid.uuid4().hex[:8]}@{domain}"
    created = webex.people.create(emails=[email], displayName="Ingrid Lindström", firstName="Ingrid", lastName="Lindström")
    updated = webex.people.update(created.id, emails=[email], displayName="Ingrid Lindström-Wood", firstName="Ingrid", lastName="Lindström-Wood")
    assert updated.displayName == "Ingrid Lindström-Wood"
    webex.people.delete(created.id)
    with pytest.raises(ApiError) as gone:
        webex.people.get(created.id)
    assert gone.value.response.status_code == 404


def test_roles_licences_and_organizations(webex, demonstration):
    roles = list(webex.roles.list())
    assert webex.roles.get(roles[0].id).name == roles[0].name
    assert "Full Administrator" in {role.name for role in roles}
    licences = list(webex.licenses.list())
    assert webex.licenses.get(licences[0].id).name == licences[0].name
    assert [organization.displayName for organization in webex.organizations.list()] == [demonstration.organization["name"]]
