"""Budgets of a plan in the layouts that forms use: the same sums must come out of each, in won, or go to a person."""

from __future__ import annotations

import re

import pytest

from jeopsu.domain.fields import FieldStatus
from tests.extractors.plan_forms import COVER, LEAD, PARTNER, SOURCES, Row, confirmed, document, fields, table

NAMES = ("government", "cash", "in_kind", "total")


def won(thousands: int) -> str:
    return f"{thousands:,}"


COLUMNS: list[Row] = [  # organisations across
    ["구분", "<", "주관", "공동", "합계", "비율(%)"],
    ["기관명", "<", LEAD, PARTNER, "", ""],
    ["정부지원연구개발비", "<", "100,000", "60,000", "160,000", "66.7"],
    ["기관부담\n연구개발비", "현금", "20,000", "5,000", "25,000", "10.4"],
    ["^", "현물", "40,000", "15,000", "55,000", "22.9"],
    ["총 연구개발비", "<", "160,000", "80,000", "240,000", "100.0"],
]
ROWS: list[Row] = [  # organisations down, merged heads
    ["기관명", "정부지원\n연구개발비\n(A)", "기관부담연구개발비", "<", "<", "합계\n(A+B)"],
    ["^", "^", "현금", "현물", "소계(B)", "^"],
    [LEAD, "100,000", "20,000", "40,000", "60,000", "160,000"],
    [PARTNER, "60,000", "5,000", "15,000", "20,000", "80,000"],
    ["합계", "160,000", "25,000", "55,000", "80,000", "240,000"],
]
ROLES_DOWN: list[Row] = [  # role words instead of names, cash and in kind without a group
    ["구분", "정부출연금", "민간부담금 현금", "민간부담금 현물", "총사업비"],
    ["주관연구개발기관", "100,000", "20,000", "40,000", "160,000"],
    ["공동연구개발기관", "60,000", "5,000", "15,000", "80,000"],
    ["합 계", "160,000", "25,000", "55,000", "240,000"],
]
ONE_CELL: list[Row] = [  # cash and in kind in one cell
    ["구분", "정부지원연구개발비", "기관부담연구개발비\n(현금/현물)", "총 연구개발비"],
    [f"주관\n({LEAD})", "100,000", "20,000/40,000", "160,000"],
    [f"공동\n({PARTNER})", "60,000", "5,000/15,000", "80,000"],
    ["합계", "160,000", "25,000/55,000", "240,000"],
]
MINISTRY: list[Row] = [  # the ministry's: cash, in kind and both under 합계 as well
    ["(단위: 천원)", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["구분", "<", "<", "<", "정부지원\n연구개발비", "기관부담연구개발비", "<", "<", "합  계", "<", "<"],
    ["단계", "연차", "연구개발기관", "기업유형", "현금(A)", "현금(B)", "현물(C)", "소계(D)", "현금", "현물", "합계(E)"],
    ["1", "1", LEAD, "중견기업", "100,000", "20,000", "40,000", "60,000", "120,000", "40,000", "160,000"],
    ["^", "^", PARTNER, "중소기업", "60,000", "5,000", "15,000", "20,000", "65,000", "15,000", "80,000"],
    ["총계", "<", "<", "<", "160,000", "25,000", "55,000", "80,000", "185,000", "55,000", "240,000"],
]


@pytest.mark.parametrize("layout", [COLUMNS, ROWS, ROLES_DOWN, ONE_CELL, MINISTRY])
def test_sources_in_every_layout(layout: list[Row]) -> None:
    found = fields(COVER, "가. 기관별 연구개발비 (단위 : 천원)", layout)
    for key, sums in SOURCES.items():
        assert [confirmed(found, f"budget.{name}", key) for name in NAMES] == [n * 1000 for n in sums]


@pytest.mark.parametrize("unit, factor", [("원", 1), ("천원", 1000), ("백만원", 1_000_000)])
def test_unit_named_above_the_table(unit: str, factor: int) -> None:
    found = fields(COVER, f"□ 연구개발비 (단위: {unit})", COLUMNS)
    assert confirmed(found, "budget.total", "lead") == 160_000 * factor


def test_unit_named_in_the_cells() -> None:
    rows = [[cell + "천원" if cell.replace(",", "").isdigit() else cell for cell in row] for row in ROWS]
    assert confirmed(fields(COVER, rows), "budget.total", "partner") == 80_000_000


def test_no_unit_is_no_sure_amount() -> None:
    found = fields(COVER, "가. 기관별 연구개발비", COLUMNS)
    value = found["budget.total", "lead"]
    assert value.status is FieldStatus.UNCERTAIN and value.value == 160_000_000 and "단위" in value.note


def test_readers_that_differ_leave_the_cell_to_a_person() -> None:
    layout = table(COLUMNS, 0, 0, differing=((2, 2, "700,000"),))
    found = fields(COVER, "(단위: 천원)", layout)
    value = found["budget.government", "lead"]
    assert not value.confirmed and [reading.text for reading in value.readings] == ["100,000", "700,000"]
    assert confirmed(found, "budget.government", "partner") == 60_000_000


def test_two_tables_that_contradict_each_other() -> None:
    other = [row[:] for row in ROWS]
    other[2] = [LEAD, "100,000", "20,000", "40,000", "60,000", "161,000"]
    found = fields(COVER, "(단위: 천원)", COLUMNS, "나. (단위: 천원)", other)
    value = found["budget.total", "lead"]
    assert not value.confirmed and 161_000_000 in value.alternatives
    assert confirmed(found, "budget.government", "lead") == 100_000_000


ITEMS = {  # in thousand won: lead, partner
    "personnel_cash": (30_000, 20_000), "personnel_in_kind": (40_000, 15_000), "student_personnel": (0, 0),
    "equipment": (20_000, 0), "materials": (13_000, 10_000), "activity": (40_000, 25_000), "outsourcing": (15_000, 0),
    "research_allowance": (7_000, 3_500), "indirect": (10_000, 6_500),
}  # fmt: skip
LABELS = {
    "personnel_cash": "인건비(현금)", "personnel_in_kind": "인건비(현물)", "student_personnel": "학생인건비",
    "equipment": "연구시설·장비비", "materials": "연구재료비", "activity": "연구활동비", "outsourcing": "(외주 용역비)",
    "research_allowance": "연구수당", "indirect": "간접비",
}  # fmt: skip


def items(zero: str = "0") -> list[Row]:
    rows = [["비목", LEAD, PARTNER, "합계"]]
    for name, (lead, partner) in ITEMS.items():
        rows.append([LABELS[name], *(won(n) if n else zero for n in (lead, partner, lead + partner))])
    return [*rows, ["합계", "160,000", "80,000", "240,000"]]


@pytest.mark.parametrize("zero", ["0", "-", "해당없음", "－"])
def test_cost_items_and_their_zeros(zero: str) -> None:
    found = fields(COVER, "나. 비목별 연구개발비 (단위 : 천원)", items(zero))
    for name, sums in ITEMS.items():
        assert [confirmed(found, f"budget.{name}", key) for key in ("lead", "partner")] == [n * 1000 for n in sums]


def test_an_empty_cell_is_zero_only_where_the_sums_prove_it() -> None:
    found = fields(COVER, "(단위 : 천원)", items(""))
    assert confirmed(found, "budget.equipment", "partner") == 0
    broken = items("")
    broken[-1] = ["합계", "160,000", "81,000", "241,000"]
    assert confirmed(fields(COVER, "(단위 : 천원)", broken), "budget.equipment", "partner") == "absent"


def test_items_across_and_organisations_down() -> None:
    turned = [list(row) for row in zip(*items(), strict=True)]
    found = fields(COVER, "(단위 : 천원)", turned)
    for name, sums in ITEMS.items():
        assert [confirmed(found, f"budget.{name}", key) for key in ("lead", "partner")] == [n * 1000 for n in sums]


def own_table(cash: int, kind: int, equipment: tuple[int, int]) -> list[Row]:
    """One organisation's table: items down, cash, in kind and their sum across."""
    return [
        ["비목", "세목", "현금", "현물", "계"],
        ["직접비", "인건비", won(cash), won(kind), won(cash + kind)],
        ["^", "연구시설·장비비", won(equipment[0]), won(equipment[1]), won(sum(equipment))],
        ["^", "연구수당", "1,000", "-", "1,000"],
        ["간접비", "<", "2,000", "-", "2,000"],
        [
            "합계",
            "<",
            won(cash + equipment[0] + 3000),
            won(kind + equipment[1]),
            won(cash + kind + sum(equipment) + 3000),
        ],
    ]


def test_a_table_for_each_organisation() -> None:
    found = fields(
        COVER, f"(1) 주관연구개발기관: {LEAD} (단위: 천원)", own_table(30_000, 40_000, (5_000, 500)),
        f"(2) 공동연구개발기관: {PARTNER} (단위: 천원)", own_table(20_000, 10_000, (0, 0)),
    )  # fmt: skip
    assert confirmed(found, "budget.personnel_cash", "lead") == 30_000_000
    assert confirmed(found, "budget.personnel_in_kind", "lead") == 40_000_000
    assert confirmed(found, "budget.equipment", "lead") == 5_500_000
    assert confirmed(found, "budget.total", "lead") == 78_500_000
    assert confirmed(found, "budget.personnel_cash", "partner") == 20_000_000
    assert confirmed(found, "budget.equipment", "partner") == 0
    assert confirmed(found, "budget.total", "partner") == 33_000_000


def test_a_table_without_a_name_belongs_to_nobody() -> None:
    found = fields(COVER, "연구개발비 (단위: 천원)", own_table(30_000, 40_000, (5_000, 500)))
    assert not any(name.startswith("budget.") for name, _ in found)


def test_personnel_as_internal_and_external() -> None:
    layout = [
        ["비목", "<", "<", LEAD, PARTNER],
        ["직접비", "인건비", "내부인건비(A) 현금", "25,000", "20,000"],
        ["^", "^", "내부인건비(A) 현물", "40,000", "15,000"],
        ["^", "^", "외부인건비(B) 현금", "5,000", "-"],
        ["^", "학생인건비(D)", "<", "0", "0"],
        ["^", "연구재료비(G)", "<", "13,000", "10,000"],
        ["간접비(L)", "<", "<", "10,000", "6,500"],
        ["연구개발비 총액(M=K+L)", "<", "<", "93,000", "51,500"],
    ]
    found = fields(COVER, "(단위: 천원)", layout)
    assert confirmed(found, "budget.personnel_cash", "lead") == 30_000_000
    assert confirmed(found, "budget.personnel_cash", "partner") == 20_000_000
    assert confirmed(found, "budget.personnel_in_kind", "lead") == 40_000_000
    assert confirmed(found, "budget.total", "lead") == 93_000_000


def test_items_crossed_with_sources() -> None:
    layout = [
        ["비목", "정부지원연구개발비", "기관부담연구개발비", "<", "합계"],
        ["^", "^", "현금", "현물", "^"],
        ["인건비", "25,000", "5,000", "40,000", "70,000"],
        ["연구재료비", "10,000", "3,000", "-", "13,000"],
        ["간접비", "9,000", "1,000", "-", "10,000"],
        ["합계", "44,000", "9,000", "40,000", "93,000"],
    ]
    found = fields(COVER, f"□ {LEAD} 연구개발비 (단위: 천원)", layout)
    wanted = {"government": 44_000, "cash": 9_000, "in_kind": 40_000, "total": 93_000, "personnel_cash": 30_000,
              "personnel_in_kind": 40_000, "materials": 13_000, "indirect": 10_000}  # fmt: skip
    assert {name: confirmed(found, f"budget.{name}", "lead") for name in wanted} == {
        n: v * 1000 for n, v in wanted.items()
    }


def test_years_and_their_sum() -> None:
    layout = [
        ["구분", "<", "1차년도", "2차년도", "합계"],
        ["정부지원연구개발비", "<", "60,000", "40,000", "100,000"],
        ["기관부담연구개발비", "현금", "10,000", "10,000", "20,000"],
        ["^", "현물", "20,000", "20,000", "40,000"],
        ["총 연구개발비", "<", "90,000", "70,000", "160,000"],
    ]
    found = fields(COVER, f"{LEAD} (단위: 천원)", layout)
    assert [confirmed(found, f"budget.{name}", "lead") for name in NAMES] == [n * 1000 for n in SOURCES["lead"]]
    without = [row[:4] for row in layout]
    assert all(
        not f.confirmed for (name, _), f in fields(COVER, f"{LEAD} (단위: 천원)", without).items() if "budget" in name
    )


def test_detail_rows_and_remarks_are_not_the_item() -> None:
    layout = [
        ["비목", "<", "산출근거", LEAD, PARTNER],
        ["연구시설·장비비", "서버", "1식 x 12,000", "12,000", "0"],
        ["^", "센서", "8식 x 1,000", "8,000", "0"],
        ["^", "소계", "", "20,000", "0"],
        ["연구재료비", "<", "시약 등", "13,000", "10,000"],
        ["인건비(현금)", "<", "인건비 단가표", "30,000", "20,000"],
        ["합계", "<", "", "63,000", "30,000"],
    ]
    found = fields(COVER, "(단위: 천원)", layout)
    assert confirmed(found, "budget.equipment", "lead") == 20_000_000
    assert confirmed(found, "budget.materials", "lead") == 13_000_000
    assert confirmed(found, "budget.personnel_cash", "lead") == 30_000_000


def test_a_table_that_goes_on_over_the_page() -> None:
    whole = items()
    found = fields(COVER, "(단위 : 천원)", whole[:5], whole[5:])
    assert confirmed(found, "budget.indirect", "lead") == 10_000_000


def test_earlier_projects_are_no_budget() -> None:
    layout = [
        ["과제명", "기간", "정부지원연구개발비", "기관부담 현금", "기관부담 현물", "총 연구개발비"],
        ["다른 과제", "2020~2021", "900,000", "90,000", "10,000", "1,000,000"],
    ]
    found = fields(COVER, f"{LEAD} 수행 실적 (단위: 천원)", layout)
    assert not any(name.startswith("budget.") for name, _ in found)


def test_document_builder_merges() -> None:
    cells = document(COLUMNS).tables[0].cells
    assert any(cell.text.startswith("기관부담") and cell.row_span == 2 for cell in cells)


def test_shares_in_the_amounts_cells() -> None:
    rows = [[f"{c}\n(50.0%)" if re.fullmatch(r"[\d,]{5,}", c) else c for c in row] for row in COLUMNS]
    found = fields(COVER, "(단위: 천원)", rows)
    assert [confirmed(found, f"budget.{name}", "lead") for name in NAMES] == [n * 1000 for n in SOURCES["lead"]]


def test_cash_and_in_kind_columns_under_each_organisation() -> None:
    layout = [
        ["비목", LEAD, "<", PARTNER, "<"],
        ["^", "현금", "현물", "현금", "현물"],
        ["인건비", "30,000", "40,000", "20,000", "15,000"],
        ["연구시설·장비비", "15,000", "5,000", "-", "-"],
        ["연구재료비", "13,000", "0", "10,000", "0"],
    ]
    found = fields(COVER, "(단위: 천원)", layout)
    assert confirmed(found, "budget.personnel_in_kind", "partner") == 15_000_000
    assert confirmed(found, "budget.equipment", "lead") == 20_000_000
    assert confirmed(found, "budget.equipment", "partner") == 0


def test_a_cover_never_gives_the_projects_sums_to_one_organisation() -> None:
    cover = [
        ["연구개발과제명", "지능형 공정관리", "<", "<"],
        ["주관연구개발기관", LEAD, "<", "<"],
        ["연구개발비(천원)", "정부지원연구개발비", "현금", "현물"],
        ["^", "160,000", "25,000", "55,000"],
    ]
    assert not any(name.startswith("budget.") for name, _ in fields(cover))
    assert not any(
        name.startswith("budget.")
        for name, _ in fields([*cover[:1], ["공동연구개발기관", PARTNER, "<", "<"], *cover[1:]])
    )


def test_prose_above_a_table_does_not_make_it_an_organisations() -> None:
    layout = [
        ["구분", "정부지원연구개발비", "현금", "현물", "합계"],
        ["총 연구개발비", "160,000", "25,000", "55,000", "240,000"],
    ]
    prose = f"당사는 공급기업인 {PARTNER}의 솔루션을 도입하여 현장에 적용한다."
    assert not any(name.startswith("budget.") for name, _ in fields(COVER, prose, "연구개발비 (단위: 천원)", layout))


@pytest.mark.parametrize("name, sure", [(LEAD, True), (PARTNER, False)])
def test_outsourcing_is_described_where_its_organisation_is_named(name: str, sure: bool) -> None:
    rows = [
        [cell.replace("15,000", "35,000") if row[0].startswith("(외주") else cell for cell in row] for row in items()
    ]
    words = f"○ {name}: 데이터 수집장치 함체 제작 및 현장 설치 용역 35,000천원을 위탁하고 결과물은 센서 설치에 활용함"
    found = fields(COVER, "(단위 : 천원)", rows, "다. 외주 용역 내용 및 활용계획", words, "5. 참여연구자 현황")
    assert confirmed(found, "budget.outsourcing", "lead") == 35_000_000
    assert found["plan.outsourcing_described", None].confirmed is sure
    empty = fields(COVER, "(단위 : 천원)", rows, "다. 외주 용역 내용 및 활용계획", "5. 참여연구자 현황")
    assert ("plan.outsourcing_described", None) not in empty
