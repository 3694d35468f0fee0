"""wxc-sdk in its strict mode over the stock of numbers: list, page, counts, add, activate, remove, validate, offer."""

import asyncio

import pytest
from wxc_sdk import WebexSimpleApi
from wxc_sdk.as_api import AsWebexSimpleApi
from wxc_sdk.common import NumberState, OwnerType, ValidatePhoneNumberStatusState
from wxc_sdk.person_settings.available_numbers import AvailableNumber
from wxc_sdk.rest import RestError
from wxc_sdk.telephony import NumberListPhoneNumberType, NumberType
from wxc_sdk.telephony.jobs import NumberItem

NEW = ["+16175550190", "+16175550191"]
ELSEWHERE = "Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OLzdiMGMxYTUyLTVmN2UtNGEwZS05YTU1LTlkNmY1ZjFiMGEwMQ"


@pytest.fixture(scope="module")
def everything(api):
    return list(api.telephony.phone_numbers())


@pytest.fixture(scope="module")
def location(api):
    """A location in the United States that has calling."""
    calling = {location.location_id for location in api.telephony.location.list()}
    return next(place for place in api.locations.list() if place.location_id in calling and place.address.country == "US")


def statuses(*calls):
    """The status code that each call is refused with."""
    for call in calls:
        with pytest.raises(RestError) as refused:
            call()
        yield refused.value.response.status_code


def test_the_whole_inventory_over_pages(api, everything):
    requests = []
    identifier = api.session.register_response_callback(lambda response, _: requests.append(response.url))
    paged = list(api.telephony.phone_numbers(max=500))
    api.session.unregister_response_callback(identifier)
    assert len(requests) == -(-len(everything) // 500)
    assert [entry.phone_number or entry.esn for entry in paged] == [entry.phone_number or entry.esn for entry in everything]
    numbers = [entry.phone_number for entry in everything if entry.phone_number]
    assert len(numbers) == len(set(numbers)) and numbers == sorted(numbers)
    extensions = [(entry.location.id, entry.extension) for entry in everything if entry.extension]
    assert len(extensions) == len(set(extensions))
    assert sum(entry.main_number for entry in everything) == len(list(api.telephony.location.list()))


def test_people_own_what_the_people_api_says(api, everything):
    owned = {entry.owner.owner_id: entry for entry in everything if entry.owner and entry.owner.owner_type == OwnerType.people}
    people = [person for person in api.people.list(calling_data=True) if person.location_id]
    assert len(owned) == len(people) > 3000
    for person in people:
        entry = owned[person.person_id]
        assert (entry.extension, entry.location.id) == (person.extension, person.location_id)
        assert entry.owner.last_name == person.last_name
        assert entry.phone_number is None or entry.phone_number == person.tn.value


def test_filters(api, everything, location):
    heidi = next(api.people.list(display_name="Heidi Harper"))
    find = api.telephony.phone_numbers
    for query, wanted in (
        ({"owner_id": heidi.person_id}, lambda entry: entry.owner and entry.owner.owner_id == heidi.person_id),
        ({"location_id": location.location_id}, lambda entry: entry.location.id == location.location_id),
        ({"available": True}, lambda entry: entry.owner is None),
        ({"assigned": True}, lambda entry: entry.owner and entry.phone_number),
        ({"state": NumberState.inactive}, lambda entry: entry.state == NumberState.inactive),
        ({"number_type": NumberType.extension}, lambda entry: entry.phone_number is None),
        ({"owner_type": OwnerType.hunt_group}, lambda entry: entry.owner and entry.owner.owner_type == OwnerType.hunt_group),
        ({"owner_name": "Heidi Harper"}, lambda entry: entry.owner and entry.owner.display_name == "Heidi Harper"),
        (
            {"phone_number_type": NumberListPhoneNumberType.alternate},
            lambda entry: entry.phone_number_type == NumberListPhoneNumberType.alternate,
        ),
        ({"toll_free_numbers": True}, lambda entry: entry.toll_free_number),
        ({"reserved_number": True}, lambda entry: False),
        ({"elin_enabled": True}, lambda entry: False),
    ):
        found = {entry.phone_number or entry.esn for entry in find(**query)}
        assert found == {entry.phone_number or entry.esn for entry in everything if wanted(entry)}, query
    one = next(entry.phone_number for entry in everything if entry.phone_number)
    assert [entry.phone_number for entry in find(phone_number=one)] == [one]
    by_name = [entry.owner.last_name for entry in find(order="lastName", owner_type=OwnerType.people, location_id=location.location_id)]
    assert by_name and len(by_name) > 1


def test_combinations_that_the_platform_refuses(api):
    find = api.telephony.phone_numbers
    refused = statuses(
        lambda: list(find(number_type=NumberType.extension, available=True)),
        lambda: list(find(number_type=NumberType.extension, state=NumberState.active)),
        lambda: list(find(reserved_number=True, available=True)),
        lambda: list(find(reserved_number=True, assigned=False)),
        lambda: list(find(order="size")),
    )
    assert list(refused) == [400] * 5


def test_counts(api, everything):
    counts = api.telephony.phone_number_details()
    assert counts.total == len(everything)
    assert counts.extension_only == sum(entry.phone_number is None for entry in everything)
    assert counts.un_assigned == counts.available == sum(entry.owner is None for entry in everything)
    assert counts.assigned == counts.total - counts.extension_only - counts.un_assigned
    assert counts.in_active == sum(entry.state == NumberState.inactive for entry in everything) > 0
    assert (counts.mobile_number, counts.reserved_number, counts.elin) == (0, 0, 0)


def test_numbers_are_added_activated_and_removed(api, location):
    stock, at = api.telephony.location.number, location.location_id
    assert stock.add(location_id=at, phone_numbers=NEW).errors == []
    try:
        states = lambda: {entry.state for number in NEW for entry in api.telephony.phone_numbers(phone_number=number)}  # noqa: E731
        assert states() == {NumberState.inactive}
        stock.activate(location_id=at, phone_numbers=NEW)
        assert states() == {NumberState.active}
        # Once more is passed over.
        assert stock.add(location_id=at, phone_numbers=NEW).errors == []
        another = next(place for place in api.telephony.location.list() if place.location_id != at)
        errors = stock.add(location_id=another.location_id, phone_numbers=[NEW[0], "call me"]).errors
        assert {error.number for error in errors} == {NEW[0], "call me"}
        assert all(error.error_message and error.error_code for error in errors)
        offered = list(api.telephony.location.phone_numbers(location_id=at, phone_number=NEW))
        assert [number.phone_number for number in offered] == NEW
    finally:
        stock.remove(location_id=at, phone_numbers=NEW)
    assert list(api.telephony.phone_numbers(phone_number=NEW[0])) == []
    with pytest.raises(RestError) as gone:
        stock.remove(location_id=at, phone_numbers=NEW)
    assert gone.value.response.status_code == 400 and "not in the stock" in gone.value.detail.message


def test_what_somebody_has_stays(api, everything):
    owned = next(entry for entry in everything if entry.owner and entry.phone_number)
    main = next(entry for entry in everything if entry.main_number)
    for entry in (owned, main):
        with pytest.raises(RestError) as refused:
            api.telephony.location.number.remove(location_id=entry.location.id, phone_numbers=[entry.phone_number])
        assert refused.value.response.status_code == 409


def test_numbers_and_extensions_are_validated(api, everything):
    known = next(entry.phone_number for entry in everything if entry.phone_number)
    answer = api.telephony.validate_phone_numbers(phone_numbers=[NEW[0], NEW[0], known, "nonsense"])
    assert not answer.ok
    states = ValidatePhoneNumberStatusState
    assert [number.state for number in answer.phone_numbers] == [
        states.available,
        states.duplicate_in_list,
        states.duplicate,
        states.invalid,
    ]
    assert api.telephony.validate_phone_numbers(phone_numbers=NEW).ok
    taken = next(entry for entry in everything if entry.extension)
    assert api.telephony.validate_extensions(extensions=["2001"]).status == "OK"
    at_location = api.telephony.location.validate_extensions(location_id=taken.location.id, extensions=[taken.extension])
    assert at_location.status == "ERRORS" and at_location.extension_status[0].state == "DUPLICATE"


def test_available_numbers(api, location):
    heidi = next(api.people.list(display_name="Heidi Harper"))
    at, telephony = location.location_id, api.telephony
    people = api.person_settings.available_numbers
    free = list(people.primary(location_id=at))
    assert free and all(isinstance(number, AvailableNumber) and number.owner is None for number in free)
    for unassigned in (
        people.secondary(entity_id=heidi.person_id),
        people.fax_message(entity_id=heidi.person_id),
        telephony.virtual_lines.available_numbers.available(location_id=at),
        api.workspace_settings.available_numbers.available(location_id=at),
        telephony.huntgroup.primary_available_phone_numbers(location_id=at),
        telephony.huntgroup.alternate_available_phone_numbers(location_id=at),
        telephony.callqueue.primary_available_phone_numbers(location_id=at),
        telephony.auto_attendant.primary_available_phone_numbers(location_id=at),
    ):
        numbers = list(unassigned)
        assert numbers and all(number.owner is None for number in numbers)
    for assigned in (
        people.call_forward(entity_id=heidi.person_id),
        people.ecbn(entity_id=heidi.person_id),
        people.call_intercept(entity_id=heidi.person_id),
        telephony.huntgroup.forward_available_phone_numbers(location_id=at),
        telephony.location.ecbn_available_phone_numbers(location_id=at),
    ):
        numbers = list(assigned)
        assert numbers and all(number.owner for number in numbers)
    assert any(number.is_main_number for number in telephony.location.phone_numbers(location_id=at))
    assert list(telephony.location.charge_number_available_phone_numbers(location_id=at))


def test_a_job_moves_numbers(api, location):
    at = location.location_id
    target = next(
        place
        for place in api.locations.list()
        if place.location_id != at
        and place.address.country == "US"
        and place.location_id in {calling.location_id for calling in api.telephony.location.list()}
    )
    api.telephony.location.number.add(location_id=at, phone_numbers=NEW)
    holder = at
    try:
        jobs = api.telephony.jobs.manage_numbers
        job = jobs.initiate_job(
            operation="MOVE",
            number_list=[NumberItem(location_id=at, numbers=[*NEW, "+16175550192"])],
            target_location_id=target.location_id,
        )
        holder = target.location_id
        assert (job.latest_execution_status, job.counts.numbers_moved, job.counts.numbers_failed) == ("COMPLETED", 2, 1)
        assert jobs.status(job_id=job.id) == job
        assert job.id in {known.id for known in jobs.list()}
        errors = list(jobs.errors(job_id=job.id))
        assert [error.item for error in errors] == ["+16175550192"]
        with pytest.raises(RestError) as finished:
            jobs.pause(job_id=job.id)
        assert finished.value.response.status_code == 409
        assert {entry.location.id for number in NEW for entry in api.telephony.phone_numbers(phone_number=number)} == {holder}
    finally:
        api.telephony.location.number.remove(location_id=holder, phone_numbers=NEW)


def test_the_same_asynchronously(admin_token, everything, location):
    async def all_of_it():
        async with AsWebexSimpleApi(tokens=admin_token) as asynchronous:
            telephony = asynchronous.telephony
            listed = await telephony.phone_numbers(max=1000)
            counts = await telephony.phone_number_details()
            await telephony.location.number.add(location_id=location.location_id, phone_numbers=["+16175550195"])
            await telephony.location.number.activate(location_id=location.location_id, phone_numbers=["+16175550195"])
            found = await telephony.phone_numbers(phone_number="+16175550195")
            await telephony.location.number.remove(location_id=location.location_id, phone_numbers=["+16175550195"])
            return listed, counts, found

    listed, counts, found = asyncio.run(all_of_it())
    assert len(listed) == len(everything) == counts.total
    assert [entry.state for entry in found] == [NumberState.active]


def test_the_users_synch_integration_reads_and_does_not_write(demonstration, location, everything):
    granted = demonstration.integration_token("users-synch", "Priya Raman")
    with WebexSimpleApi(tokens=granted.access_token, retry_429=False) as integration:
        assert len(list(integration.telephony.phone_numbers())) == len(everything)
        stock = integration.telephony.location.number
        refused = statuses(
            lambda: stock.activate(location_id=location.location_id, phone_numbers=NEW),
            lambda: stock.remove(location_id=location.location_id, phone_numbers=NEW),
            lambda: stock.add(location_id=location.location_id, phone_numbers=NEW),
            lambda: integration.telephony.validate_phone_numbers(phone_numbers=NEW),
        )
        assert list(refused) == [403] * 4


def test_wrong_and_dead_tokens(demonstration):
    own = demonstration.integration_token("single-sign-on", "Priya Raman")
    with WebexSimpleApi(tokens=own.access_token, retry_429=False) as other_scope:
        assert list(statuses(lambda: list(other_scope.telephony.phone_numbers()))) == [403]
    with WebexSimpleApi(tokens="garbage", retry_429=False) as garbage:
        assert list(statuses(lambda: list(garbage.telephony.phone_numbers()))) == [401]
    with WebexSimpleApi(tokens=demonstration.personal_token("Heidi Harper"), retry_429=False) as user:
        assert list(statuses(lambda: list(user.telephony.phone_numbers()))) == [403]


def test_what_is_not_there_and_what_is_anothers(api, demonstration):
    other = demonstration.facts["organizations"][1]["id"]
    refused = statuses(
        lambda: list(api.telephony.phone_numbers(location_id=ELSEWHERE)),
        lambda: api.telephony.location.number.activate(location_id=ELSEWHERE, phone_numbers=NEW),
        lambda: list(api.telephony.location.phone_numbers(location_id=ELSEWHERE)),
        lambda: list(api.telephony.phone_numbers(org_id=other)),
        lambda: api.telephony.phone_number_details(org_id=other),
    )
    assert list(refused) == [404] * 5
