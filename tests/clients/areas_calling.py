"""The areas of calling."""

import base64

from wxc_sdk.common import NumberState, PatternAction, RingPattern
from wxc_sdk.common.schedules import Schedule, ScheduleType
from wxc_sdk.person_settings.forwarding import PersonForwardingSetting
from wxc_sdk.person_settings.numbers import UpdatePersonNumbers, UpdatePersonPhoneNumber
from wxc_sdk.telephony.autoattendant import AutoAttendant
from wxc_sdk.telephony.callqueue import CallQueue
from wxc_sdk.telephony.hg_and_cq import Agent
from wxc_sdk.telephony.huntgroup import HuntGroup

from area import Area, fresh
from areas_directory import hydra_id

# Beyond what the demonstration and the other tests give out.
EXTENSIONS = iter(range(950_000, 999_999))
NUMBERS = iter(f"+1617556{last:04}" for last in range(10_000))


class Calling(Area):
    """Something at a location with calling. Its id is the location's, and its own."""

    def prepare(self, world):
        first = next(iter(world.api.telephony.location.list()))
        self.location = first.location_id

    def all(self, client, world, **paging):
        return list(self.calls(client).list(**paging))

    def mark(self, one):
        return one.name

    def calls(self, client):
        raise NotImplementedError


class HuntGroups(Calling):
    name = "hunt groups"

    def calls(self, client):
        return client.api.telephony.huntgroup

    def id_of(self, entry):
        return entry.location_id, entry.id

    def one(self, client, world, identifier):
        return self.calls(client).details(*identifier)

    def make(self, client, world):
        settings = HuntGroup.create(name=fresh(), extension=str(next(EXTENSIONS)))
        return (self.location, self.calls(client).create(self.location, settings)), settings.name

    def change(self, client, world, identifier):
        name = fresh()
        self.calls(client).update(*identifier, update=HuntGroup(name=name))
        return identifier, name

    def drop(self, client, world, identifier):
        self.calls(client).delete_huntgroup(*identifier)

    def nobody(self, world):
        return self.location, hydra_id("HUNT_GROUP")


class CallQueues(Calling):
    name = "call queues"
    customer_assist = {}

    def calls(self, client):
        return client.api.telephony.callqueue

    def all(self, client, world, **paging):
        return list(self.calls(client).list(**self.customer_assist, **paging))

    def id_of(self, entry):
        return entry.location_id, entry.id

    def one(self, client, world, identifier):
        return self.calls(client).details(*identifier, **self.customer_assist)

    def make(self, client, world):
        settings = CallQueue.create(name=fresh(), agents=self.agents(world), queue_size=10, extension=str(next(EXTENSIONS)))
        return (self.location, self.calls(client).create(self.location, settings, **self.customer_assist)), settings.name

    def agents(self, world) -> list[Agent]:
        return []

    def change(self, client, world, identifier):
        name = fresh()
        self.calls(client).update(*identifier, update=CallQueue(name=name))
        return identifier, name

    def drop(self, client, world, identifier):
        self.calls(client).delete_queue(*identifier)

    def nobody(self, world):
        return self.location, hydra_id("CALL_QUEUE")


class CustomerAssist(CallQueues):
    """Queues with Customer Assist: the same calls with `hasCxEssentials`."""

    name = "Customer Assist"
    small_pages = {"max": 1}
    customer_assist = {"has_cx_essentials": True}

    def check_get(self, world):
        super().check_get(world)
        identifier = self.id_of(self.all(world.admin, world)[0])
        assert self.one(world.admin, world, identifier).has_cx_essentials
        # Who asks for a plain queue does not find one.
        self.refused(404, lambda: self.calls(world.admin).details(*identifier))
        assert identifier not in {self.id_of(entry) for entry in self.calls(world.admin).list()}


class AutoAttendants(Calling):
    name = "auto attendants"

    def prepare(self, world):
        super().prepare(world)
        hours = world.api.telephony.schedules.list(obj_id=self.location, schedule_type=ScheduleType.business_hours)
        self.hours = next(iter(hours)).name

    def calls(self, client):
        return client.api.telephony.auto_attendant

    def id_of(self, entry):
        return entry.location_id, entry.auto_attendant_id

    def one(self, client, world, identifier):
        return self.calls(client).details(*identifier)

    def make(self, client, world):
        settings = AutoAttendant.create(name=fresh(), business_schedule=self.hours, extension=str(next(EXTENSIONS)))
        return (self.location, self.calls(client).create(self.location, settings)), settings.name

    def change(self, client, world, identifier):
        name = fresh()
        self.calls(client).update(*identifier, settings=AutoAttendant(name=name))
        return identifier, name

    def drop(self, client, world, identifier):
        self.calls(client).delete_auto_attendant(*identifier)

    def nobody(self, world):
        return self.location, hydra_id("AUTO_ATTENDANT")


class Schedules(Calling):
    """An id holds the name, so that a new name is a new id."""

    name = "schedules"
    small_pages = {"max": 1}

    def calls(self, client):
        return client.api.telephony.schedules

    def place(self, client, world) -> str:
        if client is world.stranger:
            return next(iter(client.api.telephony.location.list())).location_id
        return self.location

    def all(self, client, world, **paging):
        place = self.place(client, world)
        return [(place, entry) for entry in self.calls(client).list(obj_id=place, **paging)]

    def id_of(self, entry):
        place, schedule = entry
        return place, schedule.schedule_type, schedule.schedule_id

    def entry_mark(self, entry):
        return entry[1].name

    def one(self, client, world, identifier):
        return self.calls(client).details(*identifier)

    def make(self, client, world):
        hours = Schedule.business(fresh("Hours"))
        return (self.location, ScheduleType.business_hours, self.calls(client).create(self.location, hours)), hours.name

    def change(self, client, world, identifier):
        place, kind, schedule_id = identifier
        renamed = Schedule(name="Hours", new_name=fresh("Hours"), schedule_type=kind)
        return (place, kind, self.calls(client).update(place, renamed, schedule_id=schedule_id)), renamed.new_name

    def drop(self, client, world, identifier):
        self.calls(client).delete_schedule(*identifier)

    def nobody(self, world):
        nothing = base64.urlsafe_b64encode(b"nothing").decode().rstrip("=")
        return self.location, ScheduleType.business_hours, nothing


class VirtualLines(Calling):
    name = "virtual lines"

    def calls(self, client):
        return client.api.telephony.virtual_lines

    def id_of(self, entry):
        return entry.id

    def one(self, client, world, identifier):
        return self.calls(client).details(identifier)

    def mark(self, one):
        return one.last_name

    def make(self, client, world):
        name = fresh("Line")
        return self.calls(client).create("Virtual", name, self.location, extension=str(next(EXTENSIONS))), name

    def change(self, client, world, identifier):
        name = fresh("Line")
        self.calls(client).update(identifier, last_name=name)
        return identifier, name

    def drop(self, client, world, identifier):
        self.calls(client).delete(identifier)

    def nobody(self, world):
        return hydra_id("VIRTUAL_LINE")


class Numbers(Calling):
    """The stock of a location: a number is added, activated and removed. It has no address of its own: it is found, or it
    is not; what is not there is the location."""

    name = "numbers"
    small_pages = {"max": 500}
    deleted_again = 400

    def calls(self, client):
        return client.api.telephony.location.number

    def all(self, client, world, **paging):
        return list(client.api.telephony.phone_numbers(**paging))

    def id_of(self, entry):
        return entry.location.id, entry.phone_number or entry.esn or entry.extension

    def one(self, client, world, identifier):
        location, number = identifier
        found = list(client.api.telephony.phone_numbers(location_id=location, phone_number=number))
        return found[0] if len(found) == 1 else None

    def mark(self, one):
        return one.state

    def entry_mark(self, entry):
        return entry.state

    def check_list(self, world):
        entries = self.all(world.admin, world)
        assert entries and len({self.id_of(entry) for entry in entries}) == len(entries)
        assert all(entry.state for entry in entries if entry.phone_number)

    def check_get(self, world):
        with_number = [entry for entry in self.all(world.admin, world) if entry.phone_number]
        for entry in (with_number[0], with_number[-1]):
            assert self.one(world.admin, world, self.id_of(entry)) == entry

    def is_listed(self, world, identifier, mark):
        return self.one(world.admin, world, identifier) is not None

    def is_gone(self, world, identifier):
        assert self.one(world.admin, world, identifier) is None

    def make(self, client, world):
        number = next(NUMBERS)
        self.calls(client).add(location_id=self.location, phone_numbers=[number])
        return (self.location, number), NumberState.inactive

    def change(self, client, world, identifier):
        location, number = identifier
        self.calls(client).activate(location_id=location, phone_numbers=[number])
        return identifier, NumberState.active

    def drop(self, client, world, identifier):
        location, number = identifier
        self.calls(client).remove(location_id=location, phone_numbers=[number])

    def nobody(self, world):
        return hydra_id("LOCATION"), next(NUMBERS)


class PersonCallSettings(Calling):
    """A person has settings from the day of the licence, and nobody lists or deletes them. What comes and goes is an
    alternate number; what is listed is whom a person could monitor; what is changed is the forwarding."""

    name = "person call settings"
    small_pages = {"max": 20}

    def prepare(self, world):
        super().prepare(world)
        self.heidi = next(iter(world.api.people.list(display_name="Heidi Harper", calling_data=True)))

    def calls(self, client):
        return client.api.person_settings

    def all(self, client, world, **paging):
        if client is world.stranger:
            return [person for person in client.api.people.list(calling_data=True) if person.extension]
        monitoring = self.calls(client).monitoring
        return list(monitoring.get_available_members_for_monitoring(self.heidi.person_id, member_name="har", **paging))

    def id_of(self, entry):
        return getattr(entry, "person_id", None) or entry.id

    def some(self, world):
        return self.heidi.person_id

    def one(self, client, world, identifier):
        return self.calls(client).forwarding.read(identifier)

    def mark(self, one):
        return one.call_forwarding.always.destination

    def entry_mark(self, entry):
        return entry.display_name or entry.last_name

    def check_get(self, world):
        settings = self.calls(world.admin)
        for read in (settings.forwarding, settings.voicemail, settings.dnd, settings.call_waiting, settings.caller_id, settings.monitoring, settings.numbers):
            assert read.read(self.heidi.person_id) is not None

    def change(self, client, world, identifier):
        forwarding = PersonForwardingSetting.default()
        forwarding.call_forwarding.always.enabled = True
        forwarding.call_forwarding.always.destination = next(NUMBERS)
        self.calls(client).forwarding.configure(identifier, forwarding)
        return identifier, forwarding.call_forwarding.always.destination

    def check_update(self, world):
        identifier, mark = self.change(world.admin, world, self.some(world))
        assert self.mark(self.one(world.admin, world, identifier)) == mark
        self.calls(world.admin).forwarding.configure(identifier, PersonForwardingSetting.default())
        assert not self.one(world.admin, world, identifier).call_forwarding.always.enabled

    def check_wrong_role(self, world):
        """Heidi may change her own settings, and nobody else's; her numbers are for administrators."""
        someone = self.id_of(self.all(world.admin, world)[0])
        for call in (lambda: self.change(world.user, world, someone), lambda: self.make(world.user, world)):
            self.refused(403, call)

    def make(self, client, world):
        free = world.api.telephony.phone_numbers(location_id=self.heidi.location_id, available=True)
        number = next(entry.phone_number for entry in free if entry.phone_number and not entry.main_number)
        self.alternate(client, self.heidi.person_id, PatternAction.add, number)
        return self.heidi.person_id, number

    def drop(self, client, world, identifier):
        self.alternate(client, identifier, PatternAction.delete, self.numbers(world)[-1])

    def alternate(self, client, person: str, action: PatternAction, number: str) -> None:
        pattern = RingPattern.normal if action == PatternAction.add else None
        line = UpdatePersonPhoneNumber(action=action, external=number, ring_pattern=pattern)
        self.calls(client).numbers.update(person, UpdatePersonNumbers(phone_numbers=[line]))

    def numbers(self, world) -> list[str | None]:
        return [line.direct_number for line in self.calls(world.admin).numbers.read(self.heidi.person_id).phone_numbers]

    def check_create(self, world):
        person, number = self.make(world.admin, world)
        try:
            assert self.numbers(world)[-1] == number
        finally:
            self.drop(world.admin, world, person)

    def check_delete(self, world):
        before = self.numbers(world)
        person, number = self.make(world.admin, world)
        self.alternate(world.admin, person, PatternAction.delete, number)
        assert self.numbers(world) == before
        self.refused(400, lambda: self.alternate(world.admin, person, PatternAction.delete, number))

    def nobody(self, world):
        return hydra_id("PEOPLE")


CALLING = [
    Numbers(),
    HuntGroups(),
    CallQueues(),
    CustomerAssist(),
    AutoAttendants(),
    Schedules(),
    VirtualLines(),
    PersonCallSettings(),
]
