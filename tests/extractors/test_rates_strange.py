"""Rates forms that a company re-typed: other columns, several lists, pages without heading, sums and examples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from jeopsu.domain.documents import Cell, Table
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.extractors.kinds import read_kind
from jeopsu.extractors.kinds.rates_columns import kind_of
from tests.extractors.drawn_pages import Drawn, DrawnSource, asked

WIDE = 64.0
HEADS = ["성명", "본과제", "타과제", "합계", "참여과제수"]


def _table(page: Drawn, top: float, rows: list[list[str]]) -> Drawn:
    xs = [60 + WIDE * n for n in range(len(rows[0]) + 1)]
    page.table(xs, [top + 24 * n for n in range(len(rows) + 1)])
    for n, row in enumerate(rows):
        for x, words in zip(xs, row, strict=False):
            page.text(x + 3, top + 24 * n + 7, words, 7)
    return page


def _read(*pages: Drawn) -> list[FieldValue]:
    segment = Segment(kind=Kind.PARTICIPATION_RATES, first_page=1, last_page=len(pages), confidence=1)
    fields = read_kind(DrawnSource(*pages), segment, asked()).fields
    return [f for f in fields if f.name.startswith("participant")]


def _rates(fields: list[FieldValue], name: str = "participant.rate") -> dict[object, object]:
    names = {f.index: f.value for f in fields if f.name == "participant.name"}
    return {names[f.index]: f.value for f in fields if f.name == name and f.confirmed}


def test_two_lists_on_a_page_and_one_that_goes_on_without_its_heading() -> None:
    first = _table(Drawn(), 150, [HEADS, ["배태영", "25", "30", "55", "2"]])
    _table(first, 300, [HEADS, ["노상철", "20", "10", "30", "3"]])
    second = _table(Drawn(), 60, [["허상민", "40", "-", "40", "1"], ["고동혁", "30", "20", "50", "2"]])
    found = _read(first, second)
    assert _rates(found) == {"배태영": 25, "노상철": 20, "허상민": 40, "고동혁": 30}
    assert _rates(found, "participant.projects") == {"배태영": 2, "노상철": 3, "허상민": 1, "고동혁": 2}


def test_sums_and_examples_are_nobody() -> None:
    rows = [
        HEADS,
        ["(예시)홍길동", "20", "30", "50", "2"],
        ["배태영", "25", "30", "55", "2"],
        ["총계", "45", "60", "105", "4"],
    ]
    assert _rates(_read(_table(Drawn(), 150, rows))) == {"배태영": 25}
    bare = _read(_table(Drawn(), 150, [HEADS, ["홍길동", "20", "30", "50", "2"]]))
    assert [f.confirmed for f in bare if f.name == "participant.name"] == [False]


def test_a_person_in_no_list_is_there_and_open() -> None:
    page = _table(Drawn(), 150, [["성명", "배태영", "생년월일", "800101"], ["본과제", "25", "타과제", "30"]])
    (name,) = _read(page)
    assert (name.value, name.confirmed) == ("배태영", False)


def test_fractions_and_sums_that_fail_in_every_row_are_a_persons() -> None:
    assert not _rates(_read(_table(Drawn(), 150, [HEADS, ["배태영", "0.2", "0.3", "0.5", "2"]])))
    swapped = [HEADS, ["배태영", "2", "30", "55", "2"], ["노상철", "1", "20", "60", "2"]]
    assert not _rates(_read(_table(Drawn(), 150, swapped)))


@pytest.mark.parametrize(
    ("leaf", "group", "kind"),
    [
        ("소계", "신청과제참여율", "rate"),
        ("현금", "본과제", ""),
        ("계", "동시수행과제수(본과제포함)", "all"),
        ("참여연구자", "동시수행과제수(본과제포함)", "projects"),
        ("연구책임자", "과제수(신청과제포함)", "lead"),
        ("책임", "동시수행과제수(본과제제외)", "lead"),
        ("계", "인건비계상률(%)", "total"),
        ("계", "", "sum?"),
        ("기존수행과제(B)", "참여율(%)", "other"),
        ("참여율(%)", "", ""),
        ("참여기간(개월)", "", ""),
        ("인건비합계(천원)", "", ""),
        ("참여과제수(책임)", "", ""),
        ("본과제", "인건비계상률및참여과제수", "rate"),
    ],
)
def test_what_a_heading_says(leaf: str, group: str, kind: str) -> None:
    assert kind_of(leaf, group) == kind


def test_a_figure_that_cannot_be_is_a_persons() -> None:
    found = _read(_table(Drawn(), 150, [HEADS, ["배태영", "2030", "30", "55", "35"]]))
    doubtful = {f.name: f.value for f in found if not f.confirmed}
    assert doubtful["participant.rate"] == Decimal(2030)
    assert doubtful["participant.projects"] == 35


def test_two_tables_of_signers_beside_each_other_and_an_example() -> None:
    heads = ["성명", "(인)", "성명", "(인)"]
    rows = [heads, ["(예시)홍길동", "", "노상철", ""], ["배태영", "", "총3명", ""], ["허상민", "", "", ""]]
    page = _table(Drawn(), 150, rows)
    segment = Segment(kind=Kind.PERSONAL_CONSENT, first_page=1, last_page=1, confidence=1)
    fields = read_kind(WithGrid(page, rows), segment, asked()).fields
    assert [f.value for f in fields if f.name == "signoff.name"] == ["배태영", "허상민", "노상철"]


class WithGrid(DrawnSource):
    """A drawn page whose table the reader gives as one."""

    def __init__(self, page: Drawn, rows: list[list[str]]) -> None:
        super().__init__(page)
        cells = [
            Cell(
                row=r,
                column=c,
                text=text,
                box=Box(left=60 + WIDE * c, top=150 + 24 * r, right=60 + WIDE * (c + 1), bottom=174 + 24 * r),
            )
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ]
        self._table = Table(rows=len(rows), columns=len(rows[0]), cells=tuple(cells))

    def tables(self, number: int) -> tuple[Table, ...]:
        return (self._table,)
