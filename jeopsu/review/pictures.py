"""Pictures of pages. Uploads are never parsed in this process: a child with limits draws, and what it drew is kept on
this machine's disk (`picture_cache`).

The picture's size in pixels at a known resolution is the page's size in points, so that boxes can be laid over it.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from jeopsu.domain.base import Record
from jeopsu.review.picture_cache import PictureCache
from jeopsu.storage.errors import NotStored, StorageUnavailable
from jeopsu.storage.files import Files

DPI = 144  # two pixels a point: 8-point print is readable at full width; HWP pages are drawn at this, too
_DRAWN = 3  # goes up when pages come out otherwise (2: HWP pages with their Hangul), so that kept ones are drawn anew
_PNG = b"\x89PNG\r\n\x1a\n"


class PageSize(Record):
    """A page as shown, in points."""

    width: float
    height: float


class NoPicture(Exception):
    """The page cannot be drawn; the message is a short code for the page that says so."""


def name_of(sha256: str, number: int) -> str:
    """What a page's picture is called: the same name, the same picture, for ever."""
    return f"{sha256}-{number}-{DPI}-{_DRAWN}.png"


def cache() -> PictureCache:
    return _cache(settings.PROGRAM.data / "pictures", settings.PROGRAM.picture_cache_mb << 20)


@lru_cache(maxsize=4)
def _cache(root: Path, most_bytes: int) -> PictureCache:
    return PictureCache(root, most_bytes)


def picture(files: Files, sha256: str, number: int) -> bytes:
    """The page as PNG, drawn once and kept. Raises NoPicture, NotStored, StorageUnavailable."""
    return _picture(cache(), files, sha256, number, _draughtsman)


def _picture(kept: PictureCache, files: Files, sha256: str, number: int, by: _Draughtsman) -> bytes:
    name = name_of(sha256, number)
    known = kept.get(name)
    if known:
        return known
    with files.local_path(sha256) as path:
        drawn = _draw(path, number, by)
    kept.put(name, drawn)
    return drawn


def page_size(files: Files, sha256: str, number: int) -> PageSize | None:
    """Width and height in points; None where the page cannot be drawn."""
    try:
        head = cache().head(name_of(sha256, number), 24) or picture(files, sha256, number)
        width, height = struct.unpack(">II", head[16:24])
    except (NoPicture, NotStored, StorageUnavailable, struct.error):
        return None
    return PageSize(width=width * 72 / DPI, height=height * 72 / DPI)


class _Draughtsman:
    """The one drawing process of this web process; started when first needed and again when it has died."""

    def __init__(self, niceness: int = 0) -> None:
        self._niceness = niceness
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def draw(self, path: Path, number: int) -> bytes:
        """Empty where the page cannot be drawn."""
        request = json.dumps([str(path), number, DPI]).encode() + b"\n"
        with self._lock:
            for _ in range(2):
                try:
                    process = self._running()
                    assert process.stdin and process.stdout
                    process.stdin.write(request)
                    process.stdin.flush()
                    (length,) = struct.unpack(">Q", self._exactly(process, 8))
                    return self._exactly(process, length)
                except (OSError, EOFError, struct.error):
                    self.stop()
        return b""

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "jeopsu.review.draw", str(self._niceness)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Told the language, fontconfig offers a font with Hangul for those that a form names and nobody has.
                env=dict(os.environ, OMP_THREAD_LIMIT="1", OPENBLAS_NUM_THREADS="1", FC_LANG="ko"),
            )
        return self._process

    @staticmethod
    def _exactly(process: subprocess.Popen[bytes], length: int) -> bytes:
        assert process.stdout
        found = process.stdout.read(length)
        if len(found) != length:
            raise EOFError
        return found

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()


_draughtsman = _Draughtsman()
_assistant = _Draughtsman(10)  # draws ahead; nobody who waits for a page waits for it
_ahead: queue.Queue[tuple[PictureCache, Files, str, int]] = queue.Queue(maxsize=40)
_at_work = threading.Lock()
atexit.register(_draughtsman.stop)
atexit.register(_assistant.stop)


def draw_ahead(files: Files, pages: Iterable[tuple[str, int]]) -> None:
    """Has pages (sha256, number) drawn in the background that somebody will look at next. Returns at once."""
    kept = cache()
    for sha256, number in pages:
        try:
            _ahead.put_nowait((kept, files, sha256, number))
        except queue.Full:
            break
    if _at_work.acquire(blocking=False):
        threading.Thread(target=_work_off, daemon=True).start()


def _work_off() -> None:
    """Draws what is queued, then ends; a page that cannot be drawn is somebody's finding later."""
    try:
        while True:
            kept, files, sha256, number = _ahead.get_nowait()
            with suppress(NoPicture, NotStored, StorageUnavailable, OSError):
                _picture(kept, files, sha256, number, _assistant)
    except queue.Empty:
        pass
    finally:
        _at_work.release()


def _draw(path: Path, number: int, draughtsman: _Draughtsman) -> bytes:
    drawn = draughtsman.draw(path, number)
    if not drawn.startswith(_PNG):
        raise NoPicture(f"page {number}")
    return drawn
