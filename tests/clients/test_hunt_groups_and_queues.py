"""Hunt groups, call queues and their forwarding as wxc-sdk uses them, in its strict mode, waiting and not."""

import asyncio
import base64
import uuid

import pytest
from wxc_sdk import WebexSimpleApi
from wxc_sdk.as_api import AsWebexSimpleApi
from wxc_sdk.common import AlternateNumber, Greeting, RingPattern
from wxc_sdk.rest import RestError
from wxc_sdk.telephony.callqueue import CallBounce, CallQueue, CallQueueCallPolicies, OverflowAction, QueueSettings
from wxc_sdk.telephony.callqueue.agents import AgentCallQueueSetting
from wxc_sdk.telephony.callqueue.policies import CPActionType, StrandedCallsAction
from wxc_sdk.telephony.forwarding import (
    CallForwardingNumber,
    CallForwardingNumberType,
    ForwardingRuleDetails,
    ForwardTo,
    ForwardToSelection,
)
from wxc_sdk.telephony.hg_and_cq import Agent, Policy
from wxc_sdk.telephony.huntgroup import HGCallPolicies, HuntGroup, NoAnswer


@pytest.fixture(scope="module")
def location(api):
    """The first location with calling and people."""
    return next(api.telephony.location.list())


@pytest.fixture(scope="module")
def people(api, location):
    """Ids of people with calling there."""
    available = api.telephony.callqueue.agents  # the SDK has no method for availableAgents of its own
    answer = api.session.rest_get(available.ep("availableAgents"), params={"locationId": location.location_id, "max": 5})
    assert len(answer["agents"]) == 5
    return [agent["id"] for agent in answer["agents"] if agent["type"] == "PEOPLE"]


def name() -> str:
    return f"Trial {uuid.uuid4().hex[:8]}"


EXTENSIONS = iter(range(49_000, 49_999))


def extension() -> str:
    return str(next(EXTENSIONS))


@pytest.fixture
def hunt_group(api, location, people):
    """A hunt group with two agents."""
    settings = HuntGroup(name=name(), extension=extension(), agents=[Agent(agent_id=person) for person in people[:2]])
    group_id = api.telephony.huntgroup.create(location_id=location.location_id, settings=settings)
    yield group_id
    try:
        api.telephony.huntgroup.delete_huntgroup(location.location_id, group_id)
    except RestError as error:
        assert error.response.status_code == 404


@pytest.fixture
def queue(api, location, people):
    """A queue with three agents."""
    settings = CallQueue(
        name=name(),
        extension=extension(),
        call_policies=CallQueueCallPolicies.default(),
        queue_settings=QueueSettings.default(queue_size=10),
        agents=[Agent(agent_id=person) for person in people[:3]],
    )
    queue_id = api.telephony.callqueue.create(location_id=location.location_id, settings=settings)
    yield queue_id
    try:
        api.telephony.callqueue.delete_queue(location.location_id, queue_id)
    except RestError as error:
        assert error.response.status_code == 404


def refused(call) -> RestError:
    with pytest.raises(RestError) as error:
        call()
    assert error.value.detail.message and error.value.detail.tracking_id
    return error.value


def test_lists_come_whole_and_in_pages(api):
    for feature, own in ((api.telephony.huntgroup, "Reception"), (api.telephony.callqueue, "Customer Service")):
        whole = list(feature.list())
        assert len(whole) >= 10
        assert [entry.id for entry in feature.list(max=3)] == [entry.id for entry in whole]
        assert all(entry.extension and entry.location_name and entry.esn for entry in whole)
        named = list(feature.list(name=own))
        assert named and all(own in entry.name for entry in named)
        somewhere = whole[0].location_id
        assert {entry.location_id for entry in feature.list(location_id=somewhere)} == {somewhere}
        assert whole[0].id in {entry.id for entry in feature.list(phone_number=whole[0].extension)}
        for entry in whole[:5]:
            ids = {"huntgroup_id": entry.id} if feature is api.telephony.huntgroup else {"queue_id": entry.id}
            details = feature.details(location_id=entry.location_id, **ids)
            assert details.name == entry.name and details.agents


def test_a_hunt_group_is_read_changed_and_deleted(api, location, people, hunt_group):
    feature = api.telephony.huntgroup
    at = {"location_id": location.location_id, "huntgroup_id": hunt_group}
    before = feature.details(**at)
    assert [agent.agent_id for agent in before.agents] == people[:2]
    assert before.call_policies.policy == Policy.circular
    # What was read can be sent back as it is.
    feature.update(**at, update=before)
    assert feature.details(**at) == before
    feature.update(**at, update=HuntGroup(enabled=False))
    feature.update(**at, update=HuntGroup(call_policies=HGCallPolicies(policy=Policy.uniform)))
    no_answer = NoAnswer(forward_enabled=True, destination="49001", number_of_rings=7)
    feature.update(**at, update=HuntGroup(call_policies=HGCallPolicies(no_answer=no_answer)))
    feature.update(**at, update=HuntGroup(agents=[Agent(agent_id=people[2])]))
    after = feature.details(**at)
    assert (after.enabled, after.call_policies.policy) == (False, Policy.uniform)
    assert (after.call_policies.no_answer.destination, after.call_policies.no_answer.number_of_rings) == ("49001", 7)
    assert [agent.agent_id for agent in after.agents] == [people[2]]
    assert after.name == before.name and after.extension == before.extension
    feature.delete_huntgroup(location.location_id, hunt_group)
    assert refused(lambda: feature.details(**at)).response.status_code == 404


def test_a_hunt_group_is_copied_as_the_sdk_copies_it(api, location, hunt_group):
    feature = api.telephony.huntgroup
    original = feature.details(location.location_id, hunt_group)
    settings = original.model_copy(deep=True)
    settings.name, settings.extension, settings.phone_number = name(), extension(), ""
    copy_id = feature.create(location_id=location.location_id, settings=settings)
    copy = feature.details(location.location_id, copy_id)
    feature.delete_huntgroup(location.location_id, copy_id)
    copy.name, copy.id, copy.extension, copy.esn, copy.last_name = (
        original.name, original.id, original.extension, original.esn, original.last_name
    )
    assert copy == original


def test_numbers_come_from_the_stock_of_the_location(api, location, hunt_group):
    feature = api.telephony.huntgroup
    at = {"location_id": location.location_id, "huntgroup_id": hunt_group}
    free = [number for number in api.telephony.phone_numbers(location_id=location.location_id, available=True) if number.phone_number]
    feature.update(**at, update=HuntGroup(phone_number=free[0].phone_number))
    alternates = [AlternateNumber(phone_number=free[1].phone_number, ring_pattern=RingPattern.long_long)]
    feature.update(**at, update=HuntGroup(alternate_numbers=alternates))
    details = feature.details(**at)
    assert details.phone_number == free[0].phone_number
    assert details.alternate_numbers[0].ring_pattern == RingPattern.long_long
    owned = list(api.telephony.phone_numbers(phone_number=free[0].phone_number))
    assert owned[0].owner.owner_id == hunt_group
    other = next(place for place in api.telephony.location.list() if place.location_id != location.location_id)
    elsewhere = next(n for n in api.telephony.phone_numbers(location_id=other.location_id, available=True) if n.phone_number)
    error = refused(lambda: feature.update(**at, update=HuntGroup(phone_number=elsewhere.phone_number)))
    assert error.response.status_code == 400 and elsewhere.phone_number in error.detail.message


def test_refusals_say_what_to_change(api, location, people, hunt_group):
    feature = api.telephony.huntgroup
    taken = feature.details(location.location_id, hunt_group)

    def create(**members):
        settings = HuntGroup(**({"name": name(), "extension": extension(), "agents": []} | members))
        return lambda: feature.create(location_id=location.location_id, settings=settings)

    assert refused(create(extension=taken.extension)).response.status_code == 409
    assert "name" in refused(create(name=taken.name)).detail.message
    assert refused(create(name=taken.name)).response.status_code == 409
    nobody = next(person for person in api.people.list(calling_data=True, max=100) if not person.location_id)
    error = refused(create(agents=[Agent(agent_id=nobody.person_id)]))
    assert error.response.status_code == 400 and f"{nobody.display_name} has no calling licence" in error.detail.message
    queue = CallQueue.create(name=name(), agents=[], queue_size=251, extension=extension())
    error = refused(lambda: api.telephony.callqueue.create(location_id=location.location_id, settings=queue))
    assert error.response.status_code == 400 and "queueSettings.queueSize" in error.detail.message
    queue = CallQueue(name=name(), extension=extension(), call_policies=CallQueueCallPolicies.default(), agents=[])
    error = refused(lambda: api.telephony.callqueue.create(location_id=location.location_id, settings=queue))
    assert error.detail.message == "queueSettings is missing."


def test_a_queue_is_read_changed_and_deleted(api, location, people, queue):
    feature = api.telephony.callqueue
    at = {"location_id": location.location_id, "queue_id": queue}
    before = feature.details(**at)
    assert before.queue_settings.queue_size == 10
    assert before.queue_settings.overflow.audio_announcement_files == []
    assert before.queue_settings.welcome_message.greeting == Greeting.default
    feature.update(**at, update=before)
    assert feature.details(**at) == before
    feature.update(**at, update=CallQueue(call_policies=CallQueueCallPolicies(call_bounce=CallBounce(enabled=False))))
    room = QueueSettings(queue_size=42)
    room.overflow = before.queue_settings.overflow.model_copy(
        update={"action": OverflowAction.transfer_to_phone_number, "transfer_number": "49001"}
    )
    feature.update(**at, update=CallQueue(queue_settings=room))
    after = feature.details(**at)
    assert after.call_policies.call_bounce.enabled is False
    assert after.queue_settings.queue_size == 42 and after.queue_settings.overflow.is_transfer_number_set
    assert after.agents == before.agents
    feature.delete_queue(**at)
    assert refused(lambda: feature.details(**at)).response.status_code == 404


def test_customer_assist_queues(api, location, people):
    feature = api.telephony.callqueue
    seeded = list(feature.list(has_cx_essentials=True))
    assert seeded and all(entry.has_cx_essentials for entry in seeded)
    assert not {entry.id for entry in seeded} & {entry.id for entry in feature.list()}
    settings = CallQueue.create(name=name(), agents=[Agent(agent_id=people[0])], queue_size=5, extension=extension())
    queue_id = feature.create(location_id=location.location_id, settings=settings, has_cx_essentials=True)
    details = feature.details(location.location_id, queue_id, has_cx_essentials=True)
    assert details.has_cx_essentials and details.queue_settings.auto_answer_enabled is False
    assert refused(lambda: feature.details(location.location_id, queue_id)).response.status_code == 404
    feature.delete_queue(location.location_id, queue_id)


def test_agents_over_their_queues(api, location, people, queue):
    feature = api.telephony.callqueue.agents
    agents = list(feature.list(queue_id=queue))
    assert {agent.id for agent in agents} == set(people[:3])
    everybody = list(feature.list())
    assert [agent.id for agent in feature.list(max=7)] == [agent.id for agent in everybody]
    details = feature.details(people[0])
    assert queue in {entry.id for entry in details.queues}
    feature.update_call_queue_settings(people[0], [AgentCallQueueSetting(queue_id=queue, join_enabled=False)])
    details = feature.details(people[0])
    assert [entry.join_enabled for entry in details.queues if entry.id == queue] == [False]
    assert details.agent.unjoin_count >= 1
    settings = api.telephony.callqueue.get_call_queue_settings()
    settings.maintain_queue_position_for_sim_ring_enabled = True
    api.telephony.callqueue.update_call_queue_settings(settings)
    assert api.telephony.callqueue.get_call_queue_settings() == settings


def test_the_services_of_a_queue(api, location, queue):
    policy, at = api.telephony.callqueue.policy, (location.location_id, queue)
    holiday = policy.holiday_service_details(*at)
    holiday.action, holiday.transfer_phone_number = CPActionType.transfer, "49001"
    policy.holiday_service_update(*at, holiday)
    assert policy.holiday_service_details(*at) == holiday
    night = policy.night_service_detail(*at)
    night.night_service_enabled = night.force_night_service_enabled = True
    policy.night_service_update(*at, night)
    assert policy.night_service_detail(*at) == night
    stranded = policy.stranded_calls_details(*at)
    stranded.action = StrandedCallsAction.ringing
    policy.stranded_calls_update(*at, stranded)
    assert policy.stranded_calls_details(*at) == stranded
    forced = policy.forced_forward_details(*at)
    forced.forced_forward_enabled, forced.transfer_phone_number = True, "49001"
    policy.forced_forward_update(*at, forced)
    assert policy.forced_forward_details(*at) == forced
    assert list(api.telephony.callqueue.announcement.list(*at)) == []
    # A defect of the SDK: it deletes by the bare session of `requests`, which never raises.
    api.telephony.callqueue.announcement.delete_announcement(*at, "hello.wav")
    path = f"telephony/config/locations/{at[0]}/queues/{queue}/announcements/hello.wav"
    error = refused(lambda: api.session.rest_delete(api.session.ep(path)))
    assert error.response.status_code == 404


@pytest.mark.parametrize("kind", ["hunt_group", "queue"])
def test_forwarding(api, location, kind, request):
    feature = api.telephony.huntgroup if kind == "hunt_group" else api.telephony.callqueue
    forwarding, at = feature.forwarding, (location.location_id, request.getfixturevalue(kind))
    settings = forwarding.settings(*at)
    assert settings.rules == [] and settings.always.enabled is False
    settings.always.enabled, settings.always.destination = True, "49001"
    forwarding.update(*at, settings)
    assert forwarding.settings(*at).always.destination == "49001"
    rule = ForwardingRuleDetails.default("Night")
    rule.forward_to = ForwardTo(selection=ForwardToSelection.specified_number, phone_number="49002")
    rule.calls_to.numbers = [CallForwardingNumber(phone_number="+16175550100", type=CallForwardingNumberType.primary)]
    rule_id = forwarding.create_call_forwarding_rule(*at, rule)
    read = forwarding.call_forwarding_rule(*at, rule_id)
    assert read.name == "Night" and read.forward_to.phone_number == "49002"
    read.name = "Evening"
    renamed = forwarding.update_call_forwarding_rule(*at, rule_id, read)
    assert renamed != rule_id, "a rule's id is made of its name"
    listed = forwarding.settings(*at).rules
    assert [(entry.id, entry.name, entry.forward_to) for entry in listed] == [(renamed, "Evening", "49002")]
    forwarding.delete_call_forwarding_rule(*at, renamed)
    assert forwarding.settings(*at).rules == []
    error = refused(lambda: forwarding.switch_mode_for_call_forwarding(*at))
    assert error.response.status_code == 400


def test_both_without_waiting(admin_token, location, people):
    async def journey():
        async with AsWebexSimpleApi(tokens=admin_token) as api:
            feature = api.telephony.huntgroup
            settings = HuntGroup(name=name(), extension=extension(), agents=[Agent(agent_id=people[0])])
            group_id = await feature.create(location_id=location.location_id, settings=settings)
            await feature.update(location.location_id, group_id, update=HuntGroup(enabled=False))
            details = await feature.details(location.location_id, group_id)
            assert details.enabled is False
            assert group_id in {entry.id for entry in await feature.list(max=5)}
            await feature.delete_huntgroup(location.location_id, group_id)
            with pytest.raises(Exception) as gone:
                await feature.details(location.location_id, group_id)
            assert "404" in str(gone.value)
            queues = await api.telephony.callqueue.list(max=4)
            assert len(queues) >= 10
            first = await api.telephony.callqueue.details(queues[0].location_id, queues[0].id)
            assert first.agents
            assert await api.telephony.callqueue.agents.list(max=50)

    asyncio.run(journey())


def test_who_may_not(api, demonstration, location, hunt_group):
    feature = "huntgroup"
    with WebexSimpleApi(tokens="garbage", retry_429=False) as dead:
        error = refused(lambda: list(getattr(dead.telephony, feature).list()))
        assert error.response.status_code == 401
    granted = demonstration.integration_token("users-synch", "Priya Raman")
    with WebexSimpleApi(tokens=granted.access_token, retry_429=False) as reader:
        assert list(reader.telephony.huntgroup.list())
        error = refused(lambda: reader.telephony.huntgroup.delete_huntgroup(location.location_id, hunt_group))
        assert error.response.status_code == 403
    granted = demonstration.integration_token("single-sign-on", "Priya Raman")
    with WebexSimpleApi(tokens=granted.access_token, retry_429=False) as other:
        for call in (lambda: list(other.telephony.huntgroup.list()), lambda: list(other.telephony.callqueue.list())):
            assert refused(call).response.status_code == 403
    with WebexSimpleApi(tokens=demonstration.personal_token("Heidi Harper"), retry_429=False) as user:
        assert refused(lambda: list(user.telephony.callqueue.list())).response.status_code == 403


def test_what_is_not_there(api, location, hunt_group):
    nothing = base64.urlsafe_b64encode(f"ciscospark://us/HUNT_GROUP/{uuid.uuid4()}".encode()).decode().rstrip("=")
    error = refused(lambda: api.telephony.huntgroup.details(location.location_id, nothing))
    assert error.response.status_code == 404
    assert error.detail.message == "The requested resource could not be found."
    other = next(place for place in api.telephony.location.list() if place.location_id != location.location_id)
    assert refused(lambda: api.telephony.huntgroup.details(other.location_id, hunt_group)).response.status_code == 404
    foreign = base64.urlsafe_b64encode(f"ciscospark://us/ORGANIZATION/{uuid.uuid4()}".encode()).decode().rstrip("=")
    error = refused(lambda: list(api.telephony.huntgroup.list(org_id=foreign)))
    assert error.response.status_code == 404
