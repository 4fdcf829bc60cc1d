"""The lease of a run: a heartbeat with the progress, and the word that it is time to stop.

Readers report from their own threads; the heartbeat writes what they last said every two seconds, so that a page costs
nothing. A reader learns by an exception that its work is not wanted any more.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from jeopsu.storage import records
from jeopsu.storage.errors import LeaseLost
from jeopsu.storage.rows import Job, Progress

BEAT_SECONDS = 2.0
_LIGHTEST = 20_000  # bytes: opening a file takes its time, however small it is
_FIRST_SHARE = 0.03  # nothing is foretold from less


class Superseded(Exception):
    """Newer uploads came in: this run is given up for the next, which finds what was read so far."""


class Lease:
    """Held while a run is worked on. `look` raises Superseded or LeaseLost once the work is not wanted any more."""

    def __init__(self, job: Job, on_beat: Callable[[Progress], None] | None = None) -> None:
        self._job, self._on_beat = job, on_beat
        self._pages: dict[str, tuple[int, int]] = {}
        self._weights = {upload.name: max(upload.bytes, _LIGHTEST) for upload in job.uploads}
        self._reused: set[str] = set()
        self._began: float | None = None  # when the first page came that had to be read
        self._progress = Progress(stage="read", files_total=len(job.uploads))
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._unwanted: Exception | None = None
        self._thread = threading.Thread(target=self._beat, daemon=True, name="lease")

    def __enter__(self) -> Lease:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join(timeout=30)

    def page(self, file: str, page: int, pages: int, *, reused: bool = False) -> None:
        """A page of a file has been read, or, `reused`, all of it by an earlier run."""
        with self._lock:
            self._pages[file] = (page, pages)
            if reused:
                self._reused.add(file)
            elif self._began is None:
                self._began = time.monotonic()
        self.look()

    def stage(self, name: str, **counts: int) -> None:
        with self._lock:
            self._progress = self._progress.model_copy(update={"stage": name, **counts})
        self.look()

    def look(self) -> None:
        if self._unwanted is not None:
            raise self._unwanted

    @property
    def progress(self) -> Progress:
        with self._lock:
            return self._progress.model_copy(
                update={
                    "pages_done": sum(page for page, _ in self._pages.values()),
                    "pages_total": sum(pages for _, pages in self._pages.values()),
                    "seconds_left": self._seconds_left(time.monotonic()),
                }
            )

    def _seconds_left(self, now: float) -> int | None:
        """At the pace so far. Files count by their bytes: a scan's page has a hundred times a digital one's, and takes
        as much longer; pages of files that nobody has opened yet are not known."""
        if self._began is None:
            return None
        wanted = {file: weight for file, weight in self._weights.items() if file not in self._reused}
        read = sum(
            wanted[file] * page / pages for file, (page, pages) in self._pages.items() if file in wanted and pages
        )
        share, passed = read / max(1, sum(wanted.values())), now - self._began
        if share < _FIRST_SHARE or passed < BEAT_SECONDS:
            return None
        return round(passed * (1 - share) / share)

    def _beat(self) -> None:
        try:
            while not self._stop.wait(BEAT_SECONDS):
                try:
                    records.beat(self._job, self.progress)
                    if self._unwanted is None and records.newer_waits(self._job):
                        self._unwanted = Superseded(f"{self._job.proposal} #{self._job.number}")
                except LeaseLost as error:
                    self._unwanted = error
                    return
                except records.Unavailable:
                    records.close_old_connections()
                    continue  # the database is away for a moment; the lease outlives some beats
                if self._on_beat:
                    with suppress(Exception):  # telling others is a courtesy
                        self._on_beat(self.progress)
        finally:
            records.disconnect()
