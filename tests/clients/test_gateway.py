"""Programs that know nothing of the Hub: their environment names the gateway and its certificate, nothing else. Each
runs in a process of its own, because the SDKs of this one were pointed at the Hub."""

import http.client
import json
import os
import socket
import ssl
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import requests

from authorize import sign_in
from conftest import binary

NOBODY = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS81YTBlN2Y4MC04ZjZjLTRlOGUtOWQwYS0wMTIzNDU2Nzg5YWI"

WXC_SDK = """
import json, os
from urllib.parse import urlsplit
from wxc_sdk import WebexSimpleApi
from wxc_sdk.rest import RestError

hosts, answers = set(), []
def note(response, _):
    hosts.add(urlsplit(response.url).netloc)
    answers.append(response.status_code)

def status_of(call):
    try:
        call()
    except RestError as error:
        return error.response.status_code

with WebexSimpleApi(retry_429=False) as api:
    api.session.register_response_callback(note)
    me = api.people.me()
    before = len(answers)
    people = list(api.people.list(max=1000))
    pages = len(answers) - before
    missing = status_of(lambda: api.people.details(person_id=os.environ["NOBODY"]))
with WebexSimpleApi(tokens="garbage", retry_429=False) as api:
    dead = status_of(api.people.me)
print(json.dumps({"me": me.display_name, "people": len({p.person_id for p in people}), "pages": pages, "missing": missing, "dead": dead, "hosts": sorted(hosts)}))
"""

WXC_SDK_ASYNCHRONOUSLY = """
import asyncio, json, os
from aiohttp import ClientResponseError
from wxc_sdk.as_api import AsWebexSimpleApi

async def status_of(call):
    try:
        await call
    except ClientResponseError as error:
        return error.status

async def main():
    async with AsWebexSimpleApi(trust_env=True, retry_429=False) as api:
        me = await api.people.me()
        people = await api.people.list(max=1000)
        missing = await status_of(api.people.details(person_id=os.environ["NOBODY"]))
    async with AsWebexSimpleApi(tokens="garbage", trust_env=True, retry_429=False) as api:
        dead = await status_of(api.people.me())
    print(json.dumps({"me": me.display_name, "people": len({p.person_id for p in people}), "missing": missing, "dead": dead}))

asyncio.run(main())
"""

WEBEXPYTHONSDK = """
import json, os
from webexpythonsdk import ApiError, WebexAPI

def status_of(call):
    try:
        call()
    except ApiError as error:
        return error.response.status_code

webex = WebexAPI(wait_on_rate_limit=False)
people = list(webex.people.list(max=1000))
print(json.dumps({
    "me": webex.people.me().displayName,
    "people": len({p.id for p in people}),
    "missing": status_of(lambda: webex.people.get(os.environ["NOBODY"])),
    "dead": status_of(WebexAPI(access_token="garbage").people.me),
}))
"""


@pytest.fixture(scope="module")
def printed(demonstration) -> dict:
    """What `trunkline hub env` says."""
    command = [binary(), "--json", "hub", "env", "--config", demonstration.facts["hub"]["config"]]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.fixture(scope="module")
def environment(printed, admin_token) -> dict:
    """The environment of a program that was started from such a shell."""
    return os.environ | printed["variables"] | {"WEBEX_ACCESS_TOKEN": admin_token, "NOBODY": NOBODY}


def run(program: str, environment: dict) -> dict:
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=120)
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


def curl(environment: dict, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(["curl", "--silent", "--show-error", *arguments], env=environment, capture_output=True, text=True, timeout=60)


def test_wxc_sdk_by_environment_alone(environment):
    assert run(WXC_SDK, environment) == {
        "me": "Alex Morgan",
        "people": 5000,
        "pages": 5,
        "missing": 404,
        "dead": 401,
        # Also the pages after the first: the Link header leads back to the host that was asked.
        "hosts": ["webexapis.com"],
    }


def test_wxc_sdk_asynchronously_with_trust_env(environment):
    assert run(WXC_SDK_ASYNCHRONOUSLY, environment) == {"me": "Alex Morgan", "people": 5000, "missing": 404, "dead": 401}


def test_webexpythonsdk_by_environment_alone(environment):
    assert run(WEBEXPYTHONSDK, environment) == {"me": "Alex Morgan", "people": 5000, "missing": 404, "dead": 401}


def test_curl_over_both_versions_of_http(environment, printed, admin_token):
    authorization = f"Authorization: Bearer {admin_token}"
    for version, shown in (("--http1.1", "1.1"), ("--http2", "2")):
        answer = curl(environment, version, "--cacert", printed["certificate"], "-H", authorization, "-w", "\n%{http_version} %{http_code}", "https://webexapis.com/v1/people/me")
        assert answer.returncode == 0, answer.stderr
        body, facts = answer.stdout.rsplit("\n", 1)
        assert json.loads(body)["displayName"] == "Alex Morgan" and facts == f"{shown} 200"


def test_the_lines_for_a_shell_are_all_that_curl_needs(demonstration, admin_token):
    script = f'eval "$("{binary()}" hub env --config "{demonstration.facts["hub"]["config"]}")" && curl --silent -H "Authorization: Bearer $TOKEN" https://api.ciscospark.com/v1/people/me'
    answer = subprocess.run(["sh", "-c", script], env=os.environ | {"TOKEN": admin_token}, capture_output=True, text=True, timeout=60)
    assert json.loads(answer.stdout)["displayName"] == "Alex Morgan", answer.stderr


def through(printed: dict, verify: object = None) -> dict:
    return {"proxies": {"https": printed["gateway"], "http": printed["gateway"]}, "verify": printed["certificate"] if verify is None else verify}


def test_every_host_of_webex_leads_to_the_hub(printed, admin_token):
    for url, status in (
        ("https://webexapis.com/v1/people/me", 200),
        ("https://api.ciscospark.com/v1/people/me", 200),
        ("https://analytics-calling.webexapis.com/v1/people/me", 200),
        ("https://deep.below.bcld.webex.com/v1/people/me", 200),
        ("https://idbroker.webex.com/healthz", 200),
    ):
        answer = requests.get(url, headers={"Authorization": f"Bearer {admin_token}"}, **through(printed))
        assert answer.status_code == status, url
    refused = requests.post("https://idbroker.webex.com/idb/oauth2/v1/access_token", data={"grant_type": "authorization_code"}, **through(printed))
    assert refused.status_code in (400, 401) and "ROUTERGW" in refused.headers["TrackingID"]


def test_the_next_page_is_asked_of_the_host_that_was_asked(printed, admin_token):
    for host in ("webexapis.com", "api.ciscospark.com"):
        answer = requests.get(f"https://{host}/v1/people?max=10", headers={"Authorization": f"Bearer {admin_token}"}, **through(printed))
        following = urlsplit(answer.links["next"]["url"])
        assert (following.scheme, following.netloc, following.path) == ("https", host, "/v1/people")


def test_other_hosts_are_refused_with_what_to_do(printed, environment):
    with pytest.raises(requests.exceptions.ProxyError) as refused:
        requests.get("https://example.com/", **through(printed))
    assert "403 Only Webex hosts here: add example.com to NO_PROXY" in str(refused.value)
    plain = requests.get("http://example.com/", **through(printed))
    assert plain.status_code == 403 and "NO_PROXY" in plain.text
    other = curl(environment, "https://webexapis.com:8443/v1/people/me")
    assert other.returncode != 0 and "403" in other.stderr
    with socket.create_connection(("127.0.0.1", urlsplit(printed["gateway"]).port), timeout=10) as raw:
        raw.sendall(b"CONNECT 127.0.0.1:443 HTTP/1.1\r\nHost: 127.0.0.1:443\r\n\r\n")
        assert raw.recv(4096).startswith(b"HTTP/1.1 403 ")


def test_without_the_certificate_the_handshake_fails(printed, environment):
    with pytest.raises(requests.exceptions.SSLError):
        requests.get("https://webexapis.com/v1/people/me", **through(printed, verify=True))
    own_roots = {name: value for name, value in environment.items() if name not in ("CURL_CA_BUNDLE", "SSL_CERT_FILE")}
    untrusting = curl(own_roots, "https://webexapis.com/v1/people/me")
    assert untrusting.returncode == 60, untrusting.stderr


def test_the_certificates_stand_the_strict_check(printed):
    """What Python does by default from 3.13 on."""
    trusting = ssl.create_default_context(cafile=printed["certificate"])
    trusting.verify_flags |= ssl.VERIFY_X509_STRICT
    port = urlsplit(printed["gateway"]).port
    for host in ("webexapis.com", "u2c.wbx2.com", "deep.below.bcld.webex.com"):
        connection = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=10)
        connection.set_tunnel(host, 443)
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()


def test_the_certificate_is_downloaded_from_the_hub(demonstration, printed):
    answer = requests.get(demonstration.facts["hub"]["url"] + "/gateway/ca.pem")
    with open(printed["certificate"]) as file:
        assert answer.text == file.read()
    assert "trunkline-ca.pem" in answer.headers["Content-Disposition"]
    assert "PRIVATE" not in answer.text
    assert demonstration.facts["hub"]["gateway"] == {"url": printed["gateway"], "certificate": printed["certificate"]}


def test_a_taken_port_of_the_gateway_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [binary(), "demo", "--hub-port", "0", "--suite-port", "0", "--gateway-port", str(port), "--data", tmp_path / "data"]
        answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 1
    assert f"Port {port}, where the gateway should listen, is taken" in answer.stderr and "--gateway-port" in answer.stderr
    assert not (tmp_path / "data").exists()


class Recipes(HTMLParser):
    """What the copy buttons of a page copy, by their names."""

    def __init__(self, page: str):
        super().__init__()
        self.texts, self.name = {}, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "copy-box" in attributes.get("class", ""):
            self.name = attributes["data-copy-name"]
            self.texts[self.name] = ""

    def handle_endtag(self, tag):
        if tag == "div":
            self.name = None

    def handle_data(self, data):
        if self.name:
            self.texts[self.name] += data


def test_each_recipe_of_the_page_works_as_it_is_copied(demonstration, admin_token):
    with requests.Session() as browser:
        page = sign_in(browser, demonstration.facts["hub"]["url"] + "/connect", demonstration.person("Alex Morgan"))
    recipes = Recipes(page.text).texts
    lines = recipes["the lines for the shell"]
    bare = os.environ | {"WEBEX_ACCESS_TOKEN": admin_token}
    for prelude, name in (
        (lines, "the program for wxc-sdk"),
        (lines, "the program for webexpythonsdk"),
        ("", "the program for wxc-sdk by base URL"),
        ("", "the program for webexpythonsdk by base URL"),
    ):
        script = f'{prelude}\nexec "$PYTHON" -c "$PROGRAM"'
        said = subprocess.run(["sh", "-c", script], env=bare | {"PYTHON": sys.executable, "PROGRAM": recipes[name]}, capture_output=True, text=True, timeout=60)
        assert said.stdout.strip() == "Alex Morgan", (name, said.stderr)
    for prelude, name in ((lines, "the curl command through the gateway"), ("", "the curl command by base URL")):
        said = subprocess.run(["sh", "-c", f"{prelude}\n{recipes[name]} --silent"], env=bare, capture_output=True, text=True, timeout=60)
        assert json.loads(said.stdout)["displayName"] == "Alex Morgan", (name, said.stderr)
