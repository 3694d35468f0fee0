"""A person's call settings, by wxc-sdk in strict mode, synchronous and asynchronous."""

import asyncio

import pytest
from wxc_sdk import WebexSimpleApi
from wxc_sdk.as_api import AsWebexSimpleApi
from wxc_sdk.as_rest import AsRestError
from wxc_sdk.common import PatternAction, RingPattern, UserType
from wxc_sdk.person_settings.caller_id import CallerIdSelectedType
from wxc_sdk.person_settings.dnd import DND
from wxc_sdk.person_settings.forwarding import CallForwardingAlways, CallForwardingNoAnswer, PersonForwardingSetting
from wxc_sdk.person_settings.monitoring import (
    MonitoredElement,
    MonitoredElementMember,
    MonitoredElementSpeedDial,
    Monitoring,
)
from wxc_sdk.person_settings.numbers import UpdatePersonNumbers, UpdatePersonPhoneNumber
from wxc_sdk.person_settings.voicemail import VoicemailSettings
from wxc_sdk.rest import RestError

STRANGER = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMGRlYWQ"


@pytest.fixture(scope="module")
def heidi(api, demonstration):
    return next(iter(api.people.list(email=demonstration.person("Heidi Harper")["email"], calling_data=True)))


def status_of(call) -> tuple[int, str]:
    with pytest.raises(RestError) as refused:
        call()
    return refused.value.response.status_code, refused.value.detail.message


def test_forwarding_is_read_changed_and_set_back(api, heidi):
    forwarding = api.person_settings.forwarding.read(heidi.person_id)
    assert not forwarding.call_forwarding.always.enabled
    assert forwarding.call_forwarding.no_answer.system_max_number_of_rings == 20
    forwarding.call_forwarding.always = CallForwardingAlways(
        enabled=True, destination="+16175550199", destination_voicemail_enabled=False, ring_reminder_enabled=True
    )
    forwarding.call_forwarding.no_answer = CallForwardingNoAnswer(enabled=False, number_of_rings=7)
    api.person_settings.forwarding.configure(heidi.person_id, forwarding)
    after = api.person_settings.forwarding.read(heidi.person_id)
    assert after.call_forwarding.always == forwarding.call_forwarding.always
    assert after.call_forwarding.no_answer.number_of_rings == 7
    api.person_settings.forwarding.configure(heidi.person_id, PersonForwardingSetting.default())
    assert not api.person_settings.forwarding.read(heidi.person_id).call_forwarding.always.enabled


def test_voicemail_as_the_sdk_knows_its_defaults(api, heidi):
    read = api.person_settings.voicemail.read(heidi.person_id)
    default = VoicemailSettings.default()
    assert read.send_unanswered_calls.number_of_rings == default.send_unanswered_calls.number_of_rings
    assert read.message_storage.storage_type == default.message_storage.storage_type
    read.send_all_calls.enabled = True
    read.email_copy_of_message.enabled = True
    read.email_copy_of_message.email_id = "heidi@example.com"
    api.person_settings.voicemail.configure(heidi.person_id, read)
    after = api.person_settings.voicemail.read(heidi.person_id)
    assert after.send_all_calls.enabled and after.email_copy_of_message.email_id == "heidi@example.com"
    api.person_settings.voicemail.configure(heidi.person_id, default)
    assert not api.person_settings.voicemail.read(heidi.person_id).send_all_calls.enabled


def test_do_not_disturb_and_call_waiting(api, heidi):
    api.person_settings.dnd.configure(heidi.person_id, DND(enabled=True, ring_splash_enabled=True))
    dnd = api.person_settings.dnd.read(heidi.person_id)
    assert dnd.enabled and dnd.ring_splash_enabled and dnd.webex_go_override_enabled is False
    api.person_settings.dnd.configure(heidi.person_id, DND(enabled=False, ring_splash_enabled=False))
    assert api.person_settings.call_waiting.read(heidi.person_id) is True
    api.person_settings.call_waiting.configure(heidi.person_id, False)
    assert api.person_settings.call_waiting.read(heidi.person_id) is False
    api.person_settings.call_waiting.configure(heidi.person_id, True)


def test_caller_id(api, heidi):
    caller_id = api.person_settings.caller_id.read(heidi.person_id)
    assert caller_id.selected in caller_id.caller_id_types
    assert caller_id.extension_number == heidi.extension
    assert (caller_id.first_name, caller_id.last_name) == ("Heidi", "Harper")
    caller_id.block_in_forward_calls_enabled = True
    api.person_settings.caller_id.configure_settings(heidi.person_id, caller_id)
    assert api.person_settings.caller_id.read(heidi.person_id).block_in_forward_calls_enabled is True
    api.person_settings.caller_id.configure(heidi.person_id, selected=CallerIdSelectedType.location_number)
    assert api.person_settings.caller_id.read(heidi.person_id).selected == CallerIdSelectedType.location_number


def test_numbers_come_and_go(api, heidi, demonstration):
    numbers = api.person_settings.numbers.read(heidi.person_id)
    assert numbers.phone_numbers[0].primary and numbers.phone_numbers[0].extension == heidi.extension
    free = next(
        number.phone_number
        for number in api.telephony.phone_numbers(location_id=heidi.location_id, available=True)
        if number.phone_number and not number.main_number
    )
    change = UpdatePersonPhoneNumber(action=PatternAction.add, external=free, ring_pattern=RingPattern.long_long)
    api.person_settings.numbers.update(heidi.person_id, UpdatePersonNumbers(phone_numbers=[change]))
    numbers = api.person_settings.numbers.read(heidi.person_id)
    assert numbers.phone_numbers[-1].direct_number == free and numbers.phone_numbers[-1].ring_pattern == RingPattern.long_long
    change = UpdatePersonPhoneNumber(action=PatternAction.delete, external=free)
    api.person_settings.numbers.update(heidi.person_id, UpdatePersonNumbers(phone_numbers=[change]))
    assert all(number.direct_number != free for number in api.person_settings.numbers.read(heidi.person_id).phone_numbers)


def test_monitoring_people_workspaces_and_virtual_lines(api, heidi):
    members = list(api.person_settings.monitoring.get_available_members_for_monitoring(heidi.person_id, max=50))
    assert heidi.person_id not in {member.id for member in members}
    chosen = [next(member for member in members if member.type == kind) for kind in UserType]
    elements = [MonitoredElement(member=MonitoredElementMember(member_id=member.id)) for member in chosen]
    elements.append(MonitoredElement(speed_dial=MonitoredElementSpeedDial(phone_number="+16175550177", line_key_label="Taxi")))
    settings = Monitoring(call_park_notification_enabled=True, monitored_elements=elements)
    api.person_settings.monitoring.configure(heidi.person_id, settings)
    read = api.person_settings.monitoring.read(heidi.person_id)
    assert read.call_park_notification_enabled and read.available_entries_count == 46
    assert [member.member_id for member in read.monitored_members] == [member.id for member in chosen]
    assert {member.member_type for member in read.monitored_members} == set(UserType)
    assert all(member.location_id and member.numbers for member in read.monitored_members)
    assert read.monitored_elements[-1].speed_dial.line_key_label == "Taxi"
    left = list(api.person_settings.monitoring.get_available_members_for_monitoring(heidi.person_id))
    assert not {member.id for member in chosen} & {member.id for member in left}
    dials = list(api.person_settings.monitoring.get_available_speed_dials_for_monitoring(heidi.person_id))
    assert {member.id for member in chosen} <= {member.id for member in dials}
    api.person_settings.monitoring.configure(heidi.person_id, Monitoring(monitored_elements=[]))
    assert api.person_settings.monitoring.read(heidi.person_id).monitored_elements == []


def test_where_a_person_answers(api, heidi):
    answer = api.person_settings.preferred_answer.read(heidi.person_id)
    assert (answer.endpoints, answer.preferred_answer_endpoint_id) == ([], None)
    api.person_settings.preferred_answer.modify(heidi.person_id, None)
    code, sentence = status_of(lambda: api.person_settings.preferred_answer.modify(heidi.person_id, "phone"))
    assert code == 400 and "no endpoint of Heidi Harper" in sentence


def test_own_settings_by_own_scopes(demonstration):
    with WebexSimpleApi(tokens=demonstration.personal_token("Heidi Harper"), retry_429=False) as own:
        me = own.people.me().person_id
        own.person_settings.dnd.configure(me, DND(enabled=True))
        assert own.me.dnd.settings().enabled
        own.me.dnd.configure(DND(enabled=False))
        assert not own.person_settings.dnd.read(me).enabled
        assert own.me.forwarding.settings() == own.person_settings.forwarding.read(me)
        assert status_of(lambda: own.person_settings.monitoring.read(me))[0] == 403


def test_refusals(api, heidi, demonstration):
    dead = WebexSimpleApi(tokens="A" * 64, retry_429=False)
    assert status_of(lambda: dead.person_settings.forwarding.read(heidi.person_id))[0] == 401
    granted = demonstration.integration_token("single-sign-on", "Priya Raman")
    with WebexSimpleApi(tokens=granted.access_token, retry_429=False) as narrow:
        assert status_of(lambda: narrow.person_settings.forwarding.read(heidi.person_id))[0] == 403
    assert status_of(lambda: api.person_settings.forwarding.read(STRANGER))[0] == 404
    forwarding = PersonForwardingSetting.default()
    forwarding.call_forwarding.busy.enabled = True
    forwarding.call_forwarding.busy.destination = "the desk"
    code, sentence = status_of(lambda: api.person_settings.forwarding.configure(heidi.person_id, forwarding))
    assert code == 400 and sentence.startswith("callForwarding.busy.destination must be")


def test_without_calling_the_code_says_so(api):
    everybody = api.people.list(calling_data=True)
    without = next(person for person in everybody if not person.extension and not person.phone_numbers)
    with pytest.raises(RestError) as refused:
        api.person_settings.dnd.read(without.person_id)
    assert refused.value.response.status_code == 404
    assert refused.value.detail.error_code == 4410


def test_asynchronously(admin_token, heidi):
    asyncio.run(everything_once(admin_token, heidi))


async def everything_once(admin_token, heidi):
    async with AsWebexSimpleApi(tokens=admin_token, retry_429=False) as api:
        settings = api.person_settings
        await settings.dnd.configure(heidi.person_id, DND(enabled=True))
        assert (await settings.dnd.read(heidi.person_id)).enabled
        await settings.dnd.configure(heidi.person_id, DND(enabled=False))
        for read in (settings.forwarding.read, settings.voicemail.read, settings.caller_id.read, settings.monitoring.read, settings.numbers.read):
            await read(heidi.person_id)
        members = await settings.monitoring.get_available_members_for_monitoring(heidi.person_id, member_name="a")
        assert members
        with pytest.raises(AsRestError) as refused:
            await settings.forwarding.read(STRANGER)
        assert refused.value.status == 404
