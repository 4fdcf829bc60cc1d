"""Made proposals with other figures: budgets, people, statements bent to a value, and everything still adds up."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from jeopsu.samples.accounts import OTHER_EXPENSE, SGA, TOTALS, YearAccounts, breaks
from jeopsu.samples.budgets import Budget
from jeopsu.samples.world import World

K = 1000
Bend = Callable[[World], World]


# -- money and people ------------------------------------------------------------------------------------------------


def budget(key: str, change: Callable[[Budget], dict[str, int]], *, adds_up: bool = True) -> Bend:
    """Other figures in one budget; what is left of the total falls to 연구활동비."""

    def bend(world: World) -> World:
        made = []
        for one in world.budgets:
            if one.organisation == key:
                one = one.model_copy(update=change(one))
                if adds_up:
                    one = one.model_copy(update={"activity": one.activity + one.total - one.items})
                assert one.activity >= one.outsourcing
            made.append(one)
        return world.model_copy(update={"budgets": tuple(made)})

    return bend


def share(key: str, government: int, own: int, more: int = 0) -> Bend:
    """Government money in the proportion `government` : `own`, and `more` won."""

    def change(one: Budget) -> dict[str, int]:
        cash = one.cash + (-(one.cash + one.in_kind)) % (own * K)
        return {"cash": cash, "government": (cash + one.in_kind) // own * government + more}

    return budget(key, change)


def cash(more: int) -> Bend:
    """The least cash of the partner that is a tenth of its own share, and `more`."""
    return budget("partner", lambda one: {"cash": -(-one.in_kind // (9 * K)) * K + more})


def grant(total: int) -> Bend:
    def bend(world: World) -> World:
        return budget("lead", lambda one: {"government": total - world.budgets[1].government})(world)

    return bend


def person(key: str, **change: int) -> Bend:
    """The second person of an organisation, changed."""

    def bend(world: World) -> World:
        whom = world.people_of(key)[1]
        people = tuple(p.model_copy(update=change) if p is whom else p for p in world.people)
        return world.model_copy(update={"people": people})

    return bend


def head(**change: int) -> Bend:
    def bend(world: World) -> World:
        return world.model_copy(update={"people": (world.people[0].model_copy(update=change), *world.people[1:])})

    return bend


def world(**change: object) -> Bend:
    return lambda made: made.model_copy(update=change)


# -- statements ------------------------------------------------------------------------------------------------------


class Year(NamedTuple):
    """One year's figures, in units of the statement. None: as they were."""

    equity: int | None = None
    liabilities: int | None = None
    current_assets: int | None = None
    current_liabilities: int | None = None
    coverage: tuple[int, int] | None = None  # operating income, interest expense
    revenue: int | None = None


def _shared(rng: Random, total: int, names: tuple[str, ...], unit: int, fixed: dict[str, int]) -> dict[str, int]:
    free = [name for name in names if name not in fixed]
    rest = (total - sum(fixed.values())) // unit
    parts = [rest // len(free) + rng.randrange(-rest // 9, rest // 9) if abs(rest) > 90 else 0 for _ in free[1:]]
    return fixed | dict(zip(free, [n * unit for n in (rest - sum(parts), *parts)], strict=True))


def _bent(year: YearAccounts, to: Year) -> YearAccounts:
    a, unit, rng = dict(year.amounts), year.unit, Random(year.year)
    if to.revenue is not None:
        a["cost_of_sales"] += to.revenue * unit - a["revenue"]
        a["revenue"] = to.revenue * unit
    if to.coverage is not None:
        operating, interest = (n * unit for n in to.coverage)
        a |= _shared(rng, a["gross_profit"] - operating, SGA, unit, {"rnd_expense": a["rnd_expense"]})
        a["sga"], a["operating_income"], a["interest_expense"] = a["gross_profit"] - operating, operating, interest
        a["other_expense"] = sum(a[name] for name in OTHER_EXPENSE)
        a["pretax_income"] = a["operating_income"] + a["other_income"] - a["other_expense"]
        a["net_income"] = a["pretax_income"] - a["tax"]
    if to.equity is not None:
        a["equity"] = to.equity * unit
        a["retained"] = a["equity"] - a["capital_stock"] - a["capital_surplus"] - a["other_comprehensive"]
    if to.liabilities is not None:
        a["liabilities"] = to.liabilities * unit
    if to.equity is not None or to.liabilities is not None:
        a["assets"] = a["liabilities"] + a["equity"]
        a["current_liabilities"] = a["liabilities"] // (2 * unit) * unit
        a["current_assets"] = min(a["current_liabilities"] * 6 // 5, a["assets"] * 7 // 10) // unit * unit
    if to.current_liabilities is not None and to.current_assets is not None:
        a["current_liabilities"], a["current_assets"] = to.current_liabilities * unit, to.current_assets * unit
    a["noncurrent_liabilities"] = a["liabilities"] - a["current_liabilities"]
    a["noncurrent_assets"] = a["assets"] - a["current_assets"]
    for total in ("current_assets", "noncurrent_assets", "current_liabilities", "noncurrent_liabilities"):
        a |= _shared(rng, a[total], TOTALS[total], unit, {})
    made = year.model_copy(update={"amounts": a})
    assert not breaks(made), breaks(made)
    return made


def statements(key: str, **years: Callable[[YearAccounts], Year]) -> Bend:
    """`y2021=…`: how a year is bent, from what it was."""

    def bend(made: World) -> World:
        bent = tuple(_bent(y, years[f"y{y.year}"](y)) if f"y{y.year}" in years else y for y in made.accounts[key])
        return made.model_copy(update={"accounts": {**made.accounts, key: bent}})

    return bend


def debt(times_1000: int, more: int = 0) -> Callable[[YearAccounts], Year]:
    """Liabilities of so many thousandths of the equity, and so many units."""

    def bend(year: YearAccounts) -> Year:
        equity = year["equity"] // year.unit // 1000 * 1000 // 4
        equity -= equity % 1000
        return Year(equity=max(equity, 1000), liabilities=max(equity, 1000) * times_1000 // 1000 + more)

    return bend


def current(half: int, more: int = 0) -> Callable[[YearAccounts], Year]:
    """Current assets of `half` halves of the current liabilities, and so many units."""

    def bend(year: YearAccounts) -> Year:
        owed = year["current_liabilities"] // year.unit // 2 * 2
        return Year(current_liabilities=owed, current_assets=owed // 2 * half + more)

    return bend


def coverage(more: int) -> Callable[[YearAccounts], Year]:
    """An operating income of the interest expense and so many units."""
    return lambda year: Year(
        coverage=(year["interest_expense"] // year.unit + more, year["interest_expense"] // year.unit)
    )


def revenue(won: int, more: int = 0) -> Callable[[YearAccounts], Year]:
    """A revenue of so many won, and so many units."""
    return lambda year: Year(revenue=won // year.unit + more)


def equity(units: int) -> Callable[[YearAccounts], Year]:
    return lambda year: Year(equity=units)
