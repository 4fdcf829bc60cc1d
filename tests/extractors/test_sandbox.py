"""Whatever a file does to its child, the parent gets a reading or a problem, and the next file is read."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from jeopsu.domain.problems import Code
from jeopsu.domain.reading import Limits, ReadRequest
from jeopsu.extractors import sandbox

READER = "tests.stand_ins.bad_reader"


@pytest.fixture(scope="module")
def nursery() -> Iterator[sandbox.Nursery]:
    nursery = sandbox.Nursery(READER)
    yield nursery
    nursery.close()


def request_for(tmp_path: Path, what: str, content: str = "x", **limits: float) -> ReadRequest:
    path = tmp_path / what
    path.write_text(content)
    return ReadRequest(path=str(path), name=f"{what}.pdf", limits=Limits(**{"memory_mb": 256, **limits}))


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("abort", Code.READER_FAILED),
        ("segfault", Code.READER_FAILED),
        ("spawn", Code.READER_FAILED),
        ("memory", Code.MEMORY_LIMIT),
        ("raise", Code.READER_FAILED),
        ("problem", Code.ENCRYPTED),
        ("exit", Code.READER_FAILED),
        ("killed", Code.READER_FAILED),
    ],
)
def test_a_bad_file_is_a_problem_and_the_next_is_read(
    tmp_path: Path, nursery: sandbox.Nursery, what: str, code: Code
) -> None:
    assert [p.code for p in nursery.read(request_for(tmp_path, what)).problems] == [code]
    good = nursery.read(request_for(tmp_path, "good"))
    assert good.pages == 1 and not good.problems


@pytest.mark.parametrize("what", ["hang", "spin"])
def test_a_file_that_hangs_or_spins_is_stopped(tmp_path: Path, nursery: sandbox.Nursery, what: str) -> None:
    reading = nursery.read(request_for(tmp_path, what, seconds=1))
    assert [p.code for p in reading.problems] == [Code.TIME_LIMIT]


def test_a_reader_that_was_killed_from_outside_is_asked_once_more(tmp_path: Path, nursery: sandbox.Nursery) -> None:
    reading = nursery.read(request_for(tmp_path, "killed once"))
    assert reading.pages == 1 and not reading.problems


def test_too_much_output_is_refused(tmp_path: Path, nursery: sandbox.Nursery) -> None:
    reading = nursery.read(request_for(tmp_path, "flood", output_mb=1))
    assert [p.code for p in reading.problems] == [Code.TOO_LARGE]


def test_what_a_library_prints_is_no_frame(tmp_path: Path, nursery: sandbox.Nursery) -> None:
    assert nursery.read(request_for(tmp_path, "print")).pages == 1


def test_the_child_has_no_network(tmp_path: Path, nursery: sandbox.Nursery) -> None:
    if subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine grants no user namespaces")
    with socket.create_server(("127.0.0.1", 0)) as server:
        reading = nursery.read(request_for(tmp_path, "network", str(server.getsockname()[1])))
    assert reading.engines == {"network": "none"}


def test_the_child_knows_no_passwords(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEOPSU_S3_SECRET_KEY", "hush")
    ((_, reading),) = sandbox.read_all([request_for(tmp_path, "environment")], jobs=1, reader=READER)
    assert reading.engines == {"secret": "none"}


def test_the_text_of_an_exception_is_not_passed_on(tmp_path: Path, nursery: sandbox.Nursery) -> None:
    (problem,) = nursery.read(request_for(tmp_path, "raise")).problems
    assert problem.detail == "RuntimeError"


def test_readings_come_for_every_request_and_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    requests = [request_for(tmp_path, what) for what in ("good", "abort", "problem", "also good")]
    readings = dict(sandbox.read_all(requests, jobs=2, on_progress=lambda p: told.append(p.name), reader=READER))
    assert sorted(readings) == [0, 1, 2, 3]
    assert readings[0].pages == 1 and readings[3].pages == 1
    assert readings[1].problems[0].code is Code.READER_FAILED
    assert set(told) == {"good.pdf", "abort.pdf", "problem.pdf", "also good.pdf"}


def test_a_nursery_that_cannot_start_is_our_mistake(tmp_path: Path) -> None:
    nursery = sandbox.Nursery("tests.stand_ins.no_such_module")
    assert nursery.read(request_for(tmp_path, "good")).problems[0].code is Code.READER_FAILED
