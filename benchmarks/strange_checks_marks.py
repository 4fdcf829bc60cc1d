"""What hands draw beside, into and over check boxes: for `strange_checks`."""

from __future__ import annotations

from math import cos, sin

from PIL import ImageDraw, ImageFont

from benchmarks.strange_checks_page import FONT, PENCIL, K, Row, Sheet, ring
from jeopsu.domain.geometry import Box

# -- by hand ------------------------------------------------------------------------------------------------------


def tick(
    s: Sheet, b: Box, grow: float = 1.0, ink: tuple[int, int, int] | None = None, width: float | None = None
) -> None:
    x, y = b.centre
    r = 0.42 * max(b.width, b.height) * grow
    s.line([(x - r, y - 0.1 * r), (x - 0.25 * r, y + 0.8 * r), (x + r, y - 0.9 * r)], ink, width)


def tick_out(s: Sheet, r: Row, i: int) -> None:
    x, y = r.boxes[i].centre
    s.line([(x - 4, y - 1), (x - 0.5, y + 4), (x + s.rng.uniform(9, 14), y - s.rng.uniform(9, 13))])


def vee(s: Sheet, r: Row, i: int) -> None:
    x, y = r.boxes[i].centre
    s.line([(x - 6, y - 8), (x, y + 5), (x + 6.5, y - 9)])


def cross(s: Sheet, r: Row, i: int) -> None:
    x, y = r.boxes[i].centre
    a = s.rng.uniform(3.4, 5.5)
    s.line([(x - a, y - a), (x + a, y + a)])
    s.line([(x - a, y + a), (x + a, y - a)])


def slash(s: Sheet, r: Row, i: int) -> None:
    x, y = r.boxes[i].centre
    s.line([(x - 5.5, y + 6), (x + 6, y - 6.5)])


def ring_in(s: Sheet, r: Row, i: int) -> None:
    b = r.boxes[i]
    ring(s, b, -b.width / 2 + 3.2, -b.height / 2 + 3.2)


def ring_around(s: Sheet, r: Row, i: int) -> None:
    ring(s, r.boxes[i], 3.5, 3.5)


def fill(s: Sheet, r: Row, i: int) -> None:
    b, points = r.boxes[i], []
    for n in range(9):
        x = b.left + b.width * (n + 0.5) / 9
        points.append((x, b.top + 1 if n % 2 else b.bottom - 1))
    s.line(points, width=1.5)


def dot(s: Sheet, r: Row, i: int) -> None:
    x, y = r.boxes[i].centre
    s.line([(x - 0.4, y), (x + 0.4, y)], width=s.rng.uniform(2.2, 3.4))


def disc(s: Sheet, r: Row, i: int) -> None:
    x, y = r.boxes[i].centre
    for a in range(6):
        s.line([(x + 2 * cos(a), y + 2 * sin(a)), (x - 2 * cos(a), y - 2 * sin(a))], width=2)


def plain(s: Sheet, r: Row, i: int) -> None:
    tick(s, r.boxes[i], s.rng.uniform(0.9, 1.3))


def beside(s: Sheet, r: Row, i: int) -> None:
    b = r.boxes[i]
    tick(s, Box(left=b.left - 11, top=b.top, right=b.left - 2, bottom=b.bottom))


def between(s: Sheet, r: Row, i: int) -> None:
    a, b = r.boxes
    x = (a.right + b.left) / 2 if r.words[0] is a else (r.words[0].right + b.left) / 2
    y = a.centre[1]
    tick(s, Box(left=x - 5, top=y - 5, right=x + 5, bottom=y + 5))


def both(s: Sheet, r: Row, i: int) -> None:
    plain(s, r, 0), plain(s, r, 1)


def nothing(s: Sheet, r: Row, i: int) -> None:
    pass


def struck(s: Sheet, r: Row, i: int) -> None:
    """Both ticked, the other struck out with two lines."""
    both(s, r, i)
    b = r.boxes[1 - i]
    right = max(b.right + 5, r.words[1 - i].right + 2 if s.rng.random() < 0.5 else 0)
    for dy in (-1.3, 1.5):
        s.line([(b.left - 4, b.centre[1] + dy), (right, b.centre[1] + dy + 0.5)])


def struck_alone(s: Sheet, r: Row, i: int) -> None:
    """The other box struck out with two lines, nothing else: nobody knows."""
    b = r.boxes[i]
    for dy in (-1.3, 1.5):
        s.line([(b.left - 5, b.centre[1] + dy), (b.right + 5, b.centre[1] + dy + 0.5)])


def scribbled(s: Sheet, r: Row, i: int) -> None:
    b, points = r.boxes[1 - i], []
    for n in range(16):
        points.append((s.rng.uniform(b.left - 3, b.right + 3), b.top - 2 if n % 2 else b.bottom + 2))
    s.line(points)
    plain(s, r, i)


def ring_word(s: Sheet, r: Row, i: int) -> None:
    ring(s, r.words[i], s.rng.uniform(3, 5), s.rng.uniform(2, 4))


def ring_touch(s: Sheet, r: Row, i: int) -> None:
    """A ring that cuts into the neighbour's word."""
    w, o = r.words[i], r.words[1 - i]
    gap = max(w.left - o.right, o.left - w.right)
    ring(s, w, gap + s.rng.uniform(1, 5), s.rng.uniform(2, 4))


def ring_all(s: Sheet, r: Row, i: int) -> None:
    b, w = r.boxes[i], r.words[i]
    ring(s, Box(left=b.left, top=b.top, right=w.right, bottom=b.bottom), 4, 3.5)


def underline(s: Sheet, r: Row, i: int) -> None:
    w = r.words[i]
    s.line([(w.left - 1, w.bottom + 1.5), (w.right + 1, w.bottom + 1)])


def struck_word(s: Sheet, r: Row, i: int) -> None:
    """The other word struck out: a person takes this one, or asks."""
    w = r.words[1 - i]
    for dy in (-1, 1.4):
        s.line([(w.left - 2, w.centre[1] + dy), (w.right + 2, w.centre[1] + dy)])


def tick_word(s: Sheet, r: Row, i: int) -> None:
    tick(s, r.words[i], 0.8)


def pencil(s: Sheet, r: Row, i: int) -> None:
    tick(s, r.boxes[i], 1.2, PENCIL, 0.9)


def tail(s: Sheet, r: Row, i: int) -> None:
    """A tick in the first box whose tail runs into the second box."""
    a, b = r.boxes
    s.line([(a.left + 1, a.centre[1]), (a.centre[0], a.bottom), (b.centre[0], b.top + 1)])


def _stamp(s: Sheet, b: Box, ink: tuple[int, int, int] = (214, 60, 50)) -> None:
    x, y = b.centre[0] + s.rng.uniform(6, 14), b.centre[1] + s.rng.uniform(-8, 8)
    size = s.rng.uniform(16, 24)
    face = ImageFont.truetype(FONT, round(size * 0.9 * K))

    def draw(p: ImageDraw.ImageDraw, a: float, c: float) -> None:
        p.ellipse(
            ((x - size) * K - a, (y - size) * K - c, (x + size) * K - a, (y + size) * K - c), outline=255, width=6
        )
        p.text((x * K - a, y * K - c), "정정", 255, face, anchor="mm")

    s.lay(Box(left=max(0, x - 30), top=max(0, y - 30), right=x + 30, bottom=y + 30), draw, ink, cloud=0.3)


def sealed(s: Sheet, r: Row, i: int) -> None:
    _stamp(s, r.boxes[1 - i])
    plain(s, r, i)


def sealed_marked(s: Sheet, r: Row, i: int) -> None:
    plain(s, r, i)
    _stamp(s, r.boxes[i])


def sealed_none(s: Sheet, r: Row, i: int) -> None:
    _stamp(s, r.boxes[i])


def _stain(s: Sheet, b: Box) -> None:
    x, y = b.centre[0] + s.rng.uniform(-6, 6), b.centre[1] + s.rng.uniform(-4, 4)
    size = s.rng.uniform(9, 20)
    tone = s.rng.choice(((205, 180, 140), (180, 150, 110), (150, 125, 95)))

    def draw(p: ImageDraw.ImageDraw, a: float, c: float) -> None:
        p.ellipse(((x - size) * K - a, (y - 0.7 * size) * K - c, (x + size) * K - a, (y + 0.7 * size) * K - c), 255)

    s.lay(Box(left=max(0, x - 30), top=max(0, y - 30), right=x + 30, bottom=y + 30), draw, tone, cloud=0.5, blur=9)


def stained(s: Sheet, r: Row, i: int) -> None:
    _stain(s, r.boxes[1 - i])
    plain(s, r, i)


def stained_none(s: Sheet, r: Row, i: int) -> None:
    _stain(s, r.boxes[i])
