"""The real thing: server, worker, site and doors as processes; files dropped in become a report."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from jeopsu.flows import settings
from jeopsu.flows.children import Child, Children, end_leftovers

_SERVE = """
import sys
from pathlib import Path
from jeopsu.flows import serve, settings
given = settings.load({}, data=Path(sys.argv[1]), port=0, quiet_seconds=0.5, settle_seconds=0.2)
serve.serve(given, ready=lambda where: Path(sys.argv[1], "site").write_text(where.site))
"""


def until(done: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {what}")
        time.sleep(0.2)


@pytest.mark.slow
def test_dropped_files_become_a_report_and_everything_stops(tmp_path: Path) -> None:
    import sqlite3

    data = tmp_path / "data"
    log = (tmp_path / "serve.log").open("wb")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("JEOPSU_", "PREFECT_", "DJANGO_"))}
    serve = subprocess.Popen((sys.executable, "-c", _SERVE, str(data)), stdout=log, stderr=log, env=environment)
    try:
        until(lambda: (data / "site").exists() or serve.poll() is not None, 240, "ready")
        assert serve.poll() is None, (tmp_path / "serve.log").read_text()
        folder = data / "inbox" / "P-1"
        folder.mkdir(parents=True)
        (folder / "[서식-1] 온라인 제출 최종 확인서_하나.pdf").write_bytes(b"")
        (folder / "[서식-13] 사업자등록증_하나.pdf").write_bytes(b"%PDF-1.4 broken")

        def state(wanted: str) -> bool:
            with sqlite3.connect(f"file:{data / 'jeopsu.sqlite3'}?mode=ro", uri=True) as database:
                rows = database.execute("select state from jeopsu_run order by number").fetchall()
            assert ("failed",) not in rows
            return bool(rows) and rows[-1][0] == wanted

        until(lambda: state("done"), 240, "a report")
        site = (data / "site").read_text()
        with urllib.request.urlopen(f"{site}/healthz") as answer:
            assert answer.status == 200
        (folder / "b.pdf").write_bytes(b"")
        until(lambda: not state("done"), 60, "a second run")
        until(lambda: state("done"), 240, "a second report")
    finally:
        serve.send_signal(signal.SIGTERM)
        assert serve.wait(timeout=90) == 0
        log.close()
    left = subprocess.run(["pgrep", "-f", str(data)], capture_output=True, text=True, check=False).stdout
    assert left == ""


def sleeper(tmp_path: Path, code: str = "import time; time.sleep(600)") -> Child:
    return Child("sleeper", (sys.executable, "-c", code), os.environ, tmp_path / "log" / "sleeper.log", patience=5)


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    child = sleeper(tmp_path)
    children = Children([child])
    try:
        children.start()
        first = child.process
        assert first
        first.kill()
        first.wait()
        child.started -= 120  # it had lived for a while: no pause
        children.tend()
        children.tend()
        assert child.process and child.process.pid != first.pid
    finally:
        children.stop()
    assert child.process is None


def test_a_child_that_dies_at_once_is_given_a_pause(tmp_path: Path) -> None:
    child = sleeper(tmp_path, "raise SystemExit(1)")
    child.start()
    assert child.process
    child.process.wait()
    child.tend()
    assert child.process is None and child.deaths == 1


def test_what_a_killed_predecessor_left_behind_is_ended(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger"
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    )
    left = [sleeper(tmp_path), sleeper(tmp_path / "stubborn", stubborn)]
    Children(left, ledger).start()
    try:
        until(lambda: left[1].log.read_text(), 60, "it ignores the signal")
        assert end_leftovers(ledger, patience=0.5) == 2
        for child in left:
            assert child.process and child.process.wait(timeout=60) < 0
        assert end_leftovers(ledger) == 0
    finally:
        for child in left:
            child.stop()


def test_two_serves_on_one_folder_are_one_too_many(tmp_path: Path) -> None:
    from jeopsu.flows import serve

    with serve._alone(tmp_path), pytest.raises(serve.AlreadyServing), serve._alone(tmp_path):
        pass


def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    import socket

    from jeopsu.flows import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        given = settings.load({}, data=tmp_path, port=taken.getsockname()[1])
        with pytest.raises(OSError, match=r"[Aa]ddress"):
            serve.serve(given)
