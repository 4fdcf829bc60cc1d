"""Boxes on a page: one coordinate system everywhere."""

from __future__ import annotations

from pydantic import model_validator

from jeopsu.domain.base import Record


class Box(Record):
    """A rectangle on a page *as shown* (after its rotation), in PDF points (1/72 inch), origin at the top left.

    Readers convert at the door, so that no other room knows of PDF's upward y axis, of pixels or of scan angles.
    """

    left: float
    top: float
    right: float
    bottom: float

    @model_validator(mode="after")
    def _ordered(self) -> Box:
        if self.right < self.left or self.bottom < self.top:
            raise ValueError("a box's right and bottom lie not before its left and top")
        return self

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            left=min(self.left, other.left),
            top=min(self.top, other.top),
            right=max(self.right, other.right),
            bottom=max(self.bottom, other.bottom),
        )

    def contains(self, x: float, y: float, margin: float = 0) -> bool:
        return self.left - margin <= x <= self.right + margin and self.top - margin <= y <= self.bottom + margin

    def overlap(self, other: Box) -> float:
        """Shared area in square points; 0 where they do not meet."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, width) * max(0.0, height)


def around(boxes: list[Box]) -> Box:
    """The smallest box that holds all of `boxes` (at least one)."""
    result = boxes[0]
    for box in boxes[1:]:
        result = result.union(box)
    return result
