"""Starts the program once for all tests of this folder and hands out tokens.

The clients are the unmodified SDKs from PyPI. `API_MODEL_ALLOW_EXTRA=forbid` makes wxc-sdk refuse every field and
every enumeration value that it does not know, so it must stand before the first import.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

os.environ["API_MODEL_ALLOW_EXTRA"] = "forbid"
# The SDKs must reach the Hub itself, whatever proxy this shell uses.
for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
    os.environ.pop(name, None)
# And believe the gateway because of what a test names, not because of what this shell trusts.
for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
    os.environ.pop(name, None)

import pytest  # noqa: E402
from wxc_sdk import WebexSimpleApi  # noqa: E402
from wxc_sdk.as_rest import AsRestSession  # noqa: E402
from wxc_sdk.rest import RestSession  # noqa: E402

from authorize import Authorization  # noqa: E402


SCOPES = {
    "users-synch": "spark:people_read spark-admin:people_read spark-admin:organizations_read spark-admin:locations_read"
    " spark-admin:telephony_config_read spark-admin:workspaces_read",
    "single-sign-on": "openid email profile spark:people_read",
}


def binary() -> str:
    named = os.environ.get("TRUNKLINE_BINARY")
    if not named or not Path(named).exists():
        pytest.exit(f"TRUNKLINE_BINARY must name the built program (is: {named}). `make test-clients` does that.", 2)
    return named


class Demonstration:
    """`trunkline demo` with the medium organization, on ports that the system chose."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.log = open(folder / "demo.log", "w+")
        self.process = subprocess.Popen(
            [binary(), "--json", "demo", "--hub-port", "0", "--suite-port", "0", "--gateway-port", "0", "--seed-size", "medium", "--data", folder / "data"],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(timeout=30)
            self.log.seek(0)
            pytest.exit(f"the demonstration did not start: {self.log.read()}", 2)
        self.facts = json.loads(line)

    @property
    def api(self) -> str:
        return self.facts["hub"]["api"]

    @property
    def organization(self) -> dict:
        return self.facts["organizations"][0]

    def person(self, name: str) -> dict:
        """Somebody with a password, by name."""
        return next(person for person in self.facts["people"] if person["name"] == name)

    def personal_token(self, name: str) -> str:
        """A token of 12 hours with everything that the person may do, as a developer gets it."""
        command = [binary(), "hub", "token", "--config", self.facts["hub"]["config"], "--email", self.person(name)["email"]]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def integration_token(self, integration: str, name: str, scopes: str | None = None) -> Authorization:
        """A grant of one of the five integrations, by the real pages; it may ask for less than it is registered for."""
        known = next(client for client in self.facts["clients"] if client["integration"] == integration)
        secrets = json.loads((self.folder / "data" / "clients.json").read_text())
        client = next(client for client in secrets if client["client_id"] == known["client_id"])
        return Authorization.by_the_pages(self.facts, client | {"scopes": scopes or SCOPES[integration]}, self.person(name))

    def end(self) -> int:
        self.process.terminate()
        code = self.process.wait(timeout=60)
        self.process.stdout.close()
        self.log.close()
        return code


@pytest.fixture(scope="session")
def demonstration():
    folder = Path(tempfile.mkdtemp(prefix="trunkline-clients-"))
    running = Demonstration(folder)
    RestSession.BASE = running.api
    AsRestSession.BASE = running.api
    yield running
    code = running.end()
    shutil.rmtree(folder)
    assert code == 0, f"the demonstration ended with {code} after SIGTERM"


@pytest.fixture(scope="session")
def admin_token(demonstration) -> str:
    return demonstration.personal_token("Alex Morgan")


@pytest.fixture(scope="session")
def api(demonstration, admin_token):
    """wxc-sdk, signed in as the Full Admin."""
    with WebexSimpleApi(tokens=admin_token, retry_429=False) as simple:
        yield simple
