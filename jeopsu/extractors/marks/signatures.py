"""What stands in one place for a seal or a signature: ink that is no printed word and no rule, or nothing at all.

Print on these forms is small (letters up to about 11 points); what a hand or a seal leaves reaches further in one
piece. Between the two lies doubt, and doubt is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jeopsu.domain.documents import Mark
from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas

# One piece of ink of this reach (points) is a hand's or a seal's; printed letters of a sign-off are below.
REACH = 15.0
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
    for seal in seals:
        if inner.contains(*seal.box.centre):
            return Place(
                "seal", 0.97, seal.box, seal.box.width * seal.box.height * 0.2, max(seal.box.width, seal.box.height)
            )
    colour = (canvas.red | canvas.blue) if canvas.coloured else np.zeros_like(canvas.dark)
    rows, columns = canvas.window(inner)
    hued = float(colour[rows, columns].sum()) / canvas.scale**2
    mask = canvas.without_rules(canvas.dark | colour)
    rest = mask.copy()
    for word in printed:
        r, c = canvas.window(_grown(word, 0.8))
        rest[r, c] = False
    whole = canvas.blobs(mask, inner)
    left = canvas.blobs(rest, inner)
    reach = max((blob.reach for blob in whole), default=0.0)
    ink = sum(blob.area for blob in left)
    # A shadow over the whole cell or a rule that was missed is no signature.
    long = [b for b in whole if b.reach >= REACH and b.narrow > 3.0]
    if long:
        best = max(long, key=lambda blob: blob.reach)
        kind = "seal" if _ring(canvas, mask, best.box) else "signature"
        return Place(kind, 0.9, best.box, ink, reach)
    if hued > 20.0:
        return Place("signature", 0.9, inner, hued, reach)
    if ink <= SPECKS and hued <= 2.0 and reach <= 12.0:
        return Place("none", 0.95, None, ink, reach)
    return Place("", 0.5, None, ink, reach)


def _grown(box: Box, by: float) -> Box:
    return Box(left=box.left - by, top=box.top - by, right=box.right + by, bottom=box.bottom + by)


def _ring(canvas: Canvas, mask: np.ndarray, box: Box) -> bool:
    """Whether a piece of ink is a rim with writing in it: ink in nearly all directions far out from its middle."""
    if box.width > 2.2 * box.height or box.height > 2.6 * box.width:
        return False
    rows, columns = canvas.window(box)
    part = mask[rows, columns]
    ys, xs = np.nonzero(part)
    if len(xs) == 0:
        return False
    height, width = part.shape
    dx, dy = (xs - width / 2) / (width / 2), (ys - height / 2) / (height / 2)
    far = np.hypot(dx, dy) > 0.78
    directions = (np.degrees(np.arctan2(dy[far], dx[far])) // 15).astype(int)
    return len(set(directions.tolist())) >= 19
