"""What an unmodified client makes of a Hub that misbehaves on request."""

import contextlib
import http.client
import json
import urllib.parse

import pytest
import requests
from wxc_sdk import WebexSimpleApi
from wxc_sdk.rest import RestError, RestSession

from authorize import Authorization
from conftest import SCOPES
from test_clock import simulated


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults") / "data"
    with simulated(folder) as (_, facts):
        base = RestSession.BASE
        RestSession.BASE = facts["hub"]["api"]
        yield Simulated(folder, facts)
        RestSession.BASE = base


class Simulated:
    def __init__(self, folder, facts):
        self.facts = facts
        self.url = facts["hub"]["url"]
        known = next(client for client in facts["clients"] if client["integration"] == "users-synch")
        secrets = json.loads((folder / "clients.json").read_text())
        self.client = next(client for client in secrets if client["client_id"] == known["client_id"])

    def authorization(self):
        person = next(person for person in self.facts["people"] if person["name"] == "Alex Morgan")
        return Authorization.by_the_pages(self.facts, self.client | {"scopes": SCOPES["users-synch"]}, person)

    def post(self, path, body=None):
        answer = requests.post(f"{self.url}/simulation/v1/{path}", json=body)
        assert answer.ok, answer.text
        return answer.json() if answer.text else None

    @contextlib.contextmanager
    def fault(self, **wanted):
        made = self.post("faults", wanted)
        try:
            yield made
        finally:
            assert requests.delete(f"{self.url}/simulation/v1/faults/{made['id']}").status_code == 204

    def met(self, fault):
        listed = requests.get(f"{self.url}/simulation/v1/faults").json()["items"]
        return next(one["met"] for one in listed if one["id"] == fault["id"])

    def refresh(self, token):
        return {
            "grant_type": "refresh_token",
            "client_id": self.client["client_id"],
            "client_secret": self.client["client_secret"],
            "refresh_token": token,
        }


def test_wxc_sdk_waits_as_429_says_and_goes_on(hub):
    token = hub.authorization().access_token
    with hub.fault(operation="GET /v1/people/*", status=429, retry_after_seconds=1, count=2) as fault:
        with WebexSimpleApi(tokens=token, retry_429=True) as api:
            assert api.people.me().display_name == "Alex Morgan"
        assert hub.met(fault) == 2
    with hub.fault(operation="GET /v1/people/*", status=429, retry_after_seconds=1, count=1):
        with WebexSimpleApi(tokens=token, retry_429=False) as api, pytest.raises(RestError) as refused:
            api.people.me()
    assert refused.value.response.status_code == 429


def test_wxc_sdk_reports_an_error_with_the_hubs_words(hub):
    token = hub.authorization().access_token
    for status in (500, 502):
        with hub.fault(operation="GET /v1/people/*", status=status):
            with WebexSimpleApi(tokens=token) as api, pytest.raises(RestError) as failed:
                api.people.me()
        assert failed.value.response.status_code == status
        assert "simulation" in failed.value.description, failed.value.description


def test_a_dropped_token_answer_was_committed_and_the_retry_succeeds(hub):
    held = hub.authorization()
    with hub.fault(operation="POST /v1/access_token", grant_type="refresh_token", drop_answer=True, count=1) as fault:
        with pytest.raises(requests.exceptions.ConnectionError):
            requests.post(f"{hub.url}/v1/access_token", data=hub.refresh(held.refresh_token))
        assert hub.met(fault) == 1
        answer = requests.post(f"{hub.url}/v1/access_token", data=hub.refresh(held.refresh_token))
    assert answer.status_code == 200, answer.text
    with WebexSimpleApi(tokens=answer.json()["access_token"]) as api:
        assert api.people.me().display_name == "Alex Morgan"
    seen = requests.get(f"{hub.url}/simulation/v1/requests").json()["items"]
    refreshes = [one for one in seen if one.get("grant_type") == "refresh_token"][-2:]
    assert [one["status"] for one in refreshes] == [200, 200], "the Hub answered both; the first answer was lost"
    assert "dropped" in refreshes[0]["fault"] and "fault" not in refreshes[1]
    assert refreshes[0]["client_id"] == hub.client["client_id"]


def test_not_a_byte_of_a_dropped_answer_arrives(hub):
    held = hub.authorization()
    with hub.fault(operation="POST /v1/access_token", drop_answer=True, count=1):
        place = urllib.parse.urlsplit(hub.url)
        connection = http.client.HTTPConnection(place.hostname, place.port)
        body = urllib.parse.urlencode(hub.refresh(held.refresh_token))
        connection.request("POST", "/v1/access_token", body, {"Content-Type": "application/x-www-form-urlencoded"})
        with pytest.raises((http.client.RemoteDisconnected, ConnectionResetError)):
            connection.getresponse()


def test_access_tokens_expire_and_refresh_tokens_live_on(hub):
    held = hub.authorization()
    assert hub.post("expire-access-tokens")["expired"] >= 1
    with WebexSimpleApi(tokens=held.access_token) as api, pytest.raises(RestError) as expired:
        api.people.me()
    assert expired.value.response.status_code == 401
    answer = requests.post(f"{hub.url}/v1/access_token", data=hub.refresh(held.refresh_token))
    with WebexSimpleApi(tokens=answer.json()["access_token"]) as api:
        assert api.people.me().display_name == "Alex Morgan"


def test_a_late_answer_is_late(hub):
    with hub.fault(operation="GET /healthz", latency_ms=1500, count=1):
        with pytest.raises(requests.exceptions.ReadTimeout):
            requests.get(f"{hub.url}/healthz", timeout=0.5)
        assert requests.get(f"{hub.url}/healthz", timeout=5).ok
