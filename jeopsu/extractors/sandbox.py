"""The parent's side of the sandbox: hands files to child processes and gets plain data back.

One *nursery* process per core keeps libraries and OCR engines warm and forks a child for every file (`child.py`). The
child has limits on memory, time, pages and output, and no network where the kernel allows; what comes out is JSON of
one type, checked here again. A child that dies is a finding about that file, never a crash.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pydantic import ValidationError

from jeopsu.domain.documents import FileType
from jeopsu.domain.problems import Code, Problem
from jeopsu.domain.reading import FileReading, ReadRequest
from jeopsu.extractors import wire

# What reads uploads is told nothing else of this machine: no passwords of database, store or server.
_PASSED_ON = frozenset(
    {"PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "TMPDIR", "TZ", "JEOPSU_DEBUG"}
)
READER = "jeopsu.extractors.read_file"  # the module that the nursery loads; tests name a stand-in


@dataclass(frozen=True)
class Progress:
    """Where the reading of one file stands."""

    name: str
    page: int
    pages: int
    reused: bool = False  # it was read by an earlier run


def read_all(
    requests: Sequence[ReadRequest],
    *,
    jobs: int | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    reader: str = READER,
) -> Iterator[tuple[int, FileReading]]:
    """Reads files in `jobs` parallel children; yields (index of the request, reading) as they finish."""
    if not requests:
        return
    jobs = max(1, min(jobs or os.cpu_count() or 1, len(requests)))
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    # Big files first: the last one to start should not be the longest.
    for index in sorted(range(len(requests)), key=lambda i: -_size(requests[i].path)):
        todo.put(index)
    done: queue.SimpleQueue[tuple[int, FileReading] | BaseException] = queue.SimpleQueue()
    stop = threading.Event()

    def work() -> None:
        nursery = Nursery(reader)
        try:
            while not stop.is_set():
                try:
                    index = todo.get_nowait()
                except queue.Empty:
                    return
                done.put((index, nursery.read(requests[index], on_progress)))
        except BaseException as error:
            done.put(error)
        finally:
            nursery.close()

    threads = [threading.Thread(target=work, daemon=True, name=f"nursery-{n}") for n in range(jobs)]
    for thread in threads:
        thread.start()
    try:
        for _ in requests:
            result = done.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=30)


class Nursery:
    """One warm process that forks a child per file. Restarted when it should ever die itself."""

    def __init__(self, reader: str = READER) -> None:
        self._reader = reader
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, request: ReadRequest, on_progress: Callable[[Progress], None] | None = None) -> FileReading:
        """One file, whatever is in it. Raises only when the nursery itself cannot be started."""
        for attempt in (1, 2):
            process = self._start()
            assert process.stdin and process.stdout
            try:
                wire.write(process.stdin, wire.REQUEST, request.model_dump_json().encode())
                reading = self._answer(process, request, on_progress)
                if attempt == 1 and _killed(reading):
                    continue
                return reading
            except (BrokenPipeError, EOFError):
                self.close()
                if attempt == 2:
                    return _failed(request, Code.READER_FAILED, "nursery")
        raise AssertionError("unreachable")

    def _answer(
        self, process: subprocess.Popen[bytes], request: ReadRequest, on_progress: Callable[[Progress], None] | None
    ) -> FileReading:
        assert process.stdout
        while True:
            kind, body = wire.read(process.stdout, request.limits.output_mb << 20)
            if kind == wire.PROGRESS:
                page, pages = (int(part) for part in body.split(b"/"))
                if on_progress:
                    on_progress(Progress(request.name, page, pages))
            elif kind == wire.RESULT:
                try:
                    return FileReading.model_validate_json(body)
                except ValidationError as error:
                    return _failed(request, Code.READER_FAILED, f"result: {error.error_count()}")
            elif kind == wire.FAILED:
                code, _, detail = body.decode().partition(" ")
                return _failed(request, Code(code), detail)

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            # OMP_THREAD_LIMIT must stand before the process starts: a page took 21 s without and 2.7 s with it.
            env = {name: value for name, value in os.environ.items() if name in _PASSED_ON}
            env |= {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            self._process = subprocess.Popen(
                [sys.executable, "-m", "jeopsu.extractors.child", self._reader],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=env,
                start_new_session=True,
            )
        return self._process

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            if process.stdin:
                process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()


def _killed(reading: FileReading) -> bool:
    """SIGKILL comes from outside (a machine short of memory), never from our limits: that says nothing of the file."""
    return any(p.code is Code.READER_FAILED and p.detail == f"signal {int(signal.SIGKILL)}" for p in reading.problems)


def _failed(request: ReadRequest, code: Code, detail: str) -> FileReading:
    return FileReading(type=FileType.OTHER, problems=(Problem(code=code, detail=detail),))


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except OSError:
        return 0
