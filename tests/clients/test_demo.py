"""The program at a terminal: `trunkline demo` and what it leaves behind."""

import contextlib
import json
import os
import signal
import socket
import stat
import subprocess

import requests

from authorize import authorize_users_synch
from conftest import binary


def test_the_facts_are_for_their_owner_alone(demonstration):
    file = demonstration.folder / "data" / "demo.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    facts = json.loads(file.read_text())
    assert facts == demonstration.facts
    assert {"hub", "suite", "organizations", "people", "clients"} <= facts.keys()
    assert len(facts["clients"]) == 5
    blocked = [client["integration"] for client in facts["clients"] if client["blocked"]]
    assert blocked == ["presence"]
    for name in ("clients.json", "hub.toml", "suite.toml", "gateway-ca.key"):
        assert stat.S_IMODE((demonstration.folder / "data" / name).stat().st_mode) == 0o600, name


def test_hub_and_suite_are_two_processes_under_two_host_names(demonstration):
    facts = demonstration.facts
    assert facts["hub"]["url"].startswith("http://127.0.0.1:")
    assert facts["suite"]["url"].startswith("http://localhost:")
    for product in ("hub", "suite"):
        assert requests.get(facts[product]["url"] + "/healthz").status_code == 200
    children = subprocess.run(["ps", "-o", "args=", "--ppid", str(demonstration.process.pid)], capture_output=True, text=True)
    commands = children.stdout.splitlines()
    assert len(commands) == 2 and " hub " in commands[0] and " suite " in commands[1], commands


def test_a_taken_port_is_named_before_anything_starts(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = subprocess.run(
            [binary(), "demo", "--hub-port", "0", "--suite-port", str(port), "--gateway-port", "0", "--data", tmp_path / "data"],
            capture_output=True,
            text=True,
        )
    assert answer.returncode == 1
    assert f"Port {port}, where the Suite should listen, is taken" in answer.stderr and "--suite-port" in answer.stderr
    assert not (tmp_path / "data").exists()


def test_two_demonstrations_cannot_share_a_folder(demonstration):
    answer = subprocess.run(
        [binary(), "demo", "--hub-port", "0", "--suite-port", "0", "--gateway-port", "0", "--data", demonstration.folder / "data"],
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 1 and "is running already" in answer.stderr


@contextlib.contextmanager
def started(folder):
    """A demonstration of its own; whatever the test does to it, no process and no pipe is left behind."""
    command = [binary(), "--json", "demo", "--hub-port", "0", "--suite-port", "0", "--gateway-port", "0", "--data", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        line = process.stdout.readline()
        assert line, process.stderr.read()
        try:
            yield process, json.loads(line)
        finally:
            process.terminate()


def children_of(process) -> list[int]:
    """The Hub and the Suite, in the order in which they were started."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True).stdout
    return sorted(int(line) for line in listed.split())


def test_a_second_start_goes_on_with_the_same_data_on_other_ports(tmp_path):
    with started(tmp_path / "data") as (process, first):
        process.terminate()
        assert process.wait(timeout=60) == 0
    with started(tmp_path / "data") as (process, second):
        assert first["people"] == second["people"] and first["organizations"] == second["organizations"]
        assert first["suite"]["administrator"] == second["suite"]["administrator"]
        assert first["hub"]["url"] != second["hub"]["url"]
        # The seeded redirect URI follows: a registered one leads to the sign-in, any other to an error page.
        client = next(client["client_id"] for client in second["clients"] if client["integration"] == "users-synch")
        for facts, status in ((second, 200), (first, 400)):
            query = {
                "response_type": "code",
                "client_id": client,
                "redirect_uri": facts["suite"]["redirect_uri"],
                "scope": "spark:people_read",
                "state": "x",
                "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "code_challenge_method": "S256",
            }
            answer = requests.get(second["hub"]["api"] + "/authorize", params=query)
            assert answer.status_code == status, f"{answer.url}: {answer.text}"
            assert answer.url.startswith(second["hub"]["url"]), "an unknown redirect URI is a page, never a redirect"
        process.terminate()
        assert process.wait(timeout=60) == 0


def test_ctrl_c_ends_everything_cleanly(tmp_path):
    with started(tmp_path / "data") as (process, _):
        children = children_of(process)
        # A terminal sends it to the whole group.
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 0
        assert process.stderr.read() == ""
        assert not any(os.path.exists(f"/proc/{child}") for child in children)


def test_a_dying_child_ends_the_other_and_is_named(tmp_path):
    with started(tmp_path / "data") as (process, _):
        hub, suite = children_of(process)
        os.kill(hub, 9)
        error = process.stderr.read()
        assert process.wait(timeout=60) == 1
        assert "The Hub ended by itself" in error
        assert not os.path.exists(f"/proc/{suite}")


def test_children_end_with_their_parent_however_it_ends(tmp_path):
    with started(tmp_path / "data") as (process, _):
        children = children_of(process)
        assert len(children) == 2
        process.kill()
        process.wait(timeout=10)
        for child in children:
            # Nobody waits for orphans but init; tail does not need to be their parent.
            subprocess.run(["tail", f"--pid={child}", "-f", "/dev/null"], timeout=30, check=True)


def synch(facts, *options):
    """`trunkline suite sync`, again while the Suite's own first run is still going on."""
    command = [binary(), "--json", "suite", "sync", "--config", facts["suite"]["config"], "--customer", "kestrel", *options]
    for _ in range(60):
        answer = subprocess.run(command, capture_output=True, text=True)
        if "runs already" not in answer.stderr:
            return answer
    raise AssertionError(answer.stderr)


def test_a_synch_at_a_terminal_says_by_its_exit_code_whether_the_directory_changed(tmp_path):
    with started(tmp_path / "data") as (_, facts):
        before = synch(facts)
        assert before.returncode == 3, before.stderr
        assert json.loads(before.stdout)["outcome"] == "failed", "nobody has authorized it yet"
        authorize_users_synch(facts)
        after = synch(facts)
        assert after.returncode == 0, after.stderr
        summary = json.loads(after.stdout)
        assert summary["outcome"] == "succeeded" and summary["people"] == 60
        assert sum(summary["changes"].values()) == 60
        again = json.loads(synch(facts).stdout)
        assert again["changes"]["unchanged"] == 60
        words = subprocess.run(
            [binary(), "suite", "sync", "--config", facts["suite"]["config"], "--customer", facts["suite"]["customer"]["id"]],
            capture_output=True,
            text=True,
        )
        assert "60 unchanged" in words.stdout and words.stderr == "", "no progress bar where nobody watches"
        nobody = subprocess.run([*words.args[:-1], "Nobody"], capture_output=True, text=True)
        assert nobody.returncode == 2 and "Kestrel Bay Logistics" in nobody.stderr
