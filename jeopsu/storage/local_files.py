"""Files in a local folder. Written beside their place, flushed to disk, linked in: a kill leaves all or nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from jeopsu.storage.errors import NotStored, StorageUnavailable
from jeopsu.storage.files import Stored, copy_hashed, derived_key, original_key


class LocalFiles:
    """`root/originals/ab/<sha256>`, `root/derived/…` and `root/incoming/` for what is still being written."""

    def __init__(self, root: Path) -> None:
        self._root = root
        try:
            for folder in ("originals", "derived", "incoming"):
                (root / folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageUnavailable(f"{root}: {error.strerror}") from error

    def put(self, source: BinaryIO) -> Stored:
        with self._scratch() as scratch:
            with open(scratch, "wb") as target:
                stored = copy_hashed(source, target)
                target.flush()
                os.fsync(target.fileno())
            os.chmod(scratch, 0o444)
            final = self._root / original_key(stored.sha256)
            final.parent.mkdir(exist_ok=True)
            if _size(final) not in (None, stored.bytes):  # a disk that lost its tail: the good copy takes its place
                os.replace(scratch, final)
            else:
                with suppress(FileExistsError):
                    os.link(scratch, final)  # unlike rename, never replaces what is there
            _sync_folder(final.parent)
            _sync_folder(final.parent.parent)
        return stored

    def has(self, sha256: str) -> bool:
        return (self._root / original_key(sha256)).is_file()

    def open(self, sha256: str) -> BinaryIO:
        try:
            return open(self._root / original_key(sha256), "rb")
        except FileNotFoundError as error:
            raise NotStored(sha256) from error

    @contextmanager
    def local_path(self, sha256: str) -> Iterator[Path]:
        path = self._root / original_key(sha256)
        if not path.is_file():
            raise NotStored(sha256)
        yield path

    def originals(self) -> Iterator[Stored]:
        for path in sorted((self._root / "originals").glob("??/*")):
            yield Stored(sha256=path.name, bytes=path.stat().st_size)

    def put_derived(self, key: str, data: bytes) -> None:
        final = self._root / derived_key(key)
        with self._scratch() as scratch:
            scratch.write_bytes(data)
            final.parent.mkdir(parents=True, exist_ok=True)
            os.replace(scratch, final)
            scratch.touch()  # for _scratch to take away

    def get_derived(self, key: str) -> bytes | None:
        try:
            return (self._root / derived_key(key)).read_bytes()
        except FileNotFoundError:
            return None

    def check(self) -> None:
        with self._scratch() as scratch:
            scratch.write_bytes(b"")

    @contextmanager
    def _scratch(self) -> Iterator[Path]:
        """A new file beside the originals (same disk, so that a link is possible); gone afterwards."""
        try:
            handle, name = tempfile.mkstemp(dir=self._root / "incoming")
            os.close(handle)
        except OSError as error:
            raise StorageUnavailable(f"{self._root}: {error.strerror}") from error
        try:
            yield Path(name)
        except OSError as error:
            raise StorageUnavailable(f"{self._root}: {error.strerror}") from error
        finally:
            with suppress(OSError):
                os.unlink(name)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    """A new name is only on disk once its folder is."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
