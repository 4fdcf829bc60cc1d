"""Statements on scans: periods that are half read, labels beside their codes, figures that two sums lead to."""

from __future__ import annotations

import pytest

from jeopsu.domain.documents import FigureReading
from jeopsu.domain.geometry import Box
from jeopsu.extractors.pages import FigureCell
from jeopsu.extractors.statements import labels
from jeopsu.extractors.statements.amounts import read_in
from jeopsu.extractors.statements.columns import years_in, years_of
from jeopsu.extractors.statements.identities import Identity
from jeopsu.extractors.statements.ledger import Entry, Ledger
from jeopsu.extractors.statements.model import Column, Figure, Grid, Period, Row, Slot, Statement, StatementKind
from jeopsu.extractors.statements.periods import periods_of
from jeopsu.extractors.statements.witness import settle

BOX = Box(left=0, top=0, right=9, bottom=9)


def slot(text: str) -> Slot:
    return Slot(1, 0, BOX, (), text)


def columns(*heads: str) -> tuple[Column, ...]:
    return tuple(Column(10.0 * n, 10.0 * n + 9, head) for n, head in enumerate(heads))


@pytest.mark.parametrize(
    ("heads", "periods", "years"),
    [
        (("제28(당)기", "제27(전)기"), {28: 2022}, (2022, 2021)),
        (("제52(당)기", "제52(당)기", "제51(전)기", "제51(전)기"), {51: 2019}, (2020, 2020, 2019, 2019)),
        (("제?기([20221", "제6기(2021)", "제5기[20201)"), {7: 2022, 6: 2021}, (2022, 2021, 2020)),
        (("제28(당)기", "제27(전)기"), {28: 2022, 27: 2011}, (None, None)),  # 2021 or 2011
        (("제28(당)기", "제21(전)기"), {28: 2022}, (2022, None)),  # 27 or 21: a number was misread
    ],
)
def test_columns_in_sequence(heads, periods, years):
    assert years_of(columns(*heads), [Period(n, y) for n, y in periods.items()], True) == years


def test_two_columns_filled_in_every_row_are_no_sub_columns():
    rows = tuple(Row(1, f"줄 {n}", BOX, (slot("1,000"), slot("2,000"))) for n in range(6))
    statement = Statement(StatementKind.BALANCE, periods=[Period(28, 2022)])
    assert years_in(Grid(1, 0, columns("제28(당)기", "금핵"), rows, True), statement, True) == (None, None)
    single = tuple(Row(1, f"줄 {n}", BOX, (slot("1,000" * (n % 2)), slot("2,000" * (1 - n % 2)))) for n in range(6))
    assert years_in(Grid(1, 0, columns("제28(당)기", "금핵"), single, True), statement, True) == (2022, 2022)


@pytest.mark.parametrize("line", ["체 45 기 2013 년 12 뭘 31 일 현재", "제 45 기 2013 넌 12 월 31 밀 천재"])
def test_a_bent_date_over_a_statement(line):
    assert [(p.number, p.year) for p in periods_of(line)] == [(45, 2013)]


@pytest.mark.parametrize(
    ("label", "name", "enough"),
    [
        ("|. 유통자산", "current_assets", True),
        ("영업손믹(비-", "operating_income", True),
        ("영업손싈", "operating_income", False),  # 손익 or 손실: its sign hangs on it
        ("기타비유동자산", "current_assets", False),
        ("기부금", "revenue", False),
    ],
)
def test_a_bent_label_beside_its_code(label, name, enough):
    sheet = StatementKind.BALANCE if name == "current_assets" else StatementKind.INCOME
    assert (labels.resembles(label, name, sheet) >= 0.6) is enough


def figure(name: str, *candidates: int, solid: bool = True, texts: tuple[str, ...] = ()) -> Figure:
    readings = tuple(
        FigureReading(engine=engine, text=text, confidence=0.5, weakest=0.4)
        for engine, text in zip(("ppocr", "tesseract"), texts, strict=False)
    )
    return Figure(name, 2022, slot(""), name, 1, candidates, solid, False, readings)


class Cells:
    """A page whose cells read as told."""

    def __init__(self, *cells: FigureCell) -> None:
        self.cells = list(cells)

    def figures(self, boxes: list[Box], first: bool) -> list[FigureCell]:
        return self.cells[: len(boxes)]


def cell(text: str, runs_on: bool = False) -> FigureCell:
    readings = tuple(FigureReading(engine=e, text=text, confidence=1, weakest=1) for e in ("ppocr", "tesseract"))
    return FigureCell(BOX, readings, runs_on, False, runs_on)


@pytest.mark.parametrize(
    ("cells", "candidates"),
    [
        ([cell("9,765,976,864")], (9_765_976_864,)),
        ([cell("65,976,864", runs_on=True)], ()),  # a column cut through: its figures still add up
        ([cell("9"), cell("765,976,864", runs_on=True)], ()),  # and so do their heads in the cell beside it
        ([cell("新E", runs_on=True), cell("765,976,864")], (765_976_864,)),  # a streak through the empty cell
        ([cell("新E", runs_on=True)], ()),
        ([cell(",630,185,819")], ()),
        ([cell("04,244,373")], ()),
        ([cell("△,765,976,864")], ()),
        ([cell("0")], (0,)),
        ([cell("△47")], (-47,)),
    ],
)
def test_a_figure_without_its_head_is_no_figure_whatever_adds_up(cells, candidates):
    row = Row(1, "매출액", BOX, tuple(slot("") for _ in cells), "", 1.0)
    entry = Entry(row, "revenue", "", tuple(slot("") for _ in cells))
    ledger = Ledger(Statement(StatementKind.INCOME, unit=1), 2022, 0, digital=False, entries=[entry])
    read_in([ledger], {1: Cells(*cells)}, lambda g: g.entries)
    assert entry.figure is not None and entry.figure.candidates == candidates


def sums(hidden: Figure) -> tuple[list[Figure], list[Identity]]:
    current, rest, debts, own = (
        figure("current", 49_853_965_363),
        figure("rest", 56_568_885_779),
        figure("debts", 66_940_302_885),
        figure("own", 39_482_548_257),
    )
    terms = (
        Identity("자산 = 유동 + 비유동", ((-1, hidden), (1, current), (1, rest)), True),
        Identity("자산 = 부채 + 자본", ((-1, hidden), (1, debts), (1, own)), True),
    )
    return [hidden, current, rest, debts, own], list(terms)


def test_a_figure_under_a_seal_is_derived_from_two_sums():
    hidden = figure("assets", 10_642_851_142, solid=False, texts=("10642,851,142", "/.,7098&/851.142"))
    figures, identities = sums(hidden)
    settle(figures, identities)
    assert (hidden.chosen, hidden.derived, hidden.witnesses) == (106_422_851_142, True, 2)


@pytest.mark.parametrize(
    "texts",
    [
        ("906,422,851,142", "906,422,851,142"),  # both engines say so: altered, perhaps
        ("?", "나고"),  # nothing was read that would go with it
    ],
)
def test_no_total_is_derived_against_what_is_printed(texts):
    hidden = figure("assets", *((906_422_851_142,) if "9" in texts[0] else ()), solid=False, texts=texts)
    figures, identities = sums(hidden)
    settle(figures, identities)
    assert not hidden.derived and hidden.witnesses == 0


def test_one_sum_alone_derives_nothing():
    hidden = figure("assets", 10_642_851_142, solid=False, texts=("10642,851,142", "851.142"))
    figures, identities = sums(hidden)
    settle(figures, identities[:1])
    assert not hidden.derived
