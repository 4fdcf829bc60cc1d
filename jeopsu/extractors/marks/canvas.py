"""A page's pixels as masks of ink: dark, red, blue. Everything in upright points, as `kinds/layout.py` has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.pages import Picture


@dataclass(frozen=True)
class Blob:
    """A connected piece of ink. Box in points; `area` is the ink itself, in square points."""

    box: Box
    area: float

    @property
    def reach(self) -> float:
        """Its longer side."""
        return max(self.box.width, self.box.height)

    @property
    def narrow(self) -> float:
        return min(self.box.width, self.box.height)


# Of the strongest colour within a few points: ink below it is what JPEG smeared over the paper beside a strong stroke.
_SMEARED = 0.4
# Colour of ink as a share of its darkness: black print's edges, off by a fraction of a pixel, have less.
_PURE = 0.2


@dataclass(frozen=True, eq=False)
class Hue:
    """Ink of one range of colours. `level`: how far each pixel is from grey, 0..255; `mask`: where it is that ink."""

    level: np.ndarray
    mask: np.ndarray


def _hue(away: np.ndarray, least: float, right: np.ndarray) -> Hue:
    """Where colour of the right tone is stronger than `least` and no mere smear of stronger ink beside it."""
    level = away.clip(0, 255).astype(np.uint8)
    peak = cv2.dilate(level, np.ones((15, 15), np.uint8))
    return Hue(level, (level > least) & (level > _SMEARED * peak) & right)


def _without_ink(pixels: np.ndarray) -> np.ndarray:
    """What a picture, or each of its channels, would be without anything on the paper."""
    small = cv2.resize(pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((9, 9), np.uint8)), 21)
    return cv2.resize(paper, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)


class Canvas:
    """One upright page picture."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self.scale = picture.dpi / 72.0  # pixels a point
        self.height, self.width = picture.pixels.shape[:2]

    @cached_property
    def grey(self) -> np.ndarray:
        return cv2.cvtColor(self.picture.pixels, cv2.COLOR_RGB2GRAY)

    @cached_property
    def paper(self) -> np.ndarray:
        """The paper's own brightness around each pixel: shadows of a poor scan are taken out with it."""
        return _without_ink(self.grey)

    @cached_property
    def dark(self) -> np.ndarray:
        """Ink of any colour: clearly darker than the paper around it. What shines through from the back is not."""
        depth = self.paper.astype(np.int16) - self.grey.astype(np.int16)
        return np.asarray(depth > np.maximum(45, self.paper.astype(np.int16) * 0.28))

    @cached_property
    def calm(self) -> np.ndarray:
        """Grey without a scan's grain."""
        return cv2.medianBlur(self.grey, 3)

    @cached_property
    def soft(self) -> np.ndarray:
        """Ink as pale as a seal's on a grey scan (about a quarter of the paper's brightness taken away)."""
        depth = self.paper.astype(np.int16) - self.calm.astype(np.int16)
        return np.asarray(depth > np.maximum(28, self.paper.astype(np.int16) * 0.16))

    @cached_property
    def pale(self) -> np.ndarray:
        """Ink as dark as a pale seal's and no paler. The palest personal seals on grey scans took away 0.23 of the
        paper (90th percentile of their boxes); what shines through from the back is to stay below."""
        depth = self.paper.astype(np.int16) - self.calm.astype(np.int16)
        return np.asarray(depth > np.maximum(34, self.paper.astype(np.int16) * 0.19))

    @cached_property
    def balanced(self) -> np.ndarray:
        """The pixels with the paper's own tint and shade taken out of each channel: paper is white."""
        return cv2.divide(self.picture.pixels, np.maximum(_without_ink(self.picture.pixels), 1), scale=255)

    @cached_property
    def red(self) -> np.ndarray:
        r, g, b = (self.balanced[..., n].astype(np.int16) for n in range(3))
        return (r - g > 35) & (r - b > 25) & (g < 215)

    @cached_property
    def blue(self) -> np.ndarray:
        r, g, b = (self.balanced[..., n].astype(np.int16) for n in range(3))
        return (b - r > 30) & (b - g > 12) & (r < 170)

    @cached_property
    def coloured(self) -> bool:
        """Whether the scan has colour at all; a grey page's channels are alike everywhere, but for its paper's tint."""
        pixels = self.balanced[::4, ::4].astype(np.int16)
        spread = pixels.max(axis=2) - pixels.min(axis=2)
        return bool((spread > 30).mean() > 0.0002)

    @cached_property
    def reddish(self) -> Hue:
        """Ink from orange-red over magenta to violet, down to what a thin worn rim leaves after JPEG: seals' shapes."""
        r, g, b = self._calm_channels
        green, blue = r - g, r - b
        return _hue(green, self._grain, (green > _PURE * (255 - g)) & (blue > -1.2 * green) & (green > 0.55 * blue))

    @cached_property
    def bluish(self) -> Hue:
        """Blue ink."""
        r, g, b = self._calm_channels
        away = np.maximum(b - r, b - g)
        return _hue(
            away, max(25.0, self._grain), (away > _PURE * (255 - r)) & (b - g > 0.2 * away) & (r - b < -1.2 * (r - g))
        )

    @cached_property
    def _shifts(self) -> dict[int, tuple[float, float]]:
        """How far red (0) and blue (2) lie beside green, in pixels, where it matters: lamps lit one after the other."""
        rows = slice(self.height // 4, self.height // 4 + 768)
        columns = slice(self.width // 6, self.width // 6 + 768)
        part = 255.0 - self.balanced[rows, columns]
        shifts = {}
        for n in (0, 2):
            (across, down), sure = cv2.phaseCorrelate(
                np.ascontiguousarray(part[..., n]), np.ascontiguousarray(part[..., 1])
            )
            if sure > 0.2 and 0.12 < np.hypot(across, down) < 3:
                shifts[n] = (across, down)
        return shifts

    @property
    def fringed(self) -> bool:
        """Whether black print has coloured edges."""
        return bool(self._shifts)

    @cached_property
    def _calm_channels(self) -> tuple[np.ndarray, ...]:
        """Red, green, blue without grain, laid over each other."""
        channels = [np.ascontiguousarray(self.balanced[..., n]) for n in range(3)]
        for n, (across, down) in self._shifts.items():
            move = np.array([[1, 0, across], [0, 1, down]], np.float32)
            size = (self.width, self.height)
            channels[n] = cv2.warpAffine(
                channels[n], move, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
            )
        blur = 0.42 * self.scale
        return tuple(cv2.GaussianBlur(channel, (0, 0), blur).astype(np.float32) for channel in channels)

    @cached_property
    def _grain(self) -> float:
        """What two channels of paper may differ by and mean nothing: five of its deviations, 9 levels at least."""
        r, g, _ = (channel[::3, ::3] for channel in self._calm_channels)
        return max(9.0, 5 * 1.48 * float(np.median(np.abs(r - g - np.median(r - g)))))

    def window(self, box: Box) -> tuple[slice, slice]:
        """Rows and columns of an upright box, cut to the page."""
        top, bottom = int(max(0, box.top * self.scale)), int(min(self.height, round(box.bottom * self.scale)))
        left, right = int(max(0, box.left * self.scale)), int(min(self.width, round(box.right * self.scale)))
        return slice(top, max(top, bottom)), slice(left, max(left, right))

    def blobs(self, mask: np.ndarray, box: Box | None = None, join: float = 0.0) -> list[Blob]:
        """Connected pieces of a mask inside a box; gaps of up to `join` points are bridged first."""
        rows, columns = self.window(box) if box else (slice(0, self.height), slice(0, self.width))
        part = mask[rows, columns].astype(np.uint8)
        if part.size == 0:
            return []
        whole: np.ndarray = part
        if join > 0:
            size = max(1, round(join * self.scale)) | 1
            whole = cv2.morphologyEx(part, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
        ink = np.bincount(labels[part > 0].ravel(), minlength=count)
        found = []
        for number in range(1, count):
            x, y, width, height = (int(v) for v in stats[number][:4])
            left, top = (x + columns.start) / self.scale, (y + rows.start) / self.scale
            shape = Box(left=left, top=top, right=left + width / self.scale, bottom=top + height / self.scale)
            found.append(Blob(shape, float(ink[number]) / self.scale**2))
        return found

    def without_rules(self, mask: np.ndarray, shortest: float = 40.0) -> np.ndarray:
        """A mask without long straight lines: table rules and frames."""
        length = max(3, round(shortest * self.scale))
        part = mask.astype(np.uint8)
        across = cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones((1, length), np.uint8)) > 0
        down = cv2.morphologyEx(part, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8)) > 0
        rules = cv2.dilate((across | down).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        return np.asarray((part > 0) & ~rules)

    @cached_property
    def unruled(self) -> np.ndarray:
        """Ink of any strength without rules; worked out once for all boxes and rows of a page, as `unruled_dark` is."""
        return self.without_rules(self.soft | self.dark)

    @cached_property
    def unruled_dark(self) -> np.ndarray:
        return self.without_rules(self.dark)

    @cached_property
    def rules(self) -> tuple[np.ndarray, np.ndarray]:
        """Long straight lines, across and down, thickened so that slightly bent ones stay whole.

        Longer than a flat stroke of a signature (up to 60 points) and than a tall one (25): rules run on over
        neighbouring cells.
        """
        thick = np.ones((3, 3), np.uint8)
        length = max(3, round(80 * self.scale))
        # With the seals' ink: they are stamped over the rules between rows.
        across = cv2.morphologyEx(
            cv2.dilate(self.dark.astype(np.uint8), thick), cv2.MORPH_OPEN, np.ones((1, length), np.uint8)
        )
        # Without: a name's seal has strokes as tall as a row.
        ink = self.dark & ~self.red if self.coloured else self.dark
        length = max(3, round(28 * self.scale))
        down = cv2.morphologyEx(cv2.dilate(ink.astype(np.uint8), thick), cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
        return across.astype(bool), down.astype(bool)

    def cell_around(self, x: float, y: float, reach: float = 320.0) -> Box | None:
        """The ruled cell that holds a point, found by going out to the next rule on each side; None without four."""
        across, down = self.rules
        px, py = int(x * self.scale), int(y * self.scale)
        if not (0 <= px < self.width and 0 <= py < self.height):
            return None
        far = int(reach * self.scale)
        span = int(5 * self.scale)

        beside = slice(max(0, py - span), py + span), slice(max(0, px - span), px + span)
        top = _first_line(across[max(0, py - far + 1) : py + 1, beside[1]][::-1])
        bottom = _first_line(across[py : py + far, beside[1]])
        left = _first_line(down[beside[0], max(0, px - far + 1) : px + 1].T[::-1])
        right = _first_line(down[beside[0], px : px + far].T)
        if top is None or bottom is None or left is None or right is None:
            return None
        if top + bottom < 6 * self.scale or left + right < 8 * self.scale:
            return None
        s = self.scale
        return Box(left=(px - left) / s, top=(py - top) / s, right=(px + right) / s, bottom=(py + bottom) / s)


def _first_line(strips: np.ndarray) -> int | None:
    """The first row of a strip that is a rule: inked over most of its length."""
    if not strips.size:
        return None
    inked = np.count_nonzero(strips, axis=1) / strips.shape[1] > 0.6
    place = int(inked.argmax())
    return place if inked[place] else None
