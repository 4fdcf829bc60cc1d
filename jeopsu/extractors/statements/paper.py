"""One page, upright: its words in lines, its tables, and the way back to the page as shown."""

from __future__ import annotations

import re
from functools import cached_property

from jeopsu.domain.documents import Table
from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.layout import Cell, Grid, Ink, Sheet
from jeopsu.extractors.pages import FigureCell, PageSource

_SPEAKS = re.compile(r"[0-9A-Za-z가-힣Ⅰ-Ⅻ①-⑳()△▲\-−–―]")


class Paper(Sheet):
    """A page as `kinds` sees it. A source that knows its own upright view is asked for it: nothing is turned twice."""

    def __init__(self, source: PageSource, number: int, glance: bool = False) -> None:
        super().__init__(source, number, glance)
        self._direct = not glance and hasattr(source, "upright")
        if self._direct:
            page = source.upright(number)  # type: ignore[attr-defined]
            self.width, self.height = page.width, page.height
            self.inks = tuple(
                Ink(text=word.text, box=word.box, word=shown)
                for word, shown in zip(page.words, self.page.words, strict=True)
                if word.text.strip()
            )
        if self.scanned:
            # Points and strokes that OCR left alone would make lines of their own between the lines.
            self.inks = tuple(ink for ink in self.inks if _SPEAKS.search(ink.text))

    def shown(self, box: Box) -> Box:
        if self._direct:
            return self.source.as_shown(self.number, box)  # type: ignore[attr-defined]
        return super().shown(box)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        if not self._direct:
            return super().grids
        grids = []
        for table in self._tables():
            cells = [
                Cell(
                    cell.row,
                    cell.column,
                    cell.row_span,
                    cell.column_span,
                    cell.box,
                    tuple(ink for ink in self.inks if cell.box.contains(*ink.box.centre)),
                )
                for cell in table.cells
                if cell.box is not None
            ]
            if cells:
                grids.append(Grid(cells))
        return tuple(grids)

    def _tables(self) -> tuple[Table, ...]:
        try:
            return self.source.upright_tables(self.number)  # type: ignore[attr-defined]
        except ValueError:  # rules that make no sense as a grid: the lines of words are left (loose.py)
            return ()

    def figures(self, boxes: list[Box]) -> tuple[FigureCell, ...]:
        """Two engines' readings of upright boxes that should hold one figure each."""
        if self._direct:
            return self.source.figures_upright(self.number, boxes)  # type: ignore[attr-defined]
        return self.source.figures(self.number, [self.shown(box) for box in boxes])
