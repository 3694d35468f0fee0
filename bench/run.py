"""Measures Hub and Suite beside wxc-sdk and oidc-provider on one machine, with the large organization.

    make bench                          # everything, 100,000 people
    make bench BENCH_ARGS='--size medium --repeat 1'

Prints a table and writes the same to bench/latest.json: a list of {name, unit, value, baseline, baseline_name, ratio,
command}. Every value is a median. A ratio is always "how much better than the baseline".
"""

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "tests" / "clients"))

import login  # noqa: E402
import one_core  # noqa: E402
import pages  # noqa: E402
import revocation  # noqa: E402
import tokens  # noqa: E402
from authorize import authorize_users_synch  # noqa: E402
from programs import Hub, demonstration, measured, python  # noqa: E402
from table import Row, print_table  # noqa: E402


def log(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


class Bench:
    def __init__(self, binary: str, size: str, repeat: int, folder: Path, load_seconds: float):
        self.binary, self.size, self.repeat, self.folder, self.load_seconds = binary, size, repeat, folder, load_seconds
        self.rows: list[Row] = []

    def run(self) -> list[Row]:
        facts = self.prepare()
        people = facts["organizations"][0]["people"]
        with Hub(self.binary, facts) as hub:
            hub_paging = self.hub_serves(hub, facts, people)
            suite_seconds, suite_memory = self.suite_synchronizes(hub, facts, people)
            self.sdk_retrieves(facts, people, suite_seconds, suite_memory)
            self.rows.insert(hub_paging, Row("Hub, peak memory", "MB", hub.peak_memory(), command="VmHWM of trunkline hub after all of the above and below, but for the rows on one core"))
        self.rows += one_core.measure(self.binary, facts, self.load_seconds, log)
        self.rows += login.measure(self.binary, facts, self.load_seconds, log)
        self.rows += tokens.measure(self.binary, self.folder / "tokens", grants=3000, seconds=self.load_seconds, log=log)
        postgres = os.environ.get("TRUNKLINE_TEST_POSTGRES")
        if postgres:
            self.rows += revocation.measure(self.binary, postgres, grants=1_000_000, rounds=10, log=log)
        else:
            log("left out: two Hubs on one PostgreSQL, because scripts/with-postgres does not stand around this")
        return self.rows

    def prepare(self) -> dict:
        """A data folder with the organization, and a Suite that is authorized and has not synchronized yet."""
        log(f"seeding the {self.size} organization and authorizing Users' Synch")
        started = time.monotonic()
        with demonstration(self.binary, self.size, self.folder) as facts:
            seconds = time.monotonic() - started
            authorize_users_synch(facts)
        self.rows.append(Row("First start with this organization", "s", seconds, command=f"trunkline demo --seed-size {self.size}"))
        return facts

    def hub_serves(self, hub: Hub, facts: dict, people: int) -> int:
        token = hub.token(facts)
        for name, query in [("pages of 1,000", "max=1000"), ("pages of 100 with calling data", "max=100&callingData=true")]:
            log(f"Hub: {name}")
            rates = []
            for _ in range(self.repeat):
                seconds, count = pages.walk(f"{facts['hub']['api']}/people?{query}", token)
                assert count == people, f"{count} people instead of {people}"
                rates.append(people / seconds)
            self.rows.append(Row(f"Hub, one client, {name}", "people/s", statistics.median(rates), command=f"GET /v1/people?{query} and its Link to the end"))
        return len(self.rows)

    def suite_synchronizes(self, hub: Hub, facts: dict, people: int) -> tuple[float, float]:
        log("Suite: full Users' Synch")
        configuration = facts["suite"]["config"]
        command = [self.binary, "suite", "sync", "--config", configuration, "--customer", facts["suite"]["customer"]["name"], "--json"]
        seconds, memory, own, hubs = [], [], [], []
        for _ in range(self.repeat):
            self.forget_people()
            before = hub.processor()
            run = measured(command)
            hubs.append(hub.processor() - before)
            own.append(run.processor)
            assert run.result["people"] == people, f"the run found {run.result['people']} people instead of {people}: {run.result}"
            seconds.append(run.seconds)
            memory.append(run.peak_memory)
        self.rows.append(Row("Full Users' Synch, processor time of the Suite", "s", statistics.median(own), command="trunkline suite sync"))
        self.rows.append(Row("Full Users' Synch, processor time of the Hub meanwhile", "s", statistics.median(hubs), command="trunkline suite sync"))
        again = measured(command)
        self.rows.append(Row("Users' Synch again, nothing changed", "s", again.seconds, command="trunkline suite sync, a second time"))
        return statistics.median(seconds), statistics.median(memory)

    def forget_people(self) -> None:
        """Back to the moment at which the Suite was authorized and had no people."""
        for suffix in ("", "-wal", "-shm"):
            (self.folder / f"suite.sqlite3{suffix}").unlink(missing_ok=True)
        shutil.copy(self.folder / "authorized.sqlite3", self.folder / "suite.sqlite3")

    def sdk_retrieves(self, facts: dict, people: int, suite_seconds: float, suite_memory: float) -> None:
        measured_kinds = {}
        for kind in ("sync", "async"):
            log(f"wxc-sdk, {kind}: the same retrieval")
            runs = [measured(python(HERE / "wxc_retrieval.py", kind, facts["hub"]["api"], facts["hub"]["config"], self.binary, self.admin(facts))) for _ in range(self.repeat)]
            for run in runs:
                assert run.result["people"] == people, run.result
            measured_kinds[kind] = (statistics.median(run.result["seconds"] for run in runs), statistics.median(run.peak_memory for run in runs))
        better = min(measured_kinds, key=lambda kind: measured_kinds[kind][0])
        for kind, (seconds, memory) in measured_kinds.items():
            baseline = f"wxc-sdk {kind}"
            self.rows.append(Row(f"Full Users' Synch beside {baseline}", "s", suite_seconds, seconds, baseline, seconds / suite_seconds, "trunkline suite sync"))
            if kind == better:
                self.rows.append(Row("Full Users' Synch, peak memory", "MB", suite_memory, memory, baseline, memory / suite_memory, "trunkline suite sync"))

    @staticmethod
    def admin(facts: dict) -> str:
        return next(person["email"] for person in facts["people"] if person["name"] == "Alex Morgan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, help="the program to measure")
    parser.add_argument("--size", default="large", choices=["small", "medium", "large"])
    parser.add_argument("--repeat", type=int, default=3, help="how many times; the median counts")
    parser.add_argument("--load-seconds", type=float, default=8, help="how long each load on one core lasts")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="trunkline-bench-"))
    try:
        rows = Bench(arguments.binary, arguments.size, arguments.repeat, folder, arguments.load_seconds).run()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print_table(rows)
    (HERE / "latest.json").write_text(json.dumps([row.as_json() for row in rows], indent=2) + "\n")


if __name__ == "__main__":
    main()
