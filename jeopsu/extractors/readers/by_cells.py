"""A scanned page that is mostly a ruled table, read cell by cell: its rules are found first, then each cell's lines of
print are read alone, and whole-page OCR sees only what stands outside.

Whole-page OCR takes rules for strokes, loses columns and runs labels and figures together; a cell's line is read well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jeopsu.domain.documents import Table, Word
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.ocr.figures import Crop
from jeopsu.extractors.pages import UNREAD
from jeopsu.extractors.readers.columns import is_amount, is_figure, lines_of
from jeopsu.extractors.readers.grid import GRID_DPI, Grid, GridCell, Rule, find_grids, find_rules
from jeopsu.extractors.readers.ink_lines import Ink
from jeopsu.extractors.readers.scan import ScannedPage
from jeopsu.extractors.readers.tables import build_tables, cells_of

_ROWS, _CELLS = 7, 16  # fewer make a form's box, not a statement
_HEAD = 3  # rows that may name the columns
_PEEK = 10  # rows whose labels tell what a table is
_SURE = 0.9  # mean confidence of a line's letters
_SAMPLES = 3  # cells that tell what a column holds
_SPELT = re.compile("[가-힣A-Za-z]{2}")


@dataclass(frozen=True)
class ByCells:
    """Words and tables in upright points."""

    words: tuple[Word, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Ruled:
    """A page whose rules make a table of many rows, before its cells are read: `words` stand outside its tables."""

    grids: tuple[Grid, ...]
    rules: tuple[Rule, ...]
    cells: tuple[tuple[GridCell, ...], ...]  # of each ruled grid
    ink: Ink
    words: tuple[Word, ...]

    @property
    def ruled(self) -> list[Grid]:
        return _whole(self.grids)

    def over(self, last: bool = False) -> tuple[Word, ...]:
        """The words above the first table (title, periods, unit), or above the last one."""
        tops = [grid.box.top for grid in self.ruled]
        return tuple(word for word in self.words if word.box.centre[1] < (max(tops) if last else min(tops)))


def find_ruled(page: ScannedPage) -> Ruled | None:
    """None where the page has no ruled table of many rows."""
    if page.blank:
        return None
    grey, dpi = page.upright_grey(GRID_DPI)
    lines = find_rules(grey, dpi)
    grids, rules = find_grids(grey, dpi, lines)
    ruled = _whole(grids)
    if not any(len(g.xs) > 2 for g in ruled):
        return None
    ink = Ink.of(grey, dpi)
    cells = [cells_of(grid, ink) for grid in ruled]
    if not any(_is_statement(boxes) for boxes in cells):
        return None
    # A form's head is ruled as it is meant: its cells of several lines are no rows.
    cells = [c if _is_statement(c) else list(g.cells) for c, g in zip(cells, ruled, strict=True)]
    areas = [grid.box for grid in ruled]
    foot = max(box.bottom for box in areas)
    page_end = Box(left=0, top=foot, right=page.frame.upright_width, bottom=page.frame.upright_height)
    # Under the last table may stand the title of the next page's one.
    below = bool(ink.lines(page_end))
    outside = page.words_outside(areas, lines, page_end.bottom if below else foot)
    return Ruled(grids, rules, tuple(tuple(c) for c in cells), ink, tuple(_read_again(page, outside)))


def peek(page: ScannedPage, found: Ruled) -> tuple[Word, ...]:
    """The words of the tables' first rows and of the first lines below: read early, not twice."""
    first = [c for some in found.cells for c in some if c.row < _HEAD or (c.column == 0 and c.row < _PEEK)]
    return tuple(page.words_in([cell.box for cell in first]))


def read_by_cells(page: ScannedPage, found: Ruled) -> ByCells:
    """The words of all the cells of a page's tables, with those outside."""
    ruled = found.ruled
    inside: list[Word] = []
    for some in found.cells:
        own = [c for c in some if not _holds_grid(c.box, ruled)]
        inside += _words_in(page, own) if _is_statement(own) else page.words_in([c.box for c in own])
    words = (*found.words, *inside)
    return ByCells(words, build_tables(found.grids, found.rules, words, found.ink))


def _whole(grids: Sequence[Grid]) -> list[Grid]:
    return [grid for grid in grids if not grid.open_columns]


def _read_again(page: ScannedPage, words: Sequence[Word]) -> list[Word]:
    """Lines outside the tables (title, periods, unit) that whole-page OCR was not sure of, read alone; the surer
    reading is kept."""
    found: list[Word] = []
    for line in lines_of(words):
        if _mean(line) < _SURE:
            box = around([word.box for word in line])
            alone = page.words_in([Box(left=box.left, top=box.top - 1, right=box.right, bottom=box.bottom + 1)])
            line = alone if _mean(alone) > _mean(line) else line
        found += line
    return found


def _mean(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _words_in(page: ScannedPage, cells: Sequence[GridCell]) -> list[Word]:
    """The words of a statement's cells. Of a column in which a few samples are amounts, only the head is read: its
    figures are read later, those that are asked for."""
    found, asked = [], []
    crops = page.crops([cell.box for cell in cells])
    figures = _figure_columns(page, cells, crops)
    for cell, crop in zip(cells, crops, strict=True):
        if (cell.column, cell.column_span) in figures and cell.row >= _HEAD and len(crop.lines) == 1:
            found.append(Word(text=UNREAD, box=crop.boxes[0], confidence=0.0))
        else:
            asked.append(crop)
    return [*found, *page.words_of(asked)]


def _figure_columns(page: ScannedPage, cells: Sequence[GridCell], crops: Sequence[Crop]) -> set[tuple[int, int]]:
    """Columns (with the number of grid columns that their cells span) whose samples, taken from all their length, are
    figures, two of them amounts at least. Where one sample is none (a stain), two more are taken."""
    found = set()
    for column in {(cell.column, cell.column_span) for cell in cells if cell.column}:
        own = [
            crop
            for cell, crop in zip(cells, crops, strict=True)
            if (cell.column, cell.column_span) == column and cell.row >= _HEAD and len(crop.lines) == 1
        ]
        if len(own) < 2 * _SAMPLES:
            continue
        places = [(2 * n + 1) * len(own) // (2 * _SAMPLES) for n in range(_SAMPLES)]
        texts = _texts(page, [own[n] for n in places])
        if len(odd := _no_figures(texts)) == 1 or (not odd and sum(map(is_amount, texts)) < 2):
            texts += _texts(page, [own[n + 1] for n in places[:-1]])
            odd = _no_figures(texts)
        few = len(odd) <= (len(texts) > _SAMPLES) and not any(map(_SPELT.search, odd))
        if few and sum(map(is_amount, texts)) >= 2:
            found.add(column)
    return found


def _no_figures(texts: Sequence[str]) -> list[str]:
    """A dash may be read as a quote or a point: what has no letter and no digit says nothing."""
    return [text for text in texts if not is_figure(text) and any(c.isalnum() for c in text)]


def _texts(page: ScannedPage, crops: Sequence[Crop]) -> list[str]:
    return ["".join(w.text for w in page.words_of([crop])) for crop in crops]


def _is_statement(cells: Sequence[GridCell]) -> bool:
    return len(cells) >= _CELLS and len({round(cell.box.top) for cell in cells}) >= _ROWS


def _holds_grid(box: Box, grids: Sequence[Grid]) -> bool:
    """Another table stands within this cell: its own cells are read."""
    return any(box.contains(*g.box.centre) and g.box.width < box.width and g.box.height < box.height for g in grids)
