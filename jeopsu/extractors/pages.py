"""What the page-reading half of `extractors/` offers the meaning half: one PDF, page by page, read on demand.

`readers/pdf.py` implements it. `kinds/` and `statements/` ask for what they need and for nothing else, because every
page that is not recognised in full saves seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from jeopsu.domain.documents import FigureReading, Mark, Page, Table, Word
from jeopsu.domain.geometry import Box

if TYPE_CHECKING:
    import numpy as np


# A word that stands for a figure seen but not read yet: reading costs, so only figures that are asked for are read.
UNREAD = "▒"


@dataclass(frozen=True)
class Picture:
    """A page as pixels, upright and deskewed, with the way back to the page as shown."""

    pixels: np.ndarray  # height × width × 3, RGB, uint8
    dpi: float
    number: int
    # pixel (x, y) → point on the page as shown: a 2 × 3 affine matrix
    to_page: np.ndarray

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The box on the page as shown that holds a rectangle of this picture."""
        corners = [(left, top), (right, top), (left, bottom), (right, bottom)]
        xs = [self.to_page[0, 0] * x + self.to_page[0, 1] * y + self.to_page[0, 2] for x, y in corners]
        ys = [self.to_page[1, 0] * x + self.to_page[1, 1] * y + self.to_page[1, 2] for x, y in corners]
        return Box(left=float(min(xs)), top=float(min(ys)), right=float(max(xs)), bottom=float(max(ys)))


@dataclass(frozen=True)
class FigureCell:
    """What two engines make of one box that should hold one figure."""

    box: Box
    readings: tuple[FigureReading, ...]  # empty: no ink
    touches_edge: bool
    blank: bool
    runs_on: bool = False  # print stands right beyond a side that no rule bounds: a part of the figure may be there


@dataclass(frozen=True)
class CellPage:
    """A page read cell by cell: as shown, and its words (in the same order) and tables upright."""

    page: Page
    words: tuple[Word, ...]
    tables: tuple[Table, ...]
    width: float
    height: float


class PageSource(Protocol):
    """One opened PDF (or picture file). Page numbers start at 1; every call is cached per page."""

    file: str
    count: int

    def glance(self, number: int) -> Page:
        """Cheap: enough words to say what the page is (text layer, or a quick look at a scan's upper part)."""

    def page(self, number: int) -> Page:
        """All words of the page with boxes and confidences, from a trusted text layer or from OCR."""

    def tables(self, number: int) -> tuple[Table, ...]:
        """Grids of the page, their cells filled with the page's words. Ruled, half-ruled, or by columns."""

    def figures(self, number: int, boxes: Sequence[Box]) -> tuple[FigureCell, ...]:
        """Scans: the recogniser's and Tesseract's reading of each box. Text layers: the digital text, alone."""

    def again(self, number: int, box: Box, darkest: bool = False) -> tuple[FigureReading, ...]:
        """Scans: a box's one line of words read at other sizes; `darkest`: only its darkest ink, print under a seal."""

    def pieces_upright(self, number: int) -> np.ndarray:
        """A scan's connected pieces of ink: left, top, right, bottom (upright points) in each row; else none."""

    def picture(self, number: int, dpi: float = 150) -> Picture:
        """The page's pixels, upright and deskewed, in colour."""

    def marks(self, number: int) -> tuple[Mark, ...]:
        """Seals and signatures on the page (extractors/marks)."""


@runtime_checkable
class UprightSource(PageSource, Protocol):
    """A source that knows its own upright view: boxes are upright points here, and nothing is turned twice."""

    def upright(self, number: int) -> Page:
        """The page, its words' boxes upright."""

    def as_shown(self, number: int, box: Box) -> Box:
        """An upright box on the page as shown."""

    def upright_tables(self, number: int) -> tuple[Table, ...]:
        """Grids of the page. Raises ValueError where rules make no sense as a grid."""

    def figures_upright(self, number: int, boxes: Sequence[Box], once: bool = False) -> tuple[FigureCell, ...]:
        """As `figures`, of upright boxes; `once`: the recogniser's reading alone."""

    def by_cells(self, number: int) -> CellPage | None:
        """A scan's ruled page read cell by cell; None for every other page."""

    def head(self, number: int, last: bool = False, rows: bool = False) -> Page | None:
        """A scan's ruled page by the words over its first table (`last`: its last one), or by its first rows."""

    def ruled(self, number: int) -> bool:
        """Whether a scan's page has a ruled table."""
