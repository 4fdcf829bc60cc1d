"""One run: only what changed is read, the latest uploads win, and whatever dies leaves nothing behind that stays."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.reading import FileReading
from jeopsu.flows import lease as leases
from jeopsu.flows import life, platform, work
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from jeopsu.storage.errors import StorageUnavailable
from jeopsu.storage.local_files import LocalFiles
from jeopsu.storage.readings import Readings
from jeopsu.storage.rows import State
from tests.flows.builders import Reader

CALL = "kiat-2023-265"


def submit(given: Settings, folder: Path, **files: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.pdf").write_text(content)
    platform.submit(given, "P-1", [folder / f"{name}.pdf" for name in files])


def go(given: Settings) -> object:
    return work.work("P-1", platform.open_files(given), given)


def states() -> list[State]:
    return [run.state for run in reversed(records.runs("P-1"))]


def test_uploads_become_a_report(given: Settings, reader: Reader, tmp_path: Path) -> None:
    submit(given, tmp_path / "in", a="1", b="2")
    go(given)
    report = records.report("P-1")
    assert report and [file.name for file in report.submission.files] == ["a.pdf", "b.pdf"]
    row = records.runs("P-1")[0]
    assert (row.state, row.files_done, row.files_total, row.files_reused) == (State.DONE, 2, 2, 0)


def test_nothing_waits_nothing_is_done(given: Settings, reader: Reader, tmp_path: Path) -> None:
    submit(given, tmp_path / "in", a="1")
    go(given)
    assert go(given) is None
    assert states() == [State.DONE]


def test_only_what_changed_is_read_again(given: Settings, reader: Reader, tmp_path: Path) -> None:
    submit(given, tmp_path / "in", a="1", b="2")
    go(given)
    submit(given, tmp_path / "in", b="3")
    go(given)
    assert reader.read == ["a.pdf", "b.pdf", "b.pdf"]
    assert records.runs("P-1")[0].files_reused == 1


@pytest.mark.parametrize(
    ("wish", "read"),
    [
        ({}, []),
        ({"from_": "validate"}, []),
        ({"from_": "extract"}, ["doc3.pdf", "doc5.pdf"]),
        ({"from_": "extract", "documents": [5]}, ["doc5.pdf"]),
        ({"documents": [3]}, ["doc3.pdf"]),
        ({"fresh": True}, ["doc3.pdf", "doc5.pdf"]),
    ],
)
def test_a_rerun_reads_what_was_asked_for(
    given: Settings, reader: Reader, tmp_path: Path, wish: dict[str, object], read: list[str]
) -> None:
    submit(given, tmp_path / "in", doc3="3", doc5="5")
    go(given)
    reader.read.clear()
    assert platform.rerun(given, "P-1", **wish) == 2  # type: ignore[arg-type]
    go(given)
    assert reader.read == read
    assert states() == [State.DONE, State.DONE]


def test_uploads_that_come_in_while_it_reads_win(
    given: Settings, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(given, tmp_path / "in", a="1", b="2")

    def newer(name: str) -> None:
        if reader.read == ["a.pdf"]:
            submit(given, tmp_path / "in", c="late")

    reader.before_each = newer
    go(given)
    assert states() == [State.SUPERSEDED, State.DONE]
    report = records.report("P-1")
    assert report and [file.name for file in report.submission.files] == ["a.pdf", "b.pdf", "c.pdf"]
    assert sorted(reader.read) == ["a.pdf", "b.pdf", "c.pdf"]  # nothing was read twice


def test_a_reader_hears_of_newer_uploads_by_the_heartbeat(
    given: Settings, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "BEAT_SECONDS", 0.01)
    submit(given, tmp_path / "in", a="1")
    job = work.claim("P-1")
    assert job
    with leases.Lease(job) as lease:
        lease.look()
        submit(given, tmp_path / "in", b="2")
        lease._thread.join(timeout=0)
        with pytest.raises(leases.Superseded):
            for _ in range(1_000_000):
                lease.page("a.pdf", 1, 1)


def test_what_is_left_is_told_by_bytes_and_without_what_was_read_before(
    given: Settings, reader: Reader, tmp_path: Path
) -> None:
    submit(given, tmp_path / "in", a="1" * 100_000, b="2" * 300_000, c="3" * 900_000, d="4")
    job = work.claim("P-1")
    assert job
    lease = leases.Lease(job)
    lease.page("c.pdf", 9, 9, reused=True)
    assert lease._seconds_left(1e9) is None  # nothing has been read yet
    lease._began = 100.0
    lease.page("b.pdf", 0, 3)
    assert lease._seconds_left(130.0) is None
    lease.page("b.pdf", 1, 3)  # 100 of 420 kB in 10 s; a file of some bytes counts as 20 kB
    assert lease._seconds_left(110.0) == 32
    assert lease._seconds_left(101.0) is None  # too early to say
    for file, pages in (("b.pdf", 3), ("a.pdf", 40), ("d.pdf", 1)):
        lease.page(file, pages, pages)
    assert lease._seconds_left(150.0) == 0
    assert lease.progress.pages_done == lease.progress.pages_total == 53


def test_our_mistake_is_raised_and_seen(given: Settings, reader: Reader, tmp_path: Path) -> None:
    def wrong(name: str) -> None:
        raise KeyError("주민등록번호")

    submit(given, tmp_path / "in", a="1")
    reader.before_each = wrong
    with pytest.raises(KeyError):
        go(given)
    row = records.runs("P-1")[0]
    assert (row.state, row.error) == (State.FAILED, "KeyError")  # and nothing of what stands in an upload


class Terminated(BaseException):
    pass


def over_it() -> BaseException:
    """What is left of a signal that came while Prefect prepared a task."""
    try:
        try:
            raise Terminated
        except BaseException:
            raise ValueError("Task run is not set")  # noqa: B904
    except ValueError as error:
        return error


@pytest.mark.parametrize("stopped", [Terminated(), over_it()], ids=["signal", "an error over the signal"])
def test_told_to_stop_it_gives_the_run_back(
    given: Settings, reader: Reader, tmp_path: Path, stopped: BaseException
) -> None:
    def stop(name: str) -> None:
        if reader.read:
            raise stopped

    submit(given, tmp_path / "in", a="1", b="2")
    reader.before_each = stop
    with pytest.raises(type(stopped)):
        go(given)
    assert states() == [State.LOST, State.QUEUED]
    reader.before_each = lambda name: None
    go(given)
    assert reader.read == ["a.pdf", "b.pdf"]  # what was read before is not read again
    assert records.runs("P-1")[0].attempt == 1


@pytest.mark.parametrize("step", ["claimed", "read", "recorded"])
def test_killed_after_any_step_the_report_is_the_same(
    given: Settings, reader: Reader, tmp_path: Path, step: str
) -> None:
    """A kill is a process that stops without a word: its lease stays, and `mend` finds it."""
    submit(given, tmp_path / "in", a="1", b="2")
    files = platform.open_files(given)
    job = work.claim("P-1")
    assert job
    if step != "claimed":
        with leases.Lease(job) as lease:
            report = work.examine(job, files, given, lease)
            if step == "recorded":
                work.record(job, report, lease)
    lost = records.lost(lambda host, process: False, timedelta(0))
    assert [name for name, _ in lost] == ([] if step == "recorded" else ["P-1"])
    go(given)
    final = records.report("P-1")
    assert final and [file.name for file in final.submission.files] == ["a.pdf", "b.pdf"]
    assert states().count(State.DONE) == 1
    assert reader.read == ["a.pdf", "b.pdf"]


def test_a_store_that_is_away_is_no_property_of_the_proposal(given: Settings, reader: Reader, tmp_path: Path) -> None:
    class Away:
        def local_path(self, sha256: str) -> None:
            raise StorageUnavailable("gone for a moment")

    submit(given, tmp_path / "in", a="1")
    with pytest.raises(StorageUnavailable):
        work.work("P-1", Away(), given)  # type: ignore[arg-type]
    assert states() == [State.LOST, State.QUEUED]
    assert records.notices() == []  # later
    assert [n.kind for n in records.notices(datetime.now(UTC) + work.PUT_OFF)] == [records.WAITING]
    go(given)
    assert states() == [State.LOST, State.DONE]


def test_an_engine_that_dies_under_a_step_is_no_property_of_the_proposal(
    given: Settings, reader: Reader, tmp_path: Path
) -> None:
    """Prefect's server was killed as a task began: "unable to acquire concurrency slots" stood as a failed run."""
    from jeopsu.flows import intake

    def refused(step: intake._Step) -> object:
        raise RuntimeError("unable to acquire concurrency slots")

    def lost_after(step: intake._Step) -> object:
        step()
        raise RuntimeError("the server is gone")

    def through(task: Callable[[intake._Step], object]) -> Callable[..., Any]:
        return lambda *arguments: intake._through(task, intake._Step(work.examine, *arguments))

    submit(given, tmp_path / "in", a="1")
    with pytest.raises(work.EngineFailed):
        work.work("P-1", platform.open_files(given), given, examine=through(refused))
    assert states() == [State.LOST, State.QUEUED]
    # What was done before the engine was lost is done.
    done = work.work("P-1", platform.open_files(given), given, examine=through(lost_after))
    assert done and states() == [State.LOST, State.DONE]


def test_a_mistake_of_ours_is_still_one_under_the_engine(given: Settings, reader: Reader, tmp_path: Path) -> None:
    from jeopsu.flows import intake

    def broken(*arguments: object) -> object:
        raise KeyError("ours")

    submit(given, tmp_path / "in", a="1")
    with pytest.raises(KeyError):
        work.work(
            "P-1",
            platform.open_files(given),
            given,
            examine=lambda *arguments: intake._through(lambda step: step(), intake._Step(broken, *arguments)),
        )
    assert states() == [State.FAILED]


def test_what_was_read_before_is_not_even_fetched(given: Settings, tmp_path: Path) -> None:
    class Counted(LocalFiles):
        fetched: list[str] = []

        def local_path(self, sha256: str) -> AbstractContextManager[Path]:
            self.fetched.append(sha256)
            return super().local_path(sha256)

    submit(given, tmp_path / "in", a="1", b="2")
    files = Counted(given.data / "files")
    work.work("P-1", files, given)
    assert len(files.fetched) == 2
    platform.rerun(given, "P-1")
    work.work("P-1", files, given)
    assert len(files.fetched) == 2
    submit(given, tmp_path / "in", b="another")
    work.work("P-1", files, given)
    assert len(files.fetched) == 3
    assert states() == [State.DONE] * 3


def test_other_bytes_than_were_uploaded_are_not_read(given: Settings, tmp_path: Path) -> None:
    submit(given, tmp_path / "in", a="1")
    (kept,) = (given.data / "files" / "originals").glob("??/*")
    kept.chmod(0o600)
    kept.write_bytes(b"2")
    with pytest.raises(StorageUnavailable, match="backup"):
        go(given)
    assert states() == [State.LOST, State.QUEUED]  # tried again, and shown to people in the end


def test_readings_of_a_bad_moment_are_not_kept(given: Settings) -> None:
    cache = Readings(platform.open_files(given), "v1")
    from jeopsu.domain.documents import FileType

    good = FileReading(type=FileType.PDF, pages=1)
    hasty = FileReading(type=FileType.PDF, problems=(Problem(code=Code.TIME_LIMIT),))
    cache.put("aa1", good)
    cache.put("bb2", hasty)
    assert (cache.get("aa1"), cache.get("bb2")) == (good, None)
    assert Readings(platform.open_files(given), "v2").get("aa1") is None  # other readers
    assert Readings(platform.open_files(given), "v1", use=False).get("aa1") is None


def test_a_living_process_is_known_by_its_start_too() -> None:
    here, me = life.this_host(), life.this_process()
    assert life.alive(here, me) is True
    assert life.alive(here, me.replace(":", ":9")) is False  # the number was used again
    assert life.alive(here, "999999999:1") is False
    assert life.alive("another machine", me) is None
