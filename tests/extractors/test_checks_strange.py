"""Check boxes as people correct and spoil them: struck out, scribbled over, broken, written beside."""

import cv2
import pytest

from jeopsu.domain.documents import TextSource
from tests.extractors.drawn_pages import BLACK, BLUE, SCALE, Drawn
from tests.extractors.test_checks_scan import THICK, THIN, _at, _glyph, _list, _marks

ROW = 239.0  # the middle of the first row of `_list`


def _row(left: str, right: str) -> Drawn:
    return _list((left, right), ("tick", "box"), ("box", "tick"))


def test_a_mark_with_two_lines_through_it_is_not_answered_twice():
    page = _row("tick", "tick")
    for y in (ROW - 1.5, ROW + 1.5):
        cv2.line(page.pixels, _at(422, y), _at(448, y), BLUE, THICK)
    assert _marks(page)[0][1] is False


def test_lines_through_an_empty_box_do_not_mark_it():
    page = _row("box", "box")
    for y in (ROW - 1.5, ROW + 1.5):
        cv2.line(page.pixels, _at(422, y), _at(448, y), BLUE, THICK)
    assert _marks(page)[0][1] is False


def test_a_scribbled_box_beside_a_tick_is_for_a_person():
    page = _row("tick", "full")
    cv2.rectangle(page.pixels, _at(497, ROW - 8), _at(513, ROW + 8), BLUE, cv2.FILLED)
    assert _marks(page)[0][1] is False


def test_a_broken_frame_is_no_mark():
    page = _row("tick", "nothing")
    corners = [_at(506.5, ROW - 5), _at(510, ROW - 5), _at(510, ROW + 5), _at(500, ROW + 5), _at(500, ROW - 5)]
    for one, two in zip(corners, corners[1:], strict=False):
        cv2.line(page.pixels, one, two, BLACK, THIN)
    cv2.line(page.pixels, corners[-1], _at(503, ROW - 5), BLACK, THIN)
    assert _marks(page)[0] == ("해당", True)


@pytest.mark.parametrize("what", ["nothing", "underline", "ring", "beside", "over a word", "black over a word"])
def test_empty_boxes_are_unanswered_only_where_nothing_is_written_beside_them(what):
    page = Drawn(TextSource.OCR).text(60, 300, "기업유형")
    for x, word, glyph in ((130, "대기업", "box"), (200, "중견기업", "box"), (280, "중소기업", "box")):
        _glyph(page, x, 306, glyph)
        page.text(x + 9, 300, word)
    if what == "underline":
        cv2.line(page.pixels, _at(208, 313), _at(250, 314), BLUE, THICK)
    if what == "ring":
        cv2.ellipse(page.pixels, _at(229, 306), (round(26 * SCALE), round(10 * SCALE)), 0, 0, 360, BLUE, THICK)
    if what == "beside":
        cv2.line(page.pixels, _at(182, 306), _at(186, 312), BLUE, THICK)
        cv2.line(page.pixels, _at(186, 312), _at(192, 299), BLUE, THICK)
    if what.endswith("over a word"):
        pen = BLACK if what.startswith("black") else BLUE
        cv2.line(page.pixels, _at(218, 305), _at(221, 310), pen, THICK)
        cv2.line(page.pixels, _at(221, 310), _at(231, 300), pen, THICK)
    got = _marks(page)
    assert got == [("", True)] if what == "nothing" else ("", True) not in got
