"""A file's pages before anything is read from them: of a PDF, of a JPEG, PNG or TIFF."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, UnidentifiedImageError

from jeopsu.domain.documents import TextSource, Word
from jeopsu.domain.geometry import Box
from jeopsu.domain.problems import Code, DocumentProblem
from jeopsu.extractors.pages import FigureCell
from jeopsu.extractors.readers.digital import DigitalPage
from jeopsu.extractors.readers.frame import Frame
from jeopsu.extractors.readers.pdf_over import flattened
from jeopsu.extractors.readers.render import page_pixels, picture_pixels
from jeopsu.extractors.readers.scan import ScannedPage


class Reading(Protocol):
    """How one page is read: `DigitalPage` or `ScannedPage`. Everything in upright points."""

    frame: Frame
    source: TextSource
    grey: bool
    blank: bool

    def glance(self) -> Sequence[Word]: ...

    def words(self) -> Sequence[Word]: ...

    def upright_pixels(self, dpi: float) -> tuple[np.ndarray, float]: ...

    def upright_grey(self, dpi: float) -> tuple[np.ndarray, float]: ...

    def figures(self, boxes: Sequence[Box], once: bool = False) -> list[FigureCell]: ...

    def release(self) -> None: ...


class Sheets(Protocol):
    """A file's pages before anything is read from them."""

    count: int

    def open(self, number: int) -> Reading: ...


class PdfSheets:
    def __init__(self, path: str) -> None:
        self.path = path
        try:
            self.document = pdfium.PdfDocument(path)
            self.count = len(self.document)
        except pdfium.PdfiumError as error:
            locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
            raise DocumentProblem(Code.ENCRYPTED if locked else Code.TRUNCATED, "pdfium") from None
        self.document.init_forms()

    def open(self, number: int) -> Reading:
        page = flattened(self.document, number - 1)
        digital = DigitalPage.open(page)
        if digital is not None:
            return digital
        width, height = page.get_size()
        return ScannedPage(Frame(width, height), lambda dpi: page_pixels(page, dpi), _native_dpi(page))


class PictureSheets:
    def __init__(self, path: str) -> None:
        try:
            self.image = Image.open(path)
            self.count = getattr(self.image, "n_frames", 1)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
            raise DocumentProblem(Code.TRUNCATED, "picture") from None
        except Image.DecompressionBombError:
            raise DocumentProblem(Code.TOO_LARGE, "picture") from None

    def open(self, number: int) -> Reading:
        self.image.seek(number - 1)
        pixels = picture_pixels(self.image)
        height, width = pixels.shape[:2]
        dpi = float(self.image.info.get("dpi", (0, 0))[0] or 0)
        if not 100 <= dpi <= 1200:
            # Photographs say nothing useful: the long side is taken for A4's.
            dpi = max(width, height) / 842 * 72
        frame = Frame(width * 72 / dpi, height * 72 / dpi)

        def render(wanted: float) -> tuple[np.ndarray, float]:
            if wanted >= dpi:
                return pixels, dpi
            size = (max(1, round(width * wanted / dpi)), max(1, round(height * wanted / dpi)))
            return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), wanted

        return ScannedPage(frame, render, dpi)


def _native_dpi(page: pdfium.PdfPage) -> float:
    """The resolution of the page's largest picture; 300 where there is none (vector outlines)."""
    best, area = 300.0, 0.0
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        try:
            left, bottom, right, top = item.get_bounds()
            width, _ = item.get_px_size()
        except pdfium.PdfiumError:
            continue
        a, b, _, _, _, _ = item.get_matrix().get()
        side = (a * a + b * b) ** 0.5
        if (right - left) * (top - bottom) > area and side > 1:
            best, area = width / side * 72, (right - left) * (top - bottom)
    width, height = page.get_size()
    return best if area > 0.2 * width * height else 300.0
