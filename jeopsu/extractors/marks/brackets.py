"""A form's brackets under a mark, found by its empty pair: all pairs of a form are one print.

A tick over "( )" makes one piece of ink with a bracket or with both, and what correction tape leaves of a tick does so,
too. Where both brackets of the print are still seen, what stands between them is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.soil import FAINT, depth_in, grown

SEEN = 0.8  # of each bracket's ink that must be inked
HALF = 0.5  # of the print's darkness that its ink has at least
ROOM = 1.5  # points around what was seen
SIDE = 0.3  # of a pair's width that a bracket takes at most


@dataclass(frozen=True, eq=False)
class Brackets:
    """A page's empty pair: its ink (one entry a pixel), and what share of the paper's brightness that takes away."""

    ink: np.ndarray
    depth: float
    width: float  # points
    height: float


def brackets_of(canvas: Canvas, boxes: Sequence[Box]) -> Brackets | None:
    """The usual one of a page's empty pairs."""
    found: list[tuple[float, Brackets]] = []
    for box in boxes:
        depth = depth_in(canvas, box)
        if min(depth.shape, default=0) < 8:
            continue
        dark = float(np.percentile(depth, 97))
        ink = depth > max(FAINT, HALF * dark)
        found.append((float(ink.sum()), Brackets(ink, dark, box.width, box.height)))
    found.sort(key=lambda one: one[0])
    return found[len(found) // 2][1] if found else None


def brackets_in(canvas: Canvas, print_: Brackets, area: Box) -> Box | None:
    """Where both brackets stand in an area as far apart as in an empty pair, or None."""
    wide = print_.ink.shape[1]
    side = round(SIDE * wide)
    left, right = _seen(canvas, print_, area)
    apart = wide - side
    if right.shape[1] <= apart:
        return None
    both = np.minimum(left[:, : left.shape[1] - apart], right[:, apart:])
    y, x = (int(v) for v in np.unravel_index(int(both.argmax()), both.shape))
    if both[y, x] < SEEN:
        return None
    # Of places that fit as well, the middle one.
    ys, xs = np.nonzero(both >= both[y, x] - 0.02)
    near = np.hypot(ys - y, xs - x) < 4
    return _box(canvas, print_, area, round(float(ys[near].mean())), round(float(xs[near].mean())), wide)


def brackets_apart(canvas: Canvas, print_: Brackets, seen: Box) -> Box | None:
    """The brackets at both ends of what was seen, or None: typed ones stand further apart by what is typed in them."""
    area = grown(seen, ROOM)
    left, right = _seen(canvas, print_, area)
    half = left.shape[1] // 2
    if half < 2:
        return None
    ends = np.minimum(left[:, :half].max(axis=1), right[:, half:].max(axis=1))
    y = int(ends.argmax())
    if ends[y] < SEEN:
        return None
    start, end = int(left[y, :half].argmax()), half + int(right[y, half:].argmax())
    return _box(canvas, print_, area, y, start, end - start + round(SIDE * print_.ink.shape[1]))


def _seen(canvas: Canvas, print_: Brackets, area: Box) -> tuple[np.ndarray, np.ndarray]:
    """What share of the left bracket's ink, and of the right one's, is inked with its corner at each place."""
    depth = depth_in(canvas, area)
    high, wide = print_.ink.shape
    side = round(SIDE * wide)
    # A bracket may lie a pixel off.
    mask = cv2.dilate((depth > max(FAINT, HALF * print_.depth)).astype(np.uint8), np.ones((3, 3), np.uint8))
    parts = [print_.ink[:, :side].astype(np.float32), print_.ink[:, wide - side :].astype(np.float32)]
    if depth.shape[0] < high or depth.shape[1] < side or not all(part.any() for part in parts):
        return np.zeros((1, 1)), np.zeros((1, 1))
    left, right = (cv2.matchTemplate(mask.astype(np.float32), part, cv2.TM_CCORR) / float(part.sum()) for part in parts)
    return left, right


def _box(canvas: Canvas, print_: Brackets, area: Box, y: int, x: int, wide: int) -> Box:
    rows, columns = canvas.window(area)
    left, top = (columns.start + x) / canvas.scale, (rows.start + y) / canvas.scale
    return Box(
        left=left, top=top, right=left + wide / canvas.scale, bottom=top + print_.ink.shape[0] / canvas.scale
    )  # fmt: skip
