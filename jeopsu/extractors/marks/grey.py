"""Seals on grey and black-and-white scans, looked for in one place: a closed rim, round or square, of a seal's size.

Colour cannot tell a seal from print here; a rim of 24 to 110 points that is inked nearly all around can. What shines
through from the back is fainter than the threshold. Where the rim is broken nothing is claimed.
"""

from __future__ import annotations

import cv2
import numpy as np

from jeopsu.domain.documents import Mark, SealColour, SealShape
from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas

# Radii in points of company seals (13 to 30 mm across); punch holes are smaller (8 mm), page ornaments larger.
SMALLEST_RADIUS, LARGEST_RADIUS = 15.0, 45.0
# Share of the rim that must be inked. Chosen on grey pages of sample packs: seals 0.80 and more, print mostly below.
RIM = 0.78


def grey_seals(canvas: Canvas, area: Box) -> list[Mark]:
    """Rims in an upright area, the best inked first; overlapping finds of one seal are one."""
    found = [*_round(canvas, area), *_square(canvas, area)]
    found.sort(key=lambda mark: -mark.confidence)
    kept: list[Mark] = []
    for mark in found:
        if not any(_same(mark.box, other.box) for other in kept):
            kept.append(mark)
    return kept


def _same(one: Box, other: Box) -> bool:
    near = max(one.width, other.width) * 0.45
    return abs(one.centre[0] - other.centre[0]) < near and abs(one.centre[1] - other.centre[1]) < near


def _round(canvas: Canvas, area: Box) -> list[Mark]:
    rows, columns = canvas.window(area)
    grey = canvas.calm[rows, columns]
    if min(grey.shape) < 40:
        return []
    s = canvas.scale
    circles = cv2.HoughCircles(
        grey,
        cv2.HOUGH_GRADIENT,
        dp=1.5,
        minDist=8 * s,
        param1=80,
        param2=28,
        minRadius=int(SMALLEST_RADIUS * s),
        maxRadius=int(LARGEST_RADIUS * s),
    )
    if circles is None:
        return []
    soft = canvas.soft[rows, columns]
    marks = []
    for x, y, radius in circles[0][:12]:
        share, x, y, radius = _best_rim(soft, float(x), float(y), float(radius), s)
        if share < RIM:
            continue
        left, top = (x - radius + columns.start) / s, (y - radius + rows.start) / s
        box = Box(left=max(0.0, left), top=max(0.0, top), right=left + 2 * radius / s, bottom=top + 2 * radius / s)
        marks.append(Mark(kind="seal", box=box, colour=SealColour.DARK, shape=SealShape.ROUND, confidence=share))
    return marks


def _best_rim(soft: np.ndarray, x: float, y: float, radius: float, scale: float) -> tuple[float, float, float, float]:
    """The inked share of the rim near a circle that was guessed, and the circle it belongs to."""
    best = (0.0, x, y, radius)
    step = 0.7 * scale
    for dx in (-step, 0.0, step):
        for dy in (-step, 0.0, step):
            for dr in (-2 * step, -step, 0.0, step, 2 * step):
                share = _rim(soft, x + dx, y + dy, radius + dr, scale)
                if share > best[0]:
                    best = (share, x + dx, y + dy, radius + dr)
    return best


def _rim(soft: np.ndarray, x: float, y: float, radius: float, scale: float) -> float:
    angles = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    inked = np.zeros(len(angles), bool)
    for shift in (-0.5 * scale, 0.0, 0.5 * scale):
        xs = np.round(x + (radius + shift) * np.cos(angles)).astype(int)
        ys = np.round(y + (radius + shift) * np.sin(angles)).astype(int)
        inside = (xs >= 0) & (ys >= 0) & (xs < soft.shape[1]) & (ys < soft.shape[0])
        hit = np.zeros(len(angles), bool)
        hit[inside] = soft[ys[inside], xs[inside]]
        inked |= hit
    return float(inked.mean())


def _square(canvas: Canvas, area: Box) -> list[Mark]:
    """Closed square rims: contours whose tightest rectangle is inked along its four sides."""
    rows, columns = canvas.window(area)
    part = canvas.soft[rows, columns].astype(np.uint8)
    if min(part.shape, default=0) < 40:
        return []
    size = max(1, round(0.8 * canvas.scale)) | 1
    contours, _ = cv2.findContours(
        cv2.morphologyEx(part, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8)), cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE
    )
    s = canvas.scale
    marks = []
    for contour in contours:
        (_, (width, height), _) = rectangle = cv2.minAreaRect(contour)
        sides = sorted((width / s, height / s))
        if not (sides[0] >= 28 and sides[1] <= 110 and sides[1] <= 1.25 * sides[0]):
            continue
        if cv2.contourArea(contour) < 0.8 * width * height:
            continue
        share = _sides(part, cv2.boxPoints(rectangle), s)
        if share < RIM or _goes_on(part, cv2.boxPoints(rectangle), s):
            continue
        x, y, wide, tall = cv2.boundingRect(contour)
        left, top = (x + columns.start) / s, (y + rows.start) / s
        box = Box(left=left, top=top, right=left + wide / s, bottom=top + tall / s)
        marks.append(Mark(kind="seal", box=box, colour=SealColour.DARK, shape=SealShape.SQUARE, confidence=share))
    return marks


def _sides(part: np.ndarray, corners: np.ndarray, scale: float) -> float:
    """The inked share of the least inked side."""
    thick = cv2.dilate(part, np.ones((3, 3), np.uint8) if scale < 3 else np.ones((5, 5), np.uint8))
    shares = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        steps = np.linspace(0, 1, 60)[:, None]
        points = np.round(start + (end - start) * steps).astype(int)
        points[:, 0] = points[:, 0].clip(0, part.shape[1] - 1)
        points[:, 1] = points[:, 1].clip(0, part.shape[0] - 1)
        shares.append(float(thick[points[:, 1], points[:, 0]].mean()))
    return min(shares)


def _goes_on(part: np.ndarray, corners: np.ndarray, scale: float) -> bool:
    """Whether its sides run on beyond the corners: then it is a cell of a table."""
    thick = cv2.dilate(part, np.ones((3, 3), np.uint8))
    ends = 0
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / max(1.0, float(np.hypot(*(end - start))))
        for corner, way in ((start, -along), (end, along)):
            points = np.round(corner + way * np.linspace(3, 7, 9)[:, None] * scale).astype(int)
            inside = (points >= 0).all(axis=1) & (points[:, 0] < part.shape[1]) & (points[:, 1] < part.shape[0])
            hit = thick[points[inside, 1], points[inside, 0]]
            ends += bool(len(hit)) and float(hit.mean()) > 0.7
    return ends >= 2
