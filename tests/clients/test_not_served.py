"""An operation that the Hub does not serve is told apart from an object that is not there."""

import pytest
from webexpythonsdk import ApiError, WebexAPI
from wxc_sdk.rest import RestError


def test_wxc_sdk_reads_what_is_not_served(api):
    with pytest.raises(RestError) as refused:
        list(api.rooms.list())
    assert refused.value.response.status_code == 501
    assert refused.value.response.headers["Trunkline-Not-Served"] == "GET /v1/rooms"
    assert refused.value.detail.message.startswith("This Hub does not serve GET /v1/rooms yet."), refused.value.detail


def test_an_object_that_is_not_there_is_something_else(api):
    nobody = "Y2lzY29zcGFyazovL3VzL1BFT1BMRS8wMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA"
    with pytest.raises(RestError) as missing:
        api.people.details(person_id=nobody)
    assert missing.value.response.status_code == 404
    assert "Trunkline-Not-Served" not in missing.value.response.headers


def test_webexpythonsdk_reads_what_is_not_served(demonstration, admin_token):
    webex = WebexAPI(access_token=admin_token, base_url=demonstration.api + "/", wait_on_rate_limit=False)
    with pytest.raises(ApiError) as refused:
        list(webex.rooms.list())
    assert refused.value.status_code == 501
    assert "does not serve GET /v1/rooms yet" in refused.value.message
