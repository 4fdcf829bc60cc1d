"""A stand-in for reading files, so that the suites of the flows are about the flows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from jeopsu.domain.documents import FileType
from jeopsu.domain.findings import Verdict
from jeopsu.domain.reading import FileReading
from jeopsu.domain.report import Report, Run
from jeopsu.domain.submissions import Submission, SubmittedFile
from jeopsu.extractors.sandbox import Progress
from jeopsu.flows.check import ReadingCache, UploadedFile


class Reader:
    """Takes the place of `check_files`. Remembers what it read; `before_each` may do anything, and raise."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.before_each: Callable[[str], None] = lambda name: None

    def __call__(
        self,
        files: Sequence[UploadedFile],
        *,
        call_id: str,
        proposal: str,
        progress: Callable[[Progress], None],
        cache: ReadingCache,
        reread: Collection[str] = (),
        **_: Any,
    ) -> Report:
        submitted = []
        for file in files:
            with file.local() as path:
                digest, size = hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size
            key = hashlib.sha256(f"{digest}{file.name}".encode()).hexdigest()
            reading = None if file.name in reread else cache.get(key)
            if reading is None:
                self.before_each(file.name)
                progress(Progress(file.name, 1, 1))
                reading = FileReading(type=FileType.PDF, pages=1)
                self.read.append(file.name)
                cache.put(key, reading)
            document = int("".join(char for char in file.name if char.isdigit()) or 0) or None
            submitted.append(
                SubmittedFile(
                    name=file.name,
                    sha256=digest,
                    bytes=size,
                    type=reading.type,
                    document=document,
                )
            )
        return Report(
            call=call_id,
            run=Run(started=datetime.now(UTC), seconds=0, version="test"),
            submission=Submission(proposal=proposal, files=tuple(submitted)),
            verdict=Verdict.CLEAR,
        )
