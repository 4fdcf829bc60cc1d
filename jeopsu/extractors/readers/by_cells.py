"""A scanned page that is mostly a ruled table, read cell by cell: its rules are found first, then each cell's lines of
print are read alone, and whole-page OCR sees only what stands outside.

Whole-page OCR takes rules for strokes, loses columns and runs labels and figures together; a cell's line is read well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2

from jeopsu.domain.documents import Table, Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.readers.grid import GRID_DPI, Grid, find_grids, find_rules
from jeopsu.extractors.readers.ink_lines import Ink
from jeopsu.extractors.readers.scan import ScannedPage
from jeopsu.extractors.readers.tables import build_tables, cells_of

_ROWS, _CELLS = 7, 16  # fewer make a form's box, not a statement


@dataclass(frozen=True)
class ByCells:
    """Words and tables in upright points."""

    words: tuple[Word, ...]
    tables: tuple[Table, ...]


def read_by_cells(page: ScannedPage) -> ByCells | None:
    """None where the page has no ruled table of many rows."""
    if page.blank:
        return None
    pixels, dpi = page.upright_pixels(GRID_DPI)
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    lines = find_rules(grey, dpi)
    grids, rules = find_grids(grey, dpi, lines)
    ruled = [g for g in grids if not g.open_columns]
    if not any(len(g.xs) > 2 for g in ruled):
        return None
    ink = Ink.of(grey, dpi)
    cells = [cells_of(grid, ink) for grid in ruled]
    if not any(_is_statement(boxes) for boxes in cells):
        return None
    # A form's head is ruled as it is meant: its cells of several lines are no rows.
    cells = [c if _is_statement(c) else [x.box for x in g.cells] for c, g in zip(cells, ruled, strict=True)]
    boxes = [box for some in cells for box in some if not _holds_grid(box, ruled)]
    inside = [word for words in page.words_in(boxes) for word in words]
    outside = page.words_outside([grid.box for grid in ruled], lines)
    words = (*outside, *inside)
    return ByCells(words, build_tables(grids, rules, words, ink))


def _is_statement(boxes: Sequence[Box]) -> bool:
    return len(boxes) >= _CELLS and len({round(box.top) for box in boxes}) >= _ROWS


def _holds_grid(box: Box, grids: Sequence[Grid]) -> bool:
    """Another table stands within this cell: its own cells are read."""
    return any(box.contains(*g.box.centre) and g.box.width < box.width and g.box.height < box.height for g in grids)
