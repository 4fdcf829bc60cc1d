"""The second factor: set up with the first code, asked for at log-in, once for each code; staff can be held to it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.test.utils import override_settings

from jeopsu.flows.settings import Settings
from jeopsu.storage import accounts, audit
from tests.review import builders

Person = Callable[..., Client]
RIGHT = {"name": "kim", "password": builders.PASSWORD}


def code(user: str, ahead: int = 0) -> str:
    """What the telephone shows; `ahead`: so many half minutes later, for a second code within the same test."""
    from django_otp.oath import TOTP
    from django_otp.plugins.otp_totp.models import TOTPDevice

    device = TOTPDevice.objects.get(user__username=user)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + 30 * ahead
    return f"{totp.token():06}"


@pytest.fixture
def kim(given: Settings, person: Person) -> list[str]:
    """kim's recovery codes."""
    builders.keep(given)
    client = person("kim", "reviewer")
    page = client.get("/factor").content.decode()
    assert "<svg" in page and " style=" not in page
    assert client.post("/factor", {"code": "000000"}).status_code == 400
    made: list[str] = _slow_down_off(lambda: client.post("/factor", {"code": code("kim")})).context["codes"]
    return made


def _slow_down_off(ask: Callable[[], Any]) -> Any:
    """After a wrong code the library waits; tests do not."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    return ask()


def test_the_password_alone_opens_nothing(kim: list[str]) -> None:
    client = Client()
    answer = client.post("/login", {**RIGHT, "next": "/proposals/P-1/"})
    assert answer["Location"] == "/login/code"
    assert client.get("/proposals/P-1/").status_code == 302
    assert client.post("/login/code", {"code": "123"}).status_code == 401
    assert client.get("/proposals/P-1/").status_code == 302
    right = code("kim", ahead=1)
    answer = _slow_down_off(lambda: client.post("/login/code", {"code": right}))
    assert answer.status_code == 302 and answer["Location"] == "/proposals/P-1/"
    assert client.get("/proposals/P-1/").status_code == 200

    again = Client()  # the same code a second time: somebody looked over the shoulder
    again.post("/login", RIGHT)
    assert again.post("/login/code", {"code": right}).status_code == 401


def test_a_recovery_code_counts_once(kim: list[str]) -> None:
    for expected in (302, 401):
        client = Client()
        client.post("/login", RIGHT)
        assert _slow_down_off(lambda: client.post("/login/code", {"code": kim[0]})).status_code == expected  # noqa: B023


def test_wrong_codes_lock_the_door(kim: list[str]) -> None:
    client = Client()
    client.post("/login", RIGHT)
    said = [client.post("/login/code", {"code": "1"}).status_code for _ in range(6)]
    assert said == [401] * 5 + [429]


def test_a_code_without_a_password_is_nothing(kim: list[str]) -> None:
    answer = Client().post("/login/code", {"code": code("kim", ahead=1)})
    assert answer.status_code == 302 and answer["Location"] == "/login"


def test_it_is_given_up_with_the_password_or_by_the_operator(kim: list[str]) -> None:
    client = Client()
    client.post("/login", RIGHT)
    _slow_down_off(lambda: client.post("/login/code", {"code": kim[1]}))
    client.post("/factor/off", {"password": "wrong"})
    assert Client().post("/login", RIGHT)["Location"] == "/login/code"
    accounts.forget_factor("kim")
    assert Client().post("/login", RIGHT)["Location"] == "/"
    assert [e.body.get("totp") for e in audit.entries(action="account", limit=2)] == ["off", "on"]


def test_staff_can_be_held_to_it(given: Settings, person: Person) -> None:
    builders.keep(given)
    client, applicant = person("lee", "reviewer"), person("an", "applicant", proposals=("P-1",))
    with override_settings(PROGRAM=given.model_copy(update={"totp": "staff"})):
        assert client.get("/proposals/P-1/")["Location"] == "/factor"
        assert client.post("/proposals/P-1/rerun")["Location"] == "/factor"
        assert applicant.get("/apply/P-1/").status_code == 200
        client.post("/factor", {"code": code("lee") if client.get("/factor") else ""})
        assert client.get("/proposals/P-1/").status_code == 200
