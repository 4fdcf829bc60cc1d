"""Soundness, statements, consortium, candidates and what staff look up (공고 1-3, 2, 4-2, 4-3 10쪽)."""

from __future__ import annotations

from jeopsu.domain.documents import FileType
from jeopsu.domain.submissions import Upload
from tests.validators.proposals import CORPORATE, NUMBERS, SHORT, upload
from tests.validators.scenario import (
    F,
    M,
    N,
    P,
    Scenario,
    U,
    also,
    fact,
    files,
    fs,
    gone,
    has,
    longer,
    of,
    without,
)  # fmt: skip

LEAD, PARTNER = "lead", "partner"
DEBT = "debt_ratio_two_years"
CURRENT = "current_ratio_two_years"
CAPITAL = "capital_impairment"
OPINION = "audit_opinion"
PROJECTS = "marginal_company_projects"
YEARS = "fiscal_years_complete"
CANDIDATE = "candidate_conditions"


def debt(y2021: tuple[int, int], y2022: tuple[int, int], whose: str = LEAD) -> object:
    """Liabilities and equity of two years, in 백만원."""

    def change(submission):  # type: ignore[no-untyped-def]
        for year, (liabilities, equity) in ((2021, y2021), (2022, y2022)):
            submission = fs(whose, year, liabilities=liabilities, equity=equity)(submission)
        return submission

    return change


def current(y2021: tuple[int, int], y2022: tuple[int, int], whose: str = LEAD) -> object:
    def change(submission):  # type: ignore[no-untyped-def]
        for year, (assets, liabilities) in ((2021, y2021), (2022, y2022)):
            submission = fs(whose, year, current_assets=assets, current_liabilities=liabilities)(submission)
        return submission

    return change


def coverage(*years: tuple[int, int]) -> object:
    """Operating income and interest of 2020, 2021, 2022."""

    def change(submission):  # type: ignore[no-untyped-def]
        for year, (income, interest) in zip((2020, 2021, 2022), years, strict=True):
            submission = fs(LEAD, year, operating_income=income, interest_expense=interest)(submission)
        return submission

    return change


HEAVY = debt((500, 100), (500, 100))
TIGHT = current((50, 100), (50, 100))
MARGINAL = coverage((9, 10), (9, 10), (9, 10))
opened = lambda day, whose=LEAD: has("bizreg.opened", whose, day)  # noqa: E731
estimated = has("fs.estimated", LEAD, True, 2022)

SOUND: list[Scenario] = [
    # 부채비율 2년 연속 500 % 이상
    of(DEBT, LEAD, F, "두 해 꼭 500", HEAVY),
    of(DEBT, LEAD, P, "한 해 499.99", debt((500, 100), (49_999, 10_000))),
    of(DEBT, LEAD, P, "앞 해 499.99", debt((49_999, 10_000), (900, 100))),
    of(DEBT, PARTNER, F, "공동도 봄", debt((500, 100), (501, 100), PARTNER)),
    of(DEBT, LEAD, F, "잠식은 500 이상", debt((500, 100), (100, -50))),
    of(DEBT, LEAD, F, "자본 0도 500 이상", debt((100, 0), (500, 100))),
    of(DEBT, LEAD, P, "잠식 한 해, 다음 해 100", debt((100, -50), (100, 100))),
    of(DEBT, LEAD, U, "앞 해를 모름", HEAVY, gone("fs.liabilities", LEAD, 2021)),
    of(DEBT, LEAD, P, "앞 해를 몰라도 뒤 해가 낮음", gone("fs.liabilities", LEAD, 2021)),
    of(DEBT, LEAD, F, "잠식이면 부채를 몰라도", debt((1, -1), (1, -1)), gone("fs.liabilities", LEAD)),
    of(DEBT, LEAD, P, "부채 한 해, 유동 한 해", debt((600, 100), (100, 100)),
       current((300, 200), (1, 100))),
    of(DEBT, LEAD, N, "5년에서 하루 모자람", HEAVY, opened("2018-04-26")),
    of(DEBT, LEAD, U, "꼭 5년", HEAVY, opened("2018-04-25")),
    of(DEBT, LEAD, F, "5년에서 하루 넘음", HEAVY, opened("2018-04-24")),
    of(DEBT, LEAD, U, "개업일을 모름", HEAVY, gone("bizreg.opened", LEAD)),
    of(DEBT, LEAD, N, "BBB", HEAVY, fact("credit_rating_bbb", True)),
    of(DEBT, LEAD, N, "외국인투자", HEAVY, fact("foreign_invested", True)),
    of(DEBT, LEAD, N, "위기지역", HEAVY, fact("crisis_region", True)),
    of(DEBT, LEAD, N, "CB·RCPS 제외", HEAVY, fact("debt_adjusted", True)),
    of(DEBT, LEAD, F, "예외 모두 아님", HEAVY, *(fact(name, False) for name in (
        "credit_rating_bbb", "foreign_invested", "crisis_region", "debt_adjusted"))),
    of(DEBT, LEAD, U, "적정성 확인서 뒤에 붙은 증빙", HEAVY, longer("[서식-8]", SHORT[LEAD])),
    of(DEBT, LEAD, F, "뒤의 쪽이 빈 쪽", HEAVY, longer("[서식-8]", SHORT[LEAD], blank=True)),
    of(DEBT, LEAD, F, "공동의 증빙", HEAVY, longer("[서식-8]", SHORT[PARTNER])),
    of(DEBT, LEAD, U, "서식 번호 없이 낸 증빙", HEAVY,
       also(upload(f"신용평가등급확인서_{SHORT[LEAD]}.pdf", None, None))),
    of(DEBT, LEAD, F, "증빙을 담당자가 봄", HEAVY, longer("[서식-8]", SHORT[LEAD]), *(fact(name, False) for name in (
        "credit_rating_bbb", "foreign_invested", "crisis_region", "debt_adjusted"))),
    of(CURRENT, PARTNER, U, "증빙", current((50, 100), (50, 100), PARTNER), longer("[서식-8]", SHORT[PARTNER])),
    of(CAPITAL, LEAD, F, "등급 증빙은 자본잠식에 미치지 않음", has("fs.equity", LEAD, -1, 2022),
       longer("[서식-8]", SHORT[LEAD])),
    of(DEBT, LEAD, F, "다른 기관의 등급", HEAVY, fact("credit_rating_bbb", True, PARTNER)),
    of(DEBT, LEAD, F, "기한이 지난 등급 확인", HEAVY, fact("credit_rating_bbb", True, on="2022-05-01")),
    of(DEBT, LEAD, U, "추정 2022만 높음", debt((600, 100), (600, 100)), estimated),
    of(DEBT, LEAD, F, "추정을 빼도 높음", debt((600, 100), (600, 100)), estimated,
       fs(LEAD, 2020, liabilities=600, equity=100)),
    of(DEBT, LEAD, P, "2020은 보지 않음", debt((600, 100), (100, 100)),
       fs(LEAD, 2020, liabilities=600, equity=100)),
    # 유동비율 2년 연속 50 % 이하
    of(CURRENT, LEAD, F, "두 해 꼭 50", TIGHT),
    of(CURRENT, LEAD, P, "한 해 50.01", current((50, 100), (5001, 10_000))),
    of(CURRENT, LEAD, P, "유동부채 0", current((0, 0), (0, 0))),
    of(CURRENT, LEAD, N, "5년 미만", TIGHT, opened("2020-01-01")),
    of(CURRENT, LEAD, N, "BBB", TIGHT, fact("credit_rating_bbb", True)),
    of(CURRENT, LEAD, F, "CB 제외는 부채비율에만", TIGHT, fact("debt_adjusted", True)),
    of(CURRENT, LEAD, U, "추정 2022만 낮음", TIGHT, estimated),
    of(CURRENT, LEAD, U, "한 해를 모름", TIGHT, gone("fs.current_assets", LEAD, 2021)),
    # 자본전액잠식: 예외가 미치지 않음(읽기 6)
    of(CAPITAL, LEAD, P, "자본 1원", has("fs.equity", LEAD, 1, 2022)),
    of(CAPITAL, LEAD, F, "자본 0원", has("fs.equity", LEAD, 0, 2022)),
    of(CAPITAL, LEAD, F, "자본 -1원", has("fs.equity", LEAD, -1, 2022)),
    of(CAPITAL, LEAD, F, "5년 미만이어도", has("fs.equity", LEAD, -1, 2022), opened("2021-01-01")),
    of(CAPITAL, LEAD, F, "BBB여도", has("fs.equity", LEAD, -1, 2022), fact("credit_rating_bbb", True)),
    of(CAPITAL, LEAD, F, "K-IFRS여도 다른 자료가 없으면", has("fs.equity", LEAD, -1, 2022),
       has("fs.basis", LEAD, "k-ifrs", 2022)),
    of(CAPITAL, LEAD, P, "지난해의 잠식", has("fs.equity", LEAD, -1, 2021)),
    of(CAPITAL, LEAD, U, "추정 잠식", has("fs.equity", LEAD, -1, 2022), estimated),
    of(CAPITAL, LEAD, P, "부분잠식은 아님", fs(LEAD, 2022, equity=10, capital_stock=50)),
    of(CAPITAL, LEAD, U, "2022를 모름", gone("fs.equity", LEAD, 2022)),
    # 감사의견: 최근 회계연도
    of(OPINION, LEAD, P, "적정", has("fs.audit_opinion", LEAD, "unqualified", 2022)),
    of(OPINION, LEAD, P, "한정", has("fs.audit_opinion", LEAD, "qualified", 2022)),
    of(OPINION, LEAD, F, "부적정", has("fs.audit_opinion", LEAD, "adverse", 2022)),
    of(OPINION, LEAD, F, "의견거절", has("fs.audit_opinion", LEAD, "disclaimer", 2022)),
    of(OPINION, LEAD, F, "BBB여도", has("fs.audit_opinion", LEAD, "adverse", 2022), fact("credit_rating_bbb", True)),
    of(OPINION, LEAD, N, "비대상 신고, 감사보고서 없음", has("fs.audit_opinion", LEAD, "adverse", 2021)),
    of(OPINION, LEAD, U, "신고도 없음", without("서식-8", SHORT[LEAD])),
    # 한계기업: 3년 연속 이자보상비율 1 미만
    of(PROJECTS, LEAD, P, "한 해 꼭 1", coverage((9, 10), (10, 10), (9, 10))),
    of(PROJECTS, LEAD, U, "세 해 1 미만, 수를 모름", MARGINAL),
    of(PROJECTS, LEAD, P, "중견 3건", MARGINAL, fact("motie_lead_projects", 3)),
    of(PROJECTS, LEAD, F, "중견 4건", MARGINAL, fact("motie_lead_projects", 4)),
    of(PROJECTS, LEAD, P, "후보 1건", MARGINAL, fact("motie_lead_projects", 1),
       has("org.size", LEAD, "midsize_candidate")),
    of(PROJECTS, LEAD, F, "후보 2건", MARGINAL, fact("motie_lead_projects", 2),
       has("org.size", LEAD, "midsize_candidate")),
    of(PROJECTS, LEAD, U, "수를 본 지 오래됨", MARGINAL, fact("motie_lead_projects", 0, on="2023-03-01")),
    of(PROJECTS, LEAD, P, "이자 0은 1 미만이 아님", coverage((-9, 0), (-9, 10), (-9, 10))),
    of(PROJECTS, LEAD, P, "한 해가 넉넉하면 나머지를 몰라도", gone("fs.interest_expense", LEAD, 2021)),
    of(PROJECTS, LEAD, U, "두 해 미만, 한 해 모름", MARGINAL, gone("fs.interest_expense", LEAD, 2021)),
    # 재무제표
    of(YEARS, LEAD, P, "세 해"),
    of(YEARS, LEAD, F, "2020 없음", without("2020년", SHORT[LEAD])),
    of(YEARS, LEAD, F, "2022 없음", without("2022년", SHORT[LEAD])),
    of(YEARS, LEAD, P, "추정 2022", estimated),
    of(YEARS, LEAD, F, "추정 2021", has("fs.estimated", LEAD, True, 2021)),
    of(YEARS, PARTNER, P, "2021년에 연 회사", without("2020년", SHORT[PARTNER]),
       opened("2021-03-01", PARTNER)),
    of(YEARS, PARTNER, F, "2020년에 연 회사", without("2020년", SHORT[PARTNER]),
       opened("2020-12-31", PARTNER)),
    of("statements_consistent", LEAD, P, "자산 = 부채 + 자본"),
    of("statements_consistent", LEAD, F, "1원 차이", has("fs.assets", LEAD, 1000 * M + 1, 2021)),
    of("statements_consistent", LEAD, F, "유동자산이 자산보다 큼", fs(LEAD, 2022, current_assets=1001)),
]  # fmt: skip

SAME, TWIN = CORPORATE[LEAD], NUMBERS[LEAD]
SHAPE: list[Scenario] = [
    of("consortium_one_to_one", None, P, "주관 1, 공동 1"),
    of("consortium_one_to_one", None, F, "한 회사", has("org.corporate_number", PARTNER, SAME),
       has("corpreg.number", PARTNER, SAME)),
    of("consortium_one_to_one", None, F, "사업자번호가 같음", has("org.business_number", PARTNER, TWIN),
       has("bizreg.number", PARTNER, TWIN)),
    of("consortium_one_to_one", None, U, "번호가 서로 다름", has("org.business_number", PARTNER, TWIN)),
    of("lead_is_midsize_or_candidate", LEAD, P, "중견"),
    of("lead_is_midsize_or_candidate", LEAD, F, "중소", has("org.size", LEAD, "small")),
    of("lead_is_midsize_or_candidate", LEAD, F, "대", has("org.size", LEAD, "large")),
    of("lead_is_midsize_or_candidate", LEAD, U, "확인서 없음", without("서식-15")),
    of("lead_is_midsize_or_candidate", LEAD, U, "규모를 모름", gone("org.size", LEAD)),
    of("midsize_certificate", LEAD, P, "유효"),
    of("midsize_certificate", LEAD, P, "마감일에 시작", has("midsize.valid_from", LEAD, "2023-04-25")),
    of("midsize_certificate", LEAD, F, "마감 다음 날 시작", has("midsize.valid_from", LEAD, "2023-04-26")),
    of("midsize_certificate", LEAD, P, "마감일에 끝남", has("midsize.valid_to", LEAD, "2023-04-25")),
    of("midsize_certificate", LEAD, F, "마감 전날 끝남", has("midsize.valid_to", LEAD, "2023-04-24")),
    of("midsize_certificate", LEAD, F, "작년 확인서", has("midsize.valid_from", LEAD, "2022-04-01"),
       has("midsize.valid_to", LEAD, "2023-03-31")),
    of("midsize_certificate", LEAD, F, "다른 회사 이름", has("midsize.name", LEAD, "주식회사 다른상사")),
    of("midsize_certificate", LEAD, F, "다른 번호", has("midsize.business_number", LEAD, "1018112342")),
    of("midsize_certificate", LEAD, F, "없음", without("서식-15")),
    of("midsize_certificate", PARTNER, N, "중소"),
    of("midsize_certificate", PARTNER, F, "공동 중견, 없음", has("org.size", PARTNER, "midsize")),
    of("midsize_certificate", PARTNER, N, "공동 후보는 중소와 같음", has("org.size", PARTNER, "midsize_candidate")),
    *(of("partner_is_profit_company", PARTNER, outcome, name, *(has(f, PARTNER, name) for f in (
        "org.name", "bizreg.name", "corpreg.name"))) for name, outcome in (
        ("나래소프트 주식회사", P), ("유한회사 나래", P), ("주식회사 한국미래연구원", P),
        ("농업회사법인 주식회사 나래", P),
        ("재단법인 나래", F), ("사단법인 나래협회", F), ("나래대학교 산학협력단", F), ("한국나래연구원", F),
        ("(재)나래진흥원", F),
        ("나래상사", U))),
    of("partner_is_profit_company", PARTNER, P, "담당자 확인", *(has(f, PARTNER, "나래상사") for f in (
        "org.name", "bizreg.name", "corpreg.name")), fact("for_profit", True, PARTNER)),
    of("declared_type_consistent", LEAD, U, "확인서의 유형을 못 읽음"),
    of("demonstration_agreement", PARTNER, U, "묻지 않음"),
    of("demonstration_agreement", PARTNER, N, "실증 없음", fact("finished_demonstration", False, PARTNER)),
    of("demonstration_agreement", PARTNER, F, "실증, 협약서 없음", fact("finished_demonstration", True, PARTNER),
       fact("agreement_given", False, PARTNER)),
    of("participation_ban", LEAD, U, "조회 전"),
    of("participation_ban", LEAD, P, "없음", fact("banned", False)),
    of("participation_ban", LEAD, F, "있음", fact("banned", True)),
    of("participation_ban", LEAD, U, "31일 전 조회", fact("banned", False, on="2023-04-01")),
    of("participation_ban", LEAD, P, "30일 전 조회", fact("banned", False, on="2023-04-02")),
    of("participation_ban", LEAD, U, "형식이 틀린 답", fact("banned", "아니오")),
    of("participation_ban", PARTNER, U, "주관만 조회", fact("banned", False)),
]  # fmt: skip


def candidate(*revenue: int, rnd: tuple[int, ...] = (0, 0, 0)) -> object:
    """A candidate with the revenue (and R&D) of three years, in 백만원; small, not outgrown."""

    def change(submission):  # type: ignore[no-untyped-def]
        submission = has("org.size", LEAD, "midsize_candidate")(submission)
        for year, money, spent in zip((2020, 2021, 2022), revenue, rnd, strict=True):
            submission = fs(LEAD, year, revenue=money, rnd_expense=spent)(submission)
        for name, value in (("is_small_company", True), ("outgrown_year", 0)):
            submission = fact(name, value)(submission)
        return submission

    return change


EOK = 100  # 억원 in 백만원
GROWN = (800 * EOK, 920 * EOK, 1058 * EOK)  # twice exactly 15 %
TOO_BIG, FLAT = (1501 * EOK,) * 3, (1000 * EOK,) * 3
BIGGER = candidate(*TOO_BIG)
CANDIDATES: list[Scenario] = [
    of(CANDIDATE, LEAD, N, "중견"),
    of(CANDIDATE, LEAD, P, "③ 1,000억 이상, ④ 꼭 15", candidate(*GROWN)),
    of(CANDIDATE, LEAD, U, "④ 15 미만, ⑤ 비용만으로 2 미만", candidate(800 * EOK, 920 * EOK, 1057 * EOK)),
    of(CANDIDATE, LEAD, P, "⑤ 꼭 2", candidate(*FLAT, rnd=(20 * EOK,) * 3)),
    of(CANDIDATE, LEAD, U, "⑤ 2 미만(자산화분을 모름)", candidate(*FLAT, rnd=(20 * EOK, 20 * EOK, 19 * EOK))),
    of(CANDIDATE, LEAD, F, "③ 300억 미만", candidate(100 * EOK, 200 * EOK, 300 * EOK - 1)),
    of(CANDIDATE, LEAD, U, "③ 업종을 모름", candidate(300 * EOK, 400 * EOK, 699 * EOK)),
    of(CANDIDATE, LEAD, P, "③ C26 꼭 700억", candidate(300 * EOK, 400 * EOK, 700 * EOK),
       fact("main_industry", "C26")),
    of(CANDIDATE, LEAD, F, "③ C26 700억 미만", candidate(300 * EOK, 400 * EOK, 700 * EOK - 1),
       fact("main_industry", "C26")),
    of(CANDIDATE, LEAD, U, "④ 두 산식이 갈림", candidate(1000 * EOK, 1000 * EOK, 1310 * EOK)),
    of(CANDIDATE, LEAD, F, "① 평균 1,500억 초과", BIGGER),
    of(CANDIDATE, LEAD, F, "① 자산 5,000억", candidate(*GROWN), fs(LEAD, 2022, assets=5000 * EOK)),
    of(CANDIDATE, LEAD, P, "② 2020년에 벗어남", BIGGER,
       fact("outgrown_year", 2020, on="2023-04-29")),
    of(CANDIDATE, LEAD, F, "② 2019년에 벗어남", BIGGER,
       fact("outgrown_year", 2019, on="2023-04-29")),
    of(CANDIDATE, LEAD, U, "2021 매출을 모름", candidate(*GROWN), gone("fs.revenue", LEAD, 2021)),
    of("candidate_statements", LEAD, F, "2021 없음", has("org.size", LEAD, "midsize_candidate"),
       without("2021년", SHORT[LEAD])),
    of("lead_is_midsize_or_candidate", LEAD, P, "후보 ③④", candidate(*GROWN)),
]  # fmt: skip


def third_party() -> object:
    """A third organisation in the plan."""

    def edit(uploads: list[Upload]) -> list[Upload]:
        from tests.validators.proposals import field

        plan = next(u for u in uploads if u.reading.type is FileType.HWP)
        more = field("org.name", "주식회사 다래", plan.name, organisation="partner2")
        reading = plan.reading.model_copy(update={"fields": (*plan.reading.fields, more)})
        return [plan.model_copy(update={"reading": reading}) if u is plan else u for u in uploads]

    return files(edit)


def no_partner() -> object:
    """Neither in the plan nor in any name."""

    def edit(uploads: list[Upload]) -> list[Upload]:
        kept = []
        for one in uploads:
            if SHORT[PARTNER] in one.name:
                continue
            fields = tuple(f for f in one.reading.fields if f.organisation != PARTNER)
            kept.append(one.model_copy(update={"reading": one.reading.model_copy(update={"fields": fields})}))
        return kept

    return files(edit)


SHAPE += [
    of("consortium_one_to_one", None, F, "세 기관", third_party()),
    of("document_missing", "partner2", F, "셋째 기관의 서류 없음", third_party(), document=12),
    of(DEBT, "partner2", U, "셋째 기관의 재무를 모름", third_party()),
    of("consortium_one_to_one", None, F, "공동이 없음", no_partner()),
]
