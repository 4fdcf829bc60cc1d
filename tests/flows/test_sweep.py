"""The doors: what lies in the inbox is taken in once and whole, and what got lost on the way is found."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jeopsu.flows import life, platform, serve, sweep, triggers
from jeopsu.flows.settings import Settings
from jeopsu.storage import knocks, records
from jeopsu.storage.inbox import LocalInbox


def drop(given: Settings, name: str, content: str = "x", proposal: str = "P-1") -> Path:
    path = given.inbox / proposal / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def look(given: Settings) -> list[str]:
    return sweep.take_in(LocalInbox(given.inbox), platform.open_files(given), given)


def names() -> list[tuple[str, int]]:
    return [(upload.name, upload.number) for upload in records.uploads("P-1")]


def test_files_are_taken_in_once(given: Settings) -> None:
    drop(given, "[서식-1] 확인서_하나.pdf")
    drop(given, "more/b.pdf")
    assert look(given) == ["P-1"]
    assert look(given) == []
    assert names() == [("[서식-1] 확인서_하나.pdf", 1), ("b.pdf", 1)]


def test_what_is_still_written_or_hidden_is_left_alone(given: Settings, tmp_path: Path) -> None:
    for name in (".hidden", "a.pdf.part", "~$plan.hwp", ".folder/a.pdf", "Thumbs.db"):
        drop(given, name)
    (tmp_path / "secret").write_text("s")
    (given.inbox / "P-1" / "link.pdf").symlink_to(tmp_path / "secret")
    (given.inbox / "loose file in the root.pdf").write_text("x")
    drop(given, "a.pdf", proposal="a name no folder may have")
    assert look(given) == []


def test_a_young_file_has_to_settle(given: Settings) -> None:
    given = given.model_copy(update={"settle_seconds": 1000.0})
    path = drop(given, "a.pdf")
    assert look(given) == []
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert look(given) == ["P-1"]


def test_a_changed_file_is_a_new_version(given: Settings) -> None:
    path = drop(given, "a.pdf", "one")
    look(given)
    path.write_text("two, longer")
    look(given)
    assert names() == [("a.pdf", 2)]


def test_a_file_that_changes_while_it_is_copied_is_not_recorded(
    given: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = drop(given, "a.pdf", "half")
    store = platform.open_files(given)
    put = store.put

    def slow(source: object) -> object:
        stored = put(source)  # type: ignore[arg-type]
        path.write_text("half and the other half")
        return stored

    monkeypatch.setattr(store, "put", slow)
    inbox = LocalInbox(given.inbox)
    assert sweep.take_in(inbox, store, given) == []
    monkeypatch.undo()
    assert sweep.take_in(inbox, store, given) == ["P-1"]
    assert names() == [("a.pdf", 1)]


@pytest.mark.parametrize("killed_after", ["stored", "recorded"])
def test_a_kill_between_two_steps_loses_and_doubles_nothing(
    given: Settings, monkeypatch: pytest.MonkeyPatch, killed_after: str
) -> None:
    drop(given, "a.pdf")
    record = records.record_upload

    def killed(*args: object, **kwargs: object) -> object:
        if killed_after == "recorded":
            record(*args, **kwargs)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(records, "record_upload", killed)
    with pytest.raises(KeyboardInterrupt):
        look(given)
    monkeypatch.undo()
    look(given)
    assert names() == [("a.pdf", 1)]
    assert len(records.notices()) == 1
    assert records.counts() == (1, 0)


def test_a_kill_between_sending_and_noting_sends_twice_the_same(
    given: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(given, "a.pdf")
    look(given)
    sent: list[str] = []
    monkeypatch.setattr(triggers, "send", lambda api, events: sent.extend(event["id"] for event in events))
    noted = records.announced

    def killed(ids: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(records, "announced", killed)
    with pytest.raises(KeyboardInterrupt):
        triggers.announce("http://prefect/api")
    monkeypatch.setattr(records, "announced", noted)
    assert triggers.announce("http://prefect/api") == 1
    assert triggers.announce("http://prefect/api") == 0
    assert len(sent) == 2 and len(set(sent)) == 1


def test_without_prefect_everything_waits(given: Settings) -> None:
    drop(given, "a.pdf")
    look(given)
    with pytest.raises(triggers.PrefectUnavailable):
        triggers.announce("http://127.0.0.1:9/api")
    assert len(records.notices()) == 1


def started(proposal: str, state: str, seconds_ago: float = 0) -> triggers.Started:
    since = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    return triggers.Started(id=f"{proposal}-{state}", proposal=proposal, state=state, since=since)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("runs", "again"),
    [
        ([], True),
        ([("P-1", "SCHEDULED", 9999)], False),  # it waits for a free worker, however long
        ([("P-1", "PENDING")], False),
        ([("P-1", "RUNNING")], False),
        ([("P-1", "PENDING", 9999)], True),  # its worker died between taking and starting it
        ([("P-1", "RUNNING", 9999)], True),
        ([("P-1", "RUNNING", 45)], True),
        ([("P-1", "RUNNING", 9999), ("P-1", "PENDING", 45)], False),  # a slow machine is not made slower
        ([("P-1", "RUNNING", 9999), ("P-1", "PENDING", 75)], True),
        ([("P-2", "SCHEDULED"), ("P-2", "RUNNING")], True),  # those are another proposal's
    ],
)
def test_a_forgotten_run_is_announced_again(
    given: Settings, monkeypatch: pytest.MonkeyPatch, runs: list[tuple[str, str]], again: bool
) -> None:
    drop(given, "a.pdf")
    look(given)
    records.announced(records.notices()[0].ids)
    monkeypatch.setattr(sweep, "OVERDUE", timedelta(0))
    monkeypatch.setattr(triggers, "unfinished", lambda api: [started(*run) for run in runs])
    assert sweep.mend(given, "http://prefect/api").announced_again == (("P-1",) if again else ())
    assert [notice.kind for notice in records.notices()] == ([records.WAITING] if again else [])


def test_prefect_hears_of_flow_runs_whose_worker_is_gone(given: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(given, "a.pdf")
    look(given)
    records.claim("P-1", host=life.this_host(), process=life.this_process(), prefect_run="P-1-RUNNING")
    runs = [started("P-1", "RUNNING", 9999), started("P-2", "RUNNING", 9999), started("P-3", "PENDING", 9999)]
    runs += [started("P-4", "SCHEDULED", 9999), started("P-5", "RUNNING", 1)]
    told: list[str] = []
    monkeypatch.setattr(triggers, "unfinished", lambda api: runs)
    monkeypatch.setattr(triggers, "crash", lambda api, run, why: told.append(run))
    assert sweep.tidy("http://prefect/api") == tuple(told) == ("P-2-RUNNING", "P-3-PENDING")


def test_a_dead_flow_is_started_again_and_prefect_is_told(given: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(given, "a.pdf")
    look(given)
    records.claim("P-1", host=life.this_host(), process="999999999:1", prefect_run="run-id")
    told: list[str] = []
    monkeypatch.setattr(triggers, "crash", lambda api, run, why: told.append(run))
    assert sweep.mend(given, "http://prefect/api").lost == ("P-1",)
    assert told == ["run-id"]
    assert records.counts() == (1, 0)


def test_what_fails_is_told_once_and_again_when_it_works(
    given: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    doors = serve.Doors(given, platform.open_files(given), "http://127.0.0.1:9/api")
    answers = iter([OSError("010-1234-5678 does not answer"), OSError("still"), None, None])

    def take_in(*_: object) -> None:
        if (error := next(answers)) is not None:
            raise error

    monkeypatch.setattr(sweep, "take_in", take_in)
    for fails in (True, True, False, False):
        doors.turn()
        assert ("inbox" in {one.door for one in knocks.failing()}) is fails
    told = [line for line in capsys.readouterr().err.splitlines() if " inbox: " in line]
    assert len(told) == 2 and "1234" not in told[0] and "다시" in told[1]  # once each, and no telephone number
