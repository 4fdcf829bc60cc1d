"""Unruled tables on scans: cells are drawn around whole figures; ink that belongs to nothing makes a figure torn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jeopsu.domain.geometry import Box
from jeopsu.extractors.statements.cells_by_ink import with_cells_by_ink
from jeopsu.extractors.statements.model import Column, Grid, Row, Slot

DIGIT, STEP = 6.0, 5.0  # points: a digit's height, and from one digit to the next
LABEL = Box(left=60, top=0, right=120, bottom=8)


@dataclass
class Word:
    text: str
    box: Box


@dataclass
class Page:
    """A scan that shows its ink only."""

    pieces: np.ndarray
    inks: tuple[Word, ...] = ()
    scanned: bool = True
    width: float = 595.0


def print_of(text: str, right: float, top: float) -> list[tuple[float, float, float, float]]:
    """The pieces of a figure that ends at `right`: a blank is a lost digit."""
    pieces, x = [], right
    for letter in reversed(text):
        wide = STEP / 2 if letter in ",." else STEP
        x -= wide
        if letter != " ":
            upper = top + DIGIT - 2 if letter in ",." else top
            pieces.append((x + 0.4, upper, x + wide - 0.4, top + DIGIT))
    return pieces


def page_of(rows: list[list[tuple[str, float]]], inks: tuple[Word, ...] = ()) -> Page:
    """Rows of (text, right edge) at a height of 14 points each, with a label of ink in front."""
    pieces: list[tuple[float, float, float, float]] = []
    for number, row in enumerate(rows):
        top = 100 + 14.0 * number
        pieces += [(60 + 10.0 * n, top, 68 + 10.0 * n, top + 8) for n in range(6)]
        for text, right in row:
            pieces += print_of(text, right, top)
    return Page(np.array(pieces), inks)


def grid_of(count: int, columns: list[tuple[float, float]], ruled: bool = False) -> Grid:
    rows = []
    for number in range(count):
        top = 98 + 14.0 * number
        slots = tuple(
            Slot(1, n, Box(left=a, top=top, right=b, bottom=top + 13), (), "") for n, (a, b) in enumerate(columns)
        )
        rows.append(Row(1, f"줄 {number}", LABEL.model_copy(update={"top": top, "bottom": top + 8}), slots))
    return Grid(1, 98, tuple(Column(a, b) for a, b in columns), tuple(rows), ruled=ruled)


def left_of(text: str, right: float) -> float:
    return min(piece[0] for piece in print_of(text, right, 0))


@given(
    st.lists(st.tuples(st.integers(0, 10**11), st.integers(0, 10**11)), min_size=1, max_size=8),
    st.floats(-30, 30),
    st.floats(-30, 30),
)
def test_a_guessed_column_never_cuts_a_figure(amounts, first_off, second_off):
    printed = [(f"{a:,}", f"{b:,}") for a, b in amounts]
    page = page_of([[(a, 330.0), (b, 480.0)] for a, b in printed])
    # Columns guessed far too narrow or too wide on their left.
    grid = with_cells_by_ink(grid_of(len(printed), [(290 + first_off, 333), (440 + second_off, 483)]), page)
    for row, texts in zip(grid.rows, printed, strict=True):
        for slot, text, right in zip(row.slots, texts, (330.0, 480.0), strict=True):
            assert slot is not None and not slot.torn
            assert slot.cell.left < left_of(text, right) and slot.cell.right > right - 0.4
            assert slot.cell.right < right + 5  # and holds nothing of the next column


def test_a_border_through_the_figures_moves_to_their_side():
    page = page_of([[("4,488,812,443", 377.0), ("4,346,545,515", 538.0)], [("80,506,815", 377.0), ("1,229", 538.0)]])
    grid = with_cells_by_ink(grid_of(2, [(334, 444), (444, 542)]), page)
    first = grid.rows[0].slots[0]
    assert first is not None and first.cell.left < left_of("4,488,812,443", 377.0)


@pytest.mark.parametrize(
    ("row", "torn"),
    [
        ([("9,765,976,864", 330.0), ("5", 480.0)], (False, False)),
        ([("9,7 5,976,864", 330.0), ("5", 480.0)], (False, False)),  # one digit lost: in one crop, never well-formed
        ([("9,765    ,864", 330.0), ("5", 480.0)], (True, False)),  # a streak of white through the column
        ([("9,7", 280.0), ("65,976,864", 330.0 + 20), ("5", 480.0)], (True, False)),
        ([("5,976,864", 330.0), ("9,7", 420.0), ("65,976", 480.0)], (False, True)),
        ([("5,976,864", 330.0), ("5,976,864", 480.0), ("12", 505.0)], (False, True)),  # beyond the last column
    ],
)
def test_print_beside_a_figure_that_belongs_to_nothing(row, torn):
    grid = with_cells_by_ink(grid_of(1, [(280, 352), (440, 483)]), page_of([row]))
    assert tuple(slot.torn for slot in grid.rows[0].slots if slot) == torn


def test_numbers_of_notes_tear_no_figure():
    rows = [[(str(n + 3), 200.0), ("1,234,567", 330.0)] for n in range(4)]
    read = tuple(
        Word(str(n + 3), Box(left=195, top=100 + 14.0 * n, right=200, bottom=106 + 14.0 * n)) for n in range(4)
    )
    assert not any(
        s.torn for r in with_cells_by_ink(grid_of(4, [(280, 333)]), page_of(rows, read)).rows for s in r.slots if s
    )
    # Nobody has read them as such: they may be anything.
    assert all(s.torn for r in with_cells_by_ink(grid_of(4, [(280, 333)]), page_of(rows)).rows for s in r.slots if s)


def test_an_empty_cell_holds_nothing_of_its_neighbour():
    grid = with_cells_by_ink(grid_of(1, [(280, 420), (420, 483)]), page_of([[("9,765,976,864", 480.0)]]))
    empty, full = grid.rows[0].slots
    assert empty is not None and full is not None
    assert empty.cell.right < left_of("9,765,976,864", 480.0) and full.cell.left < left_of("9,765,976,864", 480.0)


def test_a_figure_at_the_side_of_the_scan_may_go_on_beyond_it():
    grid = with_cells_by_ink(grid_of(1, [(540, 595)]), page_of([[("1,234", 594.0)]]))
    assert grid.rows[0].slots[0] is not None and grid.rows[0].slots[0].torn


def test_ruled_cells_stay():
    grid = grid_of(1, [(280, 333)], ruled=True)
    assert with_cells_by_ink(grid, page_of([[("1,234", 330.0)]])) is grid


def test_a_column_torn_at_one_place_is_torn_in_every_row():
    """A strip of paper hides a part of a column; the figures that end beyond it show nothing of it."""
    rows = [[("9,765", 296.0), (",864", 330.0)] for _ in range(3)] + [[("263,986", 330.0)], [("12", 330.0)]]
    grid = with_cells_by_ink(grid_of(5, [(240, 333)]), page_of(rows))
    assert all(slot.torn for row in grid.rows for slot in row.slots if slot)
