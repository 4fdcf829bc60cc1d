"""The warm process: its children look like ordinary ones to whoever started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from jeopsu.flows import warm_client

# A `prefect.engine` of our own, first on the path: the forking is under test, not Prefect.
_ENGINE = """
import os, signal, sys, time
what = os.environ["WHAT"]
print(what, os.getcwd(), flush=True)
if what == "exit":
    sys.exit(3)
if what == "raise":
    raise ValueError("as it stands in an upload")
if what == "die":
    os.kill(os.getpid(), signal.SIGKILL)
if what == "wait":
    time.sleep(600)
"""
_SERVER = "import sys; from pathlib import Path; from jeopsu.flows.warm import Warm; Warm(Path(sys.argv[1])).run()"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    package = tmp_path / "prefect"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "engine.py").write_text(_ENGINE)
    yield tmp_path


@pytest.fixture
def warm(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    path = os.pathsep.join([str(folder), *(part for part in sys.path if part)])
    process = subprocess.Popen(
        (sys.executable, "-c", _SERVER, "door"), cwd=folder, env={**os.environ, "PYTHONPATH": path}
    )
    until(lambda: (folder / "door").exists())
    yield process
    process.kill()
    process.wait()


def until(done: object) -> None:
    deadline = time.monotonic() + 60
    while not done():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.02)


def start(folder: Path, what: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        (sys.executable, "-I", "-S", str(Path(warm_client.__file__)), str(folder / "door"), sys.executable),
        env={"WHAT": what, "PYTHONPATH": str(folder), "PATH": os.environ["PATH"]},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(("what", "code"), [("run", 0), ("exit", 3), ("raise", 1), ("die", -signal.SIGKILL)])
def test_a_run_ends_as_its_child_ended(folder: Path, warm: object, what: str, code: int) -> None:
    client = start(folder, what)
    out, err = client.communicate(timeout=60)
    assert (client.returncode, out) == (code, f"{what} {folder}\n")
    assert ("ValueError" in err) == (what == "raise")


def test_signals_are_passed_on(folder: Path, warm: object) -> None:
    client = start(folder, "wait")
    assert client.stdout and client.stdout.readline()
    client.send_signal(signal.SIGTERM)
    assert client.wait(timeout=60) == -signal.SIGTERM


def test_a_killed_client_takes_its_child_along(folder: Path, warm: subprocess.Popen[bytes]) -> None:
    client = start(folder, "wait")
    assert client.stdout and client.stdout.readline()
    (child,) = Path(f"/proc/{warm.pid}/task/{warm.pid}/children").read_text().split()
    client.kill()
    client.wait()
    until(lambda: not Path(f"/proc/{child}").exists())


def test_told_to_stop_it_stops_its_children_first(folder: Path, warm: subprocess.Popen[bytes]) -> None:
    client = start(folder, "wait")
    assert client.stdout and client.stdout.readline()
    warm.terminate()
    assert client.wait(timeout=60) == -signal.SIGTERM
    assert warm.wait(timeout=60) == 0


def test_without_a_warm_process_the_ordinary_command_runs(folder: Path) -> None:
    client = start(folder, "exit")
    out, _ = client.communicate(timeout=60)
    assert (client.returncode, out) == (3, f"exit {folder}\n")
