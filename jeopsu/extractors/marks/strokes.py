"""Straight strokes: those that run aslant, as ticks do, and those that lie flat or stand upright, as sides of boxes."""

from __future__ import annotations

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.soil import FAINT, INK, depth_in

ANGLES = (25, 33, 41, 49, 57, 65, 115, 123, 131, 139, 147, 155)  # degrees
LONG = 5.0  # points that a tick's stroke is long
ONE = 0.9  # of a tick's ink that is one piece
NARROW = 0.5  # of a box's height that a tick in its place is wide
SIDE = 0.6  # of a box's side that is left of one
EDGE = 2.2  # points from an outline's edge within which a side lies
BRIDGED = 2.0  # points of a side's gaps on a fax


def aslant(ink: np.ndarray, length: int) -> bool:
    """Whether a straight stroke of this length (pixels) runs aslant."""
    for angle in ANGLES:
        dx, dy = length / 2 * np.cos(np.radians(angle)), length / 2 * np.sin(np.radians(angle))
        kernel = np.zeros((2 * int(abs(dy)) + 3, 2 * int(abs(dx)) + 3), np.uint8)
        x, y = kernel.shape[1] // 2, kernel.shape[0] // 2
        cv2.line(kernel, (round(x - dx), round(y + dy)), (round(x + dx), round(y - dy)), 1, 1)
        if cv2.erode(ink, kernel, borderValue=0).any():
            return True
    return False


def lone_tick(canvas: Canvas, seen: Box, width: float, height: float) -> bool:
    """Whether a stroke is a tick that stands where other rows have a box (its size in points), the box not printed, and
    not what tape left of a tick and its box."""
    depth = depth_in(canvas, seen)
    if min(depth.shape, default=0) < 6 or seen.width < NARROW * height:
        return False
    ink = (depth > max(FAINT, INK * float(np.percentile(depth, 99.5)))).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if float(stats[1:, cv2.CC_STAT_AREA].max(initial=0)) < ONE * float(ink.sum()):
        return False
    gap, edge = round(BRIDGED * canvas.scale), round(EDGE * canvas.scale)
    # Upright and on its side, so that all four edges lie above and below.
    for turned, length in ((ink, SIDE * width), (ink.T, SIDE * height)):
        line = np.ones((1, round(length * canvas.scale)), np.uint8)
        for part in (turned[:edge], turned[-edge:]):
            whole = cv2.morphologyEx(np.ascontiguousarray(part), cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
            if cv2.erode(whole, line, borderValue=0).any():
                return False
    return aslant(ink, round(LONG * canvas.scale))
