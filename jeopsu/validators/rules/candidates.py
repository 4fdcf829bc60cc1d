"""중견기업 후보기업: ①∧② or ①∧③∧④ or ①∧③∧⑤ (공고 1-3, 4-2; 시행령 제2조, 별표 1·2)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial

from jeopsu.domain.base import Record
from jeopsu.domain.submissions import Size
from jeopsu.domain.values import won
from jeopsu.validators.facts import Need, Unknown
from jeopsu.validators.logic import all_of, any_of, known
from jeopsu.validators.matter import Answer, Conclusion, Matter, NoParams, check, failed, not_applicable, passed
from jeopsu.validators.rules.estimates import Window, judged, windows_of


class Candidate(Record):
    """Numbers of the candidate's conditions (시행령 제2조, 별표 1·2). Won and percent."""

    small_mean_revenue: int  # above it a company is small in no industry
    small_assets: int
    outgrown_years: int
    revenue_any: int  # from here on ③ holds in every industry
    revenue_none: int  # below it in none
    revenue_by_industry: dict[str, int]  # KSIC → won; those whose source is doubtful are left out
    revenue_disputed: dict[str, int] = {}  # KSIC → the higher of two amounts that two sources name; the lower is above
    growth: int
    rnd: int


@check(Candidate, asks=("is_small_company", "outgrown_year", "main_industry"), organisation=True)
def candidate_conditions(matter: Matter[Candidate]) -> Answer:
    """①∧② or ①∧③∧④ or ①∧③∧⑤; ① holds for companies deemed small too (reading 1)."""
    if matter.size() is not Size.MIDSIZE_CANDIDATE:
        return not_applicable("중견기업 후보기업으로 신청하지 않음", "Not a candidate.")
    return met(matter, matter.params, matter)


def met(matter: Matter[NoParams] | Matter[Candidate], p: Candidate, asking: object) -> Conclusion:
    facts, key, windows = matter.facts, matter.key, windows_of(matter, len(matter.call.fiscal_years))
    ask = asking if isinstance(asking, Matter) else matter

    def revenue(year: int) -> int:
        return facts.won("fs.revenue", key, year)

    def outgrown() -> bool:  # ②
        year = int(ask.ask("outgrown_year"))
        return year > 0 and year + 1 <= matter.call.closes.year <= year + p.outgrown_years

    def too_big(years: Window) -> bool:
        return any_of(
            [
                lambda: sum(revenue(year) for year in years) > p.small_mean_revenue * len(years),
                lambda: facts.won("fs.assets", key, years[-1]) >= p.small_assets,
            ]
        )

    def small(years: Window) -> bool:  # ①: provably not, else only staff can say
        return any_of([outgrown, lambda: not too_big(years) and bool(ask.ask("is_small_company"))])

    def industry(years: Window) -> bool:  # ③
        last = revenue(years[-1])
        if last >= p.revenue_any:
            return True
        if last < p.revenue_none:
            return False
        code = str(ask.ask("main_industry")).upper()
        least = p.revenue_by_industry.get(code, p.revenue_by_industry.get(code[:1]))
        if least is None:
            raise Unknown(
                Need(words_ko=f"업종 {code}의 매출액 기준(별표 1)", words_en=f"the threshold of industry {code}")
            )
        if least <= last < p.revenue_disputed.get(code, p.revenue_disputed.get(code[:1], least)):
            raise Unknown(
                Need(
                    words_ko=f"업종 {code}의 매출액 기준(별표 1): 자료마다 다름({won.shown(least)} 이상)",
                    words_en=f"the threshold of industry {code}: two sources differ",
                )
            )
        return last >= least

    def growth(years: Window) -> bool:  # ④
        first, middle, final = (revenue(year) for year in years)
        if min(first, middle) <= 0:
            raise Unknown(Need(words_ko="매출액이 0인 해가 있어 증가율", words_en="growth with a year without revenue"))
        target = Fraction(100 + p.growth, 100)
        compound = Fraction(final, first) >= target**2
        mean = (Fraction(middle, first) + Fraction(final, middle)) / 2 >= target
        if compound != mean:
            raise Unknown(
                Need(
                    words_ko="매출액 증가율 산식(별표 2): 두 산식의 결과가 다름(읽기 12)",
                    words_en="the formula of growth",
                )
            )
        return compound

    def research(years: Window) -> bool:  # ⑤: what stands in the income statement is a lower bound
        if sum(_ratio(facts.won("fs.rnd_expense", key, y), revenue(y)) for y in years) / len(years) * 100 >= p.rnd:
            return True
        raise Unknown(
            Need(
                words_ko="제조원가·자산화분을 더한 연구개발투자액", words_en="R&D spending beyond the income statement"
            )
        )

    def holds(years: Window) -> bool:
        three, four, five = (partial(part, years) for part in (industry, growth, research))
        way = partial(any_of, [outgrown, partial(all_of, [three, partial(any_of, [four, five])])])
        return all_of([partial(small, years), way])

    latest = windows[0]
    parts: dict[str, Callable[[], bool]] = {
        "①": partial(small, latest),
        "②": outgrown,
        "③": partial(industry, latest),
        "④": partial(growth, latest),
        "⑤": partial(research, latest),
    }
    words = ", ".join(f"{name} {_tri(known(part))}" for name, part in parts.items())
    met = judged(windows, holds)
    shown = f"{words}; {_figures(matter, p)}{matter.looked_up()}"
    if met:
        return passed(f"후보기업 조건 충족: {shown}", f"Conditions of a candidate met ({words}).")
    return failed(f"후보기업 조건을 충족하지 않음: {shown}", f"Conditions of a candidate not met ({words}).")


def _figures(matter: Matter[NoParams] | Matter[Candidate], p: Candidate) -> str:
    """Revenue, growth and R&D as far as they are known; quotients only to be shown."""
    years = matter.call.fiscal_years
    try:
        revenue = [matter.facts.won("fs.revenue", matter.key, year) for year in years]
    except Unknown:
        return "매출액 확인 필요"
    found = [f"매출액 {', '.join(f'{y}년 {won.shown(r)}' for y, r in zip(years, revenue, strict=True))}"]
    first, middle, final = revenue
    if min(first, middle) > 0 and final >= 0:
        compound = (Decimal(final) / Decimal(first)).sqrt() * 100 - 100
        mean = Fraction(100 * middle, first) / 2 + Fraction(100 * final, middle) / 2 - 100
        found.append(f"증가율 연평균 {compound:.2f}%, 연도별 평균 {float(mean):.2f}% (기준 {p.growth}%)")
    try:
        spent = [matter.facts.won("fs.rnd_expense", matter.key, year) for year in years]
    except Unknown:
        return ", ".join(found)
    if min(revenue) > 0:
        rnd = sum(Fraction(100 * s, r) for s, r in zip(spent, revenue, strict=True)) / len(years)
        found.append(f"손익계산서의 연구개발비 비율 평균 {float(rnd):.2f}% (기준 {p.rnd}%)")
    return ", ".join(found)


def _ratio(part: int, whole: int) -> Fraction:
    if whole <= 0:
        raise Unknown(Need(words_ko="매출액이 0인 해가 있음", words_en="a year without revenue"))
    return Fraction(part, whole)


def _tri(value: bool | None) -> str:
    return "확인 필요" if value is None else "충족" if value else "미충족"
