"""Years and stages of a budget: figures that count them (1, 2, 2023), and amounts of years added up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from jeopsu.extractors.kinds.plan_grid import Grid, Spot
from jeopsu.extractors.kinds.plan_words import tokens

YEARS_ADDED = "연차별 금액을 더한 값"
_COUNTER = re.compile(r"\d{1,2}|[Nn]|20\d\d")
_YEAR = re.compile(r"20\d\d")


def period_cells(grid: Grid) -> frozenset[Spot]:
    """Cells that look like figures and count years or stages.

    Those in line with a head that says so (단계, 연차, 연도), and two or more years that follow one another.
    """
    found: set[Spot] = set()
    for head in grid.spots:
        if not head.blank and set(tokens(head.text, "budget") or ()) == {"period_head"}:
            for line in (_below, _beside):
                found |= set(_counting(line(grid, head)))
    for lines in ((grid.row(n) for n in range(grid.rows)), (_column(grid, n) for n in range(grid.columns))):
        for spots in lines:
            years = [spot for spot in spots if _YEAR.fullmatch(spot.tight)]
            others = [spot for spot in spots if spot.is_figure and spot not in years]
            follow = all(int(b.tight) - int(a.tight) == 1 for a, b in pairwise(years))
            if len(years) >= 2 and follow and not others:
                found |= set(years)
    return frozenset(found)


def _below(grid: Grid, head: Spot) -> Iterator[Spot]:
    for row in range(head.row + head.row_span, grid.rows):
        if (spot := grid.at(row, head.column)) is not None:
            yield spot


def _beside(grid: Grid, head: Spot) -> Iterator[Spot]:
    for column in range(head.column + head.column_span, grid.columns):
        if (spot := grid.at(head.row, column)) is not None:
            yield spot


def _column(grid: Grid, column: int) -> list[Spot]:
    return list(dict.fromkeys(s for row in range(grid.rows) if (s := grid.at(row, column)) is not None))


def _counting(line: Iterable[Spot]) -> list[Spot]:
    """The counters of a line; none where an amount stands among them."""
    cells = [spot for spot in line if not spot.blank]
    counters = [spot for spot in cells if _COUNTER.fullmatch(spot.tight)]
    amounts = [spot for spot in cells if spot.is_figure and spot not in counters]
    return [] if amounts else counters
