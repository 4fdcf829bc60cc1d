"""중견기업 후보기업: ①∧② or ①∧③∧④ or ①∧③∧⑤ (공고 1-3, 4-2; 시행령 제2조, 별표 1·2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

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


@dataclass(frozen=True)
class _Conditions:
    """The five conditions of one organisation; `years`: three fiscal years. Raises Unknown where one cannot be told.

    `asking`: the matter under the rule that declares the questions to staff.
    """

    matter: Matter[Any]
    params: Candidate
    asking: Matter[Any]

    def won(self, field: str, year: int) -> int:
        return self.matter.facts.won(field, self.matter.key, year)

    def small(self, years: Window) -> bool:
        """①: provably not, else only staff can say."""
        return any_of(
            [self.outgrown, lambda: not self._too_big(years) and bool(self.asking.ask("is_small_company"))],
        )

    def _too_big(self, years: Window) -> bool:
        def revenue() -> bool:
            return sum(self.won("fs.revenue", year) for year in years) > self.params.small_mean_revenue * len(years)

        return any_of([revenue, lambda: self.won("fs.assets", years[-1]) >= self.params.small_assets])

    def outgrown(self) -> bool:
        """②"""
        year = int(self.asking.ask("outgrown_year"))
        return year > 0 and year + 1 <= self.matter.call.closes.year <= year + self.params.outgrown_years

    def industry(self, years: Window) -> bool:
        """③"""
        p, last = self.params, self.won("fs.revenue", years[-1])
        if last >= p.revenue_any:
            return True
        if last < p.revenue_none:
            return False
        code = str(self.asking.ask("main_industry")).upper()
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

    def growth(self, years: Window) -> bool:
        """④"""
        first, middle, final = (self.won("fs.revenue", year) for year in years)
        if min(first, middle) <= 0:
            raise Unknown(Need(words_ko="매출액이 0인 해가 있어 증가율", words_en="growth with a year without revenue"))
        target = Fraction(100 + self.params.growth, 100)
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

    def research(self, years: Window) -> bool:
        """⑤: what stands in the income statement is a lower bound."""
        ratios = [_ratio(self.won("fs.rnd_expense", year), self.won("fs.revenue", year)) for year in years]
        if sum(ratios) / len(years) * 100 >= self.params.rnd:
            return True
        raise Unknown(
            Need(
                words_ko="제조원가·자산화분을 더한 연구개발투자액", words_en="R&D spending beyond the income statement"
            )
        )

    def hold(self, years: Window) -> bool:
        three, four, five = (partial(part, years) for part in (self.industry, self.growth, self.research))
        way = partial(any_of, [self.outgrown, partial(all_of, [three, partial(any_of, [four, five])])])
        return all_of([partial(self.small, years), way])


@check(Candidate, asks=("is_small_company", "outgrown_year", "main_industry"), organisation=True)
def candidate_conditions(matter: Matter[Candidate]) -> Answer:
    """①∧② or ①∧③∧④ or ①∧③∧⑤; ① holds for companies deemed small too (reading 1)."""
    if matter.size() is not Size.MIDSIZE_CANDIDATE:
        return not_applicable("중견기업 후보기업으로 신청하지 않음", "Not a candidate.")
    return met(matter, matter.params, matter)


def met(matter: Matter[NoParams] | Matter[Candidate], params: Candidate, asking: Matter[Any]) -> Conclusion:
    """Whether the organisation is a candidate. `asking`: see `_Conditions`."""
    windows = windows_of(matter, len(matter.call.fiscal_years))
    latest, conditions = windows[0], _Conditions(matter, params, asking)
    parts: dict[str, Callable[[], bool]] = {
        "①": partial(conditions.small, latest),
        "②": conditions.outgrown,
        "③": partial(conditions.industry, latest),
        "④": partial(conditions.growth, latest),
        "⑤": partial(conditions.research, latest),
    }
    words = ", ".join(f"{name} {_tri(known(part))}" for name, part in parts.items())
    holds = judged(windows, conditions.hold)
    shown = f"{words}; {_figures(matter, params)}{matter.looked_up()}"
    if holds:
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
