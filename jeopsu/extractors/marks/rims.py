"""Rims: how far a piece of ink is a closed line, round or square, with something in it, as every seal is.

Ink is an array of pixels, one row (x, y) each.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from jeopsu.domain.documents import SealShape

_ANGLES = 48
_STEPS = 24  # of a square's side
# Points inwards from a rim's outer edge in which its ink lies, and outwards.
_INWARDS, _OUTWARDS = 2.2, 1.3
_EDGE = 3  # pixels from the picture's edge


@dataclass(frozen=True)
class Rim:
    """`share`: how much of the way around is inked, 0..1. `inner`: ink inside as a share of the room there.
    `least`: the share of a square's least inked side."""

    shape: SealShape
    share: float
    inner: float
    width: float  # points, along its own axes
    height: float
    least: float = 1.0


NO_RIM = Rim(SealShape.OTHER, 0.0, 0.0, 0.0, 0.0)


def best_rim(points: np.ndarray, scale: float, page: tuple[int, int]) -> Rim:
    """The round or square rim that fits the ink's outline best. `page`: width and height of the picture; of a seal that
    its edge cuts, the way on the page counts."""
    if len(points) < 20:
        return NO_RIM
    hull = cv2.convexHull(points.astype(np.float32))
    if len(hull) < 5:
        return NO_RIM
    outline = _even(hull[:, 0, :])
    off_edge = (outline > _EDGE).all(axis=1) & (outline < np.array(page) - 1 - _EDGE).all(axis=1)
    if off_edge.all():
        return max(_round(points, outline, scale), _square(points, hull, scale), key=lambda rim: rim.share)
    return _cut_round(points, outline[off_edge], scale, page)


def _band(size: float) -> tuple[float, float]:
    """The band inwards and outwards for a rim this many points across: narrower where letters are near it."""
    return min(_INWARDS, max(1.2, 0.07 * size)), min(_OUTWARDS, max(0.8, 0.045 * size))


def _cut_round(points: np.ndarray, outline: np.ndarray, scale: float, page: tuple[int, int]) -> Rim:
    """The circle of what the page's edge left of a round seal."""
    if len(outline) < 30:
        return NO_RIM
    x, y = outline[:, 0].astype(float), outline[:, 1].astype(float)
    a, b, c = np.linalg.lstsq(np.stack([x, y, np.ones(len(x))], axis=1), x**2 + y**2, rcond=None)[0]
    x, y = a / 2, b / 2
    radius = float(np.sqrt(max(1.0, c + x**2 + y**2)))
    angles = (np.arange(_ANGLES) + 0.5) / _ANGLES * 2 * np.pi - np.pi
    px, py = x + radius * np.cos(angles), y + radius * np.sin(angles)
    seen = (px > 0) & (py > 0) & (px < page[0]) & (py < page[1])
    if seen.sum() < 0.35 * _ANGLES:
        return NO_RIM
    far = np.hypot(points[:, 0] - x, points[:, 1] - y)
    near = (far - radius > -_INWARDS * scale) & (far - radius < _OUTWARDS * scale)
    bins = _bins(np.arctan2(points[near, 1] - y, points[near, 0] - x))
    share = float(np.isin(np.flatnonzero(seen), bins).mean())
    inside = far < radius - 1.3 * _INWARDS * scale
    room = np.pi * max(1.0, radius - 1.3 * _INWARDS * scale) ** 2 * float(seen.mean())
    return Rim(SealShape.ROUND, share, float(inside.sum()) / room, 2 * radius / scale, 2 * radius / scale)


def circle_share(points: np.ndarray, x: float, y: float, radius: float, scale: float) -> float:
    """The inked share of one circle. All in pixels but `scale`."""
    far = np.hypot(points[:, 0] - x, points[:, 1] - y)
    near = np.abs(far - radius) < 0.9 * scale
    angles = np.arctan2(points[near, 1] - y, points[near, 0] - x)
    return len(_bins(angles)) / _ANGLES


def _bins(angles: np.ndarray) -> np.ndarray:
    return np.unique(((angles + np.pi) / (2 * np.pi) * _ANGLES).astype(int) % _ANGLES)


def _round(points: np.ndarray, outline: np.ndarray, scale: float) -> Rim:
    """The ellipse through the outline; once more through the outermost ink in each direction, strays left out."""
    first, off, angles = _ellipse(points, outline, scale)
    if first is NO_RIM or first.share > 0.9:
        return first
    bins = ((angles + np.pi) / (2 * np.pi) * _ANGLES).astype(int) % _ANGLES
    order = np.lexsort((np.where(np.abs(off) < 2 * _OUTWARDS, off, -np.inf), bins))
    last = np.append(np.flatnonzero(np.diff(bins[order])), len(order) - 1)
    rim = points[order[last]][np.abs(off[order[last]]) < 2 * _OUTWARDS]
    if len(rim) < 0.5 * _ANGLES:
        return first
    again = _ellipse(points, rim.astype(np.float32), scale)[0]
    return max(first, again, key=lambda one: one.share)


def _ellipse(points: np.ndarray, outline: np.ndarray, scale: float) -> tuple[Rim, np.ndarray, np.ndarray]:
    """The rim, and of each point how far outwards it lies (points) and in which direction."""
    (x, y), (wide, high), angle = cv2.fitEllipse(outline)
    nothing = np.zeros(0)
    if not (wide > 2 and high > 2) or max(wide, high) > 2.8 * min(wide, high):
        return NO_RIM, nothing, nothing
    turn = np.radians(angle)
    dx, dy = points[:, 0] - x, points[:, 1] - y
    u = (dx * np.cos(turn) + dy * np.sin(turn)) / (wide / 2)
    v = (-dx * np.sin(turn) + dy * np.cos(turn)) / (high / 2)
    far = np.hypot(u, v)
    radius = np.hypot(dx, dy) / np.maximum(far, 1e-6)  # the ellipse's own, in each point's direction
    off, angles = (far - 1) * radius / scale, np.arctan2(v, u)
    inwards, outwards = _band(min(wide, high) / scale)
    share = len(_bins(angles[(off > -inwards) & (off < outwards)])) / _ANGLES
    outside = float((off > outwards).mean())
    edge = 1.3 * _INWARDS
    room = np.pi / 4 * max(0.0, wide - 2 * edge * scale) * max(0.0, high - 2 * edge * scale)
    inner = float((off < -edge).sum()) / room if room > 1 else 0.0
    rim = Rim(SealShape.ROUND, max(0.0, share - 2 * outside), inner, wide / scale, high / scale)
    return rim, off, angles


def _even(outline: np.ndarray, count: int = 90) -> np.ndarray:
    """The outline's points set evenly around, so that a long straight side counts as what it is."""
    closed = np.concatenate([outline, outline[:1]])
    steps = np.hypot(*np.diff(closed, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    places = np.linspace(0, along[-1], count, endpoint=False)
    return np.stack([np.interp(places, along, closed[:, axis]) for axis in (0, 1)], axis=1).astype(np.float32)


def _square(points: np.ndarray, hull: np.ndarray, scale: float) -> Rim:
    """The tightest rectangle; a side moves inwards to where it is inked most, for strays beyond it."""
    (x, y), (wide, high), angle = cv2.minAreaRect(hull)
    if not (wide > 2 and high > 2):
        return NO_RIM
    turn = np.radians(angle)
    dx, dy = points[:, 0] - x, points[:, 1] - y
    u, v = dx * np.cos(turn) + dy * np.sin(turn), -dx * np.sin(turn) + dy * np.cos(turn)
    band = (sum(_band(min(wide, high) / scale)) - 0.5) * scale
    shares, moved = [], []
    for across, along, half, length in ((u, v, wide / 2, high), (v, u, high / 2, wide)):
        for side in (-1, 1):
            best = (0.0, 0.0)
            for inwards in np.arange(0.0, 0.12 * half, 0.8 * scale) if half > band else (0.0,):
                on = (side * across > half - inwards - band) & (side * across <= half - inwards + 1)
                bins = ((along[on] / length + 0.5) * _STEPS).astype(int).clip(0, _STEPS - 1)
                best = max(best, (len(np.unique(bins)) / _STEPS, -inwards))
            shares.append(best[0])
            moved.append(side * (half + best[1]))
    left, right, top, bottom = moved
    outside = float(
        (
            (u < left - 1.5 * scale) | (u > right + 1.5 * scale) | (v < top - 1.5 * scale) | (v > bottom + 1.5 * scale)
        ).mean()
    )
    edge = 1.3 * band
    inside = (u > left + edge) & (u < right - edge) & (v > top + edge) & (v < bottom - edge)
    room = max(0.0, right - left - 2 * edge) * max(0.0, bottom - top - 2 * edge)
    inner = float(inside.sum()) / room if room > 1 else 0.0
    # A side that is hardly there is no side: four letters fill the corners of their square as well.
    share = sum(shares) / 4 - max(0.0, 0.5 - min(shares)) - 2 * outside
    wide, high = float(right - left) / scale, float(bottom - top) / scale
    return Rim(SealShape.SQUARE, max(0.0, share), inner, wide, high, min(shares))
