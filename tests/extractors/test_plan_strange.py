"""Plans that no form foresees: other tables that speak the budget's words, a third organisation, units left out."""

from __future__ import annotations

from types import ModuleType

import pytest

from benchmarks import strange_tables, stranger_tables
from benchmarks.strange_plans import document, marked
from jeopsu.domain.reading import ReadRequest
from jeopsu.extractors.kinds.plan import read_plan
from tests.extractors.plan_forms import COVER, LEAD, PARTNER, SOURCES, Row, confirmed, fields
from tests.extractors.test_plan_budget import COLUMNS, NAMES

THIRD = "㈜세움로보틱스"


@pytest.mark.parametrize("seed", range(20_000, 20_040))
@pytest.mark.parametrize("family", [strange_tables, stranger_tables])
def test_what_is_confirmed_of_a_strange_plan_is_true(seed: int, family: ModuleType) -> None:
    plan, parts = family.draw(seed)
    _, silent, _ = marked(plan, read_plan(document(parts), ReadRequest(path="", name="plan.hwp")))
    assert not silent


THREE: list[Row] = [
    ["항목", "주관연구개발기관", "공동연구개발기관2", "공동연구개발기관1"],
    ["기관명", LEAD, THIRD, PARTNER],
    ["사업자등록번호", "123-45-67890", "345-67-89012", "234-56-78901"],
]


def test_partners_are_told_by_their_numbers_not_by_their_order() -> None:
    found = fields(COVER, "1. 기관 현황", THREE)
    assert confirmed(found, "org.name", "partner") == PARTNER and confirmed(found, "org.name", "partner2") == THIRD
    assert confirmed(found, "org.business_number", "partner2") == "3456789012"


def test_a_heading_with_a_number_tells_which_partner() -> None:
    table = [["구분", "금액"], ["정부지원연구개발비", "70"], ["현금", "10"], ["현물", "20"], ["합계", "100"]]
    found = fields(COVER, THREE, "나. 공동연구개발기관2", "(단위: 천원)", table)
    assert confirmed(found, "budget.total", "partner2") == 100_000 and ("budget.total", "partner") not in found


OTHER_PROJECTS: list[Row] = [
    ["과제명", "기관명", "참여율(%)", "정부지원연구개발비", "기관부담 현금", "현물", "합계"],
    ["다른 과제", LEAD, "45", "900,000", "90,000", "10,000", "1,000,000"],
    ["또 다른 과제", PARTNER, "35", "500,000", "40,000", "10,000", "550,000"],
]


def test_a_list_of_other_projects_says_nothing_of_this_one() -> None:
    found = fields("기존 과제", OTHER_PROJECTS, COVER, "연구개발비 (단위: 천원)", COLUMNS)
    assert confirmed(found, "plan.title", None) == "지능형 공정관리 솔루션 도입 실증"
    assert [confirmed(found, f"budget.{n}", "lead") for n in NAMES] == [n * 1000 for n in SOURCES["lead"]]


INVESTMENT: list[Row] = [
    ["구분", "2024년", "2025년", "합계"],
    ["시설·장비비", "1,000", "2,000", "3,000"],
    ["연구재료비", "300", "400", "700"],
    ["인건비", "500", "600", "1,100"],
]


@pytest.mark.parametrize("heading", [f"{LEAD}의 사업화 투자 계획 (단위: 백만원)", f"{LEAD} (단위: 백만원)"])
def test_what_will_be_spent_later_is_no_budget(heading: str) -> None:
    """Told by its words, or by years outside the project's."""
    assert ("budget.equipment", "lead") not in fields(COVER, heading, INVESTMENT)


def test_a_budget_before_its_change() -> None:
    table = [
        ["기관명", "당초", "<", "<", "변경 후", "<", "<"],
        ["^", "정부지원", "현금", "현물", "정부지원", "현금", "현물"],
        [LEAD, "1,111", "222", "333", "100,000", "20,000", "40,000"],
        [PARTNER, "1,333", "444", "555", "60,000", "5,000", "15,000"],
    ]
    found = fields(COVER, "연구개발비 (단위: 천원)", table)
    assert [confirmed(found, f"budget.{n}", "lead") for n in NAMES[:3]] == [n * 1000 for n in SOURCES["lead"][:3]]


def test_a_table_that_contradicts_another_is_not_believed_where_it_alone_speaks() -> None:
    table = [
        ["구분", LEAD, PARTNER],
        ["정부지원연구개발비", "99,000", "60,000"],
        ["연구시설·장비비", "7,000", "0"],
        ["연구재료비", "8,000", "0"],
    ]
    found = fields(COVER, "연구개발비 (단위: 천원)", COLUMNS, "참고 (단위: 천원)", table)
    assert not found["budget.equipment", "lead"].confirmed and not found["budget.government", "lead"].confirmed
    assert confirmed(found, "budget.materials", "partner") == 0


def test_a_detail_of_another_table_does_not_stand_for_cash_and_in_kind() -> None:
    both = [
        ["비목", LEAD, "<"],
        ["^", "현금", "현물"],
        ["연구시설·장비비", "5,000", "500"],
        ["연구재료비", "1", "0"],
        ["간접비", "2", "0"],
    ]
    alone = [["비목", LEAD], ["연구시설·장비비", "5,000"], ["연구재료비", "1"], ["연구활동비", "7"]]
    found = fields(COVER, "(단위: 천원)", both, "나. (단위: 천원)", alone)
    assert not found["budget.equipment", "lead"].confirmed


@pytest.mark.parametrize("first, second", [(1_000, 1), (1, 1_000), (1_000_000, 1_000)])
def test_a_unit_left_out_is_found_by_the_total_that_another_table_prints(first: int, second: int) -> None:
    name = {1: "원", 1_000: "천원", 1_000_000: "백만원"}[first]
    won = {"인건비(현금)": 96_000_000, "연구재료비": 44_000_000, "연구활동비": 20_000_000, "합계": 160_000_000}
    table = [["비목", "금액"], *([words, f"{amount // second:,}"] for words, amount in won.items())]
    sources = [
        ["구분", LEAD],
        ["정부지원연구개발비", f"{100_000_000 // first:,}"],
        ["현금", f"{60_000_000 // first:,}"],
        ["합계", f"{160_000_000 // first:,}"],
    ]
    found = fields(COVER, f"(단위: {name})", sources, f"나. {LEAD}", table)
    assert confirmed(found, "budget.materials", "lead") == 44_000_000


PEOPLE: list[Row] = [
    ["성명", "소속", "역할", "참여율(%)"],
    ["박다솜", LEAD, "연구책임자", "25"],
    ["구자문", "한국대학교", "자문", "5"],
]


def test_somebody_of_an_organisation_that_takes_no_part_is_for_a_person() -> None:
    found = fields(COVER, PEOPLE)
    assert confirmed(found, "participant.name", 0) == "박다솜"
    assert not any(f.confirmed for (_, index), f in found.items() if index == 1)


def test_advisers_are_no_participants() -> None:
    assert not any(name.startswith("participant.") for name, _ in fields(COVER, "다. 자문위원 현황", PEOPLE))


def test_a_department_under_its_organisations_heading() -> None:
    rows = [["성명", "소속", "참여율(%)"], ["박다솜", "생산기술팀", "25"]]
    found = fields(COVER, "가. 주관연구개발기관 참여연구자", rows)
    assert confirmed(found, "participant.organisation", 0) == LEAD


def test_a_remark_below_the_years_does_not_hide_them() -> None:
    rows: list[Row] = [
        ["구분", "인건비 현금", "시설장비비", "간접비", "총액"],
        ["1차년도", "10", "30", "5", "45"],
        ["2차년도", "1", "3", "5", "9"],
        ["총계", "11", "33", "10", "54"],
        ["산출근거", "", "월 2,000 x 8", "", ""],
    ]
    found = fields(COVER, f"[공동연구개발기관: {PARTNER}]", "(단위: 천원)", rows)
    assert confirmed(found, "budget.equipment", "partner") == 33_000


@pytest.mark.parametrize("heading, name", [("(2) 공동연구개발기관 현황", "기관명"), ("기관 현황", "공동연구개발기관")])
def test_a_table_of_one_organisation_is_that_ones(heading: str, name: str) -> None:
    rows: list[Row] = [
        [name, PARTNER, "대표자", "이나래"],
        ["사업자등록번호", "234-56-78901", "기업유형", "중소기업"],
        ["협력기관", "(주)큰손유통", "법인등록번호", "110111-0000001"],
    ]
    found = fields(COVER, heading, rows)
    assert confirmed(found, "org.business_number", "partner") == "2345678901"
    assert confirmed(found, "org.size", "partner") == "small"
    assert ("org.corporate_number", "partner") not in found  # of somebody else in its row


@pytest.mark.parametrize(
    "printed",
    ["박다솜 부장", "박다솜부장", "박다솜 책임연구원", "대표 박다솜", "성명: 박다솜", "박다솜 (이사)", "박 다 솜"],
)
def test_a_name_with_a_post_is_the_name(printed: str) -> None:
    cover = [row[:] for row in COVER]
    cover[4] = ["연구책임자", printed, "비고", ""]
    assert confirmed(fields(cover), "plan.lead_researcher", None) == "박다솜"


@pytest.mark.parametrize("printed", ["박다솜 최라온", "박다솜, 최라온", "박다솜 부장 최라온 과장", "박다솜외1인"])
def test_two_people_in_a_cell_are_not_one(printed: str) -> None:
    cover = [row[:] for row in COVER]
    cover[4] = ["연구책임자", printed, "비고", ""]
    found = fields(cover)
    assert ("plan.lead_researcher", None) not in found or not found["plan.lead_researcher", None].confirmed


@pytest.mark.parametrize("name", ["남궁민수", "황보가람", "김이사", "이수석", "선우대리"])
def test_a_name_that_sounds_like_a_post_stays(name: str) -> None:
    cover = [row[:] for row in COVER]
    cover[4] = ["연구책임자", name, "비고", ""]
    assert confirmed(fields(cover), "plan.lead_researcher", None) == name


TITLE = "지능형 공정관리(옵티플로우 3) 솔루션 도입 실증(AI)"


@pytest.mark.parametrize(
    "printed",
    [
        TITLE,
        f"{TITLE}\nDemonstration of Intelligent Process Control",
        f"{TITLE}\n(Demonstration of Intelligent Process Control)",
        f"{TITLE} (Demonstration of Intelligent Process Control)",
        f"(국문) {TITLE}\n(영문) Demonstration",
    ],
)
def test_an_english_title_is_no_part_of_the_title(printed: str) -> None:
    cover = [row[:] for row in COVER]
    cover[1] = ["연구개발과제명", printed, "<", "<"]
    assert confirmed(fields(cover), "plan.title", None) == TITLE


def test_the_programmes_period_is_not_the_projects() -> None:
    programme = [["사업명", "디지털 혁신 중견기업 육성사업"], ["사업기간", "2022. 01. 01. ~ 2026. 12. 31."]]
    found = fields("사업 개요", programme, COVER)
    assert str(confirmed(found, "plan.start", None)) == "2023-05-01"
