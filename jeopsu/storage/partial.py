"""Uploads that come in pieces: what has arrived so far lies in a folder of this machine, until all of it is there.

The server's half of a resumable upload. A piece is on disk before it is acknowledged; a kill loses at most the piece
that was on its way. What came whole is stored and recorded like any upload, once, however often that is tried.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from jeopsu.domain.base import Record
from jeopsu.storage.errors import StorageUnavailable
from jeopsu.storage.files import CHUNK

# An applicant who loses the connection on a Friday can go on on Monday.
KEPT = timedelta(days=3)
_ID = re.compile(r"[0-9a-f]{32}")


class Partial(Record):
    """An upload that has begun. `length`: bytes it will have."""

    id: str
    proposal: str
    name: str
    length: int
    by: str
    call: str = ""
    begun: datetime


class NoSuchUpload(LookupError):
    """It was never begun, is finished, or lay too long."""


class WrongOffset(ValueError):
    """A piece does not begin where the last one ended."""


class Busy(RuntimeError):
    """Another request is writing this upload."""


class Partials:
    """The folder of what is on its way: `<id>` the bytes, `<id>.json` what they will be, `<id>.done` what they were."""

    def __init__(self, root: Path) -> None:
        self._root = root
        try:
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StorageUnavailable(f"{root}: {error.strerror}") from error

    def begin(self, proposal: str, name: str, length: int, *, by: str, call: str = "") -> Partial:
        """Makes room for an upload of so many bytes."""
        made = Partial(
            id=secrets.token_hex(16),
            proposal=proposal,
            name=name,
            length=length,
            by=by,
            call=call,
            begun=datetime.now(UTC),
        )
        with _writing(self._root):
            self._body(made.id).touch(mode=0o600)
            scratch = self._root / f"{made.id}.new"
            with open(scratch, "w") as file:
                file.write(made.model_dump_json())
                file.flush()
                os.fsync(file.fileno())
            os.replace(scratch, self._told(made.id))
        return made

    def get(self, untrusted_id: str) -> Partial:
        """Raises NoSuchUpload."""
        if not _ID.fullmatch(untrusted_id):
            raise NoSuchUpload(untrusted_id[:40])
        for path in (self._told(untrusted_id), self._done(untrusted_id)):
            with suppress(OSError, ValidationError):
                return Partial.model_validate_json(path.read_bytes())
        raise NoSuchUpload(untrusted_id)

    def offset(self, partial: Partial) -> int:
        """How many bytes are here; all of them where it is stored already."""
        if self._done(partial.id).exists():
            return partial.length
        try:
            return self._body(partial.id).stat().st_size
        except OSError as error:
            raise NoSuchUpload(partial.id) from error

    def append(self, partial: Partial, offset: int, piece: BinaryIO) -> int:
        """Writes a piece at `offset`; returns the new offset, once all of it is on disk.

        Raises WrongOffset (also where the piece is longer than what is missing), Busy, NoSuchUpload.
        """
        with self.alone(partial), _writing(self._root), open(self._body(partial.id), "r+b") as body:
            here = body.seek(0, os.SEEK_END)
            if offset != here:
                raise WrongOffset(f"{offset} instead of {here}")
            try:
                while part := piece.read(CHUNK):
                    if body.tell() + len(part) > partial.length:
                        raise WrongOffset(f"more than {partial.length} bytes")
                    body.write(part)
            except BaseException:
                body.truncate(here)  # nobody will hear that it came: the piece is sent again
                raise
            body.flush()
            os.fsync(body.fileno())
            return body.tell()

    def whole(self) -> Iterator[Partial]:
        """Those of which every byte is here, and which only have to be stored and recorded."""
        for path in sorted(self._root.glob("*.json")):
            with suppress(NoSuchUpload):
                partial = self.get(path.stem)
                if self.offset(partial) == partial.length:
                    yield partial

    def open(self, partial: Partial) -> BinaryIO:
        try:
            return open(self._body(partial.id), "rb")
        except OSError as error:
            raise NoSuchUpload(partial.id) from error

    def stored(self, partial: Partial) -> None:
        """It is recorded: the bytes go, and who asks how much is here hears "all", for the last answer may be lost."""
        with suppress(FileNotFoundError):
            os.replace(self._told(partial.id), self._done(partial.id))
        with suppress(OSError):
            self._body(partial.id).unlink()

    def drop(self, partial: Partial) -> None:
        """Nobody wants it any more."""
        for path in (self._told(partial.id), self._done(partial.id), self._body(partial.id)):
            with suppress(OSError):
                path.unlink()

    def drop_old(self, now: datetime) -> int:
        """Takes away what nobody went on with, and what is only remembered; returns how many."""
        touched: dict[str, float] = {}
        for path in self._root.iterdir():
            with suppress(OSError):
                touched[path.stem] = max(touched.get(path.stem, 0.0), path.stat().st_mtime)
        old = [id_ for id_, at in touched.items() if now - datetime.fromtimestamp(at, UTC) > KEPT]
        for id_ in old:
            for path in self._root.glob(f"{id_}*"):
                with suppress(OSError):
                    path.unlink()
        return len(old)

    @contextmanager
    def alone(self, partial: Partial) -> Iterator[None]:
        """Nobody else writes or finishes it meanwhile; a killed process holds nothing. Raises Busy, NoSuchUpload."""
        try:
            lock = open(self._body(partial.id), "rb")  # noqa: SIM115 (closed below)
        except OSError as error:
            raise NoSuchUpload(partial.id) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy(partial.id) from error
            yield

    def _body(self, id_: str) -> Path:
        return self._root / id_

    def _told(self, id_: str) -> Path:
        return self._root / f"{id_}.json"

    def _done(self, id_: str) -> Path:
        return self._root / f"{id_}.done"


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:  # the disk is full, most likely
        raise StorageUnavailable(f"{root}: {error.strerror}") from error
