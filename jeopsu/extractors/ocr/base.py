"""What an OCR engine is: a reader of whole pages into words, or of single lines into characters with confidences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np


@dataclass(frozen=True)
class PageWord:
    """A word of a page picture: pixels from its top left corner, confidence 0..1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


@dataclass(frozen=True)
class LineReading:
    """One line picture as characters, each with its confidence 0..1."""

    text: str
    confidences: tuple[float, ...]

    @property
    def mean(self) -> float:
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0

    @property
    def weakest(self) -> float:
        return min(self.confidences, default=0.0)


class WordEngine(Protocol):
    """Reads a grey upright page (uint8, height × width)."""

    name: str

    def read_page(self, grey: np.ndarray, dpi: float) -> list[PageWord]: ...


class LineEngine(Protocol):
    """Reads pictures of single lines, grey (uint8), dark print on light paper; answers in their order."""

    name: str

    def read_lines(self, lines: Sequence[np.ndarray]) -> list[LineReading]: ...


class EngineMissing(RuntimeError):
    """An engine's program, library or model is not on this machine; the message says which and what mends it."""
