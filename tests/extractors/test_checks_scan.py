"""Check boxes of scans, drawn by every kind of mark: marked, empty, answered twice, not at all, not to be told."""

import cv2
import numpy as np
import pytest

from jeopsu.domain.documents import TextSource, Word
from jeopsu.domain.fields import FieldStatus
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.extractors.kinds import read_kind
from jeopsu.extractors.kinds.checks_rows import numbered
from jeopsu.extractors.kinds.layout import Sheet
from jeopsu.extractors.kinds.options import in_line, pair_of
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.glyphs import Look, look_into
from tests.extractors.drawn_pages import BLACK, BLUE, SCALE, Drawn, DrawnSource, asked

THIN, THICK = 2, 4


def _at(x: float, y: float) -> tuple[int, int]:
    return round(x * SCALE), round(y * SCALE)


def _glyph(page: Drawn, x: float, y: float, what: str, size: float = 10) -> None:
    """A printed or hand-drawn glyph, its middle at (x, y)."""
    half, pixels = size / 2, page.pixels
    if what in ("box", "full", "cross", "tick", "hand", "circled"):
        solid = cv2.FILLED if what == "full" else THIN
        cv2.rectangle(pixels, _at(x - half, y - half), _at(x + half, y + half), BLACK, solid)
    if what == "cross":
        cv2.line(pixels, _at(x - half, y - half), _at(x + half, y + half), BLACK, THIN)
        cv2.line(pixels, _at(x - half, y + half), _at(x + half, y - half), BLACK, THIN)
    if what == "tick":
        points = [_at(x - 3, y), _at(x - 1, y + 3), _at(x + 3, y - 3)]
        cv2.polylines(pixels, [np.array(points)], False, BLACK, THIN)
    if what in ("hand", "stroke"):
        points = [_at(x - 5, y - 4), _at(x - 1, y + 5), _at(x + 8, y - 8)]
        cv2.polylines(pixels, [np.array(points)], False, BLUE if what == "hand" else BLACK, THICK)
    if what == "circled":
        cv2.circle(pixels, _at(x, y), round(9 * SCALE), BLUE, THICK)
    if what in ("pair", "ring in pair"):
        wide = 4 if what == "pair" else 7
        for side, angles in ((-wide, (120, 240)), (wide, (-60, 60))):
            middle = _at(x + side * 0.4, y)
            cv2.ellipse(pixels, middle, (round(wide * 0.8 * SCALE), round(6 * SCALE)), 0, *angles, BLACK, THIN)
    if what in ("ring in pair", "ring"):
        cv2.circle(pixels, _at(x, y), round((3.5 if what != "ring" else 5) * SCALE), BLACK, THIN)
    if what == "disc":
        cv2.circle(pixels, _at(x, y), round(5 * SCALE), BLACK, cv2.FILLED)


@pytest.mark.parametrize(
    ("what", "looks"),
    [
        ("box", {Look.BOX}),
        ("full", {Look.FULL}),
        ("cross", {Look.BOX_INKED, Look.FULL}),
        ("tick", {Look.BOX_INKED}),
        ("pair", {Look.PAIR}),
        ("ring in pair", {Look.PAIR_INKED}),
        ("ring", {Look.RING}),
        ("disc", {Look.FULL, Look.RING_INKED}),
        ("stroke", {Look.STROKE}),
        ("nothing", {Look.BLANK}),
        ("hand", {Look.CLOSED, Look.STROKE}),
    ],
)
def test_each_glyph_looks_what_it_is(what, looks):
    page = Drawn(TextSource.OCR)
    _glyph(page, 300, 300, what)
    canvas = Canvas(DrawnSource(page).picture(1))
    assert look_into(canvas, Box(left=280, top=285, right=320, bottom=315)).look in looks


def _list(*rows: tuple[str, str], heads: tuple[str, str] = ("해당", "해당없음")) -> Drawn:
    ys = [200.0 + 26 * n for n in range(len(rows) + 2)]
    page = Drawn(TextSource.OCR).table([60, 400, 470, 540], ys)
    page.text(64, 206, "확인 항목").text(415, 206, heads[0]).text(476, 206, heads[1])
    for number, (left, right) in enumerate(rows):
        y = ys[number + 1]
        page.text(64, y + 7, f"{number + 1}. 항목 내용")
        _glyph(page, 435, y + 13, left)
        _glyph(page, 505, y + 13, right)
    return page


def _marks(page: Drawn, kind: Kind = Kind.ELIGIBILITY_DECLARATION) -> list[tuple[str | None, bool]]:
    segment = Segment(kind=kind, first_page=1, last_page=1, confidence=1)
    fields = read_kind(DrawnSource(page), segment, asked()).fields
    return [(f.value, f.status is FieldStatus.CONFIRMED) for f in fields if f.name == "check.marked"]


@pytest.mark.parametrize(
    ("empty", "mark"),
    [
        ("box", "full"),
        ("box", "cross"),
        ("box", "tick"),
        ("box", "stroke"),
        ("box", "hand"),
        ("pair", "ring in pair"),
        ("nothing", "stroke"),
        ("nothing", "ring"),
        ("ring", "disc"),
    ],
)
def test_a_row_is_marked_where_its_brother_is_empty(empty, mark):
    assert _marks(_list((empty, mark), (mark, empty), (empty, mark))) == [
        ("해당없음", True),
        ("해당", True),
        ("해당없음", True),
    ]


def test_answered_twice_and_not_at_all_are_seen():
    got = _marks(_list(("box", "cross"), ("cross", "cross"), ("box", "box")))
    assert got == [("해당없음", True), ("해당, 해당없음", True), ("", True)]


def test_rings_alone_and_blank_rows_are_for_a_person():
    assert [sure for _, sure in _marks(_list(("ring", "ring"), ("ring", "disc")))] == [False, True]
    assert [sure for _, sure in _marks(_list(("box", "nothing"), ("box", "full")))] == [False, True]
    assert [sure for _, sure in _marks(_list(("nothing", "nothing"), ("nothing", "nothing")))] == [False, False]


def test_headings_that_are_no_pair_name_no_choice():
    assert _marks(_list(("box", "full"), heads=("금액", "비고"))) == []


def test_choices_along_a_line_stand_behind_their_boxes():
    page = Drawn(TextSource.OCR).text(60, 300, "기업유형")
    for x, word, what in ((130, "대기업", "box"), (200, "중견기업", "cross"), (280, "중소기업", "box")):
        _glyph(page, x, 306, what)
        page.text(x + 9, 300, word)
    assert _marks(page) == [("중견기업", True)]


@pytest.mark.parametrize(("words", "sure"), [("외 부 감사 대상", True), ("외부간사 대상", False), ("공시 대상", False)])
def test_a_known_question_of_a_scan_is_sure_only_letter_for_letter(words, sure):
    page = Drawn(TextSource.OCR).text(60, 300, words)
    for x, word, what in ((150, "대상", "box"), (210, "비대상", "cross")):
        _glyph(page, x, 306, what)
        page.text(x + 9, 300, word)
    segment = Segment(kind=Kind.ELIGIBILITY_DECLARATION, first_page=1, last_page=1, confidence=1)
    items = [f for f in read_kind(DrawnSource(page), segment, asked()).fields if f.name == "check.item"]
    assert [f.confirmed for f in items] == [sure]


def test_a_box_that_was_read_as_a_letter_is_no_word_of_the_question():
    page = Drawn(TextSource.OCR).table([60, 140, 540], [290, 318, 346]).text(64, 300, "외부감사 대상")
    for x, word, what in ((150, "대상", "box"), (210, "비대상", "cross")):
        _glyph(page, x, 306, what)
        page.text(x + 9, 300, word)
    page.words.append(Word(text="디", box=Box(left=145, top=301, right=154, bottom=311)))
    segment = Segment(kind=Kind.ELIGIBILITY_DECLARATION, first_page=1, last_page=1, confidence=1)
    items = [f for f in read_kind(DrawnSource(page), segment, asked()).fields if f.name == "check.item"]
    assert [(f.value, f.confirmed) for f in items] == [("외부감사 대상", True)]


def _circles(*which: int) -> Drawn:
    page = Drawn(TextSource.OCR).table([60, 400, 540], [200, 230, 260]).text(64, 208, "제재 처분 사실")
    for place, (x, word) in enumerate(((420, "해당"), (470, "미해당"))):
        box = Box(left=x, top=208, right=x + 10 * len(word), bottom=219)
        page.words.append(Word(text=word, box=box))
        for stroke in range(2 * len(word)):
            cv2.line(page.pixels, _at(x + 2 + 5 * stroke, 209), _at(x + 4 + 5 * stroke, 217), BLACK, 1)
        if place in which:
            wide = 5.5 * len(word)
            cv2.ellipse(page.pixels, _at(x + wide, 213), (round((wide + 5) * SCALE), 22), 0, 0, 360, BLUE, 2)
    return page


def test_a_circle_around_a_word_marks_it():
    assert _marks(_circles(1)) == [("미해당", True)]
    assert _marks(_circles()) == []
    assert _marks(_circles(0, 1)) == []


def test_prose_that_says_both_words_is_no_item():
    page = Drawn(TextSource.OCR).text(60, 300, "신규 참여연구자를 채용 예정 하였음을 확인")
    page.text(60, 330, "동의함 또는 동의하지 않음 가운데 하나를 고르십시오")
    assert _marks(page) == []


def test_pairs_of_headings_allow_one_bent_letter_and_no_doubt():
    assert pair_of(["해당"], ["해당없음"]) == ("해당", "해당없음")
    assert pair_of(["에"], ["아니오"]) == ("예", "아니오")
    assert pair_of(["해당"], ["해당"]) is None  # 미해당 or 비해당
    assert pair_of(["금액"], ["비고"]) is None


def test_a_label_that_ends_in_the_first_choice_is_not_that_choice():
    found = in_line("외부감사대상디대상몰비대상")
    assert found is not None
    assert [(word, start) for word, start, _ in found] == [("대상", 7), ("비대상", 10)]


def _numbered_rows(pitch: float = 26, ruled: bool = True) -> tuple[Drawn, list[Box]]:
    """Four numbered rows with a box each; in an open list the numbers stand on the boxes' lines."""
    ys = [200 + pitch * n for n in range(5)]
    page = Drawn(TextSource.OCR)
    if ruled:
        page.table([60, 84, 400, 540], ys)
    for number, y in enumerate(ys[:-1], 1):
        page.text(66, y + 4, f"{number}").text(90, y + 4, "항목 내용")
    return page, [Box(left=430, top=y + pitch / 2 - 5, right=440, bottom=y + pitch / 2 + 5) for y in ys[:-1]]


def test_an_item_that_was_lost_is_missed_by_its_number():
    page, areas = _numbered_rows(60)  # the number stands at the top of a high ruled row
    sheet = Sheet(DrawnSource(page), 1)
    assert numbered(sheet, areas) == 4
    assert numbered(sheet, [*areas[:2], areas[3]]) == 4
    page, areas = _numbered_rows(18, ruled=False)
    assert numbered(Sheet(DrawnSource(page), 1), areas[1:]) == 4


def test_numbers_of_sections_and_of_the_signers_promise_no_items():
    """Document 10 of the samples: three consents under their headings, a pledge without one, the signers' table."""
    page = Drawn(TextSource.OCR)
    areas = []
    for number in range(1, 5):
        y = 150.0 + 50 * number
        page.text(60, y, f"{number}.").text(75, y, "동의의 제목").text(60, y + 15, "무엇에 동의하는지 적은 글")
        if number < 4:
            areas.append(Box(left=400, top=y + 28, right=410, bottom=y + 38))
    ys = [420.0 + 34 * n for n in range(7)]
    page.table([60, 84, 300, 540], ys)
    for number in range(1, 6):
        page.text(66, ys[number] + 8, f"{number}")
    assert numbered(Sheet(DrawnSource(page), 1), areas) == 0
