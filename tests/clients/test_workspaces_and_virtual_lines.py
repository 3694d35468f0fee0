"""Workspaces and virtual lines by wxc-sdk in its strict mode, synchronously and asynchronously.

webexpythonsdk has neither: it knows no workspaces and no telephony configuration.
"""

import asyncio
import uuid

import pytest
import requests
import webexpythonsdk
from wxc_sdk import WebexSimpleApi
from wxc_sdk.as_api import AsWebexSimpleApi
from wxc_sdk.common import PatternAction, RingPattern
from wxc_sdk.rest import RestError
from wxc_sdk.telephony import NumberType
from wxc_sdk.workspace_settings.numbers import UpdateWorkspacePhoneNumber
from wxc_sdk.workspaces import (
    Calendar,
    CalendarType,
    CallingType,
    DeviceHostedMeetings,
    HotdeskingStatus,
    Workspace,
    WorkspaceCalling,
    WorkspaceIndoorNavigation,
    WorkspaceSupportedDevices,
    WorkSpaceType,
    WorkspaceWebexCalling,
)


def refused(status: int, deed) -> RestError:
    with pytest.raises(RestError) as error:
        deed()
    assert error.value.response.status_code == status, error.value.response.text
    assert error.value.detail.tracking_id
    return error.value


@pytest.fixture(scope="module")
def location(api):
    """A location with calling."""
    return next(api.telephony.locations.list())


@pytest.fixture
def extension(api, location):
    """Extensions that nobody at the location has."""
    taken = {number.extension for number in api.telephony.phone_numbers(location_id=location.location_id)}
    return (str(number) for number in range(98000, 99999) if str(number) not in taken)


@pytest.fixture
def spare_number(api, location):
    """A number of the location that nobody has."""
    numbers = api.telephony.phone_numbers(location_id=location.location_id, available=True, number_type=NumberType.number)
    return next(number.phone_number for number in numbers if number.state == "ACTIVE")


def licence(api, name: str) -> str:
    return next(licence.license_id for licence in api.licenses.list() if licence.name == name)


def called(location, **numbers) -> WorkspaceCalling:
    return WorkspaceCalling(
        type=CallingType.webex, webex_calling=WorkspaceWebexCalling(location_id=location.location_id, **numbers)
    )


@pytest.fixture
def room(api):
    """A workspace that goes when the test ends."""
    created = api.workspaces.create(Workspace(display_name=f"Room {uuid.uuid4().hex[:8]}", capacity=4))
    yield created
    try:
        api.workspaces.delete_workspace(created.workspace_id)
    except RestError as gone:
        assert gone.response.status_code == 404


def test_all_workspaces_over_pages(api):
    everything = list(api.workspaces.list())
    # Five to ten at each of the twenty locations.
    assert 100 <= len(everything) <= 220
    requested = []
    identifier = api.session.register_response_callback(lambda response, _: requested.append(response.url))
    paged = list(api.workspaces.list(max=40))
    api.session.unregister_response_callback(identifier)
    assert len(requested) == -(-len(everything) // 40)
    assert [workspace.workspace_id for workspace in paged] == [workspace.workspace_id for workspace in everything]
    assert all(workspace.display_name and workspace.sip_address and workspace.created for workspace in everything)


def test_workspaces_are_filtered(api, location):
    here = list(api.workspaces.list(location_id=location.location_id))
    assert here and {workspace.location_id for workspace in here} == {location.location_id}
    phones = list(api.workspaces.list(supported_devices=WorkspaceSupportedDevices.phones))
    assert phones and all(phone.calling.type == CallingType.webex for phone in phones)
    rooms = list(api.workspaces.list(workspace_type=WorkSpaceType.meeting_room, calendar=CalendarType.microsoft))
    assert rooms and all(room.calendar.email_address for room in rooms)
    assert list(api.workspaces.list(capacity=-1))[0].capacity is None
    assert list(api.workspaces.list(display_name="Boardroom"))
    assert list(api.workspaces.list(calling=CallingType.edge_for_devices)) == []
    detailed = next(api.workspaces.list(include_devices=True, include_capabilities=True))
    assert detailed.devices == [] and detailed.capabilities.occupancy_detection.supported is False


def test_the_list_and_one_asynchronously(admin_token):
    async def ask():
        async with AsWebexSimpleApi(tokens=admin_token) as asynchronous:
            workspaces = await asynchronous.workspaces.list(max=50)
            lines = await asynchronous.telephony.virtual_lines.list(max=10)
            one = await asynchronous.workspaces.details(workspaces[0].workspace_id)
            line = await asynchronous.telephony.virtual_lines.details(lines[0].id)
            return workspaces, lines, one, line

    workspaces, lines, one, line = asyncio.run(ask())
    assert len({workspace.workspace_id for workspace in workspaces}) == len(workspaces) >= 100
    assert len({line.id for line in lines}) == len(lines) >= 20
    assert one.display_name == workspaces[0].display_name and line.display_name == lines[0].display_name


def test_a_workspace_is_created_changed_and_deleted(api):
    wanted = Workspace(
        display_name="Quiet Corner",
        workspace_type=WorkSpaceType.focus,
        capacity=2,
        notes="By the window",
        calendar=Calendar(calendar_type=CalendarType.google, email_address="quiet@example.com"),
        hotdesking_status=HotdeskingStatus.on,
        device_hosted_meetings=DeviceHostedMeetings(enabled=True),
        indoor_navigation=WorkspaceIndoorNavigation(url="https://maps.example.com/2"),
    )
    created = api.workspaces.create(wanted)
    try:
        assert created.calling.type == CallingType.free
        assert created.indoor_navigation.url == "https://maps.example.com/2"
        assert api.workspaces.details(created.workspace_id, include_devices=False) == created
        created.display_name, created.capacity, created.notes = "Quiet Room", 3, None
        changed = api.workspaces.update(created.workspace_id, created)
        assert (changed.display_name, changed.capacity, changed.notes) == ("Quiet Room", 3, None)
        assert changed.calendar.email_address == "quiet@example.com"
        assert api.workspaces.capabilities(created.workspace_id).hot_desking.configured is True
    finally:
        api.workspaces.delete_workspace(created.workspace_id)
    refused(404, lambda: api.workspaces.details(created.workspace_id))
    refused(404, lambda: api.workspaces.delete_workspace(created.workspace_id))


def test_a_workspace_gets_calling_numbers_and_a_licence(api, room, location, extension, spare_number):
    number, inner = spare_number, next(extension)
    before = {licence.name: licence for licence in api.licenses.list()}
    room.calling = called(location, phone_number=number, extension=inner)
    calling = api.workspaces.update(room.workspace_id, room)
    assert calling.calling.type == CallingType.webex and calling.location_id == location.location_id
    assert calling.calling.webex_calling.licenses == [licence(api, "Webex Calling - Workspaces")]
    after = {licence.name: licence for licence in api.licenses.list()}
    name = "Webex Calling - Workspaces"
    assert after[name].consumed_by_workspaces == before[name].consumed_by_workspaces + 1
    assert after[name].consumed_units == before[name].consumed_units + 1
    numbers = api.workspace_settings.numbers.read(room.workspace_id)
    assert [(line.external, line.extension, line.primary) for line in numbers.phone_numbers] == [(number, inner, True)]
    assert numbers.location.name == location.name and numbers.workspace.id == room.workspace_id
    owner = next(api.telephony.phone_numbers(phone_number=number)).owner
    assert owner.owner_type == "PLACE" and owner.owner_id == room.workspace_id
    # What was read can be sent back: numbers and licence stay.
    again = api.workspaces.update(room.workspace_id, calling)
    assert again.calling == calling.calling
    again.calling = WorkspaceCalling(type=CallingType.none)
    assert api.workspaces.update(room.workspace_id, again).calling.type == CallingType.none
    refused(400, lambda: api.workspace_settings.numbers.read(room.workspace_id))


def test_alternate_numbers_of_a_professional_workspace(api, room, location, extension, spare_number):
    inner = next(extension)
    room.calling = called(location, extension=inner, licenses=[licence(api, "Webex Calling - Professional")])
    api.workspaces.update(room.workspace_id, room)
    line = UpdateWorkspacePhoneNumber(action=PatternAction.add, direct_number=spare_number, ring_pattern=RingPattern.normal)
    api.workspace_settings.numbers.update(room.workspace_id, [line], distinctive_ring_enabled=True)
    numbers = api.workspace_settings.numbers.read(room.workspace_id)
    assert numbers.distinctive_ring_enabled is True
    assert [line.external for line in numbers.phone_numbers] == [None, spare_number]
    line.action, line.ring_pattern = PatternAction.delete, None
    api.workspace_settings.numbers.update(room.workspace_id, [line])
    assert len(api.workspace_settings.numbers.read(room.workspace_id).phone_numbers) == 1


def test_workspaces_refuse_what_cannot_be(api, room, location, extension):
    person = next(person for person in api.people.list(calling_data=True, location_id=location.location_id) if person.extension)
    taken = refused(409, lambda: api.workspaces.create(Workspace(display_name="X", calling=called(location, extension=person.extension))))
    assert "is taken" in taken.detail.message
    elsewhere = refused(400, lambda: api.workspaces.create(Workspace(display_name="X", calling=called(location, phone_number="+12025550199"))))
    assert "+12025550199" in elsewhere.detail.message
    refused(400, lambda: api.workspaces.create(Workspace(display_name="")))
    refused(400, lambda: api.workspaces.create(Workspace(display_name="X", calling=called(location))))
    refused(400, lambda: api.workspaces.create(Workspace(display_name="X", calling=called(location, extension=next(extension), licenses=[licence(api, "Messaging")]))))
    refused(400, lambda: list(api.workspaces.list(workspace_type="ballroom")))
    room.supported_devices = WorkspaceSupportedDevices.phones
    body = room.update_or_create(for_update=False)
    refused(400, lambda: api.session.rest_put(api.session.ep(f"workspaces/{room.workspace_id}"), json=body))


def test_a_site_of_meetings_is_more_than_the_sdk_knows(api, room):
    """Webex documents deviceHostedMeetings.siteUrl; the model of wxc-sdk has `enabled` alone, so its strict mode refuses it."""
    url = api.session.ep(f"workspaces/{room.workspace_id}")
    body = {"displayName": room.display_name, "deviceHostedMeetings": {"enabled": True, "siteUrl": "site.webex.example"}}
    assert api.session.rest_put(url, json=body)["deviceHostedMeetings"]["siteUrl"] == "site.webex.example"
    with pytest.raises(ValueError, match="siteUrl"):
        api.workspaces.details(room.workspace_id)


def test_all_virtual_lines_over_pages(api):
    everything = list(api.telephony.virtual_lines.list())
    assert 20 <= len(everything) <= 45
    assert all(line.number.extension and line.location.name for line in everything)
    paged = list(api.telephony.virtual_lines.list(max=7))
    assert [line.id for line in paged] == [line.id for line in everything]


def test_virtual_lines_are_filtered_and_ordered(api):
    lines = api.telephony.virtual_lines
    everything = list(lines.list())
    first, second = everything[0], next(line for line in everything if line.location.id != everything[0].location.id)
    both = list(lines.list(location_id=[first.location.id, second.location.id]))
    assert {line.location.id for line in both} == {first.location.id, second.location.id}
    assert list(lines.list(location_id=[first.location.id, second.location.id], max=1)) == both
    assert {line.id for line in lines.list(id=[first.id, second.id])} == {first.id, second.id}
    assert first.id in {line.id for line in lines.list(owner_name=[first.last_name])}
    assert first.id in {line.id for line in lines.list(location_name=[first.location.name])}
    numbered = list(lines.list(has_dn_assigned=True))
    assert numbered and all(line.number.external for line in numbered)
    assert [line.id for line in lines.list(phone_number=[numbered[0].number.external])] == [numbered[0].id]
    assert list(lines.list(has_device_assigned=True)) == []
    names = [line.first_name for line in lines.list(order=["firstName-desc"])]
    assert names == sorted(names, reverse=True)
    refused(400, lambda: list(lines.list(order=["colour"])))


def test_a_virtual_line_is_created_changed_and_deleted(api, location, extension, spare_number):
    lines = api.telephony.virtual_lines
    inner = next(extension)
    created = lines.create("Dock", "Office", location.location_id, phone_number=spare_number, extension=inner)
    try:
        details = lines.details(created)
        assert details.display_name == "Dock Office" and details.number.external == spare_number
        assert details.location.address.country and details.devices == [] and details.directory_search_enabled is True
        assert lines.get_phone_number(created).direct_number == spare_number
        assert lines.assigned_devices(created).devices == []
        assert lines.dect_networks(created) == []
        lines.update(created, last_name="Desk", extension=next(extension), time_zone="America/Denver")
        lines.update_directory_search(created, enabled=False)
        details = lines.details(created)
        assert (details.last_name, details.time_zone, details.directory_search_enabled) == ("Desk", "America/Denver", False)
        assert details.number.external == spare_number and details.number.extension != inner
        owner = next(api.telephony.phone_numbers(phone_number=spare_number)).owner
        assert owner.owner_type == "VIRTUAL_LINE" and owner.owner_id == created
        taken = refused(409, lambda: lines.create("A", "B", location.location_id, phone_number=spare_number))
        assert "is taken" in taken.detail.message
    finally:
        lines.delete(created)
    refused(404, lambda: lines.details(created))
    refused(404, lambda: lines.update(created, last_name="X"))
    refused(400, lambda: lines.create("A", "B", location.location_id))
    refused(400, lambda: lines.create("A", "B", f"{uuid.uuid4()}", extension="98001"))


def test_another_organizations_objects_are_not_found(api, demonstration):
    other = next(one for one in demonstration.facts["organizations"] if one["name"] != demonstration.organization["name"])
    person = next(one for one in demonstration.facts["people"] if one["organization"] == other["name"])
    with WebexSimpleApi(tokens=demonstration.personal_token(person["name"]), retry_429=False) as stranger:
        theirs = list(stranger.workspaces.list())
        lines = list(stranger.telephony.virtual_lines.list())
        assert len(theirs) == 2 and len(lines) == 1
    workspace, line = theirs[0].workspace_id, lines[0].id
    refused(404, lambda: api.workspaces.details(workspace))
    refused(404, lambda: api.workspaces.update(workspace, Workspace(display_name="Mine")))
    refused(404, lambda: api.workspaces.delete_workspace(workspace))
    refused(404, lambda: api.workspace_settings.numbers.read(workspace))
    refused(404, lambda: api.telephony.virtual_lines.details(line))
    refused(404, lambda: api.telephony.virtual_lines.delete(line))
    refused(404, lambda: list(api.workspaces.list(org_id=theirs[0].org_id)))
    refused(404, lambda: list(api.telephony.virtual_lines.list(org_id=theirs[0].org_id)))


def test_a_scope_opens_what_it_names(demonstration, api):
    granted = demonstration.integration_token("users-synch", "Priya Raman")
    with WebexSimpleApi(tokens=granted.access_token, retry_429=False) as synch:
        workspace = next(synch.workspaces.list())
        line = next(synch.telephony.virtual_lines.list())
        refused(403, lambda: synch.workspaces.create(Workspace(display_name="X")))
        refused(403, lambda: synch.workspaces.delete_workspace(workspace.workspace_id))
        refused(403, lambda: synch.telephony.virtual_lines.delete(line.id))
    granted = demonstration.integration_token("single-sign-on", "Priya Raman")
    with WebexSimpleApi(tokens=granted.access_token, retry_429=False) as person:
        refused(403, lambda: list(person.workspaces.list()))
        refused(403, lambda: list(person.telephony.virtual_lines.list()))
    with WebexSimpleApi(tokens=demonstration.personal_token("Heidi Harper"), retry_429=False) as person:
        refused(403, lambda: list(person.workspaces.list()))
        refused(403, lambda: person.telephony.virtual_lines.details(line.id))
    assert api.workspaces.details(workspace.workspace_id).display_name == workspace.display_name


def test_a_dead_token_opens_nothing(demonstration):
    with WebexSimpleApi(tokens="garbage", retry_429=False) as dead:
        refused(401, lambda: list(dead.workspaces.list()))
        refused(401, lambda: list(dead.telephony.virtual_lines.list()))
        refused(401, lambda: dead.workspaces.create(Workspace(display_name="X")))
    for path in ("/workspaces", "/telephony/config/virtualLines"):
        assert requests.get(demonstration.api + path).status_code == 401


def test_webexpythonsdk_has_neither(demonstration, admin_token):
    """When it learns them, its test belongs here."""
    webex = webexpythonsdk.WebexAPI(access_token=admin_token, base_url=demonstration.api + "/")
    assert not hasattr(webex, "workspaces") and not hasattr(webex, "telephony")
    # Its session carries the calls nevertheless.
    page = webex._session.get("workspaces", params={"max": 3})
    assert len(page["items"]) == 3
