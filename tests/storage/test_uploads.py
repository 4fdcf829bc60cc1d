"""Uploads: nothing is lost, nothing is taken in twice, the latest of a name is in force."""

from __future__ import annotations

import threading
import unicodedata
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from jeopsu.storage import models, records
from jeopsu.storage.errors import AppendOnly, UnknownProposal
from tests.storage.builders import CALL, claim, stored, upload

pytestmark = pytest.mark.usefixtures("database")


def test_a_later_upload_of_a_name_supersedes_visibly() -> None:
    upload(content=b"one")
    upload(content=b"two")
    upload(name="b.pdf")
    assert [(u.name, u.number, u.sha256) for u in records.uploads("P-1")] == [
        ("a.pdf", 2, stored(b"two").sha256),
        ("b.pdf", 1, stored(b"a").sha256),
    ]
    every = records.uploads("P-1", every_version=True)
    assert [(u.name, u.number, u.current) for u in every] == [
        ("a.pdf", 1, False),
        ("a.pdf", 2, True),
        ("b.pdf", 1, True),
    ]


def test_the_same_bytes_under_the_same_name_are_no_new_version() -> None:
    first = upload()
    again, new = records.record_upload("P-1", "a.pdf", stored(b"a"), door="site", call=CALL)
    assert (again.id, new) == (first.id, False)


def test_going_back_to_earlier_bytes_is_a_version() -> None:
    for content in (b"one", b"two", b"one"):
        upload(content=content)
    assert [u.number for u in records.uploads("P-1")] == [3]


def test_composed_and_decomposed_names_are_one_file() -> None:
    upload(name=unicodedata.normalize("NFD", "재직증명서.pdf"), content=b"one")
    upload(name="재직증명서.pdf", content=b"two")
    assert [(u.name, u.number) for u in records.uploads("P-1")] == [("재직증명서.pdf", 2)]


def test_what_a_door_brought_once_is_not_taken_in_again() -> None:
    upload(content=b"from the folder", origin="inbox:P-1/a.pdf:1:1")
    upload(content=b"newer, by hand")
    assert records.unseen(["inbox:P-1/a.pdf:1:1", "inbox:P-1/b.pdf:1:1"]) == {"inbox:P-1/b.pdf:1:1"}
    upload(content=b"from the folder", origin="inbox:P-1/a.pdf:1:1")
    assert records.uploads("P-1")[0].sha256 == stored(b"newer, by hand").sha256


def test_an_origin_of_known_bytes_is_remembered_too() -> None:
    upload()
    upload(origin="inbox:P-1/a.pdf:1:2")
    assert records.unseen(["inbox:P-1/a.pdf:1:2"]) == set()
    assert len(records.uploads("P-1", every_version=True)) == 1


@pytest.mark.parametrize("what", ["update", "delete"])
def test_uploads_are_never_changed_even_past_the_models(what: str) -> None:
    upload()
    rows = models.Upload.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(name="other") if what == "update" else rows._raw_delete("default")
    with pytest.raises(AppendOnly):
        row = models.Upload.objects.get()
        row.save() if what == "update" else row.delete()
    assert [u.name for u in records.uploads("P-1")] == ["a.pdf"]


def test_uploads_of_a_burst_are_one_run_and_one_notice() -> None:
    for number in range(30):
        upload(name=f"{number}.pdf")
    assert [run.number for run in records.runs("P-1")] == [1]
    (notice,) = records.notices()
    assert (notice.proposal, notice.kind, len(notice.ids)) == ("P-1", records.UPLOADED, 30)


def test_a_notice_waits_until_uploads_have_settled() -> None:
    records.record_upload("P-1", "a.pdf", stored(b"a"), door="cli", call=CALL, quiet=timedelta(seconds=60))
    assert records.notices() == []
    event = models.Event.objects.get()
    assert len(records.notices(event.due)) == 1


def test_uploads_that_never_stop_are_looked_at_all_the_same() -> None:
    records.record_upload("P-1", "a.pdf", stored(b"a"), door="cli", call=CALL, quiet=timedelta(hours=1))
    event = models.Event.objects.get()
    assert records.notices(event.at + timedelta(seconds=59)) == []
    assert len(records.notices(event.at + timedelta(seconds=61))) == 1


def test_a_failure_within_the_record_leaves_no_half(monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(models.Event.objects, "create", killed)
    with pytest.raises(KeyboardInterrupt):
        upload()
    assert models.Upload.objects.count() == models.Run.objects.count() == models.Proposal.objects.count() == 0


def test_uploads_during_a_run_ask_for_the_next_one() -> None:
    upload()
    job = claim()
    assert not records.newer_waits(job)
    upload(content=b"newer")
    assert records.newer_waits(job)
    assert [run.state for run in records.runs("P-1")] == ["queued", "running"]


def test_two_hundred_uploads_from_twenty_clients_are_all_there_once(database: str) -> None:
    troubles: list[BaseException] = []

    def client(number: int) -> None:
        try:
            for file in range(10):
                proposal = f"P-{(number + file) % 7}"
                records.record_upload(
                    proposal, f"{number}-{file}.pdf", stored(b"%d-%d" % (number, file)), door="site", call=CALL
                )
                records.record_upload(proposal, "shared.pdf", stored(b"same for all"), door="site", call=CALL)
        except BaseException as error:
            troubles.append(error)
        finally:
            records.disconnect()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    kept = [u for n in range(7) for u in records.uploads(f"P-{n}", every_version=True)]
    own = [u.name for u in kept if u.name != "shared.pdf"]
    assert sorted(own) == sorted(f"{n}-{f}.pdf" for n in range(20) for f in range(10))
    assert [u.number for u in kept if u.name == "shared.pdf"] == [1] * 7
    assert records.counts() == (7, 0)


def test_proposals_nobody_submitted_are_unknown() -> None:
    with pytest.raises(UnknownProposal, match="P-9"):
        records.require("P-9")
    with pytest.raises(UnknownProposal):
        records.request_run("P-9", "rerun", event=records.RERUN)
