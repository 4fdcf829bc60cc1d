"""Participants and organisations of a plan: headings decide, in either direction; what is unclear goes to a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.extractors.plan_forms import COVER, LEAD, PARTNER, Row, confirmed, fields

PEOPLE: list[Row] = [
    ["번호", "성명", "소속", "직위", "역할", "인건비\n계상률(%)", "신규채용"],
    ["1", "박다솜", LEAD, "부장", "연구책임자", "25%", "X"],
    ["2", "최라온", LEAD, "과장", "참여연구자", "30%", "O"],
    ["3", "정마루", PARTNER, "이사", "공동연구책임자", "12.5%", "X"],
]


def rates(found: dict) -> list[object]:
    return [confirmed(found, "participant.rate", index) for index in range(3)]


def test_one_table_for_all() -> None:
    found = fields(COVER, "5. 참여연구자 현황", PEOPLE)
    assert rates(found) == [Decimal(25), Decimal(30), Decimal("12.5")]
    assert [confirmed(found, "participant.role", i) for i in range(3)] == ["lead", "researcher", "co_lead"]
    assert [confirmed(found, "participant.new_hire", i) for i in range(3)] == [False, True, False]
    assert [found["participant.rate", i].organisation for i in range(3)] == ["lead", "lead", "partner"]
    assert confirmed(found, "participant.organisation", 2) == PARTNER


def test_people_across() -> None:
    found = fields(COVER, [list(row) for row in zip(*PEOPLE, strict=True)])
    assert rates(found) == [Decimal(25), Decimal(30), Decimal("12.5")]


def test_a_table_for_each_organisation() -> None:
    head = ["순번", "성명", "구분", "참여율(%)"]
    found = fields(
        COVER, "가. 주관연구개발기관", [head, ["1", "박다솜", "책임", "25"], ["2", "최라온", "연구원", "30"]],
        "나. 공동연구개발기관", [head, ["1", "정마루", "연구원", "12.5"]],
    )  # fmt: skip
    assert rates(found) == [Decimal(25), Decimal(30), Decimal("12.5")]
    assert [found["participant.rate", i].organisation for i in range(3)] == ["lead", "lead", "partner"]
    assert confirmed(found, "participant.organisation", 2) == PARTNER


def test_merged_organisation_and_ditto() -> None:
    rows = [row[:] for row in PEOPLE]
    rows[2][2] = "^"
    rows.append(["4", "한바다", "〃", "대리", "참여연구자", "40%", "X"])
    found = fields(COVER, rows)
    assert confirmed(found, "participant.organisation", 1) == LEAD
    assert confirmed(found, "participant.organisation", 3) == PARTNER


def column(values: list[str], head: str = "인건비계상률(%)") -> dict:
    names = ["박다솜", "최라온", "정마루"]
    rows = [["성명", "소속", head]] + [[name, LEAD, value] for name, value in zip(names, values, strict=True)]
    return fields(COVER, rows)


@pytest.mark.parametrize("values", [["30%", "25%", "10%"], ["30", "25", "10"], ["30 %", "25.0%", "10%"]])
def test_percent_with_and_without_its_sign(values: list[str]) -> None:
    assert rates(column(values)) == [Decimal(30), Decimal(25), Decimal(10)]


def test_fractions_are_percent_where_the_head_does_not_say_percent() -> None:
    assert rates(column(["0.3", "0.25", "0.1"], "인건비계상률")) == [Decimal(30), Decimal(25), Decimal(10)]


def test_fractions_under_a_percent_head_are_for_a_person() -> None:
    found = column(["0.3", "0.25", "0.1"])
    assert not found["participant.rate", 0].confirmed and Decimal("0.3") in found["participant.rate", 0].alternatives


@pytest.mark.parametrize("value", ["", "30~50%", "30%(15%)", "130%", "삼십"])
def test_a_rate_that_is_none(value: str) -> None:
    assert not column([value, "25%", "10%"])["participant.rate", 0].confirmed


def test_other_rates_are_not_this_projects() -> None:
    rows = [
        [
            "성명",
            "소속",
            "본 과제\n인건비계상률\n(%)\n(A)",
            "타 국가연구개발사업\n인건비계상률\n(%)\n(B)",
            "전체 인건비계상률\n합계(A+B)",
        ],
        ["박다솜\n(한국)", f"{LEAD}\n(주관)", "30%", "50%", "80%"],
    ]
    found = fields(COVER, rows)
    assert confirmed(found, "participant.rate", 0) == Decimal(30)
    assert confirmed(found, "participant.name", 0) == "박다솜"


def test_two_tables_with_different_rates_for_one_person() -> None:
    second = [["성명", "직위", "인건비계상률(%)"], ["최라온", "과장", "35"]]
    found = fields(COVER, "참여연구자", PEOPLE, "참여연구자 인건비 현황표", second)
    assert not found["participant.rate", 1].confirmed and Decimal(35) in found["participant.rate", 1].alternatives
    assert confirmed(found, "participant.rate", 0) == Decimal(25)
    assert ("participant.name", 3) not in found


def test_one_person_over_two_periods() -> None:
    rows = [
        ["성명", "소속", "참여기간", "인건비계상률(%)"],
        ["박다솜", LEAD, "5월~8월", "50"],
        ["^", "^", "9월~12월", "100"],
    ]
    assert not fields(COVER, rows)["participant.rate", 0].confirmed


def test_the_same_name_twice_is_for_a_person() -> None:
    rows = [["성명", "소속", "인건비계상률(%)"], ["최라온", LEAD, "30"], ["최라온", LEAD, "20"]]
    found = fields(COVER, rows)
    assert not found["participant.rate", 0].confirmed and not found["participant.rate", 1].confirmed


def test_blank_is_no_only_beside_a_mark() -> None:
    rows = [[*row[:6], "" if row[6] == "X" else row[6]] for row in PEOPLE]
    assert confirmed(fields(COVER, rows), "participant.new_hire", 0) is False
    blank = [PEOPLE[0], *([*row[:6], ""] for row in PEOPLE[1:])]
    assert not fields(COVER, blank)["participant.new_hire", 0].confirmed


def test_sums_and_form_examples_are_nobody() -> None:
    rows = [
        *PEOPLE[:2],
        ["", "홍길동", LEAD, "", "", "10%", ""],
        ["", "김OO", LEAD, "", "", "10%", ""],
        ["합계", "<", "", "", "", "55%", ""],
    ]
    found = fields(COVER, rows)
    assert [key for name, key in found if name == "participant.name"] == [0]


def test_lead_researcher_must_be_the_same_everywhere() -> None:
    rows = [row[:] for row in PEOPLE]
    rows[1][1], rows[2][1] = "최라온", "박다솜"
    value = fields(COVER, rows)["plan.lead_researcher", None]
    assert not value.confirmed and value.alternatives == ("최라온",)


# --- organisations ----------------------------------------------------------------------------------------------------

ORGS = {
    "lead": ("중견기업", "midsize", "124-81-00998", "130111-0006246", "김가람"),
    "partner": ("중소기업", "small", "220-81-62517", "110111-1234567", "이나래"),
}
DOWN: list[Row] = [["구분", "기관명", "사업자등록번호", "법인등록번호", "대표자", "기업유형"]] + [
    ["주관" if key == "lead" else "공동", LEAD if key == "lead" else PARTNER, o[2], o[3], o[4], o[0]]
    for key, o in ORGS.items()
]
ACROSS: list[Row] = [["항목", "주관연구개발기관", "공동연구개발기관"]] + [
    list(r) for r in zip(*(r[1:] for r in DOWN), strict=True)
]
PAIRS: list[Row] = [
    [role, "기관명", name, "사업자등록번호", o[2]]
    if not line
    else ["^", "대표자 성명", o[4], "법인등록번호", o[3]]
    if line == 1
    else ["^", "기업유형", o[0], "주소", "경남 창원시"]
    for role, name, o in (("주관연구개발기관", LEAD, ORGS["lead"]), ("공동연구개발기관", PARTNER, ORGS["partner"]))
    for line in range(3)
]


@pytest.mark.parametrize("layout", [DOWN, ACROSS, PAIRS])
@pytest.mark.parametrize("cover", [True, False])
def test_organisations_in_every_layout(layout: list[Row], cover: bool) -> None:
    found = fields(*([COVER] if cover else []), "1. 연구개발기관 현황", layout)
    for key, name in (("lead", LEAD), ("partner", PARTNER)):
        _, size, business, corporate, person = ORGS[key]
        assert confirmed(found, "org.name", key) == name
        assert confirmed(found, "org.size", key) == size
        assert confirmed(found, "org.business_number", key) == business.replace("-", "")
        assert confirmed(found, "org.corporate_number", key) == corporate.replace("-", "")
        assert confirmed(found, "org.representative", key) == person


@pytest.mark.parametrize(
    "printed, size",
    [("중견기업 후보기업", "midsize_candidate"), ("중견기업(후보)", "midsize_candidate"), ("대기업", "large"),
     ("□대기업 ■중견기업 □중소기업", "midsize"), ("대기업[ ] 중견기업[ ] 중소기업[√]", None)],
)  # fmt: skip
def test_sizes(printed: str, size: str | None) -> None:
    rows = [[*row[:5], printed if row[0] == "주관" else row[5]] for row in DOWN]
    value = fields(COVER, rows)["org.size", "lead"]
    assert (value.value if value.confirmed else None) == size


def test_cover() -> None:
    found = fields(COVER)
    assert confirmed(found, "plan.title", None) == "지능형 공정관리 솔루션 도입 실증"
    assert confirmed(found, "plan.start", None) == date(2023, 5, 1)
    assert confirmed(found, "plan.end", None) == date(2023, 12, 31)
    assert confirmed(found, "plan.lead_researcher", None) == "박다솜"


def test_two_representatives_and_two_partners() -> None:
    rows = [*DOWN, ["공동", "새빛테크(주)", "113-86-12345", "110111-7654321", "강사랑", "중소기업"]]
    found = fields(rows)
    assert confirmed(found, "org.name", "partner2") == "새빛테크(주)"
    assert confirmed(found, "org.representative", "partner2") == "강사랑"
    assert confirmed(found, "org.business_number", "partner") == "2208162517"


def test_names_that_differ_between_cover_and_table() -> None:
    rows = [row[:] for row in DOWN]
    rows[1][1] = "한빛정밀 주식회사"
    assert not fields(COVER, rows)["org.name", "lead"].confirmed


def test_wrong_number_of_digits_is_kept_for_a_person() -> None:
    rows = [row[:] for row in DOWN]
    rows[1][2] = "124-81-0099"
    value = fields(COVER, rows)["org.business_number", "lead"]
    assert value.value is None and value.printed == "124-81-0099"


@pytest.mark.parametrize(
    "printed, grade",
    [("일반[√], 보안[ ]", "general"), ("일반 [  ] 보안 [√]", "security"), ("■일반 □보안", "general"),
     ("일반과제", "general"), ("일반[ ], 보안[ ]", None)],
)  # fmt: skip
def test_security_grade(printed: str, grade: str | None) -> None:
    found = fields([*COVER, ["보안등급", printed, "<", "<"]])
    value = found["plan.security_grade", None]
    assert (value.value if value.confirmed else None) == grade


def test_remarks_beside_a_name_are_not_the_name() -> None:
    cover = [row[:] for row in COVER]
    cover[2][1] = f"{LEAD} (수요기업, 대표: 김가람)"
    assert confirmed(fields(cover), "org.name", "lead") == LEAD
    cover[2][1] = "(주)한울정밀"
    assert confirmed(fields(cover), "org.name", "lead") == "(주)한울정밀"


def test_two_titles_in_one_cell() -> None:
    cover = [row[:] for row in COVER]
    cover[1][1] = "(국문) 지능형 공정관리\n(영문) Smart process control"
    assert confirmed(fields(cover), "plan.title", None) == "지능형 공정관리"


def test_lists_of_other_projects_hold_no_participants() -> None:
    other = [
        ["성명", "과제명", "역할", "참여율(%)"],
        ["박다솜", "다른 과제", "책임", "50"],
        ["이방인", "또 다른 과제", "참여", "20"],
    ]
    found = fields(COVER, PEOPLE, "타 과제 수행 현황", other)
    assert confirmed(found, "participant.rate", 0) == Decimal(25)
    assert ("participant.name", 3) not in found


def test_this_and_other_rates_under_one_head() -> None:
    rows = [
        ["성명", "소속", "인건비계상률(%)", "<", "<"],
        ["^", "^", "본 과제", "타 과제", "합계"],
        ["박다솜", LEAD, "25", "30", "55"],
    ]
    assert confirmed(fields(COVER, rows), "participant.rate", 0) == Decimal(25)


def test_the_covers_lead_leads_a_list_without_roles() -> None:
    rows = [
        ["성명", "소속", "담당역할", "인건비계상률(%)"],
        ["박다솜", LEAD, "현장 연구 참여", "25"],
        ["최라온", LEAD, "책임 개발", "30"],
    ]
    found = fields(COVER, "참여연구자", rows)
    assert confirmed(found, "participant.role", 0) == "lead"
    assert ("participant.role", 1) not in found


def test_a_list_that_goes_on_over_the_page() -> None:
    head = [["번호", "성명", "소속", "인건비계상률(%)"], ["1", "박다솜", LEAD, "25%"]]
    rest = [["2", "최라온", LEAD, "30%"], ["3", "김가을", PARTNER, "40%"]]
    found = fields(COVER, "참여연구자", head, rest)
    assert [confirmed(found, "participant.rate", n) for n in range(3)] == [25, 30, 40]
    assert ("participant.name", 1) not in fields(COVER, "참여연구자", head, "다른 과제", rest)
