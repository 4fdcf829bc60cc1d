"""A real browser uploads a large file while the site is killed and started again: it goes on where it stopped."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jeopsu.flows.settings import Settings
from jeopsu.storage import accounts
from tests.review import builders
from tests.review.browsers import CHROMIUM, QUIET
from tests.review.test_browser import _known, _until_it_answers

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no {CHROMIUM}: apt-get install chromium")
PIECES = 5


class Site:
    """The site as a process that can be killed and started again on the same port."""

    def __init__(self, data: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address, self._data = f"http://127.0.0.1:{self.port}", data
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "jeopsu.review.asgi:application"]
            + ["--port", str(self.port), "--lifespan", "off"],
            env={**os.environ, "JEOPSU_DATA": str(self._data), "JEOPSU_PORT": str(self.port)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _until_it_answers(self.address, self.process)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=20)


@pytest.fixture
def site(given: Settings) -> Iterator[Site]:
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"]):
        accounts.add("oh", ("operator",), password=builders.PASSWORD)
    made = Site(given.data)
    try:
        yield made
    finally:
        made.kill()


def test_a_site_that_dies_costs_a_piece_and_no_more(site: Site, given: Settings, tmp_path: Path) -> None:
    from jeopsu.storage import records

    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    large = tmp_path / "[서식-2] 계획서.hwp"
    large.write_bytes(random.Random(1).randbytes((PIECES - 1 << 23) + 12345))
    small = tmp_path / "빈 파일.pdf"
    small.write_bytes(b"")
    offsets: list[str] = []

    def patch(route: Any) -> None:
        if route.request.method != "PATCH":
            route.continue_()
            return
        offsets.append(route.request.headers["upload-offset"])
        if len(offsets) == 3:
            site.kill()
            route.abort()
            site.start()
        else:
            route.continue_()

    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(locale="ko-KR").new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{site.address}/login?next=/upload/")
        page.fill("[name=name]", "oh")
        page.fill("[name=password]", builders.PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/upload/")
        page.route("**/uploads/*", patch)
        page.fill("[name=proposal]", "과제-7")
        page.set_input_files("[name=files]", [str(large), str(small)])
        page.click("form[data-resumable] button")
        page.wait_for_url(lambda url: "/proposals/" in url)
        browser.close()
    assert offsets == [str(n << 23) for n in (0, 1, 2, 2, 3, 4)]
    kept = _known(lambda: {u.name: (u.number, u.bytes) for u in records.uploads("과제-7", every_version=True)})
    assert kept == {large.name: (1, large.stat().st_size), small.name: (1, 0)}
    assert _known(lambda: given.data.joinpath("partial").exists())
