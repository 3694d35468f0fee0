"""What is proved of every area of the API, whatever it is about."""

import uuid
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, Callable

from ways import Client, Refusal, refusal

OPERATIONS = ("list", "page", "get", "create", "update", "delete", "wrong_scope", "wrong_role", "dead_token", "not_found")


@dataclass(frozen=True)
class NotOffered:
    """An operation that Webex does not have for this area, or the Hub does not have on purpose. `shown_by` proves it."""

    reason: str
    shown_by: Callable[["World"], bool]


@dataclass
class World:
    """Who asks, in one of the four ways."""

    admin: Client
    """A Full Admin with every scope."""
    reader: Client
    """An administrator's integration that may only read."""
    narrow: Client
    """An administrator's integration that may only know who signed in."""
    user: Client
    """Somebody with every scope and no role."""
    dead: Client
    stranger: Client
    """The Full Admin of another organization."""
    organization: str
    strangers_organization: str
    domain: str

    @property
    def api(self):
        return self.admin.api

    def clients(self) -> list[Client]:
        return [self.admin, self.reader, self.narrow, self.user, self.dead, self.stranger]


def fresh(what: str = "Trial") -> str:
    return f"{what} {uuid.uuid4().hex[:8]}"


class Area(ABC):
    """An area as wxc-sdk offers it. An id is whatever the area's own calls take, also several values.

    A mark is what a change shows by: the name, as a rule.
    """

    name: str
    small_pages: dict[str, int] = {"max": 3}
    # Whether errors carry `message` and `trackingId` where the SDK looks for them.
    sdk_reads_errors = True
    # How often deleting once more is refused.
    deleted_again = 404

    def prepare(self, world: World) -> None:
        """Looks up what the calls need, once for each way."""

    @abstractmethod
    def all(self, client: Client, world: World, **paging) -> list: ...

    @abstractmethod
    def id_of(self, entry) -> Any: ...

    @abstractmethod
    def one(self, client: Client, world: World, identifier) -> Any: ...

    @abstractmethod
    def mark(self, one) -> Any: ...

    @abstractmethod
    def make(self, client: Client, world: World) -> tuple[Any, Any]:
        """Makes one; its id and its mark."""

    @abstractmethod
    def change(self, client: Client, world: World, identifier) -> tuple[Any, Any]:
        """Changes one without having read it; its id, which may be another, and its mark."""

    @abstractmethod
    def drop(self, client: Client, world: World, identifier) -> None: ...

    @abstractmethod
    def nobody(self, world: World) -> Any:
        """An id of the right form that nothing has."""

    def entry_mark(self, entry) -> Any:
        """The mark where a list shows it."""
        return self.mark(entry)

    def is_listed(self, world: World, identifier, mark) -> bool:
        return identifier in [self.id_of(entry) for entry in self.all(world.admin, world)]

    def theirs(self, world: World) -> Any:
        """An id of another organization."""
        return self.id_of(self.all(world.stranger, world)[0])

    # The operations.

    def check_list(self, world: World) -> None:
        entries = self.all(world.admin, world)
        identifiers = [self.id_of(entry) for entry in entries]
        assert identifiers and len(set(identifiers)) == len(identifiers)
        assert all(self.entry_mark(entry) for entry in entries)

    def check_page(self, world: World) -> None:
        whole = [self.id_of(entry) for entry in self.all(world.admin, world)]
        pages = []
        asked = world.admin.asks(lambda: pages.extend(self.id_of(entry) for entry in self.all(world.admin, world, **self.small_pages)))
        assert pages == whole
        (size,) = self.small_pages.values()
        assert asked >= 2 and asked in (-(-len(whole) // size), len(whole) // size + 1)

    def check_get(self, world: World) -> None:
        entries = self.all(world.admin, world)
        for entry in (entries[0], entries[-1]):
            assert self.mark(self.one(world.admin, world, self.id_of(entry))) == self.entry_mark(entry)

    def check_create(self, world: World) -> None:
        identifier, mark = self.make(world.admin, world)
        try:
            assert self.mark(self.one(world.admin, world, identifier)) == mark
            assert self.is_listed(world, identifier, mark)
        finally:
            self.drop(world.admin, world, identifier)

    def check_update(self, world: World) -> None:
        identifier, before = self.make(world.admin, world)
        try:
            identifier, after = self.change(world.admin, world, identifier)
            assert after != before
            assert self.mark(self.one(world.admin, world, identifier)) == after
        finally:
            self.drop(world.admin, world, identifier)

    def check_delete(self, world: World) -> None:
        identifier, mark = self.make(world.admin, world)
        self.drop(world.admin, world, identifier)
        self.is_gone(world, identifier)
        assert not self.is_listed(world, identifier, mark)
        self.refused(self.deleted_again, lambda: self.drop(world.admin, world, identifier))

    def is_gone(self, world: World, identifier) -> None:
        self.refused(404, lambda: self.one(world.admin, world, identifier))

    def check_wrong_scope(self, world: World) -> None:
        for call in [*self.reads(world.narrow, world), *self.writes(world.narrow, world), *self.writes(world.reader, world)]:
            self.refused(403, call)

    def check_wrong_role(self, world: World) -> None:
        for call in self.writes(world.user, world):
            self.refused(403, call)

    def check_dead_token(self, world: World) -> None:
        for call in [*self.reads(world.dead, world), *self.writes(world.dead, world)]:
            self.refused(401, call)

    def check_not_found(self, world: World) -> None:
        for identifier in (self.nobody(world), self.theirs(world)):
            for call in self.by_id(world.admin, world, identifier):
                self.refused(404, call)
        # They have it still.
        self.one(world.stranger, world, self.theirs(world))

    def reads(self, client: Client, world: World) -> list[Callable]:
        return [lambda: self.all(client, world), lambda: self.one(client, world, self.some(world))]

    def writes(self, client: Client, world: World) -> list[Callable]:
        calls = [] if self.lacks("create") else [lambda: self.make(client, world)]
        return calls + self.by_id(client, world, self.some(world))[1:]

    def by_id(self, client: Client, world: World, identifier) -> list[Callable]:
        calls = [lambda: self.one(client, world, identifier)]
        if not self.lacks("update"):
            calls.append(lambda: self.change(client, world, identifier))
        if not self.lacks("delete"):
            calls.append(lambda: self.drop(client, world, identifier))
        return calls

    def lacks(self, operation: str) -> bool:
        return isinstance(getattr(self, f"check_{operation}"), NotOffered)

    def some(self, world: World) -> Any:
        """An id that exists."""
        found = getattr(self, "_some", None)
        if found is None:
            found = self._some = self.id_of(self.all(world.admin, world)[0])
        return found

    def refused(self, status: int, call: Callable) -> Refusal:
        why = refusal(call)
        assert why.status == status, why
        if self.sdk_reads_errors:
            assert why.message and why.tracking_id, why
        return why
