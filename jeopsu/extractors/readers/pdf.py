"""A PDF or picture file as pages that are read on demand: its text layer where that can be trusted, OCR elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import cv2
import numpy as np
import pypdfium2 as pdfium

from jeopsu.domain.documents import Cell, FigureReading, Mark, Page, Table, TextSource, Word
from jeopsu.domain.geometry import Box
from jeopsu.domain.problems import Code, DocumentProblem, Problem
from jeopsu.domain.reading import Limits
from jeopsu.extractors.ocr import engines
from jeopsu.extractors.pages import CellPage, FigureCell, Picture
from jeopsu.extractors.readers.by_cells import Ruled, find_ruled, peek, read_by_cells
from jeopsu.extractors.readers.frame import Frame
from jeopsu.extractors.readers.grid import GRID_DPI, find_grids
from jeopsu.extractors.readers.ink_lines import Ink
from jeopsu.extractors.readers.scan import ScannedPage
from jeopsu.extractors.readers.sheets import PdfSheets, PictureSheets, Reading, Sheets
from jeopsu.extractors.readers.tables import build_tables

T = TypeVar("T")
_EMPTY = np.full((1170, 827, 3), 255, np.uint8)  # what stands for a page that cannot be drawn: A4 at 100 dpi
_MOST_OPEN = 4  # pages whose pixels are held at a time: a long scan must not fill the child's memory
# What libraries raise on damaged content. Such a page is unreadable; the rest of the file is read.
_DAMAGE = (pdfium.PdfiumError, OSError, ValueError, ArithmeticError, SyntaxError, RuntimeError, MemoryError, cv2.error)


def warm_up() -> None:
    """Loads engines once, before processes are forked."""
    engines.warm_up()


def open_pdf(path: str, name: str, limits: Limits | None = None) -> Source:
    """Opens a PDF, JPEG, PNG or TIFF. DocumentProblem: encrypted, truncated (cannot be opened), too large."""
    limits = limits or Limits()
    with open(path, "rb") as file:
        head = file.read(1024)
    sheets: Sheets = PdfSheets(path) if b"%PDF-" in head else PictureSheets(path)
    if sheets.count == 0:
        raise DocumentProblem(Code.TRUNCATED, "no pages")
    if sheets.count > limits.pages:
        raise DocumentProblem(Code.TOO_LARGE, f"{sheets.count} pages")
    return Source(name, sheets)


class Source:
    """The `PageSource` of a file. Boxes in and out are on the page as shown; work is done upright."""

    def __init__(self, file: str, sheets: Sheets) -> None:
        self.file = file
        self.count = sheets.count
        self._sheets = sheets
        self._cache: dict[tuple[object, ...], object] = {}
        self._open: list[int] = []  # pages whose pixels may be held, oldest first

    def glance(self, number: int) -> Page:
        """Cheap: enough words to say what the page is. After `page`, the same as `page`."""
        if ("page", number) in self._cache:
            return self.page(number)
        return self._once(("glance", number), lambda: self._page(number, False))

    def page(self, number: int) -> Page:
        return self._once(("page", number), lambda: self._page(number, True))

    def upright(self, number: int) -> Page:
        """The page with its boxes upright and deskewed (points), words in the order of `page`; sizes likewise."""
        page = self.page(number)
        frame = self._frame(number)
        words = tuple(word for word in self._words(number, True))
        return page.model_copy(
            update={"words": words, "width": frame.upright_width, "height": frame.upright_height, "tables": ()}
        )

    def by_cells(self, number: int) -> CellPage | None:
        """A scan's ruled page read cell by cell; None where the page is no such one."""
        return self._once(("by cells", number), lambda: self._by_cells(number))

    def head(self, number: int, last: bool = False, rows: bool = False) -> Page | None:
        """What stands over the first table (or the `last` one) of a page that `by_cells` reads, with `rows` the first
        rows of its tables too: less than a glance costs, and not lost."""
        reading = self._reading(number)
        if ("by cells", number) in self._cache or not isinstance(reading, ScannedPage):
            return None
        try:
            ruled = self._ruled(number)
            if ruled is None:
                return None
            return self._whole(number, reading, (*ruled.over(last), *(peek(reading, ruled) if rows else ())))
        except _DAMAGE:
            return None

    def ruled(self, number: int) -> bool:
        """Whether the page is a scan that `by_cells` reads."""
        try:
            return self._cache.get(("by cells", number)) is not None or self._ruled(number) is not None
        except _DAMAGE:
            return False

    def _ruled(self, number: int) -> Ruled | None:
        reading = self._reading(number)
        return self._once(("ruled", number), lambda: find_ruled(reading) if isinstance(reading, ScannedPage) else None)

    def upright_tables(self, number: int) -> tuple[Table, ...]:
        """The tables with upright boxes; their words are those of `upright`."""
        return self._once(("tables", number), lambda: self._tables(number))

    def as_shown(self, number: int, box: Box) -> Box:
        """An upright box on the page as shown."""
        return self._frame(number).shown(box)

    def tables(self, number: int) -> tuple[Table, ...]:
        frame = self._frame(number)
        return self._once(
            ("shown tables", number), lambda: tuple(_shown_table(t, frame) for t in self.upright_tables(number))
        )

    def figures(self, number: int, boxes: Sequence[Box]) -> tuple[FigureCell, ...]:
        """Boxes on the page as shown, answered in their order."""
        reading = self._reading(number)
        if reading is None:
            return tuple(FigureCell(box, (), True, False) for box in boxes)
        upright = [reading.frame.upright(box) for box in boxes]
        found = self.figures_upright(number, upright)
        return tuple(
            FigureCell(box, cell.readings, cell.touches_edge, cell.blank, cell.runs_on)
            for box, cell in zip(boxes, found, strict=True)
        )

    def figures_upright(self, number: int, boxes: Sequence[Box], once: bool = False) -> tuple[FigureCell, ...]:
        """The same for upright boxes; `once`: by the recogniser alone."""
        reading = self._reading(number)
        if reading is None:
            return tuple(FigureCell(box, (), True, False) for box in boxes)
        try:
            return tuple(reading.figures(boxes, once))
        except _DAMAGE:
            # Neither blank nor read: a person must look.
            return tuple(FigureCell(box, (), True, False) for box in boxes)

    def pieces_upright(self, number: int) -> np.ndarray:
        """A scan's connected pieces of ink: left, top, right, bottom (upright points) in each row; else none."""
        reading = self._reading(number)
        try:
            return reading.pieces() if isinstance(reading, ScannedPage) else np.empty((0, 4))
        except _DAMAGE:
            return np.empty((0, 4))

    def again(self, number: int, box: Box, darkest: bool = False) -> tuple[FigureReading, ...]:
        reading = self._reading(number)
        if not isinstance(reading, ScannedPage) or reading.blank:
            return ()
        try:
            return reading.again(reading.frame.upright(box), darkest)
        except _DAMAGE:
            return ()

    def picture(self, number: int, dpi: float = 150) -> Picture:
        return self._once(("picture", number, dpi), lambda: self._picture(number, dpi))

    def marks(self, number: int) -> tuple[Mark, ...]:
        from jeopsu.extractors.marks import find_marks

        return self._once(("marks", number), lambda: tuple(find_marks(self.picture(number, 150), self.glance(number))))

    def _once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        if key not in self._cache:
            self._cache[key] = make()
        return self._cache[key]  # type: ignore[return-value]

    def _reading(self, number: int) -> Reading | None:
        """None: the page's content cannot be opened."""

        def make() -> Reading | None:
            try:
                return self._sheets.open(number)
            except _DAMAGE:
                return None

        if not 1 <= number <= self.count:
            raise IndexError(number)
        reading = self._once(("reading", number), make)
        if number not in self._open:
            self._open.append(number)
            if len(self._open) > _MOST_OPEN:
                self._close(self._open.pop(0))
        return reading

    def _close(self, number: int) -> None:
        """Lets go of a page's pixels; what was read of it stays."""
        reading = self._cache.get(("reading", number))
        if reading is not None:
            reading.release()  # type: ignore[attr-defined]
        for key in [key for key in self._cache if key[:2] == ("picture", number)]:
            del self._cache[key]

    def _frame(self, number: int) -> Frame:
        reading = self._reading(number)
        return reading.frame if reading else Frame(595.0, 842.0)

    def _words(self, number: int, full: bool) -> Sequence[Word]:
        reading = self._reading(number)
        if reading is None:
            return ()
        return self._once(("words", number, full), lambda: reading.words() if full else reading.glance())

    def _page(self, number: int, full: bool) -> Page:
        reading = self._reading(number)
        if reading is None:
            problem = Problem(code=Code.PAGE_UNREADABLE, page=number)
            return Page(number=number, width=595.0, height=842.0, read=False, problems=(problem,))
        frame = reading.frame
        try:
            words = self._words(number, full)
        except _DAMAGE as error:
            problem = Problem(code=Code.PAGE_UNREADABLE, page=number, detail=type(error).__name__)
            return Page(number=number, width=frame.width, height=frame.height, read=False, problems=(problem,))
        return self._whole(number, reading, words)

    def _whole(self, number: int, reading: Reading, words: Sequence[Word]) -> Page:
        frame = reading.frame
        return Page(
            number=number,
            width=frame.width,
            height=frame.height,
            words=tuple(words) if frame.plain else tuple(_shown_word(w, frame) for w in words),
            source=reading.source if words else TextSource.NONE,
            turned=frame.turned,
            skew=frame.skew,
            grey=reading.grey,
            blank=reading.blank,
        )

    def _tables(self, number: int) -> tuple[Table, ...]:
        reading = self._reading(number)
        words = self._words(number, True)
        if reading is None or not words:
            return ()
        try:
            grey, dpi = reading.upright_grey(GRID_DPI)
        except _DAMAGE:
            return ()
        grids, rules = find_grids(grey, dpi)
        ink = Ink.of(grey, dpi) if reading.source is TextSource.OCR else None
        return build_tables(grids, rules, words, ink)

    def _by_cells(self, number: int) -> CellPage | None:
        reading = self._reading(number)
        if not isinstance(reading, ScannedPage):
            return None
        try:
            ruled = self._ruled(number)
            found = read_by_cells(reading, ruled) if ruled is not None else None
        except _DAMAGE:
            return None
        self._cache[("ruled", number)] = None  # a page's ink takes 2 MB
        if found is None:
            return None
        frame = reading.frame
        shown = self._whole(number, reading, found.words)
        return CellPage(shown, found.words, found.tables, frame.upright_width, frame.upright_height)

    def _picture(self, number: int, dpi: float) -> Picture:
        reading = self._reading(number)
        try:
            pixels, dpi = reading.upright_pixels(dpi) if reading else (_EMPTY, 100.0)
        except _DAMAGE:
            pixels, dpi = _EMPTY, 100.0
        scale = 72.0 / dpi
        to_page = self._frame(number).to_shown @ np.diag([scale, scale, 1.0])
        return Picture(pixels=pixels, dpi=dpi, number=number, to_page=to_page)


def _shown_word(word: Word, frame: Frame) -> Word:
    return word.model_copy(update={"box": frame.shown(word.box)})


def _shown_table(table: Table, frame: Frame) -> Table:
    if frame.plain:
        return table
    cells: list[Cell] = [
        cell.model_copy(
            update={
                "box": frame.shown(cell.box) if cell.box else None,
                "words": tuple(_shown_word(w, frame) for w in cell.words),
            }
        )
        for cell in table.cells
    ]
    return table.model_copy(update={"cells": tuple(cells), "box": frame.shown(table.box) if table.box else None})
