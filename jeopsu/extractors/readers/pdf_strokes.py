"""What was drawn or typed across a text layer's words: lines of an editor or a pen, and other letters in their place.

A value so crossed no longer holds, and the characters under it are still in the text layer. Rules of tables run between
lines of print, underlines below them: neither crosses a word's middle.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from jeopsu.domain.geometry import Box
from jeopsu.extractors.readers.frame import apply, compose

Point = tuple[float, float]
Segment = tuple[float, float, float, float]  # x, y to x, y

_THICK = 4.0  # points: a thicker stroke marks (a highlighter), a thinner one strikes out
_BAR = 2.2  # points: a filled bar as flat as that is a line
_MOST = 20_000  # segments of a page
_BENDS = 8  # straight pieces of a curve
_BAND = (0.22, 0.78)  # of a word's height: where a line that strikes it out runs
_SHARE = 0.6  # of a word's width that it crosses
_OVERLAP, _ABREAST = 0.5, 0.6  # of the narrower and of the lower letter that lies on another


def strokes_of(item: pdfium.PdfObject, matrix: np.ndarray) -> list[Segment]:
    """The straight pieces of a drawn line or flat bar; `matrix`: from the object's own space to the page as shown."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, mode, stroke):
        return []
    whole = compose(matrix, _own(item))
    if not stroke.value:
        return _bar(item, matrix) if mode.value != raw.FPDF_FILLMODE_NONE else []
    wide = ctypes.c_float()
    size = float(np.sqrt(abs(np.linalg.det(whole[:, :2]))))
    if not raw.FPDFPageObj_GetStrokeWidth(item, wide) or wide.value * size > _THICK:
        return []
    return _pieces(item, whole)


def _own(item: pdfium.PdfObject) -> np.ndarray:
    a, b, c, d, e, f = item.get_matrix().get()
    return np.array([[a, c, e], [b, d, f]])


def _bar(item: pdfium.PdfObject, matrix: np.ndarray) -> list[Segment]:
    try:
        left, bottom, right, top = item.get_bounds()
    except pdfium.PdfiumError:
        return []
    x0, y0 = apply(matrix, left, bottom)
    x1, y1 = apply(matrix, right, top)
    if abs(y1 - y0) <= _BAR < abs(x1 - x0):
        return [(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)]
    if abs(x1 - x0) <= _BAR < abs(y1 - y0):
        return [((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)]
    return []


def _pieces(item: pdfium.PdfObject, matrix: np.ndarray) -> list[Segment]:
    found: list[Segment] = []
    last: Point | None = None
    bend: list[Point] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(min(raw.FPDFPath_CountSegments(item), _MOST)):
        part = raw.FPDFPath_GetPathSegment(item, n)
        raw.FPDFPathSegment_GetPoint(part, x, y)
        here = apply(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(part)
        if kind == raw.FPDF_SEGMENT_BEZIERTO and last is not None:
            bend.append(here)
            if len(bend) < 3:
                continue
            points = [_on((last, *bend), t / _BENDS) for t in range(_BENDS + 1)]
            found += [(*a, *b) for a, b in zip(points, points[1:], strict=False)]
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            found.append((*last, *here))
        bend = []
        last = here
    return found


def _on(ends: Sequence[Point], t: float) -> Point:
    """A point of the curve with these four control points."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x = sum(w * p[0] for w, p in zip(weights, ends, strict=True))
    return x, sum(w * p[1] for w, p in zip(weights, ends, strict=True))


class Strokes:
    """The straight pieces of a page's lines, for asking word by word."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._at = np.array(segments[:_MOST], dtype=float).reshape(-1, 4)
        self._at = self._at[np.isfinite(self._at).all(axis=1)]
        x, y = self._at[:, (0, 2)], self._at[:, (1, 3)]
        self._left, self._right = x.min(axis=1, initial=np.inf), x.max(axis=1, initial=-np.inf)
        self._top, self._bottom = y.min(axis=1, initial=np.inf), y.max(axis=1, initial=-np.inf)

    def strike(self, letters: Sequence[Box], word: Box) -> bool:
        """Whether a word is struck out, or two letters in a row of it."""
        if not self._near(word).any():
            return False
        if self.cross(word):
            return True
        hit = [self.cross(letter) for letter in letters]
        return any(a and b for a, b in zip(hit, hit[1:], strict=False))

    def _near(self, box: Box) -> np.ndarray:
        across = (self._left < box.right) & (self._right > box.left)
        return np.asarray(across & (self._top < box.bottom) & (self._bottom > box.top))

    def cross(self, box: Box) -> bool:
        """Whether lines run along a box's middle, level or aslant, over most of its width."""
        top, bottom = box.top + _BAND[0] * box.height, box.top + _BAND[1] * box.height
        near = self._near(box)
        spans = [span for x0, y0, x1, y1 in self._at[near] if (span := _span(x0, y0, x1, y1, box, top, bottom))]
        covered, end = 0.0, box.left
        for left, right in sorted(spans):
            covered += max(0.0, right - max(left, end))
            end = max(end, right)
        return covered >= _SHARE * max(1.0, box.width)


def _span(
    x0: float, y0: float, x1: float, y1: float, box: Box, top: float, bottom: float
) -> tuple[float, float] | None:
    """From where to where a line crosses a word. It may leave the band at its ends if it passes the word's middle."""
    if x1 < x0:
        x0, y0, x1, y1 = x1, y1, x0, y0
    left, right = max(x0, box.left), min(x1, box.right)
    if right - left <= 0.02 * box.width:
        return None
    slope = (y1 - y0) / (x1 - x0)
    a, b = y0 + slope * (left - x0), y0 + slope * (right - x0)
    room = 0.3 * box.height
    if abs(b - a) > room:  # one of a cross's lines passes the first letters high and the last ones low; rules are level
        top, bottom = box.top + 0.05 * box.height, box.bottom - 0.05 * box.height
    if not top < (a + b) / 2 < bottom or min(a, b) < box.top - room or max(a, b) > box.bottom + room:
        return None
    return left, right


def overtyped(letters: Sequence[tuple[int, str, Box]]) -> set[int]:
    """Which of some letters (number, character, box) have another letter or digit typed into their place. The same
    letter twice is a bold one; letters far larger are a watermark's."""
    rows: dict[int, list[tuple[int, str, Box]]] = defaultdict(list)
    hit: set[int] = set()
    for number, text, box in letters:
        if not text.isalnum() or box.height <= 0 or box.width <= 0:
            continue
        row = int(box.centre[1] // 6)
        for other, its, there in (one for near in (row - 1, row, row + 1) for one in rows.get(near, ())):
            across = min(box.right, there.right) - max(box.left, there.left)
            if across < _OVERLAP * min(box.width, there.width) or its == text:
                continue
            down = min(box.bottom, there.bottom) - max(box.top, there.top)
            low, high = sorted((box.height, there.height))
            if down >= _ABREAST * low and high < 2 * low:
                hit |= {number, other}
        rows[row].append((number, text, box))
    return hit
