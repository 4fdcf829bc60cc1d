"""Files in a bucket of any S3 store, through the `minio` SDK.

An original is looked for before it is written; since the key is the hash of the bytes, two writers at once write the
same thing. Names of people's files never become keys or metadata of originals (metadata must be ASCII); they stand in
the database.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO
from urllib.parse import urlsplit

import urllib3
from minio import Minio
from minio.deleteobjects import DeleteObject
from minio.error import InvalidResponseError, MinioException, S3Error, ServerError

from jeopsu.domain.base import Record
from jeopsu.storage.errors import NotStored, StorageUnavailable
from jeopsu.storage.files import CHUNK, Stored, copy_hashed, derived_key, original_key

_ABSENT = ("NoSuchKey", "NoSuchObject", "NotFound", "NoSuchVersion")
# Parts of 16 MiB: one proposal's biggest scans (about 100 MB) take 7 of them, memory stays small.
_PART = 16 << 20


class Bucket(Record):
    """Where a bucket is and how to get in."""

    endpoint: str  # http://host:port or https://host
    name: str
    access_key: str
    secret_key: str
    region: str = "us-east-1"


def client(bucket: Bucket) -> Minio:
    """A client that gives up after 10 s without a connection and tries twice more, so that a flow can say so."""
    parts = urlsplit(bucket.endpoint)
    return Minio(
        endpoint=parts.netloc,
        access_key=bucket.access_key,
        secret_key=bucket.secret_key,
        secure=parts.scheme == "https",
        region=bucket.region,
        http_client=urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=10, read=120),
            retries=urllib3.Retry(total=2, backoff_factor=0.5, status_forcelist=[500, 502, 503, 504]),
            maxsize=16,
        ),
    )


@contextmanager
def answering(bucket: Bucket) -> Iterator[None]:
    """Turns "no answer" into StorageUnavailable; "not there" and refusals of other kinds stay what they are."""
    try:
        yield
    except S3Error as error:
        if error.code in _ABSENT:
            raise NotStored(str(error.object_name)) from error
        raise StorageUnavailable(f"{bucket.endpoint}/{bucket.name}: {error.code} {error.message}") from error
    except (urllib3.exceptions.HTTPError, ServerError, InvalidResponseError, OSError) as error:
        raise StorageUnavailable(f"{bucket.endpoint}/{bucket.name}: {type(error).__name__}") from error
    except MinioException as error:
        raise StorageUnavailable(f"{bucket.endpoint}/{bucket.name}: {error}") from error


class S3Files:
    """`originals/ab/<sha256>` and `derived/…` in one bucket, made (with versions on) when it is not there."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket, self._client = bucket, client(bucket)

    def prepare(self) -> None:
        """Makes the bucket and turns its versions on; harmless when both are done."""
        from minio.commonconfig import ENABLED
        from minio.versioningconfig import VersioningConfig

        with answering(self._bucket):
            if not self._client.bucket_exists(bucket_name=self._bucket.name):
                try:
                    self._client.make_bucket(bucket_name=self._bucket.name, location=self._bucket.region)
                except S3Error as error:
                    if error.code not in ("BucketAlreadyOwnedByYou", "BucketAlreadyExists"):
                        raise
            self._client.set_bucket_versioning(bucket_name=self._bucket.name, config=VersioningConfig(status=ENABLED))

    def put(self, source: BinaryIO) -> Stored:
        # The key is the hash, so the bytes must be seen once before the first one is sent.
        with tempfile.TemporaryFile() as scratch:
            stored = copy_hashed(source, scratch)
            key = original_key(stored.sha256)
            with answering(self._bucket):
                if self._size(key) == stored.bytes:
                    return stored
                scratch.seek(0)
                self._client.put_object(
                    bucket_name=self._bucket.name, object_name=key, data=scratch, length=stored.bytes, part_size=_PART
                )
                if self._size(key) != stored.bytes:
                    raise StorageUnavailable(f"{self._bucket.name}/{key}: not all of it arrived")
        return stored

    def has(self, sha256: str) -> bool:
        with answering(self._bucket):
            return self._size(original_key(sha256)) is not None

    def open(self, sha256: str) -> BinaryIO:
        scratch = tempfile.TemporaryFile()  # noqa: SIM115 (it is handed out)
        try:
            self._fetch(original_key(sha256), scratch)
        except BaseException:
            scratch.close()
            raise
        scratch.seek(0)
        return scratch

    @contextmanager
    def local_path(self, sha256: str) -> Iterator[Path]:
        with tempfile.NamedTemporaryFile(prefix="jeopsu-") as scratch:
            self._fetch(original_key(sha256), scratch)
            scratch.flush()
            yield Path(scratch.name)

    def originals(self) -> Iterator[Stored]:
        with answering(self._bucket):
            for item in self._client.list_objects(bucket_name=self._bucket.name, prefix="originals/", recursive=True):
                if not item.is_dir:
                    yield Stored(sha256=item.object_name.rsplit("/", 1)[-1], bytes=item.size)

    def put_derived(self, key: str, data: bytes) -> None:
        with answering(self._bucket):
            self._client.put_object(
                bucket_name=self._bucket.name, object_name=derived_key(key), data=io.BytesIO(data), length=len(data)
            )

    def get_derived(self, key: str) -> bytes | None:
        scratch = io.BytesIO()
        try:
            self._fetch(derived_key(key), scratch)
        except NotStored:
            return None
        return scratch.getvalue()

    def check(self) -> None:
        with answering(self._bucket):
            if not self._client.bucket_exists(bucket_name=self._bucket.name):
                raise StorageUnavailable(f"{self._bucket.endpoint}: no bucket {self._bucket.name}")

    def empty(self) -> None:
        """Takes everything out of the bucket. For tests."""
        with answering(self._bucket):
            items = self._client.list_objects(bucket_name=self._bucket.name, recursive=True, include_version=True)
            doomed = [DeleteObject(name=item.object_name, version_id=item.version_id) for item in items]
            for error in self._client.remove_objects(bucket_name=self._bucket.name, delete_object_list=doomed):
                raise StorageUnavailable(str(error))

    def _size(self, key: str) -> int | None:
        try:
            return self._client.stat_object(bucket_name=self._bucket.name, object_name=key).size
        except S3Error as error:
            if error.code in _ABSENT:
                return None
            raise

    def _fetch(self, key: str, target: IO[bytes]) -> None:
        with answering(self._bucket):
            response = self._client.get_object(bucket_name=self._bucket.name, object_name=key)
            try:
                for chunk in response.stream(CHUNK):
                    target.write(chunk)
            finally:
                response.close()
                response.release_conn()
