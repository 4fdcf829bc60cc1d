"""Scenarios of §1-3 and §3: the grant, shares, cash, personnel, research allowance, single items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from tests.validators.oracle.cases import SOUND, Case, bent, candidate, lead, partner, person, years
from tests.validators.oracle.facts import EOK, F, K, M, N, P, Proposal, U


def _shared(key: str, size: str, government: int, own: int, revenue: int | None = None, **more: Any) -> Proposal:
    """An organisation of a size with that government money and as much of its own, a fifth of it in cash."""
    made = bent(key, size=size, government=government, cash=own * 3 // 5, in_kind=own - own * 3 // 5, **more)
    if size == "midsize" and key == "partner":
        made = bent(key, made, certificate=SOUND.company("lead").certificate)
    return made if revenue is None else years(key, made, all={"revenue": revenue})


def cases() -> Iterator[Case]:
    yield from _grant()
    yield from _government()
    yield from _cash()
    yield from _sums()
    yield from _personnel()
    yield from _allowance()
    yield from _items()


def _grant() -> Iterator[Case]:
    rule = "grant_cap"
    for more, outcome in ((0, P), (1, F), (-1, P)):
        made = bent("partner", lead(government=120 * M, cash=30 * M, in_kind=50 * M), government=80 * M + more)
        yield Case(f"2억 {more:+d}", rule, None, outcome, made)
    yield Case("nothing from the government", rule, None, P, bent("partner", lead(government=0), government=0))
    for start, end, outcome in (
        (date(2023, 5, 1), date(2023, 12, 31), P),
        (date(2023, 4, 30), date(2023, 12, 31), F),
        (date(2023, 5, 1), date(2024, 1, 1), F),
        (date(2023, 6, 1), date(2023, 12, 30), P),
        (date(2023, 5, 1), date(2024, 12, 31), F),
        (date(2023, 12, 31), date(2023, 5, 1), F),
    ):
        yield Case(f"{start} to {end}", "project_period", None, outcome, replace(SOUND, start=start, end=end))


def _government() -> Iterator[Case]:
    rule = "government_share"
    big, small = 3000 * EOK, 3000 * EOK - 1
    for size, percent, revenue in (
        ("large", 33, None),
        ("midsize", 65, big),
        ("small", 80, None),
        ("midsize_candidate", 80, None),
    ):
        key = "lead" if size in ("midsize", "midsize_candidate") else "partner"
        for more, outcome in ((0, P), (K, F), (-K, P)):
            made = _shared(key, size, percent * M + more, (100 - percent) * M - more, revenue)
            yield Case(f"{size} {percent} % {more:+d}", rule, key, outcome, made)
    for percent, more, outcome in ((65, 0, P), (67, 0, P), (67, K, U), (80, 0, U), (80, K, F)):
        made = _shared("lead", "midsize", percent * M + more, (100 - percent) * M - more, small)
        yield Case(f"mid-size under 3,000억 {percent} % {more:+d}", rule, "lead", outcome, made)
    at = _shared("lead", "midsize", 66 * M, 34 * M, big)
    yield Case("average of exactly 3,000억, 66 %", rule, "lead", F, at)
    gone = years("lead", at, without=(2020,), all={"revenue": big})
    yield Case("average not known, 66 %", rule, "lead", U, gone)
    yield Case(
        "average not known, 65 %",
        rule,
        "lead",
        P,
        years("lead", _shared("lead", "midsize", 65 * M, 35 * M), without=(2020,)),
    )
    yield Case(
        "average not known, 81 %",
        rule,
        "lead",
        F,
        years("lead", _shared("lead", "midsize", 81 * M, 19 * M), without=(2020,)),
    )
    # three years, of which one alone is under 3,000억: the average decides
    mixed = years(
        "lead", at, y2020={"revenue": big - 300 * EOK}, y2021={"revenue": big}, y2022={"revenue": big + 300 * EOK}
    )
    yield Case("one year under, the average at 3,000억", rule, "lead", F, mixed)
    # 64.9995 % prints as 65.0 %; 65.0005 %, too
    yield Case("a won of rounding over", rule, "lead", F, _shared("lead", "midsize", 65_000_001, 34_999_999, big))
    yield Case("a mid-size partner at 65 %", rule, "partner", P, _shared("partner", "midsize", 65 * M, 35 * M, big))
    yield Case(
        "a mid-size partner over 65 %", rule, "partner", F, _shared("partner", "midsize", 65 * M + K, 35 * M - K, big)
    )
    yield Case(
        "in a crisis region",
        rule,
        "partner",
        F,
        _shared("partner", "small", 81 * M, 19 * M, staff={"crisis_region": True}),
    )
    yield Case("nothing from the government", rule, "lead", P, lead(government=0, cash=50 * M, in_kind=50 * M))


def _cash() -> Iterator[Case]:
    rule = "cash_share"
    for more, outcome in ((0, P), (-1, F), (1, P)):
        yield Case(f"small 10 % {more:+d}", rule, "partner", outcome, partner(cash=2 * M + more, in_kind=18 * M - more))
        yield Case(f"mid-size 10 % {more:+d}", rule, "lead", outcome, lead(cash=4 * M + more, in_kind=36 * M - more))
        made = candidate(bent("lead", cash=4 * M + more, in_kind=36 * M - more))
        yield Case(f"candidate 10 % {more:+d}", rule, "lead", outcome, made)
        big = bent("partner", size="large", government=33 * M, cash=42 * M + more, in_kind=28 * M - more)
        yield Case(f"large 60 % {more:+d}", rule, "partner", outcome, big)
    yield Case("no cash", rule, "partner", F, partner(cash=0, in_kind=20 * M))
    yield Case("nothing in kind", rule, "partner", P, partner(cash=20 * M, in_kind=0))
    hire = person("partner", new_hire=True, pay_in_cash=M)
    for cash, outcome in ((2 * M, P), (2 * M - 1, U), (0, U)):
        made = bent("partner", hire, cash=cash, in_kind=20 * M - cash)
        yield Case(f"a new hire, {cash} in cash", rule, "partner", outcome, made)
    big = bent("partner", hire, size="large", government=33 * M, cash=41 * M, in_kind=29 * M)
    yield Case("a large company's new hire", rule, "partner", F, big)


def _sums() -> Iterator[Case]:
    rule = "budget_adds_up"
    for key in ("lead", "partner"):
        yield Case(
            "total a thousand over",
            rule,
            key,
            F,
            bent(key, total=100 * M + K, activity=SOUND.company(key).activities + K),
        )
        yield Case("items a thousand over", rule, key, F, bent(key, activity=SOUND.company(key).activities + K))
        yield Case("items a thousand under", rule, key, F, bent(key, activity=SOUND.company(key).activities - K))
    yield Case("won for thousands", rule, "lead", F, lead(activity=SOUND.company("lead").activities // 1000))


def _personnel() -> Iterator[Case]:
    rule = "personnel_cash_cap"

    def paid(key: str, pay: int, **more: Any) -> Proposal:
        return bent(key, personnel_cash=pay, personnel_in_kind=5 * M, allowance=(pay + 5 * M) // 10, **more)

    yield Case("half of the government's", rule, "lead", P, paid("lead", 32_500_000))
    yield Case("over half of it", rule, "lead", U, paid("lead", 32_510_000))
    yield Case("half of the government's", rule, "partner", P, paid("partner", 40 * M))
    yield Case("over half of it", rule, "partner", U, paid("partner", 40_010_000))
    for day, outcome in ((date(2016, 5, 1), P), (date(2016, 4, 30), U), (date(2016, 5, 2), P)):
        yield Case(f"opened {day}", rule, "partner", outcome, paid("partner", 50 * M, opened=day))
    yield Case("a young mid-size company", rule, "lead", U, paid("lead", 40 * M, opened=date(2022, 1, 3)))
    for others, lacks, outcome in (
        (32_500_000, (), P),
        (32_510_000, (), U),
        (32_500_000, ("18",), U),
    ):
        pay = [replace(p, pay_in_cash=x) for p, x in zip(SOUND.company("lead").people, (others, 10 * M), strict=True)]
        people = (pay[0], replace(pay[1], new_hire=True))
        made = paid("lead", others + 10 * M, people=people, pay_table=True, lacks=lacks)
        yield Case(f"{others} beside a new hire's, lacks {lacks}", rule, "lead", outcome, made)
    short = paid("lead", 45 * M, people=(replace(pay[0], pay_in_cash=30 * M), people[1]), pay_table=True)
    yield Case("everybody's pay is not what is budgeted", rule, "lead", U, short)
    yield Case("staff see the grounds", rule, "lead", P, paid("lead", 40 * M, staff={"personnel_cash_grounds": True}))
    yield Case("staff see none", rule, "lead", F, paid("lead", 40 * M, staff={"personnel_cash_grounds": False}))
    large = {"size": "large", "government": 33 * M, "cash": 50 * M, "in_kind": 17 * M}
    yield Case("large, in cash", rule, "partner", U, paid("partner", 10_000, **large))
    yield Case("large, in kind alone", rule, "partner", P, paid("partner", 0, **large))
    yield Case("nobody in cash", rule, "lead", P, paid("lead", 0))


def _allowance() -> Iterator[Case]:
    rule = "research_allowance_exact"
    for key in ("lead", "partner"):
        for amount, outcome in ((4 * M, P), (4 * M + K, F), (4 * M - K, F), (4 * M + 1, F), (0, F)):
            yield Case(f"{amount} of 40,000,000", rule, key, outcome, bent(key, allowance=amount))
    yield Case("a tenth of the cash only", rule, "lead", U, lead(allowance=2 * M))
    yield Case("a fifth", rule, "lead", F, lead(allowance=8 * M))
    none = lead(personnel_cash=0, personnel_in_kind=0, allowance=0)
    yield Case("no personnel, no allowance", rule, "lead", P, none)
    yield Case("an allowance for nobody", rule, "lead", F, lead(personnel_cash=0, personnel_in_kind=0, allowance=K))


def _items() -> Iterator[Case]:
    rule = "outsourcing_detail"
    yield Case("27,272,727", rule, "lead", P, lead(outsourcing=27_272_727))
    yield Case("30,000,000, described", rule, "lead", P, lead(outsourcing=30 * M, described=True))
    yield Case(
        "30,000,000, not described", rule, "lead", F, lead(outsourcing=30 * M, staff={"outsourcing_described": False})
    )
    yield Case("30,000,000, no document 17", rule, "lead", F, lead(outsourcing=30 * M, described=True, lacks=("17",)))
    yield Case("30,000,000, nobody has looked", rule, "lead", U, lead(outsourcing=30 * M))
    yield Case("no outsourcing", rule, "lead", N, lead())
    for rule, key, document in (
        ("equipment_detail", "equipment", "16"),
        ("materials_detail", "materials", "19"),
    ):
        yield Case("with its form", rule, "partner", P, partner(**{key: 5 * M}))
        yield Case("without its form", rule, "partner", F, partner(**{key: 5 * M}, lacks=(document,)))
        yield Case("a thousand, without", rule, "partner", F, partner(**{key: K}, lacks=(document,)))
        yield Case("none", rule, "partner", N, partner(**{key: 0}))
    hire = person("partner", new_hire=True, pay_in_cash=M)
    yield Case("a new hire", "new_hire_detail", "partner", P, hire)
    yield Case("a new hire without form", "new_hire_detail", "partner", F, bent("partner", hire, lacks=("18",)))
