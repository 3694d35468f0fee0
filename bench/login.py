"""Sign-ins per second on one core, with the cost of argon2 beside them.

    python bench/login.py --binary PATH [--seconds 6]

The Hub is pinned to one core, the clients to another. A sign-in is the POST of the password form by somebody whose password is
right: lockout, argon2id, a durable session, a line of the security audit. The parameters of argon2 are read from a stored hash,
and its cost is nearly all of the processor time that stands beside the rate.
"""

import argparse
import http.client
import json
import os
import re
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from one_core import cores  # noqa: E402
from programs import Hub, demonstration  # noqa: E402
from table import Row, print_table  # noqa: E402

CONNECTIONS = (1, 4)


class Visitor:
    """A browser that signs in again and again, as somebody else each time would."""

    def __init__(self, url: str, person: dict):
        place = urlsplit(url)
        self.connection = http.client.HTTPConnection(place.hostname, place.port)
        self.connection.request("GET", "/sign-in")
        answer = self.connection.getresponse()
        page = answer.read().decode()
        cookie = answer.getheader("Set-Cookie").split(";")[0]
        csrf = re.search(r'name="csrf" value="([^"]*)"', page)[1]
        self.headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.body = urlencode({"csrf": csrf, "email": person["email"], "password": person["password"], "return_to": "/me"})

    def sign_in(self) -> float:
        began = time.perf_counter()
        self.connection.request("POST", "/sign-in/password", self.body, self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 303 or answer.getheader("Location") != "/me":
            sys.exit(f"the sign-in answers {answer.status}: {body[:400]}")
        return (time.perf_counter() - began) * 1000


def load(url: str, person: dict, seconds: float, connections: int) -> dict:
    """Sign-ins per second and their times in milliseconds, by so many browsers at once."""
    visitors = [Visitor(url, person) for _ in range(connections)]
    until = time.monotonic() + seconds
    times: list[float] = []

    def work(visitor: Visitor) -> None:
        while time.monotonic() < until:
            times.append(visitor.sign_in())

    threads = [threading.Thread(target=work, args=(visitor,)) for visitor in visitors]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return {"rate": len(times) / (time.monotonic() - began), "median": statistics.median(times), "p99": times[int(len(times) * 0.99)], "count": len(times)}


def parameters(facts: dict) -> str:
    """What the database says that a password costs: the part of the hash before its salt."""
    database = Path(facts["hub"]["config"]).parent / "hub.sqlite3"
    with sqlite3.connect(database) as connection:
        row = connection.execute("SELECT password_hash FROM credential LIMIT 1").fetchone()
    kind, version, cost = row[0].split("$")[1:4]
    memory, passes, lanes = (int(part.split("=")[1]) for part in cost.split(","))
    return f"{kind} {version}, {memory / 1024:.0f} MiB, {passes} passes, {lanes} lane"


def measure(binary: str, facts: dict, seconds: float, log) -> list[Row]:
    hub_core, client_core = cores()
    person = next(person for person in facts["people"] if person["name"] == "Alex Morgan")
    before = os.sched_getaffinity(0)
    rows = []
    with Hub(binary, facts, pinned_to=hub_core) as hub:
        os.sched_setaffinity(0, {client_core})
        try:
            cost = parameters(facts)
            for connections in CONNECTIONS:
                log(f"Hub on one core: sign-ins, {connections} at once ({cost})")
                load(facts["hub"]["url"], person, 0.5, connections)
                used = hub.processor()
                result = load(facts["hub"]["url"], person, seconds, connections)
                used = (hub.processor() - used) * 1000 / result["count"]
                title = f"Hub on one core, sign-in with {cost}, {connections} at once"
                rows += [
                    Row(title, "sign-ins/s", result["rate"], command=f"bench/login.py, {connections} browsers: POST /sign-in/password"),
                    Row(f"{title}, processor time of each", "ms", used, command="utime + stime of trunkline hub by sign-in"),
                    Row(f"{title}, 99 of 100 within", "ms", result["p99"], command="bench/login.py"),
                ]
        finally:
            os.sched_setaffinity(0, before)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="the program to measure")
    parser.add_argument("--seconds", type=float, default=6.0, help="how long each number of browsers signs in")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="trunkline-bench-") as folder:
        with demonstration(arguments.binary, "small", Path(folder)) as facts:
            pass
        rows = measure(arguments.binary, facts, arguments.seconds, lambda text: print(f"… {text}", file=sys.stderr, flush=True))
    print_table(rows)
    print(json.dumps([row.as_json() for row in rows]), file=sys.stderr)


if __name__ == "__main__":
    main()
