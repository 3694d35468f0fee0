"""What the Hub tells the world, as unmodified clients hear it: webhooks, security events, the audit, mail."""

import base64
import contextlib
import hashlib
import hmac
import json
import queue
import socket
import subprocess
import threading
import time
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
from aiosmtpd.controller import Controller
from joserfc import jwt
from joserfc.jwk import KeySet
from webexpythonsdk import ApiError, WebexAPI
from wxc_sdk import WebexSimpleApi
from wxc_sdk.rest import RestError
from wxc_sdk.webhook import Webhook, WebhookEventType, WebhookResource, WebhookStatus

from authorize import sign_in
from conftest import binary

SSF = "https://schemas.openid.net/secevent/ssf/event-type"


class Receiver(ThreadingHTTPServer):
    """Keeps what is posted to it, and answers with a status."""

    def __init__(self, status: int):
        self.heard = queue.Queue()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.heard.put(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/heard"


@contextlib.contextmanager
def receiver_that_answers(status):
    listening = Receiver(status)
    try:
        yield listening
    finally:
        listening.shutdown()
        listening.server_close()


@pytest.fixture
def receiver():
    with receiver_that_answers(200) as listening:
        yield listening


@pytest.fixture
def set_receiver():
    with receiver_that_answers(202) as listening:
        yield listening


def be_denied(facts: dict, person: dict) -> None:
    """Somebody tries the integration that the demonstration blocks."""
    client = next(client for client in facts["clients"] if client["blocked"])
    query = {
        "response_type": "code",
        "client_id": client["client_id"],
        "redirect_uri": facts["suite"]["redirect_uri"],
        "scope": "spark:people_read",
        "state": "0123456789abcdef",
    }
    address = requests.Request("GET", facts["hub"]["api"] + "/authorize", params=query).prepare().url
    with requests.Session() as browser:
        page = sign_in(browser, address, person)
    assert page.status_code == 403 and "We captured your request" in page.text, page.text


def test_wxc_sdk_keeps_webhooks(api, receiver):
    made = api.webhook.create(
        name="Calls", target_url=receiver.url, resource=WebhookResource.telephony_calls, event=WebhookEventType.all, filter="state=alerting", secret="s"
    )
    assert made.status == WebhookStatus.active and made.owned_by == "creator" and made.secret == "s"
    further = [
        api.webhook.create(name=f"Mailbox {number}", target_url=f"{receiver.url}/{number}", resource=WebhookResource.telephony_mwi, event=WebhookEventType.updated)
        for number in range(4)
    ]
    listed = list(api.webhook.list(max=2))
    assert {hook.webhook_id for hook in listed} >= {hook.webhook_id for hook in [made, *further]}
    assert len({hook.webhook_id for hook in listed}) == len(listed), "each page brings others"
    assert api.webhook.details(webhook_id=made.webhook_id) == made
    # This SDK sends a form and says that it is JSON: refused, as by the platform.
    with pytest.raises(RestError) as refused:
        api.webhook.update(webhook_id=made.webhook_id, update=Webhook(name="x", target_url=receiver.url, status="active", created=made.created))
    assert refused.value.response.status_code == 400
    for hook in [made, *further]:
        api.webhook.webhook_delete(webhook_id=hook.webhook_id)
    with pytest.raises(RestError) as gone:
        api.webhook.details(webhook_id=made.webhook_id)
    assert gone.value.response.status_code == 404


def test_webexpythonsdk_keeps_webhooks_and_a_receiver_checks_the_signature(demonstration, admin_token, receiver):
    webex = WebexAPI(access_token=admin_token, base_url=demonstration.api + "/")
    made = webex.webhooks.create("Requests", receiver.url, "accessRequests", "created", secret="between us", ownedBy="org")
    assert webex.webhooks.get(made.id).targetUrl == receiver.url
    renamed = webex.webhooks.update(made.id, name="Captured requests", targetUrl=receiver.url)
    assert renamed.name == "Captured requests" and renamed.status == "active"
    assert made.id in [hook.id for hook in webex.webhooks.list(max=1)]
    be_denied(demonstration.facts, demonstration.person("Priya Raman"))
    headers, body = receiver.heard.get(timeout=30)
    assert headers["x-spark-signature"] == hmac.new(b"between us", body, hashlib.sha1).hexdigest()
    assert headers["x-webex-signature"] == "sha256=" + hmac.new(b"between us", body, hashlib.sha256).hexdigest()
    news = json.loads(body)
    assert (news["id"], news["name"], news["resource"], news["event"]) == (made.id, "Captured requests", "accessRequests", "created")
    assert "secret" not in news and news["orgId"] == made.orgId
    webex.webhooks.delete(made.id)
    with pytest.raises(ApiError) as gone:
        webex.webhooks.get(made.id)
    assert gone.value.response.status_code == 404


def test_wxc_sdk_reads_the_admin_audit(demonstration, api):
    person = next(person for person in api.people.list() if person.display_name == "Ken Alvarez")
    person.title = f"Audited at {time.time()}"
    api.people.update(person=person)
    me = api.people.me()
    now = datetime.now(timezone.utc)
    categories = api.admin_audit.list_event_categories()
    assert "USERS" in categories
    listed = list(
        api.admin_audit.list_events(
            org_id=me.org_id, from_=now - timedelta(hours=1), to_=now + timedelta(hours=1), actor_id=me.person_id, event_categories=["USERS"], max=1
        )
    )
    assert listed and all(event.data.event_category == "USERS" for event in listed)
    changed = listed[0]
    assert changed.data.actor_name == "Alex Morgan" and changed.data.target_name == "Ken Alvarez", changed
    assert base64.b64decode(changed.actor_id).decode() == me.person_id_uuid
    assert changed.data.actor_ip and changed.data.actor_user_agent
    with pytest.raises(RestError) as refused:
        list(api.admin_audit.list_events(org_id=me.org_id, from_=now - timedelta(days=400), to_=now))
    assert refused.value.response.status_code == 400


def test_sign_ins_are_audited(demonstration, api, admin_token):
    facts = demonstration.facts
    with requests.Session() as browser:
        assert sign_in(browser, facts["hub"]["url"] + "/", demonstration.person("Heidi Harper")).status_code == 200
    me = api.people.me()
    query = {"orgId": me.org_id, "startTime": "2020-06-01T00:00:00Z", "endTime": "2021-06-01T00:00:00Z"}
    headers = {"Authorization": f"Bearer {admin_token}"}
    assert requests.get(f"{demonstration.api}/admin/securityAudit/events", params=query, headers=headers).json() == {"items": []}
    now = datetime.now(timezone.utc)
    query |= {"startTime": (now - timedelta(hours=1)).isoformat(), "endTime": (now + timedelta(hours=1)).isoformat(), "eventCategories": "LOGINS"}
    answer = requests.get(f"{demonstration.api}/admin/securityAudit/events", params=query, headers=headers)
    assert answer.status_code == 200, answer.text
    emails = [item["data"]["actorEmail"] for item in answer.json()["items"]]
    assert demonstration.person("Heidi Harper")["email"] in emails


class Transmitter:
    """Everything about security events that can be discovered, with nothing but the issuer known."""

    def __init__(self, issuer: str):
        self.found = requests.get(issuer + "/.well-known/ssf-configuration").json()
        assert self.found["issuer"] == issuer
        keys = requests.get(self.found["jwks_uri"]).json()
        self.keys = KeySet.import_key_set(keys)

    def make(self, token: str, delivery: dict) -> dict:
        made = requests.post(self.found["configuration_endpoint"], json={"delivery": delivery}, headers={"Authorization": f"Bearer {token}"})
        assert made.status_code == 201, made.text
        return made.json()

    def read(self, compact: str, audience: str) -> dict:
        token = jwt.decode(compact, self.keys, algorithms=["ES256"])
        assert token.header["typ"] == "secevent+jwt"
        claims = token.claims
        assert claims["iss"] == self.found["issuer"] and claims["aud"] == audience
        assert {"iat", "jti", "txn", "sub_id", "events"} <= claims.keys() and "exp" not in claims and "sub" not in claims
        return claims

    def own_words(self, claims: dict) -> list[str]:
        return [uri.rsplit("/", 1)[1] for uri in claims["events"] if uri.startswith((self.found["issuer"], SSF))]


def test_a_client_hears_signed_why_its_grant_died(demonstration, set_receiver):
    transmitter = Transmitter(demonstration.facts["hub"]["url"])
    granted = demonstration.integration_token("users-synch", "Priya Raman")
    pushed = transmitter.make(
        granted.access_token,
        {"method": "urn:ietf:rfc:8935", "endpoint_url": set_receiver.url, "authorization_header": "Bearer of mine"},
    )
    polled = transmitter.make(granted.access_token, {"method": "urn:ietf:rfc:8936"})
    verify = {"stream_id": pushed["stream_id"], "state": "a state"}
    answer = requests.post(transmitter.found["verification_endpoint"], json=verify, headers={"Authorization": f"Bearer {granted.access_token}"})
    assert answer.status_code == 204, answer.text
    headers, body = set_receiver.heard.get(timeout=30)
    assert headers["content-type"] == "application/secevent+jwt" and headers["authorization"] == "Bearer of mine"
    verification = transmitter.read(body.decode(), granted.client_id)
    assert verification["events"] == {f"{SSF}/verification": {"state": "a state"}}

    with WebexSimpleApi(tokens=demonstration.personal_token("Priya Raman"), retry_429=False) as own:
        own.authorizations.delete(client_id=granted.client_id)
    heard = [transmitter.read(set_receiver.heard.get(timeout=30)[1].decode(), granted.client_id) for _ in range(2)]
    words = [transmitter.own_words(claims) for claims in heard]
    assert words[0] == ["integration-revoked"] and words[1] == ["stream-updated"], words
    assert "https://schemas.openid.net/secevent/caep/event-type/session-revoked" in heard[0]["events"]

    # The token is dead: the client itself asks, round by round, until it took everything.
    endpoint, ask = polled["delivery"]["endpoint_url"], {"returnImmediately": True}
    refused = requests.post(endpoint, json=ask, headers={"Authorization": f"Bearer {granted.access_token}"})
    assert refused.status_code == 401
    secrets = json.loads((demonstration.folder / "data" / "clients.json").read_text())
    secret = next(client for client in secrets if client["client_id"] == granted.client_id)["client_secret"]
    again, taken = [], []
    while True:
        answer = requests.post(endpoint, json=ask | {"ack": taken}, auth=(granted.client_id, secret))
        assert answer.status_code == 200, answer.text
        if not answer.json()["sets"]:
            break
        taken = list(answer.json()["sets"])
        again += [transmitter.own_words(transmitter.read(compact, granted.client_id)) for compact in answer.json()["sets"].values()]
    assert sorted(again) == sorted(words)


class Letterbox:
    """An SMTP server that refuses the first letter for a while, as greylisting ones do."""

    def __init__(self):
        self.refused, self.letters = 0, queue.Queue()

    async def handle_DATA(self, server, session, envelope):
        if self.refused == 0:
            self.refused += 1
            return "451 Try again later"
        self.letters.put(envelope)
        return "250 Taken"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


@contextlib.contextmanager
def hub_with_mail(folder, smtp_port):
    listen, callback = f"127.0.0.1:{free_port()}", "http://localhost:8090/authorizations/callback"
    command = [binary(), "--json", "hub", "--listen", listen, "--data", folder, "--seed-size", "small", "--suite-redirect-uri", callback]
    command += ["--smtp-url", f"smtp://127.0.0.1:{smtp_port}", "--mail-from", "The Hub <hub@kestrel.example>"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        started = json.loads(line)
        clients = json.loads((folder / "clients.json").read_text())
        blocked = [client | {"blocked": client["client_id"].startswith("C1468e04")} for client in clients]
        facts = {"hub": {"url": started["url"], "api": started["url"] + "/v1"}, "suite": {"redirect_uri": callback}, "clients": blocked}
        try:
            yield facts, started["first_start"]["people"]
        finally:
            process.terminate()
            process.communicate(timeout=60)


def test_letters_reach_a_mail_server_and_are_tried_again(tmp_path):
    box = Letterbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        with hub_with_mail(tmp_path / "data", server.port) as (facts, people):
            be_denied(facts, next(person for person in people if person["name"] == "Priya Raman"))
            envelopes = [box.letters.get(timeout=60) for _ in range(2)]
    finally:
        server.stop()
    assert box.refused == 1, "the first try was refused"
    addressees = {envelope.rcpt_tos[0] for envelope in envelopes}
    assert len(addressees) == 2, "each Full Admin but the one who asked, once"
    for envelope in envelopes:
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert envelope.mail_from == "hub@kestrel.example" and letter["From"] == "The Hub <hub@kestrel.example>"
        assert letter["To"] == envelope.rcpt_tos[0] and letter["Message-ID"] and letter["Date"]
        assert letter["Subject"].startswith("Priya Raman asks for"), letter["Subject"]
        assert facts["hub"]["url"] + "/alerts/" in letter.get_content() and "captured" in letter.get_content()
    assert not (tmp_path / "data" / "mail").exists(), "no files where there is a server"
