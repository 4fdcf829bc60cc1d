"""What the plans for single outlays cost: the sum under a list, the fee of a service, and what proves neither."""

from __future__ import annotations

import pytest

from jeopsu.domain.documents import TextSource
from jeopsu.domain.fields import FieldStatus, FieldValue
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.extractors.kinds import read_kind
from tests.extractors.drawn_pages import Drawn, DrawnSource, asked


def _list(*amounts: str, total: str, unit: str = "(단위 : 천원)", source: TextSource = TextSource.DIGITAL) -> Drawn:
    page = Drawn(source).text(60, 60, "연구시설/장비 구입 및 활용계획서", 16).text(400, 180, unit)
    page.text(64, 200, "장비명").text(300, 200, "수량").text(400, 200, "금액")
    for row, amount in enumerate(amounts):
        top = 220 + 20 * row
        page.text(64, top, "진동센서").text(300, top, "1")
        page.text(460 - 5.5 * len(amount), top, amount)
    page.text(64, 300, "합 계")
    return page.text(460 - 5.5 * len(total), 300, total)


def _total(page: Drawn, kind: Kind = Kind.EQUIPMENT_PLAN, second: dict[str, str] | None = None) -> FieldValue:
    segment = Segment(kind=kind, first_page=1, last_page=1, confidence=1)
    found = read_kind(DrawnSource(page, second=second), segment, asked()).fields
    (total,) = [f for f in found if f.name == "spending.total"]
    return total


def test_a_total_counts_where_its_list_makes_it_up() -> None:
    found = _total(_list("5,843", "10,868", total="16,711"))
    assert (found.value, found.status, found.printed) == (16_711_000, FieldStatus.CONFIRMED, "16,711")


@pytest.mark.parametrize(
    "page",
    [
        _list("5,843", "10,868", total="16,712"),
        _list("5,843", "10,868", total="16,711", unit=""),
        _list(total="16,711"),
    ],
    ids=["another sum", "no unit", "no list"],
)
def test_a_total_without_proof_is_a_persons(page: Drawn) -> None:
    assert _total(page).status is FieldStatus.UNCERTAIN


def test_a_scan_needs_the_second_engine() -> None:
    page = _list("5,843", "10,868", total="16,711", source=TextSource.OCR)
    assert _total(page).confirmed
    assert not _total(page, second={"16,711": "16,771"}).confirmed


def test_the_fee_of_a_service_names_its_unit() -> None:
    page = Drawn().text(60, 60, "외주 용역 활용계획서", 16).text(64, 200, "용역금액")
    page.text(200, 200, "15,565 천원 (부가가치세 포함)")
    found = _total(page, Kind.OUTSOURCING_PLAN)
    assert (found.value, found.status) == (15_565_000, FieldStatus.CONFIRMED)
    assert _total(Drawn().text(60, 60, "외주 용역 활용계획서", 16), Kind.OUTSOURCING_PLAN).value is None


def _ruled(page: Drawn, top: float, rows: list[list[str]]) -> Drawn:
    xs = [60 + 90.0 * n for n in range(len(rows[0]) + 1)]
    page.table(xs, [top + 24 * n for n in range(len(rows) + 1)])
    for n, row in enumerate(rows):
        for x, words in zip(xs, row, strict=False):
            page.text(x + 30 - 2 * len(words), top + 24 * n + 7, words, 7)  # in the middle: right edges differ
    return page


LIST = [
    ["품명", "수량", "단가", "금액(천원)"],
    ["진동센서", "2", "900", "1,800"],
    ["게이트웨이", "1", "12,000", "12,000"],
]
SUM = ["합계", "3", "", "13,800"]


def test_a_total_is_its_own_columns_and_its_heading_names_the_unit() -> None:
    found = _total(_ruled(Drawn(), 200, [*LIST, SUM]))
    assert (found.value, found.status) == (13_800_000, FieldStatus.CONFIRMED)


def test_another_tables_total_and_an_example_are_none_of_the_lists() -> None:
    page = _ruled(
        Drawn().text(400, 80, "(단위 : 백만원)"), 100, [["보유 장비", "취득가"], ["측정기", "120"], ["합계", "120"]]
    )
    example = ["(예시)노트북", "1", "2,000", "2,000"]
    found = _total(_ruled(page, 220, [LIST[0], example, *LIST[1:], SUM]))
    assert (found.value, found.status) == (13_800_000, FieldStatus.CONFIRMED)


@pytest.mark.parametrize(
    "rows",
    [
        [*LIST, ["부가세", "", "", "1.38백만원"], SUM],
        [*LIST, ["부가세", "", "", "1,380"], SUM],
    ],
    ids=["a tax in another unit", "a tax that the sum leaves out"],
)
def test_a_column_that_holds_more_than_the_sum_proves_nothing(rows: list[list[str]]) -> None:
    assert not _total(_ruled(Drawn(), 200, rows)).confirmed


def test_two_lists_and_two_services_are_a_persons() -> None:
    page = _ruled(_ruled(Drawn(), 150, [*LIST, SUM]), 400, [*LIST, SUM])
    assert not _total(page).confirmed
    fees = Drawn().text(60, 200, "용역금액 : 15,565천원").text(60, 240, "용역금액 : 3,000천원")
    assert not _total(fees, Kind.OUTSOURCING_PLAN).confirmed
    one = Drawn().text(60, 200, "용역금액(천원) : 금 15,565정")
    assert _total(one, Kind.OUTSOURCING_PLAN).value == 15_565_000
