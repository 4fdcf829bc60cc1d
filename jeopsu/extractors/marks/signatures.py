"""What stands in one place for a seal or a signature: ink that is no printed word and no rule, or nothing at all.

Print on these forms is small (letters up to about 11 points); what a hand or a seal leaves reaches further in one
piece. Between the two lies doubt, and doubt is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from jeopsu.domain.documents import Mark
from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.seals import SURE_IN_PLACE

# One piece of ink of this reach (points) is a hand's or a seal's; printed letters of a sign-off are below.
REACH = 15.0
# A pale rim on a grey scan is a person's seal from this height on (about 8 mm); round print is smaller.
PALE_REACH = 18.0
# Rest of the ink (square points) beside the printed words that still counts as empty: specks, a letter's rim.
SPECKS = 5.0


@dataclass(frozen=True)
class Place:
    """What was seen in a place: "seal", "signature", "none", or "" where it cannot be told."""

    kind: str
    confidence: float
    box: Box | None = None  # of the ink
    ink: float = 0.0  # square points of ink that is no print
    reach: float = 0.0  # its longest piece


def look_at(canvas: Canvas, cell: Box, printed: Sequence[Box], seals: Sequence[Mark] = (), inset: float = 2.0) -> Place:
    """What is in a cell. `printed`: boxes of words known to be the form's own; `seals`: coloured seals (upright)."""
    inner = Box(
        left=cell.left + inset,
        top=cell.top + inset,
        right=max(cell.left + inset, cell.right - inset),
        bottom=max(cell.top + inset, cell.bottom - inset),
    )
    here = [seal for seal in seals if inner.contains(*seal.box.centre)]
    if here:
        seal = max(here, key=lambda one: one.confidence)
        kind, confidence = ("seal", 0.97) if seal.confidence >= SURE_IN_PLACE else ("", 0.5)
        box = seal.box
        return Place(kind, confidence, box, box.width * box.height * 0.2, max(box.width, box.height))
    colour = (canvas.red | canvas.blue) if canvas.coloured else np.zeros_like(canvas.dark)
    rows, columns = canvas.window(inner)
    hued = float(colour[rows, columns].sum()) / canvas.scale**2
    mask = canvas.without_rules(canvas.dark | colour)
    whole = canvas.blobs(mask, inner)
    reach = max((blob.reach for blob in whole), default=0.0)
    ink = _beside_print(canvas, mask, inner, printed)
    # A shadow over the whole cell or a rule that was missed is no signature.
    long = [b for b in whole if b.reach >= REACH and b.narrow > 3.0]
    if long:
        best = max(long, key=lambda blob: blob.reach)
        kind = "seal" if _rimmed(canvas, mask, best.box) else "signature"
        if kind == "signature" and _red(canvas, best.box) > 0.3 * max(best.area, 1.0):
            return Place("", 0.5, best.box, ink, reach)
        if kind == "signature" and not canvas.coloured and _like_a_seal(best.box):
            return Place("", 0.5, best.box, ink, reach)  # a broken rim, or a compact hand: signed, but how?
        return Place(kind, 0.9, best.box, ink, reach)
    if hued > 20.0:
        # Hands sign in blue; red that closes no rim may be a neighbour's seal, or one nobody can make out.
        by_hand = _red(canvas, inner) < 0.3 * hued
        return Place("signature", 0.9, inner, hued, reach) if by_hand else Place("", 0.5, inner, hued, reach)
    # Pale ink: a seal of a grey scan. What shines through from the back is paler still.
    pale = canvas.without_rules(canvas.pale | canvas.dark | colour)
    for blob in canvas.blobs(pale, inner):
        if blob.reach >= PALE_REACH and blob.narrow >= 12.0 and _rimmed(canvas, pale, blob.box):
            return Place("seal", 0.85, blob.box, blob.area, blob.reach)
    faint = _beside_print(canvas, canvas.without_rules(canvas.soft | canvas.dark | colour), inner, printed)
    if ink <= SPECKS and hued <= 2.0 and reach <= 12.0 and faint <= 2 * SPECKS:
        return Place("none", 0.95, None, ink, reach)
    return Place("", 0.5, None, ink, reach)


def _red(canvas: Canvas, box: Box) -> float:
    """Square points of red ink in a box."""
    if not canvas.coloured:
        return 0.0
    rows, columns = canvas.window(box)
    return float(canvas.red[rows, columns].sum()) / canvas.scale**2


def _like_a_seal(box: Box) -> bool:
    """Of a personal seal's size and build: about as wide as high, 7 to 14 mm."""
    return 20.0 <= max(box.width, box.height) <= 40.0 and 0.5 <= box.width / max(1.0, box.height) <= 1.7


def _beside_print(canvas: Canvas, mask: np.ndarray, inner: Box, printed: Sequence[Box]) -> float:
    """Square points of a mask's ink in a place, the form's own words left out."""
    rest = mask.copy()
    for word in printed:
        rows, columns = canvas.window(_grown(word, 0.8))
        rest[rows, columns] = False
    return sum(blob.area for blob in canvas.blobs(rest, inner))


def like_print(canvas: Canvas, place: Box, sample: Box) -> float:
    """How much of a place's ink looks like the sample's print, -1..1: the best correlation over sizes.

    A name typed in the signature's cell looks like the same name typed in the name's cell (0.8 and more); the same name
    by hand, or in a hand's typeface, was at 0.61 at most on 30 cells of scans.
    """
    wanted, field = _tight(_depth(canvas, sample)), _depth(canvas, place)
    if min(wanted.shape, default=0) < 6:
        return 1.0
    best = -1.0
    for size in np.arange(0.7, 1.9, 0.06):
        scaled = cv2.resize(wanted, None, fx=float(size), fy=float(size))
        if scaled.shape[0] < field.shape[0] and scaled.shape[1] < field.shape[1]:
            best = max(best, float(cv2.matchTemplate(field, scaled, cv2.TM_CCOEFF_NORMED).max()))
    return best


def _depth(canvas: Canvas, box: Box) -> np.ndarray:
    rows, columns = canvas.window(box)
    grey: np.ndarray = canvas.grey[rows, columns].astype(np.float32)
    if grey.size == 0:
        return np.zeros((1, 1), np.float32)
    grey = cv2.GaussianBlur(grey, (3, 3), 0)
    paper = float(np.percentile(grey, 80))
    return np.asarray(np.clip((paper - grey) / max(1.0, paper), 0, 1))


def _tight(depth: np.ndarray) -> np.ndarray:
    ys, xs = np.nonzero(depth > max(0.13, 0.4 * float(np.percentile(depth, 99.5))))
    return depth[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1] if len(xs) else depth[:0]


def _grown(box: Box, by: float) -> Box:
    return Box(left=box.left - by, top=box.top - by, right=box.right + by, bottom=box.bottom + by)


def _rimmed(canvas: Canvas, mask: np.ndarray, box: Box) -> bool:
    """Whether a piece of ink is a rim with writing in it: no broader than a seal, and closed around, or inked in
    nearly all directions far out from its middle."""
    if box.width > 1.9 * box.height or box.height > 2.6 * box.width:
        return False
    rows, columns = canvas.window(box)
    part = mask[rows, columns]
    ys, xs = np.nonzero(part)
    if len(xs) == 0:
        return False
    contours, _ = cv2.findContours(part.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    closed = max(cv2.contourArea(contour) for contour in contours) / part.size
    if closed > 0.62:
        return True
    height, width = part.shape
    dx, dy = (xs - width / 2) / (width / 2), (ys - height / 2) / (height / 2)
    far = np.hypot(dx, dy) > 0.78
    directions = (np.degrees(np.arctan2(dy[far], dx[far])) // 15).astype(int)
    return len(set(directions.tolist())) >= 19
