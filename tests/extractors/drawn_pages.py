"""Drawn pages for the tests of `kinds/` and `marks/`: words as a text layer, their ink, rules and seals as pixels."""

from __future__ import annotations

import cv2
import numpy as np

from jeopsu.domain.documents import Page, TextSource, Word
from jeopsu.domain.geometry import Box
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.pages import FigureCell, Picture

RED, BLUE, BLACK = (200, 40, 50), (40, 50, 150), (20, 20, 20)
DPI = 150
SCALE = DPI / 72


class Drawn:
    """An A4 page that is drawn word by word. Sizes in points, origin at the top left."""

    def __init__(self, source: TextSource = TextSource.DIGITAL, grey: bool = False) -> None:
        self.words: list[Word] = []
        self.pixels = np.full((round(842 * SCALE), round(595 * SCALE), 3), 255, np.uint8)
        self.source = source
        self.grey = grey

    def text(self, left: float, top: float, text: str, size: float = 10, confidence: float = 1.0) -> Drawn:
        """Words parted by blanks; each letter is a small block of ink as wide as a Hangul letter."""
        x = left
        for word in text.split():
            width = sum(size if ord(c) > 0x2000 else size * 0.55 for c in word)
            box = Box(left=x, top=top, right=x + width, bottom=top + size * 1.2)
            self.words.append(Word(text=word, box=box, confidence=confidence))
            step = width / len(word)
            for number in range(len(word)):
                self._fill(x + number * step + 1, top + 2, x + (number + 1) * step - 1, top + size, BLACK, checker=True)
            x += width + size * 0.4
        return self

    def table(self, xs: list[float], ys: list[float]) -> Drawn:
        """A ruled grid."""
        for x in xs:
            self._fill(x, ys[0], x + 0.8, ys[-1], BLACK)
        for y in ys:
            self._fill(xs[0], y, xs[-1], y + 0.8, BLACK)
        return self

    def strike(self, left: float, right: float, y: float) -> Drawn:
        """A red line through words, as a registry strikes out what no longer holds."""
        self._fill(left, y, right, y + 1.0, RED)
        return self

    def seal(
        self, x: float, y: float, size: float = 50, colour: tuple[int, int, int] = RED, square: bool = False
    ) -> Drawn:
        """A rim with some strokes in it, its middle at (x, y)."""
        middle = (round(x * SCALE), round(y * SCALE))
        half = round(size / 2 * SCALE)
        if square:
            corner = (middle[0] - half, middle[1] - half), (middle[0] + half, middle[1] + half)
            cv2.rectangle(self.pixels, *corner, colour, 4)
        else:
            cv2.circle(self.pixels, middle, half, colour, 4)
        for shift in (-half // 2, 0, half // 2):
            cv2.line(
                self.pixels,
                (middle[0] + shift, middle[1] - half // 2),
                (middle[0] + shift, middle[1] + half // 2),
                colour,
                3,
            )
        return self

    def scribble(self, left: float, top: float, colour: tuple[int, int, int] = BLUE) -> Drawn:
        """A signature: one waving stroke, 50 by 14 points."""
        points = [(left + 50 * t / 40, top + 7 + 7 * np.sin(t * 0.9)) for t in range(41)]
        line = np.array([[round(x * SCALE), round(y * SCALE)] for x, y in points], np.int32)
        cv2.polylines(self.pixels, [line], False, colour, 3)
        return self

    def _fill(self, left, top, right, bottom, colour, checker: bool = False) -> None:
        rows = slice(round(top * SCALE), max(round(bottom * SCALE), round(top * SCALE) + 1))
        columns = slice(round(left * SCALE), max(round(right * SCALE), round(left * SCALE) + 1))
        if checker:  # letters are not solid
            rows = slice(rows.start, rows.stop, 2)
        self.pixels[rows, columns] = colour

    def page(self, number: int) -> Page:
        return Page(number=number, width=595, height=842, words=tuple(self.words), source=self.source)


class DrawnSource:
    """A PageSource over drawn pages. `second`: what the second engine reads, by the box's words."""

    def __init__(self, *pages: Drawn, file: str = "file.pdf", second: dict[str, str] | None = None) -> None:
        self.file = file
        self.count = len(pages)
        self._drawn = pages
        self._second = second

    def glance(self, number: int) -> Page:
        return self.page(number)

    def page(self, number: int) -> Page:
        return self._drawn[number - 1].page(number)

    def tables(self, number: int) -> tuple:
        return ()

    def figures(self, number: int, boxes) -> tuple[FigureCell, ...]:
        from jeopsu.domain.documents import FigureReading

        cells = []
        for box in boxes:
            inside = [w.text for w in self._drawn[number - 1].words if box.contains(*w.box.centre, margin=1)]
            text = "".join(inside)
            if self._second:
                text = self._second.get(text, text)
            readings = tuple(
                FigureReading(engine=e, text=text, confidence=0.9, weakest=0.9) for e in ("ppocr", "tesseract")
            )
            cells.append(FigureCell(box, readings, False, not text))
        return tuple(cells)

    def again(self, number: int, box: Box, darkest: bool = False) -> tuple:
        if self._drawn[number - 1].source is TextSource.DIGITAL:
            return ()
        return self.figures(number, [box])[0].readings[1:]

    def pieces_upright(self, number: int) -> np.ndarray:
        return np.empty((0, 4))

    def picture(self, number: int, dpi: float = DPI) -> Picture:
        pixels = self._drawn[number - 1].pixels
        if self._drawn[number - 1].grey:
            grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
            pixels = np.repeat(grey[:, :, None], 3, axis=2)
        return Picture(pixels, DPI, number, np.array([[72 / DPI, 0, 0], [0, 72 / DPI, 0]]))

    def marks(self, number: int) -> tuple:
        from jeopsu.extractors.marks import find_marks

        return find_marks(self.picture(number), self.page(number))


def asked(name: str = "file.pdf") -> ReadRequest:
    return ReadRequest(path="/nowhere", name=name)
