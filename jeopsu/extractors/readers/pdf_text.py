"""Words of a PDF's text layer with their boxes, and what speaks against trusting that layer."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from jeopsu.domain.documents import Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.readers.frame import Frame, apply
from jeopsu.extractors.readers.pdf_over import Over, over
from jeopsu.extractors.readers.pdf_strokes import Segment, Strokes, overtyped

_HIDDEN_MODES = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
MAX_LETTERS = 60_000  # a page of a dense report has 6,000
# Blanks inside a word that are wider than this share of the letter's height part two words.
_GAP = 0.28


@dataclass(frozen=True)
class Letter:
    """One character where it stands on the page as shown; `broken`: its code is no character; `covered`: something
    opaque was drawn over it later."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    hidden: bool
    broken: bool
    covered: bool = False
    overtyped: bool = False  # another letter stands in its place


@dataclass(frozen=True)
class TextLayer:
    """All that the text layer of a page says."""

    letters: tuple[Letter | None, ...]  # None: a blank or a line's end
    turned: int  # degrees clockwise that set most of its letters upright
    hidden: int
    broken: int
    strokes: tuple[Segment, ...] = ()  # lines drawn on the page as shown

    @property
    def count(self) -> int:
        return sum(1 for letter in self.letters if letter is not None)


def page_frame(page: pdfium.PdfPage) -> tuple[Frame, np.ndarray]:
    """The page as shown, and the 2 × 3 matrix from PDF user space to it (its /Rotate and its boxes considered)."""
    rect = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, rect)
    width, height = page.get_size()
    left, right = sorted((rect.left, rect.right))
    bottom, top = sorted((rect.bottom, rect.top))
    matrix = {
        0: [[1, 0, -left], [0, -1, top]],
        90: [[0, 1, -bottom], [1, 0, -left]],
        180: [[-1, 0, right], [0, 1, -bottom]],
        270: [[0, -1, top], [-1, 0, right]],
    }[page.get_rotation() % 360]
    return Frame(width=width, height=height), np.array(matrix, dtype=float)


def read_layer(page: pdfium.PdfPage) -> TextLayer:
    """The letters of the page's text layer in the order of its content."""
    _, matrix = page_frame(page)
    text = page.get_textpage()
    try:
        return _letters(text.raw, matrix, page.get_rotation() % 360, over(page, matrix))
    finally:
        text.close()


def _letters(text: object, matrix: np.ndarray, rotation: int, above: Over) -> TextLayer:
    count = min(raw.FPDFText_CountChars(text), MAX_LETTERS)
    rect, modes, angles = raw.FS_RECTF(), {}, Counter[float]()
    letters: list[Letter | None] = []
    hidden = broken = 0
    for number in range(max(0, count)):
        code = raw.FPDFText_GetUnicode(text, number)
        if code in (0x20, 0x0A, 0x0D, 0x09, 0xA0, 0x3000, 0x200B) or raw.FPDFText_IsGenerated(text, number) == 1:
            letters.append(None)
            continue
        if not raw.FPDFText_GetLooseCharBox(text, number, rect):
            continue
        character = _character(code)
        bad = _is_broken(character) or raw.FPDFText_HasUnicodeMapError(text, number) == 1
        handle = raw.FPDFText_GetTextObject(text, number)
        key = ctypes.cast(handle, ctypes.c_void_p).value
        if key not in modes:
            modes[key] = raw.FPDFTextObj_GetTextRenderMode(handle) in _HIDDEN_MODES
        angles[round(math.degrees(raw.FPDFText_GetCharAngle(text, number)))] += 1
        x0, y0 = apply(matrix, rect.left, rect.bottom)
        x1, y1 = apply(matrix, rect.right, rect.top)
        if not all(map(math.isfinite, (x0, y0, x1, y1))):
            continue
        hidden += modes[key]
        broken += bad
        box = Box(left=min(x0, x1), top=min(y0, y1), right=max(x0, x1), bottom=max(y0, y1))
        covered = bool(above.patches) and above.hides(key, box)
        letters.append(Letter(character, box.left, box.top, box.right, box.bottom, modes[key], bad, covered))
    return TextLayer(_with_overtyped(letters), _turned(angles, rotation), hidden, broken, above.strokes)


def _with_overtyped(letters: list[Letter | None]) -> tuple[Letter | None, ...]:
    shown = [
        (n, one.text, Box(left=one.left, top=one.top, right=one.right, bottom=one.bottom))
        for n, one in enumerate(letters)
        if one is not None and not one.hidden and not one.covered
    ]
    hit = overtyped(shown)
    return tuple(replace(one, overtyped=True) if n in hit and one else one for n, one in enumerate(letters))


def _character(code: int) -> str:
    try:
        return unicodedata.normalize("NFC", chr(code))
    except ValueError:
        return "\ufffd"


def _is_broken(character: str) -> bool:
    return all(unicodedata.category(c) in ("Cc", "Co", "Cn", "Cs") or c in "\ufffd\ufffe\uffff" for c in character)


def _turned(angles: Counter[float], rotation: int) -> int:
    """Most letters' direction decides; letters run anticlockwise by their angle, the page clockwise by its /Rotate."""
    if not angles:
        return 0
    turns = Counter[int]()
    for angle, number in angles.items():
        turns[round((angle - rotation) / 90) * 90 % 360] += number
    return turns.most_common(1)[0][0]


def words_of(layer: TextLayer, frame: Frame) -> tuple[Word, ...]:
    """Upright words: runs of letters on one line without a gap. Hidden letters, words
    under a patch and what lies off the page are left out."""
    words: list[Word] = []
    run: list[tuple[str, Box]] = []
    covered: list[bool] = []
    typed_over: list[bool] = []
    lines = Strokes([_turned_back(segment, frame) for segment in layer.strokes])

    def close() -> None:
        # Jamo that a producer wrote one by one come together again.
        text = unicodedata.normalize("NFC", "".join(letter for letter, _ in run))
        if text.strip() and not all(covered):
            box = run[0][1]
            for _, other in run[1:]:
                box = box.union(other)
            words.append(Word(text=text, box=box, crossed=any(typed_over) or lines.strike([b for _, b in run], box)))
        run.clear()
        covered.clear()
        typed_over.clear()

    for letter in layer.letters:
        if letter is None:
            close()
            continue
        if letter.hidden:
            continue
        box = frame.upright(Box(left=letter.left, top=letter.top, right=letter.right, bottom=letter.bottom))
        x, y = box.centre
        if not (-1 <= x <= frame.upright_width + 1 and -1 <= y <= frame.upright_height + 1):
            close()
            continue
        if run:
            last = run[-1][1]
            height = max(last.height, box.height, 1.0)
            apart = box.left - last.right > _GAP * height or box.left < run[0][1].left - 0.5 * height
            off = abs(box.centre[1] - last.centre[1]) > 0.5 * min(max(last.height, 1.0), max(box.height, 1.0))
            if apart or off:
                close()
        run.append((letter.text, box))
        covered.append(letter.covered)
        typed_over.append(letter.overtyped)
    close()
    return tuple(words)


def _turned_back(segment: Segment, frame: Frame) -> Segment:
    """A line of the page as shown, upright."""
    x0, y0, x1, y1 = segment
    return (*apply(frame.to_upright, x0, y0), *apply(frame.to_upright, x1, y1))


def distrust(layer: TextLayer, words: tuple[Word, ...]) -> str:
    """Why the layer cannot be trusted, or "". A broken character at a figure could be its sign: one is enough."""
    letters = layer.count
    if not letters:
        return "no text"
    if layer.hidden > 0.5 * letters:
        return "hidden text"
    if layer.broken > 0.02 * letters:
        return "broken characters"
    if layer.broken and any(_broken_figure(word.text) for word in words):
        return "broken figure"
    return ""


def _broken_figure(text: str) -> bool:
    return any(c.isdigit() for c in text) and any(_is_broken(c) for c in text)
