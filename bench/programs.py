"""Starting, measuring and ending the programs that are compared."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Run:
    seconds: float
    processor: float
    peak_memory: float
    result: dict


def measured(command: list) -> Run:
    """Runs a program to its end: wall time, processor time and peak memory of that process alone (s, MB), the JSON that it printed."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}: {output}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, json.loads(output))


def python(script: Path, *arguments: str) -> list:
    return [sys.executable, str(script), *arguments]


@contextlib.contextmanager
def demonstration(binary: str, size: str, folder: Path):
    """`trunkline demo`; at the end the authorized Suite's database is kept aside."""
    command = [binary, "--json", "demo", "--hub-port", "0", "--suite-port", "0", "--gateway-port", "0", "--seed-size", size, "--data", folder]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    if not line:
        sys.exit("the demonstration did not start")
    try:
        yield json.loads(line)
    finally:
        # The Suite begins to synchronize by itself once it is authorized; ended right away, it has changed nothing.
        process.terminate()
        process.wait(timeout=120)
    shutil.copy(folder / "suite.sqlite3", folder / "authorized.sqlite3")


class Hub:
    """The Hub alone, on the data of the demonstration; on one core where that is wanted."""

    def __init__(self, binary: str, facts: dict, pinned_to: int | None = None, flags: list | None = None):
        self.binary, self.config = binary, facts["hub"]["config"]
        pin = [] if pinned_to is None else ["taskset", "--cpu-list", str(pinned_to)]
        self.command = [*pin, binary, "--json", "hub", "--config", self.config, "--log", "warn", *(flags or [])]

    def __enter__(self) -> "Hub":
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        if not self.process.stdout.readline():
            sys.exit("the Hub did not start")
        return self

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)

    def peak_memory(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024

    def processor(self) -> float:
        """Processor seconds so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def token(self, facts: dict) -> str:
        email = next(person["email"] for person in facts["people"] if person["name"] == "Alex Morgan")
        return personal_token(self.binary, self.config, email)


def personal_token(binary: str, config: str, email: str) -> str:
    command = [binary, "hub", "token", "--config", config, "--email", email]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
