"""How long a dead token is still accepted by another node: two Hubs on one PostgreSQL, a million grants, ten thousand on each
person to whom something happens.

    scripts/with-postgres python bench/revocation.py --binary PATH [--grants 1000000] [--rounds 10]

An administrator deactivates or deletes a person through one node. From its answer on, the other node is asked about the person's
tokens, again and again, until it refuses; the time to the end of the first refusal counts, and every acceptance before.
"""

import argparse
import contextlib
import hashlib
import http.client
import json
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from programs import personal_token  # noqa: E402
from table import Row, print_table  # noqa: E402
from tokens import digest, token  # noqa: E402

CLIENTS = 50
OF_ONE_PERSON = 10_000
SECRET = "bench secret"


def client_id(number: int) -> str:
    return "C" + hashlib.sha256(f"bench client {number}".encode()).hexdigest()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Sql:
    def __init__(self, url: str):
        self.url = url

    def __call__(self, text: str) -> list[list[str]]:
        command = ["psql", "-X", "-q", "-t", "-A", "-F", "\t", "-v", "ON_ERROR_STOP=1", self.url]
        done = subprocess.run(command, input=text, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"psql: {done.stderr}")
        return [line.split("\t") for line in done.stdout.splitlines() if line]


@contextlib.contextmanager
def node(binary: str, folder: Path, database: str, seed: bool):
    port = free_port()
    folder.mkdir()
    config = folder / "hub.toml"
    lines = [f'listen = "127.0.0.1:{port}"', f'public_url = "http://127.0.0.1:{port}"', f'data = "{folder}"', f'database = "{database}"', 'rate_limits = "off"', 'log = "warn"']
    config.write_text("\n".join(lines + (['seed_size = "small"'] if seed else [])) + "\n")
    process = subprocess.Popen([binary, "--json", "hub", "--config", config], stdout=subprocess.PIPE, text=True)
    if not process.stdout.readline():
        sys.exit("the Hub did not start")
    try:
        yield f"http://127.0.0.1:{port}", config
    finally:
        process.terminate()
        process.wait(timeout=60)


class Asker:
    """One kept connection."""

    def __init__(self, url: str):
        place = urlsplit(url)
        self.connection = http.client.HTTPConnection(place.hostname, place.port)

    def send(self, method: str, path: str, body: str = "", headers: dict | None = None) -> tuple[int, bytes]:
        self.connection.request(method, path, body=body, headers=headers or {})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def is_active(self, client: str, text: str) -> bool:
        body = urlencode({"client_id": client, "client_secret": SECRET, "token": text})
        status, answer = self.send("POST", "/v1/introspect", body, {"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 200, answer
        return json.loads(answer)["active"]


def fill(sql: Sql, grants: int, rounds: int) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """A million grants; answers the people to whom something will happen, each with some tokens that are known."""
    home = "(SELECT organization_id FROM person GROUP BY organization_id ORDER BY COUNT(*) DESC, organization_id LIMIT 1)"
    people = sql(f"SELECT p.id, p.organization_id FROM person p WHERE p.organization_id = {home} AND p.login_enabled AND NOT EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id)"
                 f" AND NOT EXISTS (SELECT 1 FROM person_epoch e WHERE e.person_id = p.id) ORDER BY p.id LIMIT {rounds + 20}")
    victims, others = people[:rounds], people[rounds:]
    clients = ",".join(
        f"('{client_id(number)}', '{digest(SECRET)}', 'Bench {number}', '', '', '', '', 'spark:people_read', FALSE, 1209600, 7776000, TRUE, '', TRUE, FALSE, 0)" for number in range(CLIENTS)
    )
    sql("INSERT INTO oauth_client (client_id, secret_hash, name, vendor, contact, privacy_url, support_url, scopes, legacy, access_seconds, refresh_seconds, refresh_slides,"
        f" initiate_login_uri, enabled, built_in, created_at) VALUES {clients}")
    names = "ARRAY[" + ",".join(f"'{client_id(number)}'" for number in range(CLIENTS)) + "]"
    now = int(time.time() * 1000)
    later = now + 80 * 24 * 3600 * 1000
    some = max(1, (grants - rounds * OF_ONE_PERSON) // len(others))
    for share, (person, organization) in [(OF_ONE_PERSON, one) for one in victims] + [(some, one) for one in others]:
        sql(f"""WITH made AS (INSERT INTO oauth_grant (id, client_id, person_id, organization_id, kind, scopes, administrative, epoch_everything, epoch_administrative, granted_at,
                  refresh_hash, refresh_expires_at, ends_at)
                SELECT gen_random_uuid()::text, ({names})[1 + i % {CLIENTS}], '{person}', '{organization}', 'consent', 'spark:people_read', FALSE, 0, 0, {now},
                  encode(sha256((gen_random_uuid()::text)::bytea), 'hex'), {later}, {later} FROM generate_series(1, {share}) i RETURNING id)
              INSERT INTO oauth_access_token (token_hash, id, grant_id, scopes, created_at, expires_at)
              SELECT encode(sha256((gen_random_uuid()::text)::bytea), 'hex'), gen_random_uuid()::text, id, 'spark:people_read', {now}, {later} FROM made""")
    chosen = []
    for person, organization in victims:
        rows = sql(f"SELECT DISTINCT ON (g.client_id) g.client_id, t.id FROM oauth_grant g JOIN oauth_access_token t ON t.grant_id = g.id WHERE g.person_id = '{person}' ORDER BY g.client_id")
        known = [(client, token(organization), row) for client, row in rows[:20]]
        sql(";".join(f"UPDATE oauth_access_token SET token_hash = '{digest(text)}' WHERE id = '{row}'" for _, text, row in known))
        chosen.append((person, organization, [(client, text) for client, text, _ in known]))
    sql("VACUUM ANALYZE oauth_grant; VACUUM ANALYZE oauth_access_token; CHECKPOINT")
    return chosen


def happen(asker: Asker, bearer: str, number: int, person: str, organization: str) -> str:
    """What the administrator does, and its answer."""
    headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/scim+json"}
    if number % 2:
        status, body = asker.send("DELETE", f"/identity/scim/{organization}/v2/Users/{person}", headers=headers)
        assert status == 204, body
        return "deletion"
    operation = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [{"op": "replace", "path": "active", "value": False}]}
    status, body = asker.send("PATCH", f"/identity/scim/{organization}/v2/Users/{person}", json.dumps(operation), headers)
    assert status == 200, body
    return "deactivation"


def measure(binary: str, postgres: str, grants: int, rounds: int, log) -> list[Row]:
    folder = Path(tempfile.mkdtemp(prefix="trunkline-revocation-"))
    name = f"bench_{secrets.token_hex(4)}"
    Sql(postgres + "/postgres")(f"CREATE DATABASE {name}")
    database = f"{postgres}/{name}"
    sql = Sql(database)
    try:
        with node(binary, folder / "one", database, seed=True) as (first, config), node(binary, folder / "two", database, seed=False) as (second, _):
            log(f"storing {grants:,} grants")
            chosen = fill(sql, grants, rounds)
            home = chosen[0][1]
            (admin,), *_ = sql(f"SELECT p.email FROM person p JOIN person_role r ON r.person_id = p.id WHERE r.role = 'id_full_admin' AND p.login_enabled AND p.organization_id = '{home}' ORDER BY p.email")
            bearer = personal_token(binary, str(config), admin)
            here, there = Asker(first), Asker(second)
            times, accepted = [], 0
            for number, (person, organization, known) in enumerate(chosen):
                assert organization == home
                assert all(there.is_active(client, text) for client, text in known)
                happen(here, bearer, number, person, organization)
                began = time.perf_counter()
                while there.is_active(*known[number % len(known)]):
                    accepted += 1
                times.append((time.perf_counter() - began) * 1000)
                assert not any(there.is_active(client, text) for client, text in known)
    finally:
        Sql(postgres + "/postgres")(f"DROP DATABASE {name} WITH (FORCE)")
        shutil.rmtree(folder, ignore_errors=True)
    log(f"{accepted} answers of the other node accepted a dead token after the event was answered")
    title = f"From a security event's answer to the first refusal on another node, {grants:,} grants, {OF_ONE_PERSON:,} of the person"
    command = "scripts/with-postgres python bench/revocation.py: PATCH active=false or DELETE through one node, POST /v1/introspect at the other"
    return [
        Row(f"{title}, median", "ms", statistics.median(times), command=command),
        Row(f"{title}, worst of {rounds}", "ms", max(times), command=command),
        Row("Dead tokens that the other node accepted after the answer", "answers", float(accepted), command=command),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--grants", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=10)
    arguments = parser.parse_args()
    postgres = os.environ.get("TRUNKLINE_TEST_POSTGRES") or sys.exit("run this under scripts/with-postgres")
    print_table(measure(arguments.binary, postgres, arguments.grants, arguments.rounds, lambda text: print(f"… {text}", file=sys.stderr, flush=True)))


if __name__ == "__main__":
    main()
