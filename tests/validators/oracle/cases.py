"""What scenarios are made of: one sound proposal, and one fact of it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from tests.validators.oracle.facts import YEARS, Certificate, Company, M, Person, Proposal, Year


def books(more: int) -> Year:
    """A sound year. No two companies' books are alike: those that are, are taken for one company's."""
    return Year(
        current_assets=300 * M + more,
        current_liabilities=200 * M + more,
        liabilities=600 * M + more,
        equity=400 * M + more,
        revenue=900 * M + more,
        operating_income=50 * M + more,
        interest_expense=10 * M + more,
    )


_BOOKS = {"lead": books(0), "partner": books(M)}
SOUND = Proposal(
    (
        Company(
            "lead",
            "midsize",
            (Person("박하나", "연구책임자", as_lead=1), Person("최두리")),
            certificate=Certificate(),
            equipment=10 * M,
        ),
        Company(
            "partner",
            "small",
            (Person("정세나", "공동연구책임자"), Person("오네라")),
            government=80 * M,
            cash=5 * M,
            in_kind=15 * M,
            years=dict.fromkeys(YEARS, _BOOKS["partner"]),
        ),
    )
)


class Case(NamedTuple):
    """`outcome`: what the scenario's author says of one rule, of one organisation (None: the project)."""

    what: str
    rule: str
    whose: str | None
    outcome: str
    proposal: Proposal


def bent(key: str, p: Proposal = SOUND, **change: Any) -> Proposal:
    """One organisation with other facts."""
    return replace(p, companies=tuple(replace(c, **change) if c.key == key else c for c in p.companies))


def lead(**change: Any) -> Proposal:
    return bent("lead", **change)


def partner(**change: Any) -> Proposal:
    return bent("partner", **change)


def person(key: str, number: int = 1, **change: Any) -> Proposal:
    people = SOUND.company(key).people
    return bent(key, people=tuple(replace(p, **change) if i == number else p for i, p in enumerate(people)))


def years(key: str, p: Proposal = SOUND, without: tuple[int, ...] = (), **of: Mapping[str, Any]) -> Proposal:
    """`y2021={…}`: that year's figures; `all={…}`: every year's."""
    made = {y: replace(_BOOKS[key], **of.get("all", {}), **of.get(f"y{y}", {})) for y in YEARS if y not in without}
    return bent(key, p, years=made)


def candidate(p: Proposal = SOUND, **change: Any) -> Proposal:
    """A lead that is a candidate instead of mid-size."""
    return bent("lead", p, size="midsize_candidate", certificate=None, **change)


def opened(key: str, day: date, p: Proposal) -> Proposal:
    return bent(key, p, opened=day)
