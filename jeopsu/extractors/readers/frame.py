"""The way between a page as shown and the same page upright: words are found upright and reported as shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, radians, sin

import numpy as np

from jeopsu.domain.geometry import Box


def apply(matrix: np.ndarray, x: float, y: float) -> tuple[float, float]:
    """A point through a 2 × 3 affine matrix."""
    a, b, c = matrix[0]
    d, e, f = matrix[1]
    return float(a * x + b * y + c), float(d * x + e * y + f)


def compose(outer: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """The 2 × 3 matrix that does `inner` first, then `outer`."""
    return np.asarray((np.vstack([outer, [0, 0, 1]]) @ np.vstack([inner, [0, 0, 1]]))[:2])


def invert(matrix: np.ndarray) -> np.ndarray:
    return np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))[:2]


def outline(matrix: np.ndarray, box: Box) -> Box:
    """The upright rectangle around a box that was sent through a matrix."""
    corners = [
        apply(matrix, x, y)
        for x, y in ((box.left, box.top), (box.right, box.top), (box.left, box.bottom), (box.right, box.bottom))
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))


@dataclass(frozen=True)
class Frame:
    """Sizes in points. `turned`: degrees clockwise that set the page upright; `skew`: degrees clockwise still left in
    the upright page's lines, taken out by turning them back."""

    width: float  # as shown
    height: float
    turned: int = 0
    skew: float = 0.0
    upright_width: float = field(init=False)
    upright_height: float = field(init=False)
    to_shown: np.ndarray = field(init=False, compare=False)  # upright (u, v) → shown (x, y)
    to_upright: np.ndarray = field(init=False, compare=False)

    def __post_init__(self) -> None:
        w, h = self.width, self.height
        turn = {
            0: [[1, 0, 0], [0, 1, 0]],
            90: [[0, 1, 0], [-1, 0, h]],
            180: [[-1, 0, w], [0, -1, h]],
            270: [[0, -1, w], [1, 0, 0]],
        }[self.turned]
        wide, tall = (h, w) if self.turned in (90, 270) else (w, h)
        c, s = cos(radians(self.skew)), sin(radians(self.skew))
        # The deskewed sheet is a little larger, so that nothing in a corner is cut off.
        full_wide, full_tall = wide * c + tall * abs(s), tall * c + wide * abs(s)
        # deskewed point → point of the turned page: turn by the skew about the middle.
        back = np.array(
            [
                [c, -s, wide / 2 - c * full_wide / 2 + s * full_tall / 2],
                [s, c, tall / 2 - s * full_wide / 2 - c * full_tall / 2],
            ]
        )
        to_shown = compose(np.array(turn, dtype=float), back)
        object.__setattr__(self, "upright_width", full_wide)
        object.__setattr__(self, "upright_height", full_tall)
        object.__setattr__(self, "to_shown", to_shown)
        object.__setattr__(self, "to_upright", invert(to_shown))

    @property
    def plain(self) -> bool:
        return self.turned == 0 and self.skew == 0

    def shown(self, box: Box) -> Box:
        """An upright box on the page as shown (the rectangle around it)."""
        return box if self.plain else outline(self.to_shown, box)

    def upright(self, box: Box) -> Box:
        """The upright box whose outline as shown is `box`: `shown` undone, for boxes no thinner than their slant."""
        if self.plain:
            return box
        u, v = apply(self.to_upright, *box.centre)
        width, height = (box.height, box.width) if self.turned in (90, 270) else (box.width, box.height)
        c, s = cos(radians(self.skew)), abs(sin(radians(self.skew)))
        scale = c * c - s * s
        wide, tall = (c * width - s * height) / scale, (c * height - s * width) / scale
        wide, tall = max(1.0, wide), max(1.0, tall)
        return Box(left=u - wide / 2, top=v - tall / 2, right=u + wide / 2, bottom=v + tall / 2)
