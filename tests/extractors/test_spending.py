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
