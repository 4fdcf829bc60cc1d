"""Errors that all sums survive, for they strike a whole column, page or file alike: each ends uncertain or right."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from jeopsu.domain.documents import FigureReading, Word
from jeopsu.domain.geometry import Box
from jeopsu.extractors.ocr.figures import cut
from jeopsu.extractors.pages import UNREAD, FigureCell
from jeopsu.extractors.readers.columns import figure_columns, lines_of
from jeopsu.extractors.statements.amounts import guesses, read_in
from jeopsu.extractors.statements.columns import parted
from jeopsu.extractors.statements.emit import fields_of
from jeopsu.extractors.statements.gather import _shares_equity
from jeopsu.extractors.statements.headings import interim
from jeopsu.extractors.statements.ledger import Entry, Ledger, ledgers_of
from jeopsu.extractors.statements.model import Column, Figure, Grid, Row, Slot, Statement, StatementKind
from jeopsu.extractors.statements.read import _lone_other_year
from jeopsu.extractors.statements.titles import read_titles
from jeopsu.extractors.statements.units import prove_units

BOX = Box(left=300, top=150, right=400, bottom=162)


def slot(text: str = "", torn: bool = False) -> Slot:
    return Slot(1, 0, BOX, (), text, torn)


def entry_of(name: str, value: int, witnesses: int = 0, solid: bool = True) -> Entry:
    entry = Entry(Row(1, name, BOX, (slot(),)), name, "", (slot(),))
    entry.figure = Figure(name, 2022, slot(), name, 1, (value,), solid, False, chosen=value, witnesses=witnesses)
    return entry


def ledger_of(*entries: Entry, sheet: StatementKind = StatementKind.BALANCE, **statement: object) -> Ledger:
    grid = Grid(1, 140.0, (Column(300, 400), Column(400, 540)), ())
    made = Statement(sheet, title="재무상태표", title_page=1, grids=[grid], **{"unit": 1, **statement})  # type: ignore[arg-type]
    made.title_box = Box(left=200, top=70, right=300, bottom=85)
    return Ledger(made, 2022, 0, False, list(entries))


def field_of(ledger: Ledger, name: str):
    fields = fields_of(ledger, "a.pdf", lambda page, box: box, (1,), ledger.statement.unit)
    return next(f for f in fields if f.name == f"fs.{name}")


class Page:
    """A scan whose crops read as told."""

    scanned, width = True, 595.0

    def __init__(self, texts: list[str], again: list[str] | None = None, lines: list = ()) -> None:
        self.texts, self.lines, self.pieces, self.number = texts, list(lines), np.empty((0, 4)), 1
        self.source = SimpleNamespace(again=lambda *_: [SimpleNamespace(text=t) for t in again or []])

    def shown(self, box: Box) -> Box:
        return box

    def figures(self, boxes: list[Box], once: bool = False) -> list[FigureCell]:
        texts = [self.texts[n % len(self.texts)] for n in range(len(boxes))]
        return [
            FigureCell(
                b, (FigureReading(engine="tesseract", text=t, confidence=1, weakest=1),) if t else (), False, not t
            )
            for b, t in zip(boxes, texts, strict=True)
        ]


# A cut column.


def test_each_cut_off_figure_stays_in_its_own_row():
    rows = [("assets", slot(torn=True)), ("equity", slot())]
    entries = [Entry(Row(1, n, BOX, (s,)), n, "", (s,)) for n, s in rows]
    ledger = ledger_of(*entries)
    read_in([ledger], {1: Page(["5,976,864", "4,321"])}, lambda g: g.entries)
    assert [e.figure and e.figure.candidates for e in entries] == [(), (4321,)]


@pytest.mark.parametrize("text", ["▒", "9,765,976"])
def test_a_figure_that_was_seen_and_is_not_found_is_not_missing(text):
    entry = Entry(Row(1, "매출액", BOX, (slot(text),)), "revenue", "", (slot(text),))
    ledger = ledger_of(entry, sheet=StatementKind.INCOME)
    read_in([ledger], {1: Page([""])}, lambda g: g.entries)
    assert field_of(ledger, "revenue").status.value == "uncertain"


def test_a_one_at_the_side_of_a_tight_box_is_no_rule():
    grey = np.full((400, 900), 255, np.uint8)
    for x in range(6):  # 1 and five other digits, 26 pixels tall at 300 dpi, in a box with a point of room
        wide = 5 if x == 0 else 16
        grey[200:226, 120 + 22 * x : 120 + 22 * x + wide] = 0
        if x:
            grey[206:220, 124 + 22 * x : 132 + 22 * x] = 255
    crop = cut(grey, 300, Box(left=118 * 0.24, top=47.0, right=260 * 0.24, bottom=55.3))
    assert len(crop.lines) == 1 and crop.boxes[0].left < 122 * 0.24


def test_the_days_of_a_heading_make_no_columns():
    def word(text: str, left: float, right: float, top: float):
        return SimpleNamespace(text=text, box=Box(left=left, top=top, right=right, bottom=top + 8))

    words = []
    for row, term in enumerate(("12", "11")):
        for text, left, right in (("제", 192, 199), (f"{term}기", 204, 239), ("2022", 240, 266), ("31", 371, 404)):
            words.append(word(text, left, right, 40 + 12 * row))
    for row in range(6):
        top = 80 + 14.0 * row
        words += [
            word("매출", 77, 107, top),
            word("80,506,815" if row else "4,488,812,443", 334 if row else 322, 377, top),
        ]
        words.append(word("129,229,734", 490, 538, top))
    columns = figure_columns(lines_of(words), 55, 540)
    assert columns is not None and not any(322 < border < 377 for border in columns.borders)


# A shifted row.


def test_single_lines_need_a_statement_in_which_some_sum_holds():
    alone = ledger_of(entry_of("capital_stock", 500_000), entry_of("assets", 7_000_000))
    assert field_of(alone, "capital_stock").status.value == "uncertain"
    borne_out = ledger_of(entry_of("capital_stock", 500_000), entry_of("assets", 7_000_000, witnesses=1))
    assert field_of(borne_out, "capital_stock").status.value == "confirmed"


# A lost 천.


@pytest.mark.parametrize(
    ("largest", "note", "unit"),
    [
        (5_997_205, "(단위 : 원)", 1),
        (5_997_205, "(단위 : 천원)", None),
        (5_997_205, "", None),
        (59_972_057_512, "", 1),
    ],
)
def test_small_amounts_in_won_need_the_note_itself(largest, note, unit):
    ledger = ledger_of(entry_of("assets", largest))
    prove_units([ledger], {1: Page([note])})  # type: ignore[dict-item]
    assert ledger.statement.unit == unit


# Consolidated for separate, part of a year for a year.


@pytest.mark.parametrize(("text", "shared"), [("1,234", True), ("▒", True), ("-", False), ("", False)])
def test_owners_outside_the_group_make_it_consolidated(text, shared):
    row = Row(1, "비지배지분", BOX, (slot(text),))
    statement = Statement(StatementKind.BALANCE, grids=[Grid(1, 140, (Column(300, 400),), (row,))])
    assert _shares_equity(statement) is shared


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("제 12 기 반기 2022년 1월 1일부터 2022년 6월 30일까지", True),
        ("2022. 1. 1. ~ 2022. 3. 31.", True),
        ("중 간 재 무 상 태 표", True),
        ("2022. 1. 1. ~ 2022. 12. 31.", False),
        ("제 12 기 2021년 7월 1일부터 2022년 6월 30일까지", False),  # a year that ends in June
        ("중간배당", False),
    ],
)
def test_a_part_of_a_year(line, part):
    assert interim(line) is part


def test_figures_of_a_part_of_a_year_are_a_persons():
    ledger = ledger_of(entry_of("assets", 7_000_000, witnesses=2), interim=True)
    assert field_of(ledger, "assets").status.value == "uncertain"


# A bent title.


@pytest.mark.parametrize(
    ("alone", "again", "title"),
    [
        ("재 무 상 태 표", ["재 무 상 태 표", "재무상태표"], "재 무 상 태 표"),
        ("재 무 상 태 표", ["두성태프"], ""),  # one reading is none
        ("재 무 상 태 표", ["재무상태표", "연결재무상태표"], ""),
        ("손 익 계 산 서", ["손익계산서"], ""),  # not what the rows speak of
    ],
)
def test_a_bent_title_is_read_alone(alone, again, title):
    line = SimpleNamespace(box=Box(left=200, top=60, right=380, bottom=80), letters="두성태프")
    statement = Statement(StatementKind.BALANCE, grids=[Grid(1, 140.0, (Column(300, 400),), ())])
    read_titles([statement], {1: Page([alone], again, [line])})  # type: ignore[dict-item]
    assert statement.title == title


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,234567", (1_234_567,)),  # a comma lost
        ("2,787,76( ,613", ()),  # a digit lost under a streak, in every row of its column
        ("346,14,001", ()),
        ("1,2345,678", ()),
        ("(1,234,567", (-1_234_567, 1_234_567)),
    ],
)
def test_a_lost_comma_is_made_up_for_and_a_lost_digit_is_not(text, found):
    assert guesses(text) == found


def test_heads_missing_in_two_rows_put_the_whole_column_in_doubt():
    entries = [Entry(Row(1, n, BOX, (slot(),)), n, "", (slot(),)) for n in ("revenue", "cogs", "rnd_expense")]
    ledger = ledger_of(*entries, sheet=StatementKind.INCOME)
    read_in([ledger], {1: Page([",608,442,351", ")8,442,351", "263,986"])}, lambda g: g.entries)
    assert [e.figure and e.figure.candidates for e in entries] == [(), (), ()]


# A misread year.


@pytest.mark.parametrize(
    ("years", "named", "doubted"), [((2020,), 2022, True), ((2022,), 2022, False), ((2020, 2019), 2022, False)]
)
def test_a_lone_year_that_the_name_of_the_file_contradicts(years, named, doubted):
    assert _lone_other_year(Statement(StatementKind.BALANCE, years={0: years}), named) is doubted


# Two sub-columns of one year, or two years of which one lost its heading.


@pytest.mark.parametrize(("second", "years"), [("figures", (None, None)), ("streak", (2022, 2022))])
def test_a_streak_down_a_sub_column_is_no_second_year(second, years):
    def unread(left: float, wide: float) -> Slot:
        box = Box(left=left, top=100, right=left + wide, bottom=108)
        return Slot(1, 0, box, (Word(text=UNREAD, box=box),), UNREAD)

    wide = 45.0 if second == "figures" else 0.8
    rows = tuple(Row(1, "급여", BOX, (unread(300, 45), unread(400, wide))) for _ in range(6))
    grid = Grid(1, 140.0, (Column(290, 360), Column(360, 460)), rows)
    assert parted(grid, (2022, 2022)) == years


# A label as like 유동자산 as 유형자산.


def test_a_bent_first_line_is_named_by_its_place():
    labels = ("자산", "유통자산", "현금및현금성자산", "매출채권", "비유동자산", "자산총계")
    rows = tuple(Row(1, label, BOX, (slot("1,000" if n else ""),)) for n, label in enumerate(labels))
    grid = Grid(1, 140.0, (Column(300, 400),), rows)
    statement = Statement(StatementKind.BALANCE, unit=1, grids=[grid], years={0: (2022,)})
    (ledger,) = ledgers_of(statement, False)
    assert [(e.name, e.near) for e in ledger.entries][1] == ("current_assets", 0.5)
