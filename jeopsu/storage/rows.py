"""What `records` hands out: plain frozen rows, so that no other room touches a model or a query."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from jeopsu.domain.base import Record
from jeopsu.domain.submissions import Registration, StaffFact


class State(StrEnum):
    """A run's."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # our mistake or a limit: a person must look
    SUPERSEDED = "superseded"  # newer uploads came while it ran; the next one has them
    LOST = "lost"  # its process died; it was started again


class Standing(StrEnum):
    """A proposal's, as staff see it."""

    EMPTY = "empty"
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"  # for staff: open points
    DONE = "done"
    FAILED = "failed"


class UploadRow(Record):
    """A version of a file."""

    id: int
    proposal: str
    name: str
    number: int
    sha256: str
    bytes: int
    uploaded: datetime
    door: str
    by: str = ""
    current: bool = True


class RunRow(Record):
    """A run without its report. Times in UTC."""

    id: int
    proposal: str
    number: int
    kind: str
    state: State
    attempt: int
    requested: datetime
    started: datetime | None
    finished: datetime | None
    stage: str
    files_total: int
    files_done: int
    files_reused: int
    pages_total: int
    pages_done: int
    seconds_left: int | None
    verdict: str
    open_points: int
    gaps: int
    error: str
    version: str
    prefect_run: str
    host: str  # the machine that works or worked on it
    last_upload: int

    @property
    def seconds(self) -> float | None:
        return (self.finished - self.started).total_seconds() if self.finished and self.started else None


class ProposalRow(Record):
    """A proposal with what is going on (`active`) and the last result (`last`)."""

    id: str
    call: str
    title: str
    received: datetime | None
    created: datetime
    touched: datetime
    files: int
    active: RunRow | None
    last: RunRow | None

    @property
    def standing(self) -> Standing:
        if self.active:
            return Standing(self.active.state.value)
        if self.last is None:
            return Standing.QUEUED if self.files else Standing.EMPTY
        if self.last.state is State.FAILED:
            return Standing.FAILED
        return Standing.WAITING if self.last.open_points else Standing.DONE


class Job(Record):
    """A run that this process has the lease of, with everything it needs."""

    run: int
    number: int
    token: str
    proposal: str
    kind: str
    call: str
    received: datetime | None
    registration: Registration | None
    facts: tuple[StaffFact, ...]
    uploads: tuple[UploadRow, ...]  # those in force
    reread_all: bool
    reread_documents: tuple[int, ...]
    attempt: int
    last_upload: int


class Progress(Record):
    """Where a run stands; written with every heartbeat."""

    stage: str = ""
    files_total: int = 0
    files_done: int = 0
    files_reused: int = 0
    pages_total: int = 0
    pages_done: int = 0
    seconds_left: int | None = None


class Notice(Record):
    """An event that others must hear of: one per proposal and kind, however many uploads it stands for."""

    ids: tuple[int, ...]
    proposal: str
    kind: str
    first: datetime
    last: datetime


class EventRow(Record):
    """A line of a proposal's timeline."""

    id: int
    kind: str
    at: datetime
    body: dict[str, Any]


class DecisionRow(Record):
    """A decision as it was taken."""

    id: int
    proposal: str
    run: int | None
    subject: str
    key: str
    fingerprint: str
    kind: str
    value: Any
    reason: str
    by: str
    at: datetime
    undoes: int | None
