"""A reader that does what a hostile file can make a library do; the file's name says what."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from jeopsu.domain.documents import FileType
from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.domain.reading import FileReading, ReadRequest


def warm_up() -> None:
    """Nothing to load."""


def read_file(request: ReadRequest, report: Callable[[int, int], None]) -> FileReading:
    what = Path(request.path).name
    report(1, 1)
    if what == "abort":
        os.abort()
    if what == "segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "killed once":  # as by a machine short of memory
        try:
            os.mkdir(request.path + ".seen")
        except FileExistsError:
            return FileReading(type=FileType.PDF, pages=1)
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "hang":
        signal.pause()
    if what == "spin":
        while True:
            pass
    if what == "spawn":  # a grandchild that outlives its parent must die too
        if os.fork() == 0:
            signal.pause()
        os._exit(0)
    if what == "memory":
        blocks = []
        while True:
            blocks.append(bytearray(16 << 20))
    if what == "raise":
        raise RuntimeError("a mistake of ours, with 홍길동 in its text")
    if what == "problem":
        raise DocumentProblem(Code.ENCRYPTED, "detail")
    if what == "exit":
        sys.exit(0)
    if what == "print":
        os.write(1, b"R\x00\x00\x00\x02{}")
        print("noise on the standard output", flush=True)
    if what == "flood":
        return FileReading(type=FileType.PDF, engines={"x": "y" * (3 << 20)})
    if what == "environment":
        return FileReading(type=FileType.PDF, engines={"secret": os.environ.get("JEOPSU_S3_SECRET_KEY", "none")})
    if what == "network":
        try:
            socket.create_connection(("127.0.0.1", int(Path(request.path).read_text())), timeout=2).close()
        except OSError:
            return FileReading(type=FileType.PDF, engines={"network": "none"})
        return FileReading(type=FileType.PDF, engines={"network": "open"})
    return FileReading(type=FileType.PDF, pages=1)
