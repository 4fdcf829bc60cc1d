"""Seals by colour and build; check characters."""

import pytest

from jeopsu.domain.documents import SealColour, SealShape
from jeopsu.domain.geometry import Box
from jeopsu.extractors.marks.boxes import state
from jeopsu.extractors.marks.canvas import Canvas
from jeopsu.extractors.marks.grey import grey_seals
from jeopsu.extractors.marks.seals import coloured_seals
from jeopsu.extractors.marks.signatures import like_print, look_at
from tests.extractors.drawn_pages import BLACK, BLUE, Drawn, DrawnSource


def _marks(page: Drawn):
    return DrawnSource(page).marks(1)


def test_round_and_square_red_seals_over_print():
    page = Drawn().text(280, 395, "대표이사 허상철 (인)", 12).seal(330, 400, 60).seal(330, 600, 70, square=True)
    marks = sorted(_marks(page), key=lambda mark: mark.box.top)
    assert [mark.shape for mark in marks] == [SealShape.ROUND, SealShape.SQUARE]
    assert all(mark.colour is SealColour.RED for mark in marks)
    assert marks[0].box.contains(330, 400)
    assert abs(marks[0].box.width - 60) < 5


def test_seals_of_neighbouring_rows_are_two():
    assert len(_marks(Drawn().seal(300, 300, 26).seal(302, 330, 26))) == 2


def test_blue_handwriting_is_no_seal_and_grey_pages_have_no_colour():
    assert _marks(Drawn().scribble(300, 300, BLUE)) == ()
    assert _marks(_grey(Drawn().seal(300, 300, 50))) == ()


def _grey(page: Drawn) -> Drawn:
    page.grey = True
    return page


@pytest.mark.parametrize("grey", [False, True])
def test_a_place_with_a_hint_only_is_empty_and_with_ink_is_not(grey):
    cell = Box(left=400, top=300, right=520, bottom=330)
    page = Drawn(grey=grey).table([400, 520], [300, 330]).text(480, 310, "(서명)", 8)
    hint = [page.words[0].box]
    canvas = Canvas(DrawnSource(page).picture(1))
    assert look_at(canvas, cell, hint, coloured_seals(canvas)).kind == "none"
    page.scribble(410, 308)
    canvas = Canvas(DrawnSource(page).picture(1))
    assert look_at(canvas, cell, hint, coloured_seals(canvas)).kind == "signature"


def test_a_hint_that_was_not_read_as_a_word_leaves_the_place_in_doubt():
    cell = Box(left=400, top=300, right=520, bottom=330)
    page = Drawn().table([400, 520], [300, 330]).text(480, 310, "(서명)", 8)
    assert look_at(Canvas(DrawnSource(page).picture(1)), cell, []).kind == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("□", False),
        ("☑", True),
        ("■", True),
        ("( )", False),
        ("(○)", True),
        ("[✓]", True),
        ("√", True),
        ("예", None),
        ("V", None),
    ],
)
def test_check_characters(text, expected):
    assert state(text) is expected


@pytest.mark.parametrize("square", [False, True])
def test_a_closed_rim_is_a_seal_on_a_grey_scan_and_a_table_is_not(square):
    area = Box(left=150, top=300, right=450, bottom=520)
    page = Drawn(grey=True).text(250, 395, "대표이사 허상철 (인)", 12).seal(330, 400, 60, BLACK, square)
    (mark,) = grey_seals(Canvas(DrawnSource(page).picture(1)), area)
    assert mark.shape is (SealShape.SQUARE if square else SealShape.ROUND)
    assert mark.box.contains(330, 400)
    table = Drawn(grey=True).table([200, 250, 300, 350], [320, 370, 420, 470]).text(210, 335, "대표자", 10)
    assert grey_seals(Canvas(DrawnSource(table).picture(1)), area) == []


def test_a_pale_seal_on_a_grey_scan_is_a_seal_and_what_shines_through_is_no_emptiness():
    cell = Box(left=400, top=300, right=520, bottom=340)
    pale, through = (178, 178, 178), (212, 212, 212)
    page = Drawn(grey=True).table([400, 520], [300, 340]).seal(440, 320, 26, pale)
    assert look_at(Canvas(DrawnSource(page).picture(1)), cell, []).kind == "seal"
    page = Drawn(grey=True).table([400, 520], [300, 340]).seal(440, 320, 26, through)
    assert look_at(Canvas(DrawnSource(page).picture(1)), cell, []).kind in ("none", "")


def test_a_typed_name_looks_like_the_printed_one_and_a_hand_does_not():
    page = Drawn(grey=True).text(100, 310, "홍길동", 11).text(420, 311, "홍길동", 11).scribble(420, 361, BLACK)
    canvas = Canvas(DrawnSource(page).picture(1))
    sample = Box(left=95, top=305, right=140, bottom=328)
    typed, hand = (Box(left=400, top=top, right=520, bottom=top + 32) for top in (300, 350))
    assert like_print(canvas, typed, sample) > 0.8
    assert like_print(canvas, hand, sample) < 0.68


def test_two_signers_seals_that_overlap_are_two():
    """One under the other, rim over rim: the piece is as wide at its waist as anywhere."""
    assert len(_marks(Drawn().seal(300, 300, 50).seal(304, 344, 50))) == 2
    assert len(_marks(Drawn().seal(300, 300, 60, square=True))) == 1
