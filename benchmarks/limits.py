"""Whole digital proposals bent to a limit of the call, just inside and just outside: from the files to the verdict.

    python -m benchmarks.limits --seeds 4 5 [--only debt]

Each scenario changes one made proposal (`samples/`), writes its files anew, reads them and asks one rule. What did not
change is not read again. Printed: outcomes that are not the expected one; at the end their number.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from benchmarks.bends import (
    Bend,
    K,
    budget,
    cash,
    coverage,
    current,
    debt,
    equity,
    grant,
    head,
    person,
    share,
    statements,
    world,
)
from benchmarks.mishaps import Kept
from jeopsu.domain.findings import Outcome
from jeopsu.flows import check
from jeopsu.samples.make import make_proposal

KST = timezone(timedelta(hours=9))
P, F, U = Outcome.PASS, Outcome.FAIL, Outcome.UNDETERMINED


class Limit(NamedTuple):
    """What is bent, and what one rule must say of whom."""

    what: str
    rule: str
    whose: str | None
    outcome: Outcome
    bend: Bend
    received: datetime | None = None


def limits() -> Iterator[Limit]:
    same = world()
    closing = datetime(2023, 4, 25, 18, 0, 0, tzinfo=KST)
    yield Limit("at the opening", "submitted_in_window", None, P, same, datetime(2023, 3, 15, 9, tzinfo=KST))
    yield Limit(
        "before the opening", "submitted_in_window", None, F, same, datetime(2023, 3, 15, 8, 59, 59, tzinfo=KST)
    )
    yield Limit("at the closing", "submitted_in_window", None, P, same, closing)
    yield Limit("in the closing minute", "submitted_in_window", None, U, same, closing + timedelta(seconds=30))
    yield Limit("a minute late", "submitted_in_window", None, F, same, closing + timedelta(minutes=1))
    yield Limit("grant at the cap", "grant_cap", None, P, grant(200_000 * K))
    yield Limit("grant over the cap", "grant_cap", None, F, grant(200_001 * K))
    yield Limit("lead's share at 65 %", "government_share", "lead", P, share("lead", 13, 7))
    yield Limit("lead's share over 65 %", "government_share", "lead", F, share("lead", 13, 7, K))
    yield Limit("partner's share at 80 %", "government_share", "partner", P, share("partner", 4, 1))
    yield Limit("partner's share over 80 %", "government_share", "partner", F, share("partner", 4, 1, K))
    yield Limit("partner's cash at 10 %", "cash_share", "partner", P, cash(0))
    # Pay of young new hires may stand for cash (공고 3-1): whether the hires of the plan are such, staff look up.
    yield Limit("partner's cash under 10 %", "cash_share", "partner", U, cash(-K))
    yield Limit(
        "allowance over",
        "research_allowance_exact",
        "lead",
        F,
        budget("lead", lambda b: {"research_allowance": b.research_allowance + K}),
    )
    yield Limit(
        "allowance under",
        "research_allowance_exact",
        "partner",
        F,
        budget("partner", lambda b: {"research_allowance": b.research_allowance - K}),
    )
    yield Limit(
        "items do not add up",
        "budget_adds_up",
        "lead",
        F,
        budget("lead", lambda b: {"activity": b.activity + K}, adds_up=False),
    )
    for key in ("lead", "partner"):
        yield Limit("rate 10 %", "participation_rate_min", key, P, person(key, rate=10))
        yield Limit("rate 9 %", "participation_rate_min", key, F, person(key, rate=9))
        yield Limit("rates of 100 % in all", "participation_rate_total", key, P, person(key, rate=40, other_rate=60))
        yield Limit("rates of 101 % in all", "participation_rate_total", key, F, person(key, rate=40, other_rate=61))
        yield Limit("5 projects with this", "concurrent_projects", key, P, person(key, projects=5, projects_as_lead=0))
        yield Limit("5 others", "concurrent_projects", key, U, person(key, projects=6, projects_as_lead=0))
        yield Limit("6 others", "concurrent_projects", key, F, person(key, projects=7, projects_as_lead=0))
        yield Limit(
            "500 % in both years", "debt_ratio_two_years", key, F, statements(key, y2021=debt(5000), y2022=debt(5000))
        )
        yield Limit(
            "a won under 500 % in the last",
            "debt_ratio_two_years",
            key,
            P,
            statements(key, y2021=debt(6000), y2022=debt(5000, -1)),
        )
        yield Limit(
            "a won under 500 % in the first",
            "debt_ratio_two_years",
            key,
            P,
            statements(key, y2021=debt(5000, -1), y2022=debt(7000)),
        )
        yield Limit(
            "no equity in both years",
            "debt_ratio_two_years",
            key,
            F,
            statements(key, y2021=equity(0), y2022=equity(-7)),
        )
        yield Limit(
            "current ratio 50 % in both",
            "current_ratio_two_years",
            key,
            F,
            statements(key, y2021=current(1), y2022=current(1)),
        )
        yield Limit(
            "current ratio over 50 %",
            "current_ratio_two_years",
            key,
            P,
            statements(key, y2021=current(1), y2022=current(1, 1)),
        )
        yield Limit("equity of nothing", "capital_impairment", key, F, statements(key, y2022=equity(0)))
        yield Limit("equity of one", "capital_impairment", key, P, statements(key, y2022=equity(1)))
        yield Limit("equity under nothing", "capital_impairment", key, F, statements(key, y2022=equity(-1)))
        yield Limit("equity under nothing a year ago", "capital_impairment", key, P, statements(key, y2021=equity(-1)))
        first = {"registry_issued": {key: date(2023, 1, 25)}}
        yield Limit("registry of the first day", "registry_fresh", key, P, world(**first))
        old = {"registry_issued": {key: date(2023, 1, 24)}}
        yield Limit("registry of the day before", "registry_fresh", key, F, world(**old))
    yield Limit("3 as lead with this", "concurrent_projects", "lead", P, head(projects=3, projects_as_lead=3))
    yield Limit("3 others as lead", "concurrent_projects", "lead", U, head(projects=4, projects_as_lead=4))
    yield Limit("4 others as lead", "concurrent_projects", "lead", F, head(projects=5, projects_as_lead=5))
    low = coverage(-1)
    yield Limit(
        "three years under 1",
        "marginal_company_projects",
        "lead",
        U,
        statements("lead", y2020=low, y2021=low, y2022=low),
    )
    yield Limit(
        "1 in one of three",
        "marginal_company_projects",
        "lead",
        P,
        statements("lead", y2020=low, y2021=coverage(0), y2022=low),
    )
    yield Limit(
        "certificate until the closing day",
        "midsize_certificate",
        "lead",
        P,
        world(midsize_valid=(date(2022, 4, 1), date(2023, 4, 25))),
    )
    yield Limit(
        "certificate until the day before",
        "midsize_certificate",
        "lead",
        F,
        world(midsize_valid=(date(2022, 4, 1), date(2023, 4, 24))),
    )
    yield Limit("ends a day late", "project_period", None, F, world(end=date(2024, 1, 1)))
    yield Limit("starts a day early", "project_period", None, F, world(start=date(2023, 4, 30)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=[4])
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    asked = wrong = 0
    for seed in given.seeds:
        kept = Kept()
        for limit in limits():
            if given.only not in f"{limit.what} {limit.rule}":
                continue
            with tempfile.TemporaryDirectory() as place:
                truth = make_proposal(Path(place), seed=seed, bend=limit.bend)
                report = check.check_files(
                    [check.on_disk(path, path.name) for path in sorted(Path(place).iterdir())],
                    call_id="kiat-2023-265",
                    proposal="P",
                    received=limit.received or datetime.fromisoformat(truth.submitted).astimezone(UTC),
                    cache=kept,
                    jobs=1,
                )
            found = [f for f in report.findings if f.rule == limit.rule and f.organisation in (limit.whose, None)]
            asked += 1
            if [f.outcome for f in found] != [limit.outcome]:
                wrong += 1
                told = "; ".join(f"{f.outcome} {f.message.ko[:200]}" for f in found)
                print(
                    f"seed {seed} {limit.rule} {limit.whose}: {limit.what}: expected {limit.outcome}, {told}",
                    flush=True,
                )
    print(f"{asked} asked, {wrong} not as expected")


if __name__ == "__main__":
    main()
