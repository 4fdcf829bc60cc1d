"""Grids from rules, rows from ink, columns from figures."""

from __future__ import annotations

import cv2
import numpy as np

from jeopsu.domain.documents import Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.readers.columns import figure_columns, is_amount, is_figure, lines_of
from jeopsu.extractors.readers.grid import find_grids
from jeopsu.extractors.readers.ink_lines import Ink, row_cuts
from jeopsu.extractors.readers.tables import build_tables

DPI = 150
S = DPI / 72


def sheet() -> np.ndarray:
    return np.full((1754, 1240), 250, np.uint8)


def rule(page, x0, y0, x1, y1, thick=2):
    cv2.line(page, (int(x0 * S), int(y0 * S)), (int(x1 * S), int(y1 * S)), 30, thick)


def word(text, left, top, width=50.0, height=10.0):
    return Word(text=text, box=Box(left=left, top=top, right=left + width, bottom=top + height))


def grid_page(rows=(100, 120, 140, 160), columns=(50, 200, 300, 400)) -> np.ndarray:
    page = sheet()
    for y in rows:
        rule(page, columns[0], y, columns[-1], y)
    for x in columns:
        rule(page, x, rows[0], x, rows[-1])
    return page


def test_a_plain_grid():
    (grid,), _ = find_grids(grid_page(), DPI)
    assert (len(grid.ys), len(grid.xs), len(grid.cells)) == (4, 4, 9)
    assert abs(grid.box.left - 50) < 1.5 and abs(grid.box.bottom - 160) < 1.5


def test_a_missing_rule_merges_two_cells():
    page = grid_page()
    page[int(101.5 * S) : int(118.5 * S), int(195 * S) : int(205 * S)] = 250
    (grid,), _ = find_grids(page, DPI)
    assert (0, 0, 1, 2) in [(c.row, c.column, c.row_span, c.column_span) for c in grid.cells]
    assert len(grid.cells) == 8


def test_open_sides_are_closed():
    page = sheet()
    for y in (100, 120, 140):
        rule(page, 50, y, 400, y)
    rule(page, 200, 100, 200, 140)
    (grid,), _ = find_grids(page, DPI)
    assert len(grid.xs) == 3 and len(grid.cells) == 4


def test_letters_make_no_columns():
    page = grid_page()
    for x in range(60, 190, 14):
        cv2.putText(page, "H", (int(x * S), int(117 * S)), cv2.FONT_HERSHEY_SIMPLEX, 0.8, 20, 2)
    (grid,), _ = find_grids(page, DPI)
    assert len(grid.xs) == 4


def test_rows_that_only_figures_part():
    page = grid_page(rows=(100, 120, 220))
    words = [word("label", 60, 104), word("2022", 220, 104), word("2021", 320, 104)]
    for row in range(4):
        y = 125 + 22 * row
        words += [word(f"item{row}", 60, y), word("1,234", 220, y), word("5,678", 320, y)]
    grids, rules = find_grids(page, DPI)
    (table,) = build_tables(grids, rules, words)
    assert (table.rows, table.columns) == (5, 3)
    assert [table.at(r, 0).text for r in range(1, 5)] == [f"item{r}" for r in range(4)]
    held = [id(w) for c in table.cells for w in c.words]
    assert len(held) == len(set(held)) == len(words)


def test_a_wrapped_figure_does_not_cut_its_row():
    page = grid_page(rows=(100, 120, 160))
    words = [word("label", 60, 130), word("(20,480,72", 220, 124), word("1)", 220, 138), word("5,678", 320, 130)]
    grids, rules = find_grids(page, DPI)
    (table,) = build_tables(grids, rules, words)
    assert table.rows == 2
    assert table.at(1, 1).text == "(20,480,72\n1)"


def test_rows_by_ink_where_words_are_lost():
    page = sheet()
    for row in range(5):
        for x in (60, 220, 320):
            cv2.putText(page, "123456", (int(x * S), int((135 + 20 * row) * S)), cv2.FONT_HERSHEY_SIMPLEX, 0.6, 20, 2)
    boxes = [Box(left=a, top=120, right=b, bottom=225) for a, b in ((50, 200), (200, 300), (300, 400))]
    cuts = row_cuts(boxes, Ink.of(page, DPI))
    assert len(cuts) == 4
    for row, cut in enumerate(cuts):
        assert 135 + 20 * row < cut < 155 + 20 * row - 5


def test_columns_without_rules():
    words = []
    for row in range(5):
        y = 100 + 20 * row
        words.append(word(f"item{row}", 60, y))
        for right, amount in ((300, f"{row + 1},234,567"), (420, f"({row + 1}34,567)")):
            width = 6.0 * len(amount)
            words.append(word(amount, right - width, y, width))
    (table,) = build_tables((), (), words)
    assert (table.rows, table.columns) == (5, 3)
    assert table.at(2, 2).text == "(334,567)"
    columns = figure_columns(lines_of(words), 60, 420)
    assert columns is not None and len(columns.borders) == 4


def test_prose_is_no_table():
    words = [word(t, 60 + 60 * n, 100 + 20 * row) for row in range(6) for n, t in enumerate(["on", "2022", "we", "12"])]
    assert build_tables((), (), words) == ()


def test_figures_and_amounts():
    assert all(is_figure(t) for t in ("1,234", "(1,234)", "△12", "-", "▲1,000", "12.3%", "[1,234]"))
    assert not any(is_figure(t) for t in ("제12기", "2022년", "자산", "A-1"))
    assert is_amount("1,234") and not is_amount("2022") and not is_amount("-")
