"""Seals and pen strokes: what a person adds to a printed page in red, blue or black ink.

They are drawn as SVG and put on the page as pixels, as a stamp's scan is: letters of a seal are no text of the page.
"""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from math import cos, pi, sin
from random import Random

import pypdfium2 as pdfium
from weasyprint import HTML

RED = "#d0281e"
_FONT = "'Nanum Myeongjo','NanumMyeongjo','Noto Serif CJK KR',serif"


@lru_cache(maxsize=256)
def data_url(svg: str) -> str:
    """The drawing as a picture with a clear ground, four pixels a unit."""
    width, height = (int(side) for side in re.findall(r'(?:width|height)="(\d+)"', svg)[:2])
    page = f"@page {{ size: {width}px {height}px; margin: 0 }}"
    sheet = f"<style>{page} body {{ margin: 0 }} svg {{ display: block }}</style>"
    document = pdfium.PdfDocument(HTML(string=sheet + svg).write_pdf())
    bitmap = document[0].render(scale=4 * 96 / 72, fill_color=(255, 255, 255, 0))
    stream = io.BytesIO()
    bitmap.to_pil().convert("RGBA").save(stream, "PNG")
    document.close()
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()


def _picture(size: tuple[int, int], body: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {size[0]} {size[1]}">{body}</svg>'
    )


def _wear(rng: Random, size: int, count: int) -> str:
    """Small paper-coloured gaps: no stamp takes ink evenly."""
    spots = (
        f'<circle cx="{rng.uniform(4, size - 4):.1f}" cy="{rng.uniform(4, size - 4):.1f}" '
        f'r="{rng.uniform(0.3, 1.1):.1f}" fill="#fff"/>'
        for _ in range(count)
    )
    return "".join(spots)


def _letter(x: float, y: float, size: float, letter: str, turn: float = 0) -> str:
    return (
        f'<text x="{x:.1f}" y="{y + size * 0.36:.1f}" font-size="{size:.1f}" font-weight="bold" text-anchor="middle" '
        f'font-family="{_FONT}" fill="{RED}" transform="rotate({turn:.1f} {x:.1f} {y:.1f})">{letter}</text>'
    )


def company_seal(name: str, rng: Random, words: str = "대표이사인") -> str:
    """법인 인감: the company's name around the rim, the office in the middle."""
    rim = name + "★" if len(name) < 10 else name
    letters = []
    for i, letter in enumerate(rim):
        angle = 2 * pi * i / len(rim) - pi / 2
        letters.append(_letter(60 + 43 * cos(angle), 60 + 43 * sin(angle), 15, letter, angle * 180 / pi + 90))
    half = (len(words) + 1) // 2
    for column, part in enumerate((words[:half], words[half:])):  # right column first, as seals are read
        for row, letter in enumerate(part):
            letters.append(_letter(70 - 20 * column, 60 + (row - (len(part) - 1) / 2) * 17, 15, letter))
    ring = f'<circle cx="60" cy="60" r="55" fill="none" stroke="{RED}" stroke-width="3.2"/>'
    inner = f'<circle cx="60" cy="60" r="31" fill="none" stroke="{RED}" stroke-width="1.6"/>'
    return _picture((120, 120), f'<g opacity="0.86">{ring}{inner}{"".join(letters)}{_wear(rng, 120, 26)}</g>')


def personal_seal(name: str, rng: Random) -> str:
    """도장: a name, top to bottom, in a narrow oval or a small circle."""
    if rng.random() < 0.5:
        frame = f'<ellipse cx="30" cy="42" rx="21" ry="38" fill="none" stroke="{RED}" stroke-width="3"/>'
        letters = "".join(_letter(30, 42 + (i - (len(name) - 1) / 2) * 21, 19, c) for i, c in enumerate(name))
        return _picture((60, 84), f'<g opacity="0.88">{frame}{letters}{_wear(rng, 60, 9)}</g>')
    words = (name + "인")[:4]
    frame = f'<circle cx="36" cy="36" r="32" fill="none" stroke="{RED}" stroke-width="3"/>'
    spots = ((47, 25), (47, 47), (25, 25), (25, 47))
    letters = "".join(_letter(x, y, 19, c) for (x, y), c in zip(spots, words, strict=False))
    return _picture((72, 72), f'<g opacity="0.88">{frame}{letters}{_wear(rng, 72, 10)}</g>')


def office_seal(words: str, rng: Random) -> str:
    """직인: square, in columns from the right, as an office or a firm uses it."""
    words = words + "인" * (len(words) % 2)
    side = 3 if len(words) > 4 else 2
    columns = [words[i : i + side] for i in range(0, len(words), side)][:4]
    wide = max(len(columns), side)
    step = 96 / wide
    letters = []
    for c, part in enumerate(columns):
        x = 12 + 96 - step * (c + 0.5) * wide / len(columns)
        for r, letter in enumerate(part):
            letters.append(_letter(x, 12 + 96 / len(part) * (r + 0.5), min(step, 96 / len(part)) * 0.88, letter))
    frame = f'<rect x="4" y="4" width="112" height="112" fill="none" stroke="{RED}" stroke-width="4.5"/>'
    return _picture((120, 120), f'<g opacity="0.86">{frame}{"".join(letters)}{_wear(rng, 120, 30)}</g>')


def signature(name: str, rng: Random) -> str:
    """A pen stroke that hints at as many letters as the name has."""
    colour = rng.choice(("#1b1b1b", "#1b1b1b", "#1f3b91"))
    x, y = 8.0, 30.0
    path = [f"M{x:.0f} {y:.0f}"]
    for _ in range(len(name) * 2 + rng.randint(0, 2)):
        nx, ny = x + rng.uniform(9, 19), rng.uniform(14, 40)
        path.append(
            f"C{x + rng.uniform(-8, 10):.0f} {rng.uniform(2, 48):.0f} {nx + rng.uniform(-14, 6):.0f} "
            f"{rng.uniform(2, 48):.0f} {nx:.0f} {ny:.0f}"
        )
        x, y = nx, ny
    path.append(f"Q{x + 10:.0f} {y + rng.uniform(-14, 10):.0f} {x + 26:.0f} {y + rng.uniform(-8, 6):.0f}")
    stroke = (
        f'<path d="{" ".join(path)}" fill="none" stroke="{colour}" stroke-width="{rng.uniform(1.5, 2.4):.1f}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )
    return _picture((int(x) + 34, 50), stroke)
