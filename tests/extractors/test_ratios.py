"""The ratios on the applicant's declaration: years across or down, two in a cell, and what is no ratio."""

from __future__ import annotations

from decimal import Decimal

from jeopsu.domain.documents import Cell, Table, TextSource
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.extractors.kinds import read_kind
from tests.extractors.drawn_pages import Drawn, DrawnSource, asked

LEFT, TOP, WIDE, HIGH = 60.0, 500.0, 120.0, 20.0


class WithTable(DrawnSource):
    """A drawn page whose table the reader gives as one."""

    def __init__(self, rows: list[list[str]], source: TextSource, second: dict[str, str] | None = None) -> None:
        page = Drawn(source)
        cells = []
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                left, top = LEFT + WIDE * c, TOP + HIGH * r
                page.text(left + 4, top + 4, text, 8)
                box = Box(left=left, top=top, right=left + WIDE, bottom=top + HIGH)
                cells.append(Cell(row=r, column=c, text=text, box=box))
        super().__init__(page, second=second)
        self._table = Table(rows=len(rows), columns=len(rows[0]), cells=tuple(cells))

    def tables(self, number: int) -> tuple[Table, ...]:
        return (self._table,)


def read(
    rows: list[list[str]], source: TextSource = TextSource.DIGITAL, second: dict[str, str] | None = None
) -> list[FieldValue]:
    segment = Segment(kind=Kind.ELIGIBILITY_DECLARATION, first_page=1, last_page=1, confidence=1)
    found = read_kind(WithTable(rows, source, second), segment, asked()).fields
    return [f for f in found if f.name.startswith("declared.")]


def told(fields: list[FieldValue]) -> dict[tuple[str, int | None], object]:
    return {(f.name.removeprefix("declared."), f.year): f.value for f in fields}


BOTH = {
    ("debt_ratio", 2021): Decimal("85.1"),
    ("current_ratio", 2021): Decimal("183.8"),
    ("debt_ratio", 2022): Decimal("1081.05"),
    ("current_ratio", 2022): Decimal("224.4"),
}
ACROSS = [["구 분", "2021년", "2022년"], ["부채비율 / 유동비율(%)", "85.1 / 183.8", "1,081.05 / 224.4"]]
DOWN = [["회계연도", "부채비율(%)", "유동비율(%)"], ["2021", "85.1", "183.8"], ["2022", "1,081.05", "224.4"]]


def test_years_across_or_down() -> None:
    for rows in (ACROSS, DOWN):
        found = read(rows)
        assert told(found) == BOTH
        assert all(f.confirmed and f.box for f in found)


def test_an_item_of_the_list_is_no_heading_and_a_word_no_ratio() -> None:
    item = "최근 2개 회계연도 말 부채비율이 연속 500% 이상"
    assert read([["확인 항목", "2021년"], [item, "500"]]) == []
    assert told(read([["구분", "2021년"], ["부채비율(%)", "자본잠식"]])) == {}
    assert told(read([["구분", "2021년"], ["부채비율 / 유동비율(%)", "85.1"]])) == {}  # one figure for two names


def test_a_scan_needs_two_engines() -> None:
    assert {f.status for f in read(ACROSS, TextSource.OCR)} == {FieldStatus.CONFIRMED}
    torn = read(DOWN, TextSource.OCR, {"85.1": "35.1"})
    assert [f.status for f in torn if f.value == Decimal("85.1")] == [FieldStatus.UNCERTAIN]


def test_the_ministrys_projects_that_it_leads() -> None:
    words = "접수마감일 기준 주관연구개발기관으로 수행 중인 산업통상자원부 소관 과제 수 : {} 건"
    (four,) = read([["동시 수행과제", words.format(4)]])
    assert (four.name, four.value, four.status) == ("declared.motie_lead_projects", 4, FieldStatus.CONFIRMED)
    (scanned,) = read([["동시 수행과제", words.format(4)]], TextSource.OCR)
    assert (scanned.value, scanned.status) == (4, FieldStatus.UNCERTAIN)
    twice = read([["동시 수행과제", words.format(4)], ["정정", words.format(1)]])
    assert [f.status for f in twice] == [FieldStatus.UNCERTAIN]
    assert not read([["동시 수행과제", "산업통상자원부 소관 참여 과제 수 : 4 건"]])  # not as lead
