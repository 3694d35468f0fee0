"""Walks an authorization through the Hub's real pages, as a browser without JavaScript would."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qs, urljoin, urlsplit

import requests


class _Forms(HTMLParser):
    """The forms of a page: where they go, their fields, their submit buttons."""

    def __init__(self, page: str):
        super().__init__()
        self.forms = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append({"action": attributes.get("action", ""), "fields": {}, "buttons": []})
        elif self.forms and tag == "input" and attributes.get("name"):
            unchecked = attributes.get("type") in ("checkbox", "radio") and "checked" not in attributes
            if not unchecked:
                self.forms[-1]["fields"][attributes["name"]] = attributes.get("value") or ""
        elif self.forms and tag == "button" and attributes.get("name"):
            self.forms[-1]["buttons"].append((attributes["name"], attributes.get("value") or ""))


def forms_of(page: str) -> list[dict]:
    """Every form of a page."""
    return _Forms(page).forms


def form_with(page: str, field: str) -> dict:
    """The form that has this field or button."""
    for form in forms_of(page):
        if field in form["fields"] or any(field in button for button in form["buttons"]):
            return form
    raise AssertionError(f"no form with {field!r} in: {page}")


def sign_in(browser: requests.Session, url: str, person: dict) -> requests.Response:
    """Opens a page that wants a signed-in person, and signs this one in."""
    page = _submit(browser, browser.get(url), "email", {"email": person["email"]})
    return _submit(browser, page, "password", {"password": person["password"]})


@dataclass
class Authorization:
    """What an integration holds after a person accepted."""

    access_token: str
    refresh_token: str
    client_id: str

    @staticmethod
    def by_the_pages(facts: dict, client: dict, person: dict) -> "Authorization":
        with requests.Session() as browser:
            return Authorization._walk(browser, facts, client, person)

    @staticmethod
    def _walk(browser: requests.Session, facts: dict, client: dict, person: dict) -> "Authorization":
        verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        redirect_uri = facts["suite"]["redirect_uri"]
        page = browser.get(
            facts["hub"]["api"] + "/authorize",
            params={
                "response_type": "code",
                "client_id": client["client_id"],
                "redirect_uri": redirect_uri,
                "scope": client["scopes"],
                "state": state,
                "nonce": secrets.token_urlsafe(16),
                "code_challenge": challenge,
                "code_challenge_method": "S256",
            },
        )
        page = _submit(browser, page, "email", {"email": person["email"]})
        page = _submit(browser, page, "password", {"password": person["password"]})
        form = form_with(page.text, "accept")
        answer = browser.post(
            urljoin(page.url, form["action"]), data=form["fields"] | {"decision": "accept"}, allow_redirects=False
        )
        assert answer.status_code in (302, 303), answer.text
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        assert answer.headers["Location"].startswith(redirect_uri), answer.headers["Location"]
        assert query["state"] == [state] and "iss" in query
        tokens = browser.post(
            facts["hub"]["api"] + "/access_token",
            data={
                "grant_type": "authorization_code",
                "client_id": client["client_id"],
                "client_secret": client["client_secret"],
                "code": query["code"][0],
                "redirect_uri": redirect_uri,
                "code_verifier": verifier,
            },
        )
        assert tokens.status_code == 200, tokens.text
        tokens = tokens.json()
        return Authorization(tokens["access_token"], tokens["refresh_token"], client["client_id"])


def _submit(browser: requests.Session, page: requests.Response, field: str, values: dict) -> requests.Response:
    assert page.status_code == 200, f"{page.url}: {page.text}"
    form = form_with(page.text, field)
    return browser.post(urljoin(page.url, form["action"] or page.url), data=form["fields"] | values)


def authorize_users_synch(facts: dict) -> None:
    """Signs in at the Suite, authorizes at the Hub as its Full Admin, and comes back to the Suite."""
    suite, administrator = facts["suite"], facts["suite"]["administrator"]
    admin = next(person for person in facts["people"] if person["name"] == "Alex Morgan")
    with requests.Session() as browser:
        page = _submit(browser, browser.get(suite["url"] + "/sign-in"), "password", administrator)
        page = browser.get(f"{suite['url']}/customers/{suite['customer']['id']}")
        form = next(form for form in forms_of(page.text) if form["action"].endswith("/authorizations/users-synch/authorize"))
        page = browser.post(urljoin(page.url, form["action"]), data=form["fields"])
        page = _submit(browser, page, "email", {"email": admin["email"]})
        page = _submit(browser, page, "password", {"password": admin["password"]})
        page = _submit(browser, page, "accept", {"decision": "accept"})
        assert page.url.startswith(suite["url"]) and page.status_code == 200, f"{page.url}: {page.text}"
