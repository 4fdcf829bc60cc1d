"""Unruled tables on scans: each figure's cell is drawn around its ink, so that no column's edge ever cuts a figure.

A column cut through at one place loses the same digits in every row, and what is left still adds up. So the ink has the
say: pieces of print that stand close are one figure, and what stands beside a figure and belongs to no label, no note
and no other column makes the figure `torn`: it has no candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import compact
from jeopsu.extractors.statements.model import Column, Grid, Row, Slot
from jeopsu.extractors.statements.paper import Paper

# In heights of a digit. A digit lost in the midst of a figure leaves a gap of about 1; columns stand further apart.
_TOGETHER = 1.1
_LABEL = 2.2  # between the words of a label, and from a label to whatever is none of it
_FAR = 4.0  # beyond the last column: farther print is the page's margin
_TALLEST, _WIDEST = 2.2, 4.0  # larger pieces are rules, seals, strokes of a pen
_SMALLEST = 0.9  # points; smaller is dust
_SPEAKS = 0.45  # the least height of a piece that may be a digit or a bracket
# A streak's specks: points across, points up and down it, and the share of these that those between the lines fill.
_STREAK, _ALONG, _FILLED = 2.5, 60.0, 0.1
_AT_EDGE = 3.0  # points from the page's side: the rest of a figure may lie beyond the scan
_ONE_PLACE, _FEWEST_TEARS = 1.5, 3  # points; rows
_MARGIN = 2.5  # points of paper kept around a figure
_NOTE = re.compile(r"^\d{1,2}(?:[,.]\d{1,2})*[,.]?$")
_NOTES = re.compile(r"^주석?$|^주석번호$")
_FEWEST_NOTES = 3


@dataclass(frozen=True)
class Run:
    """Pieces of print of one row that stand close together (points)."""

    left: float
    right: float
    tall: float  # of its tallest piece


def with_cells_by_ink(grid: Grid, paper: Paper) -> Grid:
    """The grid with cells around the ink of their figures. Ruled and digital ones stay as they are."""
    if grid.ruled or not paper.scanned or not grid.rows or not grid.columns:
        return grid
    digit = _digit(grid, paper.pieces)
    if digit is None:
        return grid
    pieces = _without_streaks(grid, paper.pieces, digit)
    runs = [_runs(row, pieces, digit) for row in grid.rows]
    labels = [_label_end(row, line, grid, digit) for row, line in zip(grid.rows, runs, strict=True)]
    beyond = [
        [
            run
            for run in line
            if run.right > end or (_column(run, grid.columns) == 0 and run.right > row.box.right + digit)
        ]
        for row, line, end in zip(grid.rows, runs, labels, strict=True)
    ]
    notes = _notes(grid, paper, beyond)
    tears: dict[int, list[float]] = {}
    rows = [
        _row(row, line, end, grid.columns, notes, digit, paper.width, tears)
        for row, line, end in zip(grid.rows, beyond, labels, strict=True)
    ]
    through = {column for column, places in tears.items() if _cut_through(places)}
    rows = [
        replace(row, slots=tuple(s and replace(s, torn=s.torn or s.column in through) for s in row.slots))
        for row in rows
    ]
    return replace(grid, rows=tuple(rows))


def _band(row: Row) -> tuple[float, float] | None:
    cells = [slot.cell for slot in row.slots if slot is not None]
    return (min(c.top for c in cells), max(c.bottom for c in cells)) if cells else None


def _digit(grid: Grid, pieces: np.ndarray) -> float | None:
    """The height of a digit: the usual height of what stands in the columns."""
    left, right = grid.columns[0].left, grid.columns[-1].right
    bands = [band for row in grid.rows if (band := _band(row))]
    if not bands or not len(pieces):
        return None
    top, bottom = min(b[0] for b in bands), max(b[1] for b in bands)
    x, y = (pieces[:, 0] + pieces[:, 2]) / 2, (pieces[:, 1] + pieces[:, 3]) / 2
    tall, wide = pieces[:, 3] - pieces[:, 1], pieces[:, 2] - pieces[:, 0]
    there = (x > left) & (x < right) & (y > top) & (y < bottom) & (tall > 3.5) & (tall < 20) & (wide < 1.6 * tall)
    return float(np.median(tall[there])) if there.any() else None


def _without_streaks(grid: Grid, pieces: np.ndarray, digit: float) -> np.ndarray:
    """Without the specks of a scanner's streak down the page: they stand between the lines of print too.
    What is as tall as a digit stays, it may be one."""
    tall, wide = pieces[:, 3] - pieces[:, 1], pieces[:, 2] - pieces[:, 0]
    x, y = (pieces[:, 0] + pieces[:, 2]) / 2, (pieces[:, 1] + pieces[:, 3]) / 2
    like = (tall > 0.8 * digit) & (tall < 1.25 * digit)
    lines = [float(np.median(y[mine])) for row in grid.rows if (band := _band(row))
             and (mine := like & (y >= band[0]) & (y < band[1]) & (x > grid.columns[0].left)).any()]  # fmt: skip
    odd = (tall < 0.8 * digit) & (wide < 0.8 * digit)
    between = odd & np.all([np.abs(y - line) > 0.9 * digit for line in lines], axis=0) if lines else odd
    near = (np.abs(x[:, None] - x[between]) < _STREAK) & (np.abs(y[:, None] - y[between]) < _ALONG)
    return np.asarray(pieces[~(odd & ((near * tall[between]).sum(axis=1) >= _FILLED * _ALONG))])


def _runs(row: Row, pieces: np.ndarray, digit: float) -> list[Run]:
    band = _band(row)
    if band is None:
        return []
    y, tall, wide = (pieces[:, 1] + pieces[:, 3]) / 2, pieces[:, 3] - pieces[:, 1], pieces[:, 2] - pieces[:, 0]
    mine = (y >= band[0]) & (y < band[1]) & (tall < _TALLEST * digit) & (wide < _WIDEST * digit)
    mine &= np.maximum(tall, wide) >= _SMALLEST
    runs: list[Run] = []
    for left, top, right, bottom in sorted(map(tuple, pieces[mine].tolist())):
        if runs and left - runs[-1].right < _TOGETHER * digit:
            last = runs[-1]
            runs[-1] = Run(last.left, max(last.right, right), max(last.tall, bottom - top))
        else:
            runs.append(Run(left, right, bottom - top))
    return runs


def _label_end(row: Row, runs: Sequence[Run], grid: Grid, digit: float) -> float:
    """Where a row's label ends: at its words, or its ink where OCR lost some of them; not within reach of a figure."""
    starts = [r.box.left for r in grid.rows if r.label]
    end = row.box.right if row.label else max(starts, default=0.0)
    for run, after in pairwise([*runs, Run(1e9, 1e9, 0)]):
        if run.left < end or (run.left - end < _LABEL * digit and after.left - run.right > _LABEL * digit):
            # A figure that the label's words run into is no label: only what begins within them.
            end = max(end, run.right) if run.right < grid.columns[0].right - digit else end
        elif run.left > end:
            break
    return end


def _notes(grid: Grid, paper: Paper, beyond: Sequence[Sequence[Run]]) -> tuple[float, float] | None:
    """Left and right of the column of notes (주석): its numbers were read as such, and no figure reaches into it."""
    first = grid.columns[0]
    bands = [band for row in grid.rows if (band := _band(row))]
    top, bottom = min(b[0] for b in bands) - 60, max(b[1] for b in bands)
    starts = max((row.box.left for row in grid.rows if row.label), default=0.0)
    near = [
        i for i in paper.inks if top < i.box.centre[1] < bottom and starts < i.box.left and i.box.right < first.right
    ]
    heads = [i.box for i in near if _NOTES.match(compact(i.text))]
    numbers = [i.box for i in near if _NOTE.match(compact(i.text)) and i.box.centre[1] > top + 60]
    if heads:
        numbers = [b for b in numbers if abs(b.centre[0] - heads[0].centre[0]) < 30]
    elif len(numbers) < _FEWEST_NOTES:
        return None
    found = [*heads, *numbers]
    if not numbers:
        return None
    middle = sorted(b.centre[0] for b in found)[len(found) // 2]
    found = [b for b in found if abs(b.centre[0] - middle) < 30]
    left, right = min(b.left for b in found) - 3, max(b.right for b in found) + 3
    figures = [r for line in beyond for r in line if not (left <= r.left and r.right <= right) and r.right > right]
    return (left, right) if all(r.left > right for r in figures) else None


def _column(run: Run, columns: Sequence[Column]) -> int | None:
    """The column that a run stands in, by its right edge."""
    edge = run.right - min(2.0, (run.right - run.left) / 2)
    for number, column in enumerate(columns):
        if column.left <= edge <= column.right:
            return number
    shared = [min(run.right, c.right) - max(run.left, c.left) for c in columns]
    best = max(range(len(columns)), key=lambda n: shared[n])
    return best if shared[best] > 0 else None


def _row(
    row: Row,
    runs: Sequence[Run],
    label_end: float,
    columns: Sequence[Column],
    notes: tuple[float, float] | None,
    digit: float,
    width: float,
    tears: dict[int, list[float]],
) -> Row:
    """The row with its cells. `tears`: column → right ends of print close to its torn figures; added to."""
    runs = [r for r in runs if not (notes and notes[0] <= r.left and r.right <= notes[1])]
    owners = [_column(run, columns) for run in runs]
    figures: dict[int, Run] = {}
    torn: set[int] = set()
    for run, owner in zip(runs, owners, strict=True):
        if owner is not None:
            speaks, before = run.tall >= _SPEAKS * digit, figures.get(owner)
            if before and speaks and before.tall >= _SPEAKS * digit:
                torn.add(owner)  # two figures in one column's room
            if before is None or speaks or before.tall < _SPEAKS * digit:
                figures[owner] = run
            if run.left < _AT_EDGE or run.right > width - _AT_EDGE or run.left < label_end:
                torn.add(owner)
        elif run.tall >= _SPEAKS * digit:
            after = [n for n, c in enumerate(columns) if c.left > run.left]
            if after:
                torn.add(after[0])
            elif run.left - columns[-1].right < _FAR * digit:
                torn.add(len(columns) - 1)
    for column in torn & figures.keys():
        places = [r.right for r in runs if 0 < figures[column].left - r.right < _FAR * digit]
        tears.setdefault(column, []).extend(places[-1:])
    slots = tuple(_slot(slot, figures.get(n), n in torn, label_end, figures) for n, slot in enumerate(row.slots))
    return replace(row, slots=slots)


def _cut_through(places: Sequence[float]) -> bool:
    """Several figures of a column are torn at one place: so may be those that show nothing of it."""
    ordered = sorted(places)
    return any(b - a < _ONE_PLACE for a, b in zip(ordered, ordered[_FEWEST_TEARS - 1 :], strict=False))


def _slot(slot: Slot | None, own: Run | None, torn: bool, label_end: float, figures: dict[int, Run]) -> Slot | None:
    if slot is None:
        return None
    cell, n = slot.cell, slot.column
    before = max([label_end, *(run.right for other, run in figures.items() if other < n)])
    after = min((run.left for other, run in figures.items() if other > n), default=1e9)
    if own is None:  # nothing stands here: what its neighbours hold is not its own
        left, right = max(cell.left, before + 1), min(cell.right, after - 1)
    else:
        left = own.left - min(_MARGIN, max(0.0, (own.left - before) / 2))
        right = own.right + min(_MARGIN, max(0.0, (after - own.right) / 2))
    box = Box(left=left, top=cell.top, right=max(left + 0.1, right), bottom=cell.bottom)
    return replace(slot, cell=box, torn=torn)
