"""A reviewer's whole sitting on a real intake, without a mouse: log in, settle every point, re-run, letter, decision.

`jeopsu serve` runs as people run it; the proposal is a faulty sample that its flow has read.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jeopsu.flows import platform
from jeopsu.flows import settings as program
from jeopsu.flows.settings import Settings
from jeopsu.samples.make import make_proposal
from jeopsu.storage import audit, records, views
from tests.review import browsers
from tests.review.builders import PASSWORD, RECEIVED
from tests.review.test_browser import _known

pytestmark = [pytest.mark.slow, browsers.needed]
_SERVE = """
import sys
from pathlib import Path
from jeopsu.flows import serve, settings
given = settings.load({}, data=Path(sys.argv[1]), port=0, quiet_seconds=0.5, settle_seconds=0.2)
serve.serve(given, ready=lambda where: Path(sys.argv[1], "site").write_text(where.site))
"""
_NAME = "S-2023-001"
_MOST_POINTS = 150  # a sample has 30 to 70; more means going round in circles


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[tuple[str, Settings]]:
    """The platform with a faulty proposal that it has read, and three accounts."""
    folder = tmp_path_factory.mktemp("session")
    make_proposal(folder / _NAME, seed=11, scenario="faulty")
    data, log = folder / "data", (folder / "serve.log").open("wb")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("JEOPSU_", "PREFECT_", "DJANGO_"))}
    serve = subprocess.Popen((sys.executable, "-c", _SERVE, str(data)), stdout=log, stderr=log, env=environment)
    try:
        _until(lambda: (data / "site").exists() or serve.poll() is not None, 240, "ready")
        assert serve.poll() is None, (folder / "serve.log").read_text()
        with django_db_blocker.unblock():
            given = program.load({}, data=data)
            platform.submit(given, _NAME, sorted((folder / _NAME).iterdir()), received=RECEIVED)
            from jeopsu.storage import accounts

            accounts.add("kim", ("reviewer",), password=PASSWORD)
            accounts.add("lee", ("lead_reviewer", "auditor"), password=PASSWORD)
            accounts.add("cho", ("lead_reviewer", "auditor", "operator"), password=PASSWORD)
            _until(_idle, 600, "read")
            yield (data / "site").read_text(), given
            records.disconnect()
    finally:
        serve.terminate()
        try:
            serve.wait(timeout=60)
        except subprocess.TimeoutExpired:
            serve.kill()
        log.close()


def _until(done: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {what}")
        time.sleep(0.3)


def _idle() -> bool:
    row = records.proposal(_NAME)
    return row.active is None and row.last is not None


class Hands:
    """Ten fingers and no mouse."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            named = key in ("Enter", "Tab", "Escape", "Control+Enter") or len(key) == 1
            (self.page.keyboard.press if named else self.page.keyboard.type)(key)

    def go(self, *keys: str) -> None:
        """Presses keys, the last of which leads to another page."""
        with self.page.expect_navigation():
            self.press(*keys)

    def there(self, what: str) -> bool:
        return self.page.locator(what).count() > 0


def _settle(hands: Hands) -> None:
    """What a person does with the point on the desk, by its keys alone."""
    if hands.there("[data-fact] [data-key='1']"):
        kind = hands.page.locator(
            "[data-fact] .answers button[data-key]:has(.tag.pass)"
        )  # the answer says what it does
        hands.go(str(kind.first.get_attribute("data-key")) if kind.count() else "1")
    elif hands.there("[data-fact] input[data-input]"):
        hands.press("i", "0")
        hands.go("Enter")
    elif hands.there(".values .picked .uncertain") and hands.there(".values .picked button[value=confirm]"):
        hands.go("c")
    elif hands.there(".desk button.primary[data-key='a']"):
        hands.go("a")
    else:
        hands.go("s")


def test_a_whole_sitting_by_keyboard(served: tuple[str, Settings]) -> None:
    site, _ = served
    with browsers.chromium() as browser:
        page = browsers.watched(browser.new_context(locale="ko-KR", viewport={"width": 1440, "height": 900}))
        hands = Hands(page)
        page.goto(f"{site}/login")
        hands.go("kim", "Tab", PASSWORD, "Enter")
        hands.go("j", "Enter")  # the board's first line
        assert page.url == f"{site}/proposals/{_NAME}/"
        hands.go("Enter")  # the first point
        for _ in range(_MOST_POINTS):
            if "/points/" not in page.url:
                break
            assert page.locator(".desk h1").is_visible() and page.evaluate("scrollY") == 0
            _settle(hands)
        assert _known(lambda: views.review(_NAME).left) == 0
        before = len(_known(lambda: records.decisions(_NAME)))
        assert before > 10

        hands.go("r")  # run again: the same bytes, so that every decision holds
        _known(lambda: _until(_idle, 300, "run again"))
        assert _known(lambda: views.review(_NAME).left) == 0
        page.goto(f"{site}/proposals/{_NAME}/")
        hands.go("l")
        hands.go("Enter")  # the day is suggested, the points are chosen
        assert "/letters/1/" in page.url and "보완요청서" in page.inner_text("main")
        (letter,) = _known(lambda: views.supplements(_NAME))
        assert letter.points
        hands.go("Escape")

        other = browsers.watched(browser.new_context(locale="ko-KR", viewport={"width": 1440, "height": 900}))
        second = Hands(other)
        other.goto(f"{site}/login?next=/proposals/{_NAME}/")
        second.go("lee", "Tab", PASSWORD, "Enter")
        for _ in range(20):  # what excludes waits for another lead reviewer
            if not _known(lambda: views.review(_NAME).second):
                break
            other.goto(f"{site}/proposals/{_NAME}/")
            second.go("Enter")
            second.go("a")
        other.goto(f"{site}/proposals/{_NAME}/")
        second.press("d", "제외 사유를 확인함", "Tab", "Tab")
        second.go("Enter")
        assert _known(lambda: views.review(_NAME).outcome) == "exclude"

        for one in (page, other):
            assert all(url.startswith(site) for url in one.asked), "a request left the machine"
            assert one.troubles == []
    count, broken = _known(audit.verify)
    assert count > before and not broken


def test_no_page_has_serious_barriers(served: tuple[str, Settings], tmp_path: Path) -> None:
    from tests.review import axe

    site, _ = served
    library = axe.source(tmp_path)
    sha256 = _known(lambda: records.uploads(_NAME)[0].sha256)
    report = _known(lambda: records.report(_NAME))
    keys = [records.finding_key(f) for f in report.findings if f.needs_person][:1]
    keys += [records.finding_key(f) for f in report.findings if f.inputs][:1]
    one = f"/proposals/{_NAME}/"
    addresses = ["/", "/?todo=open", one, f"{one}sheet/", f"{one}letters/new", f"{one}files/{sha256}/1/", "/upload/"]
    addresses += [
        "/statistics/",
        "/audit/?verify=1",
        "/accounts/",
        "/accounts/1/",
        "/doors/",
        "/password",
        "/nowhere",
        *(f"{one}points/{key}/" for key in keys),
    ]
    found = []
    with browsers.chromium() as browser:
        for scheme in ("light", "dark"):
            for width in (1440, 390):
                context = browser.new_context(
                    locale="ko-KR", color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True
                )
                page = browsers.watched(context)
                page.goto(f"{site}/login")
                found += [f"login {scheme} {width}: {w}" for w in axe.serious(page, library)]
                Hands(page).go("cho", "Tab", PASSWORD, "Enter")
                for address in addresses:
                    page.goto(f"{site}{address}")
                    found += [f"{address} {scheme} {width}: {w}" for w in axe.serious(page, library)]
                context.close()
    assert found == []
