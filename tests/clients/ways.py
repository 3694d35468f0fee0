"""The four ways in which wxc-sdk comes to the Hub: its waiting client and its asyncio client, each pointed at the Hub's
address, and each believing that it talks to Webex, through the gateway.

Every way answers alike, so that one text of a test serves all four: what the asyncio client would have to be awaited for
is awaited here.
"""

import asyncio
import inspect
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientResponseError
from wxc_sdk import WebexSimpleApi
from wxc_sdk.as_api import AsWebexSimpleApi
from wxc_sdk.rest import RestError
from yarl import URL

import scim

# Before anything points the SDK elsewhere.
WEBEX = "https://webexapis.com"
SHIPPED_BASE = f"{WEBEX}/v1"

WAYS = [f"{address}, {kind}" for address in ("base URL", "gateway") for kind in ("waiting", "asyncio")]


@dataclass
class Answer:
    """One answer of the Hub, as the SDK saw it."""

    url: str
    status: int


@dataclass
class Client:
    """wxc-sdk with a token: `api` is what a program holds, `answers` what came back to it."""

    api: Any
    answers: list[Answer] = field(default_factory=list)

    def asks(self, call) -> int:
        """How many requests this needs."""
        before = len(self.answers)
        call()
        return len(self.answers) - before


@dataclass
class Refusal:
    """Why the SDK raised."""

    status: int
    detail: Any

    @property
    def message(self) -> str | None:
        return getattr(self.detail, "message", None)

    @property
    def tracking_id(self) -> str | None:
        return getattr(self.detail, "tracking_id", None)


def refusal(call) -> Refusal:
    """What the Hub refuses this with; both clients have an error of their own."""
    try:
        result = call()
    except RestError as error:
        return Refusal(error.response.status_code, error.detail)
    except ClientResponseError as error:
        return Refusal(error.status, error.detail)
    raise AssertionError(f"this should have been refused, and answered {result!r}")


class Awaited:
    """The asyncio client, asked one thing at a time."""

    def __init__(self, thing, loop):
        self._thing, self._loop = thing, loop

    def __getattr__(self, name):
        found = getattr(self._thing, name)
        if inspect.ismethod(found):
            return lambda *arguments, **named: self._awaited(found(*arguments, **named))
        if type(found).__module__.startswith("wxc_sdk."):
            return Awaited(found, self._loop)
        return found

    def _awaited(self, result):
        return self._loop.run_until_complete(result) if inspect.isawaitable(result) else result


class Way:
    """Makes clients of one of the four kinds, and closes them in the end."""

    def __init__(self, name: str, demonstration, loop):
        self.address, self.kind = name.split(", ")
        self.loop, self.facts = loop, demonstration.facts["hub"]
        self.hub = scim.origin(demonstration)
        self.clients: dict[str, Client] = {}

    @property
    def reaches(self) -> str:
        """What every address begins with that a client of this way asks."""
        return f"{WEBEX}/" if self.address == "gateway" else f"{self.hub}/"

    def client(self, token: str) -> Client:
        if token not in self.clients:
            self.clients[token] = self._waiting(token) if self.kind == "waiting" else self._asyncio(token)
        return self.clients[token]

    def _waiting(self, token: str) -> Client:
        if self.address == "gateway":
            gateway = self.facts["gateway"]
            api = WebexSimpleApi(tokens=token, retry_429=False, proxy_url=gateway["url"], verify=gateway["certificate"])
            api.session.BASE = SHIPPED_BASE
        else:
            api = WebexSimpleApi(tokens=token, retry_429=False)
            api.session.mount("https://", scim.ToTheHub(self.hub))
        client = Client(api)
        api.session.register_response_callback(lambda answer, _: client.answers.append(Answer(answer.url, answer.status_code)))
        return client

    def _asyncio(self, token: str) -> Client:
        async def made():
            if self.address == "gateway":
                gateway = self.facts["gateway"]
                trusting = ssl.create_default_context(cafile=gateway["certificate"])
                api = AsWebexSimpleApi(tokens=token, retry_429=False, proxy_url=gateway["url"], ssl=trusting, middlewares=(note,))
                api.session.BASE = SHIPPED_BASE
                return api
            return AsWebexSimpleApi(tokens=token, retry_429=False, middlewares=(self._to_the_hub, note))

        async def note(request, handler):
            answer = await handler(request)
            client.answers.append(Answer(str(request.url), answer.status))
            return answer

        client = Client(None)
        client.api = Awaited(self.loop.run_until_complete(made()), self.loop)
        return client

    async def _to_the_hub(self, request, handler):
        """What `scim.ToTheHub` does, for aiohttp."""
        if request.url.scheme == "https":
            request.url = URL(self.hub).join(request.url.relative())
            request.headers["Host"] = urlsplit(self.hub).netloc
        return await handler(request)

    def close(self):
        for client in self.clients.values():
            if self.kind == "waiting":
                client.api.close()
            else:
                self.loop.run_until_complete(client.api._thing.close())


def event_loop():
    """A loop that belongs to nobody else; a fixture of the session."""
    loop = asyncio.new_event_loop()
    yield loop
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
