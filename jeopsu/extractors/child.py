"""The other side of the sandbox: a warm nursery that forks one limited child per file (`python -m …child MODULE`).

The nursery itself never looks at an upload's bytes. A child gets its own session (so that everything it started dies
with it), limits on memory, processor time, file size and core dumps, and no network where the kernel grants a user
namespace. What it writes to its pipe is capped and passed on.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import resource
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from typing import BinaryIO, Protocol, cast

from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.domain.reading import FileReading, Limits, ReadRequest
from jeopsu.extractors import wire

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
# Limits are of processor time; a busy machine may take this much longer by the clock before a file is given up.
_PATIENCE = 3
_LIBC = ctypes.CDLL(None, use_errno=True)


class Reader(Protocol):
    """What reads a file: the module `read_file`, or a stand-in that misbehaves (tests)."""

    def warm_up(self) -> None: ...

    def read_file(self, request: ReadRequest, report: Callable[[int, int], None]) -> FileReading: ...


def main(module: str) -> None:
    """Serves requests from stdin until it closes, with the reader of that module."""
    reader = cast(Reader, importlib.import_module(module))
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not write into what goes over the wire
    reader.warm_up()
    while True:
        try:
            _, body = wire.read(requests, 1 << 20)
        except EOFError:
            return
        request = ReadRequest.model_validate_json(body)
        _serve(reader, request, answers)


def _serve(reader: Reader, request: ReadRequest, answers: BinaryIO) -> None:
    receive, send = os.pipe()
    scratch = tempfile.mkdtemp(prefix="jeopsu-")
    pid = os.fork()
    if pid == 0:
        os.close(receive)
        _child(reader, request, send, scratch)  # never returns
    os.close(send)
    try:
        outcome = _Relay(request.limits, receive, answers).run(pid)
    except (ValueError, IndexError):  # a frame that no child of ours writes
        outcome = Code.READER_FAILED
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    os.close(receive)
    shutil.rmtree(scratch, ignore_errors=True)
    if outcome != "answered":
        out_of_time = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
        died = Code.TIME_LIMIT if out_of_time else Code.READER_FAILED
        code = outcome if isinstance(outcome, Code) else died
        how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"exit {os.waitstatus_to_exitcode(status)}"
        wire.write(answers, wire.FAILED, f"{code.value} {how}".encode())


class _Relay:
    """Passes a child's frames on until its result, its death or a limit."""

    def __init__(self, limits: Limits, receive: int, answers: BinaryIO) -> None:
        self._limits, self._receive, self._answers = limits, receive, answers
        self._buffer = bytearray()
        self._start = time.monotonic()
        self._deadline = self._start + _PATIENCE * min(limits.seconds, 60 + limits.seconds_per_page)

    def run(self, pid: int) -> str | Code:
        # The pipe alone would not tell: something the child started may hold it open after its death.
        death = os.pidfd_open(pid)
        try:
            return self._pass_on(death)
        finally:
            os.close(death)

    def _pass_on(self, death: int) -> str | Code:
        passed = 0
        while True:
            left = self._deadline - time.monotonic()
            if left <= 0:
                return Code.TIME_LIMIT
            ready = select.select([self._receive, death], [], [], left)[0]
            if not ready:
                continue
            if self._receive not in ready:
                return "died"
            part = os.read(self._receive, 1 << 16)
            if not part:
                return "died"
            passed += len(part)
            if passed > self._limits.output_mb << 20:
                return Code.TOO_LARGE
            self._buffer += part
            while (frame := self._next()) is not None:
                kind, body = frame
                if kind == wire.PROGRESS:
                    self._allow(body)
                wire.write(self._answers, kind, body)
                if kind in (wire.RESULT, wire.FAILED):
                    return "answered"

    def _next(self) -> tuple[bytes, bytes] | None:
        if len(self._buffer) < 5:
            return None
        end = 5 + int.from_bytes(self._buffer[1:5], "big")
        if len(self._buffer) < end:
            return None
        kind, body = bytes(self._buffer[:1]), bytes(self._buffer[5:end])
        del self._buffer[:end]
        return kind, body

    def _allow(self, body: bytes) -> None:
        """More pages, more time, up to the file's limit."""
        pages = int(body.split(b"/")[1])
        allowed = min(self._limits.seconds, 60 + self._limits.seconds_per_page * pages)
        self._deadline = self._start + _PATIENCE * allowed


def _child(reader: Reader, request: ReadRequest, send: int, scratch: str) -> None:
    code = 1
    try:
        _confine(request.limits, scratch)
        stream = os.fdopen(send, "wb")
        try:
            reading = reader.read_file(
                request, lambda page, pages: wire.write(stream, wire.PROGRESS, b"%d/%d" % (page, pages))
            )
            wire.write(stream, wire.RESULT, reading.model_dump_json().encode())
        except DocumentProblem as problem:
            wire.write(stream, wire.FAILED, f"{problem.problem.code} {problem.problem.detail}".encode())
        except MemoryError:
            wire.write(stream, wire.FAILED, Code.MEMORY_LIMIT.value.encode())
        code = 0
    except BaseException as error:
        if os.environ.get("JEOPSU_DEBUG"):
            import traceback

            traceback.print_exc()
        with suppress(OSError, ValueError):
            wire.write(stream, wire.FAILED, f"{Code.READER_FAILED} {type(error).__name__}".encode())
    finally:
        os._exit(code)


def _confine(limits: Limits, scratch: str) -> None:
    """Takes away what reading a file does not need. Limits hold for everything the child starts, too."""
    os.setsid()
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _LIBC.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # best effort: refused inside some containers
    os.environ["TMPDIR"] = tempfile.tempdir = scratch
    os.chdir(scratch)
    memory = _address_space() + (limits.memory_mb << 20)
    for what, soft in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, max(2, int(limits.seconds))),
        (resource.RLIMIT_FSIZE, 256 << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        # At the soft limit of processor time comes a signal that tells why; the hard one only kills.
        resource.setrlimit(what, (soft, soft + 5 if what == resource.RLIMIT_CPU else soft))


def _address_space() -> int:
    """Bytes of address space that the warm nursery holds already; the limit counts from there."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()


if __name__ == "__main__":
    main(sys.argv[1])
