"""Where others put files: a watched folder or a bucket's prefix, one sub-folder for each proposal. Only ever read.

A file is known by an `origin` (place, size and time, or key and etag): the same origin is the same upload.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from jeopsu.domain.base import Record
from jeopsu.storage import names
from jeopsu.storage.errors import BadName, NotStored, StorageUnavailable
from jeopsu.storage.files import CHUNK
from jeopsu.storage.s3_files import Bucket, answering, client


class Incoming(Record):
    """A file that lies in an inbox."""

    proposal: str
    name: str
    origin: str
    bytes: int
    modified: datetime
    place: str  # path or key, for `open`


class Inbox(Protocol):
    """Members: LocalInbox, S3Inbox."""

    door: str  # the name that versions from here are recorded under

    def list(self, proposal: str | None = None) -> Iterator[Incoming]:
        """Complete-looking files, in the order of their names. Names that cannot be kept are left out."""

    def open(self, incoming: Incoming) -> AbstractContextManager[BinaryIO]:
        """Its bytes. Raises NotStored where it is gone or no longer the same."""

    def unchanged(self, incoming: Incoming) -> bool:
        """Whether it is still what it was when it was listed: asked after its bytes were copied."""


class LocalInbox:
    """`root/<proposal>/<files and folders of files>`."""

    door = "inbox"

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def list(self, proposal: str | None = None) -> Iterator[Incoming]:
        folders = [self.root / proposal] if proposal else sorted(self.root.iterdir())
        for folder in folders:
            if folder.is_symlink() or not folder.is_dir() or names.is_partial(folder.name):
                continue
            for parent, below, found in os.walk(folder):
                below[:] = sorted(name for name in below if not names.is_partial(name))
                for name in sorted(found):
                    if incoming := self._look(folder.name, Path(parent, name)):
                        yield incoming

    def open(self, incoming: Incoming) -> AbstractContextManager[BinaryIO]:
        try:
            stream = open(incoming.place, "rb")  # noqa: SIM115 (it is handed out)
        except OSError as error:
            raise NotStored(incoming.name) from error
        now = self._look(incoming.proposal, Path(incoming.place))
        if now is None or now.origin != incoming.origin:
            stream.close()
            raise NotStored(incoming.name)
        return closing(stream)

    def unchanged(self, incoming: Incoming) -> bool:
        now = self._look(incoming.proposal, Path(incoming.place))
        return now is not None and now.origin == incoming.origin

    def _look(self, folder: str, path: Path) -> Incoming | None:
        # A link could point anywhere on this machine; only what was really put here counts.
        if names.is_partial(path.name) or path.is_symlink():
            return None
        try:
            state = path.stat()
            if not path.is_file():
                return None
            return Incoming(
                proposal=names.proposal_id(folder),
                name=names.file_name(path.name),
                origin=f"inbox:{path.relative_to(self.root)}:{state.st_size}:{state.st_mtime_ns}",
                bytes=state.st_size,
                modified=datetime.fromtimestamp(state.st_mtime, UTC),
                place=str(path),
            )
        except (BadName, OSError, UnicodeEncodeError):
            return None


class S3Inbox:
    """`<prefix><proposal>/<name>` in a bucket that others write to."""

    door = "bucket"

    def __init__(self, bucket: Bucket, prefix: str = "inbox/") -> None:
        self._bucket, self._prefix, self._client = bucket, prefix, client(bucket)

    def list(self, proposal: str | None = None) -> Iterator[Incoming]:
        prefix = f"{self._prefix}{proposal}/" if proposal else self._prefix
        with answering(self._bucket):
            for item in self._client.list_objects(bucket_name=self._bucket.name, prefix=prefix, recursive=True):
                folder, _, rest = item.object_name.removeprefix(self._prefix).partition("/")
                if item.is_dir or not rest or names.is_partial(rest.rsplit("/", 1)[-1]):
                    continue
                etag = (item.etag or "").strip('"')
                try:
                    yield Incoming(
                        proposal=names.proposal_id(folder),
                        name=names.file_name(rest),
                        origin=f"s3:{self._bucket.name}/{item.object_name}:{item.size}:{etag}",
                        bytes=item.size or 0,
                        modified=item.last_modified,
                        place=item.object_name,
                    )
                except BadName:
                    continue

    def open(self, incoming: Incoming) -> AbstractContextManager[BinaryIO]:
        scratch = tempfile.TemporaryFile()  # noqa: SIM115 (it is handed out)
        try:
            with answering(self._bucket):
                response = self._client.get_object(bucket_name=self._bucket.name, object_name=incoming.place)
                try:
                    etag = (response.headers.get("etag") or "").strip('"')
                    if not incoming.origin.endswith(f":{etag}"):
                        raise NotStored(incoming.name)
                    for chunk in response.stream(CHUNK):
                        scratch.write(chunk)
                finally:
                    response.close()
                    response.release_conn()
            if scratch.tell() != incoming.bytes:
                raise StorageUnavailable(f"{incoming.place}: not all of it came")
        except BaseException:
            scratch.close()
            raise
        scratch.seek(0)
        return closing(scratch)

    def unchanged(self, incoming: Incoming) -> bool:
        return True  # objects appear whole, and `open` compares the etag of the bytes it gets
