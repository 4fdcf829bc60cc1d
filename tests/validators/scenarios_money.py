"""Limits of money, period and people (공고 1-3, 3, 4-3, 8): at, just under, just over, each exception."""

from __future__ import annotations

from tests.validators.proposals import SHORT
from tests.validators.scenario import (
    F,
    M,
    N,
    P,
    Scenario,
    U,
    both,
    budget,
    fact,
    fs,
    gone,
    has,
    longer,
    of,
    person,
    received,
    without,
)

LEAD, PARTNER = "lead", "partner"
BIG = both(
    fs, 2020, 2021, 2022, revenue=300_000
)  # mean revenue of exactly 3,000억: no longer at small companies' level
SMALL_MEAN = (both(fs, 2020, 2021, revenue=300_000), has("fs.revenue", LEAD, 300_000 * M - 1, 2022))


def size(whose: str, word: str) -> object:
    return has("org.size", whose, word)


def share(whose: str, government: int, total: int) -> object:
    return budget(whose, government=government, total=total)


def cash(whose: str, money: int, kind: int) -> object:
    return budget(whose, cash=money, in_kind=kind)


def pay(allowance: int, cash: int = 20 * M, in_kind: int = 20 * M, students: int = 0) -> object:
    return budget(
        LEAD, research_allowance=allowance, personnel_cash=cash, personnel_in_kind=in_kind, student_personnel=students
    )


MONEY: list[Scenario] = [
    # 1-3: 과제당 정부지원연구개발비 최대 2억 원
    of("grant_cap", None, P, "꼭 2억원", budget(LEAD, government=120 * M), budget(PARTNER, government=80 * M)),
    of("grant_cap", None, F, "1원 초과", budget(LEAD, government=120 * M + 1), budget(PARTNER, government=80 * M)),
    of("grant_cap", None, F, "한쪽만으로", budget(LEAD, government=200 * M + 1), gone("budget.government", PARTNER)),
    of("grant_cap", None, U, "한쪽을 모름", gone("budget.government", PARTNER)),
    # 1-3 1): 2023년 5월∼12월, 8개월
    of("project_period", None, P, "꼭 8개월"),
    of("project_period", None, P, "7개월", has("plan.start", None, "2023-06-01")),
    of("project_period", None, F, "하루 이름", has("plan.start", None, "2023-04-30")),
    of("project_period", None, F, "하루 늦음", has("plan.end", None, "2024-01-01")),
    of("project_period", None, F, "여러 해", has("plan.end", None, "2024-12-31")),
    of("project_period", None, F, "거꾸로", has("plan.start", None, "2023-12-01"), has("plan.end", None, "2023-11-30")),
    of("project_period", None, U, "종료일을 모름", gone("plan.end")),
    # 3-1 ②④: 대 33, 중견 65, 후보·중소 80 (2023년)
    of("government_share", PARTNER, P, "중소 꼭 80", share(PARTNER, 80_000, 100_000)),
    of("government_share", PARTNER, F, "중소 80 초과", share(PARTNER, 80_001, 100_000)),
    of("government_share", PARTNER, P, "대 꼭 33", size(PARTNER, "large"), share(PARTNER, 33_000, 100_000)),
    of("government_share", PARTNER, F, "대 33 초과", size(PARTNER, "large"), share(PARTNER, 33_001, 100_000)),
    of("government_share", PARTNER, P, "공동의 후보는 중소와 같음", size(PARTNER, "midsize_candidate"),
       share(PARTNER, 80_000, 100_000)),
    of("government_share", LEAD, P, "후보 꼭 80", size(LEAD, "midsize_candidate"), share(LEAD, 80, 100)),
    of("government_share", LEAD, F, "후보 80 초과", size(LEAD, "midsize_candidate"), share(LEAD, 801, 1000)),
    of("government_share", LEAD, P, "중견 꼭 65", BIG, share(LEAD, 65, 100)),
    of("government_share", LEAD, F, "중견 65 초과", BIG, share(LEAD, 6501, 10_000)),
    of("government_share", LEAD, F, "평균 꼭 3천억은 미만이 아님", BIG, share(LEAD, 67, 100)),
    of("government_share", LEAD, P, "평균 1원 모자란 중견 67", *SMALL_MEAN, share(LEAD, 67, 100)),
    of("government_share", LEAD, U, "평균 3천억 미만 중견 67.1(읽기 3)", *SMALL_MEAN, share(LEAD, 671, 1000)),
    of("government_share", LEAD, U, "평균 3천억 미만 중견 80(읽기 3)", *SMALL_MEAN, share(LEAD, 80, 100)),
    of("government_share", LEAD, F, "평균 3천억 미만 중견 80.1", *SMALL_MEAN, share(LEAD, 801, 1000)),
    of("government_share", LEAD, U, "중견 66, 매출을 모름", share(LEAD, 66, 100), gone("fs.revenue", LEAD, 2021)),
    of("government_share", PARTNER, P, "규모를 몰라도 33", gone("org.size", PARTNER), share(PARTNER, 33, 100)),
    of("government_share", PARTNER, U, "규모를 모르고 50", gone("org.size", PARTNER), share(PARTNER, 50, 100)),
    of("government_share", PARTNER, F, "규모를 몰라도 81", gone("org.size", PARTNER), share(PARTNER, 81, 100)),
    of("government_share", PARTNER, P, "정부지원 0원", share(PARTNER, 0, 100)),
    of("government_share", PARTNER, U, "합계 0원", share(PARTNER, 0, 0)),
    # 3-1 ③④: 현금 대 60, 그 밖 10 (2023년)
    of("cash_share", PARTNER, P, "중소 꼭 10", cash(PARTNER, 10, 90)),
    of("cash_share", PARTNER, F, "중소 9.99", cash(PARTNER, 999, 9001)),
    of("cash_share", LEAD, P, "중견 꼭 10", cash(LEAD, 10, 90)),
    of("cash_share", LEAD, F, "중견 9.9", cash(LEAD, 99, 901)),
    of("cash_share", PARTNER, P, "대 꼭 60", size(PARTNER, "large"), cash(PARTNER, 60, 40)),
    of("cash_share", PARTNER, F, "대 59.99", size(PARTNER, "large"), cash(PARTNER, 5999, 4001)),
    of("cash_share", PARTNER, U, "규모를 모르고 30", gone("org.size", PARTNER), cash(PARTNER, 30, 70)),
    of("cash_share", PARTNER, F, "규모를 몰라도 9", gone("org.size", PARTNER), cash(PARTNER, 9, 91)),
    of("cash_share", PARTNER, N, "기관부담 0원", cash(PARTNER, 0, 0)),
    # 3-1 ①, 6 유의② 단위
    of("budget_adds_up", LEAD, P, "합이 같음"),
    of("budget_adds_up", LEAD, F, "1원 차이", budget(LEAD, total=100 * M + 1, activity=40 * M + 1)),
    of("budget_adds_up", LEAD, F, "천원을 원으로", budget(LEAD, total=100_000)),
    of("budget_adds_up", LEAD, F, "비목 1천원 차이", budget(LEAD, activity=40 * M + 1000)),
    of("budget_adds_up", LEAD, U, "합계를 모름", gone("budget.total", LEAD)),
    # 8: 연구수당은 인건비의 꼭 10 %
    of("research_allowance_exact", LEAD, P, "꼭 10", pay(4 * M)),
    of("research_allowance_exact", LEAD, F, "1원 초과", pay(4 * M + 1)),
    of("research_allowance_exact", LEAD, F, "1원 미달", pay(4 * M - 1)),
    of("research_allowance_exact", LEAD, F, "1천원 초과", pay(4 * M + 1000)),
    of("research_allowance_exact", LEAD, F, "1천원 미달", pay(4 * M - 1000)),
    of("research_allowance_exact", LEAD, U, "천원 끝수", pay(4_000_000, 20_003_000, 20_000_000)),
    of("research_allowance_exact", LEAD, U, "현금만의 10(읽기 4)", pay(2 * M)),
    of("research_allowance_exact", LEAD, P, "학생인건비 포함", pay(5 * M, students=10 * M)),
    of("research_allowance_exact", LEAD, F, "0원", pay(0)),
    of("research_allowance_exact", LEAD, P, "인건비도 0원", pay(0, 0, 0)),
    # 3-3: 인건비 현금, 2023년 정부지원의 50 %
    of("personnel_cash_cap", LEAD, P, "꼭 50", budget(LEAD, government=60 * M, personnel_cash=30 * M)),
    of("personnel_cash_cap", LEAD, U, "1원 초과", budget(LEAD, government=60 * M, personnel_cash=30 * M + 1)),
    of("personnel_cash_cap", LEAD, P, "초과, 근거 인정", budget(LEAD, government=60 * M, personnel_cash=31 * M),
       fact("personnel_cash_grounds", True)),
    of("personnel_cash_cap", LEAD, F, "초과, 근거 불인정", budget(LEAD, government=60 * M, personnel_cash=31 * M),
       fact("personnel_cash_grounds", False)),
    of("personnel_cash_cap", PARTNER, U, "대기업 현금", size(PARTNER, "large")),
    of("personnel_cash_cap", PARTNER, P, "대기업 현물만", size(PARTNER, "large"), budget(PARTNER, personnel_cash=0)),
    of("personnel_cash_cap", PARTNER, P, "창업 꼭 7년", budget(PARTNER, personnel_cash=50 * M),
       has("bizreg.opened", PARTNER, "2016-05-01")),
    of("personnel_cash_cap", PARTNER, U, "창업 7년 하루 넘음", budget(PARTNER, personnel_cash=50 * M),
       has("bizreg.opened", PARTNER, "2016-04-30")),
    # 3-3: 3,000만원(부가가치세 포함) 이상 외주
    of("outsourcing_detail", LEAD, N, "외주 없음"),
    of("outsourcing_detail", LEAD, P, "부가세를 더해도 미만", budget(LEAD, outsourcing=27_272_727)),
    of("outsourcing_detail", LEAD, U, "부가세를 더하면 이상", budget(LEAD, outsourcing=27_272_728)),
    of("outsourcing_detail", LEAD, U, "29,999,999원", budget(LEAD, outsourcing=29_999_999)),
    of("outsourcing_detail", LEAD, F, "30,000,000원, 서식-17 없음", budget(LEAD, outsourcing=30 * M)),
    of("outsourcing_detail", LEAD, P, "29,999,999원, 적혀 있음", budget(LEAD, outsourcing=29_999_999),
       has("plan.outsourcing_described", None, True)),
    of("equipment_detail", LEAD, P, "장비와 서식-16"),
    of("equipment_detail", LEAD, F, "장비, 서식-16 없음", without("서식-16")),
    of("equipment_detail", PARTNER, F, "장비 1원", budget(PARTNER, equipment=1)),
    of("materials_detail", PARTNER, F, "재료 1원", budget(PARTNER, materials=1)),
    of("materials_detail", PARTNER, N, "재료 0원"),
    of("new_hire_detail", LEAD, F, "신규채용, 서식-18 없음", person(1, new_hire=True)),
    of("new_hire_detail", LEAD, N, "신규채용 없음"),
]  # fmt: skip

PEOPLE: list[Scenario] = [
    of("participation_rate_min", LEAD, P, "꼭 10", person(1, rate="10")),
    of("participation_rate_min", LEAD, F, "9.99", person(1, rate="9.99")),
    of("participation_rate_min", LEAD, F, "9", person(1, rate="9")),
    of("participation_rate_min", PARTNER, P, "다른 기관의 9", person(1, rate="9")),
    of("participation_rate_total", LEAD, P, "꼭 100", person(1, rate_total="100")),
    of("participation_rate_total", LEAD, F, "100.01", person(1, rate_total="100.01")),
    of("participation_rate_total", LEAD, F, "101", person(1, rate_total="101")),
    # 연구책임자 제외, 공동연구책임자 포함: 5개 초과; 책임자로 3개 초과
    of("concurrent_projects", LEAD, P, "이 과제 포함 5개", person(1, projects=5)),
    of("concurrent_projects", LEAD, U, "다른 과제 꼭 5개(읽기 5)", person(1, projects=6)),
    of("concurrent_projects", LEAD, F, "다른 과제 6개", person(1, projects=7)),
    of("concurrent_projects", LEAD, P, "책임 포함 3개", person(0, projects_as_lead=3)),
    of("concurrent_projects", LEAD, U, "다른 책임 꼭 3개(읽기 5)", person(0, projects_as_lead=4, projects=4)),
    of("concurrent_projects", LEAD, F, "다른 책임 4개", person(0, projects_as_lead=5, projects=5)),
    of("concurrent_projects", PARTNER, F, "공동연구책임자 7개", person(2, projects=7)),
    of("concurrent_projects", PARTNER, U, "공동연구책임자 6개", person(2, projects=6)),
    of("lead_affiliation", LEAD, P, "소속 같음"),
    of("lead_affiliation", LEAD, P, "표기만 다름", has("employment.organisation", LEAD, "㈜ 가온 정밀")),
    of("lead_affiliation", LEAD, F, "다른 회사", has("employment.organisation", LEAD, "주식회사 다른상사")),
    of("lead_affiliation", LEAD, P, "겸직 허가", has("employment.organisation", LEAD, "주식회사 다른상사"),
       fact("double_post_permitted", True)),
    of("lead_affiliation", LEAD, U, "재직증명서 뒤에 붙은 증빙",
       has("employment.organisation", LEAD, "주식회사 다른상사"), longer("[서식-12]", SHORT[LEAD])),
    of("lead_affiliation", LEAD, F, "증빙을 담당자가 봄",
       has("employment.organisation", LEAD, "주식회사 다른상사"), longer("[서식-12]", SHORT[LEAD]),
       fact("double_post_permitted", False)),
    of("lead_affiliation", LEAD, U, "재직기간이 끝남", has("employment.left", LEAD, "2023-02-28")),
    of("lead_affiliation", LEAD, P, "재직기간이 발급일까지로 적힘", has("employment.left", LEAD, "2023-04-10")),
    of("lead_affiliation", LEAD, P, "계약이 마감일 뒤에 끝남", has("employment.left", LEAD, "2024-12-31")),
    of("lead_affiliation", PARTNER, U, "증명서 없음", without("서식-12", SHORT[PARTNER])),
    of("employment_matches", LEAD, F, "다른 사람의 증명서", has("employment.name", LEAD, "강아무")),
    of("employment_dates", LEAD, P, "날짜 순서"),
    of("employment_dates", LEAD, F, "제출 다음 날 발급", has("employment.issued", LEAD, "2023-04-21")),
    of("employment_dates", LEAD, P, "제출일 발급", has("employment.issued", LEAD, "2023-04-20")),
    of(
        "employment_dates", LEAD, P, "제출일 아침: 데이터베이스의 UTC로는 전날",
        has("employment.issued", LEAD, "2023-04-20"), received("2023-04-19T23:30:00+00:00"),
    ),
    of("employment_dates", LEAD, F, "입사 전 발급", has("employment.joined", LEAD, "2023-04-11")),
    of("employment_dates", LEAD, U, "입사일을 모름", gone("employment.joined", LEAD)),
    of("participants_agree", None, P, "명단 같음"),
]  # fmt: skip
