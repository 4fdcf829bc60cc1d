"""A ruled page is read cell by cell, and only what stands outside its table by whole-page OCR."""

from __future__ import annotations

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.ocr.base import LineReading, PageWord
from jeopsu.extractors.ocr.engines import Engines
from jeopsu.extractors.ocr.figures import cut
from jeopsu.extractors.ocr.null import NullEngine
from jeopsu.extractors.ocr.remembered import RememberingLines
from jeopsu.extractors.readers.by_cells import find_ruled, peek, read_by_cells
from jeopsu.extractors.readers.frame import Frame
from jeopsu.extractors.readers.scan import ScannedPage

_DPI, _ROWS = 150.0, 12


def ruled_page(fill: int = 245, frame: int = 20) -> np.ndarray:
    """Grey print in a table of twelve rows and two columns with black rules, a title above it."""
    page = np.full((1754, 1240, 3), 245, np.uint8)
    cv2.putText(page, "balance sheet", (420, 150), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (30,) * 3, 3)
    page[300:350, 100:1100] = fill
    for row in range(_ROWS + 1):
        cv2.line(page, (100, 300 + 50 * row), (1100, 300 + 50 * row), (frame,) * 3, 3)
    for x in (100, 600, 1100):
        cv2.line(page, (x, 300), (x, 300 + 50 * _ROWS), (frame,) * 3, 4)
    for row in range(_ROWS):
        y = 334 + 50 * row
        cv2.putText(page, f"item {row}", (130, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (110,) * 3, 2)
        cv2.putText(page, f"{row + 1},234,567", (850, y), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (110,) * 3, 2)
    return page


class Counting:
    name = "tesseract"

    def __init__(self) -> None:
        self.lines = 0
        self.page: np.ndarray | None = None

    def read_lines(self, lines):
        self.lines += len(lines)
        return [LineReading(f"line {n}", (0.9,)) for n in range(len(lines))]

    def read_page(self, grey, dpi):
        self.page = grey
        return [PageWord("title", 900, 300, 1200, 330, 0.9)]


def scanned(page: np.ndarray, engine: Counting) -> ScannedPage:
    size = Frame(page.shape[1] * 72 / _DPI, page.shape[0] * 72 / _DPI)
    opened = ScannedPage(size, lambda dpi: (page, _DPI), _DPI, Engines(engine, NullEngine(), engine))
    engine.lines = 0  # the look for the page's direction
    return opened


def read(page: ScannedPage):
    ruled = find_ruled(page)
    return ruled and read_by_cells(page, ruled)


def test_what_is_peeked_at_is_not_read_again():
    engine = Counting()
    page = scanned(ruled_page(), engine)
    ruled = find_ruled(page)
    assert [word.text for word in ruled.over()] == ["title"]
    assert peek(page, ruled)
    asked = engine.lines
    read_by_cells(page, ruled)
    assert engine.lines == 2 * _ROWS > asked > 0


def test_cells_are_read_alone_and_the_rest_whole():
    engine = Counting()
    found = read(scanned(ruled_page(), engine))
    assert found is not None
    (table,) = found.tables
    assert (table.rows, table.columns) == (_ROWS, 2)
    assert engine.lines == 2 * _ROWS and all(cell.words for cell in table.cells)
    assert any(word.text == "title" for word in found.words)
    scale = 300 / _DPI
    inside = engine.page[int(310 * scale) : int(880 * scale), int(110 * scale) : int(1090 * scale)]
    assert inside.min() > 200  # what was read by cells is not read again


def test_a_page_without_a_table_is_read_whole():
    page = np.full((1754, 1240, 3), 245, np.uint8)
    for row in range(20):
        cv2.putText(page, "only lines of print", (150, 200 + 60 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (30,) * 3, 2)
    assert find_ruled(scanned(page, Counting())) is None


def test_pale_print_in_a_thick_black_frame_keeps_its_strokes():
    page = ScannedPage(Frame(595.2, 841.9), lambda dpi: (ruled_page(frame=0), _DPI), _DPI, NULL)
    crop = cut(page._grey_300, 300, Box(left=288, top=168, right=528, bottom=192))
    pale = ScannedPage(Frame(595.2, 841.9), lambda dpi: (ruled_page(frame=110), _DPI), _DPI, NULL)
    same = cut(pale._grey_300, 300, Box(left=288, top=168, right=528, bottom=192))
    assert not crop.touches_edge and len(crop.lines) == len(same.lines) == 1
    assert (crop.lines[0] < 180).sum() > 0.9 * (same.lines[0] < 180).sum()


def test_a_heading_filled_with_grey_is_one_line_of_print():
    page = ScannedPage(Frame(595.2, 841.9), lambda dpi: (ruled_page(fill=205), _DPI), _DPI, NULL)
    crop = cut(page._grey_300, 300, Box(left=48, top=144, right=288, bottom=168))
    assert len(crop.lines) == 1 and not crop.touches_edge
    assert crop.boxes[0].width < 70


def test_a_picture_is_read_once():
    engine = Counting()
    lines = RememberingLines(engine)
    one, other = np.full((20, 60), 200, np.uint8), np.full((20, 60), 100, np.uint8)
    first = lines.read_lines([one, other, one])
    assert engine.lines == 2 and first[0] == first[2]
    assert lines.read_lines([other]) == [first[1]] and engine.lines == 2


NULL = Engines(NullEngine(), NullEngine(), NullEngine())
