"""Auto attendants and location schedules through wxc-sdk in its strict mode, synchronously and asynchronously."""

import asyncio
import datetime
import uuid

import pytest
from wxc_sdk import WebexSimpleApi
from wxc_sdk.as_api import AsWebexSimpleApi
from wxc_sdk.common import AnnAudioFile, Greeting, MediaFileType
from wxc_sdk.common.schedules import (
    Event,
    RecurYearlyByDate,
    RecurYearlyByDay,
    Recurrence,
    Schedule,
    ScheduleDay,
    ScheduleMonth,
    ScheduleType,
    ScheduleWeek,
)
from wxc_sdk.rest import RestError
from wxc_sdk.telephony.autoattendant import (
    AutoAttendant,
    AutoAttendantAction,
    AutoAttendantKeyConfiguration,
    AutoAttendantMenu,
    Dialing,
    MenuKey,
)
from wxc_sdk.telephony.forwarding import CallForwarding, ForwardingRuleDetails


def name(what: str) -> str:
    return f"{what} {uuid.uuid4().hex[:8]}"


@pytest.fixture(scope="module")
def main_menu(api):
    """An attendant that the organization has from the first day."""
    return next(attendant for attendant in api.telephony.auto_attendant.list(name="main menu"))


@pytest.fixture(scope="module")
def location(main_menu) -> str:
    return main_menu.location_id


@pytest.fixture(scope="module")
def business_hours(api, location) -> Schedule:
    schedules = api.telephony.schedules.list(obj_id=location, schedule_type=ScheduleType.business_hours)
    return next(schedule for schedule in schedules)


@pytest.fixture
def attendant(api, location, business_hours):
    """A fresh attendant, by the SDK's own helper."""
    extension = free_extension(api, location)
    settings = AutoAttendant.create(name=name("Desk"), business_schedule=business_hours.name, extension=extension)
    made = api.telephony.auto_attendant.create(location_id=location, settings=settings)
    yield api.telephony.auto_attendant.details(location_id=location, auto_attendant_id=made)
    try:
        api.telephony.auto_attendant.delete_auto_attendant(location_id=location, auto_attendant_id=made)
    except RestError as gone:
        assert gone.response.status_code == 404


def free_extension(api, location: str) -> str:
    taken = {attendant.extension for attendant in api.telephony.auto_attendant.list(location_id=location)}
    return next(str(extension) for extension in range(98000, 98999) if str(extension) not in taken)


def test_the_seed_is_listed_over_pages(api):
    attendants = api.telephony.auto_attendant
    every = list(attendants.list())
    assert len(every) == 10, "one at every second of 20 locations"
    requests = []
    identifier = api.session.register_response_callback(lambda response, _: requests.append(response.url))
    paged = list(attendants.list(max=3))
    api.session.unregister_response_callback(identifier)
    assert [attendant.auto_attendant_id for attendant in paged] == [attendant.auto_attendant_id for attendant in every]
    assert len(requests) == 4
    assert all(attendant.location_id and attendant.location_name and attendant.extension for attendant in every)


def test_the_main_menu_leads_to_groups(api, main_menu):
    detail = api.telephony.auto_attendant.details(
        location_id=main_menu.location_id, auto_attendant_id=main_menu.auto_attendant_id
    )
    keys = {key.key: key for key in detail.business_hours_menu.key_configurations}
    assert keys[MenuKey.nine].action == AutoAttendantAction.name_dialing
    first = keys[MenuKey.one]
    groups = [*api.telephony.huntgroup.list(location_id=main_menu.location_id)]
    groups += [*api.telephony.callqueue.list(location_id=main_menu.location_id)]
    assert first.value in {group.extension for group in groups if group.name == first.description}
    assert detail.esn == f"{detail.routing_prefix}{detail.extension}"


def test_an_attendant_is_found(api, attendant, location):
    attendants = api.telephony.auto_attendant
    assert attendants.by_name(attendant.name).auto_attendant_id == attendant.auto_attendant_id
    found = [entry.name for entry in attendants.list(location_id=location, name=attendant.name[:6].upper())]
    assert attendant.name in found
    assert list(attendants.list(name="nobody calls it so")) == []
    main = next(entry for entry in attendants.list(location_id=location) if entry.phone_number)
    assert main.auto_attendant_id in {entry.auto_attendant_id for entry in attendants.list(phone_number=main.phone_number)}


def test_what_was_read_can_be_sent_back(api, main_menu):
    attendants = api.telephony.auto_attendant
    where = {"location_id": main_menu.location_id, "auto_attendant_id": main_menu.auto_attendant_id}
    before = attendants.details(**where)
    attendants.update(**where, settings=before)
    assert attendants.details(**where) == before


def test_every_setting_is_changed(api, attendant, location):
    attendants = api.telephony.auto_attendant
    where = {"location_id": location, "auto_attendant_id": attendant.auto_attendant_id}
    menu = AutoAttendantMenu(
        greeting=Greeting.custom,
        extension_enabled=False,
        audio_announcement_file=AnnAudioFile(file_name="hello.wav", media_file_type=MediaFileType.wav),
        key_configurations=[
            AutoAttendantKeyConfiguration(
                key=MenuKey.one, action=AutoAttendantAction.transfer_without_prompt, description="Sales", value="2041"
            ),
            AutoAttendantKeyConfiguration(key=MenuKey.star, action=AutoAttendantAction.repeat_menu),
        ],
    )
    change = AutoAttendant(
        name=name("Changed"), name_dialing=Dialing.group, time_zone="Europe/Berlin", language_code="de_de", business_hours_menu=menu
    )
    attendants.update(**where, settings=change)
    after = attendants.details(**where)
    assert after.name == change.name and after.name_dialing == Dialing.group and after.extension == attendant.extension
    assert (after.time_zone, after.language_code, after.language) == ("Europe/Berlin", "de_de", "German")
    assert after.business_hours_menu.greeting == Greeting.custom
    assert after.business_hours_menu.key_configurations == menu.key_configurations
    assert after.after_hours_menu == attendant.after_hours_menu
    assert [file.file_name for file in attendants.list_announcement_files(**where)] == ["hello.wav"]
    with pytest.raises(RestError) as refused:
        attendants.delete_announcement_file(**where, file_name="hello.wav")
    assert refused.value.response.status_code == 409
    attendants.update(**where, settings=AutoAttendant(business_hours_menu=AutoAttendantMenu.default()))
    attendants.delete_announcement_file(**where, file_name="hello.wav")
    assert attendants.list_announcement_files(**where) == []


def test_calls_of_an_attendant_are_forwarded(api, attendant, location, business_hours):
    forwarding = api.telephony.auto_attendant.forwarding
    where = {"location_id": location, "feature_id": attendant.auto_attendant_id}
    assert forwarding.settings(**where).always.enabled is False
    settings = CallForwarding.default()
    settings.always.enabled, settings.always.destination = True, "2041"
    forwarding.update(**where, forwarding=settings)
    assert forwarding.settings(**where).always.destination == "2041"
    rule = ForwardingRuleDetails.default(name("Rule"))
    rule.business_schedule = business_hours.name
    rule_id = forwarding.create_call_forwarding_rule(**where, forwarding_rule=rule)
    assert forwarding.call_forwarding_rule(**where, rule_id=rule_id).business_schedule == business_hours.name
    forwarding.delete_call_forwarding_rule(**where, rule_id=rule_id)
    assert forwarding.settings(**where).rules == []


def test_what_is_refused_says_what_to_change(api, attendant, location, business_hours, main_menu):
    attendants = api.telephony.auto_attendant

    def refused(**settings) -> RestError:
        body = AutoAttendant.create(name=name("Never"), business_schedule=business_hours.name, extension="98999")
        for key, value in settings.items():
            setattr(body, key, value)
        with pytest.raises(RestError) as refusal:
            attendants.create(location_id=location, settings=body)
        return refusal.value

    taken = refused(extension=attendant.extension)
    assert taken.response.status_code == 409 and attendant.name in taken.detail.message
    unknown = refused(business_schedule="No such hours")
    assert unknown.response.status_code == 400 and "No such hours" in unknown.detail.message
    assert refused(name=main_menu.name).response.status_code == 409


def test_an_attendant_is_deleted(api, attendant, location):
    attendants = api.telephony.auto_attendant
    where = {"location_id": location, "auto_attendant_id": attendant.auto_attendant_id}
    attendants.delete_auto_attendant(**where)
    for gone in (attendants.details, attendants.delete_auto_attendant):
        with pytest.raises(RestError) as refused:
            gone(**where)
        assert refused.value.response.status_code == 404


def test_schedules_of_a_location_with_their_events(api, location):
    schedules = api.telephony.schedules
    made = Schedule.business(name("Hours"))
    schedule_id = schedules.create(obj_id=location, schedule=made)
    where = {"obj_id": location, "schedule_type": ScheduleType.business_hours}
    read = schedules.details(**where, schedule_id=schedule_id)
    assert read.name == made.name and len(read.events) == 10
    assert {(event.name, event.start_time, event.end_time) for event in read.events} == {
        (event.name, event.start_time, event.end_time) for event in made.events
    }
    listed = list(schedules.list(obj_id=location, name=made.name))
    assert [entry.schedule_id for entry in listed] == [schedule_id]

    # An id holds the name: a new name is a new id.
    read.new_name = name("Renamed")
    new_id = schedules.update(obj_id=location, schedule=read)
    assert new_id != schedule_id
    with pytest.raises(RestError) as refused:
        schedules.details(**where, schedule_id=schedule_id)
    assert refused.value.response.status_code == 404
    where["schedule_id"] = new_id
    assert len(schedules.details(**where).events) == 10

    event = Event(name="Night", start_date=datetime.date(2026, 9, 7), end_date=datetime.date(2026, 9, 8),
                  start_time=datetime.time(20), end_time=datetime.time(6))  # fmt: skip
    event_id = schedules.event_create(**where, event=event)
    shown = schedules.event_details(**where, event_id=event_id)
    assert (shown.start_time, shown.end_time, shown.all_day_enabled) == (datetime.time(20), datetime.time(6), False)
    shown.new_name = "Late"
    late = schedules.event_update(**where, event=shown)
    assert late != event_id and schedules.event_details(**where, event_id=late).name == "Late"
    schedules.event_delete(**where, event_id=late)
    assert "Late" not in {event.name for event in schedules.details(**where).events}
    schedules.delete_schedule(**where)
    assert list(schedules.list(obj_id=location, name=read.new_name)) == []


def test_holidays_repeat_by_date_and_by_day(api, location):
    schedules = api.telephony.schedules
    days = Schedule(name=name("Days"), schedule_type=ScheduleType.holidays)
    day = datetime.date(2026, 12, 25)
    by_date = Recurrence(recur_for_ever=True, recur_yearly_by_date=RecurYearlyByDate.from_date(day))
    by_day = Recurrence(
        recur_for_ever=True,
        recur_yearly_by_day=RecurYearlyByDay(day=ScheduleDay.monday, week=ScheduleWeek.first, month=ScheduleMonth.sep),
    )
    days.events = [
        Event(name="Christmas", start_date=day, end_date=day, all_day_enabled=True, recurrence=by_date),
        Event(name="Labor Day", start_date=datetime.date(2026, 9, 7), end_date=datetime.date(2026, 9, 7),
              all_day_enabled=True, recurrence=by_day),
    ]  # fmt: skip
    where = {"obj_id": location, "schedule_type": ScheduleType.holidays}
    where["schedule_id"] = schedules.create(obj_id=location, schedule=days)
    read = schedules.details(**where)
    assert [event.recurrence for event in read.events] == [by_date, by_day]
    schedules.delete_schedule(**where)


def test_a_schedule_that_is_followed_stays_and_is_followed_under_its_new_name(api, location):
    schedules, attendants = api.telephony.schedules, api.telephony.auto_attendant
    hours = Schedule.business(name("Followed"))
    where = {"obj_id": location, "schedule_type": ScheduleType.business_hours}
    schedule_id = schedules.create(obj_id=location, schedule=hours)
    settings = AutoAttendant.create(
        name=name("Follower"), business_schedule=hours.name, extension=free_extension(api, location)
    )
    made = attendants.create(location_id=location, settings=settings)
    with pytest.raises(RestError) as refused:
        schedules.delete_schedule(**where, schedule_id=schedule_id)
    assert refused.value.response.status_code == 409 and settings.name in refused.value.detail.message
    renamed = Schedule(name=hours.name, new_name=name("Anew"), schedule_type=ScheduleType.business_hours)
    schedule_id = schedules.update(obj_id=location, schedule=renamed, schedule_id=schedule_id)
    detail = attendants.details(location_id=location, auto_attendant_id=made)
    assert detail.business_schedule == renamed.new_name
    attendants.delete_auto_attendant(location_id=location, auto_attendant_id=made)
    schedules.delete_schedule(**where, schedule_id=schedule_id)


def test_the_whole_life_asynchronously(admin_token, location, business_hours):
    async def life():
        async with AsWebexSimpleApi(tokens=admin_token) as api:
            attendants, schedules = api.telephony.auto_attendant, api.telephony.schedules
            taken = {entry.extension for entry in await attendants.list(location_id=location)}
            extension = next(str(number) for number in range(97000, 97999) if str(number) not in taken)
            settings = AutoAttendant.create(
                name=name("Async"), business_schedule=business_hours.name, extension=extension
            )
            made = await attendants.create(location_id=location, settings=settings)
            await attendants.update(
                location_id=location, auto_attendant_id=made, settings=AutoAttendant(dial_by_name="Async")
            )
            detail = await attendants.details(location_id=location, auto_attendant_id=made)
            assert (detail.dial_by_name, detail.extension) == ("Async", extension)
            await attendants.delete_auto_attendant(location_id=location, auto_attendant_id=made)
            with pytest.raises(Exception) as refused:
                await attendants.details(location_id=location, auto_attendant_id=made)
            assert refused.value.status == 404
            listed = await schedules.list(obj_id=location)
            return len(await attendants.list(max=3)), {schedule.schedule_type for schedule in listed}

    count, types = asyncio.run(life())
    assert count == 10 and types == {ScheduleType.business_hours, ScheduleType.holidays}


def refusals(api, location: str, attendant_id: str):
    """A read, a write and both lists, as functions that must be refused."""
    attendants = api.telephony.auto_attendant
    return [
        lambda: list(attendants.list()),
        lambda: attendants.details(location_id=location, auto_attendant_id=attendant_id),
        lambda: attendants.delete_auto_attendant(location_id=location, auto_attendant_id=attendant_id),
        lambda: list(api.telephony.schedules.list(obj_id=location)),
        lambda: api.telephony.schedules.create(obj_id=location, schedule=Schedule.business("Never")),
    ]


@pytest.mark.parametrize(("integration", "status"), [("single-sign-on", 403), (None, 401)])
def test_a_wrong_scope_and_a_dead_token_are_refused(demonstration, main_menu, integration, status):
    if integration:
        token = demonstration.integration_token(integration, "Priya Raman").access_token
    else:
        token = "dead"
    with WebexSimpleApi(tokens=token, retry_429=False) as api:
        for refused_call in refusals(api, main_menu.location_id, main_menu.auto_attendant_id):
            with pytest.raises(RestError) as refused:
                refused_call()
            assert refused.value.response.status_code == status


def test_the_scope_to_read_does_not_write(demonstration, main_menu):
    token = demonstration.integration_token("users-synch", "Priya Raman").access_token
    with WebexSimpleApi(tokens=token, retry_429=False) as api:
        assert len(list(api.telephony.auto_attendant.list())) == 10
        with pytest.raises(RestError) as refused:
            api.telephony.auto_attendant.delete_auto_attendant(
                location_id=main_menu.location_id, auto_attendant_id=main_menu.auto_attendant_id
            )
        assert refused.value.response.status_code == 403


def test_ids_of_nothing_and_of_another_organization_do_not_exist(api, demonstration, main_menu, location):
    attendants = api.telephony.auto_attendant
    nothing = "Y2lzY29zcGFyazovL3VzL0FVVE9fQVRURU5EQU5ULzAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMA"
    nowhere = "Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OLzAwMDAwMDAwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMA"
    stranger = demonstration.facts["organizations"][1]["id"]
    for missing in (
        lambda: attendants.details(location_id=location, auto_attendant_id=nothing),
        lambda: attendants.details(location_id=nowhere, auto_attendant_id=main_menu.auto_attendant_id),
        lambda: list(attendants.list(org_id=stranger)),
        lambda: list(api.telephony.schedules.list(obj_id=nowhere)),
        lambda: api.telephony.schedules.details(
            obj_id=location, schedule_type=ScheduleType.holidays, schedule_id="bm90aGluZw"
        ),
    ):
        with pytest.raises(RestError) as refused:
            missing()
        assert refused.value.response.status_code == 404
