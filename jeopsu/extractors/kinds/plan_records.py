"""Lists whose every entry takes two or three rows, as IITP's list of participants: unfolded to one row each.

There the head is as high as an entry and each of its cells says what stands in the same place of every entry (국적 over
성명, 소속기관 over 직위).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from jeopsu.extractors.kinds.plan_grid import Grid, Spot

_HEIGHTS = (2, 3)
_STACKED = 3  # columns with a label in each row of the head; a head of groups has none or one


def unfolded(grid: Grid, is_label: Callable[[Spot], bool]) -> Grid | None:
    """The list with one row for its head and one for each entry; None where entries take one row only."""
    for top in range(min(grid.rows, 3)):
        for height in _HEIGHTS:
            if _stacked(grid, top, height, is_label):
                return _unfolded(grid, top, height)
    return None


def _stacked(grid: Grid, top: int, height: int, is_label: Callable[[Spot], bool]) -> bool:
    if top + 2 * height > grid.rows or (grid.rows - top) % height:
        return False
    found = 0
    for column in range(grid.columns):
        head = [grid.at(top + n, column) for n in range(height)]
        body = [grid.at(top + height + n, column) for n in range(height)]
        if any(spot is None or spot.column != column or spot.column_span > 1 for spot in (*head, *body)):
            continue
        if len(set(head)) == height == len(set(body)) and all(spot is not None and is_label(spot) for spot in head):
            found += 1
    return found >= _STACKED and _even(grid, top, height)


def _even(grid: Grid, top: int, height: int) -> bool:
    """Whether no cell reaches from one entry into the next."""
    return all((s.row - top) % height + s.row_span <= height for s in grid.spots if s.row >= top)


def _unfolded(grid: Grid, top: int, height: int) -> Grid:
    spots = [
        replace(
            spot,
            row=(spot.row - top) // height,
            column=(spot.row - top) % height * grid.columns + spot.column,
            row_span=1,
        )
        for spot in grid.spots
        if spot.row >= top
    ]
    spots.sort(key=lambda s: (s.row, s.column))
    rows = (grid.rows - top) // height
    return Grid(rows, grid.columns * height, spots, grid.above, grid.caption, grid.order)
