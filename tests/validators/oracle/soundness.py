"""§4-3 p10: ratios in a row, capital impairment, the auditor's opinion, marginal companies."""

from __future__ import annotations

from collections.abc import Mapping

from tests.validators.oracle.facts import CLOSING_DAY, YEARS, Company, F, N, Outcomes, P, U, of, one, years_after

Bad = Mapping[int, bool]
_EXEMPT = ("credit_rating_bbb", "foreign_invested", "crisis_region")


def _in_a_row(bad: Bad, years: range) -> str:
    """F if bad in each year; P if good in one of them, whatever the others say."""
    if any(bad.get(y) is False for y in years):
        return P
    return F if all(y in bad for y in years) else U


def _judged(c: Company, bad: Bad, years: int) -> str:
    """Reading 9: an estimated 2022 is judged with it and without it; if they differ, nobody knows."""
    with_it = _in_a_row(bad, range(2023 - years, 2023))
    if 2022 in c.years and c.years[2022].estimated:
        without = _in_a_row(bad, range(2022 - years, 2022))
        return with_it if with_it == without else U
    return with_it


def _unless_exempt(c: Company, found: str, *, debt: bool = False) -> Outcomes:
    """Under five years in business on the closing day, or an exception that staff looked up."""
    if found == P:
        return one(P)
    if any(c.staff.get(name) for name in (*_EXEMPT, *(("debt_adjusted",) if debt else ()))):
        return one(P, N)
    if c.opened is None:
        return one(U)
    fifth = years_after(c.opened, 5)
    if fifth > CLOSING_DAY:
        return one(P, N)
    return one(U) if fifth == CLOSING_DAY else one(found)


def debt_ratio(c: Company) -> Outcomes:
    """부채총계 ÷ 자본총계 ≥ 500 % two years in a row; no equity counts as such (reading 7)."""
    bad = {y: s.equity <= 0 or s.liabilities >= 5 * s.equity for y, s in c.years.items()}
    return _unless_exempt(c, _judged(c, bad, 2), debt=True)


def current_ratio(c: Company) -> Outcomes:
    """유동자산 ÷ 유동부채 ≤ 50 % two years in a row; who owes nothing short-term is not under it."""
    bad = {y: s.current_liabilities > 0 and 2 * s.current_assets <= s.current_liabilities for y, s in c.years.items()}
    return _unless_exempt(c, _judged(c, bad, 2))


def impairment(c: Company) -> Outcomes:
    """자본총계 ≤ 0 at the last year's end. None of the ratios' exceptions; other books under K-GAAP people look at."""
    bad = {y: s.equity <= 0 for y, s in c.years.items()}
    found = _judged(c, bad, 1)
    return one(P) if found == F and c.staff.get("gaap_not_impaired") else one(found)


def audit_opinion(c: Company) -> Outcomes:
    """Of an externally audited company only; 한정 passes."""
    last = c.years.get(2022)
    if c.audited and last and last.opinion and not last.estimated:
        return of(last.opinion not in ("disclaimer", "adverse"))
    if "8" in c.lacks or not c.years:
        return one(U, N, P)  # not declared, or nothing there
    return one(U) if c.audited else one(P, N)


def marginal_projects(c: Company) -> Outcomes:
    """영업이익 ÷ 이자비용 < 1 in each of three years, and 4 (small: 2) projects as lead. No interest is not under 1."""
    if c.size == "large":
        return one(N, P)
    bad = {y: s.interest_expense > 0 and s.operating_income < s.interest_expense for y, s in c.years.items()}
    found, limit = _judged(c, bad, 3), 4 if c.size == "midsize" else 2
    run = c.staff.get("motie_lead_projects")
    if found == P or (run is not None and int(run) < limit):
        return one(P)
    admitted = run is None and (c.declared_projects or 0) >= limit  # declared "none" proves nothing (reading 15)
    return one(F) if found == F and (run is not None or admitted) else one(U)


def complete(c: Company) -> Outcomes:
    """§7 no 14: 2020, 2021 and 2022, or as many as the company has existed in."""
    missing = [y for y in YEARS if y not in c.years or y in c.unfiled]
    if not missing:
        return one(P)
    if any(y > have for y in missing for have in c.years if have not in c.unfiled) or 2022 in missing:
        return one(F)
    return one(U) if c.opened is None else of(all(y < c.opened.year for y in missing))
