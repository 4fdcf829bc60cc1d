"""A page that is read from its picture: set upright, deskewed, brought to 300 dpi; words and figures by OCR."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial

import cv2
import numpy as np

from jeopsu.domain.documents import FigureReading, TextSource, Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.ocr import figures, prepare
from jeopsu.extractors.ocr.engines import Engines, engines
from jeopsu.extractors.ocr.figures import Crop
from jeopsu.extractors.ocr.remembered import RememberingLines
from jeopsu.extractors.pages import FigureCell
from jeopsu.extractors.readers.frame import Frame, compose
from jeopsu.extractors.readers.grid import Rules
from jeopsu.extractors.readers.ink_lines import Ink
from jeopsu.extractors.readers.render import capped_dpi

OCR_DPI = 300.0
GLANCE_SHARE = 0.38  # of the page's height: headings and what a form calls itself stand there
GLANCE_DPI = 150.0
_ASLANT = 6.0  # points beyond a table in which its own rules may run
_USUAL, _OTHER_SIZES = 52, (44, 62)  # pixels of a line's height: a name misread at one is often read at another
_SMALLER = 44  # pixels of a line's height for the second try

Render = Callable[[float], tuple[np.ndarray, float]]


class ScannedPage:
    """Words in upright points. `frame` is found on opening; OCR runs when it is asked for."""

    source = TextSource.OCR

    def __init__(self, shown: Frame, render: Render, native_dpi: float, use: Engines | None = None) -> None:
        self._engines = use or engines()
        self._first, self._second = (RememberingLines(e) for e in (self._engines.figures, self._engines.second))
        self._read_dpi = OCR_DPI
        self._cut: dict[Box, Crop] = {}
        # Not more than 300 dpi: finer scans read no better and cost more. Not below 100: the warp does the rest.
        self._render = partial(render, min(OCR_DPI, max(100.0, native_dpi)))
        self._kept: tuple[np.ndarray, float] | None = self._render()
        pixels, self._dpi = self._kept
        grey = self._grey
        self.grey = _is_grey(pixels)
        ink = prepare.small_ink(grey, self._dpi)
        self.blank = prepare.is_blank(ink)
        self.frame = shown if self.blank else self._upright(shown, grey, ink)

    @property
    def _pixels(self) -> np.ndarray:
        if self._kept is None:
            self._kept = self._render()
        return self._kept[0]

    def release(self) -> None:
        """Gives the pixels back; they are drawn again when they are needed. A page holds 35 MB of them."""
        self._kept = None
        for name in ("_grey", "_clean", "_grey_300"):
            self.__dict__.pop(name, None)
        self._cut.clear()

    def _upright(self, shown: Frame, grey: np.ndarray, ink: np.ndarray) -> Frame:
        turned = 90 if prepare.is_sideways(ink) else 0
        if turned:
            grey, ink = (np.ascontiguousarray(np.rot90(picture, 3)) for picture in (grey, ink))
        skew = prepare.skew_of(ink)
        if skew:
            height, width = grey.shape
            matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0)
            grey = cv2.warpAffine(grey, matrix, (width, height), borderValue=255)
            ink = prepare.small_ink(grey, self._dpi)
        if prepare.is_upside_down(grey, self._dpi, ink, self._engines.second):
            turned += 180
        return Frame(shown.width, shown.height, turned, skew)

    def upright_pixels(self, dpi: float) -> tuple[np.ndarray, float]:
        """The page in colour at a resolution, upright and deskewed, by one warp of the scan."""
        return self._warped(self._pixels, dpi)

    def upright_grey(self, dpi: float) -> tuple[np.ndarray, float]:
        """The same in grey, which costs a third."""
        return self._warped(self._grey, dpi)

    @cached_property
    def _grey(self) -> np.ndarray:
        """The scan as it lies, in grey."""
        return cv2.cvtColor(self._pixels, cv2.COLOR_RGB2GRAY)

    @cached_property
    def _clean(self) -> np.ndarray:
        """The same without seals."""
        return self._grey if self.grey else prepare.without_seals(self._pixels, self._dpi)

    def _warped(self, source: np.ndarray, dpi: float, share: float = 1.0) -> tuple[np.ndarray, float]:
        """The scan's pixels upright at a resolution: the upper `share` of the page."""
        frame = self.frame
        if frame.plain and abs(dpi - self._dpi) < 1:
            return source[: max(1, int(source.shape[0] * share))], self._dpi
        dpi = capped_dpi(frame.upright_width, frame.upright_height, dpi)
        size = (max(1, int(frame.upright_width * dpi / 72)), max(1, int(frame.upright_height * share * dpi / 72)))
        # upright pixel → upright point → point as shown → pixel of the scan (by centres of pixels)
        height, width = source.shape[:2]
        to_points = np.array([[72 / dpi, 0, 36 / dpi], [0, 72 / dpi, 36 / dpi]])
        to_pixels = np.array([[width / frame.width, 0, -0.5], [0, height / frame.height, -0.5]])
        matrix = compose(to_pixels, compose(frame.to_shown, to_points))
        if dpi < 0.75 * self._dpi:
            # A warp to a smaller size skips pixels: shrink first.
            factor = dpi / self._dpi
            source = cv2.resize(source, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
            matrix = compose(np.array([[factor, 0, (factor - 1) / 2], [0, factor, (factor - 1) / 2]]), matrix)
        way = cv2.INTER_CUBIC if dpi >= self._dpi else cv2.INTER_LINEAR
        warped = cv2.warpAffine(
            source,
            matrix,
            size,
            flags=way | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(255,) * 3,
        )
        return warped, dpi

    @cached_property
    def _grey_300(self) -> np.ndarray:
        """What is read: 300 dpi, grey, without seals."""
        grey, self._read_dpi = self._warped(self._clean, OCR_DPI)
        return grey

    def glance(self) -> Sequence[Word]:
        """Words of the page's upper part, read small: good enough to tell what the page is."""
        if self.blank:
            return ()
        return self._read(*self._warped(self._clean, GLANCE_DPI, GLANCE_SHARE))

    def words(self) -> Sequence[Word]:
        return () if self.blank else self._read(self._grey_300, self._read_dpi)

    def _read(self, grey: np.ndarray, dpi: float) -> tuple[Word, ...]:
        s = 72 / dpi
        return tuple(
            Word(
                text=word.text,
                box=Box(left=word.left * s, top=word.top * s, right=word.right * s, bottom=word.bottom * s),
                confidence=word.confidence,
            )
            for word in self._engines.words.read_page(prepare.levelled(grey, dpi), dpi)
        )

    def figures(self, boxes: Sequence[Box], once: bool = False) -> list[FigureCell]:
        """Both engines' readings, or with `once` the recogniser's alone."""
        if self.blank:
            return [FigureCell(box, (), False, True) for box in boxes]
        second = None if once else self._second
        return figures.read_figures(self._grey_300, self._read_dpi, boxes, self._first, second, self.crops(boxes))

    def words_outside(self, areas: Sequence[Box], rules: Rules, end: float) -> Sequence[Word]:
        """The words of the page down to a height, without those of some areas (tables that are read cell by cell) and
        their rules."""
        grey, scale = self._grey_300.copy(), self._read_dpi / 72
        ruled = cv2.dilate(rules.across | rules.down, np.ones((5, 5), np.uint8))
        ruled = cv2.resize(ruled, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
        for area in areas:
            # A rule that is still a little aslant reaches out of its table, up to the line of print above it.
            around = _pixels(area, scale, _ASLANT)
            if grey[around].size:
                paper = np.uint8(np.percentile(grey[around], 75))
                grey[around][ruled[around] > 0] = paper
                grey[_pixels(area, scale)] = paper
        grey = grey[: max(1, int(end * scale) + 1)]
        return self._read(prepare.without_grain(grey, self._read_dpi), self._read_dpi)

    def crops(self, boxes: Sequence[Box]) -> list[Crop]:
        """The print of upright boxes, each cut once."""
        for box in boxes:
            if box not in self._cut:
                self._cut[box] = figures.cut(self._grey_300, self._read_dpi, box)
        return [self._cut[box] for box in boxes]

    def pieces(self) -> np.ndarray:
        """The page's connected pieces of ink: left, top, right, bottom (upright points) in each row."""
        return np.empty((0, 4)) if self.blank else Ink.of(self._grey_300, self._read_dpi).pieces()

    def words_in(self, boxes: Sequence[Box]) -> list[Word]:
        return self.words_of(self.crops(boxes))

    def words_of(self, crops: Sequence[Crop]) -> list[Word]:
        """The words of cells, their lines read one by one by Tesseract."""
        places = [(line, box) for crop in crops for line, box in zip(crop.lines, crop.boxes, strict=True)]
        answers = self._second.read_lines([figures.for_tesseract(line) for line, _ in places])
        # Now and then a plain line yields nothing; a little smaller it is read.
        empty = [n for n, answer in enumerate(answers) if not answer.text]
        again = self._second.read_lines([figures.for_tesseract(places[n][0], _SMALLER) for n in empty])
        for n, answer in zip(empty, again, strict=True):
            answers[n] = answer
        return [w for (_, box), r in zip(places, answers, strict=True) for w in _words_along(r.text, box, r.mean)]

    def again(self, box: Box, darkest: bool) -> tuple[FigureReading, ...]:
        """Tesseract's readings of a box's one line at other sizes than usual, or of its darkest ink alone."""
        grey = prepare.darkest(self._grey_300, self._read_dpi, box) if darkest else self._grey_300
        lines = figures.cut(grey, self._read_dpi, box).lines
        if len(lines) != 1:
            return ()
        sizes = (_USUAL, *_OTHER_SIZES) if darkest else _OTHER_SIZES
        readings = self._second.read_lines([figures.for_tesseract(lines[0], size) for size in sizes])
        return tuple(
            FigureReading(engine=self._second.name, text=r.text, confidence=r.mean, weakest=r.weakest)
            for r in readings
            if r.text
        )


def _pixels(box: Box, scale: float, out: float = 0.0) -> tuple[slice, slice]:
    """A box (points, widened by `out`) as rows and columns of a picture."""
    rows = slice(max(0, int((box.top - out) * scale)), max(0, int((box.bottom + out) * scale) + 1))
    return rows, slice(max(0, int((box.left - out) * scale)), max(0, int((box.right + out) * scale) + 1))


def _words_along(text: str, box: Box, confidence: float) -> tuple[Word, ...]:
    """A line's words, each with its share of the line's box."""
    words, place, total = [], 0, max(1, len(text))
    for part in text.split(" "):
        if part:
            left, right = (box.left + box.width * n / total for n in (place, place + len(part)))
            share = Box(left=left, top=box.top, right=right, bottom=box.bottom)
            words.append(Word(text=part, box=share, confidence=confidence))
        place += len(part) + 1
    return tuple(words)


def _is_grey(pixels: np.ndarray) -> bool:
    red, green, blue = (np.ascontiguousarray(pixels[::3, ::3, n]) for n in range(3))
    spread = cv2.max(cv2.max(red, green), blue) - cv2.min(cv2.min(red, green), blue)
    return bool((spread > 30).mean() < 0.0002)
