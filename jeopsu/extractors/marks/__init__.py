"""Ink on a page that is no print: seals by colour and build, signatures by place, marks in check boxes.

canvas (masks of ink) · seals (coloured seals of a whole page), rims, parts (what is one seal) · grey (seals without
colour, in one place) · signatures (what stands in one place) · boxes, glyphs, frames, brackets, strokes, soil,
untouched (check boxes)
"""

from __future__ import annotations

from jeopsu.domain.documents import Mark, Page
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.seals import coloured_seals
from jeopsu.extractors.pages import Picture


def find_marks(picture: Picture, page: Page) -> tuple[Mark, ...]:
    """Seals that colour gives away, with boxes on the page as shown. None on a grey page: see `signatures`."""
    canvas = Canvas(picture)
    s = canvas.scale
    upright = [] if page.turned or abs(page.skew) > 1 else [word.box for word in page.words]
    return tuple(
        mark.model_copy(
            update={"box": picture.box(mark.box.left * s, mark.box.top * s, mark.box.right * s, mark.box.bottom * s)}
        )
        for mark in coloured_seals(canvas, upright)
    )


__all__ = ["find_marks"]
