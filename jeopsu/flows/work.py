"""One run, from its files to its report in the records: what the flows of `intake` do, without Prefect.

The order survives a kill between any two steps: the run is claimed, read, then recorded in one transaction. Who dies in
between leaves a lease that `sweep.mend` finds; what was read until then is kept and not read again.
"""

from __future__ import annotations

import hashlib
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import lru_cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import jeopsu
from jeopsu.domain.reading import FileReading
from jeopsu.domain.report import Report
from jeopsu.extractors.sandbox import Progress as PageProgress
from jeopsu.flows import check, corrections, sampling
from jeopsu.flows.lease import Lease, Superseded
from jeopsu.flows.life import this_host, this_process
from jeopsu.flows.settings import Settings
from jeopsu.storage import records
from jeopsu.storage.errors import LeaseLost, StorageUnavailable
from jeopsu.storage.files import Files
from jeopsu.storage.readings import Readings
from jeopsu.storage.rows import Job, Progress, RunRow, State

# How long a proposal waits after the store or the database was away: this, twice this, …
PUT_OFF = timedelta(seconds=30)

# What reads files: with another version of one of these, nothing that was read before is used.
_READERS = (
    "pypdfium2",
    "opencv-python-headless",
    "rapidocr",
    "onnxruntime",
    "tesserocr",
    "pytesseract",
    "unhwp",
    "pyhwp",
    "rhwp-python",
    "spacy",
)


class EngineFailed(Exception):
    """What runs the flow failed before or around the work, not the work itself: it is tried again."""


def claim(proposal: str, prefect_run: str = "") -> Job | None:
    """The lease of the proposal's queued run, or None: nothing waits, or another process is at it."""
    return records.claim(proposal, host=this_host(), process=this_process(), prefect_run=prefect_run)


def examine(job: Job, files: Files, settings: Settings, lease: Lease) -> Report:
    """Reads what has to be read and evaluates. Raises Superseded, LeaseLost, StorageUnavailable."""
    unwanted = documents_of(job)
    cache = _Counting(files, lease, use=not job.reread_all)

    def page(progress: PageProgress) -> None:
        lease.page(progress.name, progress.page, progress.pages, reused=progress.reused)

    uploads = [
        check.UploadedFile(
            name=upload.name,
            local=partial(_original, files, upload.sha256),
            sha256=upload.sha256,
            bytes=upload.bytes,
            uploaded=upload.uploaded,
        )
        for upload in job.uploads
    ]
    return check.check_files(
        uploads,
        call_id=job.call,
        proposal=job.proposal,
        received=job.received,
        registration=job.registration,
        facts=job.facts,
        jobs=settings.files_at_once,
        progress=page,
        cache=cache,
        reread=unwanted,
    )


@contextmanager
def _original(files: Files, sha256: str) -> Iterator[Path]:
    """An original on this machine's disk, proved to be what was uploaded. Raises StorageUnavailable."""
    with files.local_path(sha256) as path:
        if check.sha256_of(path) != sha256:
            raise StorageUnavailable(f"{sha256}: the store gave other bytes; restore it from the backup")
        yield path


def record(job: Job, report: Report, lease: Lease) -> RunRow:
    """Keeps the report, unless newer uploads came in. Raises Superseded, LeaseLost."""
    if records.newer_waits(job):
        raise Superseded(f"{job.proposal} #{job.number}")
    done = records.finish(job, report, lease.progress)
    if records.decisions(job.proposal):  # what people said of these bytes holds in this run, too
        with suppress(records.Unavailable):  # else the next decision takes it in
            return corrections.follow(job.proposal, by="jeopsu") or done
    return done


def documents_of(job: Job) -> frozenset[str]:
    """The names of files that are to be read again, because the run's documents (numbers of the call) ask for it."""
    if not job.reread_documents:
        return frozenset()
    last = records.report(job.proposal)
    known = last.submission.files if last else ()
    return frozenset(file.name for file in known if file.document in job.reread_documents)


def work(
    proposal: str,
    files: Files,
    settings: Settings,
    *,
    prefect_run: str = "",
    examine: Callable[[Job, Files, Settings, Lease], Report] = examine,
    record: Callable[[Job, Report, Lease], RunRow] = record,
    on_beat: Callable[[Progress], None] | None = None,
) -> RunRow | None:
    """Works until nothing of the proposal waits; returns the last finished run. A failure of ours is raised again.

    `on_beat` hears where a run stands, every two seconds, from a thread of its own.
    """
    done = None
    while job := claim(proposal, prefect_run):
        try:
            with Lease(job, on_beat) as lease:
                report = examine(job, files, settings, lease)
                lease.stage("record")
                done = record(job, report, lease)
            with suppress(records.Unavailable):  # a sample that is not drawn is no loss
                sampling.draw_share(proposal, settings)
        except Superseded:
            records.end(job, State.SUPERSEDED)
        except LeaseLost:
            return done
        except Exception as error:
            if told_to_stop(error):
                records.give_back(job)
            elif isinstance(error, StorageUnavailable | records.Unavailable | EngineFailed):
                # Not the proposal's fault. Where not even this can be written, the dead lease says the same.
                records.close_old_connections()
                records.put_off(job, type(error).__name__, PUT_OFF * job.attempt)
            else:
                # Names of classes only: messages may hold what stands in an upload.
                records.end(job, State.FAILED, f"{type(error).__name__}")
            raise
        except BaseException:  # told to stop: the next worker takes it from the queue
            records.give_back(job)
            raise
    return done


def told_to_stop(error: BaseException) -> bool:
    """Whether a signal to stop is behind an error: whoever was at work when it came may fail over it in its own way.

    Prefect's task engine does: the signal within its preparations ends as "Task run is not set".
    """
    behind: BaseException | None = error
    for _ in range(100):  # histories are short, and could be made to go in circles
        if behind is None:
            break
        if not isinstance(behind, Exception | GeneratorExit | CancelledError):
            return True
        behind = behind.__cause__ or behind.__context__
    return False


@lru_cache(maxsize=1)
def reader_versions() -> str:
    """A short name for everything that a reading depends on besides the file: our readers' source and their engines."""
    digest = hashlib.sha256()
    for name in _READERS:
        try:
            digest.update(f"{name}={version(name)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{name}=none\n".encode())
    root = Path(jeopsu.__file__).parent
    for room in ("domain", "extractors"):
        for path in sorted((root / room).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path.relative_to(root)).encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


class _Counting(Readings):
    """The cache that also counts: a file is done when its reading was found or has been put."""

    def __init__(self, files: Files, lease: Lease, *, use: bool) -> None:
        super().__init__(files, reader_versions(), use=use)
        self._lease, self._read = lease, 0

    def get(self, key: str) -> FileReading | None:
        reading = super().get(key)
        self._tell()
        return reading

    def put(self, key: str, reading: FileReading) -> None:
        super().put(key, reading)
        self._read += 1
        self._tell()

    def _tell(self) -> None:
        self._lease.stage("read", files_done=self.reused + self._read, files_reused=self.reused)
