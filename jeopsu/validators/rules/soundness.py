"""Soundness of each organisation: ratios, impairment, marginal companies (공고 4-3, 10쪽).

Exact integers by cross-multiplication; a ratio is computed only to be shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from jeopsu.domain.base import Record
from jeopsu.domain.kinds import Kind
from jeopsu.domain.labels import million
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import share, won
from jeopsu.validators.facts import Unknown
from jeopsu.validators.logic import any_of, known
from jeopsu.validators.matter import Answer, Matter, NoParams, check, failed, not_applicable, passed
from jeopsu.validators.rules.admitted import unless_admitted
from jeopsu.validators.rules.estimates import every_year, windows_of
from jeopsu.validators.rules.exceptions import exempt_whatever, unless_exempt


class Ratio(Record):
    """A limit in percent that two years in a row must not reach; firms younger than `young_years` are exempt."""

    percent: int
    young_years: int


class Counts(Record):
    """Projects as lead from which a marginal company is out."""

    midsize: int
    small: int


class Side(NamedTuple):
    """On which side of its limit a ratio is bad, in words."""

    ko: str
    ko_with_particle: str
    en: str


def _two_years(
    matter: Matter[Ratio],
    bad: Callable[[int], bool],
    shown: Callable[[Matter[Ratio], int], str],
    side: Side,
    name: tuple[str, str],
    beside: str,
) -> Answer:
    """Whether a ratio (`name` in Korean and English) is bad in both of the last two years, and no exception holds.

    `beside`: another ratio that an item of the applicant's declaration may name with this one (see `unless_admitted`).
    """
    limit, windows = matter.params.percent, windows_of(matter, 2)
    try:
        hit = every_year(windows, bad)
    except Unknown as gap:
        return exempt_whatever(matter, gap, young_years=matter.params.young_years)
    years = sorted({year for window in windows for year in window}, reverse=True)
    words = ", ".join(shown(matter, year) for year in years)
    if not hit:
        good = passed(
            f"{words}: 2년 연속 {limit}% {side.ko_with_particle} 아님",
            f"{name[1]} not {side.en} {limit} % in both years.",
        )
        return unless_admitted(matter, good, name[0], beside=(beside,))
    return unless_exempt(
        matter,
        f"{words}: 2년 연속 {limit}% {side.ko}",
        f"{name[1]} {side.en} {limit} % in both years",
        young_years=matter.params.young_years,
    )


@check(Ratio, exceptions=True, organisation=True)
def debt_ratio_two_years(matter: Matter[Ratio]) -> Answer:
    """부채총계 ÷ 자본총계 at or above the limit in both years; 자본총계 ≤ 0 counts as above (reading 7)."""

    def bad(year: int) -> bool:
        def impaired() -> bool:
            return matter.facts.won("fs.equity", matter.key, year) <= 0

        def over() -> bool:
            liabilities = matter.facts.won("fs.liabilities", matter.key, year)
            equity = matter.facts.won("fs.equity", matter.key, year)
            return liabilities * 100 >= matter.params.percent * equity

        return any_of([impaired, over])

    return _two_years(matter, bad, _debt, Side("이상", "이상이", "at or above"), ("부채비율", "Debt ratio"), "유동비율")


def _debt(matter: Matter[Ratio], year: int) -> str:
    try:
        equity = matter.facts.won("fs.equity", matter.key, year)
        if equity <= 0:
            return f"{year}년 자본총계 {won.shown(equity)}(전액잠식은 {matter.params.percent}% 이상으로 봄)"
        liabilities = matter.facts.won("fs.liabilities", matter.key, year)
    except Unknown:
        return f"{year}년 금액 확인 필요"
    ratio = share.shown_against(share.of(liabilities, equity), matter.params.percent)
    sign = "≥" if liabilities * 100 >= matter.params.percent * equity else "<"
    parts = f"부채총계 {million(liabilities)} ÷ 자본총계 {million(equity)}"
    return f"{year}년 {parts} = {ratio} {sign} {matter.params.percent}%"


@check(Ratio, exceptions=True, organisation=True)
def current_ratio_two_years(matter: Matter[Ratio]) -> Answer:
    """유동자산 ÷ 유동부채 at or below the limit in both of the last two years."""

    def bad(year: int) -> bool:
        assets = matter.facts.won("fs.current_assets", matter.key, year)
        liabilities = matter.facts.won("fs.current_liabilities", matter.key, year)
        return liabilities > 0 and assets * 100 <= matter.params.percent * liabilities

    side = Side("이하", "이하가", "at or below")
    return _two_years(matter, bad, _current, side, ("유동비율", "Current ratio"), "부채비율")


def _current(matter: Matter[Ratio], year: int) -> str:
    try:
        assets = matter.facts.won("fs.current_assets", matter.key, year)
        liabilities = matter.facts.won("fs.current_liabilities", matter.key, year)
    except Unknown:
        return f"{year}년 금액 확인 필요"
    if liabilities <= 0:
        return f"{year}년 유동부채 {won.shown(liabilities)}"
    ratio = share.shown_against(share.of(assets, liabilities), matter.params.percent)
    sign = "≤" if assets * 100 <= matter.params.percent * liabilities else ">"
    parts = f"유동자산 {million(assets)} ÷ 유동부채 {million(liabilities)}"
    return f"{year}년 {parts} = {ratio} {sign} {matter.params.percent}%"


@check(exceptions=True, organisation=True)
def capital_impairment(matter: Matter[NoParams]) -> Answer:
    """자본총계 at the last year's end is above 0."""
    windows = windows_of(matter, 1)
    hit = every_year(windows, lambda year: matter.facts.won("fs.equity", matter.key, year) <= 0)
    words = ", ".join(
        f"{window[0]}년 말 자본총계 {won.shown(matter.facts.won('fs.equity', matter.key, window[0]))}"
        for window in windows
    )
    if not hit:
        good = passed(f"{words} > 0원", "Equity is above 0.")
        return unless_admitted(matter, good, "자본전액잠식", "완전자본잠식", beside=("부채비율", "유동비율"))
    return unless_exempt(
        matter, f"{words} ≤ 0원: 자본전액잠식", "Equity is 0 or less: full capital impairment", by_attachment=False
    )


@check(Counts, asks=("motie_lead_projects",), organisation=True)
def marginal_company_projects(matter: Matter[Counts]) -> Answer:
    """A marginal lead (영업이익 < 이자비용 three years running) runs fewer MOTIE projects as lead than the limit."""
    windows = windows_of(matter, len(matter.call.fiscal_years))
    years = sorted({year for window in windows for year in window})

    def bad(year: int) -> bool:
        income = matter.facts.won("fs.operating_income", matter.key, year)
        interest = matter.facts.won("fs.interest_expense", matter.key, year)
        return interest > 0 and income < interest

    def marginal() -> bool:
        return every_year(windows, bad)

    words = ", ".join(_coverage(matter, year) for year in years)
    found = known(marginal)
    if found is False:
        good = passed(f"{words}: 3년 연속 1 미만이 아니어서 한계기업이 아님", "Not a marginal company.")
        return unless_admitted(matter, good, "이자보상", "한계기업")
    size = matter.size()
    if size is Size.LARGE:
        return not_applicable("대기업에는 적용하지 않음", "Does not apply to large companies.")
    limit = matter.params.midsize if size is Size.MIDSIZE else matter.params.small
    few = known(lambda: int(matter.ask("motie_lead_projects")) < limit)
    if found is None and not few:
        marginal()  # what is not known of the statements comes first
    declared = matter.facts.maybe("declared.motie_lead_projects", matter.key)
    said = (
        f", 신청자가 {matter.form(Kind.ELIGIBILITY_DECLARATION)}에 적은 과제 {declared}건"
        if declared is not None
        else ""
    )
    if found and few is None and isinstance(declared, int) and declared >= limit:  # as "해당" is (reading 15)
        return failed(
            f"{words}: 한계기업{said}, 기준 {limit}건 이상(신고)",
            f"Marginal company that declares {declared} projects as lead (limit {limit}).",
            staff=("motie_lead_projects",),
        )
    since = f"{words}: 한계기업(기준 {limit}건 이상이면 제외{said})"
    count = int(matter.ask("motie_lead_projects", since=since))
    if found is None:
        return passed(
            f"주관으로 수행 중인 산업부 과제 {count}건, 기준 {limit}건{matter.looked_up()} 미만: "
            "한계기업인지와 관계없음",
            f"{count} projects as lead, below {limit}: whether the company is marginal does not matter.",
        )
    text = f"{words}: 한계기업. 주관으로 수행 중인 산업부 과제 {count}건, 기준 {limit}건{matter.looked_up()}"
    if count >= limit:
        return failed(f"{text} 이상", f"Marginal company with {count} projects as lead (limit {limit}).")
    return passed(f"{text} 미만", f"Marginal company with {count} projects as lead, below {limit}.")


def _coverage(matter: Matter[Counts], year: int) -> str:
    try:
        income = matter.facts.won("fs.operating_income", matter.key, year)
        interest = matter.facts.won("fs.interest_expense", matter.key, year)
    except Unknown:
        return f"{year}년 금액 확인 필요"
    if interest <= 0:
        return f"{year}년 이자비용 {won.shown(interest)}" + ("(영업손실)" if income < 0 else "")
    ratio = share.shown(share.of(income, interest * 100)).rstrip("%")
    return f"{year}년 영업이익 {million(income)} ÷ 이자비용 {million(interest)} = {ratio}"
