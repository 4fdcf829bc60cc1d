"""Every rule for every organisation, and the whole proposal's verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from tests.validators.oracle import money, people, shape, soundness
from tests.validators.oracle.facts import CLOSES, KST, OPENS, Company, F, Outcomes, P, Proposal, U, of, one

Opinion = dict[tuple[str, str | None], Outcomes]
# What only staff can say: rule → the call's name for what they look up, and the answer that is in order.
_LOOKED_UP = {
    "participation_ban": ("banned", False),
    "tax_arrears": ("in_arrears", False),
    "credit_default": ("in_default", False),
    "bankruptcy": ("bankrupt", False),
    "rehabilitation": ("in_rehabilitation", False),
    "obligations_unmet": ("obligations_open", False),
}
_OF_PROJECT = {"duplicate_project": ("not_duplicate", True), "purpose_fit": ("fits_purpose", True)}
_EXCLUDE = (
    "submitted_in_window", "debt_ratio_two_years", "current_ratio_two_years", "capital_impairment", "audit_opinion",
    "marginal_company_projects", "participation_ban", "tax_arrears", "credit_default", "bankruptcy", "rehabilitation",
)  # fmt: skip
_MAY_EXCLUDE = (
    "consortium_one_to_one", "lead_is_midsize_or_candidate", "partner_is_profit_company", "candidate_conditions",
    "participation_rate_min", "participation_rate_total", "concurrent_projects", "lead_affiliation",
    "obligations_unmet", "duplicate_project", "purpose_fit",
)  # fmt: skip


def window(p: Proposal) -> Outcomes:
    """§6: 2023-03-15 09:00 to 2023-04-25 18:00; the closing minute's seconds people look at."""
    if p.received is None or CLOSES < p.received < CLOSES + timedelta(minutes=1):
        return one(U)
    return of(OPENS <= p.received <= CLOSES)


def registry(c: Company, p: Proposal) -> Outcomes:
    """Three months before the closing day (reading 11); a day after the submission contradicts it."""
    handed_in = (p.received or CLOSES).astimezone(KST).date()
    if c.registry_issued > handed_in:
        return one(U, F)
    return of(c.registry_issued >= date(2023, 1, 25))


def _known(said: bool | str | int | None, in_order: bool) -> Outcomes:
    return one(U) if said is None else of(said is in_order)


def _of_project(p: Proposal) -> Iterator[tuple[str, Outcomes]]:
    yield "submitted_in_window", window(p)
    yield "consortium_one_to_one", shape.one_to_one(p)
    yield "grant_cap", of(sum(c.government for c in p.companies) <= 200_000_000)
    yield "project_period", of(date(2023, 5, 1) <= p.start <= p.end <= date(2023, 12, 31))
    yield "participants_agree", people.agree(p.companies, 5 not in p.lacks)
    for rule, (name, in_order) in _OF_PROJECT.items():
        yield rule, _known(p.staff.get(name), in_order)


def _of_company(c: Company, p: Proposal) -> Iterator[tuple[str, Outcomes]]:
    if c.key == "lead":
        yield "lead_is_midsize_or_candidate", shape.lead_type(c)
        yield "marginal_company_projects", soundness.marginal_projects(c)
        yield "candidate_conditions", shape.candidate_conditions(c)
        yield "candidate_statements", shape.candidate_statements(c)
    else:
        yield "demonstration_agreement", shape.demonstration(c)
    yield "midsize_certificate", shape.certificate(c)
    yield "government_share", money.government_share(c)
    yield "cash_share", money.cash_share(c)
    yield "budget_adds_up", money.budget_adds_up(c)
    yield "research_allowance_exact", money.research_allowance(c)
    yield "personnel_cash_cap", money.personnel_cash_cap(c, p)
    yield "outsourcing_detail", money.outsourcing_detail(c)
    yield "equipment_detail", money.with_form(c.equipment, "16", c)
    yield "materials_detail", money.with_form(c.materials, "19", c)
    yield "new_hire_detail", money.with_form(c.new_hires, "18", c)
    yield "participation_rate_min", people.rate_min(c)
    yield "participation_rate_total", people.rate_total(c, 5 not in p.lacks)
    yield "concurrent_projects", people.concurrent_projects(c, 5 not in p.lacks)
    yield "lead_affiliation", people.affiliation(c)
    if "12" not in c.lacks:
        yield "employment_matches", of(c.certified is None)
    yield "debt_ratio_two_years", soundness.debt_ratio(c)
    yield "current_ratio_two_years", soundness.current_ratio(c)
    yield "capital_impairment", soundness.impairment(c)
    yield "audit_opinion", soundness.audit_opinion(c)
    yield "fiscal_years_complete", soundness.complete(c)
    if "13 registry" not in c.lacks:
        yield "registry_fresh", registry(c, p)
    for rule, (name, in_order) in _LOOKED_UP.items():
        yield rule, _known(c.staff.get(name), in_order)


def opinion(p: Proposal) -> Opinion:
    """(rule, organisation or None for the project) → the outcomes that are right."""
    found: Opinion = {(rule, None): outcomes for rule, outcomes in _of_project(p)}
    for c in p.companies:
        found |= {(rule, c.key): outcomes for rule, outcomes in _of_company(c, p)}
        if c.admits:  # declared 해당: a fail, where the statements do not say the contrary (readings 15, 16)
            own = found[c.admits, c.key]
            looked_up = c.admits in _LOOKED_UP and own == {U}
            found[c.admits, c.key] = one(F) if looked_up else one(U) if own == {P} else own
    return found


def effect(rule: str) -> str:
    return "exclude" if rule in _EXCLUDE else "may_exclude" if rule in _MAY_EXCLUDE else "supplement"


def verdict(p: Proposal) -> frozenset[str]:
    """The worst that is certain; several where a rule has several right outcomes."""
    found = opinion(p)
    words = ("excluded", "exclusion_possible", "supplement")
    effects = ("exclude", "may_exclude", "supplement")
    certain = [effect(rule) for (rule, _), outcomes in found.items() if outcomes == {F}]
    if p.lacks or any(set(c.lacks) - {"9"} for c in p.companies):
        certain.append("supplement")
    perhaps = [effect(rule) for (rule, _), outcomes in found.items() if F in outcomes]
    least = next((w for w, e in zip(words, effects, strict=True) if e in certain), None)
    if least is None:
        unsettled = [outcomes for (rule, _), outcomes in found.items() if U in outcomes]
        least = "undetermined" if any(outcomes == {U} for outcomes in unsettled) else "clear"
    right = {least}
    for word, e in zip(words, effects, strict=True):
        if word == least:
            break
        if e in perhaps:
            right.add(word)
    return frozenset(right)


__all__ = ["P", "effect", "opinion", "verdict"]
