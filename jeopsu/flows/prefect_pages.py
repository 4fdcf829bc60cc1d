"""What Prefect's own pages show of a proposal's run: tags, a bar, the findings for a person, the way to the site.

All of it is a courtesy: where Prefect does not take it, the run goes on. Nothing of an upload's text is told.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import cast
from uuid import UUID

from prefect.artifacts import (
    create_link_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run

from jeopsu.domain.findings import Outcome
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from jeopsu.storage.rows import Job, Progress, RunRow

_EVERY = 4.0  # seconds between two words about the progress


class Pages:
    """One flow run's. `begin` and `end` in the flow's own thread, `beat` from the lease's."""

    def __init__(self, given: Settings, proposal: str) -> None:
        self._given, self._proposal = given, proposal
        self._bar: UUID | None = None
        self._next = 0.0

    def begin(self, job: Job) -> None:
        """Names and tags the flow run, and puts the bar on its page."""
        with _courtesy(), get_client(sync_client=True) as client:
            found = {"jeopsu", f"proposal:{job.proposal}", f"call:{job.call}", f"kind:{job.kind}"}
            if job.attempt > 1:
                found.add(f"attempt:{job.attempt}")
            client.update_flow_run(UUID(flow_run.id), name=f"{job.proposal} #{job.number}", tags=sorted(found))
        with _courtesy():
            bar = create_progress_artifact(0.0, key(f"progress {job.proposal}"), f"{job.proposal} #{job.number}")
            self._bar = cast(UUID, bar)  # outside an event loop it is no coroutine

    def beat(self, progress: Progress) -> None:
        if self._bar is None or time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _EVERY
        done = 100.0 * progress.pages_done / progress.pages_total if progress.pages_total else 0.0
        update_progress_artifact(self._bar, min(done, 99.0), words(self._proposal, progress))

    def end(self, done: RunRow) -> None:
        """The bar is full; a link to the site, and a table of what a person must look at."""
        with _courtesy():
            if self._bar is not None:
                update_progress_artifact(self._bar, 100.0, f"{self._proposal} #{done.number}: {done.verdict}")
        with _courtesy():
            create_link_artifact(
                link=f"{self._given.url}/proposals/{self._proposal}/",
                link_text=f"{self._proposal}: {done.verdict}",
                key=key(f"review {self._proposal}"),
            )
        with _courtesy():
            self._findings(done)

    def _findings(self, done: RunRow) -> None:
        report = records.report(self._proposal, done.number)
        if report is None:
            return
        wanted = [f for f in report.findings if f.outcome in (Outcome.FAIL, Outcome.UNDETERMINED)]
        create_table_artifact(
            table=[
                {
                    "rule": finding.rule,
                    "organisation": finding.organisation or "",
                    "outcome": finding.outcome.value,
                    "effect": finding.effect.value,
                }
                for finding in wanted
            ],
            key=key(f"findings {self._proposal}"),
            description=f"{self._proposal} #{done.number}: {len(wanted)} findings for a person",
        )


def words(proposal: str, progress: Progress) -> str:
    """`P-1: read, 12 of 34 files (30 as before), 40 of 96 pages, about 25 s left`."""
    told = f"{proposal}: {progress.stage}, {progress.files_done} of {progress.files_total} files"
    if progress.files_reused:
        told += f" ({progress.files_reused} as before)"
    told += f", {progress.pages_done} of {progress.pages_total} pages"
    return told + (f", about {progress.seconds_left} s left" if progress.seconds_left is not None else "")


def key(text: str) -> str | None:
    """A key as Prefect takes it; None where the proposal's name has other letters: it is then shown without one."""
    made = re.sub(r"[ _.]+", "-", text.lower()).strip("-")
    return made if re.fullmatch(r"[a-z0-9-]+", made) else None


@contextmanager
def _courtesy() -> Iterator[None]:
    with suppress(Exception):
        yield
