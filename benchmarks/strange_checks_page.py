"""A page of check boxes at 300 dpi, its print and its pens: for `strange_checks`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import cos, pi, sin
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from jeopsu.domain.geometry import Box

DPI, SEEN = 300, 150
K = DPI / 72  # pixels a point
WIDTH, HEIGHT = 595.0, 330.0
FONT = "/usr/share/fonts/truetype/nanum/NanumMyeongjo.ttf"
PRINT = (22, 22, 24)
PENS = {"black": (28, 28, 32), "blue": (36, 52, 150), "red": (196, 36, 44)}
PENCIL = (150, 150, 152)
PAIRS = (("해당", "해당없음"), ("해당", "미해당"), ("예", "아니오"))
LAYOUTS = ("columns", "cell", "line", "words")
SCANS = ("clean", "office", "grey", "tinted", "fax")
ROWS = 5
Points = list[tuple[float, float]]


@dataclass
class Row:
    """One question: its two choices' boxes and words, in points."""

    choices: tuple[str, str]
    boxes: tuple[Box, Box] | None
    words: tuple[Box, Box]
    kind: str = "square"


@dataclass
class Sheet:
    """A page at 300 dpi, floats 0..1, and its words."""

    rng: Random
    pixels: np.ndarray = field(default_factory=lambda: np.ones((round(HEIGHT * K), round(WIDTH * K), 3), np.float32))
    words: list[tuple[str, Box]] = field(default_factory=list)
    ink: tuple[int, int, int] = PENS["black"]
    width: float = 1.2

    def lay(self, area: Box, draw: Callable[[ImageDraw.ImageDraw, float, float], None], ink: tuple[int, int, int],
            cloud: float = 0.0, blur: float = 0.8) -> None:  # fmt: skip
        """Ink over what is there, within an area (points); `draw` gets the area's corner in pixels."""
        x0, y0 = max(0, round(area.left * K)), max(0, round(area.top * K))
        x1, y1 = min(self.pixels.shape[1], round(area.right * K)), min(self.pixels.shape[0], round(area.bottom * K))
        layer = Image.new("L", (x1 - x0, y1 - y0), 0)
        draw(ImageDraw.Draw(layer), x0, y0)
        part = cv2.GaussianBlur(np.asarray(layer, np.float32) / 255, (0, 0), blur)
        if cloud:
            noise = np.random.default_rng(self.rng.randrange(2**32)).uniform(0, 1, (6, 6)).astype(np.float32)
            part = part * (
                1 - cloud * np.clip(cv2.resize(noise, part.shape[::-1], interpolation=cv2.INTER_CUBIC), 0, 1)
            )
        self.pixels[y0:y1, x0:x1] *= 1 - part[..., None] * (1 - np.array(ink, np.float32) / 255)

    def line(self, points: Points, ink: tuple[int, int, int] | None = None, width: float | None = None) -> None:
        """A hand's stroke through points: bent a little, pressed unevenly."""
        shaken = [(x + self.rng.gauss(0, 0.25), y + self.rng.gauss(0, 0.25)) for x, y in points]
        dense: Points = []
        for (ax, ay), (bx, by) in zip(shaken, shaken[1:], strict=False):
            bend = self.rng.gauss(0, 0.35)
            for n in range(12):
                t = n / 12
                dense.append((ax + (bx - ax) * t + bend * sin(pi * t), ay + (by - ay) * t - bend * sin(pi * t)))
        dense.append(shaken[-1])
        wide = (width or self.width) * K

        def draw(pen: ImageDraw.ImageDraw, x0: float, y0: float) -> None:
            for (ax, ay), (bx, by) in zip(dense, dense[1:], strict=False):
                pen.line((ax * K - x0, ay * K - y0, bx * K - x0, by * K - y0), 255, max(1, round(wide)))
                half = wide / 2
                pen.ellipse((bx * K - x0 - half, by * K - y0 - half, bx * K - x0 + half, by * K - y0 + half), 255)

        self.lay(_around(dense, 4), draw, ink or self.ink, cloud=0.25)

    def print(self, x: float, y: float, text: str, size: float = 10, known: bool = True) -> Box:
        """Print from x, its middle at y. Returns its box."""
        face = ImageFont.truetype(FONT, round(size * K))
        box = Box(left=x, top=y - 0.55 * size, right=x + face.getlength(text) / K, bottom=y + 0.55 * size)
        area = Box(left=max(0, x - 5), top=y - size, right=box.right + 5, bottom=y + size)
        self.lay(area, lambda p, x0, y0: p.text((x * K - x0, y * K - y0), text, 255, face, anchor="lm"), PRINT)
        if known:
            at = x
            for word in text.split(" "):
                wide = face.getlength(word) / K
                if word:
                    self.words.append((word, Box(left=at, top=box.top, right=at + wide, bottom=box.bottom)))
                at += wide + face.getlength(" ") / K
        return box

    def rule(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.6) -> None:
        area = Box(left=min(x0, x1) - 2, top=min(y0, y1) - 2, right=max(x0, x1) + 2, bottom=max(y0, y1) + 2)
        self.lay(area, lambda p, a, b: p.line((x0 * K - a, y0 * K - b, x1 * K - a, y1 * K - b), 255,
                                              max(1, round(width * K))), PRINT)  # fmt: skip


def _around(points: Points, room: float) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(left=max(0, min(xs) - room), top=max(0, min(ys) - room), right=max(xs) + room, bottom=max(ys) + room)


def ring(sheet: Sheet, box: Box, x: float, y: float, **how: float) -> None:
    start, over = sheet.rng.uniform(0, 6), sheet.rng.uniform(-0.1, 0.5)
    cx, cy = box.centre
    rx, ry = box.width / 2 + x, box.height / 2 + y
    steps = 18
    angles = [start + (2 * pi + over) * n / steps for n in range(steps + 1)]
    sheet.line([(cx + rx * cos(a), cy + ry * sin(a)) for a in angles], **how)


# -- printed ------------------------------------------------------------------------------------------------------


def _box(sheet: Sheet, x: float, y: float, kind: str, broken: bool = False) -> Box:
    """An empty choice's box, its left end at x. Returns its box."""
    if kind == "glyph":
        box = sheet.print(x, y, "□", 11, known=False)
        return Box(left=box.left + 1, top=y - 4.6, right=box.right - 1, bottom=y + 4.6)
    if kind == "pair":
        sheet.print(x, y, "(", 11, known=False)
        sheet.print(x + 13, y, ")", 11, known=False)
        return Box(left=x + 3, top=y - 5, right=x + 14, bottom=y + 5)
    if kind == "ring":
        area = Box(left=x - 2, top=y - 7, right=x + 12, bottom=y + 7)
        sheet.lay(area, lambda p, a, b: p.ellipse((x * K - a, (y - 5) * K - b, (x + 10) * K - a, (y + 5) * K - b),
                                                  outline=255, width=3), PRINT)  # fmt: skip
        return Box(left=x, top=y - 5, right=x + 10, bottom=y + 5)
    side = sheet.rng.uniform(8.5, 11)
    left, top, right, bottom = x, y - side / 2, x + side, y + side / 2
    gap = sheet.rng.randrange(4) if broken else -1
    for n, (a, b, c, d) in enumerate(
        ((left, top, right, top), (right, top, right, bottom), (right, bottom, left, bottom), (left, bottom, left, top))
    ):
        if n == gap:  # half of a side is gone
            sheet.rule(a, b, a + (c - a) * 0.25, b + (d - b) * 0.25)
            sheet.rule(a + (c - a) * 0.7, b + (d - b) * 0.7, c, d)
        else:
            sheet.rule(a, b, c, d)
    return Box(left=left, top=top, right=right, bottom=bottom)


def printed_rows(sheet: Sheet, layout: str, kind: str, choices: tuple[str, str], broken: dict[int, int]) -> list[Row]:
    rows = []
    top, high = 40.0, 34.0
    xs = (50.0, 380.0, 460.0, 545.0) if layout == "columns" else (50.0, 330.0, 545.0)
    if layout != "line":
        for x in xs:
            sheet.rule(x, top, x, top + high * (ROWS + 1))
        for n in range(ROWS + 2):
            sheet.rule(xs[0], top + high * n, xs[-1], top + high * n)
        sheet.print(150, top + high / 2, "확인 내용")
    if layout == "columns":
        for n in (0, 1):
            sheet.print((xs[n + 1] + xs[n + 2]) / 2 - 5 * len(choices[n]), top + high / 2, choices[n])
    elif layout != "line":
        sheet.print(400, top + high / 2, "확인 결과")
    items = ("채무불이행 상태 여부", "부도 발생 여부", "세금 체납 여부", "회생 절차 진행 여부", "제재 처분 여부")
    for n in range(ROWS):
        y = top + high * (n + 1.5)
        bad = broken.get(n)
        sheet.print(56, y, items[n])
        if layout == "columns":
            middles = [(xs[1] + xs[2]) / 2, (xs[2] + xs[3]) / 2]
            boxes = tuple(_box(sheet, m - 5, y, kind, broken=bad == i) for i, m in enumerate(middles))
            rows.append(Row(choices, boxes, boxes, kind))  # type: ignore[arg-type]
            continue
        x = 345.0 if layout != "line" else 250.0
        made, words = [], []
        for i in (0, 1):
            if layout != "words":
                made.append(_box(sheet, x, y, kind, broken=bad == i))
                x = made[-1].right + 4
            words.append(sheet.print(x, y, choices[i]))
            x = words[-1].right + (22 if layout != "words" else sheet.rng.choice((9, 14, 20)))
        rows.append(Row(choices, tuple(made) if made else None, tuple(words), kind))  # type: ignore[arg-type]
    return rows
