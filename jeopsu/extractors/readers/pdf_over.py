"""What lies over a PDF page's own text: annotations and form fields, and patches drawn or pasted over words.

Applicants fill in and correct PDFs with editors that write annotations, or a white patch with new words on it. The text
layer knows nothing of the first and still holds what the second hides; the page as shown is what counts.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from jeopsu.domain.geometry import Box
from jeopsu.extractors.readers.frame import apply, compose
from jeopsu.extractors.readers.pdf_strokes import Segment, strokes_of

# Notes and links add no words to the page.
_MUTE = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT})
_LEAST_WIDE, _LEAST_HIGH = 6.0, 5.0  # points: smaller patches hide no word
_MOST = 400  # patches of a page that are looked at
_OPAQUE = 250  # of 255
_SEAL = 0.01  # of a picture's pixels that are red ink: a seal, under which print still counts
_IDENTITY = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def flattened(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """A page (from 0) whose annotations and form fields are part of its content."""
    page = document[number]
    for n in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, n)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind not in _MUTE:
            page.flatten()
            page.close()
            return document[number]
    return page


@dataclass(frozen=True)
class Patch:
    """Something opaque that was drawn as the `order`-th object of a page. Box in points of the page as shown."""

    order: int
    box: Box


@dataclass(frozen=True)
class Over:
    """Patches that were drawn after some text, and when each text object was drawn (by its handle's address); the
    page's lines."""

    patches: tuple[Patch, ...]
    drawn: dict[int, int]
    strokes: tuple[Segment, ...] = ()

    def hides(self, handle: int | None, box: Box) -> bool:
        """Whether a letter of a text object lies under a later patch."""
        order = self.drawn.get(handle or 0)
        return order is not None and any(p.order > order and p.box.contains(*box.centre) for p in self.patches)


def over(page: pdfium.PdfPage, to_shown: np.ndarray) -> Over:
    """`to_shown`: from PDF user space to the page as shown."""
    patches: list[Patch] = []
    drawn: dict[int, int] = {}
    strokes: list[Segment] = []
    for order, (item, matrix) in enumerate(_objects(page, None, _IDENTITY, 0)):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            address = ctypes.cast(item.raw, ctypes.c_void_p).value
            if address is not None:
                drawn[address] = order
            continue
        if item.type == raw.FPDF_PAGEOBJ_PATH:
            strokes += strokes_of(item, compose(to_shown, matrix))
        if drawn and len(patches) < _MOST and item.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            box = _shown_box(item, compose(to_shown, matrix))
            if box is not None and (_is_filled(item) if item.type == raw.FPDF_PAGEOBJ_PATH else _is_pasted(item)):
                patches.append(Patch(order, box))
    return Over(tuple(patches), drawn, tuple(strokes))


def _objects(
    page: pdfium.PdfPage, form: pdfium.PdfObject | None, matrix: np.ndarray, level: int
) -> Iterator[tuple[pdfium.PdfObject, np.ndarray]]:
    """A page's objects in the order of drawing, each with the matrix from its own space to the page's."""
    for item in page.get_objects(form=form, max_depth=1):
        if item.type != raw.FPDF_PAGEOBJ_FORM:
            yield item, matrix
        elif level < 6:
            a, b, c, d, e, f = item.get_matrix().get()
            yield from _objects(page, item, compose(matrix, np.array([[a, c, e], [b, d, f]])), level + 1)


def _shown_box(item: pdfium.PdfObject, matrix: np.ndarray) -> Box | None:
    try:
        left, bottom, right, top = item.get_bounds()
    except pdfium.PdfiumError:
        return None
    points = [apply(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if not all(np.isfinite((*xs, *ys))):
        return None
    box = Box(left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))
    return box if box.width >= _LEAST_WIDE and box.height >= _LEAST_HIGH else None


def _is_filled(item: pdfium.PdfObject) -> bool:
    """Whether a path is an opaque rectangle."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPath_GetDrawMode(item, mode, stroke) or mode.value == raw.FPDF_FILLMODE_NONE:
        return False
    if not raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha) or alpha.value < _OPAQUE:
        return False
    return not raw.FPDFPageObj_HasTransparency(item) and _is_rectangle(item)


def _is_rectangle(item: pdfium.PdfObject) -> bool:
    count = raw.FPDFPath_CountSegments(item)
    if not 4 <= count <= 6:
        return False
    xs, ys = set(), set()
    x, y = ctypes.c_float(), ctypes.c_float()
    for n in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, n)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_BEZIERTO:
            return False
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        xs.add(round(x.value, 1))
        ys.add(round(y.value, 1))
    return len(xs) == 2 and len(ys) == 2


def _is_pasted(item: pdfium.PdfObject) -> bool:
    """Whether a picture is opaque and no seal."""
    if raw.FPDFPageObj_HasTransparency(item):
        return False
    try:
        pixels = item.get_bitmap(render=True).to_numpy()
    except pdfium.PdfiumError:
        return False
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return True
    if pixels.shape[2] == 4 and (pixels[::2, ::2, 3] < _OPAQUE).mean() > 0.02:
        return False
    blue, green, red = (pixels[::2, ::2, n].astype(np.int16) for n in range(3))
    return bool(((red - green > 50) & (red - blue > 40)).mean() < _SEAL)
