"""The queue and the leases: one run of a proposal at a time, none forgotten, none written by two."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from jeopsu.storage import models, records
from jeopsu.storage.errors import LeaseLost
from jeopsu.storage.queue import ATTEMPTS
from jeopsu.storage.rows import Progress, Standing, State
from tests.storage.builders import claim, report, upload

pytestmark = pytest.mark.usefixtures("database")

MINUTE = timedelta(minutes=1)


def dead(host: str, process: str) -> bool:
    return False


def living(host: str, process: str) -> bool:
    return True


def elsewhere(host: str, process: str) -> None:
    return None


def states() -> list[tuple[int, State]]:
    return [(run.number, run.state) for run in reversed(records.runs("P-1"))]


def test_one_run_at_a_time() -> None:
    upload()
    job = claim()
    upload(content=b"newer")
    assert records.claim("P-1", host="here", process="2:2") is None
    records.end(job, State.SUPERSEDED)
    assert claim().number == 2


def test_only_one_of_many_gets_the_lease() -> None:
    upload()
    got: list[object] = []

    def take() -> None:
        try:
            got.append(records.claim("P-1", host="here", process="x"))
        finally:
            records.disconnect()

    threads = [threading.Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert sum(job is not None for job in got) == 1


def test_a_job_brings_what_the_run_needs() -> None:
    upload(content=b"old")
    upload(content=b"new")
    upload(name="b.pdf")
    records.request_run("P-1", "rerun", event=records.RERUN, reread="14")
    job = claim()
    assert [u.name for u in job.uploads] == ["a.pdf", "b.pdf"]
    assert (job.reread_all, job.reread_documents) == (False, (14,))
    assert job.last_upload == max(u.id for u in job.uploads)


@pytest.mark.parametrize(
    ("wishes", "all_", "documents"),
    [
        (("", "14"), False, (14,)),
        (("3", "14", "3"), False, (3, 14)),
        (("14", "all", "2"), True, ()),
        (("",), False, ()),
    ],
)
def test_wishes_for_a_queued_run_add_up(wishes: tuple[str, ...], all_: bool, documents: tuple[int, ...]) -> None:
    upload()
    for wish in wishes:
        assert records.request_run("P-1", "rerun", event=records.RERUN, reread=wish) == 1
    job = claim()
    assert (job.reread_all, job.reread_documents) == (all_, documents)


def test_a_finished_run_is_kept_whole() -> None:
    upload()
    job = claim()
    made = report()
    done = records.finish(job, made, Progress(files_total=1, files_done=1))
    assert (done.state, done.verdict, done.open_points, done.gaps) == (State.DONE, "undetermined", 1, 0)
    assert records.report("P-1") == records.report("P-1", 1) == made
    row = records.proposal("P-1")
    assert (row.standing, row.title, row.last and row.last.number) == (Standing.WAITING, "제목", 1)
    assert models.Finding.objects.count() == models.Field.objects.count() == 1


def test_earlier_runs_stay() -> None:
    upload()
    records.finish(claim(), report(), Progress())
    records.request_run("P-1", "rerun", event=records.RERUN)
    records.finish(claim(), report(content=b"b"), Progress())
    assert records.report("P-1", 1) != records.report("P-1", 2) == records.report("P-1")


def test_a_result_that_cannot_be_written_whole_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    upload()
    job = claim()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(models.Field.objects, "bulk_create", killed)
    with pytest.raises(KeyboardInterrupt):
        records.finish(job, report(), Progress())
    assert states() == [(1, State.RUNNING)]
    assert models.Finding.objects.count() == models.RunReport.objects.count() == 0


def test_a_run_whose_process_died_starts_again_at_once() -> None:
    upload()
    job = claim()
    records.announced(models.Event.objects.values_list("pk", flat=True))
    assert records.lost(living, MINUTE) == []
    assert records.lost(dead, MINUTE) == [("P-1", "")]
    assert states() == [(1, State.LOST), (2, State.QUEUED)]
    assert [notice.kind for notice in records.notices()] == [records.WAITING]
    assert claim().attempt == 2
    with pytest.raises(LeaseLost):
        records.beat(job, Progress())


def test_another_machines_run_is_lost_when_its_heart_stands_still() -> None:
    upload()
    claim()
    assert records.lost(elsewhere, MINUTE) == []
    models.Run.objects.update(beat=models.Run.objects.get().beat - timedelta(minutes=2))
    assert records.lost(elsewhere, MINUTE) == [("P-1", "")]


def test_who_lost_the_lease_can_write_nothing() -> None:
    upload()
    late = claim()
    records.lost(dead, MINUTE)
    job = claim()
    with pytest.raises(LeaseLost):
        records.finish(late, report(content=b"late"), Progress())
    with pytest.raises(LeaseLost):
        records.end(late, State.FAILED, "late")
    records.finish(job, report(), Progress())
    with pytest.raises(LeaseLost):
        records.finish(job, report(content=b"twice"), Progress())
    assert records.report("P-1") == report().model_copy(update={"run": records.report("P-1").run})  # type: ignore[union-attr]
    assert states() == [(1, State.LOST), (2, State.DONE)]


def test_a_run_that_kills_its_process_every_time_is_shown_to_people() -> None:
    upload()
    for _ in range(ATTEMPTS):
        claim()
        records.lost(dead, MINUTE)
    assert [state for _, state in states()] == [State.LOST] * (ATTEMPTS - 1) + [State.FAILED]
    assert records.proposal("P-1").standing is Standing.FAILED
    assert records.notices() == [] or all(n.kind != records.WAITING for n in records.notices())


def test_a_run_that_gets_on_with_every_attempt_is_not_given_up() -> None:
    upload()
    for number in range(2 * ATTEMPTS):
        records.beat(claim(), Progress(files_total=99, files_done=number + 1, files_reused=number))
        records.lost(dead, MINUTE)
    assert claim().attempt == 1


def test_what_was_given_back_is_no_failed_attempt() -> None:
    upload()
    records.give_back(claim())
    assert claim().attempt == 1


def test_a_wish_survives_the_death_of_its_run() -> None:
    upload()
    records.request_run("P-1", "rerun", event=records.RERUN, reread="3")
    claim()
    records.lost(dead, MINUTE)
    assert claim().reread_documents == (3,)


def test_events_sent_but_not_taken_out_are_sent_again() -> None:
    upload()
    before = records.notices()
    assert records.notices() == before  # a kill between sending and `announced`
    records.announced(before[0].ids)
    assert records.notices() == []


def test_a_queued_run_nobody_speaks_of_is_found() -> None:
    upload()
    assert records.overdue(timedelta(0)) == []  # its event has not been sent yet
    records.announced(records.notices()[0].ids)
    assert records.overdue(MINUTE) == []
    assert records.overdue(timedelta(0)) == ["P-1"]
    records.announce_again("P-1")
    assert [notice.kind for notice in records.notices()] == [records.WAITING]
    claim()
    assert records.overdue(timedelta(0)) == []


def test_a_failed_run_shows_and_the_next_upload_starts_another() -> None:
    upload()
    records.end(claim(), State.FAILED, "KeyError")
    row = records.proposal("P-1")
    assert row.standing is Standing.FAILED and row.last and row.last.error == "KeyError"
    upload(content=b"other")
    assert records.proposal("P-1").standing is Standing.QUEUED


def test_progress_is_seen_while_it_runs() -> None:
    upload()
    records.beat(claim(), Progress(stage="read", files_total=3, files_done=1, pages_done=7, pages_total=20))
    active = records.proposal("P-1").active
    assert active and (active.stage, active.files_done, active.pages_done) == ("read", 1, 7)
