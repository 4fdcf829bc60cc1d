"""More of what is done to a made proposal in `second_opinion.py`: the notice's edges that only whole papers show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.bends import Bend, K, budget, coverage, head, person, revenue, share, statements, world
from benchmarks.opinion_edges_papers import F, P, U, papers
from benchmarks.opinion_scenarios import BOOKS, KST, MONEY, PEOPLE, Hand, Scenario, both, company, own
from jeopsu.samples.make import make_proposal
from jeopsu.samples.world import World, make_world
from tests.validators.oracle.facts import EOK


def edges() -> Iterator[Scenario]:
    yield from _window()
    yield from _consortium()
    yield from _money()
    yield from _people()
    yield from papers()


def _at(*when: int) -> datetime:
    return datetime(*when, tzinfo=KST)  # type: ignore[misc,arg-type]


def _window() -> Iterator[Scenario]:
    for late in (_at(2023, 4, 25, 17, 59, 59), _at(2023, 4, 25, 18, 0, 1), _at(2023, 4, 25, 18, 0, 59)):
        yield Scenario(f"handed in at {late:%H:%M:%S}", world(), received=late)
    yield Scenario(
        "handed in at 18:00 as another zone says it",
        world(),
        received=datetime.fromisoformat("2023-04-25T09:00:00+00:00"),
    )
    yield Scenario(
        "a minute late as another zone says it", world(), received=datetime.fromisoformat("2023-04-25T09:01:00+00:00")
    )
    yield Scenario("the next morning", world(), received=_at(2023, 4, 26, 9))
    for start, end in (
        (date(2023, 5, 1), date(2024, 1, 1)), (date(2023, 5, 15), date(2023, 12, 31)),
        (date(2023, 6, 1), date(2024, 1, 31)), (date(2023, 5, 2), date(2023, 12, 30)),
    ):  # fmt: skip
        yield Scenario(f"from {start} to {end}", world(start=start, end=end), MONEY)


# -- who takes part --------------------------------------------------------------------------------------------------


def two_partners(made: World) -> World:
    """A second partner with people, accounts and all its papers; the partner's money is shared."""
    names = {p.name for p in made.people} | {made.lead.representative, made.partner.representative}
    for seed in range(made.seed + 1, made.seed + 99):
        other = make_world(seed)
        if names.isdisjoint(p.name for p in other.people) and other.partner.short not in made.partner.short:
            break
    newcomer = other.partner.model_copy(update={"key": "partner2"})
    people = tuple(p.model_copy(update={"organisation": "partner2"}) for p in other.people_of("partner"))
    money = other.budgets[1].model_copy(update={"organisation": "partner2"})
    return made.model_copy(
        update={
            "third": (newcomer, money),
            "people": (*made.people, *people),
            "accounts": {**made.accounts, "partner2": other.accounts["partner"]},
            "motie_projects": {**made.motie_projects, "partner2": 0},
        }
    )


def _named(name: str, short: str, **more: object) -> Bend:
    return company("partner", name=name, file_name=short, **more)


def _consortium() -> Iterator[Scenario]:
    yield Scenario("two partners with all their papers", two_partners)
    yield Scenario("two partners, the first of them without papers of one year", two_partners, (), ("partner 2021년",))
    profit = "partner_is_profit_company", "partner"
    for name, short, outcome in (
        ("사단법인 늘품데이터협회", "늘품데이터협회", F), ("재단법인 늘품데이터진흥원", "늘품데이터진흥원", F),
        ("늘품대학교 산학협력단", "늘품대학교 산학협력단", F), ("늘품데이터 유한회사", "늘품데이터", P),
        ("늘품데이터협동조합", "늘품데이터협동조합", U), ("주식회사 늘품데이터연구원", "늘품데이터연구원", P),
    ):  # fmt: skip
        yield Scenario(f"partner {name}", _named(name, short), says=((*profit, outcome),))
    branch = ("consortium_one_to_one", None, F), ("registry_fresh", "partner", U)  # its papers bear the lead's number
    same: Bend = lambda made: company("partner", corporate_number=made.lead.corporate_number)(made)  # noqa: E731
    yield Scenario("a branch of the lead", same, says=branch)
    yield Scenario("a partner that calls itself a candidate", company("partner", size="midsize_candidate"))
    candidate = company("lead", size="midsize_candidate")
    yield Scenario("a candidate", candidate)
    yield Scenario("a candidate with its certificate's year estimated", both(candidate, world(estimated=("lead",))))
    for count in (1, 2):
        low = statements("lead", y2020=coverage(-1), y2021=coverage(-1), y2022=coverage(-1))
        run = world(motie_projects={"lead": count, "partner": 0})
        yield Scenario(f"a marginal candidate with {count} projects", both(candidate, low, run))
    yield Scenario("a candidate without 2021", candidate, (), ("lead 2021년",))
    yield Scenario("a candidate of 300억", both(candidate, statements("lead", y2022=revenue(299 * EOK))))
    mid = company("partner", size="midsize")
    whose = world(midsize_valid=(date(2022, 4, 1), date(2023, 3, 31)))
    yield Scenario("a mid-size partner, certificates of last year", both(mid, whose))
    yield Scenario("two mid-size companies", mid)


# -- money -----------------------------------------------------------------------------------------------------------


def sales(won: int, more: int = 0) -> Bend:
    """The lead's revenue of each of three years; the last one's a few units off."""
    return statements("lead", y2020=revenue(won), y2021=revenue(won), y2022=revenue(won, more))


def paid_in_cash(key: str, more: int, government: int) -> Bend:
    """Personnel in cash of a share of the grant (in percent), and so much more."""

    def change(one):  # type: ignore[no-untyped-def]
        cash = one.government * government // 100 // (10 * K) * 10 * K + more
        return {"personnel_cash": cash, "research_allowance": (cash + one.personnel_in_kind) // 10}

    return budget(key, change)


def _money() -> Iterator[Scenario]:
    everything = (*MONEY, *BOOKS)
    for more, words in ((0, "exactly 3,000억"), (-1, "a unit under 3,000억")):
        for percent in (66, 67, 68, 80, 81):
            bend = both(sales(3000 * EOK, 3 * more), share("lead", percent, 100 - percent), grant_kept)
            yield Scenario(f"lead of {words} on average, {percent} % government money", bend, everything)
    for key in ("lead", "partner"):
        yield Scenario(
            f"{key}'s items a thousand over", budget(key, lambda b: {"activity": b.activity + K}, adds_up=False), MONEY
        )
        yield Scenario(
            f"{key} without government money",
            budget(key, lambda b: {"government": 0, "outsourcing": 0, "equipment": 0, "materials": 0, "indirect": 0}),
            MONEY,
        )
        bare = budget(key, lambda b: {"cash": 0, "in_kind": b.in_kind + b.cash})
        yield Scenario(f"{key} without cash of its own", bare, MONEY)
        yield Scenario(
            f"{key} with cash alone", budget(key, lambda b: {"cash": b.cash + b.in_kind, "in_kind": 0}), MONEY
        )
        unpaid = budget(key, lambda b: {"personnel_cash": 0, "personnel_in_kind": 0, "research_allowance": 0})
        yield Scenario(f"{key} without any pay", unpaid, MONEY)
        yield Scenario(f"{key} without an allowance", budget(key, lambda b: {"research_allowance": 0}), MONEY)
    candidate = company("lead", size="midsize_candidate")
    for more in (0, -K):
        tenth = budget("lead", lambda b, m=more: {"cash": -(-b.in_kind // (9 * K)) * K + m})
        yield Scenario(f"a candidate's cash at 10 % {more:+d}", both(candidate, tenth))
    large = company("partner", size="large")
    some = both(large, own("partner", 30_000, 45_000, 25_000))
    yield Scenario("a large partner that pays in cash", some)
    none = budget("partner", lambda b: {"personnel_cash": 0, "research_allowance": b.personnel_in_kind // 10})
    yield Scenario("a large partner that pays nobody in cash", both(some, none))
    for day in (date(2016, 4, 30), date(2016, 5, 1), date(2016, 5, 2)):
        young = both(company("partner", founded=day), paid_in_cash("partner", 10 * K, 55))
        yield Scenario(f"cash pay over the half, opened {day}", young, (*MONEY, 5, 8, 10, 13, 14))
    for more in (0, 10 * K):
        yield Scenario(f"partner's cash pay at a half {more:+d}", paid_in_cash("partner", more, 50), MONEY)
    yield Scenario(
        "partner buys equipment without its form",
        budget("partner", lambda b: {"equipment": 20 * K}),
        MONEY,
        ("partner [서식-16]",),
    )


def grant_kept(made: World) -> World:
    """The whole grant within its cap, the lead's proportions as they are."""
    one = made.budgets[0]
    if one.government + made.budgets[1].government <= 200_000 * K:
        return made
    return budget("partner", lambda b: {"government": max(200_000 * K - one.government, K)})(made)


# -- people ----------------------------------------------------------------------------------------------------------


def co_head(**change: object) -> Bend:
    """The partner's responsible person, changed."""

    def bend(made: World) -> World:
        whom = made.people_of("partner")[0]
        people = tuple(p.model_copy(update=change) if p is whom else p for p in made.people)
        return made.model_copy(update={"people": people})

    return bend


def again(bend: Bend, *papers: int) -> Hand:
    """These papers as another proposal would have printed them."""

    def hand(folder: Path, made: World) -> None:
        make_proposal(folder, seed=made.seed, bend=lambda _: bend(made), only=papers)

    return hand


def without_last(key: str) -> Bend:
    """The proposal without the last person of an organisation who is not to be hired."""

    def bend(made: World) -> World:
        whom = next(p for p in reversed(made.people_of(key)) if not p.new_hire)
        return made.model_copy(update={"people": tuple(p for p in made.people if p is not whom)})

    return bend


def _people() -> Iterator[Scenario]:
    for key in ("lead", "partner"):
        for rate in ("10.0", "9.9", "9.99", "10.5"):
            yield Scenario(f"{key}: rate {rate} %", person(key, rate=Decimal(rate)), PEOPLE)  # type: ignore[arg-type]
        for other in ("60.0", "60.1", "59.9"):
            bend = person(key, rate=40, other_rate=Decimal(other))  # type: ignore[arg-type]
            yield Scenario(f"{key}: 40 % and {other} % elsewhere", bend, PEOPLE)
        yield Scenario(
            f"{key}: all of the time here", person(key, rate=100, other_rate=0, projects=1, projects_as_lead=0), PEOPLE
        )
        yield Scenario(f"{key}: somebody is missing in document 5", world(), PEOPLE, hand=again(without_last(key), 5),
                       says=(("participants_agree", None, F), ("participation_rate_total", key, U),
                             ("concurrent_projects", key, U)))  # fmt: skip
        yield Scenario(f"{key}: somebody is missing in document 10", world(), PEOPLE, hand=again(without_last(key), 10),
                       says=(("participants_agree", None, F),))  # fmt: skip
        unsigned: Bend = lambda made, k=key: world(unsigned=(made.people_of(k)[1].name,))(made)  # noqa: E731
        yield Scenario(f"{key}: somebody has not signed", unsigned, (10,), says=(("signoff_present", key, F),))
        new: Bend = lambda made, k=key: world(unsigned=(made.people_of(k)[-1].name,))(made)  # noqa: E731
        yield Scenario(
            f"{key}: who is to be hired has not signed", new, (10,), says=(("signoff_present", key, P, U, F),)
        )
        lower = again(person(key, rate=9), 5)
        yield Scenario(f"{key}: 10 % in the plan, 9 % in document 5", person(key, rate=10), PEOPLE, hand=lower,
                       says=(("participation_rate_min", key, U, F),))  # fmt: skip
    for projects in (5, 6, 7):
        yield Scenario(f"co-head: {projects} projects", co_head(projects=projects, projects_as_lead=0), PEOPLE)
    for projects, led in ((9, 3), (7, 1), (4, 4), (5, 5)):
        yield Scenario(
            f"head: {projects} projects, {led} as lead", head(projects=projects, projects_as_lead=led), PEOPLE
        )
    for led in (3, 4, 5):
        yield Scenario(f"co-head leads {led} others", co_head(projects=led + 1, projects_as_lead=led), PEOPLE)
