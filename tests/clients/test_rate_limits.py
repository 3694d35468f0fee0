"""Limits as in production: the SDKs wait as long as `Retry-After` says, or raise where they are told not to wait.

A Hub of its own with a tight limit, one list of people a second, so that waiting is short and told apart from chance.
"""

import asyncio
import json
import socket
import subprocess
import time

import pytest
from webexpythonsdk import RateLimitError, RateLimitWarning, WebexAPI
from wxc_sdk import WebexSimpleApi
from wxc_sdk.as_api import AsWebexSimpleApi
from wxc_sdk.as_rest import AsRestSession
from wxc_sdk.rest import RestError, RestSession

from conftest import binary

TIGHT = '[limits]\npeople_lists = "1/1s"\n'


class SmallHub:
    """`trunkline hub` with the small organization and these limits."""

    def __init__(self, folder, limits, *flags):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.api = f"http://127.0.0.1:{port}/v1"
        self.config = folder / "hub.toml"
        data = folder / "data"
        self.config.write_text(f'listen = "127.0.0.1:{port}"\ndata = "{data}"\nseed_size = "small"\nlog = "warn"\n{limits}')
        self.process = subprocess.Popen([binary(), "--json", "hub", "--config", self.config, *flags], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line, "the Hub did not start"
        self.people = json.loads(line)["first_start"]["people"]

    def token(self) -> str:
        """A new token of the Full Admin; limits count by token, so each test begins with none used."""
        email = next(person["email"] for person in self.people if person["name"] == "Alex Morgan")
        command = [binary(), "hub", "token", "--config", self.config, "--email", email]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def end(self) -> None:
        self.process.terminate()
        assert self.process.wait(timeout=60) == 0
        self.process.stdout.close()


@pytest.fixture(scope="module")
def tight_hub(tmp_path_factory):
    hub = SmallHub(tmp_path_factory.mktemp("tight"), TIGHT)
    yield hub
    hub.end()


@pytest.fixture
def at_tight_hub(tight_hub, monkeypatch):
    """wxc-sdk, pointed at it for the length of a test."""
    monkeypatch.setattr(RestSession, "BASE", tight_hub.api)
    monkeypatch.setattr(AsRestSession, "BASE", tight_hub.api)
    return tight_hub


def test_wxc_sdk_waits_as_long_as_it_is_told(at_tight_hub):
    answers = []
    with WebexSimpleApi(tokens=at_tight_hub.token(), retry_429=True) as api:
        api.session.hooks["response"].append(lambda answer, **_: answers.append((answer.status_code, answer.headers.get("Retry-After"))))
        first = list(api.people.list(max=1000))
        started = time.monotonic()
        again = list(api.people.list(max=1000))
        waited = time.monotonic() - started
    assert [person.person_id for person in again] == [person.person_id for person in first]
    assert answers == [(200, None), (429, "1"), (200, None)], "told once to wait, and served afterwards"
    assert waited >= 1


def test_wxc_sdk_raises_when_it_is_told_not_to_wait(at_tight_hub):
    with WebexSimpleApi(tokens=at_tight_hub.token(), retry_429=False) as api:
        list(api.people.list(max=1000))
        with pytest.raises(RestError) as refused:
            list(api.people.list(max=1000))
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "1"
        assert refused.value.detail.message.startswith("Too many requests: one token may send 1 of this kind"), refused.value.detail
        assert refused.value.detail.tracking_id
        # Other parts of the API, and people whom one looks for, are not refused.
        assert len(list(api.licenses.list())) > 0
        assert len(list(api.people.list(email=at_tight_hub.people[0]["email"]))) == 1


def test_the_asynchronous_wxc_sdk_waits_and_is_served(at_tight_hub):
    async def twice(token):
        async with AsWebexSimpleApi(tokens=token, retry_429=True) as api:
            first = await api.people.list(max=1000)
            started = time.monotonic()
            again = await api.people.list(max=1000)
            return len(first), len(again), time.monotonic() - started

    first, again, waited = asyncio.run(twice(at_tight_hub.token()))
    assert first == again > 50
    assert waited >= 1


def test_webexpythonsdk_waits_as_long_as_it_is_told(tight_hub):
    webex = WebexAPI(access_token=tight_hub.token(), base_url=tight_hub.api + "/", wait_on_rate_limit=True)
    first = len(list(webex.people.list(max=1000)))
    started = time.monotonic()
    with pytest.warns(RateLimitWarning, match="one token may send 1"):
        again = len(list(webex.people.list(max=1000)))
    assert first == again > 50
    assert time.monotonic() - started >= 1


def test_webexpythonsdk_raises_when_it_is_told_not_to_wait(tight_hub):
    webex = WebexAPI(access_token=tight_hub.token(), base_url=tight_hub.api + "/", wait_on_rate_limit=False)
    list(webex.people.list(max=1000))
    with pytest.raises(RateLimitError) as refused:
        list(webex.people.list(max=1000))
    assert refused.value.retry_after == 1
    assert refused.value.message.startswith("Too many requests")


def test_each_token_has_limits_of_its_own(at_tight_hub):
    for _ in range(3):
        with WebexSimpleApi(tokens=at_tight_hub.token(), retry_429=False) as api:
            assert len(list(api.people.list(max=1000))) > 50


def test_nothing_is_refused_where_limits_are_switched_off(tmp_path, monkeypatch):
    hub = SmallHub(tmp_path, TIGHT, "--rate-limits", "off")
    monkeypatch.setattr(RestSession, "BASE", hub.api)
    try:
        with WebexSimpleApi(tokens=hub.token(), retry_429=False) as api:
            for _ in range(20):
                assert len(list(api.people.list(max=1000))) > 50
    finally:
        hub.end()
