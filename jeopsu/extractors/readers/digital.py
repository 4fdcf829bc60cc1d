"""A page whose text layer is trusted: its words are the truth, its pixels serve for rules and pictures only."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from jeopsu.domain.documents import FigureReading, TextSource, Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.pages import FigureCell
from jeopsu.extractors.readers.frame import Frame
from jeopsu.extractors.readers.pdf_text import TextLayer, distrust, page_frame, read_layer, words_of
from jeopsu.extractors.readers.render import page_pixels

_LOOK_DPI = 72.0
# Ink in letter-sized pieces that no word of the layer covers: beyond this share the layer is not the page's text.
_UNCOVERED = 0.35
_FEW_PIECES = 40


class DigitalPage:
    """Words in upright points."""

    source = TextSource.DIGITAL

    def __init__(self, page: pdfium.PdfPage, frame: Frame, words: Sequence[Word]) -> None:
        self.pdf_page = page
        self.frame = frame
        self._words = tuple(words)
        self.blank = False
        self.grey = False

    @staticmethod
    def open(page: pdfium.PdfPage) -> DigitalPage | None:
        """None where the page must be read from its picture."""
        layer = read_layer(page)
        if not layer.letters:
            return None
        shown, _ = page_frame(page)
        frame = Frame(shown.width, shown.height, layer.turned)
        words = words_of(layer, frame)
        if distrust(layer, words) or _buried(page) or not _covers(page, frame, words, layer):
            return None
        return DigitalPage(page, frame, words)

    def glance(self) -> Sequence[Word]:
        return self._words

    def words(self) -> Sequence[Word]:
        return self._words

    def upright_pixels(self, dpi: float) -> tuple[np.ndarray, float]:
        pixels, dpi = page_pixels(self.pdf_page, dpi)
        turns = {0: 0, 90: 3, 180: 2, 270: 1}[self.frame.turned]
        return np.ascontiguousarray(np.rot90(pixels, turns)), dpi

    def upright_grey(self, dpi: float) -> tuple[np.ndarray, float]:
        pixels, dpi = self.upright_pixels(dpi)
        return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dpi

    def figures(self, boxes: Sequence[Box], once: bool = False) -> list[FigureCell]:
        """The digital text of each box, alone: nothing is read twice that is not read but known."""
        found = []
        for box in boxes:
            words = [w for w in self._words if box.contains(*w.box.centre, margin=0.5)]
            text = " ".join(w.text for w in sorted(words, key=lambda w: w.box.left))
            reading = (FigureReading(engine="digital", text=text, confidence=1.0, weakest=1.0),) if text else ()
            found.append(FigureCell(box=box, readings=reading, touches_edge=False, blank=not text))
        return found

    def release(self) -> None:
        """A digital page holds no pixels."""

    def lost(self, boxes: Sequence[Box]) -> list[tuple[Word, ...]]:
        """Nothing is lost on a digital page."""
        return [() for _ in boxes]


def _buried(page: pdfium.PdfPage) -> bool:
    """Whether a picture over most of the page was drawn after its text: scanners hide their own OCR that way."""
    width, height = page.get_size()
    seen_text = False
    for item in page.get_objects(max_depth=1):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            seen_text = True
        elif item.type == raw.FPDF_PAGEOBJ_IMAGE and seen_text:
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) > 0.6 * width * height:
                return True
    return False


def _covers(page: pdfium.PdfPage, frame: Frame, words: Sequence[Word], layer: TextLayer) -> bool:
    """Whether the layer's words stand on the page's letter-sized ink. Text drawn as curves or pictures fails."""
    pixels, dpi = page_pixels(page, _LOOK_DPI)
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    ink = (grey < 150).astype(np.uint8)
    scale = dpi / 72
    count, _, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count <= 1:
        return True
    widths, heights = stats[1:, 2] / scale, stats[1:, 3] / scale
    letters = (widths < 40) & (heights < 30) & (heights > 3) & (widths > 1.5) & (stats[1:, 4] > 4)
    letters &= heights < 5 * widths  # a bar code's bars are no letters
    if letters.sum() < _FEW_PIECES:
        return layer.count > 0
    cover = np.zeros(grey.shape, np.uint8)
    for word in words:
        box = frame.shown(word.box)
        x0, y0 = int((box.left - 1) * scale), int((box.top - 1) * scale)
        cover[max(0, y0) : int((box.bottom + 1) * scale) + 1, max(0, x0) : int((box.right + 1) * scale) + 1] = 1
    points = centres[1:][letters].astype(int)
    covered = cover[points[:, 1], points[:, 0]]
    return bool(1 - covered.mean() <= _UNCOVERED)
