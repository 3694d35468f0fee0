"""Authlib, by discovery alone: code flow with PKCE, ID token, refresh, introspection, revocation."""

import json
import os
import secrets
from urllib.parse import urlsplit

import pytest
import requests

# Authlib refuses http addresses otherwise; the Hub of a test listens on the loopback interface.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

from authlib.integrations.base_client.errors import OAuthError  # noqa: E402
from authlib.integrations.requests_client import OAuth2Session  # noqa: E402
from authlib.oidc.core import CodeIDToken  # noqa: E402
from authlib.oidc.discovery import OpenIDProviderMetadata  # noqa: E402
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata  # noqa: E402
from joserfc import jwt  # noqa: E402
from joserfc.jwk import KeySet  # noqa: E402

from authorize import _submit, sign_in  # noqa: E402

SCOPES = "openid email profile spark:people_read"


def credentials(demonstration, integration: str) -> dict:
    known = next(client for client in demonstration.facts["clients"] if client["integration"] == integration)
    kept = json.loads((demonstration.folder / "data" / "clients.json").read_text())
    return next(client for client in kept if client["client_id"] == known["client_id"])


@pytest.fixture(scope="module")
def origin(demonstration) -> str:
    place = urlsplit(demonstration.api)
    return f"{place.scheme}://{place.netloc}"


@pytest.fixture(scope="module")
def metadata(origin) -> dict:
    return requests.get(f"{origin}/.well-known/openid-configuration", timeout=10).json()


@pytest.fixture(scope="module", params=["client_secret_basic", "client_secret_post"])
def signed_in(request, demonstration, origin, metadata):
    """A session with tokens, and the nonce of its ID token."""
    client = credentials(demonstration, "single-sign-on")
    session = OAuth2Session(
        client["client_id"],
        client["client_secret"],
        scope=SCOPES,
        redirect_uri=demonstration.facts["suite"]["redirect_uri"],
        token_endpoint_auth_method=request.param,
        revocation_endpoint_auth_method=request.param,
        code_challenge_method="S256",
    )
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    url, state = session.create_authorization_url(metadata["authorization_endpoint"], nonce=nonce, code_verifier=verifier)
    person = demonstration.person("Alex Morgan")
    with requests.Session() as browser:
        page = sign_in(browser, url, person)
        browser.max_redirects = 0
        try:
            answer = _submit(browser, page, "decision", {"decision": "accept"})
        except requests.TooManyRedirects as leads_away:
            answer = leads_away.response
    session.fetch_token(metadata["token_endpoint"], authorization_response=answer.headers["Location"], state=state, code_verifier=verifier)
    return session, nonce


def test_both_documents_are_valid(origin, metadata):
    OpenIDProviderMetadata(metadata | {"issuer": metadata["issuer"]})
    found = requests.get(f"{origin}/.well-known/oauth-authorization-server", timeout=10).json()
    assert found["issuer"] == origin == metadata["issuer"]
    for document in (AuthorizationServerMetadata(found), OpenIDProviderMetadata(metadata)):
        for claim in document.REGISTRY_KEYS:
            # The validators want https, which a Hub on the loopback interface does not have; and RS256, which OpenID Connect
            # Discovery names as the least that a provider signs with, where this one signs with ES256 alone.
            if claim != "id_token_signing_alg_values_supported" and not claim.endswith(("_endpoint", "_uri", "issuer")):
                getattr(document, f"validate_{claim}", lambda: None)()


def test_the_id_token_holds_to_the_strictest_reading(metadata, signed_in):
    session, nonce = signed_in
    keys = KeySet.import_key_set(requests.get(metadata["jwks_uri"], timeout=10).json())
    token = jwt.decode(session.token["id_token"], keys, algorithms=metadata["id_token_signing_alg_values_supported"])
    claims = CodeIDToken(
        token.claims,
        token.header,
        {"iss": {"essential": True, "value": metadata["issuer"]}, "aud": {"essential": True, "value": session.client_id}},
        {"nonce": nonce, "client_id": session.client_id, "max_age": 600},
    )
    claims.validate(leeway=0)
    info = session.get(metadata["userinfo_endpoint"]).json()
    assert info["sub"] == claims["sub"]


def test_refresh_introspection_and_revocation(metadata, signed_in):
    session, _ = signed_in
    first = dict(session.token)
    refreshed = session.refresh_token(metadata["token_endpoint"], refresh_token=first["refresh_token"])
    assert refreshed["refresh_token"] == first["refresh_token"] and refreshed["access_token"] != first["access_token"]
    ask = lambda token: session.introspect_token(metadata["introspection_endpoint"], token=token, token_type_hint="access_token").json()  # noqa: E731
    living = ask(refreshed["access_token"])
    assert living["active"] is True and living["client_id"] == session.client_id and living["iss"] == metadata["issuer"]
    revoke = lambda token: session.revoke_token(metadata["revocation_endpoint"], token=token)  # noqa: E731
    assert revoke(first["access_token"]).status_code == 200
    assert ask(first["access_token"]) == {"active": False}
    assert ask(refreshed["access_token"])["active"] is True
    assert revoke(first["refresh_token"]).status_code == 200
    assert ask(refreshed["access_token"]) == ask(first["refresh_token"]) == {"active": False}
    with pytest.raises(OAuthError) as refused:
        session.refresh_token(metadata["token_endpoint"], refresh_token=first["refresh_token"])
    assert refused.value.error == "invalid_grant"
