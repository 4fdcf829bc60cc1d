"""Soundness of each organisation: ratios, impairment, marginal companies (공고 4-3, 10쪽).

Exact integers by cross-multiplication; a ratio is computed only to be shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from jeopsu.domain.base import Record
from jeopsu.domain.kinds import Kind
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import share, won
from jeopsu.validators.dates import years_after
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.labels import million
from jeopsu.validators.logic import all_of, any_of, known
from jeopsu.validators.matter import Answer, Matter, NoParams, check, failed, not_applicable, passed, undetermined


class Ratio(Record):
    """A limit in percent that two years in a row must not reach; firms younger than `young_years` are exempt."""

    percent: int
    young_years: int


class Counts(Record):
    """Projects as lead from which a marginal company is out."""

    midsize: int
    small: int


def _windows(matter: Matter[Ratio] | Matter[NoParams], length: int) -> list[tuple[int, ...]]:
    """The last `length` fiscal years; where the latest is an estimate, also those before it (reading 9)."""
    years = matter.call.fiscal_years
    latest = tuple(years[-length:])
    if len(years) == length or not _estimated(matter, years[-1]):
        return [latest]
    return [latest, tuple(years[-length - 1 : -1])]


def _estimated(matter: Matter[Ratio] | Matter[NoParams], year: int) -> bool:
    return matter.facts.maybe("fs.estimated", matter.key, year) is True


def _each_window(windows: list[tuple[int, ...]], bad: Callable[[int], bool]) -> bool:
    """Whether every year of a window is bad; windows that differ leave it open."""
    answers = [all_of([partial(bad, year) for year in window]) for window in windows]
    if len(set(answers)) > 1:
        latest = windows[0][-1]
        raise Unknown(
            Need(
                words_ko=f"추정 {latest}년을 넣으면 {'해당' if answers[0] else '비해당'}, 빼면 "
                f"{'해당' if answers[1] else '비해당'}: {latest}년 확정 결산(읽기 9)",
                words_en=f"with the estimated {latest} and without it the outcome differs: closed statements "
                f"of {latest}",
            )
        )
    return answers[0]


@check(Ratio)
def debt_ratio_two_years(matter: Matter[Ratio]) -> Answer:
    """부채총계 ÷ 자본총계 at or above the limit in both years; 자본총계 ≤ 0 counts as above (reading 7)."""
    limit, windows = matter.params.percent, _windows(matter, 2)

    def bad(year: int) -> bool:
        def impaired() -> bool:
            return matter.facts.won("fs.equity", matter.key, year) <= 0

        def over() -> bool:
            liabilities = matter.facts.won("fs.liabilities", matter.key, year)
            equity = matter.facts.won("fs.equity", matter.key, year)
            return liabilities * 100 >= limit * equity

        return any_of([impaired, over])

    hit = _each_window(windows, bad)
    words = ", ".join(_debt(matter, year) for year in sorted({y for window in windows for y in window}, reverse=True))
    if not hit:
        return passed(f"{words}: 2년 연속 {limit}% 이상이 아님", f"Debt ratio not at or above {limit} % in both years.")
    return _unless_exempt(
        matter, f"{words}: 2년 연속 {limit}% 이상", f"Debt ratio at or above {limit} % in both years", debt=True
    )


def _debt(matter: Matter[Ratio], year: int) -> str:
    try:
        liabilities = matter.facts.won("fs.liabilities", matter.key, year)
        equity = matter.facts.won("fs.equity", matter.key, year)
    except Unknown:
        return f"{year}년 확인 필요"
    if equity <= 0:
        return f"{year}년 자본총계 {won.shown(equity)}(전액잠식)"
    ratio = share.shown(share.of(liabilities, equity))
    sign = "≥" if liabilities * 100 >= matter.params.percent * equity else "<"
    parts = f"부채총계 {million(liabilities)} ÷ 자본총계 {million(equity)}"
    return f"{year}년 {parts} = {ratio} {sign} {matter.params.percent}%"


@check(Ratio)
def current_ratio_two_years(matter: Matter[Ratio]) -> Answer:
    """유동자산 ÷ 유동부채 at or below the limit in both of the last two years."""
    limit, windows = matter.params.percent, _windows(matter, 2)

    def bad(year: int) -> bool:
        assets = matter.facts.won("fs.current_assets", matter.key, year)
        liabilities = matter.facts.won("fs.current_liabilities", matter.key, year)
        return liabilities > 0 and assets * 100 <= limit * liabilities

    hit = _each_window(windows, bad)
    words = ", ".join(
        _current(matter, year) for year in sorted({y for window in windows for y in window}, reverse=True)
    )
    if not hit:
        return passed(
            f"{words}: 2년 연속 {limit}% 이하가 아님", f"Current ratio not at or below {limit} % in both years."
        )
    return _unless_exempt(
        matter, f"{words}: 2년 연속 {limit}% 이하", f"Current ratio at or below {limit} % in both years"
    )


def _current(matter: Matter[Ratio], year: int) -> str:
    try:
        assets = matter.facts.won("fs.current_assets", matter.key, year)
        liabilities = matter.facts.won("fs.current_liabilities", matter.key, year)
    except Unknown:
        return f"{year}년 확인 필요"
    if liabilities <= 0:
        return f"{year}년 유동부채 {won.shown(liabilities)}"
    ratio = share.shown(share.of(assets, liabilities))
    sign = "≤" if assets * 100 <= matter.params.percent * liabilities else ">"
    parts = f"유동자산 {million(assets)} ÷ 유동부채 {million(liabilities)}"
    return f"{year}년 {parts} = {ratio} {sign} {matter.params.percent}%"


def _unless_exempt(matter: Matter[Ratio], ko: str, en: str, debt: bool = False) -> Answer:
    """A ratio that is hit, against its exceptions: age, ratings, foreign investment, crisis region."""
    closing = matter.call.closes.date()
    opened = matter.facts.day("bizreg.opened", matter.key)
    limit = years_after(opened, matter.params.young_years)
    if closing == limit:
        raise Unknown(
            Need(
                words_ko=f"{ko}. 사업개시일 {opened}부터 접수 마감일까지 꼭 {matter.params.young_years}년: "
                "'미만'인지 담당자가 정해야 함",
                words_en="the company is exactly as old as the exception's limit",
            )
        )
    if closing < limit:
        return not_applicable(
            f"{ko}이나, 사업개시일 {opened}부터 접수 마감일까지 {matter.params.young_years}년 미만이어서 적용하지 않음",
            f"{en}, but the company opened on {opened}, less than {matter.params.young_years} years before "
            "the closing date.",
        )
    names = {
        "credit_rating_bbb": "신용등급 BBB 이상",
        "foreign_invested": "외국인투자기업",
        "crisis_region": "산업위기지역",
    }
    if debt:
        names["debt_adjusted"] = "CB·BW·RCPS 제외 시 기준 미만"
    open_exceptions = []
    for fact, name in names.items():
        answer = known(partial(_granted, matter, fact))
        if answer:
            return not_applicable(f"{ko}이나 예외에 해당: {name}{matter.looked_up()}", f"{en}, but an exception holds.")
        if answer is None:
            open_exceptions.append(fact)
    attached = _attachments(matter)
    if attached and open_exceptions:
        return undetermined(
            f"{ko}. 사업개시일 {opened}. {matter.form(Kind.ELIGIBILITY_DECLARATION)}에 붙은 증빙이 "
            f"예외({', '.join(names[f] for f in open_exceptions)})에 해당하는지 담당자가 보아야 함: "
            f"{', '.join(attached)}",
            f"{en}. Evidence is attached to the declaration: staff must see whether an exception holds.",
            files=tuple(attached),
            staff=tuple(open_exceptions),
        )
    looked = f"사업개시일 {opened}({matter.params.young_years}년 이상)"
    return failed(
        f"{ko}. 살펴본 예외: {looked}, {', '.join(names.values())}의 증빙 없음. 예외에 해당하면 증빙을 "
        f"{matter.form(Kind.ELIGIBILITY_DECLARATION)}에 붙여 내 주십시오.",
        f"{en}. No proof of an exception was handed in; if one holds, attach it to the declaration.",
        staff=tuple(open_exceptions),
    )


def _granted(matter: Matter[Ratio], fact: str) -> bool:
    return bool(matter.ask(fact))


def _attachments(matter: Matter[Ratio]) -> list[str]:
    """Files of document 8 in which something besides the declaration stands."""
    found = []
    for file in matter.files(Kind.ELIGIBILITY_DECLARATION, matter.key):
        others = [segment for segment in file.segments if segment.kind is not Kind.ELIGIBILITY_DECLARATION]
        if others or file.pages > 2:
            found.append(file.name)
    return found


@check()
def capital_impairment(matter: Matter[NoParams]) -> Answer:
    """자본총계 at the last year's end is above 0."""
    windows = _windows(matter, 1)
    hit = _each_window(windows, lambda year: matter.facts.won("fs.equity", matter.key, year) <= 0)
    words = ", ".join(
        f"{window[0]}년 말 자본총계 {won.shown(matter.facts.won('fs.equity', matter.key, window[0]))}"
        for window in windows
    )
    if not hit:
        return passed(f"{words} > 0원", "Equity is above 0.")
    basis = matter.facts.maybe("fs.basis", matter.key, windows[0][0])
    hint = " K-IFRS 때문이라면 일반기업회계기준(K-GAAP) 자료를 더 낼 수 있음(혼용 불가)." if basis == "k-ifrs" else ""
    return failed(f"{words} ≤ 0원: 자본전액잠식.{hint}", "Equity is 0 or less: full capital impairment.")


@check(Counts)
def marginal_company_projects(matter: Matter[Counts]) -> Answer:
    """A marginal lead (영업이익 < 이자비용 three years running) runs fewer MOTIE projects as lead than the limit."""
    years = matter.call.fiscal_years

    def bad(year: int) -> bool:
        income = matter.facts.won("fs.operating_income", matter.key, year)
        interest = matter.facts.won("fs.interest_expense", matter.key, year)
        return interest > 0 and income < interest

    marginal = all_of([partial(bad, year) for year in years])
    words = ", ".join(_coverage(matter, year) for year in years)
    if not marginal:
        return passed(f"{words}: 3년 연속 1 미만이 아니어서 한계기업이 아님", "Not a marginal company.")
    size = matter.size()
    if size is Size.LARGE:
        return not_applicable("대기업에는 적용하지 않음", "Does not apply to large companies.")
    limit = matter.params.midsize if size is Size.MIDSIZE else matter.params.small
    count = int(matter.ask("motie_lead_projects"))
    text = f"{words}: 한계기업. 주관으로 수행 중인 산업부 과제 {count}건, 기준 {limit}건{matter.looked_up()}"
    if count >= limit:
        return failed(f"{text} 이상", f"Marginal company with {count} projects as lead (limit {limit}).")
    return passed(f"{text} 미만", f"Marginal company with {count} projects as lead, below {limit}.")


def _coverage(matter: Matter[Counts], year: int) -> str:
    try:
        income = matter.facts.won("fs.operating_income", matter.key, year)
        interest = matter.facts.won("fs.interest_expense", matter.key, year)
    except Unknown:
        return f"{year}년 확인 필요"
    if interest <= 0:
        return f"{year}년 이자비용 {won.shown(interest)}" + ("(영업손실)" if income < 0 else "")
    ratio = share.shown(share.of(income, interest * 100)).rstrip("%")
    return f"{year}년 영업이익 {million(income)} ÷ 이자비용 {million(interest)} = {ratio}"
