"""Seals by colour on strange papers, in strange inks and over one another; red ink that is no seal."""

import cv2
import numpy as np
import pytest

from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.seals import SURE, SURE_IN_PLACE, coloured_seals
from jeopsu.extractors.marks.signatures import look_at
from tests.extractors.drawn_pages import BLACK, RED, SCALE, Drawn, DrawnSource


def _seals(page: Drawn, quality: int = 0):
    picture = DrawnSource(page).picture(1)
    if quality:
        _, data = cv2.imencode(".jpg", picture.pixels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
        picture.pixels[:] = cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1]
    return [mark for mark in coloured_seals(Canvas(picture)) if mark.kind == "seal"]


def _sure(page: Drawn, quality: int = 0):
    return [mark for mark in _seals(page, quality) if mark.confidence >= SURE]


def _tinted(page: Drawn, paper: tuple[float, float, float]) -> Drawn:
    page.pixels = np.ascontiguousarray((page.pixels * np.array(paper)).astype(np.uint8))
    return page


@pytest.mark.parametrize("ink", [(226, 74, 38), (142, 24, 32), (202, 38, 112), (104, 48, 150), (235, 170, 165)])
@pytest.mark.parametrize("paper", [(1, 1, 1), (0.97, 0.94, 0.84), (0.97, 0.89, 0.88), (0.75, 0.75, 0.75)])
def test_a_seal_is_found_in_any_red_on_any_paper(ink, paper):
    page = Drawn().text(280, 395, "대표이사 허상철 (인)", 12).seal(330, 400, 44, ink)
    (mark,) = _sure(_tinted(page, paper), quality=60)
    assert mark.box.contains(330, 400)
    assert abs(mark.box.width - 45) < 5


def test_a_red_scribble_large_red_letters_a_tinted_head_and_an_empty_ring_are_no_seals():
    assert _sure(Drawn().scribble(300, 300, RED)) == []
    page = Drawn()
    cv2.putText(page.pixels, "SIGN HERE", (300, 600), cv2.FONT_HERSHEY_DUPLEX, 2.2, RED, 7)
    page._fill(60, 100, 118, 135, (250, 222, 218))
    page._fill(300, 100, 360, 150, RED)
    cv2.circle(page.pixels, (900, 1200), 50, RED, 4)
    assert _sure(page, quality=60) == []


def test_print_beside_black_rules_whose_colours_lie_apart_is_no_ink():
    page = Drawn().table([100, 200, 300, 500], [300, 324, 348, 372]).text(110, 305, "성명 서명", 10).seal(400, 336, 22)
    page.pixels[1:, :, 0] = page.pixels[:-1, :, 0].copy()  # the red lamp's picture lies a pixel lower
    (mark,) = _sure(page)
    assert mark.box.contains(400, 336)
    assert mark.box.height < 27


def test_a_seal_cut_by_the_pages_edge_and_one_broken_by_print_are_seals():
    cut = Drawn().seal(588, 300, 60)
    assert [mark.box.contains(580, 300) for mark in _sure(cut)] == [True]
    broken = Drawn().seal(300, 300, 40)
    for y in (288, 300, 312):
        broken._fill(250, y, 350, y + 2, BLACK)
    assert len(_sure(broken)) == 1


@pytest.mark.parametrize("off", [(44, 10), (0, 40), (30, 34)])
def test_round_seals_over_one_another_are_told_apart(off):
    page = Drawn().seal(300, 300, 50).seal(300 + off[0], 300 + off[1], 50)
    marks = _sure(page)
    assert len(marks) == 2
    assert all(abs(mark.box.width - 50) < 8 for mark in marks)


def test_a_long_stamp_with_a_seal_at_its_end_is_a_stamp_and_a_seal():
    page = Drawn().seal(420, 715, 50)
    cv2.rectangle(page.pixels, *[(round(x * SCALE), round(y * SCALE)) for x, y in ((300, 700), (410, 726))], RED, 4)
    for x in range(310, 400, 20):
        page._fill(x, 706, x + 12, 708, RED)
        page._fill(x + 5, 708, x + 7, 720, RED)
    picture = DrawnSource(page).picture(1)
    marks = coloured_seals(Canvas(picture))
    assert [mark.box.contains(420, 715) for mark in marks if mark.kind == "seal" and mark.confidence >= SURE] == [True]
    assert [mark.box.contains(350, 713) for mark in marks if mark.kind == "stamp"] == [True]


def test_bold_letters_that_fill_a_closed_rim_are_a_seal_where_a_seal_belongs():
    page = Drawn()
    cv2.ellipse(page.pixels, (round(300 * SCALE), round(300 * SCALE)), (34, 48), 0, 0, 360, RED, 4)
    page._fill(296, 281, 304, 319, RED)
    for top in (283, 296, 309):
        page._fill(290, top, 310, top + 8, RED)
    canvas = Canvas(DrawnSource(page).picture(1))
    (mark,) = coloured_seals(canvas)
    assert SURE_IN_PLACE <= mark.confidence < SURE
    cell = Box(left=270, top=270, right=330, bottom=330)
    assert look_at(canvas, cell, (), [mark]).kind == "seal"
    assert look_at(canvas, cell, (), [mark.model_copy(update={"confidence": 0.6})]).kind == ""
