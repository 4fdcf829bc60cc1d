"""Pictures of pages. Uploads are never parsed in this process: a child with limits draws, and what it drew is kept.

The picture's size in pixels at a known resolution is the page's size in points, so that boxes can be laid over it.
"""

from __future__ import annotations

import resource
import struct
import subprocess
import sys
from pathlib import Path

from jeopsu.domain.base import Record
from jeopsu.storage.errors import NotStored, StorageUnavailable
from jeopsu.storage.files import Files

DPI = 144  # two pixels a point: 8-point print is readable at full width, an A4 page draws in about 100 ms
_SECONDS = 25
_MEMORY = 3 << 30
_MOST_BYTES = 40 << 20
_PNG = b"\x89PNG\r\n\x1a\n"


class PageSize(Record):
    """A page as shown, in points."""

    width: float
    height: float


class NoPicture(Exception):
    """The page cannot be drawn; the message is a short code for the page that says so."""


def picture(files: Files, sha256: str, number: int) -> bytes:
    """The page as PNG, drawn once and kept. Raises NoPicture, NotStored, StorageUnavailable."""
    key = f"pictures/{sha256[:2]}/{sha256}/{number}-{DPI}.png"
    kept = files.get_derived(key)
    if kept:
        return kept
    with files.local_path(sha256) as path:
        drawn = _draw(path, number)
    files.put_derived(key, drawn)
    return drawn


def page_size(files: Files, sha256: str, number: int) -> PageSize | None:
    """Width and height in points; None where the page cannot be drawn."""
    try:
        drawn = picture(files, sha256, number)
    except (NoPicture, NotStored, StorageUnavailable):
        return None
    width, height = struct.unpack(">II", drawn[16:24])
    return PageSize(width=width * 72 / DPI, height=height * 72 / DPI)


def _limits() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _draw(path: Path, number: int) -> bytes:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "jeopsu.review.draw", str(path), str(number), str(DPI)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            preexec_fn=_limits,
            start_new_session=True,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise NoPicture(type(error).__name__) from error
    if done.returncode or not done.stdout.startswith(_PNG) or len(done.stdout) > _MOST_BYTES:
        raise NoPicture(f"exit {done.returncode}")
    return done.stdout
