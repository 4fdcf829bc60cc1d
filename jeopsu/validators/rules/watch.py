"""Signs of weakness that other calls count (사후관리): several together, none alone, put a company under watch."""

from __future__ import annotations

from functools import partial

from jeopsu.domain.base import Record
from jeopsu.domain.values import share, won
from jeopsu.validators.facts import Unknown
from jeopsu.validators.matter import Answer, Matter, check, failed, passed


class Signs(Record):
    """From when on a figure of the last fiscal year is a sign (None: not looked at), and how many are too many."""

    least: int
    debt_percent: int | None = None  # 부채비율 at or above it
    current_percent: int | None = None  # 유동비율 at or below it
    partly_impaired: bool = False  # 0 < 자본총계 < 자본금
    coverage_below_one: bool = False  # 영업이익 < 이자비용
    loss_years: int | None = None  # operating losses in so many years running
    qualified: bool = False  # 감사의견 한정


@check(Signs, organisation=True)
def warning_signs(matter: Matter[Signs]) -> Answer:
    """Fewer signs than `least`. What is not read may be one: enough certain ones, or too few possible, decide."""
    sure: list[str] = []
    absent: list[str] = []
    gaps: list[Unknown] = []
    for sign in _signs(matter):
        try:
            held, words = sign()
        except Unknown as gap:
            gaps.append(gap)
        else:
            (sure if held else absent).append(words)
    least = matter.params.least
    said = "; ".join([*(f"해당: {w}" for w in sure), *absent])
    if len(sure) >= least:
        return failed(
            f"{said}. {len(sure)}개 해당 ≥ {least}개: 사후관리 대상", f"{len(sure)} signs, at or above {least}."
        )
    if len(sure) + len(gaps) >= least:
        raise Unknown(*[need for gap in gaps for need in gap.needs])
    return passed(f"{said}. {len(sure)}개 해당 < {least}개", f"{len(sure)} signs, below {least}.")


def _signs(matter: Matter[Signs]) -> list[partial[tuple[bool, str]]]:
    p, found = matter.params, []
    if p.debt_percent is not None:
        found.append(partial(_debt, matter, p.debt_percent))
    if p.current_percent is not None:
        found.append(partial(_current, matter, p.current_percent))
    if p.partly_impaired:
        found.append(partial(_impaired, matter))
    if p.coverage_below_one:
        found.append(partial(_coverage, matter))
    if p.loss_years is not None:
        found.append(partial(_losses, matter, p.loss_years))
    if p.qualified:
        found.append(partial(_qualified, matter))
    return found


def _won(matter: Matter[Signs], name: str, year: int | None = None) -> int:
    return matter.facts.won(f"fs.{name}", matter.key, year or matter.call.fiscal_years[-1])


def _debt(matter: Matter[Signs], limit: int) -> tuple[bool, str]:
    equity = _won(matter, "equity")
    if equity <= 0:
        return True, f"자본총계 {won.shown(equity)}"
    liabilities = _won(matter, "liabilities")
    ratio = share.shown(share.of(liabilities, equity))
    return liabilities * 100 >= limit * equity, f"부채비율 {ratio} (기준 {limit}% 이상)"


def _current(matter: Matter[Signs], limit: int) -> tuple[bool, str]:
    assets, liabilities = _won(matter, "current_assets"), _won(matter, "current_liabilities")
    if liabilities <= 0:
        return False, f"유동부채 {won.shown(liabilities)}"
    ratio = share.shown(share.of(assets, liabilities))
    return assets * 100 <= limit * liabilities, f"유동비율 {ratio} (기준 {limit}% 이하)"


def _impaired(matter: Matter[Signs]) -> tuple[bool, str]:
    equity, stock = _won(matter, "equity"), _won(matter, "capital_stock")
    return equity < stock, f"자본총계 {won.shown(equity)}, 자본금 {won.shown(stock)} (부분잠식)"


def _coverage(matter: Matter[Signs]) -> tuple[bool, str]:
    income, interest = _won(matter, "operating_income"), _won(matter, "interest_expense")
    return interest > 0 and income < interest, f"영업이익 {won.shown(income)}, 이자비용 {won.shown(interest)} (1 미만)"


def _losses(matter: Matter[Signs], years: int) -> tuple[bool, str]:
    incomes = [_won(matter, "operating_income", year) for year in matter.call.fiscal_years[-years:]]
    return all(income < 0 for income in incomes), f"최근 {years}년 영업이익 {', '.join(map(won.shown, incomes))}"


def _qualified(matter: Matter[Signs]) -> tuple[bool, str]:
    opinion = matter.facts.maybe("fs.audit_opinion", matter.key, matter.call.fiscal_years[-1])
    return opinion == "qualified", "감사의견 한정" if opinion == "qualified" else "감사의견 한정 아님"
