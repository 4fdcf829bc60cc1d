"""One check box's picture: an empty box, brackets, a ring, a filled box, a stroke, or nothing, told by its ink's build.

What a glyph means (○ is an empty choice on one form and the mark on another) its brothers say: see `boxes.settle`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.soil import AMONG_LETTERS, FAINT, INK, SOILED, soiled

# Square points of ink below which a place is blank: specks and the grain of a scan.
SPECK = 0.8
BLANK = 1.6
# A box's side of which so much is left is a broken one where the other three are whole.
BROKEN, WHOLE = 0.45, 0.85
# Width to height of what two lines through a box leave, at least; ticks are about as wide as high.
FLAT = 1.85

# Share of its outline that a thin stroke inks at most; of its ink that a piece has; of its outline's side that a
# straight line runs along.
THIN, BIT, SIDE = 0.42, 0.12, 0.9

# Points between a mark and the word before it, at least: closer ink is that word's next letter.
ALONE = 1.4


class Look(StrEnum):
    """What stands in a check box's place."""

    BLANK = "blank"
    BOX = "box"  # □
    RING = "ring"  # ○
    PAIR = "pair"  # ( ) [ ]
    FULL = "full"  # ■ ●
    BOX_INKED = "box_inked"  # ☑ ☒, a box with a hand's mark in it
    RING_INKED = "ring_inked"  # ◉
    PAIR_INKED = "pair_inked"  # (○) [√]
    STROKE = "stroke"  # √ V ✓ and what a hand drew over a box
    CLOSED = "closed"  # a closed line that is neither box nor ring: brackets grown into a circle, a circle around a box
    UNCLEAR = "unclear"


HOLLOW = frozenset({Look.BLANK, Look.BOX, Look.RING, Look.PAIR})
INKED = frozenset({Look.FULL, Look.BOX_INKED, Look.RING_INKED, Look.PAIR_INKED, Look.STROKE})


@dataclass(frozen=True)
class Glyph:
    """What was seen. Box upright, in points; `ink` in square points, `mark` what of it is not the printed frame (0: not
    told apart); `inside`: how dark its middle is, 0..1."""

    look: Look
    box: Box | None = None
    ink: float = 0.0
    inside: float = 0.0
    mark: float = 0.0


def look_into(canvas: Canvas, window: Box, inner: Box | None = None, least: float = 5.0, most: float = 24.0) -> Glyph:
    """The glyph in an upright window. Sizes in points: smaller is dirt, larger no check box.

    Without `inner` the window holds nothing else. With it, the window is wider: pieces of ink whose middle lies outside
    `inner`, or that run over the window's edge, are a neighbour's letters or a rule.
    """
    s = canvas.scale
    rows, columns = canvas.window(window)
    grey: np.ndarray = canvas.grey[rows, columns].astype(np.float32)
    if min(grey.shape, default=0) < 8:
        return Glyph(Look.UNCLEAR)
    grey = cv2.GaussianBlur(grey, (3, 3), 0)
    paper = float(np.percentile(grey, 80))
    depth = np.clip((paper - grey) / max(paper, 1.0), 0, 1)
    peak = float(np.percentile(_part(depth, inner, rows, columns, canvas) if inner else depth, 99.5))
    if peak < FAINT:
        return Glyph(Look.BLANK)
    mask = (depth > max(FAINT, INK * peak)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    kept = [n for n in range(1, count) if stats[n, cv2.CC_STAT_AREA] >= SPECK * s * s]
    if inner is not None:
        kept = [n for n in kept if _within(stats[n], inner, rows, columns, canvas, mask.shape)]
    area = sum(float(stats[n, cv2.CC_STAT_AREA]) for n in kept) / s**2
    if area < BLANK:
        return Glyph(Look.BLANK, ink=area)
    x0, y0 = min(stats[n, 0] for n in kept), min(stats[n, 1] for n in kept)
    x1 = max(stats[n, 0] + stats[n, 2] for n in kept)
    y1 = max(stats[n, 1] + stats[n, 3] for n in kept)
    box = Box(
        left=(columns.start + x0) / s, top=(rows.start + y0) / s,
        right=(columns.start + x1) / s, bottom=(rows.start + y1) / s,
    )  # fmt: skip
    chosen = np.isin(labels, kept)[y0:y1, x0:x1]
    shade = np.where(chosen | (mask[y0:y1, x0:x1] == 0), depth[y0:y1, x0:x1], 0) / max(peak, 1e-6)
    look, inside = _told(chosen, shade, [stats[n] for n in kept], s, box)
    if look is Look.STROKE and _in_bits(chosen, [stats[n] for n in kept]):
        look = Look.UNCLEAR
    if look is Look.STROKE and inner is not None and _touches_print(mask, x0, x1, y0, y1, round(ALONE * s)):
        look = Look.UNCLEAR
    if soiled(canvas, box, AMONG_LETTERS if look is Look.STROKE and inner is not None else SOILED):
        look = Look.UNCLEAR
    if max(box.width, box.height) > most or max(box.width, box.height) < least:
        look = Look.UNCLEAR
    return Glyph(look, box, area, inside)


def _in_bits(part: np.ndarray, pieces: list[np.ndarray]) -> bool:
    """Whether a thin stroke is in pieces or has a box's straight side, as correction tape leaves them."""
    area = float(part.sum())
    if area > THIN * part.size:
        return False
    tall = sum(int(piece[3]) > 0.6 * part.shape[0] for piece in pieces)
    if tall < 2 and sum(float(piece[4]) > BIT * area for piece in pieces) > 1:
        return True  # two that are tall are brackets
    ink = part.astype(np.uint8)
    down, across = (max(3, round(SIDE * length)) for length in part.shape)
    return any(cv2.erode(ink, np.ones(line, np.uint8), borderValue=0).any() for line in ((down, 1), (1, across)))


def _touches_print(mask: np.ndarray, left: int, right: int, top: int, bottom: int, gap: int) -> bool:
    """Whether other ink stands right before or behind a stroke, at its height."""
    before, behind = mask[top:bottom, max(0, left - gap) : left], mask[top:bottom, right : right + gap]
    return bool(before.any() or behind.any())


def _part(depth: np.ndarray, inner: Box, rows: slice, columns: slice, canvas: Canvas) -> np.ndarray:
    own_rows, own_columns = canvas.window(inner)
    part = depth[
        max(0, own_rows.start - rows.start) : max(1, own_rows.stop - rows.start),
        max(0, own_columns.start - columns.start) : max(1, own_columns.stop - columns.start),
    ]
    return part if part.size else depth


def _within(piece: np.ndarray, inner: Box, rows: slice, columns: slice, canvas: Canvas, shape: tuple[int, ...]) -> bool:
    left, top, width, height = (int(v) for v in piece[:4])
    if left <= 0 or top <= 0 or left + width >= shape[1] or top + height >= shape[0]:
        return False
    x = (columns.start + left + width / 2) / canvas.scale
    y = (rows.start + top + height / 2) / canvas.scale
    return inner.contains(x, y)


def _told(part: np.ndarray, shade: np.ndarray, pieces: list[np.ndarray], s: float, box: Box) -> tuple[Look, float]:
    height, width = part.shape
    square = 0.72 <= width / height <= 1.4
    inside, stain = middle(shade, s)
    filled = float(part.mean())
    sides = _sides(part)
    if square and filled > 0.72 and inside > 0.6:
        return Look.FULL, inside
    if square and min(sides) > 0.8:
        return hollow(inside, stain, Look.BOX, Look.BOX_INKED), inside
    if square and inside <= 0.05 and sorted(sides)[0] > BROKEN and sorted(sides)[1] > WHOLE:
        return Look.BOX, inside
    pair = _pair(part, pieces, s)
    if pair is not None:
        return pair, inside
    if square and _rounded(part):
        return hollow(inside, stain, Look.RING, Look.RING_INKED), inside
    if _hole(part) > 0.3:
        return Look.CLOSED, inside
    # A frame that is broken has nothing in its middle, a stroke runs through its own.
    frame = square and inside <= 0.05 and stain <= 0.03 and sorted(sides)[1] > 0.6
    # A bracket whose brother was lost is tall and narrow, so is a letter's edge; lines through a box lie flat.
    return (Look.STROKE if 0.5 * height < width < FLAT * height and not frame else Look.UNCLEAR), inside


def middle(shade: np.ndarray, s: float) -> tuple[float, float]:
    """How dark the middle is, and how much of the wider middle is dark: a small tick may miss the very middle."""
    height, width = shade.shape
    rims = [max(2, round(0.9 * s), round(share * min(width, height))) for share in (0.32, 0.25)]
    cores = [shade[rim : height - rim, rim : width - rim] for rim in rims]
    return (
        float(cores[0].mean()) if cores[0].size else 0.0,
        float((cores[1] > 0.45).mean()) if cores[1].size else 0.0,
    )


def hollow(inside: float, stain: float, empty: Look, inked: Look) -> Look:
    """Empty or inked. On 268 empty and 172 marked boxes of scanned forms (office and poor): empty ones were at most
    0.13 dark and 0.05 stained, marked ones 0.38 and 0.30 at least."""
    if inside <= 0.18 and stain <= 0.08:
        return empty
    return inked if stain >= 0.16 and inside >= 0.12 else Look.UNCLEAR


def _sides(part: np.ndarray) -> tuple[float, float, float, float]:
    """How much of each side of the outline is inked, within a quarter of the size from the edge."""
    height, width = part.shape
    deep = max(2, round(0.18 * min(height, width)))
    return (
        float(part[:deep].any(axis=0).mean()), float(part[-deep:].any(axis=0).mean()),
        float(part[:, :deep].any(axis=1).mean()), float(part[:, -deep:].any(axis=1).mean()),
    )  # fmt: skip


def _pair(part: np.ndarray, pieces: list[np.ndarray], s: float) -> Look | None:
    """Two brackets: the outermost pieces are tall, narrow and alike; what lies between them is the mark."""
    if len(pieces) < 2:
        return None
    pieces = sorted(pieces, key=lambda p: p[0])
    left, right = pieces[0], max(pieces, key=lambda p: p[0] + p[2])
    tall = all(p[3] > 1.7 * p[2] and p[3] > 0.7 * part.shape[0] for p in (left, right))
    if not tall or left is right or abs(int(left[3]) - int(right[3])) > 0.25 * max(left[3], right[3]):
        return None
    gap = right[0] - left[0] - left[2]
    if gap < 1.0 * s:
        return None
    between = [p for p in pieces if p is not left and p is not right]
    ink = sum(float(p[4]) for p in between) / s**2
    if not between:
        return Look.PAIR
    return Look.PAIR_INKED if ink > 4.0 else Look.UNCLEAR


def _rounded(part: np.ndarray) -> bool:
    """A closed round line: ink in all directions near the inscribed circle, none in the corners."""
    height, width = part.shape
    ys, xs = np.nonzero(part)
    dx, dy = (xs - (width - 1) / 2) / (width / 2), (ys - (height - 1) / 2) / (height / 2)
    radius = np.hypot(dx, dy)
    far = (radius > 0.65) & (radius < 1.15)
    directions = (np.degrees(np.arctan2(dy[far], dx[far])) // 20).astype(int)
    corner = float((radius > 1.2).mean())
    return len(set(directions.tolist())) >= 17 and corner < 0.04


def _hole(part: np.ndarray) -> float:
    """The largest enclosed white area as a share of the outline."""
    padded = np.pad((~part).astype(np.uint8), 1, constant_values=1)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(padded, connectivity=4)
    outside = labels[0, 0]
    holes = [int(stats[n, cv2.CC_STAT_AREA]) for n in range(1, count) if n != outside]
    return max(holes, default=0) / part.size


def circled(canvas: Canvas, word: Box) -> bool | None:
    """Whether a hand's circle runs around a printed word; None where some line is near and does not close."""
    area = _grown(word, 14.0, 9.0)
    rows, columns = canvas.window(area)
    mask: np.ndarray = canvas.without_rules(canvas.dark, shortest=60)[rows, columns].astype(np.uint8)
    if min(mask.shape, default=0) < 8:
        return None
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    # White that is reached from the window's edge; the word's own white is not, if a line closes around it.
    _, labels = cv2.connectedComponents(np.pad(1 - mask, 1, constant_values=1), connectivity=4)
    reached = (labels == labels[0, 0])[1:-1, 1:-1]
    own = _offset(canvas.window(word), rows, columns)
    if word.width < 8 or word.height < 4:
        return None  # a word that wraps
    if not reached[own].any():
        return True
    beside = np.zeros(mask.shape, bool)
    beside[_offset(canvas.window(_grown(word, 5.0, 4.0)), rows, columns)] = True
    beside[_offset(canvas.window(_grown(word, 1.0, 1.0)), rows, columns)] = False
    return None if float(mask[beside].sum()) / canvas.scale**2 > 6.0 else False


def _grown(box: Box, x: float, y: float) -> Box:
    return Box(left=max(0.0, box.left - x), top=max(0.0, box.top - y), right=box.right + x, bottom=box.bottom + y)


def _offset(window: tuple[slice, slice], rows: slice, columns: slice) -> tuple[slice, slice]:
    """A window of the page inside another one."""
    return (
        slice(max(0, window[0].start - rows.start), max(0, window[0].stop - rows.start)),
        slice(max(0, window[1].start - columns.start), max(0, window[1].stop - columns.start)),
    )
