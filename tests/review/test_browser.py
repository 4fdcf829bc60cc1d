"""A real browser, without a mouse: log in, open a proposal, settle points, correct a value; nothing goes outside."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from jeopsu.flows.settings import Settings
from jeopsu.storage import audit, records, views
from tests.review import browsers, builders

pytestmark = browsers.needed


@pytest.fixture
def site(given: Settings) -> Iterator[str]:
    """The site as a process of its own, on the data of `given`."""
    from django.test import override_settings

    from jeopsu.storage import accounts

    builders.keep(given)
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        for name, role in (("kim", "reviewer"), ("lee", "lead_reviewer")):
            accounts.add(name, (role,), password=builders.PASSWORD)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "jeopsu.review.asgi:application", "--port", str(port), "--lifespan", "off"],
        env={**os.environ, "JEOPSU_DATA": str(given.data), "JEOPSU_PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def _until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the site did not start")


@pytest.fixture
def page(site: str) -> Iterator[Any]:
    """A Korean browser at the log-in page; its requests and troubles are in `page.asked` and `page.troubles`."""
    with browsers.chromium() as browser:
        made = browsers.watched(browser.new_context(locale="ko-KR", viewport={"width": 1400, "height": 900}))
        made.goto(f"{site}/login")
        yield made


def _known(ask: Callable[[], Any]) -> Any:
    """What the records say, asked in a thread of its own: the browser's driver runs a loop in this one."""

    def run() -> Any:
        try:
            return ask()
        finally:
            records.disconnect()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(run).result()


def _kinds() -> list[str]:
    return _known(lambda: [decision.kind for decision in records.decisions("P-1")])


def _type(page: Any, *keys: str) -> None:
    for key in keys:
        (page.keyboard.press if key in _NAMED or len(key) == 1 else page.keyboard.type)(key)


_NAMED = {"Enter", "Tab", "Escape", "Control+Enter", "Control+a"}


def _and_see(page: Any, *keys: str) -> None:
    """Presses keys and waits until another address has come."""
    before = page.url
    if "/login" in before:  # its first field takes the focus by itself: not before that does a person type
        page.locator("input:focus").wait_for()
    _type(page, *keys)
    page.wait_for_url(lambda url: url != before)


def test_points_are_settled_by_keyboard_alone(page: Any, site: str) -> None:
    _and_see(page, "kim", "Tab", builders.PASSWORD, "Enter")
    _and_see(page, "j", "Enter")  # the first line of the board
    assert page.url == f"{site}/proposals/P-1/"
    left = _known(lambda: views.review("P-1").left)
    _and_see(page, "Enter")  # the first point that needs a person
    assert "/points/" in page.url

    _and_see(page, "s")  # ask for a supplement, go on
    assert _known(lambda: views.review("P-1").left) == left - 1
    first = page.url
    _and_see(page, "Enter")  # leave this one, go on
    _and_see(page, "k")  # and back
    assert page.url == first

    findings = _known(lambda: records.report("P-1").findings)  # type: ignore[union-attr]
    key = records.finding_key(next(f for f in findings if (f.rule, f.organisation) == ("capital_impairment", "lead")))
    page.goto(f"{site}/proposals/P-1/points/{key}/")
    lit = page.locator("svg[data-picture] .box.now")
    box, shown = lit.bounding_box(), page.locator("svg[data-picture]").bounding_box()
    assert shown["x"] <= box["x"] and box["x"] + box["width"] <= shown["x"] + shown["width"]
    assert abs((box["x"] - shown["x"]) / shown["width"] - 296.5 / 595) < 0.01  # the box lies where the value was read
    _type(page, "e", "Control+a", "510,000,000")  # correct the value: the rules run at once
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "자본전액잠식" in page.locator(".desk .message").first.inner_text()

    page.goto(f"{site}/proposals/P-1/points/{key}/")
    _type(page, "f")  # to fail: asks for a reason first
    assert page.evaluate("document.activeElement.name") == "reason"
    _and_see(page, "등기부에 파산 기재", "Control+Enter")
    assert _kinds() == ["supplement", "correct", "override"]
    assert _known(lambda: views.review("P-1").second) == 1  # an exclusion: a second person

    _type(page, "?")
    assert page.locator("#keys").is_visible()
    assert not _known(audit.verify)[1]
    assert all(url.startswith(site) for url in page.asked), "a request left the machine"
    assert page.troubles == []


def test_everything_works_without_script(page: Any, site: str) -> None:
    context = page.context.browser.new_context(color_scheme="dark", java_script_enabled=False, locale="ko-KR")
    plain = context.new_page()
    plain.goto(f"{site}/login")
    plain.fill("[name=name]", "lee")
    plain.fill("[name=password]", builders.PASSWORD)
    plain.click("main button")
    plain.goto(f"{site}/proposals/P-1/points/")
    assert plain.locator(".desk h1").is_visible()
    plain.locator("button[value=supplement]").click()
    assert _kinds() == ["supplement"]
