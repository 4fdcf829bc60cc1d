"""Pieces of coloured ink put together and taken apart until each is one seal: a worn rim comes in several pieces, seals
that were stamped over each other come as one.

What decides is always the rim: pieces belong together where together they close one, and are apart where each closes
its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from jeopsu.domain.documents import SealShape
from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.rims import Rim, best_rim, circle_share

# Sizes in points: a name's seal is 8 mm, an office's 35 mm; seals in a row come as one piece, up to this long.
SMALLEST, LARGEST, LONGEST = 11.0, 130.0, 320.0
# Gaps in points that are bridged, one after the other: the letters' own first, then those of a worn rim.
_JOINS = (2.0, 4.5, 8.0)
OBLONG = 48.0
LEAST = 16.0  # longer side of a name's seal
CLOSED = 0.84  # of a rim's way: a seal
STAMP = 0.6  # of a long frame's way
INNER = 0.03  # ink within the rim as a share of the room there: less is an empty frame
WHOLE, FAINT = 0.95, 0.012  # in a whole rim the letters may be nearly gone
_LIKELY, _HALF = 0.7, 0.5
_CUT_SIDE = 0.92  # of a square's side where it was cut off from another piece
_GRAIN = 0.5  # square points: less is a speck
_MOST = 80  # pieces looked at on a page: more is a coloured picture


@dataclass(frozen=True, eq=False)
class Piece:
    """Ink of one colour: one row (x, y) a pixel."""

    points: np.ndarray
    scale: float  # pixels a point
    page: tuple[int, int]  # the picture's width and height

    @cached_property
    def box(self) -> Box:
        left, top = self.points.min(axis=0) / self.scale
        right, bottom = (self.points.max(axis=0) + 1) / self.scale
        return Box(left=float(left), top=float(top), right=float(right), bottom=float(bottom))

    @property
    def size(self) -> float:
        return max(self.box.width, self.box.height)

    @property
    def narrow(self) -> float:
        return min(self.box.width, self.box.height)

    @cached_property
    def rim(self) -> Rim:
        return best_rim(self.points, self.scale, self.page)

    @property
    def closed(self) -> bool:
        """Whether it is one seal as it stands: a rim nearly all around with writing in it."""
        rim = self.rim
        written = rim.inner >= (FAINT if rim.share >= WHOLE else INNER)
        return rim.share >= CLOSED and self.fits and written

    @property
    def fits(self) -> bool:
        """Of a seal's size. Names' seals may be twice as high as wide; half of a larger one is none."""
        even = self.size <= OBLONG or max(self.rim.width, self.rim.height) <= 1.4 * min(self.rim.width, self.rim.height)
        return LEAST <= self.size <= LARGEST and even

    @property
    def frame(self) -> bool:
        """Whether it is a long frame with words in it."""
        return self.long and self.rim.share >= STAMP and self.rim.inner >= INNER

    def of(self, points: np.ndarray) -> Piece:
        """A piece of the same picture."""
        return Piece(points, self.scale, self.page)

    @property
    def long(self) -> bool:
        """Lying and much longer than high: a stamp's frame, or seals side by side."""
        return (
            self.rim.width > 1.9 * self.rim.height
            and self.box.width > 1.3 * self.box.height
            or (self.rim.height > 1.9 * self.rim.width and self.box.width > 1.3 * self.box.height)
        )


def pieces_of(canvas: Canvas, mask: np.ndarray) -> list[Piece]:
    """The pieces of a mask that may be seals or parts of one; what closes a rim together is one piece."""
    page = (canvas.width, canvas.height)
    mask = mask & ~_fields(mask, canvas.scale) & ~_lines(canvas, mask)
    pieces = [Piece(points, canvas.scale, page) for points in _connected(mask, canvas.scale, _JOINS[0])]
    if len(pieces) > _MOST:
        pieces = sorted(pieces, key=lambda piece: -piece.size)[:_MOST]
    for join in _JOINS[1:]:
        pieces = [one for group in _groups(pieces, join) for one in _together(group)]
    return _absorbed(pieces)


def _fields(mask: np.ndarray, scale: float) -> np.ndarray:
    """Tinted heads of tables and coloured bars: filled, and broader than any seal is carved."""
    size = round(7 * scale)
    filled = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(filled, connectivity=8)
    broad = stats[:, cv2.CC_STAT_WIDTH] > 60 * scale
    broad[0] = False
    return cv2.dilate(broad[labels].astype(np.uint8), np.ones((9, 9), np.uint8)) > 0


def _lines(canvas: Canvas, mask: np.ndarray) -> np.ndarray:
    """Rules: coloured ones longer than any seal, and the coloured edges that scanners give to black ones."""
    thick = np.ones((3, 3), np.uint8)
    black = (canvas.dark & ~mask).astype(np.uint8)
    found = np.zeros(mask.shape, bool)
    inks = [(cv2.dilate(mask.astype(np.uint8), thick), LARGEST + 10)]
    if canvas.fringed:
        inks.append((black, 80.0))
    for ink, length in inks:
        size = max(3, round(length * canvas.scale))
        for shape in ((1, size), (size, 1)):
            found |= cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)) > 0
    return cv2.dilate(found.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


def _connected(mask: np.ndarray, scale: float, join: float) -> Iterator[np.ndarray]:
    size = max(1, round(join * scale)) | 1
    _, grains, counts, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    mask = mask & (counts[:, cv2.CC_STAT_AREA] >= _GRAIN * scale**2)[grains]
    joined = cv2.dilate(mask.astype(np.uint8), np.ones((size, size), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    for number in range(1, count):
        x, y, wide, high = (int(v) for v in stats[number][:4])
        if max(wide, high) > LONGEST * scale or max(wide, high) < 4 * scale:
            continue
        part = (labels[y : y + high, x : x + wide] == number) & mask[y : y + high, x : x + wide]
        rows, columns = np.nonzero(part)
        if len(rows) >= 12:
            yield np.stack([columns + x, rows + y], axis=1)


def _groups(pieces: Sequence[Piece], join: float) -> list[list[Piece]]:
    """Pieces whose boxes are no further apart than `join`, in chains."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        near = [group for group in groups if any(_gap(piece.box, other.box) <= join for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([piece, *(one for group in near for one in group)])
    return groups


def _gap(one: Box, other: Box) -> float:
    across = max(one.left, other.left) - min(one.right, other.right)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    return max(across, down)


def _together(group: list[Piece]) -> list[Piece]:
    """One piece where the group closes a rim better than any of its large members does, else the group."""
    if len(group) == 1:
        return group
    whole = _union(group)
    if whole.size <= LARGEST and not whole.long:
        best = max((one.rim.share for one in group if one.size > 0.45 * whole.size), default=0.0)
        if whole.rim.share >= _LIKELY and whole.rim.share > best:
            return [whole]
    if len(group) <= 2:
        return group
    # A stranger at its edge: the largest two or the rest may still belong together.
    group = sorted(group, key=lambda one: -len(one.points))
    for number, one in enumerate(group[:6]):
        for other in group[number + 1 : 6]:
            pair = _union([one, other])
            best = max(one.rim.share if one.size > 0.45 * pair.size else 0.0, other.rim.share)
            if pair.size <= LARGEST and pair.rim.share >= max(_LIKELY, best + 0.01) and not pair.long:
                return _together([pair, *(rest for rest in group if rest is not one and rest is not other)])
    return group


def _union(pieces: Iterable[Piece]) -> Piece:
    pieces = list(pieces)
    return pieces[0].of(np.concatenate([piece.points for piece in pieces]))


def _absorbed(pieces: list[Piece]) -> list[Piece]:
    """Letters within a rim belong to it."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda one: -one.size):
        for number, other in enumerate(kept):
            if other.box.contains(*piece.box.centre) and piece.size < 0.75 * other.size:
                kept[number] = _union([other, piece])
                break
        else:
            kept.append(piece)
    return kept


def taken_apart(piece: Piece, depth: int = 3) -> list[Piece]:
    """The seals of a piece that closes no rim as a whole: circles first, then the cut that closes one best."""
    if piece.closed or depth == 0 or piece.size < 1.5 * SMALLEST or len(piece.points) < 60:
        return [piece]
    ways = [[piece], _by_cut(piece, depth)]  # the first of equals: whole
    if _explains(ways[1], piece) < 0.85:
        ways.append(_by_circles(piece, depth))
    return max(ways, key=lambda parts: _explains(parts, piece))


def _explains(parts: Sequence[Piece], piece: Piece) -> float:
    """How much of a piece's ink belongs to a closed rim, each as far as it is closed."""
    return sum(len(one.points) * one.rim.share for one in parts if one.closed or one.frame) / len(piece.points)


def _by_circles(piece: Piece, depth: int) -> list[Piece]:
    """Round seals within a piece, and what is left of it without them."""
    s, (left, top) = piece.scale, piece.points.min(axis=0) - 6
    wide, high = piece.points.max(axis=0) - (left, top) + 6
    picture = np.zeros((high, wide), np.uint8)
    picture[piece.points[:, 1] - top, piece.points[:, 0] - left] = 255
    most = min(LARGEST / 2, 0.55 * piece.size) * s
    found = cv2.HoughCircles(
        cv2.GaussianBlur(picture, (5, 5), 0), cv2.HOUGH_GRADIENT, dp=1.5, minDist=4 * s, param1=100, param2=22,
        minRadius=int(SMALLEST * 0.8 * s), maxRadius=int(most),
    )  # fmt: skip
    if found is None:
        return []
    circles = [_settled(piece, x + left, y + top, radius) for x, y, radius in found[0][:30].astype(float)]
    chosen: list[tuple[float, float, float]] = []
    for share, x, y, radius in sorted(circles, key=lambda one: -one[3]):
        apart = all(np.hypot(x - a, y - b) > 0.6 * max(r, radius) for a, b, r in chosen)
        if share >= CLOSED and apart:
            chosen.append((x, y, radius))
    rest, seals = np.ones(len(piece.points), bool), []
    for x, y, radius in chosen:
        within = np.hypot(piece.points[:, 0] - x, piece.points[:, 1] - y) < radius + 1.2 * s
        rest &= ~within
        seals.append(piece.of(piece.points[within]))
    if not seals or not _a_seals_own(seals):
        return []
    return seals + _rest(piece, rest, seals, depth)


def _settled(piece: Piece, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    """The circle near a guessed one that is inked best: (share, x, y, radius)."""
    step = 0.6 * piece.scale
    tries = [
        (circle_share(piece.points, x + dx, y + dy, radius + dr, piece.scale), x + dx, y + dy, radius + dr)
        for dx in (-step, 0.0, step)
        for dy in (-step, 0.0, step)
        for dr in (-step, 0.0, step)
    ]
    return max(tries)


def _a_seals_own(seals: Sequence[Piece]) -> bool:
    return all(seal.rim.share >= _LIKELY for seal in seals)


def _rest(piece: Piece, rest: np.ndarray, seals: list[Piece], depth: int) -> list[Piece]:
    """What a piece holds beside its circles; a ring around one of them is that seal's own."""
    points = piece.points[rest]
    if len(points) < 40:
        return []
    left, top = points.min(axis=0)
    mask = np.zeros(points.max(axis=0)[::-1] - (top, left) + 1, bool)
    mask[points[:, 1] - top, points[:, 0] - left] = True
    more: list[Piece] = []
    for ink in _connected(mask, piece.scale, _JOINS[1]):
        part = piece.of(ink + (left, top))
        around = next((n for n, seal in enumerate(seals) if part.box.contains(*seal.box.centre)), None)
        if around is not None and part.size <= LARGEST:
            seals[around] = _union([seals[around], part])
        elif part.size >= 1.5 * SMALLEST:
            more += taken_apart(part, depth - 1)
    return more


def _by_cut(piece: Piece, depth: int) -> list[Piece]:
    """Cut across or along where one side closes a rim by itself; the other side is taken apart further."""
    best: tuple[float, Piece, Piece] | None = None
    for axis, side in ((0, piece.box.width), (1, piece.box.height)):
        along = piece.points[:, axis] / piece.scale
        start = float(along.min())
        for cut in np.arange(start + SMALLEST, start + side - SMALLEST, 2.0):
            low = along < cut
            parts = [piece.of(piece.points[low]), piece.of(piece.points[~low])]
            if min(len(one.points) for one in parts) < 40 or not all(one.narrow >= SMALLEST for one in parts):
                continue
            if any(one.rim.shape is SealShape.SQUARE and one.rim.least < _CUT_SIDE for one in parts if one.closed):
                continue  # half a frame: where it was cut no side is
            worse, better = sorted(parts, key=lambda one: (one.closed, one.rim.share))
            both = all(one.rim.share >= _LIKELY and one.rim.inner >= INNER and one.fits for one in parts)
            value = better.rim.share + 0.5 * worse.rim.share
            if (better.closed or both) and (best is None or value > best[0]):
                best = (value, better, worse)
    if best is None or (piece.rim.share >= _LIKELY and best[2].rim.share < _LIKELY):
        return []
    parts = [best[1], *taken_apart(best[2], depth - 1)]
    told = sum(len(one.points) for one in parts if one.rim.share >= _HALF or one.frame)
    return parts if told >= 0.6 * len(piece.points) else []
