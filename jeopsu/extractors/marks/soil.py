"""Whether the paper around and within a check box is paper: stains, smeared ink and a stamp's cloud darken it evenly,
where a pen leaves strokes with clean paper beside them."""

from __future__ import annotations

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas

# Share of the paper's brightness that ink takes away, at least, to be looked at. Thin rules of a box on a 150 dpi scan
# take a fifth; what shines through from the back takes a tenth.
FAINT = 0.13
INK = 0.38  # of the darkest ink nearby: this and more is ink
# What share of the paper around a box is darkened, and by how much of its brightness the paper within is. Of 260 marks
# on poor scans and 300 on drawn ones the first was 0.045 at most (√ among letters: 0.11), the second 0.035.
SOILED, AMONG_LETTERS, SOILED_WITHIN = 0.06, 0.13, 0.045
DARKENED = 0.07  # of its brightness that paper must lose
ASIDE = 0.9  # points beside ink that blur may darken
BROAD = 2.8  # points: no pen's stroke is as broad
ROOM = 20.0


def grown(box: Box, by: float) -> Box:
    """The box with `by` points more on every side (less where negative), within the page's left and top edge."""
    return Box(
        left=max(0.0, box.left - by),
        top=max(0.0, box.top - by),
        right=max(box.left - by, box.right + by, 0.0),
        bottom=max(box.top - by, box.bottom + by, 0.0),
    )


def depth_in(canvas: Canvas, box: Box) -> np.ndarray:
    """What share of the paper's brightness each pixel of a box takes away, 0..1."""
    rows, columns = canvas.window(box)
    paper = canvas.paper[rows, columns].astype(np.float32)
    if paper.size == 0:
        return np.zeros((0, 0), np.float32)
    grey = cv2.GaussianBlur(canvas.grey[rows, columns], (3, 3), 0).astype(np.float32)
    return np.asarray(np.clip((paper - grey) / np.maximum(paper, 1.0), 0, 1))


def part_of(canvas: Canvas, whole: Box, box: Box) -> tuple[slice, slice]:
    """Rows and columns of a box within a window of the page."""
    outer, inner = canvas.window(whole), canvas.window(box)
    return (
        slice(max(0, inner[0].start - outer[0].start), max(0, inner[0].stop - outer[0].start)),
        slice(max(0, inner[1].start - outer[1].start), max(0, inner[1].stop - outer[1].start)),
    )


def soiled(canvas: Canvas, box: Box, limit: float = SOILED) -> bool:
    """Whether the paper around a box, or what of it is left within, is darkened. No pen or print does that."""
    around_, within = darkened(canvas, box)
    return around_ > limit or within > SOILED_WITHIN


def darkened(canvas: Canvas, box: Box) -> tuple[float, float]:
    """How much of the paper around a box is clearly darker than the paper further off, and by how much of its
    brightness the paper within is, both 0..1."""
    area = grown(box, ROOM)
    depth = depth_in(canvas, area)
    if min(depth.shape, default=0) < 8:
        return 0.0, 0.0
    s = canvas.scale
    strong = (depth > max(FAINT, INK * float(np.percentile(depth, 99.5)))).astype(np.uint8)
    aside, broad = 2 * round(ASIDE * s) + 1, round(BROAD * s)
    paper = cv2.dilate(strong, np.ones((aside, aside), np.uint8)) == 0
    if not paper.any():
        return 1.0, 1.0
    # The grain of a poor scan is taken out, ink's edges left out of it.
    weight = cv2.GaussianBlur(paper.astype(np.float32), (0, 0), s)
    tone = cv2.GaussianBlur(depth * paper, (0, 0), s) / np.maximum(weight, 1e-3) - float(np.median(depth[paper]))
    blot = cv2.morphologyEx(strong, cv2.MORPH_OPEN, np.ones((broad, broad), np.uint8)) > 0
    around_ = np.zeros(depth.shape, bool)
    around_[part_of(canvas, area, grown(box, 4.5))] = True
    around_[part_of(canvas, area, grown(box, 0.8))] = False
    dark = around_ & ((paper & (tone > DARKENED)) | blot)
    inner = np.zeros(depth.shape, bool)
    inner[part_of(canvas, area, grown(box, -1.6))] = True
    left = tone[inner & paper]
    return (
        float(dark.sum()) / max(1.0, float((around_ & (paper | blot)).sum())),
        float(np.median(left)) if left.size > 6 else 0.0,
    )
