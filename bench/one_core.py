"""Requests per second and 99th percentile of single operations, the Hub on one core and the clients on another."""

import http.client
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

from pages import next_link
from programs import Hub
from table import Row

LOAD = Path(__file__).resolve().parent / "load.py"
# One waits alone; sixteen show what a busy Hub does to the last of a hundred.
CONNECTIONS = (1, 16)
# Different addresses to ask, so that no single page is measured.
MOST_TARGETS = 200


def cores() -> tuple[int, int]:
    """The core of the Hub and the one of the clients; the same where there is only one."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[0], allowed[-1]


def measure(binary: str, facts: dict, seconds: float, log) -> list[Row]:
    """A row for each operation and number of connections."""
    hub_core, client_core = cores()
    rows = []
    with Hub(binary, facts, pinned_to=hub_core, flags=["--rate-limits", "off"]) as hub:
        token = hub.token(facts)
        for name, targets in operations(facts, token).items():
            for connections in CONNECTIONS:
                log(f"Hub on one core: {name}, {connections} connections")
                result = run(facts["hub"]["url"], token, targets, seconds, connections, client_core)
                if result["own_core"] > 0.9:
                    log(f"the clients used {result['own_core']:.0%} of their core: the Hub may be faster than this says")
                rows += rows_of(name, connections, result, targets[0])
    return rows


def rows_of(name: str, connections: int, result: dict, target: str) -> list[Row]:
    command = f"bench/load.py, {connections} connections: GET {target.split('cursor=')[0]} and {MOST_TARGETS} like it at most"
    title = f"Hub on one core, {name}, {connections} {'connection' if connections == 1 else 'connections'}"
    return [
        Row(title, "requests/s", result["requests_per_second"], command=command),
        Row(f"{title}, 99 of 100 within", "ms", result["p99"], command=command),
    ]


def run(origin: str, token: str, targets: list[str], seconds: float, connections: int, core: int) -> dict:
    command = ["taskset", "--cpu-list", str(core), sys.executable, LOAD, origin, str(seconds), str(connections)]
    finished = subprocess.run(command, input=json.dumps({"token": token, "targets": targets}), capture_output=True, text=True)
    if finished.returncode != 0:
        sys.exit(f"bench/load.py ended with {finished.returncode}: {finished.stderr}")
    return json.loads(finished.stdout)


def operations(facts: dict, token: str) -> dict[str, list[str]]:
    """What is asked: pages from all over the lists, and people who are spread over the organization."""
    ask = Asker(facts["hub"]["url"], token)
    people, emails = ask.pages("/v1/people?max=100", lambda body: body["items"][0]["emails"][0])
    numbers, _ = ask.pages("/v1/telephony/config/numbers?max=100&start=0", lambda body: len(body["phoneNumbers"]))
    organization = facts["organizations"][0]["id"]
    filters = [quote(f'userName eq "{email}"') for email in emails]
    users = [f"/identity/scim/{organization}/v2/Users?filter={wanted}" for wanted in filters]
    found = ask.get(users[0])[0]
    assert found["totalResults"] == 1, found
    return {"people, pages of 100": people, "numbers, pages of 100": numbers, "scim Users?filter=userName eq": users}


class Asker:
    """Reads what is to be asked, before anything is measured."""

    def __init__(self, url: str, token: str):
        place = urlsplit(url)
        self.connection = http.client.HTTPConnection(place.hostname, place.port)
        self.headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    def get(self, target: str) -> tuple[dict, str | None]:
        self.connection.request("GET", target, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f"GET {target} answers {answer.status}: {body.decode(errors='replace')}")
        return json.loads(body), answer.getheader("Link")

    def pages(self, target: str, note) -> tuple[list[str], list]:
        """The addresses of pages from the beginning on, and something of each."""
        targets, notes = [], []
        while target and len(targets) < MOST_TARGETS:
            body, link = self.get(target)
            targets.append(target)
            notes.append(note(body))
            url = next_link(link)
            target = url and f"{urlsplit(url).path}?{urlsplit(url).query}"
        return targets, notes
