"""Ruled tables from the pixels of an upright page: rules by morphology, spans by which rules are there.

One mechanism for scans and for digital pages (rendered), whatever draws the rules: lines, thin rectangles, pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from jeopsu.domain.geometry import Box

GRID_DPI = 150.0
_SHORTEST_ACROSS = 30.0  # points; underlines and the strokes of large Hangul are shorter
_SHORTEST_DOWN = 9.0
_SAME_RULE = 5.0  # points between two rules that are one (double rules, a slant left over); no row or column is so thin
_OUTERMOST = 0.4  # of the longest rule across: the least reach of a table's first and last one
_PRESENT = 0.55  # share of a cell's side that must be inked for a rule to be there
_MOST_CELLS = 4_000


@dataclass(frozen=True)
class GridCell:
    """A cell by its place in the grid. Box in upright points."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True)
class Grid:
    """A table's rules. `xs`, `ys` in upright points, ascending; `open_columns`: there are no rules between columns."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    open_columns: bool

    @property
    def box(self) -> Box:
        return Box(left=self.xs[0], top=self.ys[0], right=self.xs[-1], bottom=self.ys[-1])


@dataclass(frozen=True)
class Rules:
    """Masks of the straight lines of a page (uint8, 0 or 1) and their pixels a point."""

    across: np.ndarray
    down: np.ndarray
    scale: float


def find_rules(grey: np.ndarray, dpi: float) -> Rules:
    """The long straight lines of an upright grey picture."""
    scale = dpi / 72.0
    block = max(15, int(10 * scale)) | 1
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 14)
    # A pixel of tolerance across the line's direction keeps slightly bent lines whole; one along it bridges dropouts.
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(3, int(2 * scale))), np.uint8))
    thick = cv2.dilate(bridged, np.ones((3, 1), np.uint8))
    across = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, int(_SHORTEST_ACROSS * scale)), np.uint8))
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((max(3, int(2 * scale)), 1), np.uint8))
    thick = cv2.dilate(bridged, np.ones((1, 3), np.uint8))
    down = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((int(_SHORTEST_DOWN * scale), 1), np.uint8))
    return Rules(_thin_only(across, scale, 0), _thin_only(down, scale, 1), scale)


def _thin_only(mask: np.ndarray, scale: float, axis: int) -> np.ndarray:
    """Drops what is too thick for a rule: filled bars, letters, photographs."""
    limit = max(6, int(4.5 * scale))
    shape = (limit, 1) if axis == 0 else (1, limit)
    fat = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
    if not fat.any():
        return mask
    grown = cv2.dilate(fat, np.ones((5, 5), np.uint8))
    return np.asarray(mask & (1 - grown))


Place = tuple[int, int, int, int]  # row, column, row span, column span
Rule = tuple[float, float, float]  # left, right, height of a rule across that no other rule joins, in points


def find_grids(grey: np.ndarray, dpi: float, rules: Rules | None = None) -> tuple[tuple[Grid, ...], tuple[Rule, ...]]:
    """Ruled tables of an upright grey picture and its lone rules across, from top to bottom. `rules`: if known."""
    rules = rules or find_rules(grey, dpi)
    joined = cv2.dilate(rules.across | rules.down, np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    grids: list[Grid] = []
    loose: list[Rule] = []
    for number in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[number])
        window = (slice(y, y + height), slice(x, x + width))
        mine = labels[window] == number
        across = np.where(mine, rules.across[window], 0).astype(np.uint8)
        down = _anchored(np.where(mine, rules.down[window], 0).astype(np.uint8), across, rules.scale)
        if height < 6 * rules.scale and width > _SHORTEST_ACROSS * rules.scale:
            loose.append((x / rules.scale, (x + width) / rules.scale, (y + height / 2) / rules.scale))
            continue
        grid = _grid(across, down, x, y, rules.scale)
        if grid is not None:
            grids.append(grid)
    ordered = tuple(sorted(grids, key=lambda g: (g.ys[0], g.xs[0])))
    return ordered, tuple(sorted(loose, key=lambda rule: rule[2]))


def _positions(mask: np.ndarray, axis: int, scale: float) -> list[tuple[float, int]]:
    """Where the rules run: (place, longest reach) of each, in pixels. Axis 1: rules across, axis 0: rules down."""
    weight = mask.sum(axis=axis).astype(float)
    shortest = (_SHORTEST_ACROSS if axis == 1 else _SHORTEST_DOWN) * scale * 0.8
    places: list[list[int]] = []
    for place in np.flatnonzero(weight >= shortest):
        if places and place - places[-1][-1] <= _SAME_RULE * scale:
            places[-1].append(int(place))
        else:
            places.append([int(place)])
    return [(float(np.average(group, weights=weight[group])), int(weight[group].max())) for group in places]


def _anchored(down: np.ndarray, across: np.ndarray, scale: float) -> np.ndarray:
    """Rules down that begin and end at a rule across, or are long: what is left out are strokes of letters."""
    reach = max(2, int(1.5 * scale))
    near = cv2.dilate(across, np.ones((2 * reach + 1, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(down, connectivity=8)
    keep = np.zeros(count, np.uint8)
    for number in range(1, count):
        x, y, width, height, _ = (int(v) for v in stats[number])
        columns = slice(x, x + width)
        ends = near[y, columns].any() and near[y + height - 1, columns].any()
        keep[number] = height > 45 * scale or (ends and height > 7 * scale)
    return np.asarray(keep[labels])


def _grid(across: np.ndarray, down: np.ndarray, x: int, y: int, scale: float) -> Grid | None:
    height, width = across.shape
    if width < 40 * scale or height < 10 * scale:
        return None
    rows = _outer_ruled(_positions(across, 1, scale))
    columns = [place for place, _ in _positions(down, 0, scale)]
    if len(rows) < 2:
        return None
    # Tables without rules at their sides: the ends of the rules across are the sides.
    # What lies beyond them is none of the table (punch holes that touch it).
    reach = 5 * scale
    full = across.sum(axis=0)
    ruled = np.flatnonzero(full >= max(2.0, 0.3 * np.percentile(full, 80)))
    if not len(ruled):
        return None
    left, right = float(ruled[0]), float(ruled[-1])
    columns = [place for place in columns if left - reach <= place <= right + reach]
    if not columns or columns[0] > left + reach:
        columns.insert(0, left)
    if columns[-1] < right - reach:
        columns.append(right)
    if len(columns) < 2 or (len(rows) - 1) * (len(columns) - 1) > _MOST_CELLS:
        return None
    cells = _cells(across, down, rows, columns, scale)
    if len(cells) < 2:
        return None
    rows, columns, cells = _used(rows, columns, cells)
    xs = tuple((x + c) / scale for c in columns)
    ys = tuple((y + r) / scale for r in rows)
    return Grid(
        xs,
        ys,
        tuple(
            GridCell(r, c, rs, cs, Box(left=xs[c], top=ys[r], right=xs[c + cs], bottom=ys[r + rs]))
            for r, c, rs, cs in cells
        ),
        open_columns=len(columns) == 2,
    )


def _outer_ruled(places: Sequence[tuple[float, int]]) -> list[float]:
    """Heights of the rules, the outermost of which run over much of the table: what is shorter beyond them are the
    strokes of a line of print that stands close to it."""
    longest = max((reach for _, reach in places), default=0)
    inside = [n for n, (_, reach) in enumerate(places) if reach >= _OUTERMOST * longest]
    return [place for place, _ in places[inside[0] : inside[-1] + 1]] if inside else []


def _used(rows: list[float], columns: list[float], cells: list[Place]) -> tuple[list[float], list[float], list[Place]]:
    """Only the rules at which some cell begins or ends; the others were strokes or scratches."""
    down = sorted({r for r, _, _, _ in cells} | {r + span for r, _, span, _ in cells})
    across = sorted({c for _, c, _, _ in cells} | {c + span for _, c, _, span in cells})
    row, column = ({old: new for new, old in enumerate(kept)} for kept in (down, across))
    renumbered = [(row[r], column[c], row[r + rs] - row[r], column[c + cs] - column[c]) for r, c, rs, cs in cells]
    return [rows[n] for n in down], [columns[n] for n in across], renumbered


def _cells(
    across: np.ndarray, down: np.ndarray, rows: Sequence[float], columns: Sequence[float], scale: float
) -> list[Place]:
    """Spans by union: two neighbours are one cell where no rule parts them; a union is completed to a rectangle."""
    slack = max(2, int(2.6 * scale))
    height, width = len(rows) - 1, len(columns) - 1
    owner = np.arange(height * width).reshape(height, width)

    def ruled_across(line: int, column: int) -> bool:
        band = across[
            max(0, int(rows[line]) - slack) : int(rows[line]) + slack + 1,
            int(columns[column]) + slack : max(int(columns[column]) + slack + 1, int(columns[column + 1]) - slack),
        ]
        return band.size > 0 and band.any(axis=0).mean() >= _PRESENT

    def ruled_down(line: int, row: int) -> bool:
        band = down[
            int(rows[row]) + slack : max(int(rows[row]) + slack + 1, int(rows[row + 1]) - slack),
            max(0, int(columns[line]) - slack) : int(columns[line]) + slack + 1,
        ]
        return band.size > 0 and band.any(axis=1).mean() >= _PRESENT

    for row in range(height):
        for column in range(width):
            if column and not ruled_down(column, row):
                owner[owner == owner[row, column]] = owner[row, column - 1]
            if row and not ruled_across(row, column):
                owner[owner == owner[row, column]] = owner[row - 1, column]
    changed = True
    while changed:
        changed = False
        for label in np.unique(owner):
            r, c = np.nonzero(owner == label)
            if not r.size:  # swallowed by another cell in this round
                continue
            block = owner[r.min() : r.max() + 1, c.min() : c.max() + 1]
            if (block != label).any():
                for other in np.unique(block):
                    owner[owner == other] = label
                changed = True
    found = []
    for label in np.unique(owner):
        r, c = np.nonzero(owner == label)
        found.append((int(r.min()), int(c.min()), int(np.ptp(r)) + 1, int(np.ptp(c)) + 1))
    return sorted(found)
