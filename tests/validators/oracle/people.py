"""§4-3 p9 and §8: rates, numbers of projects, who employs the responsible person."""

from __future__ import annotations

from decimal import Decimal

from tests.validators.oracle.facts import Company, F, Outcomes, P, U, of, one


def rate_min(c: Company) -> Outcomes:
    return of(all(Decimal(p.rate) >= 10 for p in c.people))


def rate_total(c: Company, form: bool) -> Outcomes:
    """≤ 100 % over all projects; who is not on the form is not known."""
    if not form:
        return one(U)
    if any(p.in_rates and Decimal(p.rate_total) > 100 for p in c.people):
        return one(F)
    return one(P) if all(p.in_rates for p in c.people) else one(U)


def concurrent_projects(c: Company, form: bool) -> Outcomes:
    """More than 5 (the lead researcher: more than 3 as lead) fail. Whether this one counts is not said: exactly 5 (3)
    others are open (reading 5). The lead researcher is exempt from the 5."""
    if not form:
        return one(U)
    worst = P
    for p in c.people:
        if not p.in_rates:
            worst = U
            continue
        lead = p.role == "연구책임자"
        others, limit = (p.as_lead - 1, 3) if lead else (p.projects - 1, 5)
        if others > limit:
            return one(F)
        # whether the 3 bind who does not lead this project is not said: no reading passes it unseen
        if others == limit or (not lead and p.as_lead > 3):
            worst = U
    return one(worst)


def affiliation(c: Company) -> Outcomes:
    """The responsible person is employed here; a permitted double post needs its paper."""
    if "12" in c.lacks or c.certified:
        return one(U)  # nothing says who employs the responsible person
    if c.employer is None:
        return one(P)
    permitted = c.staff.get("double_post_permitted")
    return of(bool(permitted)) if permitted is not None else one(F, U)


def agree(companies: tuple[Company, ...], form: bool) -> Outcomes:
    """The same people in the plan, the rates form and the consent form; who is still to be hired cannot sign."""
    if not form or any("10" in c.lacks for c in companies):
        return one(U, F)  # the form itself is missing: another rule says so
    everyone = [p for c in companies for p in c.people]
    if all(p.new_hire or (p.in_rates and p.in_consent) for p in everyone):
        return one(P)
    return one(F)
