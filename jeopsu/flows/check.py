"""One proposal, from its files to a report: the same work for `jeopsu check` and for the flows.

Reads like the story: name, read, settle, evaluate. No database and no Prefect here.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from jeopsu import __version__
from jeopsu.calls.load import load_call
from jeopsu.domain.calls import Call, Part, RequiredDocument
from jeopsu.domain.findings import Outcome
from jeopsu.domain.kinds import Kind
from jeopsu.domain.reading import FileReading, Limits, ReadRequest
from jeopsu.domain.report import Report, Run
from jeopsu.domain.submissions import Registration, StaffFact, Submission, Upload
from jeopsu.domain.values.person_name import masked
from jeopsu.extractors import sandbox
from jeopsu.validators import identification, naming, organisations, reconcile, run, verdict

Progress = Callable[[sandbox.Progress], None]


Local = Callable[[], AbstractContextManager[Path]]


@dataclass(frozen=True)
class UploadedFile:
    """One upload; `local` gives its bytes as a file of this machine, which may mean to fetch them."""

    name: str
    local: Local
    sha256: str
    bytes: int
    uploaded: datetime | None = None


def on_disk(path: Path, name: str, uploaded: datetime | None = None) -> UploadedFile:
    """An upload that lies in a folder. Raises OSError."""
    return UploadedFile(
        name=name,
        local=lambda: nullcontext(path),
        sha256=sha256_of(path),
        bytes=path.stat().st_size,
        uploaded=uploaded,
    )


def discreet(files: Sequence[UploadedFile]) -> list[UploadedFile]:
    """The same uploads under names without anybody's resident number or telephone; no two of them under one name."""
    names: Counter[str] = Counter()
    shown = []
    for file in files:
        name = masked(file.name)
        names[name] += 1
        if name != file.name and names[name] > 1:
            stem, dot, extension = name.rpartition(".")
            name = f"{stem or extension} ({names[name]}){dot and dot + extension}"
        shown.append(file if name == file.name else replace(file, name=name))
    return shown


class ReadingCache(Protocol):
    """Readings of earlier runs, by content and versions (`reading_key`)."""

    def get(self, key: str) -> FileReading | None: ...

    def put(self, key: str, reading: FileReading) -> None: ...


class NoCache:
    """`jeopsu check` reads everything, every time."""

    def get(self, key: str) -> FileReading | None:
        return None

    def put(self, key: str, reading: FileReading) -> None:
        return None


def check_files(
    files: Sequence[UploadedFile],
    *,
    call_id: str,
    proposal: str,
    received: datetime | None = None,
    registration: Registration | None = None,
    facts: Sequence[StaffFact] = (),
    jobs: int | None = None,
    progress: Progress | None = None,
    cache: ReadingCache | None = None,
    limits: Limits | None = None,
    reread: Collection[str] = (),
) -> Report:
    """Names, reads, settles, evaluates. Raises only for what is wrong with the call or this machine.

    `reread` names files whose earlier readings are not used.
    """
    started, clock = datetime.now(UTC), time.monotonic()
    call = load_call(call_id)
    ordered = sorted(discreet(files), key=lambda f: f.name)
    uploads = read_uploads(
        ordered, call, jobs=jobs, progress=progress, cache=cache or NoCache(), limits=limits, reread=reread
    )
    submission = settle(call, proposal, uploads, received=received, registration=registration, facts=facts)
    findings = run.evaluate(call, submission, today=call.day(started))
    engines = {k: v for upload in uploads for k, v in upload.reading.engines.items()}
    return Report(
        call=call.id,
        run=_run(started, clock, engines),
        submission=submission,
        verdict=verdict.of(findings),
        findings=findings,
    )


def recheck(report: Report, *, facts: Sequence[StaffFact], submission: Submission | None = None) -> Report:
    """Rules only, on what an earlier run read: after a correction, a staff fact or a changed call."""
    started, clock = datetime.now(UTC), time.monotonic()
    call = load_call(report.call)
    settled = (submission or report.submission).model_copy(update={"facts": tuple(facts)})
    findings = run.evaluate(call, settled, today=call.day(started))
    return report.model_copy(
        update={
            "run": _run(started, clock, report.run.engine),
            "submission": settled,
            "findings": findings,
            "verdict": verdict.of(findings),
        }
    )


def what_if(report: Report, rule: str, organisation: str | None, fact: StaffFact) -> Outcome | None:
    """How one rule would come out for an organisation with that answer of staff; None where it says nothing of it."""
    others = tuple(f for f in report.submission.facts if (f.fact, f.organisation) != (fact.fact, fact.organisation))
    submission = report.submission.model_copy(update={"facts": (*others, fact)})
    call = load_call(report.call)
    found = run.evaluate(call, submission, only=rule, today=call.day(fact.at))
    return next((one.outcome for one in found if one.organisation == organisation), None)


def read_uploads(
    files: Sequence[UploadedFile],
    call: Call,
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
    cache: ReadingCache,
    limits: Limits | None = None,
    reread: Collection[str] = (),
) -> list[Upload]:
    """Every file's name and content, in the order given. What equal versions read before is not read again."""
    names = [naming.read_name(file.name, call) for file in files]
    requests = [
        ReadRequest(
            path="",
            name=file.name,
            hint=name.kind,
            hint_year=name.years[0] if len(name.years) == 1 else None,
            titles=titles(call),
            fiscal_years=call.fiscal_years,
            limits=limits or Limits(),
        )
        for file, name in zip(files, names, strict=True)
    ]
    keys = [reading_key(file.sha256, request) for file, request in zip(files, requests, strict=True)]
    readings: dict[int, FileReading] = {}
    for index, key in enumerate(keys):
        if files[index].name not in reread and (known := cache.get(key)) is not None:
            readings[index] = known
            if progress:
                progress(sandbox.Progress(files[index].name, known.pages, known.pages, reused=True))
    todo = [index for index in range(len(files)) if index not in readings]
    with ExitStack() as stack:  # what was read before need not even be fetched
        here = [
            requests[i].model_copy(update={"path": str(stack.enter_context(files[i].local()).resolve())}) for i in todo
        ]
        for place, reading in sandbox.read_all(here, jobs=jobs, on_progress=progress):
            index = todo[place]
            readings[index] = reading
            cache.put(keys[index], reading)
    return [
        Upload(
            name=file.name,
            sha256=file.sha256,
            bytes=file.bytes,
            uploaded=file.uploaded,
            name_reading=names[index],
            reading=readings[index],
        )
        for index, file in enumerate(files)
    ]


def settle(
    call: Call,
    proposal: str,
    uploads: Sequence[Upload],
    *,
    received: datetime | None,
    registration: Registration | None,
    facts: Sequence[StaffFact] = (),
) -> Submission:
    """Which file is whose and what, and what the values of all files together say."""
    consortium = organisations.settle(uploads, registration)
    submitted, fields = identification.settle(call, consortium, uploads)
    fields = reconcile.reconcile(fields)
    title = next((str(f.value) for f in fields if f.name == "plan.title" and f.confirmed), None)
    return Submission(
        proposal=proposal,
        title=title,
        received=received,
        organisations=consortium,
        files=submitted,
        fields=fields,
        registration=registration,
        facts=tuple(facts),
    )


def titles(call: Call) -> dict[Kind, tuple[str, ...]]:
    """The call's own words for each kind of document. A title that several kinds share (document 14) tells none."""
    found: dict[Kind, list[str]] = {}
    for document in call.documents:
        papers: list[RequiredDocument | Part] = [document, *document.parts]
        for paper in papers:
            if len(paper.kinds) == 1:
                found.setdefault(paper.kinds[0], []).extend((paper.title, *paper.aliases))
    return {kind: tuple(dict.fromkeys(words)) for kind, words in found.items()}


def reading_key(sha256: str, request: ReadRequest) -> str:
    """Equal keys mean equal readings: content, our version, the name and what the call tells the reader."""
    told = request.model_dump_json(exclude={"path", "limits"})
    return hashlib.sha256(f"{sha256}\n{__version__}\n{told}".encode()).hexdigest()


def _run(started: datetime, clock: float, engines: dict[str, str]) -> Run:
    return Run(started=started, seconds=time.monotonic() - clock, version=__version__, engine=engines)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
