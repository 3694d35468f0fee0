"""Talking to Hub and Suite: walking pages of people, and authorizing Users' Synch by the real pages."""

import http.client
import time
from urllib.parse import urljoin, urlsplit

import requests
from authorize import form_with, forms_of


def walk(url: str, token: str) -> tuple[float, int]:
    """Follows `Link` to the end over one connection, without looking into the bodies beyond counting people."""
    target = urlsplit(url)
    connection = http.client.HTTPConnection(target.hostname, target.port)
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    count, started = 0, time.monotonic()
    while url:
        path = urlsplit(url)
        connection.request("GET", f"{path.path}?{path.query}", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        count += body.count(b'"displayName"')
        url = next_link(answer.getheader("Link"))
    connection.close()
    return time.monotonic() - started, count


def next_link(header: str | None) -> str | None:
    if not header or 'rel="next"' not in header:
        return None
    return header.split(">")[0].lstrip("<")


def authorize_users_synch(facts: dict) -> None:
    """Signs in at the Suite, authorizes at the Hub as its Full Admin, and comes back to the Suite."""
    suite, administrator = facts["suite"], facts["suite"]["administrator"]
    admin = next(person for person in facts["people"] if person["name"] == "Alex Morgan")
    with requests.Session() as browser:
        page = send(browser, browser.get(suite["url"] + "/sign-in"), "password", administrator)
        page = browser.get(f"{suite['url']}/customers/{suite['customer']['id']}")
        form = next(form for form in forms_of(page.text) if form["action"].endswith("/authorizations/users-synch/authorize"))
        page = browser.post(urljoin(page.url, form["action"]), data=form["fields"])
        page = send(browser, page, "email", {"email": admin["email"]})
        page = send(browser, page, "password", {"password": admin["password"]})
        page = send(browser, page, "accept", {"decision": "accept"})
        assert page.url.startswith(suite["url"]) and page.status_code == 200, f"{page.url}: {page.text}"


def send(browser: requests.Session, page: requests.Response, field: str, values: dict) -> requests.Response:
    assert page.status_code == 200, f"{page.url}: {page.text}"
    form = form_with(page.text, field)
    return browser.post(urljoin(page.url, form["action"]), data=form["fields"] | values)
