"""What readers found in files, kept so that a re-run reads only what changed. Losing it costs time, no more."""

from __future__ import annotations

from pydantic import ValidationError

from jeopsu.domain.problems import Code
from jeopsu.domain.reading import FileReading
from jeopsu.storage.files import Files

# A busy machine is no property of a file: these readings are tried again next time.
_OF_THE_MOMENT = frozenset({Code.TIME_LIMIT, Code.MEMORY_LIMIT, Code.READER_FAILED})


class Readings:
    """A cache for `check_files`. `versions` names the readers and engines: with other ones, nothing is found."""

    def __init__(self, files: Files, versions: str, *, use: bool = True) -> None:
        self._files, self._versions, self._use = files, versions, use
        self.reused = 0

    def get(self, key: str) -> FileReading | None:
        body = self._files.get_derived(self._key(key)) if self._use else None
        if body is None:
            return None
        try:
            reading = FileReading.model_validate_json(body)
        except ValidationError:  # of an older shape: as good as none
            return None
        self.reused += 1
        return reading

    def put(self, key: str, reading: FileReading) -> None:
        if not any(problem.code in _OF_THE_MOMENT for problem in reading.problems):
            self._files.put_derived(self._key(key), reading.model_dump_json().encode())

    def _key(self, key: str) -> str:
        return f"readings/{self._versions}/{key[:2]}/{key}.json"
