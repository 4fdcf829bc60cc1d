"""Check boxes marked as people mark them, drawn with a pen of its own: ticks that leave their box, boxes struck out or
scribbled over, words ringed or underlined, pencil, seals, stains and broken frames, highlighters, tape, typed glyphs.

    python -m benchmarks.strange_checks [--seeds 2] [--list] [--only CASE] [--layout LAYOUT]

Counts of each case: right, open (uncertain, or not found at all), SILENT (confirmed and not what a person would say).
Drawn with Pillow and OpenCV at 300 dpi, independent of `samples/ink.py`; the words' places are known (no OCR runs) and
shaken by as much as OCR's are.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import cv2
import numpy as np

from benchmarks.strange_checks_marks import (
    beside,
    between,
    both,
    cross,
    disc,
    dot,
    fill,
    nothing,
    pencil,
    plain,
    ring_all,
    ring_around,
    ring_in,
    ring_touch,
    ring_word,
    scribbled,
    sealed,
    sealed_marked,
    sealed_none,
    slash,
    stained,
    stained_none,
    struck,
    struck_alone,
    struck_word,
    tail,
    tick_out,
    tick_word,
    underline,
    vee,
)
from benchmarks.strange_checks_more import MORE_CASES
from benchmarks.strange_checks_page import (
    DPI,
    HEIGHT,
    LAYOUTS,
    PAIRS,
    PENS,
    ROWS,
    SCANS,
    SEEN,
    WIDTH,
    Row,
    Sheet,
    printed_rows,
)
from jeopsu.domain.documents import Page, TextSource, Word
from jeopsu.domain.fields import FieldStatus
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.checks import read_checks
from jeopsu.extractors.kinds.reading import Reader
from jeopsu.extractors.pages import FigureCell, Picture

# What a person says: "i" this choice, "o" open will do as well, "e" nothing marked, "2" both.
CASES: dict[str, tuple[Callable[[Sheet, Row, int], None], str]] = {
    "tick": (plain, "i"), "tick out": (tick_out, "i"), "V": (vee, "i"), "X": (cross, "i"), "slash": (slash, "i"),
    "fill": (fill, "i"), "disc": (disc, "i"), "ring in": (ring_in, "i"), "ring around": (ring_around, "i"),
    "dot": (dot, "io"), "beside": (beside, "io"), "between": (between, "o"), "both": (both, "2"),
    "none": (nothing, "e"),
    "struck": (struck, "io"), "struck alone": (struck_alone, "o"), "scribbled": (scribbled, "io"),
    "ring word": (ring_word, "io"), "ring touch": (ring_touch, "io"), "ring all": (ring_all, "io"),
    "underline": (underline, "io"), "struck word": (struck_word, "io"), "tick word": (tick_word, "io"),
    "pencil": (pencil, "io"), "tail": (tail, "0o"), "sealed": (sealed, "io"), "sealed marked": (sealed_marked, "io"),
    "sealed none": (sealed_none, "eo"), "stained": (stained, "io"), "stained none": (stained_none, "eo"),
    "broken empty": (plain, "io"), "broken marked": (plain, "io"), "broken none": (nothing, "eo"),
    **MORE_CASES,
}  # fmt: skip
WORDS_ONLY = ("none", "ring word", "ring touch", "underline", "struck word", "tick word")
NO_WORDS = ("ring word", "ring touch", "ring all", "underline", "struck word", "tick word")  # not in columns


def applies(case: str, layout: str, scan: str = "") -> bool:
    if case == "highlighted" and scan == "fax":
        return False  # nothing is left of it
    if layout == "words":
        return case in WORDS_ONLY
    return not (layout == "columns" and case in NO_WORDS)


class Scan:
    """A PageSource over one drawn page."""

    count = 1
    file = "file.pdf"

    def __init__(self, sheet: Sheet, scan: str) -> None:
        rng = sheet.rng
        self._page = Page(number=1, width=WIDTH, height=HEIGHT, source=TextSource.OCR, words=tuple(
            Word(text=text, box=_shaken(rng, box), confidence=0.93) for text, box in sheet.words))  # fmt: skip
        pixels = sheet.pixels
        paper = {"tinted": (0.97, 0.93, 0.84), "office": (0.95, 0.95, 0.94)}.get(scan, (0.99, 0.99, 0.99))
        pixels = pixels * np.array(paper, np.float32)
        high, wide = pixels.shape[:2]
        turn = 0.0 if scan == "clean" else rng.uniform(-1, 1)
        pixels = _turned(pixels, turn, paper)
        pixels = cv2.resize(pixels, None, fx=200 / DPI, fy=200 / DPI, interpolation=cv2.INTER_AREA)
        if scan != "clean":
            pixels = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.5, 0.9))
        if scan == "fax":  # 100 lines an inch down, black or white
            pixels = cv2.resize(pixels, None, fx=1, fy=0.5, interpolation=cv2.INTER_AREA)
            noise = np.random.default_rng(rng.randrange(2**32)).normal(0, 0.06, pixels.shape[:2])
            black = pixels.mean(axis=2) + noise < rng.uniform(0.55, 0.75)
            pixels = np.repeat(1.0 - black[..., None].astype(np.float32), 3, axis=2)
            pixels = cv2.resize(pixels, None, fx=1, fy=2, interpolation=cv2.INTER_NEAREST)
        if scan == "grey":
            pixels = np.repeat(pixels.mean(axis=2, keepdims=True), 3, axis=2)
        grain = np.random.default_rng(rng.randrange(2**32)).normal(0, 0.008 if scan == "clean" else 0.02, pixels.shape)
        done = np.clip((pixels + grain) * 255, 0, 255).astype(np.uint8)
        _, data = cv2.imencode(".jpg", done[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 90 if scan == "clean" else 60])
        done = cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1]
        if turn:
            done = _turned(done, -turn + rng.uniform(-0.12, 0.12), tuple(255 * p for p in paper))
        size = (round(wide * SEEN / DPI), round(high * SEEN / DPI))
        done = np.ascontiguousarray(cv2.resize(done, size, interpolation=cv2.INTER_AREA))
        self.picture_ = Picture(done, SEEN, 1, np.array([[72 / SEEN, 0, 0], [0, 72 / SEEN, 0]]))

    def page(self, number: int) -> Page:
        return self._page

    glance = page

    def tables(self, number: int) -> tuple:
        return ()

    def figures(self, number: int, boxes: list[Box]) -> tuple[FigureCell, ...]:
        return tuple(FigureCell(box, (), False, True) for box in boxes)

    def again(self, number: int, box: Box, darkest: bool = False) -> tuple:
        return ()

    def marks(self, number: int) -> tuple:
        return ()

    def pieces_upright(self, number: int) -> np.ndarray:
        return np.empty((0, 4))

    def picture(self, number: int, dpi: float = SEEN) -> Picture:
        return self.picture_


def _turned(pixels: np.ndarray, angle: float, paper: tuple[float, ...]) -> np.ndarray:
    high, wide = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    return cv2.warpAffine(pixels, turn, (wide, high), borderValue=paper)


def _shaken(rng: Random, box: Box) -> Box:
    """A word's box as OCR gives it: off by up to a quarter of a letter."""
    by = [rng.uniform(-1, 1) for _ in range(4)]
    return Box(
        left=box.left + 1.8 * by[0], top=box.top + by[1], right=box.right + 1.8 * by[2], bottom=box.bottom + by[3]
    )


@dataclass(frozen=True)
class Asked:
    """A row's case and the choice it is about."""

    case: str
    about: int
    allowed: tuple[str, ...]
    open_will_do: bool


def draw(seed: int, layout: str, case: str, alone: bool) -> tuple[Sheet, list[Asked]]:
    """A page with the case in one row (`alone`) or in all but the first; the others are ticked plainly."""
    rng = Random(f"{seed} {layout} {case} {alone}")
    sheet = Sheet(rng, ink=rng.choice(list(PENS.values())), width=rng.uniform(0.9, 1.7))
    kind = "ring" if case == "disc" else rng.choice(("square", "square", "glyph", "pair"))
    if case.startswith("broken"):
        kind = "square"
    odd = [2] if alone else [1, 2, 3, 4]
    choices = rng.choice(PAIRS[:2] if layout == "words" else PAIRS)
    about = [rng.randrange(2) for _ in range(ROWS)]
    broken = {n: about[n] if case == "broken marked" else 1 - about[n] for n in odd} if "broken" in case else {}
    rows = printed_rows(sheet, layout, kind, choices, broken)
    asked = []
    usual: Callable[[Sheet, Row, int], None] = ring_word if layout == "words" else disc if kind == "ring" else plain
    for n, row in enumerate(rows):
        name, act, says = (case, *CASES[case]) if n in odd else ("usual", usual, "i")
        act(sheet, row, about[n])
        words = {"i": choices[about[n]], "0": choices[0], "e": "", "2": ", ".join(choices)}
        if layout == "words" and says == "e":
            says = "eo"
        asked.append(Asked(name, about[n], tuple(words[s] for s in says if s != "o"), "o" in says))
    return sheet, asked


def answers(source: Scan) -> list[tuple[float, str | None, bool]]:
    """(height, value, confirmed) of each item read."""
    segment = Segment(kind=Kind.ELIGIBILITY_DECLARATION, first_page=1, last_page=1, confidence=1)
    fields = read_checks(Reader(source, segment, ReadRequest(path="/nowhere", name="file.pdf")))  # type: ignore[arg-type]
    return [
        ((f.evidence.box.top + f.evidence.box.bottom) / 2, f.value, f.status is FieldStatus.CONFIRMED)  # type: ignore
        for f in fields if f.name == "check.marked"
    ]  # fmt: skip


def judge(asked: list[Asked], got: list[tuple[float, str | None, bool]]) -> list[str]:
    """right, open, lost or SILENT for each row."""
    verdicts = []
    for n, row in enumerate(asked):
        here = [g for g in got if abs(g[0] - (40 + 34 * (n + 1.5))) < 15]
        wrong = [value for _, value, sure in here if sure and value not in row.allowed]
        right = any(sure and value in row.allowed for _, value, sure in here)
        verdicts.append(f"SILENT {wrong[0]!r}" if wrong else "right" if right else "open" if here else "lost")
    return verdicts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only")
    parser.add_argument("--layout")
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    counts: dict[str, Counter[str]] = {}
    for case in CASES:
        for layout in LAYOUTS:
            if not applies(case, layout) or (args.only and case != args.only) or args.layout not in (None, layout):
                continue
            for seed in range(args.first_seed, args.first_seed + args.seeds):
                for number, scan in enumerate(SCANS):
                    if not applies(case, layout, scan):
                        continue
                    sheet, asked = draw(seed * 4 + number, layout, case, alone=(seed + number) % 2 == 0)
                    for n, (row, verdict) in enumerate(
                        zip(asked, judge(asked, answers(Scan(sheet, scan))), strict=True)
                    ):
                        key = f"{row.case if row.case != 'usual' else 'usual rows'}"
                        for name in (key, f"= {layout}", "= all"):
                            counts.setdefault(name, Counter())[verdict.split()[0]] += 1
                        if args.list and (verdict != "right"):
                            print(f"{verdict:18} {layout:8} {scan:7} seed {seed * 4 + number} row {n} {row.case}"
                                  f" (beside {case}) wants {row.allowed} {'or open' if row.open_will_do else ''}"
                                  )  # fmt: skip
    for name, found in sorted(counts.items()):
        print(f"{name:16}" + "".join(f" {kind} {found[kind]:4}" for kind in ("right", "open", "lost", "SILENT")))


if __name__ == "__main__":
    main()
