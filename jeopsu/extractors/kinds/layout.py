"""A page as lines of upright words: the view in which a form's labels and their values are looked for.

Words come with boxes on the page *as shown*; a scan may lie on its side or aslant. Here they are turned upright, so
that "right of" and "below" mean what a reader means. Every word keeps its own box for evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jeopsu.domain.documents import Mark, Page, TextSource, Word
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.seals import coloured_seals
from jeopsu.extractors.pages import PageSource
from jeopsu.extractors.readers.frame import Frame

PICTURE_DPI = 150.0  # one size for seals, check marks and turning: the reader caches a page's picture by size


# What OCR makes of rules and specks beside a word.
_STRAY = " _|｜ㅣ、。`´‘’'\"“”"


# A word of figures as they stand in dates and numbers.
_FIGURES = re.compile(r"\(?[\dｌlI|.,\-~/:]+[년월일]?")


def compact(text: str) -> str:
    """Text without blanks, in one spelling: "재 직 증 명 서" and "재직증명서" are one. Dots in names become one dot."""
    text = unicodedata.normalize("NFC", text)
    return "".join(text.split()).replace("ㆍ", "·").replace("・", "·").replace("∙", "·").replace("•", "·")


@dataclass(frozen=True)
class Ink:
    """A word where it stands upright; `word` holds its box on the page as shown."""

    text: str
    box: Box
    word: Word


@dataclass(frozen=True)
class Cell:
    """A table's cell, upright, with the page's own words in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    inks: tuple[Ink, ...]

    @property
    def text(self) -> str:
        return " ".join(ink.text for line in rows_of(self.inks) for ink in line)


class Grid:
    """A table's cells by place."""

    def __init__(self, cells: Sequence[Cell], ruled: bool = True) -> None:
        self.cells = tuple(cells)
        self.ruled = ruled
        self.rows = max((c.row + c.row_span for c in cells), default=0)
        self.columns = max((c.column + c.column_span for c in cells), default=0)
        self._at = {
            (row, column): cell
            for cell in cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def at(self, row: int, column: int) -> Cell | None:
        return self._at.get((row, column))

    def row(self, row: int) -> list[Cell]:
        """The cells of a row from left to right, each once."""
        cells = [self._at[row, column] for column in range(self.columns) if (row, column) in self._at]
        return list(dict.fromkeys(cells))


def rows_of(inks: Sequence[Ink]) -> list[list[Ink]]:
    """Words grouped into lines, top to bottom, left to right. Small print beside large print stays on its line."""
    lines: list[list[Ink]] = []
    for ink in sorted(inks, key=lambda i: i.box.centre[1]):
        for line in reversed(lines[-3:]):
            middle = sum(i.box.centre[1] for i in line) / len(line)
            height = max(sorted(i.box.height for i in line)[len(line) // 2], 1.0)
            if abs(ink.box.centre[1] - middle) < 0.45 * max(min(height, ink.box.height), 4.0):
                line.append(ink)
                break
        else:
            lines.append([ink])
    lines.sort(key=lambda line: min(i.box.centre[1] for i in line))
    return [sorted(line, key=lambda i: i.box.left) for line in lines]


class Line:
    """A line of words with its text without blanks, and the way back from a character to its word."""

    def __init__(self, inks: Sequence[Ink]) -> None:
        self.inks = tuple(inks)
        letters = [(letter, number) for number, ink in enumerate(inks) for letter in compact(ink.text)]
        self.letters = "".join(letter for letter, _ in letters)
        self.owner = [number for _, number in letters]
        self.box = around([ink.box for ink in inks])

    @property
    def text(self) -> str:
        return " ".join(ink.text for ink in self.inks)

    @property
    def height(self) -> float:
        return sorted(ink.box.height for ink in self.inks)[len(self.inks) // 2]

    def starts_word(self, letter: int) -> bool:
        return letter == 0 or self.owner[letter] != self.owner[letter - 1]


class Sheet:
    """One page, upright. Sizes in points. `page`: what is known of it, where the source is not to be asked."""

    def __init__(self, source: PageSource, number: int, glance: bool = False, page: Page | None = None) -> None:
        self.source = source
        self.number = number
        page = page or (source.glance(number) if glance else source.page(number))
        self.page: Page = page
        self._frame = Frame(width=page.width, height=page.height, turned=page.turned, skew=page.skew)
        self.width, self.height = self._frame.upright_width, self._frame.upright_height
        self.inks = self._inks()

    def _inks(self) -> tuple[Ink, ...]:
        words = ((word, self.tidy(word.text)) for word in self.page.words)
        return tuple(Ink(text=text, box=self.upright(word.box), word=word) for word, text in words if text)

    def tidy(self, text: str) -> str:
        """A word without what OCR makes of specks and rules at its ends; a bar among figures is a 1."""
        if not self.scanned:
            return text.strip()
        text = text.strip(_STRAY)
        if _FIGURES.fullmatch(text) and any(letter.isdigit() for letter in text):
            text = re.sub(r"[ｌlI|]", "1", text)
            text = re.sub(r"^\((?=\d{2}$)", "", text)  # "(03 월 27 일"
        return text

    @property
    def scanned(self) -> bool:
        return self.page.source is not TextSource.DIGITAL

    def upright(self, box: Box) -> Box:
        """A box of the page as shown, upright, with its own size and not its outline's."""
        return self._frame.upright(box)

    def shown(self, box: Box) -> Box:
        """The way back: the outline on the page as shown of an upright box."""
        return self._frame.shown(box)

    @cached_property
    def lines(self) -> list[Line]:
        return [Line(line) for line in rows_of(self.inks)]

    @cached_property
    def canvas(self) -> Canvas:
        """The page's pixels, upright."""
        return Canvas(self.source.picture(self.number, PICTURE_DPI))

    @cached_property
    def seals(self) -> tuple[Mark, ...]:
        """Seals that colour gives away, upright; below `SURE` a mark may be one. Long stamps sign nothing."""
        marks = coloured_seals(self.canvas, [ink.box for ink in self.inks])
        return tuple(mark for mark in marks if mark.kind == "seal")

    @cached_property
    def text(self) -> str:
        """All lines without blanks, for words anywhere on the page."""
        return "\n".join(line.letters for line in self.lines)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The page's tables, their cells filled with the page's own words by place."""
        grids = []
        for table in self.source.tables(self.number):
            cells = []
            for cell in table.cells:
                if cell.box is None:
                    continue
                box = self.upright(cell.box)
                inks = tuple(ink for ink in self.inks if box.contains(*ink.box.centre))
                cells.append(Cell(cell.row, cell.column, cell.row_span, cell.column_span, box, inks))
            if cells:
                grids.append(Grid(cells, table.ruled))
        return tuple(grids)


def union(inks: Sequence[Ink]) -> Box:
    """The box on the page as shown that holds these words."""
    return around([ink.word.box for ink in inks])
