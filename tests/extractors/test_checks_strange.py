"""Check boxes as people correct and spoil them: struck out, scribbled over, broken, written beside."""

import cv2
import numpy as np
import pytest

from jeopsu.domain.documents import TextSource
from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.frames import frame_in, pattern_of
from tests.extractors.drawn_pages import BLACK, BLUE, RED, SCALE, Drawn, DrawnSource
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


def _ticked_out(page: Drawn, x: float, y: float, colour=BLUE) -> None:
    """A tick that starts in a box and runs out of it, over the beginning of the next word."""
    points = [_at(x - 4, y - 1), _at(x - 0.5, y + 4), _at(x + 11, y - 11)]
    cv2.polylines(page.pixels, [np.array(points)], False, colour, THICK)


def _lines(*marks: int, table: bool = False) -> Drawn:
    """Rows of 해당 and 미해당, each after its box; the choice that is ticked, or -1."""
    page = Drawn(TextSource.OCR)
    if table:
        page.table([60, 200, 400], [290 + 26 * n for n in range(len(marks) + 1)])
    for row, marked in enumerate(marks):
        page.text(70, 297 + 26 * row, "항목 내용")
        for number, (x, word) in enumerate(((230, "해당"), (300, "미해당"))):
            _glyph(page, x, 303 + 26 * row, "box")
            page.text(x + 9, 297 + 26 * row, word)
            if number == marked:
                _ticked_out(page, x, 303 + 26 * row)
    return page


@pytest.mark.parametrize("table", [False, True])
def test_a_tick_that_runs_out_of_its_box_into_the_next_word_marks_it(table):
    assert _marks(_lines(0, 1, 0, table=table)) == [("해당", True), ("미해당", True), ("해당", True)]


def test_a_row_whose_boxes_cannot_be_told_is_not_passed_over():
    page = _lines(0, 1, -1)
    cv2.line(page.pixels, _at(224, 355), _at(372, 356), BLUE, 6)
    got = _marks(page)
    assert len(got) == 3
    assert got[2][1] is False


def test_a_stroke_through_two_boxes_is_nobodys():
    page = _lines(0, -1, 1)
    points = [_at(226, 329), _at(230, 333), _at(302, 327)]
    cv2.polylines(page.pixels, [np.array(points)], False, BLUE, THICK)
    assert [sure for _, sure in _marks(page)] == [True, False, True]


@pytest.mark.parametrize("grey", [False, True])
def test_under_a_stamp_no_box_is_sure(grey):
    page = _list(("tick", "box"), ("box", "box"), ("tick", "box"))
    page.grey = grey
    y = 265.0
    colour = BLACK if grey else RED
    cv2.circle(page.pixels, _at(438, y), round(21 * SCALE), colour, 3)
    for x in (431, 435, 440):
        cv2.line(page.pixels, _at(x, y - 9), _at(x + 3, y + 9), colour, 3)
    assert _marks(page)[1][1] is False


@pytest.mark.parametrize("tone", [130, 175, 215])
def test_a_stain_over_a_box_is_no_mark(tone):
    page = _list(("tick", "box"), ("box", "box"), ("tick", "box"))
    stain = np.zeros(page.pixels.shape[:2], np.float32)
    cv2.ellipse(stain, _at(437, 265), (round(13 * SCALE), round(9 * SCALE)), 0, 0, 360, 1.0, cv2.FILLED)
    stain = cv2.GaussianBlur(stain, (0, 0), 2.2 * SCALE)[..., None]
    page.pixels[:] = (page.pixels * (1 - stain * (1 - tone / 255))).astype(np.uint8)
    assert _marks(page)[1] != ("해당", True)


def test_a_tick_between_two_columns_answers_neither():
    page = _list(("tick", "box"), ("box", "box"), ("tick", "box"))
    cv2.polylines(page.pixels, [np.array([_at(464, 263), _at(468, 270), _at(477, 257)])], False, BLUE, THICK)
    assert _marks(page)[1][1] is False


def test_letters_are_no_box():
    page = _lines(0, 1, 0)
    canvas = Canvas(DrawnSource(page).picture(1))
    boxes = [Box(left=295, top=298, right=305, bottom=308), Box(left=225, top=324, right=235, bottom=334)]
    pattern = pattern_of(canvas, boxes)
    assert pattern is not None
    for word in page.words:
        area = Box(left=word.box.left - 2, top=word.box.top - 3, right=word.box.left + 14, bottom=word.box.bottom + 3)
        if word.text in ("항목", "내용"):
            assert frame_in(canvas, pattern, area) is None
    assert frame_in(canvas, pattern, Box(left=222, top=295, right=238, bottom=311)) is not None


@pytest.mark.parametrize(
    "left",
    [
        pytest.param([(500, 259), (500, 271), None, (500, 266), (503, 270)], id="a side and a bit of the tick"),
        pytest.param([(500, 271), (500, 259), (510, 259), None, (501, 264), (504, 269)], id="two sides and a bit"),
    ],
)
def test_what_tape_left_of_a_ticked_box_is_no_mark(left):
    page = _list(("tick", "box"), ("box", "nothing"), ("tick", "box"))
    for one, two in zip(left, left[1:], strict=False):
        if one and two:
            cv2.line(page.pixels, _at(*one), _at(*two), BLACK, THICK)
    assert _marks(page)[1][1] is False


@pytest.mark.parametrize("marked", [True, False])
def test_a_tick_over_brackets_marks_them_and_what_tape_left_of_one_does_not(marked):
    page = _list(("pair", "ring in pair"), ("pair", "pair"), ("ring in pair", "pair"))
    cv2.polylines(page.pixels, [np.array([_at(500, 263), _at(504, 270), _at(513, 256)])], False, BLUE, THICK)
    if not marked:
        cv2.rectangle(page.pixels, _at(505.5, 250), _at(516, 275), (255, 255, 255), cv2.FILLED)
    assert (_marks(page)[1] == ("해당없음", True)) is marked
    assert _marks(page)[1][1] is marked


def test_a_tail_from_the_row_below_is_no_mark():
    page = _lines(0, -1, 1)
    cv2.polylines(page.pixels, [np.array([_at(303, 346), _at(301, 326)])], False, BLUE, THICK)
    assert _marks(page)[1][1] is False


def test_specks_or_colour_in_an_empty_box_are_for_a_person():
    for colour, size in ((BLACK, 0), ((160, 240, 140), 6)):
        page = _list(("tick", "box"), ("box", "box"), ("tick", "box"))
        if size:
            part = page.pixels[
                _at(0, 265 - size)[1] : _at(0, 265 + size)[1], _at(505 - size, 0)[0] : _at(505 + size, 0)[0]
            ]
            part[:] = np.minimum(part, np.array(colour, np.uint8))
        else:
            cv2.line(page.pixels, _at(504, 265), _at(505, 265), colour, 1)
        assert _marks(page)[1] == (None, False)


def test_of_two_marks_one_of_which_is_crossed_off_neither_is_sure():
    page = _list(("tick", "box"), ("tick", "tick"), ("tick", "box"))
    for dy in (-8, 8):
        cv2.line(page.pixels, _at(497, 265 - dy), _at(513, 265 + dy), BLUE, THICK)
    assert _marks(page)[1][1] is False
