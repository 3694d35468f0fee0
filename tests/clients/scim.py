"""How the clients of this folder reach the Hub's SCIM side."""

from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter


def origin(demonstration) -> str:
    parts = urlsplit(demonstration.api)
    return f"{parts.scheme}://{parts.netloc}"


def organization_uuid(demonstration, position: int = 0) -> str:
    return demonstration.facts["organizations"][position]["id"]


def base(demonstration, position: int = 0) -> str:
    return f"{origin(demonstration)}/identity/scim/{organization_uuid(demonstration, position)}/v2"


class ToTheHub(HTTPAdapter):
    """wxc-sdk writes https://webexapis.com into its SCIM calls and lets nobody change it; the requests go to the Hub."""

    def __init__(self, hub: str):
        super().__init__()
        self.hub = hub

    def send(self, request, **options):
        parts = urlsplit(request.url)
        request.url = self.hub + parts.path + (f"?{parts.query}" if parts.query else "")
        return super().send(request, **options)
