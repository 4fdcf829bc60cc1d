"""Proposals in which many facts stand at their limits at once, drawn from a seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tests.validators.oracle.cases import SOUND
from tests.validators.oracle.facts import CLOSES, EOK, YEARS, Certificate, Company, K, M, Person, Proposal, Year

_FLAGS = (
    "credit_rating_bbb", "foreign_invested", "crisis_region", "debt_adjusted", "gaap_not_impaired", "is_small_company",
    "personnel_cash_grounds", "outsourcing_described", "banned", "in_arrears", "in_default", "bankrupt",
    "in_rehabilitation", "obligations_open",
)  # fmt: skip
_OPENED = (
    None, date(2001, 2, 3), date(2018, 4, 24), date(2018, 4, 25), date(2018, 4, 26), date(2016, 2, 29),
    date(2016, 4, 30), date(2016, 5, 1), date(2021, 7, 1),
)  # fmt: skip
_REVENUES = (9 * EOK, 299 * EOK, 700 * EOK, 1000 * EOK, 3000 * EOK - 1, 3000 * EOK)
_OPINIONS = ("unqualified", "unqualified", "qualified", "adverse", "disclaimer", None)


def drawn(seed: int) -> Proposal:
    r = Random(seed)
    received = (SOUND.received, CLOSES, CLOSES + timedelta(seconds=30), CLOSES + timedelta(minutes=1), None)
    return Proposal(
        (_company(r, "lead"), _company(r, "partner")),
        received=r.choice(received),
        start=r.choice((date(2023, 5, 1), date(2023, 6, 1), date(2023, 4, 30))),
        end=r.choice((date(2023, 12, 31), date(2023, 12, 31), date(2024, 1, 1))),
        lacks=tuple(n for n in (1, 3, 5, 7) if r.random() < 0.03),
    )


def _year(r: Random, more: int) -> Year:
    """`more` tells the companies' books apart."""
    usual = 600 * M + more
    equity = r.choice((400 * M + more, 400 * M + more, 123_457 + more, 1, 0, -1))
    debt = r.choice((5 * equity, 5 * equity - 1, 5 * equity + 1, usual, 0)) if equity > 0 else r.choice((0, usual))
    current = r.choice((debt, debt // 2, debt // 3, 0))
    assets = r.choice((current // 2, current // 2 + 1, max(0, current // 2 - 1), current, 0))
    interest = r.choice((0, 1, 10 * M + more, 10 * M + more))
    income = r.choice((interest, interest - 1, interest + 1, -5 * M - more, 50 * M + more))
    spent = r.choice((None, 0, 18 * M + more, 20 * EOK + more, 60 * EOK + more))
    revenue = r.choice(_REVENUES) + more // M
    return Year(min(assets, max(0, debt + equity)), current, debt, equity, revenue, income, interest, spent)


def _years(r: Random, audited: bool, more: int) -> dict[int, Year]:
    made = {y: _year(r, more) for y in YEARS if r.random() > 0.08}
    if audited:
        made = {y: replace(year, opinion=r.choice(_OPINIONS)) for y, year in made.items()}
    if 2022 in made and r.random() < 0.15:
        made[2022] = replace(made[2022], estimated=True, opinion=None)
    return made


def _person(r: Random, one: Person) -> Person:
    return replace(
        one,
        rate=r.choice(("10", "30", "30", "10.5", "9.9")),
        rate_total=r.choice(("60", "60", "99.9", "100", "100.1")),
        projects=r.choice((1, 2, 3, 5, 5, 6, 7)),
        as_lead=r.choice((1, 2, 3, 4, 5) if one.role == "연구책임자" else (0, 0, 0, 1, 3, 4)),
        new_hire=one.role == "참여연구자" and r.random() < 0.3,
        in_rates=r.random() > 0.03,
        in_consent=r.random() > 0.03,
    )


def _staff(r: Random) -> dict[str, str | int | bool]:
    said: dict[str, str | int | bool] = {name: r.random() < 0.4 for name in _FLAGS if r.random() < 0.12}
    if r.random() < 0.4:
        said["motie_lead_projects"] = r.choice((0, 1, 2, 3, 4))
    if r.random() < 0.4:
        said["outgrown_year"] = r.choice((0, 2019, 2020, 2022, 2023))
    if r.random() < 0.4:
        said["main_industry"] = r.choice(("C26", "C24", "J", "M"))
    return said


def _company(r: Random, key: str) -> Company:
    of_lead = ("midsize", "midsize", "midsize_candidate", "small", "large")
    size = r.choice(of_lead if key == "lead" else ("small", "small", "midsize", "large"))
    cap = {"large": 33, "midsize": r.choice((65, 67, 80))}.get(size, 80)
    government = cap * M + r.choice((0, K, -K, 1, -1))
    own, floor = 100 * M - government, 60 if size == "large" else 10
    cash = min(own, max(0, -(-own * floor // 100) + r.choice((0, -1, 1, M))))
    in_cash, in_kind = r.choice((0, government // 2, government // 2 + 1, 20 * M)), r.choice((0, 5 * M, 20 * M))
    tenth = (in_cash + in_kind) // 10
    audited, valid = r.random() < 0.4, r.choice((date(2023, 4, 24), date(2023, 4, 25), date(2024, 3, 31)))
    paper = Certificate(date(2022, 4, 1), valid, r.random() > 0.1) if r.random() < 0.85 else None
    return replace(
        SOUND.company(key),
        size=size,
        government=government,
        cash=cash,
        in_kind=own - cash,
        personnel_cash=in_cash,
        personnel_in_kind=in_kind,
        allowance=r.choice((tenth, tenth, tenth + K, in_cash // 10)),
        outsourcing=r.choice((0, 0, 27_272_727, 27_272_728, 30 * M - 1, 30 * M)),
        materials=r.choice((0, 0, K)),
        equipment=r.choice((0, 0, 5 * M)),
        indirect=r.choice((0, 6 * M)),
        years=_years(r, audited, 0 if key == "lead" else M),
        audited=audited,
        people=tuple(_person(r, one) for one in SOUND.company(key).people),
        certificate=paper if size == "midsize" else None,
        staff=_staff(r),
        lacks=tuple(paper for paper in ("8", "11", "12", "13 registry", "16", "17", "18", "19") if r.random() < 0.04),
        opened=r.choice(_OPENED),
        registry_issued=r.choice((date(2023, 1, 24), date(2023, 1, 25), date(2023, 4, 1))),
    )
