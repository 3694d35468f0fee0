"""Wrong, dead and insufficient tokens fail as they do in production: one 401 body for every dead token, 403 for a
missing scope or role."""

import pytest
import requests
from webexpythonsdk import ApiError, WebexAPI
from wxc_sdk import WebexSimpleApi
from wxc_sdk.people import Person
from wxc_sdk.rest import RestError


def people_me(demonstration, token):
    return requests.get(demonstration.api + "/people/me", headers={"Authorization": f"Bearer {token}"})


def without_tracking_id(body: dict) -> dict:
    return {key: value for key, value in body.items() if key != "trackingId"}


def test_a_garbage_token(demonstration):
    with WebexSimpleApi(tokens="garbage", retry_429=False) as api, pytest.raises(RestError) as refused:
        api.people.me()
    assert refused.value.response.status_code == 401
    webex = WebexAPI(access_token="garbage", base_url=demonstration.api + "/")
    with pytest.raises(ApiError) as refused:
        webex.people.me()
    assert refused.value.response.status_code == 401
    assert requests.get(demonstration.api + "/people/me").status_code == 401


def test_every_dead_token_gets_the_same_body(demonstration):
    granted = demonstration.integration_token("users-synch", "Priya Raman")
    assert people_me(demonstration, granted.access_token).status_code == 200
    with WebexSimpleApi(tokens=demonstration.personal_token("Priya Raman"), retry_429=False) as own:
        own.authorizations.delete(client_id=granted.client_id)
    dead = people_me(demonstration, granted.access_token)
    garbage = people_me(demonstration, "garbage")
    shaped = people_me(demonstration, "A" * 64 + granted.access_token[64:])
    assert dead.status_code == garbage.status_code == shaped.status_code == 401
    assert without_tracking_id(dead.json()) == without_tracking_id(garbage.json()) == without_tracking_id(shaped.json())
    tracking = dead.json()["trackingId"]
    assert tracking and tracking == dead.headers["TrackingID"]


def test_a_token_without_the_scope_is_forbidden(demonstration):
    granted = demonstration.integration_token("single-sign-on", "Priya Raman")
    with WebexSimpleApi(tokens=granted.access_token, retry_429=False) as api:
        assert api.people.me().display_name == "Priya Raman"
        for forbidden in (
            lambda: api.people.create(Person(emails=["nobody@example.com"], display_name="Nobody")),
            api.licenses.list,
            lambda: list(api.locations.list()),
        ):
            with pytest.raises(RestError) as refused:
                forbidden()
            assert refused.value.response.status_code == 403


def test_somebody_without_an_administrator_role_is_forbidden(demonstration):
    with WebexSimpleApi(tokens=demonstration.personal_token("Heidi Harper"), retry_429=False) as api:
        assert api.people.me().display_name == "Heidi Harper"
        with pytest.raises(RestError) as refused:
            api.people.create(Person(emails=["nobody@example.com"], display_name="Nobody"))
        assert refused.value.response.status_code == 403
