"""scim2-tester asks the Hub everything that RFC 7643 and 7644 promise. It learns the schemas from the Hub itself."""

import httpx2
import pytest
from scim2_client.client import BASE_HEADERS
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server

import scim

FINDINGS = {Status.ERROR, Status.CRITICAL, Status.DEVIATION}


@pytest.fixture(scope="module")
def results(demonstration):
    # The small second organization: the tester looks for what it made on the first page of a list.
    somebody = next(
        person
        for person in demonstration.facts["people"]
        if person["organization"] == demonstration.facts["organizations"][1]["name"] and "Full Administrator" in person["roles"]
    )
    token = demonstration.personal_token(somebody["name"])
    headers = BASE_HEADERS | {"Authorization": f"Bearer {token}"}
    with httpx2.Client(base_url=scim.base(demonstration, 1), headers=headers, trust_env=False, timeout=60) as http:
        yield check_server(SyncSCIMClient(http))


def test_no_findings(results):
    findings = [f"{result.resource_type or '-'} {result.title}: {result.reason} {result.data}" for result in results if result.status in FINDINGS]
    assert not findings, "\n".join(findings)


def test_everything_was_asked(results):
    assert len(results) > 150, len(results)
    asked = {result.title for result in results if result.status == Status.SUCCESS}
    assert asked >= {
        "object_creation", "object_query", "object_query_without_id", "object_query_with_attributes",
        "object_list_with_attributes", "search_with_attributes", "object_replacement", "object_deletion",
        "check_add_attribute", "check_remove_attribute", "check_replace_attribute", "random_url",
        "resource_types_schema_validation",
    }
    skipped = {result.title: result.reason for result in results if result.status == Status.SKIPPED}
    assert not skipped, skipped
    assert {result.resource_type for result in results} >= {"User", "Group"}
