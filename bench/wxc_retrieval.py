"""The retrieval of Users' Synch by wxc-sdk, unmodified: people with calling data, locations, their calling side.

Arguments: sync|async, the Hub's API, its configuration, the program, an administrator's address. Prints JSON.
"""

import asyncio
import json
import sys
import time

from programs import personal_token
from wxc_sdk import WebexSimpleApi
from wxc_sdk.as_api import AsWebexSimpleApi
from wxc_sdk.as_rest import AsRestSession
from wxc_sdk.rest import RestSession


def synchronously(token: str) -> tuple[list, list, list]:
    with WebexSimpleApi(tokens=token) as api:
        return list(api.people.list(calling_data=True, max=100)), list(api.locations.list()), list(api.telephony.location.list())


async def asynchronously(token: str) -> tuple[list, list, list]:
    async with AsWebexSimpleApi(tokens=token) as api:
        return await asyncio.gather(api.people.list(calling_data=True, max=100), api.locations.list(), api.telephony.location.list())


def main() -> None:
    kind, base, config, binary, email = sys.argv[1:]
    RestSession.BASE = AsRestSession.BASE = base
    token = personal_token(binary, config, email)
    # Imports and the token are not what is measured.
    started = time.monotonic()
    people, locations, calling = synchronously(token) if kind == "sync" else asyncio.run(asynchronously(token))
    seconds = time.monotonic() - started
    print(json.dumps({"seconds": seconds, "people": len(people), "locations": len(locations), "calling_locations": len(calling)}))


if __name__ == "__main__":
    main()
