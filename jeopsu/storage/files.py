"""One interface for the bytes: originals under their sha256 (never changed) and derived data (may be lost).

Members: `local_files.LocalFiles`, `s3_files.S3Files`. One contract suite runs on both (tests/storage).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Protocol

from jeopsu.domain.base import Record
from jeopsu.storage.errors import NotStored

CHUNK = 1 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[A-Za-z0-9_\-]+(/[A-Za-z0-9_.\-]+)*")


class Stored(Record):
    """What an original is known by."""

    sha256: str
    bytes: int


class Files(Protocol):
    """Where bytes are kept. Every method may raise StorageUnavailable, which is worth another try."""

    def put(self, source: BinaryIO) -> Stored:
        """Keeps an original; on return it is on disk. The same bytes twice are one original."""

    def has(self, sha256: str) -> bool: ...

    def open(self, sha256: str) -> BinaryIO:
        """Raises NotStored."""

    def local_path(self, sha256: str) -> AbstractContextManager[Path]:
        """A readable file with the original's bytes, as long as the context lasts. Raises NotStored."""

    def originals(self) -> Iterator[Stored]:
        """Everything kept, in no order."""

    def put_derived(self, key: str, data: bytes) -> None:
        """Keeps something that can be made again; the last writer wins."""

    def get_derived(self, key: str) -> bytes | None: ...

    def check(self) -> None:
        """Raises StorageUnavailable, with what to do, where the store cannot be used."""


def original_key(sha256: str) -> str:
    """`originals/ab/abcd…`: the same in every store, so that a folder can be copied into a bucket and back."""
    if not _SHA256.fullmatch(sha256):
        raise NotStored(sha256[:80])
    return f"originals/{sha256[:2]}/{sha256}"


def derived_key(key: str) -> str:
    """`derived/…`. Only plain ASCII keys; ValueError else."""
    if not _KEY.fullmatch(key) or ".." in key:
        raise ValueError(f"not a key: {key!r}")
    return f"derived/{key}"


def copy_hashed(source: BinaryIO, target: BinaryIO) -> Stored:
    """Copies a stream, counting and hashing on the way."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return Stored(sha256=digest.hexdigest(), bytes=size)
