"""Lines of print by their ink alone: rows of a table on a scan whose words OCR has partly lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from jeopsu.domain.geometry import Box

_LEAST_LINES = 4  # fewer are a wrapped heading, not rows
_INSET = 2.0  # points inside a cell's sides, where its rules are


@dataclass(frozen=True)
class Ink:
    """An upright page's ink as a mask (0 or 1) and its pixels a point."""

    mask: np.ndarray
    scale: float

    @classmethod
    def of(cls, grey: np.ndarray, dpi: float) -> Ink:
        scale = dpi / 72
        block = max(15, int(12 * scale)) | 1
        mask = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 18)
        return cls(cv2.medianBlur(mask, 3), scale)

    def lines(self, box: Box) -> list[tuple[float, float]]:
        """Tops and bottoms (points) of the lines of print in a box."""
        s = self.scale
        rows = slice(max(0, int((box.top + _INSET) * s)), max(0, int((box.bottom - _INSET) * s)))
        columns = slice(max(0, int((box.left + _INSET) * s)), max(0, int((box.right - _INSET) * s)))
        part = self.mask[rows, columns]
        if part.size == 0:
            return []
        inked = part.sum(axis=1) >= 2
        edges = np.flatnonzero(np.diff(np.concatenate([[0], inked.astype(np.int8), [0]])))
        runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        joined: list[tuple[int, int]] = []
        for start, end in runs:
            if joined and start - joined[-1][1] < 1.2 * s:
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return [(rows.start / s + a / s, rows.start / s + b / s) for a, b in joined if 3.5 * s <= b - a <= 26 * s]

    def pieces(self) -> np.ndarray:
        """Its connected pieces: left, top, right, bottom (points) in each row."""
        _, _, stats, _ = cv2.connectedComponentsWithStats(self.mask, connectivity=8)
        x, y, wide, tall = (stats[1:, n] for n in range(4))
        return np.stack([x, y, x + wide, y + tall], axis=1) / self.scale


def row_cuts(boxes: Sequence[Box], ink: Ink) -> list[float]:
    """Heights at which cells standing side by side must be cut into rows: where at least two of them hold four or
    more lines that stand side by side. Empty where they do not."""
    held = [lines for lines in (ink.lines(box) for box in boxes if box.height > 30) if len(lines) >= _LEAST_LINES]
    if len(held) < 2:
        return []
    rows: list[list[tuple[float, float]]] = []
    for line in sorted((line for lines in held for line in lines), key=lambda line: line[0] + line[1]):
        middle = (line[0] + line[1]) / 2
        if rows:
            last = sum(a + b for a, b in rows[-1]) / len(rows[-1]) / 2
            if middle - last < 0.5 * min(line[1] - line[0], rows[-1][0][1] - rows[-1][0][0]):
                rows[-1].append(line)
                continue
        rows.append([line])
    shared = sum(1 for row in rows if len(row) >= 2)
    if shared < max(_LEAST_LINES, 0.6 * min(len(lines) for lines in held)):
        return []
    spans = [(min(a for a, _ in row), max(b for _, b in row)) for row in rows]
    return [(above[1] + below[0]) / 2 for above, below in pairwise(spans)]
