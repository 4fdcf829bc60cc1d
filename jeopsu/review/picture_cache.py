"""Pictures of pages kept on this machine's disk, up to so many bytes: the one looked at longest ago goes first.

A picture is named by what it shows (sha256 of the file, page, way of drawing), so that none is ever out of date, and
all of them can be made again: nothing is flushed to disk or locked.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

_ENOUGH = 0.8  # of the limit stays when something has to go: else every new picture would look through all of them
_SEEN_AGAIN = 3600.0  # seconds: a look is written down no more often


class PictureCache:
    """`root/ab/<name>`; safe for several threads and processes, each of which may throw away what is oldest."""

    def __init__(self, root: Path, most_bytes: int) -> None:
        self._root, self._most = root, most_bytes
        self._lock = threading.Lock()
        self._bytes: int | None = None  # as this process knows it; None: not looked yet

    def get(self, name: str) -> bytes | None:
        path = self._path(name)
        try:
            found = path.read_bytes()
            if time.time() - path.stat().st_mtime > _SEEN_AGAIN:
                os.utime(path)
        except OSError:
            return None
        return found

    def head(self, name: str, count: int) -> bytes | None:
        """The first bytes of one."""
        try:
            with self._path(name).open("rb") as file:
                return file.read(count)
        except OSError:
            return None

    def put(self, name: str, data: bytes) -> None:
        """Keeps it where there is room; a disk that is full keeps nothing, and nobody minds."""
        if len(data) > self._most:
            return
        path = self._path(name)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, scratch = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.replace(scratch, path)
            except OSError:
                os.unlink(scratch)
                raise
            with self._lock:
                known = self._bytes
                self._bytes = known + len(data) if known is not None else sum(size for _, size, _ in self._all())
                if self._bytes > self._most:
                    self._make_room()

    def _make_room(self) -> None:
        found = sorted(self._all())
        self._bytes = sum(size for _, size, _ in found)
        for _, size, path in found:
            if self._bytes <= _ENOUGH * self._most:
                break
            with suppress(OSError):
                path.unlink()
            self._bytes -= size

    def _all(self) -> list[tuple[float, int, Path]]:
        """(last look, bytes, path) of everything kept."""
        found = []
        for path in self._root.glob("??/*"):
            with suppress(OSError):
                told = path.stat()
                found.append((told.st_mtime, told.st_size, path))
        return found

    def _path(self, name: str) -> Path:
        return self._root / name[:2] / name
