"""Time travel by the program: `trunkline clock` moves a simulated Hub and a simulated Suite together."""

import contextlib
import json
import socket
import subprocess
import time
from datetime import datetime, timedelta, timezone

import pytest
import requests

from authorize import Authorization
from conftest import SCOPES, binary


def clock(*arguments, expect=0):
    answer = subprocess.run([binary(), "clock", *arguments], capture_output=True, text=True, timeout=600)
    assert answer.returncode == expect, answer.stdout + answer.stderr
    return answer.stdout if expect == 0 else answer.stderr


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@contextlib.contextmanager
def simulated(folder, *further):
    command = [binary(), "--json", "demo", "--simulate", "--hub-port", "0", "--suite-port", "0", "--gateway-port", "0", "--data", folder, *further]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        try:
            yield process, json.loads(line)
        finally:
            process.terminate()
            process.wait(timeout=60)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulated") / "data"
    with simulated(folder) as (_, facts):
        yield folder, facts


def both(folder) -> list[datetime]:
    shown = json.loads(clock("now", "--json", "--data", folder))
    assert [one["product"] for one in shown] == ["Hub", "Suite"]
    return [moment(one["now"]) for one in shown]


def test_both_clocks_move_together_forward_and_flow_on(running):
    folder, _ = running
    before = both(folder)
    moved = json.loads(clock("advance", "2h30m", "--json", "--data", folder))
    assert moment(moved["now"]) - moment(moved["from"]) >= timedelta(hours=2, minutes=30)
    after = both(folder)
    for earlier, later in zip(before, after):
        assert timedelta(hours=2, minutes=30) <= later - earlier < timedelta(hours=2, minutes=35)
    assert abs(after[0] - after[1]) < timedelta(seconds=30)
    words = clock("advance", "1d", "--data", folder)
    assert words.startswith("Hub and Suite moved 1 day") and "ahead of this machine" in words, words


def test_every_page_shows_the_simulated_time(running):
    _, facts = running
    for product in ("hub", "suite"):
        page = requests.get(facts[product]["url"] + "/sign-in")
        assert "Simulated time" in page.text, product


def test_what_is_no_duration_is_refused_in_words(running):
    folder, _ = running
    for wrong in ("soon", "5", "1.5d"):
        said = clock("advance", wrong, "--data", folder, expect=2)
        assert f"“{wrong}” is not a duration" in said and "90d" in said, said


def test_a_server_on_the_machines_time_says_so(demonstration, tmp_path):
    said = clock("now", "--hub", demonstration.facts["hub"]["url"], expect=1)
    assert "keeps the machine's time" in said and "--simulate" in said, said
    said = clock("now", "--data", tmp_path, expect=2)
    assert "There is no demonstration in" in said, said
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        said = clock("now", "--hub", f"http://127.0.0.1:{nobody.getsockname()[1]}", expect=1)
    assert "does not answer" in said, said


def test_when_one_fails_it_is_said_which_moved_and_the_next_brings_it_along(running, tmp_path):
    folder, facts = running
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        silent = f"http://localhost:{nobody.getsockname()[1]}"
        said = clock("advance", "1h", "--hub", facts["hub"]["url"], "--suite", silent, expect=1)
    assert f"The Suite at {silent} does not answer" in said, said
    # The Hub alone goes ahead; the two together meet again.
    clock("advance", "1h", "--hub", facts["hub"]["url"])
    hub, suite = both(folder)
    assert hub - suite > timedelta(minutes=55)
    clock("advance", "1m", "--data", folder)
    hub, suite = both(folder)
    assert abs(hub - suite) < timedelta(seconds=30)


def test_nothing_but_loopback_is_simulated(tmp_path):
    for product, listen in (("hub", "0.0.0.0:0"), ("suite", "0.0.0.0:0")):
        answer = subprocess.run([binary(), product, "--simulate", "--listen", listen, "--data", tmp_path], capture_output=True, text=True, timeout=60)
        assert answer.returncode == 2, answer.stderr
        assert "loopback only" in answer.stderr and "--listen 0.0.0.0:0" in answer.stderr, answer.stderr


def test_five_years_pass_and_a_later_start_goes_on_there(tmp_path):
    folder = tmp_path / "data"
    with simulated(folder) as (process, facts):
        known = next(client for client in facts["clients"] if client["integration"] == "users-synch")
        client = next(client for client in json.loads((folder / "clients.json").read_text()) if client["client_id"] == known["client_id"])
        person = next(person for person in facts["people"] if person["name"] == "Alex Morgan")
        unused = Authorization.by_the_pages(facts, client | {"scopes": SCOPES["users-synch"]}, person)
        before = both(folder)
        began = time.monotonic()
        moved = json.loads(clock("advance", "5y", "--json", "--data", folder))
        print(f"five years passed in {time.monotonic() - began:.1f} s; {moved['ran']} runs, unfinished {moved['unfinished']}")
        after = both(folder)
        assert after[0] - before[0] >= timedelta(days=5 * 365) and after[1] - before[1] >= timedelta(days=5 * 365)
        assert moved["ran"] > 100
        # Nobody used the refresh token: it died on the way.
        answer = requests.post(
            facts["hub"]["api"] + "/access_token",
            data={"grant_type": "refresh_token", "client_id": client["client_id"], "client_secret": client["client_secret"], "refresh_token": unused.refresh_token},
        )
        assert answer.status_code == 400, answer.text
        process.terminate()
        assert process.wait(timeout=60) == 0
    with simulated(folder) as (process, facts):
        assert both(folder)[0] >= after[0]
        process.terminate()
        process.wait(timeout=60)
    refused = subprocess.run([binary(), "hub", "--data", folder, "--listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=60)
    assert refused.returncode == 1 and "5 years ahead" in refused.stderr and "--simulate" in refused.stderr, refused.stderr
