"""§1-3 and §3 of the notice: the grant, who pays what share, personnel in cash, single items."""

from __future__ import annotations

from tests.validators.oracle.facts import EOK, YEARS, Company, F, N, Outcomes, P, Proposal, U, of, one, years_after


def average_revenue(c: Company) -> int | None:
    """평균매출액 of three years; None while one is not known."""
    made = [c.years[y].revenue for y in YEARS if y in c.years]
    return sum(made) // 3 if len(made) == 3 else None


def government_share(c: Company) -> Outcomes:
    """§3-1 ②④: ≤ 33 % large, in 2023 ≤ 65 % mid-size, ≤ 80 % small and candidate; under 3,000억원: reading 3."""

    def within(percent: int) -> bool:
        return c.government * 100 <= c.whole * percent

    if c.size == "large":
        return of(within(33))
    if c.size != "midsize":
        return of(within(80))
    if within(65):
        return one(P)
    average = average_revenue(c)
    if not within(80) or (average is not None and average >= 3000 * EOK):
        return one(F)
    return one(P) if average is not None and within(67) else one(U)


def cash_share(c: Company) -> Outcomes:
    """§3-1 ③④: ≥ 60 % large, in 2023 ≥ 10 % the others, where the pay of young new hires may stand for cash."""
    floor = 60 if c.size == "large" else 10
    if c.own == 0:
        return one(N, U)
    if c.cash * 100 >= c.own * floor:
        return one(P)
    hired = c.size != "large" and c.new_hires and "18" not in c.lacks
    # "that year's pay" may be more than the part of it in this project, and only document 18 tells who is young
    return one(U) if hired else one(F)


def budget_adds_up(c: Company) -> Outcomes:
    return of(c.government + c.own == c.whole and c.items_but_activity + c.activities == c.whole)


def research_allowance(c: Company) -> Outcomes:
    """§8: exactly 10 % of 인건비 (reading 4: cash and in kind; if only another base gives 10 %, open)."""
    off = c.allowance * 10 - c.personnel
    if off == 0:
        return one(P)
    if c.allowance * 10 == c.personnel_cash:
        return one(U)
    # The plan prints 천원: less than one of them cannot be helped; it is shown, not forgiven silently.
    return one(P, U) if c.allowance % 1000 == 0 and abs(off) < 10_000 else one(F)


def personnel_cash_cap(c: Company, p: Proposal) -> Outcomes:
    """§3-3: within half of the government's money (2023) for small and mid-size, besides new hires' pay and as much of
    present staff's, or any staff's of a small company under 7 years. Other grounds stand on no form: staff."""
    grounds = c.staff.get("personnel_cash_grounds")
    if c.personnel_cash == 0:
        return one(P, N)
    if c.size != "large":
        if c.personnel_cash * 2 <= c.government:
            return one(P)
        if c.size != "midsize" and c.opened and years_after(c.opened, 7) >= p.start:
            return one(P) if c.size == "small" else one(P, U, F)  # a candidate's being small is for staff to say
        others = c.personnel_cash - c.hired_pay  # new hires' pay is ground of its own, and document 18 proves them
        told = c.pay_table and sum(p.pay_in_cash for p in c.people) == c.personnel_cash
        if told and c.hired_pay and "18" not in c.lacks and others * 2 <= c.government:
            return one(P)
    if grounds is not None:
        return of(bool(grounds))
    if c.size != "large" and c.personnel_cash * 2 <= c.government + 4 * c.hired_pay:
        return one(P, U)  # whether they are new hires is proved by document 18
    return one(U)


def outsourcing_detail(c: Company) -> Outcomes:
    """§3-3: from 30,000,000 원 with VAT the plan describes it, and document 17 is there."""
    if c.outsourcing == 0:
        return one(P, N)
    if c.outsourcing < 27_272_728:
        return one(P)
    if c.outsourcing < 30_000_000:
        return one(P, U, F)  # VAT may lift it over the limit
    if "17" in c.lacks:
        return one(F)
    described = c.staff.get("outsourcing_described", c.described)
    return one(U) if described is None else of(bool(described))


def with_form(amount: int, document: str, c: Company) -> Outcomes:
    """§7 no 16, 18, 19: where the budget has it, the form is there."""
    return of(document not in c.lacks) if amount else one(P, N)
