"""The ministry's and IITP's forms as applicants fill them in: years, ratios, empty rows, entries of two rows."""
# ruff: noqa: E501  (rows of tables: each Korean letter counts twice)

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.extractors.plan_forms import COVER, LEAD, PARTNER, SOURCES, Row, confirmed, fields

NAMES = ("government", "cash", "in_kind", "total")
HEAD: list[Row] = [  # 8-1 of the ministry's form
    ["(단위: 천원)", "<", "<", "<", "<", "<", "<", "<", "<", "<", "<"],
    ["구분", "<", "<", "<", "정부지원\n연구개발비", "기관부담연구개발비", "<", "<", "합  계", "<", "<"],
    ["단계", "연차", "연구개발기관", "기업유형", "현금(A)", "현금(B)", "현물(C)", "소계(D)", "현금", "현물", "합계(E)"],
    ["^", "^", "^", "^", "비율(A/E)", "비율(B/D)", "비율(C/D)", "비율(D/E)", "^", "^", "^"],
]  # fmt: skip
EMPTY: Row = ["", "", "", "", "", "", "", ""]


def amounts(key: str, share: Decimal = Decimal(1)) -> Row:
    government, cash, in_kind, _ = (int(n * share) for n in SOURCES[key])
    line = (government, cash, in_kind, cash + in_kind, government + cash, in_kind, government + cash + in_kind)
    return [f"{n:,}" for n in line]


def organisation(key: str, stage: str, year: str, share: Decimal = Decimal(1)) -> list[Row]:
    name, size = (LEAD, "중견기업") if key == "lead" else (PARTNER, "중소기업")
    figures = amounts(key, share)
    rates = ["62.5%\n(A/E)", "33.3%\n(B/D)", "66.7%\n(C/D)", "37.5%\n(D/E)", "^", "^", "^"]
    return [[stage, year, name, size, *figures], ["^", "^", "^", "^", *rates]]


def total(label: str) -> Row:
    both = [
        f"{int(a.replace(',', '')) + int(b.replace(',', '')):,}"
        for a, b in zip(amounts("lead"), amounts("partner"), strict=True)
    ]
    return [label, "<", "<", "<", *both]


ONE_YEAR: list[Row] = [
    *HEAD,
    *organisation("lead", "1", "1"),
    *organisation("partner", "^", "^"),
    ["^", "2", *EMPTY, ""],
    ["^", "소계", "<", "<", *EMPTY[:7]],
    ["n", "1", *EMPTY, ""],
    total("총계"),
]


def test_rows_of_years_that_nobody_filled_in() -> None:
    found = fields(COVER, "8-1. 연구개발비 지원·부담계획", ONE_YEAR)
    for key, sums in SOURCES.items():
        assert [confirmed(found, f"budget.{name}", key) for name in NAMES] == [n * 1000 for n in sums]


YEARS: list[Row] = [
    *HEAD,
    *organisation("lead", "1", "1", Decimal("0.6")),
    *organisation("partner", "^", "^", Decimal("0.6")),
    *organisation("lead", "^", "2", Decimal("0.4")),
    *organisation("partner", "^", "^", Decimal("0.4")),
    total("총계"),
]
ITEMS: list[Row] = [
    ["비목", "항목", "1단계", "<", "합계"],
    ["^", "^", "1차년도", "2차년도", "^"],
    ["인건비", "현금", "9,600", "6,400", "16,000"],
    ["^", "현물", "24,000", "16,000", "40,000"],
    ["연구재료비(G)", "현금(Q)", "12,000", "8,000", "20,000"],
    ["^", "현물", "", "", ""],
    ["연구활동비(H)", "현금(R)", "42,000", "28,000", "70,000"],
    ["간접비(L)", "<", "8,400", "5,600", "14,000"],
    ["연구개발비 총액(M=K+L)", "<", "96,000", "64,000", "160,000"],
]


def test_years_are_added_up_where_the_total_is_printed() -> None:
    found = fields(
        COVER, "8-1. 연구개발비 지원·부담계획", YEARS, f"[주관연구개발기관 : {LEAD}]", "(단위 : 천원)", ITEMS
    )
    assert [confirmed(found, f"budget.{name}", "lead") for name in NAMES] == [n * 1000 for n in SOURCES["lead"]]
    wanted = {"personnel_cash": 16_000, "personnel_in_kind": 40_000, "materials": 20_000, "indirect": 14_000}
    assert {n: confirmed(found, f"budget.{n}", "lead") for n in wanted} == {n: v * 1000 for n, v in wanted.items()}


def test_years_alone_are_for_a_person() -> None:
    """The partner's years have no printed total: the sum is offered, not claimed."""
    found = fields(COVER, "8-1. 연구개발비 지원·부담계획", YEARS)
    for name, value in zip(NAMES, SOURCES["partner"], strict=True):
        field = found[f"budget.{name}", "partner"]
        assert not field.confirmed and field.value == value * 1000


def test_years_that_do_not_make_up_the_total() -> None:
    wrong = [[cell if cell != "160,000" else "161,000" for cell in row] for row in ITEMS]
    found = fields(
        COVER, "8-1. 연구개발비 지원·부담계획", YEARS, f"[주관연구개발기관 : {LEAD}]", "(단위 : 천원)", wrong
    )
    assert not any(
        f.confirmed for (name, key), f in found.items() if key == "lead" and name in map("budget.{}".format, NAMES)
    )


def test_others_money_under_an_unknown_head_is_nobodys() -> None:
    layout = [
        ["연구개발기관명", "정부지원연구개발비", "기관부담연구개발비", "<", "<", "특별분담금(  )", "<", "합계"],
        ["^", "현금", "현금", "현물", "소계", "현금", "소계", "^"],
        [LEAD, "100,000", "20,000", "40,000", "60,000", "7,000", "9,000", "160,000"],
        [PARTNER, "60,000", "5,000", "15,000", "20,000", "3,000", "4,000", "80,000"],
    ]
    found = fields(COVER, "(단위: 천원)", layout)
    for key, sums in SOURCES.items():
        assert [confirmed(found, f"budget.{name}", key) for name in NAMES] == [n * 1000 for n in sums]


def test_items_across_in_a_general_and_a_special_kind() -> None:
    layout = [  # IITP 2026, 2-2-1
        ["(단위: 천원)", "<", "<", "<", "<", "<", "<", "<", "<"],
        ["연구개발기관명", "<", "직접비", "<", "<", "<", "<", "간접비", "합계"],
        ["^", "^", "인건비", "연구시설·장비비", "<", "연구\n재료비", "소계", "^", "^"],
        ["^", "^", "^", "일반3｣", "특례4｣", "^", "^", "^", "^"],
        [LEAD, "현금", "16,000", "30,000", "5,000", "20,000", "71,000", "14,000", "85,000"],
        ["^", "현물", "40,000", "0", "0", "0", "40,000", "0", "40,000"],
        ["^", "소계", "56,000", "30,000", "5,000", "20,000", "111,000", "14,000", "125,000"],
        [PARTNER, "현금", "5,000", "0", "0", "0", "5,000", "0", "5,000"],
        ["^", "현물", "1,000", "0", "0", "0", "1,000", "0", "1,000"],
        ["^", "소계", "6,000", "0", "0", "0", "6,000", "0", "6,000"],
    ]
    found = fields(COVER, layout)
    wanted = {"personnel_cash": 16_000, "personnel_in_kind": 40_000, "equipment": 35_000, "materials": 20_000}
    assert {n: confirmed(found, f"budget.{n}", "lead") for n in wanted} == {n: v * 1000 for n, v in wanted.items()}
    assert confirmed(found, "budget.total", "lead") == 125_000_000


PEOPLE: list[Row] = [  # IITP 2026, 1-1-4: an entry has two rows, and so has the head
    ["번호", "국적", "소속\n기관", "생년월일\n(성별)", "학위 및 전공", "<", "신규채용구분\n(해당 시 작성)", "국가연구개발\n사업 참여율(%)[B]"],
    ["^", "성명", "직위", "과학기술인\n등록번호", "최종 학위", "전공", "시간 선택제\n근무 구분\n(해당 시 작성)", "본 과제\n참여율\n(%) [A]"],
    ["1", "한국", LEAD, "80.01.01\n(남)", "박사", "기계", "", "20"],
    ["^", "박다솜", "부장", "10000001", "^", "^", "", "40"],
    ["2", "한국", PARTNER, "95.03.02\n(여)", "석사", "전산", "신규(청년의무)", "-"],
    ["^", "최라온", "사원", "10000002", "^", "^", "시간", "100"],
]  # fmt: skip


def test_entries_of_two_rows() -> None:
    found = fields(COVER, "가. 참여연구자 현황", PEOPLE)
    assert [confirmed(found, "participant.name", n) for n in (0, 1)] == ["박다솜", "최라온"]
    assert [confirmed(found, "participant.rate", n) for n in (0, 1)] == [40, 100]
    assert [confirmed(found, "participant.new_hire", n) for n in (0, 1)] == [False, True]
    assert [confirmed(found, "participant.organisation", n) for n in (0, 1)] == [LEAD, PARTNER]


@pytest.mark.parametrize("printed", ["김가람 / 대한민국", "김가람(한국)", "김가람, 한국", "김가람"])
def test_a_representative_with_the_nation(printed: str) -> None:
    rows = [
        ["순번", "기관명\n구분", LEAD, PARTNER],
        ["1", "사업자등록번호", "123-45-67890", "234-56-78901"],
        ["2", "대표자 성명/국적", printed, "이나래/한국"],
    ]
    found = fields([COVER[1], ["주관연구개발기관", LEAD, "공동연구개발기관", PARTNER]], rows)
    assert confirmed(found, "org.representative", "lead") == "김가람"


def test_a_lone_role_that_heads_goals_names_nobody() -> None:
    goals = [
        ["연구개발과제명", "지능형 공정관리 솔루션 도입 실증", "<"],
        ["주관연구개발기관", "최종 목표", "불량률을 낮춘다"],
        ["공동연구개발기관", "최종 목표", "솔루션을 고친다"],
    ]
    found = fields(COVER, goals)
    assert confirmed(found, "org.name", "lead") == LEAD and ("org.name", "partner2") not in found


OUTSOURCED: list[Row] = [
    ["연구개발\n기관", "연도", "용역명", "용역내용", "용역社", "소요비용\n(천원)", "용역기간", "결과물"],
    [LEAD, "2023", "현장 시험", "실증 설비의 시험과 분석을 맡긴다", "미정", "20,000", "", ""],
    ["^", "2023", "데이터 정제", "수집한 자료를 정제한다", "미정", "15,000", "", ""],
    ["", "", "", "", "", "", "", ""],
]


def test_outsourcing_that_only_its_own_table_shows_is_offered_not_claimed() -> None:
    found = fields(COVER, "(3) 연구활동비(외주 용역비)", OUTSOURCED)
    field = found["budget.outsourcing", "lead"]
    assert field.value == 35_000_000 and not field.confirmed
    described = found["plan.outsourcing_described", None]
    assert described.value is True and not described.confirmed


def test_outsourcing_described_in_a_table() -> None:
    items = [
        ["비목", LEAD, PARTNER, "합계"],
        ["연구활동비", "50,000", "9,000", "59,000"],
        ["(외주 용역비)", "35,000", "0", "35,000"],
        ["간접비", "10,000", "1,000", "11,000"],
    ]
    found = fields(COVER, "(단위: 천원)", items, "외주 용역비 내역", OUTSOURCED)
    assert confirmed(found, "budget.outsourcing", "lead") == 35_000_000
    assert confirmed(found, "plan.outsourcing_described", None) is True
