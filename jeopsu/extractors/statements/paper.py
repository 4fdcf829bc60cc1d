"""One page, upright: its words in lines, its tables, and the way back to the page as shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from jeopsu.domain.documents import Page, Table
from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Cell, Grid, Ink, Sheet
from jeopsu.extractors.pages import CellPage, FigureCell, PageSource, UprightSource
from jeopsu.extractors.statements import labels

_KNOWN_LABELS = 4  # cells that name an item, where reading by cells has worked
_SPEAKS = re.compile(r"[0-9A-Za-z가-힣Ⅰ-Ⅻ①-⑳()△▲\-−–―▒]")


@dataclass(frozen=True)
class Heading:
    """A line or cell outside the grids, where it stands."""

    page: int
    box: Box
    text: str


class Paper(Sheet):
    """A page as `kinds` sees it. A source that knows its own upright view is asked for it: nothing is turned twice.

    A scan's ruled page is read cell by cell where that gives a statement's labels, else whole.
    """

    def __init__(self, source: PageSource, number: int, glance: bool = False, page: Page | None = None) -> None:
        self._glanced = glance
        self._direct = source if not glance and isinstance(source, UprightSource) else None
        self._cells = _statement_cells(self._direct, number) if self._direct else None
        if self._cells is not None:
            self.source, self.number, self.page = source, number, self._cells.page
            self.width, self.height, words = self._cells.width, self._cells.height, self._cells.words
        else:
            super().__init__(source, number, glance, page)
            words = None
        if self._direct and words is None:
            upright = self._direct.upright(number)
            self.width, self.height, words = upright.width, upright.height, upright.words
        if words is not None:
            self.inks = tuple(
                Ink(text=word.text, box=word.box, word=shown)
                for word, shown in zip(words, self.page.words, strict=True)
                if word.text.strip()
            )
        if self.scanned:
            # Points and strokes that OCR left alone would make lines of their own between the lines.
            self.inks = tuple(ink for ink in self.inks if _SPEAKS.search(ink.text))

    def shown(self, box: Box) -> Box:
        if self._direct:
            return self._direct.as_shown(self.number, box)
        return super().shown(box)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        if self._glanced:  # its tables would cost what the glance saves
            return ()
        if not self._direct:
            return super().grids
        grids = []
        placed = [(ink, *ink.box.centre) for ink in self.inks]
        for table in self._tables(self._direct):
            cells = [
                Cell(
                    cell.row,
                    cell.column,
                    cell.row_span,
                    cell.column_span,
                    cell.box,
                    tuple(
                        ink for ink, x, y in placed if cell.box.left <= x <= cell.box.right and cell.box.contains(x, y)
                    ),
                )
                for cell in table.cells
                if cell.box is not None
            ]
            if cells:
                grids.append(Grid(cells, table.ruled))
        return tuple(grids)

    def glanced_heads(self) -> list[Heading]:
        """The lines of a quick look at the whole upper part, where the page itself was read cell by cell."""
        if self._cells is None:
            return []
        return [Heading(self.number, line.box, line.text) for line in Paper(self.source, self.number, True).lines]

    def _tables(self, source: UprightSource) -> tuple[Table, ...]:
        if self._cells is not None:
            return self._cells.tables
        try:
            return source.upright_tables(self.number)
        except ValueError:  # rules that make no sense as a grid: the lines of words are left (unruled.py)
            return ()

    @cached_property
    def pieces(self) -> np.ndarray:
        """A scan's connected pieces of ink: left, top, right, bottom (upright points) in each row."""
        return np.empty((0, 4)) if self._glanced else self.source.pieces_upright(self.number)

    def figures(self, boxes: list[Box], once: bool = False) -> tuple[FigureCell, ...]:
        """Two engines' readings of upright boxes that should hold one figure each; `once`: one engine's."""
        if self._direct:
            return self._direct.figures_upright(self.number, boxes, once)
        return self.source.figures(self.number, [self.shown(box) for box in boxes])


def _statement_cells(source: UprightSource, number: int) -> CellPage | None:
    """The page read cell by cell, if a statement's labels came out."""
    page = source.by_cells(number)
    if page is None:
        return None
    texts = {cell.text for table in page.tables for cell in table.cells if re.search("[가-힣]", cell.text)}
    known = sum(labels.is_item(text, True) for text in texts)
    return page if known >= _KNOWN_LABELS else None
