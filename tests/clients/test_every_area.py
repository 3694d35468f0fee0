"""Every area of the API × every operation × every way in which wxc-sdk comes to the Hub. A hole is a test that fails."""

import pytest

import scim
from area import OPERATIONS, NotOffered, World
from areas_calling import CALLING
from areas_directory import DIRECTORY
from ways import WAYS, Way, event_loop

AREAS = {area.name: area for area in DIRECTORY + CALLING}
# What a newcomer is promised; an area that is left out of the lists above is missed here.
PROMISED = {
    "people", "locations", "workspaces", "numbers", "hunt groups", "call queues", "Customer Assist", "auto attendants",
    "schedules", "virtual lines", "groups", "SCIM users", "SCIM groups", "person call settings", "organizations",
    "roles", "licences",
}  # fmt: skip

loop = pytest.fixture(scope="module")(event_loop)


@pytest.fixture(scope="module")
def tokens(demonstration) -> dict[str, str]:
    """One for each who asks; the way that is asked gets an administrator's of its own, as limits count by token."""
    other = demonstration.facts["organizations"][1]["name"]
    stranger = next(person["name"] for person in demonstration.facts["people"] if person["organization"] == other)
    return {
        "reader": demonstration.integration_token("users-synch", "Priya Raman").access_token,
        "narrow": demonstration.integration_token("single-sign-on", "Priya Raman", "openid email profile").access_token,
        "user": demonstration.personal_token("Heidi Harper"),
        "dead": "garbage",
        "stranger": demonstration.personal_token(stranger),
    }


@pytest.fixture(scope="module", params=WAYS)
def way(request, demonstration, loop):
    way = Way(request.param, demonstration, loop)
    yield way
    way.close()


@pytest.fixture(scope="module")
def world(way, tokens, demonstration):
    clients = {who: way.client(token) for who, token in tokens.items()}
    return World(
        admin=way.client(demonstration.personal_token("Alex Morgan")),
        organization=scim.organization_uuid(demonstration),
        strangers_organization=scim.organization_uuid(demonstration, 1),
        domain=demonstration.person("Alex Morgan")["email"].split("@")[1],
        **clients,
    )


def test_no_area_is_missing():
    assert AREAS.keys() == PROMISED


@pytest.mark.parametrize("name", AREAS)
def test_no_operation_is_missing(name):
    """Every cell is a check, or says why there is none, and proves it."""
    for operation in OPERATIONS:
        cell = getattr(AREAS[name], f"check_{operation}")
        assert callable(cell) or (isinstance(cell, NotOffered) and cell.reason)


@pytest.fixture(scope="module")
def prepared(world):
    """An area that has looked up what it needs, in this way."""
    done = {}

    def prepare(name: str):
        if name not in done:
            AREAS[name].prepare(world)
            done[name] = AREAS[name]
        return done[name]

    return prepare


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("name", AREAS)
def test_cell(way, world, prepared, name, operation):
    area = prepared(name)
    before = {id(client): len(client.answers) for client in world.clients()}
    check = getattr(area, f"check_{operation}")
    if isinstance(check, NotOffered):
        assert check.shown_by(world), check.reason
    else:
        check(world)
    answers = [answer for client in world.clients() for answer in client.answers[before[id(client)] :]]
    assert all(answer.url.startswith(way.reaches) for answer in answers), [answer.url for answer in answers]
    assert answers or isinstance(check, NotOffered)
    assert not [answer for answer in answers if answer.status in (429, 500)]
