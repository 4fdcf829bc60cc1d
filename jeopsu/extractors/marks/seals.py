"""Seals by their colour: red (and blue) pieces of the size and build of a seal, round, square or upright.

Seals lie over print and over each other; colour tells them from it. What has a rim nearly all around and writing in it
is a seal for sure; what has half of one may be. On a grey scan colour cannot tell, and place must: see `signatures.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from jeopsu.domain.documents import Mark, SealColour
from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas, Hue
from jeopsu.extractors.marks.parts import LARGEST, SMALLEST, WHOLE, Piece, pieces_of, taken_apart

# Confidence from which a seal is one: wherever it stands, and in a place that is there for seals. Letters that fill a
# closed rim may be a logo elsewhere.
SURE, SURE_IN_PLACE = 0.9, 0.8
MAYBE = 0.55  # of a rim's way: may be a worn seal
# Printed shapes, tinted cells and highlighters fill their outline: less of it than this is lighter than their ink, by a
# quarter of the way to paper. A name carved white on red leaves more, and has a whole edge.
WHITE, LIGHTER = 0.04, 0.25
CARVED, CARVED_HOLES, SOLID_EDGE, FULL = 20.0, 5, 0.95, 0.25
HOLE = 0.4  # square points of white that count as a place
# Large printed letters: they fill more of their outline than a seal's writing does, with strokes broader than a rim
# (points, or a share of the size).
LETTERS, BROAD, BROAD_WHOLE, BROAD_SHARE, THICK = 0.5, 3.2, 4.0, 0.125, 0.22
# In a rim without a gap and much writing in it: a poor scan runs the strokes of letters together.
BLURRED_SHARE, UNBROKEN, WRITTEN = 0.2, 0.97, 0.3
# A seal of an office or in a whole rim may have bold letters; no print is that large.
BOLD, LARGE = 0.78, 38.0
SMALLEST_BLUE = 18.0  # blue headings of a form are smaller; so are the loops of a blue signature


def coloured_seals(canvas: Canvas, words: Sequence[Box] = ()) -> list[Mark]:
    """Red seals, and blue ones with a closed rim that are no printed word. Boxes are upright.

    `kind` is "seal", or "stamp" for a long frame with words in it (원본대조필), which signs nothing.
    """
    if not canvas.coloured:
        return []
    found: list[Mark | None] = []
    for piece in pieces_of(canvas, canvas.reddish.mask):
        found += [_mark(part, canvas.reddish, canvas, SealColour.RED) for part in taken_apart(piece)]
    for piece in pieces_of(canvas, canvas.bluish.mask):
        if piece.closed and piece.narrow >= SMALLEST_BLUE and not _printed(piece.box, words):
            found.append(_mark(piece, canvas.bluish, canvas, SealColour.BLUE))
    return [mark for mark in found if mark is not None]


def _mark(piece: Piece, hue: Hue, canvas: Canvas, colour: SealColour) -> Mark | None:
    rim = piece.rim
    if piece.size > LARGEST * 1.3 or piece.narrow < SMALLEST or rim.share < MAYBE:
        return None
    white, holes = _white(piece, hue, canvas)
    if white < WHITE:
        return None
    if piece.long:
        return Mark(kind="stamp", box=piece.box, colour=colour, confidence=0.9) if piece.frame else None
    stroke = _stroke(piece, hue)
    carved = rim.share >= SOLID_EDGE and piece.size >= CARVED and holes >= CARVED_HOLES and stroke >= FULL * piece.size
    bold = piece.size >= LARGE or (rim.share >= WHOLE and piece.size >= 1.15 * CARVED)
    share = BLURRED_SHARE if rim.share >= UNBROKEN and rim.inner >= WRITTEN else BROAD_SHARE
    drawn = rim.inner <= (BOLD if bold else LETTERS) and stroke <= max(
        BROAD_WHOLE if rim.share >= WHOLE else BROAD, share * piece.size
    )
    thin = stroke <= THICK * min(rim.width, rim.height)  # ㅇ of a heading is a ring as well
    sure = piece.closed and ((drawn and thin) or carved)
    whole = piece.closed and piece.size >= CARVED
    confidence = 0.95 if sure else SURE_IN_PLACE if whole else 0.6
    return Mark(kind="seal", box=piece.box, colour=colour, shape=rim.shape, confidence=confidence)


def _white(piece: Piece, hue: Hue, canvas: Canvas) -> tuple[float, int]:
    """How much of a piece's outline is clearly lighter than its ink, 0..1, and in how many places well inside."""
    left, top = piece.points.min(axis=0)
    right, bottom = piece.points.max(axis=0) + 1
    area = np.zeros((bottom - top, right - left), np.uint8)
    cv2.fillConvexPoly(area, cv2.convexHull(piece.points.astype(np.int32)) - (left, top), 1)
    window = slice(top, bottom), slice(left, right)
    grey = canvas.calm[window].astype(np.int16)
    ink = float(np.median(grey[hue.mask[window] & (area > 0)]))
    paper = float(np.percentile(canvas.paper[window], 75))
    lighter = grey > ink + LIGHTER * (paper - ink)
    deep = cv2.erode(np.pad(area, 1), np.ones((3, 3), np.uint8), iterations=max(1, round(piece.scale)))[1:-1, 1:-1]
    _, _, stats, _ = cv2.connectedComponentsWithStats((lighter & (deep > 0)).astype(np.uint8), connectivity=8)
    holes = int((stats[1:, cv2.CC_STAT_AREA] >= HOLE * piece.scale**2).sum())
    return float((lighter & (area > 0)).sum()) / float(area.sum()), holes


def _stroke(piece: Piece, hue: Hue) -> float:
    """How broad its broadest strokes are, in points."""
    left, top = piece.points.min(axis=0)
    right, bottom = piece.points.max(axis=0) + 1
    ink = np.pad(hue.mask[top:bottom, left:right].astype(np.uint8), 1)
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)[1:-1, 1:-1]
    deep = depth[piece.points[:, 1] - top, piece.points[:, 0] - left]
    return 2 * float(np.percentile(deep, 97)) / piece.scale


def _printed(box: Box, words: Sequence[Box]) -> bool:
    """Whether a box is a printed word's."""
    return any(word.overlap(box) > 0.5 * box.width * box.height for word in words)
