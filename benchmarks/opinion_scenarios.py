"""What is done to a made proposal in `second_opinion.py`: at the call's limits, and beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
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
from jeopsu.samples.companies import Company as Invented
from jeopsu.samples.world import World, make_world

KST = timezone(timedelta(hours=9))
MONEY, PEOPLE, BOOKS = (1, 2, 9, 16, 17, 19), (2, 5, 10, 12, 18), (8, 14)


Hand = Callable[[Path, World], None]


class Scenario(NamedTuple):
    """What is bent, the documents that are printed anew (none: all), and uploads that are then taken away."""

    what: str
    bend: Bend
    papers: tuple[int, ...] = ()
    gone: tuple[str, ...] = ()  # parts of file names; "lead …", "partner …": of that company's
    received: datetime | None = None
    hand: Hand | None = None  # what is done to the files last
    says: tuple[tuple[str | None, ...], ...] = ()  # rule, organisation, its right outcomes: what the oracle knows not
    staff: tuple[tuple[str, str, bool | int], ...] = ()  # what staff answered, and of whom


def both(*bends: Bend) -> Bend:
    def bend(made: World) -> World:
        for one in bends:
            made = one(made)
        return made

    return bend


def company(key: str, **change: object) -> Bend:
    def bend(made: World) -> World:
        one: Invented = made.company(key).model_copy(update=change)
        return made.model_copy(update={key: one})

    return bend


def own(key: str, government: int, cash_: int, in_kind: int) -> Bend:
    """A budget by source in 천원; what is spent follows."""
    return budget(key, lambda one: {"government": government * K, "cash": cash_ * K, "in_kind": in_kind * K})


def hires(key: str, new: bool) -> Bend:
    def bend(made: World) -> World:
        people = tuple(p.model_copy(update={"new_hire": new}) if p.organisation == key else p for p in made.people)
        return made.model_copy(update={"people": people})

    return bend


def third(made: World) -> World:
    """A second partner in the plan, with a hundredth of the partner's money."""
    other = make_world(made.seed + 1).partner.model_copy(update={"key": "partner2"})
    small = dict.fromkeys(("government", "cash", "in_kind"), K)
    nothing = {name: 0 for name in made.budgets[1].model_fields if name not in small and name != "organisation"}
    money = made.budgets[1].model_copy(update={**nothing, **small, "organisation": "partner2", "activity": 3 * K})
    return made.model_copy(update={"third": (other, money)})


def scenarios() -> Iterator[Scenario]:
    yield Scenario("as it is", world())
    yield from _money()
    yield from _kinds()
    yield from _books()
    yield from _people()
    yield from _papers()


def _money() -> Iterator[Scenario]:
    for more in (0, K):
        yield Scenario(f"grant at the cap {more:+d}", grant(200_000 * K + more), MONEY)
        yield Scenario(f"lead's share at 65 % {more:+d}", share("lead", 13, 7, more), MONEY)
        yield Scenario(f"partner's share at 80 % {more:+d}", share("partner", 4, 1, more), MONEY)
        yield Scenario(f"partner's cash at 10 % {-more:+d}", cash(-more), MONEY)
        bare = both(cash(-more), hires("partner", False))
        yield Scenario(f"the same without new hires {-more:+d}", bare, (*MONEY, *PEOPLE), ("[서식-18]",))
    for key in ("lead", "partner"):
        for more in (K, -K):
            change = budget(key, lambda b, m=more: {"research_allowance": b.research_allowance + m})
            yield Scenario(f"{key}'s allowance {more:+d}", change, MONEY)
        fifth = budget(key, lambda b: {"research_allowance": b.research_allowance * 2})
        yield Scenario(f"{key}'s allowance of a fifth", fifth, MONEY)
        for amount in (27_272, 27_273, 29_999, 30_000):
            bought = budget(key, lambda b, a=amount: {"outsourcing": a * K})
            yield Scenario(f"{key}'s outsourcing {amount}", bought, MONEY)
    big = budget("lead", lambda b: {"outsourcing": 30_000 * K})
    yield Scenario("outsourcing of 30,000 without its form", big, MONEY, ("[서식-17]",))
    yield Scenario("equipment without its form", world(), (), ("[서식-16]",))
    yield Scenario("materials without their form", world(), (), ("[서식-19]",))
    yield Scenario("new hires without their form", world(), (), ("[서식-18]",))
    yield Scenario("partner buys materials", budget("partner", lambda b: {"materials": 20 * K}), MONEY)
    paid = budget("lead", lambda b: {"personnel_cash": b.government // 2 // (20 * K) * 20 * K})
    tenth = budget("lead", lambda b: {"research_allowance": (b.personnel_cash + b.personnel_in_kind) // 10})
    yield Scenario("lead pays half of the grant in cash", both(paid, tenth), MONEY)


def _kinds() -> Iterator[Scenario]:
    mid = company("partner", size="midsize")
    for more in (0, K):
        yield Scenario(f"a mid-size partner at 67 % {more:+d}", both(mid, share("partner", 67, 33, more)))
        large = company("partner", size="large")
        yield Scenario(
            f"a large partner at 33 % {more:+d}", both(large, own("partner", 33_000 + more // K, 42_000, 25_000))
        )
        yield Scenario(
            f"a large partner's cash at 60 % {-more:+d}",
            both(large, own("partner", 30_000, 42_000 - more // K, 28_000)),
        )
    candidate = company("lead", size="midsize_candidate")
    yield Scenario("a candidate at 80 %", both(candidate, share("lead", 4, 1), grant(180_000 * K)))
    yield Scenario("three parties", third, (2,))
    yield Scenario("a small lead", company("lead", size="small"))
    yield Scenario("a large lead", company("lead", size="large"))
    yield Scenario("a mid-size partner without certificate", mid, (), ("partner [서식-15]",))
    for first, last in (("2022-04-01", "2023-04-25"), ("2022-04-01", "2023-04-24"), ("2023-04-26", "2024-03-31")):
        valid = (date.fromisoformat(first), date.fromisoformat(last))
        yield Scenario(f"certificate {first} to {last}", world(midsize_valid=valid), (15,))
    yield Scenario("no certificate", world(), (), ("[서식-15]",))
    for key in ("lead", "partner"):
        yield Scenario(f"{key}'s researcher is another's", world(employers={key: "주식회사 먼바다테크"}), (12,))
        yield Scenario(f"{key}'s researcher has left", world(left={key: date(2023, 2, 28)}), (12,))


def _books() -> Iterator[Scenario]:
    for kind in ("한정", "부적정", "의견거절"):
        yield Scenario(f"{kind} of 2022", world(opinions={2022: kind}), (14,))
        yield Scenario(f"{kind} of 2021", world(opinions={2021: kind}), (14,))
    for key in ("lead", "partner"):
        heavy = statements(key, y2021=debt(5000), y2022=debt(5000))
        tight = statements(key, y2021=current(1), y2022=current(1))
        yield Scenario(f"{key}'s debt of 500 %", heavy, BOOKS)
        yield Scenario(f"{key}'s debt a unit under", statements(key, y2021=debt(5000), y2022=debt(5000, -1)), BOOKS)
        yield Scenario(f"{key}'s liquidity of 50 %", tight, BOOKS)
        yield Scenario(f"{key}'s liquidity a unit over", statements(key, y2021=current(1, 1), y2022=current(1)), BOOKS)
        yield Scenario(f"{key}'s equity gone", statements(key, y2022=equity(0)), BOOKS)
        yield Scenario(f"{key}'s equity gone twice", statements(key, y2021=equity(-3), y2022=equity(-7)), BOOKS)
        yield Scenario(f"{key}'s equity of one", statements(key, y2022=equity(1)), BOOKS)
        for year in (2020, 2021, 2022):
            yield Scenario(f"{key}'s {year} not there", world(), (), (f"{key} {year}년",))
            yield Scenario(f"{key}'s {year} not there, debt of 500 %", heavy, BOOKS, (f"{key} {year}년",))
    poor = statements("partner", y2021=debt(5000), y2022=debt(5000))
    for day in (date(2018, 4, 24), date(2018, 4, 25), date(2018, 4, 26)):
        yield Scenario(f"debt of 500 %, opened {day}", both(poor, company("partner", founded=day)), (2, 8, 13, 14))
    low = coverage(-1)
    marginal = statements("lead", y2020=low, y2021=low, y2022=low)
    for count in (0, 3, 4):
        yield Scenario(
            f"marginal, {count} projects", both(marginal, world(motie_projects={"lead": count, "partner": 0})), BOOKS
        )
    yield Scenario("marginal in two years", statements("lead", y2020=low, y2021=coverage(0), y2022=low), BOOKS)
    guess = world(estimated=("partner",))
    yield Scenario("2022 estimated", guess, BOOKS, ("표준재무제표증명(2022", "결산재무제표 확인원(2022"))
    closing = ("표준재무제표증명(2022", "결산재무제표 확인원(2022")
    yield Scenario("2022 estimated, debt of 500 %", both(guess, poor), BOOKS, closing)
    lasting = statements("partner", y2020=debt(5000), y2021=debt(5000), y2022=debt(5000))
    yield Scenario("2022 estimated, debt of 500 % thrice", both(guess, lasting), BOOKS, closing)


def _people() -> Iterator[Scenario]:
    for key in ("lead", "partner"):
        for rate in (10, 9):
            yield Scenario(f"{key}: rate {rate} %", person(key, rate=rate), PEOPLE)
        for other in (60, 61):
            yield Scenario(f"{key}: {40 + other} % in all", person(key, rate=40, other_rate=other), PEOPLE)
        for projects in (5, 6, 7):
            yield Scenario(f"{key}: {projects} projects", person(key, projects=projects, projects_as_lead=0), PEOPLE)
    for led in (3, 4, 5):
        yield Scenario(f"lead of {led}", head(projects=led, projects_as_lead=led), PEOPLE)
    yield Scenario("a participant leads 4 others", person("lead", projects=5, projects_as_lead=4), PEOPLE)


def _papers() -> Iterator[Scenario]:
    for key in ("lead", "partner"):
        for day in (date(2023, 1, 25), date(2023, 1, 24), date(2022, 4, 10)):
            yield Scenario(f"{key}'s registry of {day}", world(registry_issued={key: day}), (13,))
    for number in (1, 3, 4, 5, 6, 7):
        yield Scenario(f"no document {number}", world(), (), (f"[서식-{number}]",))
    for number in (7, 10):
        yield Scenario(f"consent of document {number} refused", world(refused=(number,)), (number,))
    yield Scenario("ends on a leap day", world(end=date(2024, 2, 29)), MONEY)
    yield Scenario("starts a day early", world(start=date(2023, 4, 30)), MONEY)
    for number, admitted in enumerate(("banned", "defaulted", "in arrears", "registered", "filed")):
        yield Scenario(f"declares itself {admitted}", world(admitted={"lead": (number,)}), (8,))
    for minute in (0, 1):
        late = datetime(2023, 4, 25, 18, minute, tzinfo=KST)
        yield Scenario(f"handed in at {late}", world(), (), (), late)
