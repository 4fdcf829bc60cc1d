"""What the platform's commands do: submit, status, rerun. They need the store and the database, not a running server.

`serve` or a worker does the rest: what is written here stays in the queue until one of them is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from jeopsu.calls.load import load_call
from jeopsu.domain.base import Record
from jeopsu.domain.report import Report
from jeopsu.domain.submissions import Registration
from jeopsu.flows.settings import Settings
from jeopsu.storage import names, records
from jeopsu.storage.files import Files
from jeopsu.storage.inbox import Inbox, LocalInbox, S3Inbox
from jeopsu.storage.local_files import LocalFiles
from jeopsu.storage.rows import ProposalRow, RunRow, UploadRow
from jeopsu.storage.s3_files import Bucket, S3Files


class Submitted(Record):
    """What became of one file."""

    upload: UploadRow
    new: bool  # False: the same bytes are in force under this name already


class Overview(Record):
    """What `jeopsu status` shows. `runs` only where one proposal was asked for."""

    proposals: tuple[ProposalRow, ...]
    total: int
    queued: int
    running: int
    runs: tuple[RunRow, ...] = ()


def open_files(settings: Settings) -> Files:
    """The store: the bucket where one is set, else the folder."""
    bucket = bucket_of(settings)
    return S3Files(bucket) if bucket else LocalFiles(settings.data / "files")


def open_inboxes(settings: Settings) -> list[Inbox]:
    """Every place that others put files in."""
    inboxes: list[Inbox] = [LocalInbox(settings.inbox)]
    bucket = bucket_of(settings)
    if bucket and settings.s3_inbox:
        inboxes.append(S3Inbox(bucket, settings.s3_inbox))
    return inboxes


def bucket_of(settings: Settings) -> Bucket | None:
    if not settings.s3_endpoint:
        return None
    return Bucket(
        endpoint=settings.s3_endpoint,
        name=settings.s3_bucket,
        access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key,
        region=settings.s3_region,
    )


def connect(settings: Settings) -> None:
    """This process works on the settings' database from here on."""
    records.connect(settings.database_url)


def prepare(settings: Settings) -> Files:
    """Makes folder, schema and bucket where they are not there yet, and connects. Harmless when they are."""
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)  # what lies here is other people's
    connect(settings)
    if not records.up_to_date():
        records.migrate()
    files = open_files(settings)
    if isinstance(files, S3Files):
        files.prepare()
    return files


def submit(
    settings: Settings,
    proposal: str,
    paths: Iterable[Path],
    *,
    call: str | None = None,
    received: datetime | None = None,
    registration: Registration | None = None,
    by: str = "",
) -> tuple[Submitted, ...]:
    """Stores uploads, which starts the proposal's flow. Raises BadName, OSError, CallFileError, StorageUnavailable."""
    name = names.proposal_id(proposal)
    found = list(paths)
    for path in found:
        path.open("rb").close()  # before anything is kept: all of them can be read
    load_call(call or settings.call)
    files = prepare(settings)
    records.ensure_proposal(name, call or settings.call, received=received, registration=registration)
    done = []
    for path in found:
        with path.open("rb") as stream:
            stored = files.put(stream)
        upload, new = records.record_upload(
            name,
            names.file_name(path.name),
            stored,
            door="cli",
            by=by,
            call=call or settings.call,
            uploaded=None,
            quiet=settings.quiet,
        )
        done.append(Submitted(upload=upload, new=new))
    return tuple(done)


def status(settings: Settings, proposal: str | None = None, *, limit: int = 100) -> Overview:
    """All proposals, the last touched first; or one with all its runs. Raises UnknownProposal."""
    prepare(settings)
    queued, running = records.counts()
    if proposal is None:
        rows, total = records.proposals(limit=limit)
        return Overview(proposals=rows, total=total, queued=queued, running=running)
    name = names.proposal_id(proposal)
    row = records.proposal(name)
    return Overview(proposals=(row,), total=1, queued=queued, running=running, runs=records.runs(name))


def rerun(
    settings: Settings,
    proposal: str,
    *,
    from_: Literal["extract", "validate"] | None = None,
    documents: Sequence[int] = (),
    fresh: bool = False,
    by: str = "",
) -> int:
    """Queues another run and returns its number. Raises UnknownProposal.

    Without options only what changed is read again. `from_="extract"` reads everything again, or the files of the
    call's `documents`; `from_="validate"` evaluates the rules only; `fresh` uses nothing of earlier runs.
    """
    prepare(settings)
    name = names.proposal_id(proposal)
    reread = ""
    if fresh or (from_ == "extract" and not documents):
        reread = "all"
    elif from_ != "validate":
        reread = ",".join(str(number) for number in sorted(set(documents)))
    kind = "recheck" if from_ == "validate" and not fresh else "rerun"
    event = records.DECIDED if kind == "recheck" else records.RERUN
    return records.request_run(name, kind, event=event, reread=reread, by=by)


def report(settings: Settings, proposal: str, number: int | None = None) -> Report | None:
    """The report of a run, or of the last one. Raises UnknownProposal; None where no run is done."""
    prepare(settings)
    name = names.proposal_id(proposal)
    records.require(name)
    return records.report(name, number)
