"""Every request that changes something needs a log-in, a right and a token; nobody sees what is not theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, override_settings
from django.urls import URLPattern

from jeopsu.flows.settings import Settings
from jeopsu.storage import audit, records
from jeopsu.storage.models import User
from tests.review import builders

Person = Callable[..., Client]
OPEN = {"login", "language", "healthz", "oidc", "oidc_back"}  # anybody may knock


def addresses() -> list[tuple[str, str]]:
    """(name, address) of every page, its parts filled in with things that exist."""
    from jeopsu.review.urls import urlpatterns

    report = records.report("P-1")
    assert report
    sha256 = report.submission.files[0].sha256
    key = records.finding_key(report.findings[0])
    filled = {
        "name": "P-1", "key": key, "sha256": sha256, "number": 1, "view": 1, "token": "t", "run": 1, "letter": 1,
        "sample": 1, "account": 1, "before": 1, "after": 1, "upload": "0" * 32,
    }  # fmt: skip
    found = []
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern)
        for part, value in filled.items():
            for kind in ("str", "int"):
                route = route.replace(f"<{kind}:{part}>", str(value))
        assert "<" not in route, route
        found.append((str(pattern.name), "/" + route))
    return found


def test_without_login_every_page_leads_to_the_door(given: Settings) -> None:
    builders.keep(given)
    client = Client()
    for name, address in addresses():
        if name in OPEN or name.startswith(("api_", "letter_answer")):
            continue
        for ask in (client.get, client.post):
            answer = ask(address)
            assert answer.status_code in (302, 403, 405), (name, ask)
            if answer.status_code == 302:
                assert answer["Location"].startswith("/login"), (name, answer["Location"])
    assert not records.decisions("P-1")


def test_posting_without_token_is_refused_everywhere(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("all", "reviewer", "lead_reviewer", "operator", "auditor", "applicant", strict=True)
    before = len(records.timeline("P-1"))
    for name, address in addresses():
        if name.startswith("api_"):
            continue
        assert client.post(address).status_code in (403, 405), name
    assert len(records.timeline("P-1")) == before


_ANYWAY = OPEN | {
    "login_code",
    "logout",
    "password",
    "end_others",
    "factor",
    "factor_off",
    "letter_answer",
    "bucket_hook",
}


def test_a_log_in_that_is_not_complete_opens_nothing(given: Settings, person: Person) -> None:
    """With a password that somebody else gave, and without the second factor that staff are held to."""
    builders.keep(given)
    roles = ("reviewer", "lead_reviewer", "operator", "auditor", "applicant")
    client = person("all", *roles, proposals=("P-1",))
    before = len(records.timeline("P-1"))

    def walk(step: str) -> None:
        for name, address in addresses():
            if name in _ANYWAY:
                continue
            for ask in (client.get, client.post):
                answer = ask(address, HTTP_TUS_RESUMABLE="1.0.0")
                assert answer.status_code in (302, 401, 403, 405), (name, answer.status_code)
                if answer.status_code == 302:
                    assert answer["Location"] == step, name

    with override_settings(PROGRAM=given.model_copy(update={"totp": "staff"})):
        walk("/factor")
    User.objects.filter(username="all").update(must_change=True)
    walk("/password")
    assert len(records.timeline("P-1")) == before


@pytest.mark.parametrize("role", ["auditor", "operator", "applicant"])
def test_only_reviewers_decide(given: Settings, person: Person, role: str) -> None:
    builders.keep(given)
    client = person("x", role, proposals=("P-1",))
    report = records.report("P-1")
    assert report
    for finding in report.findings[:3]:
        key = records.finding_key(finding)
        answer = client.post(f"/proposals/P-1/points/{key}/decide", {"kind": "supplement", "seen": 0})
        assert answer.status_code == 403
    assert client.post("/proposals/P-1/close", {"outcome": "exclude", "reason": "x", "seen": 0}).status_code == 403
    assert not records.decisions("P-1")


def test_an_applicant_sees_nothing_of_another_proposal(given: Settings, person: Person) -> None:
    report = builders.keep(given, "P-1")
    builders.keep(given, "P-2")
    client = person("applicant", "applicant", proposals=("P-2",))
    sha256 = report.submission.files[0].sha256
    assert client.get("/proposals/P-1/").status_code == 403
    assert client.get(f"/proposals/P-1/files/{sha256}/1.png").status_code == 404
    assert client.get(f"/proposals/P-1/files/{sha256}/original").status_code == 404


def test_a_reviewer_of_another_call_sees_nothing(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("kim", "reviewer", calls=("another-call",))
    assert client.get("/proposals/P-1/").status_code == 404
    assert "P-1" not in client.get("/").content.decode()
    assert client.post("/assign", {"proposal": ["P-1"], "to": "kim"}).status_code == 404


def test_five_wrong_passwords_lock_the_door(given: Settings, person: Person) -> None:
    person("kim", "reviewer")
    client = Client()
    for _ in range(5):
        assert client.post("/login", {"name": "kim", "password": "wrong"}).status_code == 401
    assert client.post("/login", {"name": "kim", "password": builders.PASSWORD}).status_code == 429
    assert [entry.action for entry in audit.entries(action="login_failed")] == ["login_failed"] * 5


def test_login_follows_only_addresses_of_this_site(given: Settings, person: Person) -> None:
    person("kim", "reviewer")
    right = {"name": "kim", "password": builders.PASSWORD}
    for onward, reached in (("/proposals/P-1/", "/proposals/P-1/"), ("https://elsewhere.example/", "/"), ("//x", "/")):
        answer = Client().post("/login", {**right, "next": onward})
        assert answer.status_code == 302 and answer["Location"] == reached


def test_headers_let_nothing_in_from_outside(given: Settings, person: Person) -> None:
    builders.keep(given)
    client = person("kim", "reviewer")
    for address in ("/", "/proposals/P-1/", "/login"):
        answer = client.get(address)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert answer["X-Frame-Options"] == "DENY" and answer["X-Content-Type-Options"] == "nosniff"
        page = answer.content.decode()
        assert "<style" not in page and " style=" not in page and "onclick" not in page
        assert 'src="http' not in page and 'href="http' not in page
    answer = client.get("/proposals/P-1/")
    assert "no-store" in answer["Cache-Control"]


def test_an_original_is_saved_never_shown(given: Settings, person: Person) -> None:
    sha256 = builders.keep(given).submission.files[0].sha256
    answer = person("kim", "reviewer").get(f"/proposals/P-1/files/{sha256}/original")
    assert answer.status_code == 200
    assert (
        answer["Content-Disposition"].startswith("attachment") and answer["Content-Type"] == "application/octet-stream"
    )
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
