"""A page that must be read from its picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from jeopsu.domain.documents import TextSource, Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.pages import FigureCell
from jeopsu.extractors.readers.frame import Frame


class ScannedPage:
    source = TextSource.OCR

    def __init__(self, frame: Frame, render: Callable[[float], tuple[np.ndarray, float]], native: float) -> None:
        self.frame, self._render, self._native = frame, render, native
        self.grey = self.blank = False

    def glance(self) -> Sequence[Word]:
        return ()

    def words(self) -> Sequence[Word]:
        return ()

    def upright_pixels(self, dpi: float) -> tuple[np.ndarray, float]:
        return self._render(dpi)

    def figures(self, boxes: Sequence[Box]) -> list[FigureCell]:
        return [FigureCell(box, (), False, True) for box in boxes]
