"""A scanned page read a second time, run of print by run of print.

Page-wide OCR decides itself what is a line, and loses the two letters of a label in a ruled cell, takes a rule for a
letter or reads through a frame. Here the ink says where print stands, rules parted from it, and each run is read by
itself. What the two readings agree on, or what only one of them found, is weighed in `merge.py`.
"""

from __future__ import annotations

import re

import cv2
import numpy as np

from jeopsu.domain.documents import FigureReading, Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Ink, Sheet

_LEAST, _MOST = 3.0, 34.0  # points: a letter's height, from small print to a certificate's title
_BETWEEN = 20.0  # points: blanks within a run, the wide ones of a spaced-out label ("상    호") among them
_ALONE = 2.0  # points: smaller pieces are dust
_PARTS = 20  # of runs that gave nothing as a whole
_RUNS = 160  # a page; a certificate has thirty to ninety
ENGINE = "tesseract"
# Tesseract prints a mark at the end of a word once more at the start of the next: "2021. .11. .18".
_DOUBLED = re.compile(r"([.,:;]) [.,:;ㆍ·]\s?")


class LinewiseSheet(Sheet):
    """A scanned page whose words are its runs of print, each read alone."""

    def _inks(self) -> tuple[Ink, ...]:
        mask = print_of(self)
        runs = runs_of_print(mask, self)
        readings = self._read(runs)
        mute = [run for run, r in zip(runs, readings, strict=True) if not (r and r.text) and run.width > 4 * run.height]
        parts_of_mute = [part for run in mute for part in _parted(mask, self, run)][:_PARTS]
        runs, readings = runs + parts_of_mute, readings + self._read(parts_of_mute)
        inks: list[Ink] = []
        for run, reading in zip(runs, readings, strict=True):
            text = _DOUBLED.sub(r"\1 ", reading.text.split("\n")[0]).strip() if reading else ""
            # Colons and dots are too small to be told from dust: alone they have no place of their own.
            parts = [part for part in text.split(" ") if re.search(r"\w", part)]
            confidence = max(0.0, min(1.0, reading.weakest)) if reading else 0.0
            for part, box in zip(parts, _boxes(mask, self, run, parts), strict=True):
                if stripped := self.tidy(part):
                    word = Word(text=part, box=self.shown(box), confidence=confidence)
                    inks.append(Ink(text=stripped, box=box, word=word))
        return tuple(inks)

    def _read(self, runs: list[Box]) -> list[FigureReading | None]:
        cells = self.source.figures(self.number, [self.shown(_roomy(run)) for run in runs]) if runs else ()
        return [next((r for r in cell.readings if r.engine == ENGINE), None) for cell in cells]


def _parted(mask: np.ndarray, sheet: Sheet, run: Box) -> list[Box]:
    """The parts of a run that Tesseract gave up as a whole, at its wide gaps: of "대표이사 홍길동   630502-*******" the
    stars alone are beyond it. One part: nothing to gain."""
    rows, columns = sheet.canvas.window(run)
    scale = sheet.canvas.scale
    pieces = _pieces(mask[rows, columns], run.height * scale)
    boxes = [
        Box(
            left=(columns.start + start) / scale,
            top=run.top,
            right=(columns.start + stop) / scale,
            bottom=run.bottom,
        )
        for start, stop in pieces
    ]
    return boxes if len(boxes) > 1 else []


def _boxes(mask: np.ndarray, sheet: Sheet, run: Box, parts: list[str]) -> list[Box]:
    """Where each word of a run stands: its letters' usual widths laid along the ink, blanks left out; words end at
    gaps, rather at a wide one that is a little off."""
    rows, columns = sheet.canvas.window(run)
    scale = sheet.canvas.scale
    height = max(1.0, run.height * scale)
    pieces = _pieces(mask[rows, columns], 0.1 * height)
    if not 2 <= len(parts) <= len(pieces):
        return [run] * len(parts)
    starts = np.array([start for start, _ in pieces], float)
    stops = np.array([stop for _, stop in pieces], float)
    ends = np.cumsum(stops - starts)
    widths = np.cumsum([sum(_width(letter) for letter in part) for part in parts])
    wanted = widths[:-1] / widths[-1] * ends[-1]
    off = np.abs(ends[None, :-1] - wanted[:, None]) / height
    costs = off - 0.8 * np.minimum((starts[1:] - stops[:-1]) / height, 1.5)[None, :]
    cuts = _rising(costs)
    firsts, lasts = [0, *(cut + 1 for cut in cuts)], [*cuts, len(pieces) - 1]
    return [
        Box(
            left=(columns.start + starts[first]) / scale,
            top=run.top,
            right=(columns.start + stops[last]) / scale,
            bottom=run.bottom,
        )
        for first, last in zip(firsts, lasts, strict=True)
    ]


def _rising(costs: np.ndarray) -> list[int]:
    """One column for each row, each to the right of the one before, at the least cost in all."""
    best = np.full(costs.shape, np.inf)
    best[0] = costs[0]
    before = np.zeros(costs.shape, int)
    for row in range(1, len(costs)):
        least = np.minimum.accumulate(best[row - 1])
        where = np.array([int(np.argmin(best[row - 1][: n + 1])) for n in range(costs.shape[1])])
        best[row, 1:] = costs[row, 1:] + least[:-1]
        before[row, 1:] = where[:-1]
    cut = int(np.argmin(best[-1]))
    cuts = [cut]
    for row in range(len(costs) - 1, 0, -1):
        cut = int(before[row, cut])
        cuts.append(cut)
    return cuts[::-1]


def _pieces(ink: np.ndarray, gap: float) -> list[tuple[int, int]]:
    """The stretches of a line's columns that hold ink, gaps of less than `gap` pixels closed."""
    filled = np.flatnonzero(ink.any(axis=0))
    if not len(filled):
        return []
    cuts = np.flatnonzero(np.diff(filled) > max(1.0, gap))
    firsts, lasts = filled[np.r_[0, cuts + 1]], filled[np.r_[cuts, len(filled) - 1]]
    return [(int(first), int(last) + 1) for first, last in zip(firsts, lasts, strict=True)]


def _width(letter: str) -> float:
    """Of Hangul's: a letter's usual width of ink."""
    return 1.0 if ord(letter) > 0x2000 else 0.2 if letter in ".,:;'-|()" else 0.6


def _roomy(run: Box) -> Box:
    """With paper left and right: at a crop's very side an upright stroke as tall as the crop is taken for a rule."""
    return Box(left=max(0.0, run.left - 5), top=run.top, right=run.right + 5, bottom=run.bottom)


def print_of(sheet: Sheet) -> np.ndarray:
    """The page's letters (0/1), without rules, coloured seals, dust and blots."""
    canvas = sheet.canvas
    ink = canvas.dark & ~(canvas.red | canvas.blue) if canvas.coloured else canvas.dark
    across, down = canvas.rules
    letters = canvas.without_rules(ink) & ~across & ~down
    count, labels, stats, _ = cv2.connectedComponentsWithStats(letters.astype(np.uint8), connectivity=8)
    tall, wide = stats[:, cv2.CC_STAT_HEIGHT] / canvas.scale, stats[:, cv2.CC_STAT_WIDTH] / canvas.scale
    keep = (np.maximum(tall, wide) >= _ALONE) & (tall <= _MOST) & (wide <= 3 * _MOST)
    keep[0] = False
    return np.asarray(keep.astype(np.uint8)[labels])


def runs_of_print(letters: np.ndarray, sheet: Sheet) -> list[Box]:
    """Upright boxes of runs of print, top to bottom: letters on one line with no wide gap between them."""
    scale = sheet.canvas.scale
    _, down = sheet.canvas.rules
    # Letters reach for each other along the line; an upright rule between two cells parts them again.
    reach = np.ones((max(1, round(1.6 * scale)), max(1, round(_BETWEEN * scale))), np.uint8)
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, reach)
    joined[down & ~(letters > 0)] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [
        Box(left=x / scale, top=y / scale, right=(x + w) / scale, bottom=(y + h) / scale)
        for x, y, w, h, _ in stats[1:].tolist()
    ]
    runs = [box for box in _whole_lines(boxes) if _LEAST <= box.height <= 1.6 * _MOST and box.width >= 2]
    runs.sort(key=lambda box: (box.centre[1], box.left))
    return runs[:_RUNS]


def _whole_lines(boxes: list[Box]) -> list[Box]:
    """Pieces of one line put together: a dot or a comma, a letter's loose stroke."""
    whole: list[Box] = []
    for box in sorted(boxes, key=lambda b: -b.height):
        for number, other in enumerate(whole):
            beside = max(box.left - other.right, other.left - box.right)
            within = min(box.bottom, other.bottom) - max(box.top, other.top)
            if beside < 0.35 * other.height and within > 0.5 * box.height and box.height < 1.4 * other.height:
                union = other.union(box)
                if union.height < 1.35 * other.height:
                    whole[number] = union
                    break
        else:
            whole.append(box)
    return whole
