"""The operator's pages: accounts, roles, rights, passwords, log-ins that are ended, all of it in the audit log."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from jeopsu.flows.settings import Settings
from jeopsu.storage import accounts, audit, seats
from tests.review import builders

Person = Callable[..., Client]
_SECRET = re.compile(r'class="secret">([^<]+)<')


def number(name: str) -> int:
    return next(one.id for one in accounts.everyone() if one.name == name)


def test_an_account_is_made_and_its_owner_chooses_a_password_first(given: Settings, person: Person) -> None:
    builders.keep(given)
    operator = person("ops", "operator")
    answer = operator.post("/accounts/new", {"name": "kim", "role": ["reviewer"], "call": [builders.CALL]})
    (password,) = _SECRET.findall(answer.content.decode())
    assert answer["Cache-Control"].startswith("max-age=0") or "no-store" in answer["Cache-Control"]
    assert password not in operator.get("/accounts/").content.decode()
    kim = Client()
    assert kim.post("/login", {"name": "kim", "password": password}).status_code == 302
    for address in ("/", "/proposals/P-1/", "/statistics/"):
        assert kim.get(address)["Location"] == "/password"
    assert kim.post("/password", {"old": password, "new": password}).status_code == 400
    assert kim.post("/password", {"old": password, "new": "quite-another-1"}).status_code == 302
    assert kim.get("/proposals/P-1/").status_code == 200
    (account,) = [one for one in accounts.everyone() if one.name == "kim"]
    assert account.roles == ("reviewer",) and account.calls == (builders.CALL,)
    (made,) = [entry for entry in audit.entries(action="account", by="ops") if entry.body["name"] == "kim"]
    assert made.body["roles"] == ["reviewer"] and password not in str(made.body)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "kim"},
        {"name": "", "role": ["reviewer"]},
        {"name": "ops", "role": ["reviewer"]},
        {"name": "kim", "role": ["king"]},
        {"name": "kim", "role": ["reviewer"], "call": ["no-such-call"]},
        {"name": "kim", "role": ["reviewer"], "proposals": "P-1"},
        {"name": "kim", "role": ["applicant"], "proposals": "../etc"},
    ],
)
def test_an_account_that_makes_no_sense_is_refused(given: Settings, person: Person, wrong: dict[str, object]) -> None:
    operator = person("ops", "operator")
    assert operator.post("/accounts/new", wrong).status_code == 400
    assert [one.name for one in accounts.everyone()] == ["ops"]


def test_rights_are_changed_and_the_log_says_what_they_were(given: Settings, person: Person) -> None:
    builders.keep(given)
    operator, kim = person("ops", "operator"), person("kim", "reviewer")
    assert kim.get("/proposals/P-1/").status_code == 200
    told = {"do": "rights", "role": ["auditor"], "call": ["example-2024-101"]}
    assert operator.post(f"/accounts/{number('kim')}/change", told).status_code == 302
    assert kim.get("/proposals/P-1/").status_code == 404
    entry = audit.entries(action="account", by="ops")[0]
    assert entry.body["before"] == {"roles": ["reviewer"], "calls": []} and entry.body["roles"] == ["auditor"]
    assert "검토자 → 감사자" in operator.get(f"/accounts/{number('kim')}/").content.decode()
    assert audit.verify()[1] == []


def test_a_new_password_and_a_lock_end_what_is_open(given: Settings, person: Person) -> None:
    operator, kim = person("ops", "operator"), person("kim", "reviewer")
    kim.get("/")
    assert [seat.name for seat in seats.of(number("kim"))] == ["kim"]
    answer = operator.post(f"/accounts/{number('kim')}/change", {"do": "password"})
    (password,) = _SECRET.findall(answer.content.decode())
    assert kim.get("/")["Location"].startswith("/login") and not seats.of(number("kim"))
    assert kim.login(username="kim", password=password)
    operator.post(f"/accounts/{number('kim')}/change", {"do": "lock"})
    assert kim.get("/")["Location"].startswith("/login") and not kim.login(username="kim", password=password)
    operator.post(f"/accounts/{number('kim')}/change", {"do": "unlock"})
    assert kim.login(username="kim", password=password)


def test_one_log_in_is_ended_and_the_others_stay(given: Settings, person: Person) -> None:
    operator, kim = person("ops", "operator"), person("kim", "reviewer")
    kim.get("/", headers={"User-Agent": "the office"})
    elsewhere = Client()
    elsewhere.login(username="kim", password=builders.PASSWORD)
    elsewhere.get("/", headers={"User-Agent": "the train"})
    page = operator.get(f"/accounts/{number('kim')}/").content.decode()
    assert "the office" in page and "the train" in page
    assert elsewhere.session.session_key not in page  # it would open the site
    (train,) = [seat for seat in seats.of(number("kim")) if seat.agent == "the train"]
    operator.post(f"/accounts/{number('kim')}/end", {"seat": train.id})
    assert kim.get("/").status_code == 200 and elsewhere.get("/")["Location"].startswith("/login")
    operator.post(f"/accounts/{number('kim')}/end")
    assert kim.get("/")["Location"].startswith("/login")


def test_nobody_changes_the_own_account(given: Settings, person: Person) -> None:
    operator = person("ops", "operator")
    for told in ({"do": "rights", "role": ["lead_reviewer", "operator"]}, {"do": "lock"}, {"do": "password"}):
        assert operator.post(f"/accounts/{number('ops')}/change", told).status_code == 403
    assert accounts.everyone()[0].roles == ("operator",)


@pytest.mark.parametrize("role", ["reviewer", "lead_reviewer", "auditor", "applicant"])
def test_only_operators_see_and_change_accounts(given: Settings, person: Person, role: str) -> None:
    person("ops", "operator")
    client = person("x", role)
    for address in ("/accounts/", f"/accounts/{number('ops')}/", "/doors/"):
        assert client.get(address).status_code == 403
    for address in (
        "/accounts/new",
        f"/accounts/{number('ops')}/change",
        f"/accounts/{number('ops')}/end",
        "/doors/resend",
    ):
        assert client.post(address, {"name": "kim", "role": ["operator"], "do": "lock", "all": "1"}).status_code == 403
    assert sorted(one.name for one in accounts.everyone()) == ["ops", "x"]


def test_one_ends_the_log_ins_that_were_forgotten_elsewhere(given: Settings, person: Person) -> None:
    kim = person("kim", "reviewer")
    elsewhere = Client()
    elsewhere.login(username="kim", password=builders.PASSWORD)
    for client in (kim, elsewhere):
        assert client.get("/").status_code == 200
    assert len(kim.get("/password").context["seats"]) == 2
    kim.post("/password/others")
    assert kim.get("/").status_code == 200 and elsewhere.get("/")["Location"].startswith("/login")
    assert audit.entries(by="kim")[0].body == {"name": "kim", "ended": 1}


def test_what_is_left_of_sessions_that_are_over_goes_with_the_next_log_in(given: Settings, person: Person) -> None:
    kim = person("kim", "reviewer")
    kim.get("/")
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    assert not seats.of(number("kim"))
    assert Client().post("/login", {"name": "kim", "password": builders.PASSWORD}).status_code == 302
    assert Session.objects.filter(expire_date__lt=timezone.now()).count() == 0
