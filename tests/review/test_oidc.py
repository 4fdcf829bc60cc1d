"""Log-in by an OpenID Connect provider: a real small one on this machine, its signatures and all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client
from django.test.utils import override_settings

from jeopsu.flows.settings import Settings
from jeopsu.storage import accounts, audit
from tests.review import builders

Person = Callable[..., Client]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    mock = pytest.importorskip("oidc_provider_mock", reason="no oidc-provider-mock here")
    with mock.run_server_in_thread() as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def site(given: Settings, provider: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    from jeopsu.review.pages import oidc

    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # the provider of the test speaks http
    oidc._client.cache_clear()
    told = {"oidc_issuer": provider, "oidc_client_id": "jeopsu", "oidc_client_secret": "s3cret", "oidc_label": "행정망"}
    told |= {"oidc_roles_claim": "roles"}
    with override_settings(PROGRAM=given.model_copy(update=told)):
        yield


def known(provider: str, subject: str, **claims: Any) -> None:
    """What the provider says of a person."""
    answer = requests.put(f"{provider}/users/{subject}", json=claims, timeout=10)
    answer.raise_for_status()


def come_in(client: Client, subject: str, onward: str = "/") -> Any:
    """The whole round: to the provider, log in there, back again."""
    sent = client.get(f"/oidc/login?next={onward}")
    assert sent.status_code == 302, sent.content.decode()[:2000]
    assert "code_challenge=" in sent["Location"] and "nonce=" in sent["Location"]
    back = requests.post(sent["Location"], data={"sub": subject}, allow_redirects=False, timeout=10)
    address = urlsplit(back.headers["Location"])
    return client.get(f"{address.path}?{address.query}")


def test_roles_come_from_the_provider_and_follow_it(site: None, provider: str, given: Settings) -> None:
    builders.keep(given)
    known(provider, "s-1", preferred_username="park", roles=["reviewer", "king"])
    client = Client()
    assert "행정망" in client.get("/login").content.decode()
    answer = come_in(client, "s-1", "/proposals/P-1/")
    assert answer.status_code == 302 and answer["Location"] == "/proposals/P-1/"
    assert client.get("/proposals/P-1/").status_code == 200
    (park,) = [a for a in accounts.everyone() if a.name == "park"]
    assert park.roles == ("reviewer",)
    known(provider, "s-1", preferred_username="park", roles=["auditor"])
    come_in(Client(), "s-1")
    assert [a.roles for a in accounts.everyone() if a.name == "park"] == [("auditor",)]
    assert Client().post("/login", {"name": "park", "password": ""}).status_code == 401  # there is no password
    assert not audit.verify()[1]


def test_a_name_alone_opens_no_account(site: None, provider: str, person: Person) -> None:
    person("admin", "operator")
    known(provider, "s-2", preferred_username="admin", roles=["reviewer"])
    client = Client()
    assert come_in(client, "s-2").status_code == 403
    known(provider, "s-3", preferred_username="nobody", roles=[])
    assert come_in(client, "s-3").status_code == 403
    assert client.get("/").status_code == 302

    accounts.add("choi", ("reviewer",), local=False)  # made for the provider's choi …
    known(provider, "s-4", preferred_username="choi", roles=["reviewer"])
    assert come_in(Client(), "s-4").status_code == 302
    known(provider, "s-5", preferred_username="choi", roles=["reviewer"])  # … and not for the next of that name
    assert come_in(Client(), "s-5").status_code == 403
    accounts.lock("choi", True)
    assert come_in(Client(), "s-4").status_code == 403


def test_an_answer_that_nobody_asked_for_is_refused(site: None, provider: str) -> None:
    known(provider, "s-6", preferred_username="yoo", roles=["reviewer"])
    mine, other = Client(), Client()
    sent = mine.get("/oidc/login")
    back = requests.post(sent["Location"], data={"sub": "s-6"}, allow_redirects=False, timeout=10)
    address = urlsplit(back.headers["Location"])
    assert other.get(f"{address.path}?{address.query}").status_code == 401  # another browser's answer
    assert other.get("/oidc/back?code=x&state=y").status_code == 401
    assert other.get("/oidc/back?error=access_denied").status_code == 401
    assert mine.get("/oidc/login?next=https://elsewhere.example/").status_code == 302
    assert mine.session["oidc_next"] == "/"


def test_without_a_provider_there_is_no_such_page(given: Settings) -> None:
    assert Client().get("/oidc/login").status_code == 404
    assert Client().get("/oidc/back").status_code == 404
