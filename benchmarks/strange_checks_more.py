"""More marks that applicants make: highlighters, correction tape, typed glyphs, ticks into the next row, what shines
through, one stroke for a whole column. For `strange_checks`."""

from __future__ import annotations

import numpy as np
from PIL import ImageDraw, ImageFont

from benchmarks.strange_checks_marks import both, plain, tick
from benchmarks.strange_checks_page import PRINT, K, Row, Sheet, ring
from jeopsu.domain.geometry import Box

DEJAVU = "/usr/share/fonts/truetype/dejavu/"
GOTHIC = "/usr/share/fonts/truetype/nanum/NanumGothicBold.ttf"
# Marked boxes as word processors print them: character and font.
TYPED = (
    ("■", GOTHIC), ("☑", DEJAVU + "DejaVuSans.ttf"), ("☒", DEJAVU + "DejaVuSans.ttf"), ("✔", DEJAVU + "DejaVuSans.ttf"),
    ("√", DEJAVU + "DejaVuSerif.ttf"), ("●", GOTHIC), ("✓", DEJAVU + "DejaVuSans-Bold.ttf"),
    ("◉", DEJAVU + "DejaVuSans.ttf"),
)  # fmt: skip


def _paint(s: Sheet, box: Box, colour: tuple[float, float, float], cover: bool = False) -> None:
    rows = slice(max(0, round(box.top * K)), round(box.bottom * K))
    columns = slice(max(0, round(box.left * K)), round(box.right * K))
    tint = np.array(colour, np.float32)
    s.pixels[rows, columns] = tint if cover else s.pixels[rows, columns] * tint


def highlighted(s: Sheet, r: Row, i: int) -> None:
    """A highlighter over the box, with its word or without."""
    b, right = r.boxes[i], r.words[i].right if s.rng.random() < 0.5 else r.boxes[i].right
    colour = s.rng.choice(((1.0, 0.95, 0.35), (1.0, 0.6, 0.75), (0.65, 0.95, 0.55)))
    _paint(s, Box(left=b.left - 3, top=b.top - 2, right=right + 3, bottom=b.bottom + 2), colour)


def taped(s: Sheet, r: Row, i: int) -> None:
    """Both ticked, correction tape over the other one's tick and some of its frame."""
    both(s, r, i)
    b = r.boxes[1 - i]
    off = s.rng.uniform(-2, 2)
    _paint(s, Box(left=b.left + off, top=b.top - 1, right=b.right + off, bottom=b.bottom + 1), (1, 1, 1), cover=True)


def taped_none(s: Sheet, r: Row, i: int) -> None:
    """One ticked and taped over, the other empty: nothing is answered, or something under the tape."""
    plain(s, r, i)
    b = r.boxes[i]
    off = s.rng.uniform(-3, 3)
    _paint(s, Box(left=b.left + 1 + off, top=b.top + 1, right=b.right + off, bottom=b.bottom), (1, 1, 1), cover=True)


def typed(s: Sheet, r: Row, i: int) -> None:
    """A printed mark in the box's place."""
    b = r.boxes[i]
    letter, font = TYPED[s.rng.randrange(len(TYPED))]
    _paint(s, Box(left=b.left - 3, top=b.top - 2, right=b.right + 3, bottom=b.bottom + 2), (1, 1, 1), cover=True)
    face = ImageFont.truetype(font, round(s.rng.uniform(9.5, 12) * K))
    x, y = b.centre

    def draw(p: ImageDraw.ImageDraw, a: float, c: float) -> None:
        p.text((x * K - a, y * K - c), letter, 255, face, anchor="mm")

    s.lay(Box(left=x - 12, top=y - 12, right=x + 12, bottom=y + 12), draw, PRINT)


def tall(s: Sheet, r: Row, i: int) -> None:
    """A tick that runs up into the row above, past its box."""
    x, y = r.boxes[i].centre
    s.line([(x - 4, y - 1), (x - 0.5, y + 4), (x + s.rng.uniform(3, 9), y - s.rng.uniform(24, 38))])


def crossed_off(s: Sheet, r: Row, i: int) -> None:
    """Both ticked, the other one crossed off with its word."""
    both(s, r, i)
    b, w = r.boxes[1 - i], r.words[1 - i]
    left, right = b.left - 3, max(b.right, w.right) + 3
    s.line([(left, b.top - 3), (right, b.bottom + 3)])
    s.line([(left, b.bottom + 3), (right, b.top - 3)])


def through(s: Sheet, r: Row, i: int) -> None:
    """A tick on the paper's back."""
    x, y = r.boxes[i].centre
    tone = s.rng.choice(((232, 232, 234), (222, 224, 230)))
    s.line([(x + 4, y - 1), (x + 0.5, y + 4), (x - 8, y - 9)], tone, 1.6)


def ringed_pair(s: Sheet, r: Row, i: int) -> None:
    """A ring around box and word, and a tick in the box."""
    plain(s, r, i)
    b, w = r.boxes[i], r.words[i]
    ring(s, Box(left=b.left, top=b.top, right=max(b.right, w.right), bottom=b.bottom), 4, 3.5)


def in_the_gap(s: Sheet, r: Row, i: int) -> None:
    """A tick between the box and its word."""
    b = r.boxes[i]
    tick(s, Box(left=b.right - 2, top=b.top, right=b.right + 6, bottom=b.bottom))


MORE_CASES = {
    "highlighted": (highlighted, "io"), "taped": (taped, "io"), "taped none": (taped_none, "eo"), "typed": (typed, "i"),
    "tall": (tall, "io"), "crossed off": (crossed_off, "io"), "through": (through, "eo"),
    "ringed pair": (ringed_pair, "io"), "in the gap": (in_the_gap, "io"),
}  # fmt: skip
