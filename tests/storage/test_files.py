"""The contract of `Files`: what is put stays, under its hash, unchanged; derived data may be replaced."""

from __future__ import annotations

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jeopsu.storage.errors import NotStored, StorageUnavailable
from jeopsu.storage.files import Files, Stored, derived_key, original_key
from jeopsu.storage.local_files import LocalFiles
from jeopsu.storage.s3_files import Bucket, S3Files

BODY = "접수".encode() * 1000
SHA = hashlib.sha256(BODY).hexdigest()


def test_what_is_put_can_be_read_in_both_ways(files: Files) -> None:
    assert files.put(io.BytesIO(BODY)) == Stored(sha256=SHA, bytes=len(BODY))
    with files.open(SHA) as stream:
        assert stream.read() == BODY
    with files.local_path(SHA) as path:
        assert path.read_bytes() == BODY


def test_the_same_bytes_are_one_original(files: Files) -> None:
    for _ in range(3):
        files.put(io.BytesIO(BODY))
    files.put(io.BytesIO(b""))
    assert sorted(one.bytes for one in files.originals()) == [0, len(BODY)]


def test_many_at_once(files: Files) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda n: files.put(io.BytesIO(b"%d" % (n % 5))), range(40)))
    assert len({one.sha256 for one in stored}) == 5
    assert {one.sha256 for one in files.originals()} == {one.sha256 for one in stored}


def test_a_large_file_goes_in_parts(files: Files) -> None:
    large = bytes(range(256)) * (40 << 12)  # 40 MiB, more than two parts
    stored = files.put(io.BytesIO(large))
    with files.open(stored.sha256) as stream:
        assert hashlib.file_digest(stream, "sha256").hexdigest() == stored.sha256


def test_what_is_not_there_is_said(files: Files) -> None:
    absent = hashlib.sha256(b"nobody put this").hexdigest()
    assert not files.has(absent)
    with pytest.raises(NotStored):
        files.open(absent)
    with pytest.raises(NotStored), files.local_path(absent):
        pass
    assert files.get_derived("readings/none.json") is None


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "", "0" * 63])
def test_only_hashes_are_names_of_originals(files: Files, name: str) -> None:
    with pytest.raises(NotStored):
        files.open(name)


def test_derived_data_is_replaced(files: Files) -> None:
    files.put_derived("readings/v1/ab.json", b"old")
    files.put_derived("readings/v1/ab.json", b"new")
    assert files.get_derived("readings/v1/ab.json") == b"new"
    assert list(files.originals()) == []


@pytest.mark.parametrize("key", ["../x", "/etc/passwd", "a/../b", "한글", "a b"])
def test_derived_keys_stay_inside(key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        derived_key(key)


def test_a_store_that_is_in_order_says_nothing(files: Files) -> None:
    files.check()


def test_a_broken_upload_leaves_nothing(files: Files) -> None:
    class Breaks(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises((ConnectionResetError, StorageUnavailable)):
        files.put(Breaks())
    assert list(files.originals()) == []


def test_local_originals_cannot_be_written_over(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    files.put(io.BytesIO(BODY))
    path = tmp_path / original_key(SHA)
    before = path.stat()
    files.put(io.BytesIO(BODY))
    after = path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert after.st_mode & 0o222 == 0
    assert list((tmp_path / "incoming").iterdir()) == []


def test_an_original_that_lost_its_tail_is_mended_by_the_next_upload(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    path = tmp_path / original_key(SHA)
    path.parent.mkdir()
    path.write_bytes(BODY[:10])
    files.put(io.BytesIO(BODY))
    assert path.read_bytes() == BODY


def test_a_store_that_does_not_answer_is_unavailable() -> None:
    nobody = Bucket(endpoint="http://127.0.0.1:9", name="nobody", access_key="a", secret_key="secret-key")
    with pytest.raises(StorageUnavailable):
        S3Files(nobody).check()


def test_wrong_keys_are_unavailable_and_not_shown(bucket: Bucket) -> None:
    wrong = bucket.model_copy(update={"secret_key": "wrong-secret"})
    with pytest.raises(StorageUnavailable) as caught:
        S3Files(wrong).put(io.BytesIO(BODY))
    assert "wrong-secret" not in str(caught.value)
