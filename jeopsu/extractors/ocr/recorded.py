"""An engine that plays back what another one read: tests run with real readings and without OCR."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from jeopsu.extractors.ocr.base import LineEngine, LineReading, PageWord, WordEngine


class RecordedEngine:
    """Readings by the picture's bytes, kept in a JSON file. With `engine` it records what is not there yet."""

    name = "recorded"

    def __init__(self, path: Path, words: WordEngine | None = None, lines: LineEngine | None = None) -> None:
        self.path, self.words, self.lines = path, words, lines
        self.known: dict[str, list[Any]] = json.loads(path.read_text("utf-8")) if path.exists() else {}

    def read_page(self, grey: np.ndarray, dpi: float) -> list[PageWord]:
        key = "page-" + _key(grey)
        if key not in self.known:
            if self.words is None:
                raise KeyError(key)
            self._keep(key, [asdict(word) for word in self.words.read_page(grey, dpi)])
        return [PageWord(**word) for word in self.known[key]]

    def read_lines(self, lines: Sequence[np.ndarray]) -> list[LineReading]:
        found = []
        for line in lines:
            key = "line-" + _key(line)
            if key not in self.known:
                if self.lines is None:
                    raise KeyError(key)
                reading = self.lines.read_lines([line])[0]
                self._keep(key, [reading.text, list(reading.confidences)])
            text, confidences = self.known[key]
            found.append(LineReading(text, tuple(confidences)))
        return found

    def _keep(self, key: str, value: list[Any]) -> None:
        self.known[key] = value
        self.path.write_text(json.dumps(self.known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def _key(picture: np.ndarray) -> str:
    head = f"{picture.shape}{picture.dtype}".encode()
    return hashlib.sha256(head + np.ascontiguousarray(picture).tobytes()).hexdigest()[:24]
