"""Print that was struck out: a rule, a pen's stroke, two of them, black or coloured, along a word's middle.

What was struck out no longer holds, and the new value stands beside it in somebody's hand: a person must look.
Letters leave gaps between them and a stroke runs through the gaps: they are asked along the best path through the word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.kinds.layout import Ink, Sheet

STRUCK = "줄로 지워진 것으로 보임"
_FROM, _TO = 0.22, 0.78  # of a word's height: where a stroke through it may run; an underline runs lower
_LONG = 1.5  # heights: a lone letter may have a stroke of its own from side to side (훈, 은, 5)
_GAPS = 0.92  # of the gaps' columns that a stroke inks
_ALL = 0.95  # of all columns; print without a stroke leaves its gaps
_THIN = 0.22  # of the height: as little ink in a column is no letter's, but perhaps a second stroke's
_FEWEST = 3  # pixels of gaps: without any nothing can be told
_STEP = 4  # columns in which a stroke rises or falls by a row at most
# Of the print: as much at least lies above a stroke, and below; the vowels of 소프트 join along their foot.
_EITHER = 0.12
_RULE = 2.0  # points of a cell's edge that are its rules
_SIDE = 1.5  # points that a stroke may lie beside its path: it is as thick as that at most


def is_struck(sheet: Sheet, inks: Sequence[Ink]) -> bool:
    """Whether one of these words, or all of those on one line together, is struck out or typed over."""
    if any(ink.word.crossed for ink in inks):
        return True  # the text layer's own drawing says so
    lines: list[list[Ink]] = []
    for ink in sorted(inks, key=lambda i: (i.box.centre[1], i.box.left)):
        if lines and abs(lines[-1][0].box.centre[1] - ink.box.centre[1]) < 0.5 * ink.box.height:
            lines[-1].append(ink)
        else:
            lines.append([ink])
    return any(is_box_struck(sheet, around([ink.box for ink in line])) for line in lines) or any(
        is_box_struck(sheet, ink.box) for line in lines if len(line) > 1 for ink in line
    )


def is_cell_struck(sheet: Sheet, cell: Box) -> bool:
    """Whether what is printed in a table's cell is struck out; told only where it is wider than tall."""
    if cell.width <= 2 * _RULE or cell.height <= 2 * _RULE:
        return False  # nothing but its rules
    canvas = sheet.canvas
    inside = Box(left=cell.left + _RULE, top=cell.top + _RULE, right=cell.right - _RULE, bottom=cell.bottom - _RULE)
    rows, columns = canvas.window(inside)
    ink = canvas.dark[rows, columns]
    across, down = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    if not len(across) or not len(down):
        return False
    left, top = columns.start / canvas.scale, rows.start / canvas.scale
    print_ = Box(
        left=left + across[0] / canvas.scale,
        top=top + down[0] / canvas.scale,
        right=left + (across[-1] + 1) / canvas.scale,
        bottom=top + (down[-1] + 1) / canvas.scale,
    )
    return is_box_struck(sheet, print_)


def is_box_struck(sheet: Sheet, box: Box) -> bool:
    """Whether the print in an upright box (points) is struck out; never told of a lone letter."""
    canvas = sheet.canvas
    rows, columns = canvas.window(box)
    ink = canvas.dark[rows, columns]
    if canvas.coloured:
        ink = ink | canvas.red[rows, columns] | canvas.blue[rows, columns]
    high, wide = ink.shape
    if high < 6 or wide < _LONG * high:
        return False
    top, bottom = int(_FROM * high), int(np.ceil(_TO * high))
    inked = np.flatnonzero(ink[top:bottom].any(axis=0))
    if len(inked) < max(high, _ALL * (inked[-1] + 1 - inked[0]) if len(inked) else high):
        return False  # plain print, as most: it leaves its gaps
    ink = ink[:, inked[0] : inked[-1] + 1]
    return _runs_through(ink, _path(ink[top:bottom]) + top, max(1, round(_SIDE * canvas.scale / 2)))


def _runs_through(ink: np.ndarray, path: np.ndarray, side: int) -> bool:
    """Whether a stroke goes along `path` (a row in each column): inked nearly all the way and in the gaps between the
    letters, with print above and below it. `side`: pixels that belong to the stroke on either side."""
    high, wide = ink.shape
    at = np.arange(wide)
    near = np.zeros(wide, bool)
    for off in (-1, 0, 1):
        near |= ink[np.clip(path + off, 0, high - 1), at]
    if near.mean() < _ALL:
        return False
    beside = ink.copy()
    for off in range(-side, side + 1):
        beside[np.clip(path + off, 0, high - 1), at] = False
    below = beside & (np.arange(high)[:, None] > path)
    if not _EITHER <= below.sum() / max(1, beside.sum()) <= 1 - _EITHER:
        return False
    gaps = beside.sum(axis=0) <= _THIN * high
    return int(gaps.sum()) >= max(_FEWEST, round(0.03 * wide)) and bool(near[gaps].mean() >= _GAPS)


def _path(ink: np.ndarray) -> np.ndarray:
    """The row in each column of the path from left to right that meets most ink; it rises and falls gently."""
    high, wide = ink.shape
    starts = np.arange(0, wide, _STEP)
    sums = np.add.reduceat(ink.astype(np.int32), starts, axis=1)
    best = sums[:, 0]
    came = np.zeros((len(starts), high), np.int8)
    low = np.array([-(10**6)])
    for block in range(1, len(starts)):
        choices = np.stack((2 * best + 1, 2 * np.concatenate((low, best[:-1])), 2 * np.concatenate((best[1:], low))))
        came[block] = np.choose(choices.argmax(axis=0), (0, -1, 1))
        best = choices.max(axis=0) // 2 + sums[:, block]
    rows = np.empty(len(starts), np.int64)
    row = int(np.argmax(best))
    for block in range(len(starts) - 1, -1, -1):
        rows[block] = row
        row += int(came[block, row])
    return np.repeat(rows, _STEP)[:wide]
