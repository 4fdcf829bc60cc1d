"""Whether anybody wrote beside or over a row of choices whose boxes are all empty: a word that is ringed, underlined or
struck out, or a tick beside its box, is an answer too."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.frames import within
from jeopsu.extractors.marks.soil import grown
from jeopsu.extractors.marks.strokes import aslant

# Square points of ink outside the boxes and words; OCR's boxes cut off less of a letter.
LEAST = 4.0
RUN = 1.05  # letters' heights: a straight stroke of this length is a line, no letter's
SLANTED = 0.85  # the same for one aslant, as a tick over a word has: the strokes of ㅅ and ㅈ are half as long
LINE = 2.2  # points from a box's outline inwards, beyond its own line
BETWEEN = 0.28  # of a pair's width to both sides of its middle
SPECKS = 0.1  # square points of ink within an empty box; 422 drawn ones, a fax's too, had none
TINT = 30  # levels between an empty box's channels; of those 422, 8 at most, under a highlighter 100 and more
HUED = 3.0  # square points of red or blue ink: no form prints its words in it


def untouched(canvas: Canvas, boxes: Sequence[Box], words: Sequence[Box], cell: Box | None) -> bool:
    """Whether a row of choices holds print alone. `boxes`: the empty boxes; `words`: where OCR saw their words."""
    s = canvas.scale
    em = min(word.height for word in words) / 1.2
    every = [*boxes, *words]
    area = Box(
        left=max(0.0, min(b.left for b in every) - 8, cell.left + 2.5 if cell else 0.0),
        top=max(0.0, min(b.top for b in every) - 0.5 * em, cell.top + 2.5 if cell else 0.0),
        right=min(max(b.right for b in every) + 8, cell.right - 2.5 if cell else canvas.width / s),
        bottom=min(max(b.bottom for b in every) + 0.5 * em, cell.bottom - 2.5 if cell else canvas.height / s),
    )
    rows, columns = canvas.window(area)
    ink: np.ndarray = canvas.dark[rows, columns].astype(np.uint8)
    if min(ink.shape, default=0) < 8:
        return False
    for box in boxes:
        _clear(ink, canvas, box, rows, columns, 1.2, 1.2)
    if canvas.coloured and float((canvas.red | canvas.blue)[rows, columns].sum()) / s**2 > HUED:
        return False
    if aslant(ink, round(SLANTED * em * s)):
        return False
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))  # a hand's line is not quite straight
    if cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, round(RUN * em * s)), np.uint8)).any():
        return False
    for word in words:
        _clear(ink, canvas, word, rows, columns, 3.0, 1.5)
    return float(ink.sum()) / s**2 < LEAST


def paper(canvas: Canvas, frame: Box, pair: bool) -> bool:
    """Whether nothing but paper is within an empty box or pair of brackets: a pencil's stroke leaves specks on a fax, a
    highlighter colour."""
    rows, columns = canvas.window(within(frame, True, BETWEEN) if pair else grown(frame, -LINE))
    part = canvas.balanced[rows, columns].astype(np.int16)
    if not part.size:
        return False
    hue = float(np.median(part.max(axis=2) - part.min(axis=2)))
    return hue < TINT and float(canvas.dark[rows, columns].sum()) / canvas.scale**2 <= SPECKS


def ink_in(canvas: Canvas, box: Box) -> float:
    """Square points of ink in a box."""
    rows, columns = canvas.window(box)
    return float(canvas.dark[rows, columns].sum()) / canvas.scale**2


def bare(canvas: Canvas, place: Box, boxes: Sequence[Box]) -> bool:
    """Whether a place that prints nothing but boxes, rules between them, holds no other ink."""
    rows, columns = canvas.window(place)
    ink: np.ndarray = canvas.unruled_dark[rows, columns].astype(np.uint8)
    for box in boxes:
        _clear(ink, canvas, box, rows, columns, 1.2, 1.2)
    return float(ink.sum()) / canvas.scale**2 < LEAST


def _clear(ink: np.ndarray, canvas: Canvas, box: Box, rows: slice, columns: slice, x: float, y: float) -> None:
    """Takes a box, grown by some points, out of a window's ink."""
    own_rows, own_columns = canvas.window(
        Box(left=max(0.0, box.left - x), top=max(0.0, box.top - y), right=box.right + x, bottom=box.bottom + y)
    )
    ink[
        max(0, own_rows.start - rows.start) : max(0, own_rows.stop - rows.start),
        max(0, own_columns.start - columns.start) : max(0, own_columns.stop - columns.start),
    ] = 0
