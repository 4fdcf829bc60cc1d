"""What is handed in through which door, and whether all of it came through: uploads, runs, report, decision."""

from __future__ import annotations

import json
import shutil
import time
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import httpx

from benchmarks.platform.shapes import Shape
from jeopsu.flows import platform
from jeopsu.reports import contract
from jeopsu.samples.make import make_proposal
from jeopsu.storage import records
from jeopsu.storage.errors import StorageUnavailable, UnknownProposal
from jeopsu.storage.rows import RunRow, State
from jeopsu.storage.s3_files import client

DOCUMENTS = (2, 10, 12, 13, 15)
T = TypeVar("T")
_AWAY = (records.Unavailable, StorageUnavailable, httpx.HTTPError, OSError)


def sample(folder: Path, only: Sequence[int] | None = DOCUMENTS, seed: int = 3) -> list[Path]:
    """A small digital proposal: reading it is real work of some seconds. Always the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    make_proposal(folder, seed=seed, scan="digital", only=set(only) if only else None)
    return sorted(path for path in folder.iterdir() if path.is_file())


def again(what: Callable[[], T], seconds: float = 120) -> T:
    """What a careful client does: tries again until it has an answer."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return what()
        except _AWAY:
            if time.monotonic() > deadline:
                raise
            records.close_old_connections()
            time.sleep(0.3)


class Client:
    """A person's program: hands in, waits, decides."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        platform.connect(shape.given)
        from jeopsu.storage import accounts

        with suppress(accounts.AccountError):
            accounts.add("client", ("reviewer", "lead_reviewer", "operator"))
        self._header = {"Authorization": f"Bearer {accounts.make_token('client')}"}

    def hand_in(self, proposal: str, files: Sequence[Path], door: str) -> None:
        """All files, one after the other, each until it is acknowledged."""
        if door == "inbox":
            folder = self.shape.given.inbox / proposal
            folder.mkdir(parents=True, exist_ok=True)
            for file in files:
                shutil.copyfile(file, folder / file.name)
            return
        for file in files:
            again(lambda file=file: self._put(proposal, file, door))

    def _put(self, proposal: str, file: Path, door: str) -> None:
        if door == "site":
            with file.open("rb") as stream:
                self._call("POST", f"{proposal}/files", files={"files": (file.name, stream)})
            return
        bucket = platform.bucket_of(self.shape.given)
        assert bucket is not None
        try:
            key = f"{self.shape.given.s3_inbox}{proposal}/{file.name}"
            client(bucket).fput_object(bucket_name=bucket.name, object_name=key, file_path=str(file))
        except Exception as error:
            raise StorageUnavailable(str(error)) from error

    def done(self, proposal: str) -> RunRow | None:
        """The finished run that saw every upload, once nothing waits any more."""
        try:
            runs = records.runs(proposal)
        except (UnknownProposal, *_AWAY):
            records.close_old_connections()
            return None
        if not runs or any(run.state in (State.QUEUED, State.RUNNING) for run in runs):
            return None
        return next((run for run in runs if run.state is State.DONE), None)

    def report(self, proposal: str, run: int) -> str:
        """The report's bytes, `run` and the proposal's own number apart."""
        found = again(lambda: records.report(proposal, run))
        assert found is not None
        told = contract.contents(found)
        told.pop("run")
        told["proposal"]["id"] = "P"
        return json.dumps(told, ensure_ascii=False, sort_keys=True)

    def decide(self, proposal: str) -> str:
        """One decision by the API, asked again until it stands; returns the reason that marks it."""
        mark = f"decided {uuid.uuid4().hex}"
        again(lambda: self._decide(proposal, mark))
        return mark

    def _decide(self, proposal: str, mark: str) -> None:
        told = self._call("GET", f"{proposal}/points")
        if any(p["decision"] and p["decision"]["reason"] == mark for p in told["points"]):
            return
        point = next(p for p in told["points"] if p["outcome"] in ("fail", "undetermined"))
        body = {"seen": told["version"], "kind": "override", "outcome": "pass", "reason": mark}
        self._call("POST", f"{proposal}/points/{point['key']}/decisions", json=body)

    def _call(self, method: str, path: str, **more: Any) -> Any:
        address = f"{self.shape.site}/api/v1/proposals/{path}"
        answer = httpx.request(method, address, headers=self._header, timeout=60, **more)
        answer.raise_for_status()
        return answer.json()

    def troubles(self, proposal: str, files: Sequence[Path], mark: str | None) -> list[str]:
        """What was lost, doubled or left over; empty where all is well."""
        return again(lambda: self._troubles(proposal, files, mark))

    def _troubles(self, proposal: str, files: Sequence[Path], mark: str | None) -> list[str]:
        import hashlib

        found = []
        kept = records.uploads(proposal, every_version=True)
        wanted = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
        count = Counter(upload.name for upload in kept)
        store = platform.open_files(self.shape.given)
        for name, sha256 in wanted.items():
            if count[name] != 1:
                found.append(f"{name}: {count[name]} versions")
            with store.open(sha256) as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                    found.append(f"{name}: other bytes in the store")
        runs = records.runs(proposal)
        finished = [run for run in runs if run.state is State.DONE and run.kind == "intake"]
        if len(finished) != 1:
            found.append(f"{len(finished)} finished runs of the uploads")
        found += [f"run {run.number} {run.state.value}" for run in runs if run.state is State.FAILED]
        if mark is not None:
            decided = [one for one in records.decisions(proposal) if one.reason == mark]
            if len(decided) != 1:
                found.append(f"{len(decided)} decisions instead of one")
        return found

    def forget_readings(self) -> None:
        """Takes the cache of readings away, so that everything is really read again."""
        bucket = platform.bucket_of(self.shape.given)
        if bucket is None:
            shutil.rmtree(self.shape.given.data / "files" / "derived" / "readings", ignore_errors=True)
            return
        s3 = client(bucket)

        def empty() -> None:
            try:
                for item in s3.list_objects(bucket_name=bucket.name, prefix="derived/readings/", recursive=True):
                    s3.remove_object(bucket_name=bucket.name, object_name=item.object_name)
            except Exception as error:
                raise StorageUnavailable(str(error)) from error

        again(empty)
