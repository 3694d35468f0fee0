"""A Service App as a vendor runs it: made by the API, authorized by a customer's Full Admin, its tokens fetched with
another integration's token, used and refreshed by wxc-sdk, its webhook heard, and dead when the customer takes it back."""

import hashlib
import hmac
import json
import queue
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urljoin

import pytest
import requests
from wxc_sdk import WebexSimpleApi
from wxc_sdk.integration import Integration
from wxc_sdk.rest import RestError
from wxc_sdk.tokens import Tokens
from wxc_sdk.webhook import WebhookEventType, WebhookResource

from authorize import forms_of, sign_in

SCOPES = [
    "spark:people_read",
    "spark-admin:people_read",
    "spark-admin:people_write",
    "spark-admin:locations_read",
    "spark-admin:telephony_config_read",
]
WEBHOOK_SECRET = "a secret between the two of us"


class Receiver(HTTPServer):
    """Keeps what is posted to it."""

    def __init__(self):
        self.heard = queue.Queue()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.heard.put((dict(self.headers), body))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/heard"


@pytest.fixture
def receiver():
    listening = Receiver()
    yield listening
    listening.shutdown()
    listening.server_close()


class Portal:
    """`/v1/applications`, which no SDK covers, with somebody's token."""

    def __init__(self, api: str, token: str):
        self.api, self.headers = api, {"Authorization": f"Bearer {token}"}

    def call(self, method: str, path: str, body=None):
        return requests.request(method, f"{self.api}/applications{path}", json=body, headers=self.headers)

    def done(self, method: str, path: str, body=None) -> dict:
        answer = self.call(method, path, body)
        assert answer.status_code in (200, 204), answer.text
        return answer.json() if answer.content else {}


@pytest.fixture
def developer(demonstration):
    """Somebody without any role registers; their personal token is the developer portal's."""
    return Portal(demonstration.api, demonstration.personal_token("Heidi Harper"))


@pytest.fixture
def admin(demonstration, admin_token):
    return Portal(demonstration.api, admin_token)


@pytest.fixture
def service_app(developer):
    made = developer.done("POST", "", {"type": "authorizedAppIssuer", "name": "Roster Bot", "contactEmail": "dev@roster.example", "scopes": SCOPES})
    yield made
    developer.call("DELETE", f"/{made['id']}")


def submit(demonstration, service_app):
    """Shown to the developer's own organization, by the page: the public API has no such call."""
    with requests.Session() as browser:
        page = sign_in(browser, f"{demonstration.facts['hub']['url']}/developer/apps/{service_app['clientId']}", demonstration.person("Heidi Harper"))
        form = next(form for form in forms_of(page.text) if form["fields"].get("audience") == "own_organization")
        page = browser.post(urljoin(page.url, form["action"]), data=form["fields"])
        assert page.status_code == 200 and "find the Service App now" in page.text, page.text


def fetch(developer, service_app, org_id, secret=None):
    body = {"clientId": service_app["clientId"], "clientSecret": secret or service_app["clientSecret"], "targetOrgId": org_id}
    return developer.call("POST", f"/{service_app['id']}/token", body)


def test_a_service_app_reads_people_and_telephony_refreshes_and_dies_with_its_authorization(demonstration, developer, admin, service_app, receiver):
    org_id = service_app["orgId"]
    # Before anybody authorized it: 403, as at Webex.
    refused = fetch(developer, service_app, org_id)
    assert refused.status_code == 403 and refused.json()["errors"][0]["description"], refused.text
    assert fetch(developer, service_app, org_id, secret="wrong").status_code == 401

    with WebexSimpleApi(tokens=demonstration.personal_token("Heidi Harper"), retry_429=False) as own:
        for event in (WebhookEventType.authorized, WebhookEventType.deauthorized):
            own.webhook.create(name=f"Roster {event.value}", target_url=receiver.url, resource=WebhookResource.service_app, event=event, secret=WEBHOOK_SECRET, filter=f"id={service_app['id']}")

    submit(demonstration, service_app)
    admin.done("POST", f"/{service_app['id']}/authorize", {"orgId": org_id})
    heard(receiver, "authorized", service_app)

    pair = fetch(developer, service_app, org_id)
    assert pair.status_code == 200, pair.text
    tokens = Tokens.model_validate(pair.json())
    assert tokens.expires_in == 1_209_599 and tokens.refresh_token_expires_in == 7_775_999
    with WebexSimpleApi(tokens=tokens, retry_429=False) as machine:
        me = machine.people.me()
        assert (me.display_name, me.person_type) == ("Roster Bot", "appuser")
        people = list(machine.people.list(calling_data=True))
        assert len(people) > 100 and any(person.roles for person in people)
        assert all(person.display_name != "Roster Bot" for person in people)
        assert list(machine.locations.list())
        assert list(machine.telephony.phone_numbers())
        changed = next(person for person in people if person.display_name == "Ken Alvarez")
        changed.title = "Kept by the roster"
        assert machine.people.update(person=changed).title == "Kept by the roster"
        with pytest.raises(RestError) as forbidden:
            list(machine.licenses.list())
        assert forbidden.value.response.status_code == 403

    before = tokens.access_token
    broker = Integration(client_id=service_app["clientId"], client_secret=service_app["clientSecret"], scopes=SCOPES, redirect_url="", token_service=f"{demonstration.api}/access_token")
    broker.refresh(tokens)
    assert tokens.access_token and tokens.access_token != before
    with WebexSimpleApi(tokens=tokens, retry_429=False) as machine:
        assert machine.people.me().display_name == "Roster Bot"

    admin.done("POST", f"/{service_app['id']}/deauthorize", {"orgId": org_id})
    heard(receiver, "deauthorized", service_app)
    with WebexSimpleApi(tokens=tokens, retry_429=False) as machine, pytest.raises(RestError) as dead:
        machine.people.me()
    assert dead.value.response.status_code == 401
    with pytest.raises(requests.HTTPError) as dead:
        refresh_or_raise(demonstration, service_app, tokens)
    assert dead.value.response.status_code == 400
    assert fetch(developer, service_app, org_id).status_code == 403


def refresh_or_raise(demonstration, service_app, tokens):
    body = {"grant_type": "refresh_token", "client_id": service_app["clientId"], "client_secret": service_app["clientSecret"], "refresh_token": tokens.refresh_token}
    requests.post(f"{demonstration.api}/access_token", data=body).raise_for_status()


def heard(receiver, event, service_app):
    """The signed news of what the customer decided."""
    headers, body = receiver.heard.get(timeout=30)
    news = json.loads(body)
    assert (news["resource"], news["event"]) == ("serviceApp", event), news
    assert news["orgId"] == service_app["orgId"] and news["data"]["id"] == service_app["id"], news
    signature = next(value for name, value in headers.items() if name.lower() == "x-spark-signature")
    assert signature == hmac.new(WEBHOOK_SECRET.encode(), body, hashlib.sha1).hexdigest()
