"""webexpythonsdk, pointed at the Hub by its base URL, or by the environment of a shell at the gateway."""

from dataclasses import dataclass, field

from webexpythonsdk import WebexAPI

from ways import WEBEX

ADDRESSES = ["base URL", "gateway"]


@dataclass
class Client:
    """The SDK with a token, and the addresses that it asked."""

    api: WebexAPI
    asked: list[str] = field(default_factory=list)


def client(address: str, demonstration, token: str) -> Client:
    if address == "gateway":
        gateway = demonstration.facts["hub"]["gateway"]
        api = WebexAPI(access_token=token, wait_on_rate_limit=False, proxies={"https": gateway["url"]})
        # The SDK takes no certificate; a shell names it by REQUESTS_CA_BUNDLE, which `test_gateway.py` does.
        api._session._req_session.verify = gateway["certificate"]
    else:
        # The slash at the end is needed: the SDK joins paths as URLs.
        api = WebexAPI(access_token=token, wait_on_rate_limit=False, base_url=demonstration.api + "/")
    made = Client(api)
    api._session._req_session.hooks["response"].append(lambda answer, **_: made.asked.append(answer.url))
    return made


def reaches(address: str, demonstration) -> str:
    return f"{WEBEX}/v1/" if address == "gateway" else f"{demonstration.api}/"
