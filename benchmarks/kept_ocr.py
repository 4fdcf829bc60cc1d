"""OCR answers and whole readings kept on disk, so that a benchmark can be run again for the price of drawing pages.

What an engine made of a picture is kept by the picture's bytes and holds as long as the engine's model does: delete the
file after changing one. A whole reading is kept by the file's bytes, the request and the source of the readers.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import jeopsu
from jeopsu.domain.problems import DocumentProblem
from jeopsu.domain.reading import FileReading, ReadRequest
from jeopsu.extractors.ocr import engines
from jeopsu.extractors.ocr.base import LineEngine, LineReading, PageWord, WordEngine
from jeopsu.extractors.read_file import read_file
from jeopsu.extractors.readers import scan


class Kept:
    """A file of answers. Only our own benchmarks write it, so what it holds may be unpickled."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, timeout=60, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, value BLOB)")
        real = engines.engines()
        second = _KeptEngine(self, real.second)
        made = engines.Engines(_KeptEngine(self, real.words), _KeptEngine(self, real.figures), second)
        for module in (engines, scan):
            module.engines = lambda tessdata=None: made  # type: ignore[attr-defined, assignment]

    def get(self, key: bytes, make: Callable[[], Any]) -> Any:
        row = self._db.execute("SELECT value FROM kept WHERE key = ?", (key,)).fetchone()
        if row is not None:
            return pickle.loads(row[0])
        value = make()
        self._db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (key, pickle.dumps(value)))
        return value

    def reading(self, request: ReadRequest) -> FileReading:
        """What `jeopsu check` would read of one file, in this process."""
        content = hashlib.sha256(Path(request.path).read_bytes()).hexdigest()
        told = request.model_dump_json(exclude={"path", "limits"})
        key = hashlib.blake2b(f"{content}\n{told}\n{_source()}".encode(), digest_size=16).digest()
        return self.get(key, lambda: _read(request))


class _KeptEngine:
    def __init__(self, kept: Kept, engine: Any) -> None:
        self.kept, self.engine, self.name = kept, engine, engine.name

    def read_page(self, grey: np.ndarray, dpi: float) -> list[PageWord]:
        engine: WordEngine = self.engine
        return self.kept.get(_key(f"{self.name} page {dpi}", grey), lambda: engine.read_page(grey, dpi))

    def read_lines(self, lines: Sequence[np.ndarray]) -> list[LineReading]:
        engine: LineEngine = self.engine
        return [
            self.kept.get(_key(f"{self.name} line", line), lambda line=line: engine.read_lines([line])[0])
            for line in lines
        ]


def _key(what: str, picture: np.ndarray) -> bytes:
    head = f"{what} {picture.shape}{picture.dtype}".encode()
    return hashlib.blake2b(head + np.ascontiguousarray(picture).tobytes(), digest_size=16).digest()


def _read(request: ReadRequest) -> FileReading:
    try:
        return read_file(request, lambda done, count: None)
    except DocumentProblem as error:
        return FileReading(type=_type_of_nothing(), problems=(error.problem,))


def _type_of_nothing() -> Any:
    from jeopsu.domain.documents import FileType

    return FileType.EMPTY


@cache
def _source() -> str:
    """The hash of the source that reads: what changes it makes earlier readings worthless."""
    found = hashlib.sha256()
    home = Path(jeopsu.__file__).parent
    for room in ("domain", "extractors"):
        for path in sorted((home / room).rglob("*")):
            if path.suffix in {".py", ".yaml", ".bin", ".json"}:
                found.update(path.read_bytes())
    return found.hexdigest()
