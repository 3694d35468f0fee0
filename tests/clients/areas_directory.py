"""The areas of the directory: who and what an organization has."""

import base64
import uuid
from typing import Any

from wxc_sdk.groups import Group
from wxc_sdk.locations import Location
from wxc_sdk.people import Person
from wxc_sdk.scim.groups import ScimGroup
from wxc_sdk.scim.users import PatchUserOperation, PatchUserOperationOp, ScimUser, UserTypeObject
from wxc_sdk.workspaces import Workspace

from area import Area, NotOffered, World, fresh
from ways import refusal


def hydra_id(kind: str, identifier: str | None = None) -> str:
    """An id as Webex writes it; of nothing, unless a UUID is given."""
    return base64.urlsafe_b64encode(f"ciscospark://us/{kind}/{identifier or uuid.uuid4()}".encode()).decode().rstrip("=")


def refuses_the_method(path: str, *methods: str):
    """Webex has no such operation, and the Hub refuses the method itself; the SDK has nothing to call for it."""

    def shown(world: World) -> bool:
        session = world.api.session
        calls = {
            "POST": lambda: session.rest_post(session.ep(path), json={}),
            "PUT": lambda: session.rest_put(session.ep(f"{path}/{uuid.uuid4()}"), json={}),
            "DELETE": lambda: session.rest_delete(session.ep(f"{path}/{uuid.uuid4()}")),
        }
        return all(refusal(calls[method]).status in (404, 405, 501) for method in methods)

    return shown


class People(Area):
    name = "people"
    # The medium organization has 5000.
    small_pages = {"max": 500}

    def all(self, client, world, **paging):
        return list(client.api.people.list(**({"max": 1000} | paging)))

    def id_of(self, entry):
        return entry.person_id

    def one(self, client, world, identifier):
        return client.api.people.details(person_id=identifier)

    def mark(self, one):
        return one.display_name

    def is_listed(self, world, identifier, mark):
        return [person.person_id for person in world.api.people.list(display_name=mark)] == [identifier]

    def make(self, client, world):
        person = Person(emails=[f"{uuid.uuid4().hex[:12]}@{world.domain}"], display_name=fresh("Zoë"), first_name="Zoë", last_name="Müller")
        return client.api.people.create(person).person_id, person.display_name

    def change(self, client, world, identifier):
        person = Person(person_id=identifier, emails=[f"{uuid.uuid4().hex[:12]}@{world.domain}"], display_name=fresh("Zoë"), last_name="Wood")
        assert client.api.people.update(person).display_name == person.display_name
        return identifier, person.display_name

    def drop(self, client, world, identifier):
        client.api.people.delete_person(identifier)

    def nobody(self, world):
        return hydra_id("PEOPLE")


class Locations(Area):
    name = "locations"

    def all(self, client, world, **paging):
        return list(client.api.locations.list(**paging))

    def id_of(self, entry):
        return entry.location_id

    def one(self, client, world, identifier):
        return client.api.locations.details(identifier)

    def mark(self, one):
        return one.name

    def make(self, client, world):
        name = fresh("Site")
        address = {"address1": "1 Main Street", "city": "Boston", "state": "MA", "postal_code": "02110", "country": "US"}
        language = {"preferred_language": "en_US", "announcement_language": "en_us"}
        return client.api.locations.create(name=name, time_zone="America/New_York", **language, **address), name

    def change(self, client, world, identifier):
        name = fresh("Site")
        client.api.locations.update(identifier, Location(name=name))
        return identifier, name

    def drop(self, client, world, identifier):
        client.api.locations.delete(identifier)

    def nobody(self, world):
        return hydra_id("LOCATION")


class Workspaces(Area):
    name = "workspaces"
    small_pages = {"max": 40}

    def all(self, client, world, **paging):
        return list(client.api.workspaces.list(**paging))

    def id_of(self, entry):
        return entry.workspace_id

    def one(self, client, world, identifier):
        return client.api.workspaces.details(identifier)

    def mark(self, one):
        return one.display_name

    def make(self, client, world):
        created = client.api.workspaces.create(Workspace(display_name=fresh("Room"), capacity=4))
        return created.workspace_id, created.display_name

    def change(self, client, world, identifier):
        changed = client.api.workspaces.update(identifier, Workspace(display_name=fresh("Room"), capacity=6))
        return identifier, changed.display_name

    def drop(self, client, world, identifier):
        client.api.workspaces.delete_workspace(identifier)

    def nobody(self, world):
        return hydra_id("PLACE")


class Groups(Area):
    name = "groups"
    small_pages = {"count": 3}

    def all(self, client, world, **paging):
        return list(client.api.groups.list(**paging))

    def id_of(self, entry):
        return entry.group_id

    def one(self, client, world, identifier):
        return client.api.groups.details(identifier, include_members=True)

    def mark(self, one):
        return one.display_name

    def make(self, client, world):
        created = client.api.groups.create(Group(display_name=fresh("Pilots")))
        return created.group_id, created.display_name

    def change(self, client, world, identifier):
        changed = client.api.groups.update(identifier, Group(display_name=fresh("Pilots")))
        return identifier, changed.display_name

    def drop(self, client, world, identifier):
        client.api.groups.delete_group(identifier)

    def nobody(self, world):
        return str(uuid.uuid4())


class ScimArea(Area):
    """wxc-sdk wants `message` and `trackingId` at the top of every error; SCIM's are of another form, and the SDK hands
    them on unread."""

    sdk_reads_errors = False

    def organization_of(self, client, world) -> str:
        return world.strangers_organization if client is world.stranger else world.organization

    def id_of(self, entry):
        return entry.id

    def mark(self, one):
        return one.display_name

    def nobody(self, world):
        return str(uuid.uuid4())

    def drop(self, client, world, identifier):
        self.calls(client).delete(self.organization_of(client, world), identifier)

    def one(self, client, world, identifier):
        return self.calls(client).details(self.organization_of(client, world), identifier)

    def calls(self, client) -> Any:
        raise NotImplementedError


class ScimUsers(ScimArea):
    name = "SCIM users"
    small_pages = {"count": 500}

    def calls(self, client):
        return client.api.scim.users

    def all(self, client, world, **paging):
        return list(self.calls(client).search_all(self.organization_of(client, world), **({"count": 1000} | paging)))

    def is_listed(self, world, identifier, mark):
        found = self.calls(world.admin).search(world.organization, filter=f'displayName eq "{mark}"')
        return [user.id for user in found.resources or []] == [identifier]

    def make(self, client, world):
        user = ScimUser(user_name=f"{uuid.uuid4().hex[:12]}@{world.domain}", user_type=UserTypeObject.user, display_name=fresh("Zoë"))
        return self.calls(client).create(world.organization, user).id, user.display_name

    def change(self, client, world, identifier):
        name = fresh("Zoë")
        change = PatchUserOperation(op=PatchUserOperationOp.replace, path="displayName", value=name)
        self.calls(client).patch(world.organization, identifier, [change])
        return identifier, name


class ScimGroups(ScimArea):
    name = "SCIM groups"
    small_pages = {"count": 3}

    def calls(self, client):
        return client.api.scim.groups

    def all(self, client, world, **paging):
        return list(self.calls(client).search_all(self.organization_of(client, world), **paging))

    def make(self, client, world):
        created = self.calls(client).create(world.organization, ScimGroup(display_name=fresh("Pilots")))
        return created.id, created.display_name

    def change(self, client, world, identifier):
        replaced = self.calls(client).update(world.organization, ScimGroup(id=identifier, display_name=fresh("Pilots")))
        return identifier, replaced.display_name


class Fixed(Area):
    """What an organization has from Webex, and nobody makes through the API."""

    def all(self, client, world, **paging):
        return self.calls(client).list(**paging)

    def one(self, client, world, identifier):
        return self.calls(client).details(identifier)

    def calls(self, client) -> Any:
        raise NotImplementedError

    def make(self, client, world):
        raise NotImplementedError

    change = drop = make


def whole_answers(path: str):
    """The list comes whole: Webex documents no pages of it."""

    def shown(world: World) -> bool:
        session = world.api.session
        whole = session.rest_get(session.ep(path))["items"]
        return session.rest_get(session.ep(path), params={"max": 1})["items"] == whole != []

    return shown


class Roles(Fixed):
    name = "roles"
    check_page = NotOffered("Webex lists roles whole.", whole_answers("roles"))
    check_create = check_update = check_delete = NotOffered("Roles are Webex's own.", refuses_the_method("roles", "POST", "PUT", "DELETE"))
    check_wrong_role = NotOffered("Nothing can be written.", refuses_the_method("roles", "POST", "PUT", "DELETE"))

    def calls(self, client):
        return client.api.roles

    def id_of(self, entry):
        return entry.id

    def mark(self, one):
        return one.name

    def nobody(self, world):
        return hydra_id("ROLE")

    def check_not_found(self, world):
        self.refused(404, lambda: self.one(world.admin, world, self.nobody(world)))
        # Every organization has the same roles.
        assert self.theirs(world) in [self.id_of(role) for role in self.all(world.admin, world)]


class Licences(Fixed):
    name = "licences"
    check_page = NotOffered("Webex lists licences whole.", whole_answers("licenses"))
    check_create = check_update = check_delete = NotOffered("Licences are bought.", refuses_the_method("licenses", "POST", "PUT", "DELETE"))
    check_wrong_role = NotOffered("Nothing can be written.", refuses_the_method("licenses", "POST", "PUT", "DELETE"))

    def calls(self, client):
        return client.api.licenses

    def id_of(self, entry):
        return entry.license_id

    def mark(self, one):
        return one.name

    def nobody(self, world):
        return hydra_id("LICENSE")


def nobody_deletes_an_organization(world: World) -> bool:
    why = refusal(lambda: world.api.organizations.delete(hydra_id("ORGANIZATION", world.organization)))
    return why.status == 501 and "does not serve DELETE /v1/organizations" in why.message


class Organizations(Fixed):
    """Read at /organizations, changed at /identity/organizations, for which the SDK has no method."""

    name = "organizations"
    check_page = NotOffered("Webex lists organizations whole.", whole_answers("organizations"))
    check_create = NotOffered("Partners create organizations, by an API of their own.", refuses_the_method("organizations", "POST"))
    check_delete = NotOffered("No program deletes the organization that it works in; the Hub says that it does not serve this.", nobody_deletes_an_organization)

    def calls(self, client):
        return client.api.organizations

    def id_of(self, entry):
        return entry.org_id

    def mark(self, one):
        return one.display_name

    def nobody(self, world):
        return hydra_id("ORGANIZATION")

    def change(self, client, world, identifier):
        return identifier, self.rename(client, identifier, fresh("Kestrel"))

    def rename(self, client, identifier: str, name: str) -> str:
        session = client.api.session
        plain = base64.urlsafe_b64decode(identifier + "=" * (-len(identifier) % 4)).decode().rsplit("/", 1)[1]
        session.rest_patch(session.ep(f"identity/organizations/{plain}"), json={"displayName": name})
        return name

    def check_update(self, world):
        before = self.all(world.admin, world)[0]
        identifier, name = self.change(world.admin, world, before.org_id)
        try:
            assert self.one(world.admin, world, identifier).display_name == name != before.display_name
        finally:
            self.rename(world.admin, identifier, before.display_name)


DIRECTORY = [People(), Locations(), Workspaces(), Groups(), ScimUsers(), ScimGroups(), Roles(), Licences(), Organizations()]
