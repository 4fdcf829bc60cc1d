"""Pay of single people, single outlays and the schedule: read where the words decide, offered where they do not."""

from __future__ import annotations

from datetime import date

import pytest

from jeopsu.domain.fields import FieldValue
from tests.extractors.plan_forms import COVER, LEAD, PARTNER, Row, confirmed, fields

Found = dict[tuple[str, str | int | None], FieldValue]
NAMES = ("participant.personnel_cash", "participant.personnel_in_kind")


def people(*heads: str, pay: tuple[str, str, str, str] = ("11,340", "-", "3,900", "4,260")) -> list[Row]:
    return [
        ["성명", "소속", "인건비\n계상률(%)", *heads],
        ["박다솜", LEAD, "25", *pay[:2]],
        ["정마루", PARTNER, "30", *pay[2:]],
    ]


def paid(found: Found) -> list[object]:
    return [confirmed(found, name, index) for index in (0, 1) for name in NAMES]


WANTED = [11_340_000, 0, 3_900_000, 4_260_000]


@pytest.mark.parametrize(
    "above, heads",
    [
        ("참여연구자", ("인건비\n현금(천원)", "인건비\n현물(천원)")),
        ("참여연구자 (단위: 천원)", ("인건비(현금)", "인건비(현물)")),
        ("참여연구자 (단위: 천원)", ("현금", "현물")),
    ],
)
def test_pay_in_the_list_of_participants(above: str, heads: tuple[str, str]) -> None:
    assert paid(fields(COVER, above, people(*heads))) == WANTED


def test_pay_in_a_table_of_its_own_under_a_group() -> None:
    rows: list[Row] = [
        ["성명(국적)", "직위", "월급여(천원)", "계상률(%)", "인건비 합계(천원)", "<", "<"],
        ["^", "^", "^", "^", "현금", "현물", "계"],
        ["박다솜(한국)", "부장", "5,670", "25", "11,340", "-", "11,340"],
    ]
    found = fields(COVER, "참여연구자", people("직위", "비고", pay=("부장", "", "이사", "")), f"{LEAD} 인건비", rows)
    assert paid(found)[:2] == WANTED[:2]


def test_cash_under_monthly_pay_is_other_money() -> None:
    rows: list[Row] = [
        ["성명", "소속", "참여율(%)", "월급여", "<"],
        ["^", "^", "^", "현금", "현물"],
        ["박다솜", LEAD, "25", "5,000", "1,000"],
    ]
    assert not any(name in NAMES for name, _ in fields(COVER, "참여연구자 (단위: 천원)", rows))


def test_pay_without_a_unit_is_proven_by_the_budget_alone() -> None:
    budget: list[Row] = [
        ["비목", LEAD, PARTNER],
        ["인건비(현금)", "11,340", "3,900"],
        ["인건비(현물)", "0", "9,999"],
        ["간접비", "1,000", "1,000"],
        ["연구재료비", "2,000", "1,000"],
    ]
    bare = fields(COVER, "참여연구자", people("인건비(현금)", "인건비(현물)"))
    assert [f.value for f in (bare[NAMES[0], 0], bare[NAMES[1], 1])] == [11_340_000, 4_260_000]
    assert not bare[NAMES[0], 0].confirmed
    found = fields(COVER, "(단위: 천원)", budget, "참여연구자", people("인건비(현금)", "인건비(현물)"))
    assert paid(found)[:3] == WANTED[:3] and not found[NAMES[1], 1].confirmed


def test_pay_of_two_years_is_for_a_person() -> None:
    rows: list[Row] = [
        ["성명", "소속", "참여율(%)", "1차년도", "2차년도"],
        ["^", "^", "^", "현금(천원)", "현금(천원)"],
        ["박다솜", LEAD, "25", "5,000", "6,000"],
    ]
    assert not any(f.confirmed for (name, _), f in fields(COVER, rows).items() if name in NAMES)


EQUIPMENT: list[Row] = [
    [
        "연구개발\n기관",
        "구축연도",
        "연구시설·장비명",
        "구축방식*",
        "사용용도\n(규격)",
        "수량",
        "구축비용\n(천원)",
        "설치장소",
    ],
    [LEAD, "2023", "엣지 서버", "구매", "영상 추론", "2", "36,000", "본사 공장"],
    ["^", "2023", "산업용 카메라", "구매", "결함 촬영", "4", "9,500", "본사 공장"],
    ["KEIT", "2021", "워크스테이션", "구매", "", "1", "30,000", "부설연구소"],
    ["합계", "<", "<", "<", "<", "<", "75,500", ""],
]


def test_equipment_with_its_amounts() -> None:
    found = fields(COVER, "(1) 연구시설·장비 구축(임차)계획", EQUIPMENT)
    assert [confirmed(found, "equipment.name", n) for n in (0, 1)] == ["엣지 서버", "산업용 카메라"]
    assert [confirmed(found, "equipment.amount", n) for n in (0, 1)] == [36_000_000, 9_500_000]
    assert [found["equipment.amount", n].organisation for n in (0, 1)] == ["lead", "lead"]
    # the form's own example names nobody of this plan; the sum is no outlay
    assert not found["equipment.amount", 2].confirmed and ("equipment.amount", 3) not in found


def test_materials_without_a_unit_price() -> None:
    rows: list[Row] = [
        ["품명", "규격", "수량", "단가(원)", "금액(원)"],
        ["진동 센서", "A-1", "10", "1,200,000", "12,000,000"],
        ["소계", "", "", "", "12,000,000"],
    ]
    found = fields(COVER, f"나. {PARTNER} 연구재료비 세부내역", rows)
    assert confirmed(found, "materials.amount", 0) == 12_000_000 and ("materials.amount", 1) not in found
    assert found["materials.amount", 0].organisation == "partner"


def test_equipment_that_is_owned_is_no_outlay() -> None:
    rows = [["보유기관", "연구시설·장비명", "구매일자", "구매금액\n(천원)"], [LEAD, "시험기", "2019.3", "50,000"]]
    assert not any(name.startswith("equipment.") for name, _ in fields(COVER, "7-2. 연구시설·장비 보유현황", rows))


def outsourced(unit: str) -> list[Row]:
    return [
        ["연구개발기관", "용역명", "용역내용", f"소요비용{unit}"],
        [LEAD, "함체 제작", "도면에 따른 단순 가공과 조립", "33,000"],
    ]


@pytest.mark.parametrize("unit, sure", [("\n(천원)", True), ("", False)])
def test_outsourcing_of_its_own_table(unit: str, sure: bool) -> None:
    found = fields(COVER, "(3) 연구활동비(외주 용역비)", outsourced(unit))
    assert confirmed(found, "outsourcing.name", 0) == "함체 제작"
    assert found["outsourcing.amount", 0].value == 33_000_000 and found["outsourcing.amount", 0].confirmed is sure


SCHEDULE: list[Row] = [
    ["추진 내용", "수행기관", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월"],
    ["현장 진단", "주관", "■", "■", "", "", "", "", "", ""],
    ["모델 개발", "공동", "", "", "――", "<", "<", "<", "", ""],
    ["실증", "주관", "", "", "", "", "■", "", "■", ""],
    ["보고", "주관", "-", "-", "-", "-", "-", "-", "-", "-"],
]


def test_when_each_task_runs() -> None:
    found = fields(COVER, "3. 추진 일정", SCHEDULE)
    assert [confirmed(found, "schedule.task", n) for n in (0, 1)] == ["현장 진단", "모델 개발"]
    assert [confirmed(found, "schedule.start", n) for n in (0, 1)] == [date(2023, 5, 1), date(2023, 7, 1)]
    assert [confirmed(found, "schedule.end", n) for n in (0, 1)] == [date(2023, 6, 30), date(2023, 10, 31)]
    assert not found["schedule.end", 2].confirmed  # with a gap
    assert ("schedule.task", 3) not in found


def test_months_of_no_known_year() -> None:
    two_years = [row[:] for row in COVER]
    two_years[5] = ["연구개발기간", "2023. 05. 01. ~ 2024. 04. 30.", "<", "<"]
    assert ("schedule.task", 0) not in fields(two_years, "추진 일정", SCHEDULE)
    years: Row = ["구분", "<", "2023년", *["<"] * 7]
    found = fields(two_years, "추진 일정", [years, *SCHEDULE])
    assert confirmed(found, "schedule.start", 0) == date(2023, 5, 1)
