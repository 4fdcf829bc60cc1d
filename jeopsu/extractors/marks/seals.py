"""Seals by their colour: red (and blue) pieces of the size and build of a seal, round, square or long.

Seals lie over print and over each other; colour tells them from it. On a grey scan colour cannot, and place must:
see `signatures.py`, which is asked about one place at a time.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from jeopsu.domain.documents import Mark, SealColour, SealShape
from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas

# Sizes in points, of the registered and personal seals seen on forms (a name seal ≈ 8 mm, an office's ≈ 35 mm).
SMALLEST, LARGEST = 11.0, 130.0
# Two seals that overlap (원본대조필 beside a company's seal) come as one piece, up to this long.
LONGEST = 200.0
_THIN = 0.25  # of a long piece's usual breadth of ink: thinner at one place, it is two seals
SMALLEST_BLUE = 18.0  # blue headings of a form are smaller; so are the loops of a blue signature


def coloured_seals(canvas: Canvas, words: Sequence[Box] = ()) -> list[Mark]:
    """Red seals, and blue ones with a closed rim that are no printed word. Boxes are upright."""
    if not canvas.coloured:
        return []
    found = []
    for mask, colour in ((canvas.red, SealColour.RED), (canvas.blue, SealColour.BLUE)):
        for box, points in _merged(_pieces(canvas, mask)):
            if min(box.width, box.height) < SMALLEST or max(box.width, box.height) > LONGEST:
                continue
            shape = _shape(points)
            density = len(points) / canvas.scale**2 / max(1.0, box.width * box.height)
            if density > 0.85 or density < 0.03:
                continue  # a printed bar, or scattered specks
            if colour is SealColour.BLUE and not _blue_seal(canvas, mask, box, shape, words):
                continue  # blue strokes are handwriting
            found.append(Mark(kind="seal", box=box, colour=colour, shape=shape, confidence=0.95))
    return found


def _blue_seal(canvas: Canvas, mask: np.ndarray, box: Box, shape: SealShape, words: Sequence[Box]) -> bool:
    if shape is SealShape.OTHER or min(box.width, box.height) < SMALLEST_BLUE:
        return False
    if any(word.overlap(box) > 0.5 * box.width * box.height for word in words):
        return False
    return _rimmed(canvas, mask, box)


def _pieces(canvas: Canvas, mask: np.ndarray) -> list[tuple[Box, np.ndarray]]:
    size = max(1, round(3.0 * canvas.scale)) | 1
    joined = cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8))
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    pieces = []
    for number in range(1, count):
        rows, columns = np.nonzero((labels == number) & mask)
        if len(rows) < 20:
            continue
        points = np.stack([columns, rows], axis=1)
        box = _outline(canvas, points)
        if max(box.width, box.height) > LONGEST:
            continue
        pieces += _parted(canvas, points)
    return pieces


def _parted(canvas: Canvas, points: np.ndarray) -> list[tuple[Box, np.ndarray]]:
    """A long piece cut where it is thinnest: seals of neighbouring rows, or 원본대조필 with a seal at its end."""
    box = _outline(canvas, points)
    axis = 0 if box.width >= box.height else 1
    long_side, short_side = max(box.width, box.height), min(box.width, box.height)
    # Longer than two seals in a row, yet not long enough for two stamps: one long stamp (원본대조필), left whole.
    if short_side < SMALLEST or long_side < 1.6 * short_side or 2.6 * short_side < long_side <= LARGEST:
        return [(box, points)]
    along = points[:, axis] - points[:, axis].min()
    ink = np.bincount(along)
    window = max(1, round(1.5 * canvas.scale))
    smooth = np.convolve(ink, np.ones(window) / window, mode="same")
    margin = round(0.3 * short_side * canvas.scale)
    inner = smooth[margin : len(smooth) - margin]
    if len(inner) == 0:
        return [(box, points)]
    cut = int(inner.argmin()) + margin
    if inner.min() > _THIN * smooth.mean():
        # Two signers' seals one under the other, rim over rim: their outline has a waist, and each is as wide as high.
        cut = _waist(points, along)
        if axis == 0 or not all(_as_wide_as_high(canvas, part) for part in (points[along < cut], points[along >= cut])):
            return [(box, points)]
    parts = [points[along < cut], points[along >= cut]]
    return [piece for part in parts if len(part) >= 20 for piece in _parted(canvas, part)]


def _waist(points: np.ndarray, along: np.ndarray) -> int:
    """Where the outline of an upright piece is narrowest in its middle third."""
    length = int(along.max()) + 1
    left, right = np.full(length, 1 << 20), np.zeros(length, int)
    np.minimum.at(left, along, points[:, 0])
    np.maximum.at(right, along, points[:, 0])
    third = length // 3
    return int((right - left)[third : 2 * third].argmin()) + third


def _as_wide_as_high(canvas: Canvas, points: np.ndarray) -> bool:
    if len(points) < 20:
        return False
    box = _outline(canvas, points)
    return max(box.width, box.height) < 1.35 * min(box.width, box.height)


def _outline(canvas: Canvas, points: np.ndarray) -> Box:
    s = canvas.scale
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0) + 1
    return Box(left=float(left / s), top=float(top / s), right=float(right / s), bottom=float(bottom / s))


def _merged(pieces: list[tuple[Box, np.ndarray]]) -> list[tuple[Box, np.ndarray]]:
    """Pieces of one broken seal put together: one inside the other, or side by side and together as wide as high."""
    pieces = sorted(pieces, key=lambda piece: -piece[0].width * piece[0].height)
    merged: list[tuple[Box, np.ndarray]] = []
    for box, points in pieces:
        for place, (other, others) in enumerate(merged):
            if other.contains(*box.centre) or _one_seal(other, box):
                merged[place] = (other.union(box), np.concatenate([others, points]))
                break
        else:
            merged.append((box, points))
    return merged


def _one_seal(one: Box, other: Box) -> bool:
    whole = one.union(other)
    if max(whole.width, whole.height) > LARGEST or max(whole.width, whole.height) > 1.25 * min(
        whole.width, whole.height
    ):
        return False
    gap_x = max(one.left, other.left) - min(one.right, other.right)
    gap_y = max(one.top, other.top) - min(one.bottom, other.bottom)
    beside = gap_x <= 9 and -gap_y >= 0.6 * min(one.height, other.height)
    under = gap_y <= 9 and -gap_x >= 0.6 * min(one.width, other.width)
    return beside or under


def _shape(points: np.ndarray) -> SealShape:
    """Round where the hull leaves the corners of its tightest rectangle empty (π/4), square where it fills them."""
    hull = cv2.convexHull(points.astype(np.float32))
    (_, (width, height), _) = cv2.minAreaRect(hull)
    if min(width, height) < 1 or max(width, height) / min(width, height) > 2.2:
        return SealShape.OTHER
    filled = cv2.contourArea(hull) / (width * height)
    return SealShape.ROUND if filled < 0.88 else SealShape.SQUARE


def _rimmed(canvas: Canvas, mask: np.ndarray, box: Box) -> bool:
    """Whether ink runs around the outline: most directions from the middle meet ink far out."""
    rows, columns = canvas.window(box)
    part = mask[rows, columns]
    height, width = part.shape
    ys, xs = np.nonzero(part)
    if len(xs) == 0:
        return False
    dx, dy = (xs - width / 2) / (width / 2), (ys - height / 2) / (height / 2)
    far = np.maximum(np.hypot(dx, dy), np.maximum(abs(dx), abs(dy))) > 0.8
    directions = (np.degrees(np.arctan2(dy[far], dx[far])) // 15).astype(int)
    return len(set(directions.tolist())) >= 18
