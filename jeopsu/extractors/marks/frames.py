"""The printed box under a mark, found by the page's empty ones: all boxes of a form are one print.

A tick that runs out of its box makes one piece of ink with it, perhaps with the next word, too; no outline tells what
that is. The four sides still stand where the other rows' boxes stand, and what is inside them is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.glyphs import Glyph, Look
from jeopsu.extractors.marks.soil import FAINT, INK, depth_in, grown, part_of, soiled

LIKE = 0.2  # boxes differ by this share of their size, in one form and as measured
# How much of its worst side a mark may hide, of the next, and of all on average.
HALF = 0.65  # of an empty box's darkness that its lines have at least
STRIP = 1.4  # points beside a side
EDGE = 0.35  # of an empty box's darkness that a side is darker than what lies beside it; one side may be drawn over
WORST, NEXT, SIDES = 0.55, 0.92, 0.94
DOTS, DOTTED, SIDES_ALONE = 2.0, 0.7, 0.85  # the same where no letters are: points of a gap, of each side, of all
BESIDE = 1.5  # square points of ink around a box that hold nothing against it
RIM = 1.6  # points from a box's outline inwards that are its own line and that line's blur
# Square points of ink within a box: print and specks leave less, a hand's mark more.
EMPTY, MARKED = 1.0, 4.5
LARGE, LARGEST = 23.0, 140.0  # points: ticks that leave their box are smaller, pictures larger
BRIDGED = 4.6  # points of a rim that were taken out with a rule
AROUND = 16.0  # points around a box that are looked at
OWN = 0.3  # of a mark's ink that lies within its box, what runs over the word left out
CORE = 0.2  # of a pair's width to both sides of its middle: what tape leaves of a tick lies further out
FLAT, ACROSS, LINE = 0.3, 0.9, 2.8  # of the width to both sides, its share that a line inks; points of its thickness
BELOW = 4.0  # points under a box into which no tick of its own reaches


@dataclass(frozen=True)
class Pattern:
    """A page's empty box: size in points, and what share of the paper's brightness its lines take away."""

    width: float
    height: float
    depth: float


def pattern_of(canvas: Canvas, boxes: Sequence[Box]) -> Pattern | None:
    """The usual one of a page's empty boxes."""
    if not boxes:
        return None
    depths = []
    for box in boxes:
        depth = depth_in(canvas, box)
        if min(depth.shape, default=0) >= 8:
            edge = np.concatenate([depth[:3].max(axis=0), depth[-3:].max(axis=0)])
            depths.append(float(np.median(edge)))
    if not depths:
        return None
    return Pattern(median(box.width for box in boxes), median(box.height for box in boxes), median(depths))


def frame_in(canvas: Canvas, pattern: Pattern, area: Box, alone: bool = False) -> Box | None:
    """The printed box that lies wholly in an area, or None. Letters have strokes where a box has sides: a side is
    darker than what lies beside it, inside and outside. Where no letters are (`alone`) a mark may lie along two sides,
    and a fax may have left dots of them."""
    strip = round(STRIP * canvas.scale)
    room = grown(area, STRIP)
    depth = depth_in(canvas, room)
    high, wide = round(pattern.height * canvas.scale), round(pattern.width * canvas.scale)
    slack = max(1, round(LIKE * min(high, wide)))
    if depth.shape[0] < high + slack + 2 * strip or depth.shape[1] < wide + slack + 2 * strip:
        return None
    mask = (depth > max(FAINT, HALF * pattern.depth)).astype(np.uint8)
    gap = round(DOTS * canvas.scale) if alone else 1
    flat, steep = (cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones(by, np.uint8)) for by in ((1, gap), (gap, 1)))
    # A side may lie a pixel off.
    across = _sums(cv2.dilate(flat, np.ones((3, 1), np.uint8)), 1)
    down = _sums(cv2.dilate(steep, np.ones((1, 3), np.uint8)), 0)
    worst, next_, all_ = (DOTTED, DOTTED, SIDES_ALONE) if alone else (WORST, NEXT, SIDES)
    dark = _sums(depth, 1), _sums(depth, 0)
    best: tuple[float, int, int, int, int] | None = None
    for h in range(high - slack, high + slack + 1):
        for w in range(max(wide - slack, h + wide - high - 2), min(wide + slack, h + wide - high + 2) + 1):
            if min(h, w) < 6:
                continue
            sides = np.sort(_sides(across, down, h, w, strip), axis=0)
            fits = (sides[0] > worst) & (sides[1] > next_) & (sides.mean(axis=0) > all_)
            if not fits.any():
                continue
            lines = _sides(*dark, h, w, strip)
            inside, outside = _sides(*dark, h, w, strip, strip), _sides(*dark, h, w, strip, -strip)
            edge = np.sort(lines - np.maximum(inside, outside), axis=0)[1]
            fits &= alone | (edge > EDGE * pattern.depth)
            value = sides.mean(axis=0) + 0.1 * lines.mean(axis=0) - 0.5 * inside.mean(axis=0)
            value = np.where(fits, value - 0.004 * (abs(h - high) + abs(w - wide)), -9)
            y, x = (int(v) for v in np.unravel_index(int(value.argmax()), value.shape))
            if fits[y, x] and (best is None or value[y, x] > best[0]):
                best = (float(value[y, x]), x, y, w, h)
    if best is None:
        return None
    _, x, y, w, h = best
    rows, columns = canvas.window(room)
    left, top = (columns.start + strip + x) / canvas.scale, (rows.start + strip + y) / canvas.scale
    return Box(left=left, top=top, right=left + w / canvas.scale, bottom=top + h / canvas.scale)


def _sums(values: np.ndarray, axis: int) -> np.ndarray:
    """Running sums along an axis, a zero before them."""
    summed = np.cumsum(values, axis=axis, dtype=np.float64)
    return np.pad(summed, ((1, 0), (0, 0)) if axis == 0 else ((0, 0), (1, 0)))


def _sides(across: np.ndarray, down: np.ndarray, h: int, w: int, margin: int, within: int = 0) -> np.ndarray:
    """Means along top, bottom, left and right side of a box of h by w pixels at each place that is `margin` pixels from
    the edge, or along lines that lie `within` pixels inside it."""
    rows, columns = across.shape[0] - h + 1 - 2 * margin, down.shape[1] - w + 1 - 2 * margin
    flat = ((across[:, w:] - across[:, :-w]) / w)[:, margin : margin + columns]
    steep = ((down[h:] - down[:-h]) / h)[margin : margin + rows]
    first, last = margin + within, margin - within
    return np.stack(
        (
            flat[first : first + rows],
            flat[last + h - 1 : last + h - 1 + rows],
            steep[:, first : first + columns],
            steep[:, last + w - 1 : last + w - 1 + columns],
        )
    )


def judged(canvas: Canvas, frame: Box, word_left: float, pair: bool = False) -> Glyph:
    """What a printed box, or a pair of brackets, holds: nothing, a mark, or what a person must see. `word_left`: where
    its word begins. The glyph's `ink` is the frame's own with what hangs on it, `inside` what stands within, `mark`
    the latter with what hangs on the frame, all in square points."""
    area = grown(frame, AROUND)
    depth = depth_in(canvas, area)
    own = part_of(canvas, area, frame)
    word = part_of(canvas, area, Box(left=word_left - 0.8, top=0, right=word_left + 99, bottom=9999))[1]
    peak = max(float(np.percentile(depth[own], 99.5)), 1e-6)
    ink = (depth > max(FAINT, INK * peak)).astype(np.uint8)
    core = part_of(canvas, area, within(frame, pair))
    inside = float(ink[core].sum()) / canvas.scale**2
    one = _largest(ink[core]) / canvas.scale**2
    empty, inked = (Look.PAIR, Look.PAIR_INKED) if pair else (Look.BOX, Look.BOX_INKED)
    look = empty if inside <= EMPTY else inked if one >= MARKED else Look.UNCLEAR
    rows, columns = canvas.window(area)
    ink[~canvas.unruled[rows, columns]] = 0
    around_ = ink.copy()
    around_[part_of(canvas, area, grown(frame, 0.8))] = 0
    _, labels = cv2.connectedComponents(ink, connectivity=8)
    hanging = around_ * np.isin(labels, np.unique(labels[own][ink[own] > 0]))
    outside = hanging.copy()
    outside[:, word] = 0
    hung = float(outside.sum()) / canvas.scale**2
    size = float(ink[part_of(canvas, area, grown(frame, 0.8))].sum()) / canvas.scale**2 + hung
    if look is empty:
        beside = (ink if pair else around_).copy()
        beside[~_near(canvas, area, frame, beside.shape)] = 0
        ring = _ring(beside, area, frame, canvas.scale)
        beside[part_of(canvas, area, grown(frame, 0.8))] = 0
        beside[:, word] = 0
        if ring is not None:
            return Glyph(Look.CLOSED, ring, size + float(beside.sum()) / canvas.scale**2, inside)
    if soiled(canvas, frame):
        return Glyph(Look.UNCLEAR, frame, size, inside)
    if look is empty:
        near = beside[part_of(canvas, area, grown(frame, 2.5))]
        if float(near.sum()) / canvas.scale**2 > BESIDE:
            look = Look.UNCLEAR
    # A ring around the word before, or a tail from elsewhere, has most of its ink outside; one from the row below
    # leaves through the bottom.
    passing = inside < OWN * (inside + hung)
    below = hanging[part_of(canvas, area, Box(left=0, top=frame.bottom + BELOW, right=9999, bottom=9999))]
    if (
        _through(canvas, hanging, area, frame)
        or (pair and _flat(ink[part_of(canvas, area, within(frame, True, FLAT))], canvas.scale))
        or (look is inked and (passing or float(below.sum()) / canvas.scale**2 > BESIDE))
    ):
        look = Look.UNCLEAR
    return Glyph(look, frame, size, inside, inside + hung)


def within(frame: Box, pair: bool, core: float = CORE) -> Box:
    """What of a box is no line of its own, and of a pair of brackets no bracket."""
    if not pair:
        return grown(frame, -RIM)
    x, half = frame.centre[0], core * frame.width
    return Box(left=x - half, top=frame.top, right=x + half, bottom=frame.bottom)


def _flat(ink: np.ndarray, scale: float) -> bool:
    """Whether a line lies across brackets' middle, thinner than a filled mark: they are struck out."""
    across = ink.mean(axis=1) > ACROSS if ink.size else np.zeros(0, bool)
    runs = np.diff(np.flatnonzero(np.diff(np.concatenate(([0], across.astype(np.int8), [0])))))[::2]
    return bool(runs.size and runs.max() < LINE * scale)


def _largest(ink: np.ndarray) -> float:
    """Pixels of the largest piece."""
    if not ink.size:
        return 0.0
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    return float(stats[1:, cv2.CC_STAT_AREA].max(initial=0))


def _near(canvas: Canvas, area: Box, frame: Box, shape: tuple[int, ...]) -> np.ndarray:
    """Where a ring around a box may run."""
    near = np.zeros(shape, bool)
    near[part_of(canvas, area, grown(frame, 9.0))] = True
    return near


def _through(canvas: Canvas, ink: np.ndarray, area: Box, frame: Box) -> bool:
    """Whether what hangs on a box goes on beyond the middles of two opposite sides: it is struck out."""
    x, y = frame.centre
    part = 0.3 * frame.height
    pairs = (
        (Box(left=frame.left - 3, top=y - part, right=frame.left - 1, bottom=y + part),
         Box(left=frame.right + 1, top=y - part, right=frame.right + 3, bottom=y + part)),
        (Box(left=x - part, top=frame.top - 3, right=x + part, bottom=frame.top - 1),
         Box(left=x - part, top=frame.bottom + 1, right=x + part, bottom=frame.bottom + 3)),
    )  # fmt: skip
    return any(
        all(float(ink[part_of(canvas, area, side)].sum()) / canvas.scale**2 > 0.5 for side in pair) for pair in pairs
    )


def _ring(ink: np.ndarray, area: Box, frame: Box, scale: float) -> Box | None:
    """The outline of one line that closes around a box."""
    x, y = round((frame.centre[0] - area.left) * scale), round((frame.centre[1] - area.top) * scale)
    line = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    white = np.pad(1 - line, 1, constant_values=1)
    _, labels = cv2.connectedComponents(white, connectivity=4)
    if not white[y + 1, x + 1] or labels[y + 1, x + 1] == labels[0, 0]:
        return None
    ys, xs = np.nonzero(cv2.dilate((labels == labels[y + 1, x + 1]).astype(np.uint8), np.ones((3, 3), np.uint8)))
    return Box(
        left=area.left + float(max(0, xs.min() - 1)) / scale, top=area.top + float(max(0, ys.min() - 1)) / scale,
        right=area.left + float(xs.max()) / scale, bottom=area.top + float(ys.max()) / scale,
    )  # fmt: skip


def large_shapes(canvas: Canvas) -> list[Box]:
    """Where ink hangs together over more than a mark's size across and down, as stamps' rims and signatures do."""
    whole = canvas.soft | canvas.dark
    ink = canvas.unruled
    # Only where a rule was taken out are gaps bridged, or lines of words would be one shape.
    size = round(BRIDGED * canvas.scale) | 1
    grown_ = cv2.dilate(ink.astype(np.uint8), np.ones((size, size), np.uint8)) > 0
    gone = cv2.dilate((whole & ~ink).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    count, _, stats, _ = cv2.connectedComponentsWithStats((ink | (grown_ & gone)).astype(np.uint8), connectivity=8)
    found = []
    for left, top, wide, high, _ in (stats[number] / canvas.scale for number in range(1, count)):
        if min(wide, high) >= LARGE and max(wide, high) <= LARGEST:
            found.append(Box(left=left, top=top, right=left + wide, bottom=top + high))
    return found
