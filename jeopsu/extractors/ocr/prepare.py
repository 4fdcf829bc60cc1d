"""A scan made ready for reading: which way is up, how far askew, seals taken out, the picture warped once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.ocr.base import LineEngine, LineReading

_LOOK_DPI = 100.0
_MOST_SKEW = 6.0  # degrees; beyond it a page is not askew but turned
_GRAIN = 0.87  # of the paper's brightness: what is paler is grain (noise of 7 grey levels and JPEG's, seen at 150 dpi)
_UNEVEN = 16  # grey levels between a page's dark and bright paper; below it the page is left as it is
_CLEARLY = 0.2  # by how much surer the engine must be one way for four runs to be enough
_BETWEEN_LETTERS = re.compile(r"(?<=[가-힣|])[0-9A-Za-z](?=[가-힣|])")
_PLAIN = 3  # runs of print read plainly that make a page upright; see docs/design_notes.md
_SEAL = 20.0  # points: coloured ink this large in both directions is a seal, smaller is coloured print


def small_ink(grey: np.ndarray, dpi: float) -> np.ndarray:
    """Ink (0/1) of the page at about 100 dpi, long rules and large blots taken out: letters are left."""
    scale = _LOOK_DPI / dpi
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else grey
    binary = cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 16)
    ink = np.asarray(binary, np.uint8)
    edge = max(2, int(min(ink.shape) * 0.01))
    ink[:edge], ink[-edge:], ink[:, :edge], ink[:, -edge:] = 0, 0, 0, 0
    across = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 40), np.uint8)), np.uint8)
    down = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((40, 1), np.uint8)), np.uint8)
    rules = np.asarray(cv2.dilate(across | down, np.ones((3, 3), np.uint8)), np.uint8)
    return np.asarray(ink & (1 - rules))


def is_blank(ink: np.ndarray) -> bool:
    """No print in a page's small ink: only dust, punch holes and the scanner's dark edges."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    height, width = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    letters = (stats[1:, cv2.CC_STAT_AREA] >= 12) & (np.maximum(height, width) >= 6) & (np.maximum(height, width) < 120)
    return int(letters.sum()) < 6


def is_sideways(ink: np.ndarray) -> bool:
    """Whether lines of print run up and down: letters close to each other are joined, and the pieces' shapes vote."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = np.maximum(stats[1:, 2], stats[1:, 3])
    sizes = sizes[(sizes >= 5) & (sizes <= 40)]
    if len(sizes) < 5:
        return False
    reach = max(3, int(np.median(sizes) * 0.45)) | 1
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    width, height = stats[1:, 2].astype(float), stats[1:, 3].astype(float)
    long_, short = np.maximum(width, height), np.minimum(width, height)
    lines = (long_ >= 1.8 * short) & (short >= 5) & (short <= 40)
    across, down = long_[lines & (width > height)].sum(), long_[lines & (height > width)].sum()
    return bool(down > 1.3 * across)


def skew_of(ink: np.ndarray, rules: np.ndarray | None = None) -> float:
    """Degrees clockwise by which the lines of an upright page are askew: where its row profile is sharpest."""
    image = ink if rules is None else ink | rules
    half = cv2.resize(image * 255, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    if not half.any():
        return 0.0

    def sharpness(picture: np.ndarray, angle: float) -> float:
        height, width = picture.shape
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        turned = cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_LINEAR)
        profile = cv2.reduce(turned, 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)
        return float(np.square(np.diff(profile, axis=0)).sum())

    best = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.01, 0.75), key=lambda a: sharpness(half, a))
    best = max(np.arange(best - 0.6, best + 0.61, 0.2), key=lambda a: sharpness(half, a))
    full = image * 255
    best = max(np.arange(best - 0.15, best + 0.16, 0.05), key=lambda a: sharpness(full, a))
    # getRotationMatrix2D turns anticlockwise by a positive angle: that much undoes a clockwise skew.
    return 0.0 if abs(best) < 0.04 else round(float(best), 3)


def line_crops(ink: np.ndarray, most: int = 10) -> list[tuple[int, int, int, int]]:
    """Boxes (left, top, right, bottom) of runs of print on an upright page: the long ones, spread over the page."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 13), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = [
        (int(x), int(y), int(x + w), int(y + h))
        for x, y, w, h, area in stats[1:]
        if 7 <= h <= 34 and 3 * h <= w <= 16 * h and area > 0.25 * w * h
    ]
    boxes.sort(key=lambda b: b[2] - b[0], reverse=True)
    return boxes[:most]


def is_upside_down(grey: np.ndarray, dpi: float, ink: np.ndarray, engine: LineEngine) -> bool:
    """Whether the engine is surer of some runs of print when they are turned by 180 degrees.

    Tesseract's Korean model is asked: on 95 scanned pages the sum of its mean and half its weakest confidence told
    the direction on 94 with four runs; the PP-OCR direction classifier erred on 11 and its recogniser on 20.
    """
    scale = max(1.0, dpi / _LOOK_DPI)
    crops = []
    for left, top, right, bottom in line_crops(ink, 12):
        pad = 3
        # A few letters tell the direction; more only cost time.
        right = min(right, left + int(5.5 * (bottom - top)))
        rows = slice(int(max(0, top - pad) * scale), int((bottom + pad) * scale))
        crop = grey[rows, int(max(0, left - pad) * scale) : int((right + pad) * scale)]
        if crop.size:
            crops.append(np.ascontiguousarray(crop))
    difference = 0.0
    told = 0.0
    for some in (crops[:4], crops[4:8], crops[8:]):
        if not some:
            break
        readings = engine.read_lines(some)
        if sum(map(_is_plain, readings)) >= _PLAIN:
            return False
        readings += engine.read_lines([np.ascontiguousarray(crop[::-1, ::-1]) for crop in some])
        # A run that yields nothing one way says nothing: now and then a plain line does.
        pairs = [(a, b) for a, b in zip(readings[: len(some)], readings[len(some) :], strict=True) if a.text and b.text]
        if pairs:
            difference += _sureness([b for _, b in pairs]) - _sureness([a for a, _ in pairs])
            told += 1
        # Four runs that are alike ("□ 동의함" thrice) tell nothing: a page turned wrongly is a page lost.
        if abs(difference) > _CLEARLY * max(1.0, told):
            break
    return difference > 0.03 * max(1.0, told)


def _is_plain(reading: LineReading) -> bool:
    """Three syllables and no weak character: of four runs of print, one at most was read so upside down."""
    return len(re.findall("[가-힣]", reading.text)) >= 3 and reading.weakest >= 0.9


def _sureness(readings: Sequence[LineReading]) -> float:
    return sum(r.mean + 0.5 * r.weakest - 0.5 * _strokes(r.text) for r in readings) / len(readings)


def _strokes(text: str) -> float:
    """The share of signs that upturned letters are taken for: "|/8 퍼키/{3|", figures between letters among them."""
    signs = sum(c in "|/\\{}<>~!^_" for c in text) + len(_BETWEEN_LETTERS.findall(text))
    return min(1.0, signs / max(1, len(text)))


def levelled(grey: np.ndarray, dpi: float) -> np.ndarray:
    """The page with its paper equally bright everywhere: Tesseract tells ink from paper by one threshold for all, and a
    scan that darkens towards one side loses its lines there (a certificate of 101 words gave 7). An even page is
    returned as it is."""
    scale = min(1.0, 20 / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # A closing fills print of up to 9 pixels at 20 dpi, 11 mm: what is left is the paper's own brightness.
    paper = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), (0, 0), 4)
    dark, bright = np.percentile(paper, (3, 97))
    if bright - dark < _UNEVEN:
        return grey
    whole = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, np.maximum(whole, 60), scale=250)


def without_grain(grey: np.ndarray, dpi: float) -> np.ndarray:
    """The page levelled, its paper smooth where no print is near: on a nearly empty page Tesseract takes grain for
    print. Print and its soft edges stay as they are."""
    even = levelled(grey, dpi)
    scale = dpi / 144
    paper = float(np.median(even[::4, ::4]))
    half = cv2.resize(even, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (cv2.GaussianBlur(half, (0, 0), 0.25 * scale) < _GRAIN * paper).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    print_ = (np.maximum(stats[:, 2], stats[:, 3]) > 0.9 * scale).astype(np.uint8)
    print_[0] = 0
    reach = 2 * int(1.5 * scale) + 1
    near = cv2.dilate(print_[labels], np.ones((reach, reach), np.uint8))
    near = cv2.resize(near, (even.shape[1], even.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.where(near > 0, even, np.uint8(paper))


def darkest(grey: np.ndarray, dpi: float, box: Box) -> np.ndarray:
    """The page with only the darkest ink left in and around a box (upright points): print under a grey seal.

    What is not within 45 % of the way from print to paper becomes paper. Of 22 certificates' lines with a seal over the
    company's name, 14 came out letter for letter, without it 8 (the 11 grey ones: 5, without it none).
    """
    scale, reach = dpi / 72, 6.0
    rows = slice(int(max(0, (box.top - reach) * scale)), int((box.bottom + reach) * scale))
    columns = slice(int(max(0, (box.left - reach) * scale)), int((box.right + reach) * scale))
    area = grey[rows, columns].astype(np.float32)
    if area.size == 0:
        return grey
    paper = float(np.percentile(area, 90))
    ink = area[area < paper - 60]
    if ink.size == 0:
        return grey
    print_ = float(np.percentile(ink, 15))
    page = grey.copy()
    page[rows, columns] = np.clip((area - print_) / max(1.0, 0.45 * (paper - print_)), 0, 1) * 255
    return page


def without_seals(pixels: np.ndarray, dpi: float) -> np.ndarray:
    """The page in grey with coloured seals gone: there the strongest channel is taken, in which their ink is pale
    and black print stays black. Coloured print (small pieces) is kept."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, 75.0 / dpi)
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    spread = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    coloured = (spread > 28).astype(np.uint8)
    if coloured.mean() < 0.0002:
        return grey
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    least = _SEAL * scale * dpi / 72
    mask = np.zeros(coloured.shape, np.uint8)
    for number in range(1, count):
        if stats[number, 2] >= least and stats[number, 3] >= least:
            mask[labels == number] = 1
    if not mask.any():
        return grey
    mask = cv2.dilate(mask, np.ones((5, 5), np.uint8))
    mask = cv2.resize(mask, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    return np.where(mask > 0, pixels.max(axis=2), grey)
