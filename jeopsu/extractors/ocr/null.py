"""An engine that reads nothing: for machines without OCR, and for tests that must not depend on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jeopsu.extractors.ocr.base import LineReading, PageWord


class NullEngine:
    """Every page is empty, every line unread."""

    name = "null"

    def read_page(self, grey: np.ndarray, dpi: float) -> list[PageWord]:
        return []

    def read_lines(self, lines: Sequence[np.ndarray]) -> list[LineReading]:
        return [LineReading("", ()) for _ in lines]
