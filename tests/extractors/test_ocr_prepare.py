"""Scans: which way up, how far askew, seals out, a figure's crop and what touches its edge."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from jeopsu.domain.geometry import Box
from jeopsu.extractors.ocr import prepare
from jeopsu.extractors.ocr.engines import Engines
from jeopsu.extractors.ocr.figures import cut, read_figures
from jeopsu.extractors.ocr.null import NullEngine
from jeopsu.extractors.readers.frame import Frame, apply
from jeopsu.extractors.readers.scan import ScannedPage

NOTHING = NullEngine()


def page_of_print() -> np.ndarray:
    page = np.full((1170, 827), 245, np.uint8)
    for row in range(24):
        text = "total assets 1,234,567 and more print" if row % 3 else "short line 89,012"
        cv2.putText(page, text, (70, 90 + 40 * row), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 25, 2)
    return page


def rotated(page: np.ndarray, degrees_clockwise: float) -> np.ndarray:
    height, width = page.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees_clockwise, 1.0)
    return cv2.warpAffine(page, matrix, (width, height), borderValue=(245,) * 3)


@pytest.mark.parametrize("skew", [-3.0, -0.7, 0.0, 1.5, 4.0])
def test_skew_is_measured(skew):
    ink = prepare.small_ink(rotated(page_of_print(), skew), 100)
    assert prepare.skew_of(ink) == pytest.approx(skew, abs=0.15)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_lying_pages_are_seen(turns):
    page = np.ascontiguousarray(np.rot90(page_of_print(), turns))
    assert prepare.is_sideways(prepare.small_ink(page, 100)) == (turns % 2 == 1)


def test_blank_and_printed():
    assert not prepare.is_blank(prepare.small_ink(page_of_print(), 100))
    dusty = np.full((1170, 827), 240, np.uint8)
    cv2.circle(dusty, (20, 500), 14, 30, -1)
    dusty[::97, ::113] = 90
    assert prepare.is_blank(prepare.small_ink(dusty, 100))


def test_a_page_that_darkens_to_one_side_is_levelled():
    """One threshold for the whole page finds its print again, and nothing but its print."""
    page = page_of_print()
    shade = np.linspace(1.0, 0.35, page.shape[1])
    shaded = (page * shade[None, :]).astype(np.uint8)

    def ink(grey: np.ndarray) -> np.ndarray:
        return cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]

    wrong = (ink(shaded) != ink(page)).mean()
    assert wrong > 0.1
    assert (ink(prepare.levelled(shaded, 100)) != ink(page)).mean() < 0.01
    assert prepare.levelled(page, 100) is page


def test_a_grey_seal_goes_and_the_print_under_it_stays():
    page = np.full((200, 600), 245, np.uint8)
    cv2.putText(page, "GANA Co", (40, 120), cv2.FONT_HERSHEY_SIMPLEX, 2, 30, 5)
    letters = page < 100
    cv2.circle(page, (300, 110), 80, 140, 8)
    page[letters] = 30
    box = Box(left=0, top=0, right=600 * 72 / 300, bottom=200 * 72 / 300)
    ink = prepare.darkest(page, 300, box) < 128
    assert (ink == letters).mean() > 0.99
    assert page[30:190, 200:400].min() == 30  # the page itself is left alone


@pytest.mark.parametrize("turned", [0, 90])
def test_a_skewed_scan_leads_back_to_the_page_as_shown(turned):
    """A dark dot of the scan, found in the upright picture, lands where it is on the page as shown."""
    page = np.repeat(rotated(page_of_print(), 2.0)[:, :, None], 3, axis=2)
    cv2.circle(page, (600, 1120), 6, (200, 0, 0), -1)
    if turned:
        page = np.ascontiguousarray(np.rot90(page, 1))  # shown lying on its left side
    height, width = page.shape[:2]
    reds = np.argwhere((page[:, :, 0] > 150) & (page[:, :, 1] < 60)).mean(axis=0)
    shown = Frame(width * 0.72, height * 0.72)
    scan = ScannedPage(shown, lambda dpi: (page, 100.0), 100.0, Engines(NOTHING, NOTHING, NOTHING))
    assert scan.frame.turned == turned
    assert scan.frame.skew == pytest.approx(2.0, abs=0.15)
    pixels, dpi = scan.upright_pixels(150)
    found = np.argwhere((pixels[:, :, 0] > 150) & (pixels[:, :, 1] < 60)).mean(axis=0)
    x, y = apply(scan.frame.to_shown, found[1] * 72 / dpi, found[0] * 72 / dpi)
    assert (x, y) == pytest.approx((reds[1] * 0.72, reds[0] * 0.72), abs=1.0)


def test_seals_vanish_and_print_beneath_stays():
    page = np.full((600, 600, 3), 250, np.uint8)
    cv2.putText(page, "1,234", (200, 310), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (20, 20, 20), 3)
    before = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY) < 120
    stamped = page.copy()
    seal = np.zeros((600, 600), np.uint8)
    cv2.circle(seal, (260, 300), 70, 255, 8)
    stamped[(seal > 0) & ~before] = (215, 40, 45)
    grey = prepare.without_seals(stamped, 150)
    assert ((grey < 120) == before).mean() > 0.999
    small = page.copy()
    cv2.putText(small, "7", (60, 60), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (215, 30, 30), 2)
    assert (prepare.without_seals(small, 150)[40:65, 55:80] < 120).any(), "coloured print is kept"


def cell_page(text="1,234", x=130) -> tuple[np.ndarray, Box]:
    page = np.full((300, 500), 250, np.uint8)
    cv2.rectangle(page, (100, 100), (400, 160), 20, 3)
    cv2.putText(page, text, (x, 145), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3)
    return page, Box(left=24, top=24, right=96, bottom=38.4)


def test_a_cell_is_cut_inside_its_rules():
    page, box = cell_page()
    crop = cut(page, 300, box)
    assert len(crop.lines) == 1 and not crop.touches_edge
    assert crop.lines[0].shape[1] < 200, "the rules are left out"


def test_an_empty_cell_is_blank():
    page, box = cell_page(text="")
    (cell,) = read_figures(page, 300, [box], NOTHING, NOTHING)
    assert cell.blank and not cell.readings


def test_print_over_the_rule_touches():
    page, box = cell_page(text="1,234,567,890", x=250)
    assert cut(page, 300, box).touches_edge


def test_a_box_that_cuts_a_figure_touches():
    page = np.full((300, 500), 250, np.uint8)
    cv2.putText(page, "1234567", (130, 145), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3)
    whole = Box(left=28, top=26, right=76, bottom=37)
    assert not cut(page, 300, whole).touches_edge
    assert cut(page, 300, whole.model_copy(update={"right": 52.0})).touches_edge
    assert not cut(page, 300, whole).runs_on
    # Cut in the gap between two groups: nothing touches the side, but print runs on beyond it.
    page = np.full((300, 500), 250, np.uint8)
    cv2.putText(page, "97", (130, 145), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3)
    gap = int(np.flatnonzero((page < 200).any(axis=0))[-1]) + 5
    cv2.putText(page, "65976", (gap + 2, 145), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3)
    assert cut(page, 300, whole.model_copy(update={"left": gap * 72 / 300})).runs_on


def test_readings_keep_their_order():
    class Echo(NullEngine):
        def read_lines(self, lines):
            from jeopsu.extractors.ocr.base import LineReading

            return [LineReading(str(line.shape[1]), (0.5, 1.0)) for line in lines]

    page, box = cell_page()
    empty = Box(left=24, top=50, right=96, bottom=60)
    first, second = read_figures(page, 300, [empty, box], Echo(), Echo())
    assert first.blank and not second.blank
    assert [r.engine for r in second.readings] == ["ppocr", "tesseract"]
    assert second.readings[0].weakest == 0.5


def test_a_lone_1_in_a_large_cell_is_not_blank():
    page = np.full((400, 600), 250, np.uint8)
    cv2.rectangle(page, (100, 100), (360, 250), 20, 2)
    page[160:190, 229:233] = 20
    crop = cut(page, 300, Box(left=25, top=25, right=86, bottom=59))
    assert len(crop.lines) == 1
