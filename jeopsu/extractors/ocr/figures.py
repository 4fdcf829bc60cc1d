"""Figures of cells, each read twice: its crop without rules, whether ink runs over its edge, whether it is empty.

Nothing is decided here: `statements/` weighs the readings by the grammar of numbers and by arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from jeopsu.domain.documents import FigureReading
from jeopsu.domain.geometry import Box
from jeopsu.extractors.ocr.base import LineEngine, LineReading
from jeopsu.extractors.pages import FigureCell

_REACH = 4.0  # points around a box in which its cell's rules and neighbouring print are looked for
_OUT = 1.0  # points by which an unruled box is widened
_FAINT = 28  # grey levels between paper and the darkest print; less is an empty cell
_FEWEST = 1.0  # square points of ink that must be dark: a 1 of small print has four
_SPECK = 0.9  # points: ink smaller than this in both directions is dust


@dataclass(frozen=True)
class Crop:
    """One cell's print. `lines`: pictures of its lines (one for a figure), empty when it is blank; `boxes`: where each
    stands (upright points)."""

    lines: tuple[np.ndarray, ...]
    touches_edge: bool
    boxes: tuple[Box, ...] = ()
    runs_on: bool = False  # print stands right beyond a side that no rule bounds: a part of the figure may be there


def read_figures(
    grey: np.ndarray,
    dpi: float,
    boxes: Sequence[Box],
    first: LineEngine,
    second: LineEngine | None,
    crops: Sequence[Crop] | None = None,
) -> list[FigureCell]:
    """Both engines' readings (without `second`, the first one's) of each box (upright points) of an upright page.
    `crops`: the boxes' print where it is cut already."""
    crops = crops if crops is not None else [cut(grey, dpi, box) for box in boxes]
    pictures = [line for crop in crops for line in crop.lines]
    answers = {"ppocr": iter(first.read_lines(pictures))}
    if second is not None:
        answers["tesseract"] = iter(second.read_lines([for_tesseract(line) for line in pictures]))
    found = []
    for box, crop in zip(boxes, crops, strict=True):
        readings = []
        for engine, answer in answers.items():
            lines = [next(answer) for _ in crop.lines]
            if lines:
                readings.append(_joined(engine, lines))
        found.append(FigureCell(box, tuple(readings), crop.touches_edge, not crop.lines, crop.runs_on))
    return found


def _joined(engine: str, lines: Sequence[LineReading]) -> FigureReading:
    confidences = [c for line in lines for c in line.confidences]
    return FigureReading(
        engine=engine,
        text="\n".join(line.text for line in lines),
        confidence=sum(confidences) / len(confidences) if confidences else 0.0,
        weakest=min(confidences, default=0.0),
    )


def cut(grey: np.ndarray, dpi: float, box: Box) -> Crop:
    """The print inside a box (upright points), its cell's rules left out."""
    scale = dpi / 72
    height, width = grey.shape
    reach = _REACH * scale
    left, top = int(max(0, box.left * scale - reach)), int(max(0, box.top * scale - reach))
    right, bottom = int(min(width, box.right * scale + reach)), int(min(height, box.bottom * scale + reach))
    if right - left < 6 or bottom - top < 6:
        return Crop((), False)
    area = grey[top:bottom, left:right]
    paper, dark = _quantiles(area, 90, 1)
    if paper - dark < _FAINT:
        return Crop((), False)
    # Rules may be far blacker than print (a table's thick frame): what is ink is told by the inside alone, and then
    # the rules are looked for once more with their soft edges.
    x0, x1, y0, y1, beyond = _inside(_inked(area, paper, dark), scale)
    inner = area[y0 + _soft(scale) : y1 - _soft(scale), x0 + _soft(scale) : x1 - _soft(scale)]
    if inner.size == 0:
        return Crop((), False)
    # The inside has its own paper too: a heading's cell may be filled with grey.
    # A lone 1 is a few dozen pixels of a large cell: a share of the cell would call it blank.
    least = min(0.5, 100 * _FEWEST * scale**2 / inner.size)
    darkest, palest = _quantiles(inner, least, 80)
    dark, paper = max(dark, darkest), min(paper, palest)
    if paper - dark < _FAINT:
        return Crop((), False)
    whole = _inked(area, paper, dark)
    x0, x1, y0, y1, beyond = _inside(whole, scale)
    if x1 - x0 < 4 or y1 - y0 < 4:
        return Crop((), False)
    part, ink = area[y0:y1, x0:x1], whole[y0:y1, x0:x1]
    # Print right beyond an unruled side belongs to this figure or to its neighbour: either way it is cut off here.
    outside = any(_has_print(whole[y0:y1, strip], scale) for strip in beyond)
    ink, touches = _print_only(ink, scale)
    touches = touches or outside
    if not ink.any():
        return Crop((), touches)
    # What is no print (specks, remains of rules) becomes paper; a margin around print keeps its soft edges.
    near = cv2.dilate(ink, np.ones((5, 5), np.uint8))
    clean = np.where(near > 0, part, np.uint8(min(255, int(paper))))
    found = _lines(clean, ink, int(min(255, paper)), scale)
    shift_x, shift_y = left + x0, top + y0
    places = tuple(
        Box(
            left=(shift_x + a) / scale,
            top=(shift_y + b) / scale,
            right=(shift_x + c) / scale,
            bottom=(shift_y + d) / scale,
        )
        for _, (a, b, c, d) in found
    )
    return Crop(tuple(sheet for sheet, _ in found), touches, places, outside)


def _quantiles(grey: np.ndarray, *shares: float) -> list[float]:
    """np.percentile of a grey picture by its histogram, ten times as fast."""
    upto = np.cumsum(cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel())
    found = []
    for share in shares:
        place = share / 100 * (grey.size - 1)
        low, high = np.searchsorted(upto, [int(place), min(int(place) + 1, grey.size - 1)], side="right")
        found.append(float(low + (place - int(place)) * (high - low)))
    return found


def _inked(area: np.ndarray, paper: float, dark: float) -> np.ndarray:
    """Halfway between print and paper, nearer to the paper so that thin strokes stay whole."""
    return (area < paper - 0.4 * (paper - dark)).astype(np.uint8)


def _soft(scale: float) -> int:
    return int(1.2 * scale)


def _inside(ink: np.ndarray, scale: float) -> tuple[int, int, int, int, list[slice]]:
    """The cell's inside (left, right, top, bottom) within its rules, and the strips beyond unruled sides."""
    span = int(_REACH * scale)
    x0, x1, beyond = _across(ink, span, int(_OUT * scale))
    y0, y1 = _down(ink[:, x0:x1], span)
    return x0, x1, y0, y1, beyond


def _rules(share: np.ndarray, span: int) -> tuple[int | None, int | None]:
    """The rules along a crop's two sides: the last dark row (or column) of the first, the first of the second."""
    length = len(share)
    window = min(2 * span, length // 3)
    ruled = np.flatnonzero(share > 0.72)
    before, after = ruled[ruled < window], ruled[ruled >= length - window]
    return (int(before.max()) if len(before) else None, int(after.min()) if len(after) else None)


def _across(ink: np.ndarray, span: int, out: int) -> tuple[int, int, list[slice]]:
    """The cell's left and right inside, and the strips beyond unruled sides, where print would run on."""
    first, last = _rules(_running_through(ink, span), span)
    start = first + 2 if first is not None else span - out
    end = last - 1 if last is not None else ink.shape[1] - span + out
    beyond = ([slice(0, start)] if first is None else []) + ([slice(end, None)] if last is None else [])
    return start, end, beyond


def _running_through(ink: np.ndarray, span: int) -> np.ndarray:
    """How much of each column is inked, but nothing for strokes that end within the cell: a 1 in a tight box is no
    rule. A rule fills the cell's height or goes on above or below it."""
    if ink.shape[0] <= 3 * span:
        return np.asarray(ink.mean(axis=0))
    inner, above, below = (part.mean(axis=0) for part in (ink[span:-span], ink[:span], ink[-span:]))
    return np.where((inner > 0.93) | (above > 0.6) | (below > 0.6), inner, 0.0)


def _down(ink: np.ndarray, span: int) -> tuple[int, int]:
    """The cell's upper and lower inside: behind a rule, else at the emptiest row near the box's own side."""
    share = ink.mean(axis=1)
    first, last = _rules(share, span)
    length = len(share)
    reach = min(int(0.6 * span), length // 4)

    def emptiest(side: int) -> int:
        near = range(max(0, side - reach), min(length, side + reach + 1))
        return min(near, key=lambda row: (share[row], abs(row - side)))

    start = first + 2 if first is not None else emptiest(span)
    end = last - 1 if last is not None else emptiest(length - span - 1) + 1
    return start, end


def _has_print(ink: np.ndarray, scale: float) -> bool:
    """Ink that is a letter's: as tall as one, not a rule's upright."""
    if ink.size == 0:
        return False
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tall, wide = stats[1:, 3], stats[1:, 2]
    return bool(((tall > 2.2 * scale) & (tall < 0.9 * ink.shape[0]) & (wide > 0.8 * scale)).any())


def _print_only(ink: np.ndarray, scale: float) -> tuple[np.ndarray, bool]:
    """Ink without dust and remains of rules, and whether print runs over the crop's edge."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = ink.shape
    keep = np.zeros(count, np.uint8)
    touches = False
    for number in range(1, count):
        x, y, wide, tall, area = (int(v) for v in stats[number])
        if max(wide, tall) < _SPECK * scale:
            continue
        at_edge = x == 0 or y == 0 or x + wide >= width or y + tall >= height
        if at_edge and (tall <= 1.0 * scale or wide <= 1.0 * scale) and max(wide, tall) < 40 * scale:
            # A sliver along the edge: a rule's remains, or the foot of a neighbour. Slivers across it are strokes.
            along = (y == 0 or y + tall >= height) and tall <= 1.0 * scale
            along |= (x == 0 or x + wide >= width) and wide <= 1.0 * scale
            if along:
                continue
        if at_edge:
            touches = True
        keep[number] = 1
    return keep[labels], touches


def _lines(
    part: np.ndarray, ink: np.ndarray, paper: int, scale: float
) -> list[tuple[np.ndarray, tuple[int, int, int, int]]]:
    """The crop's lines of print, each tightly cut with a margin of paper in its own proportion, and where it stands:
    left, top, right, bottom in the crop's pixels."""
    rows = np.flatnonzero(ink.any(axis=1))
    groups: list[list[int]] = [[int(rows[0]), int(rows[0])]]
    for row in rows[1:]:
        if row - groups[-1][1] > 1.2 * scale:
            groups.append([int(row), int(row)])
        else:
            groups[-1][1] = int(row)
    # Commas' feet, dots and dashes lie apart from no line that is as tall as letters are.
    tall = max(end - start for start, end in groups)
    lines: list[list[int]] = []
    for group in groups:
        small = group[1] - group[0] < 0.35 * tall
        if lines and (small or lines[-1][1] - lines[-1][0] < 0.35 * tall) and group[0] - lines[-1][1] < 0.6 * tall:
            lines[-1][1] = group[1]
        else:
            lines.append(list(group))
    found = []
    for start, end in lines:
        band = ink[start : end + 1]
        columns = np.flatnonzero(band.any(axis=0))
        size = max(end - start + 1, int(5 * scale))  # a lone dash keeps a letter's room around it
        pad = max(3, int(0.28 * size))
        middle = (start + end + 1) // 2
        y0, y1 = min(start, middle - size // 2), max(end + 1, middle + size // 2)
        cut_ = part[start : end + 1, columns[0] : columns[-1] + 1]
        sheet = np.full((y1 - y0 + 2 * pad, cut_.shape[1] + 2 * pad), paper, np.uint8)
        sheet[pad + start - y0 : pad + start - y0 + cut_.shape[0], pad : pad + cut_.shape[1]] = cut_
        found.append((sheet, (int(columns[0]), start, int(columns[-1]) + 1, end + 1)))
    return found


def for_tesseract(line: np.ndarray, height: int = 52) -> np.ndarray:
    """Letters about 34 pixels tall with a wide margin: what its line model was trained on."""
    factor = height / line.shape[0]
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    line = cv2.resize(line, None, fx=factor, fy=factor, interpolation=way)
    return cv2.copyMakeBorder(line, 8, 8, 12, 12, cv2.BORDER_CONSTANT, value=int(line.max()))
