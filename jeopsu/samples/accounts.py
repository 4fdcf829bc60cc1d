"""Invented accounts of a company for four years in which every sum holds: assets = liabilities + equity, the
sub-totals, the chain of the income statement, and retained earnings carried from year to year."""

from __future__ import annotations

from random import Random

from jeopsu.domain.base import Record

CURRENT_ASSETS = ("cash", "short_deposits", "receivables", "other_receivables", "advances", "inventories")
NONCURRENT_ASSETS = ("long_investments", "tangibles", "intangibles", "deposits", "deferred_tax")
CURRENT_LIABILITIES = ("payables", "short_loans", "other_payables", "withholdings", "current_long_loans")
NONCURRENT_LIABILITIES = ("long_loans", "retirement")
EQUITY = ("capital_stock", "capital_surplus", "other_comprehensive", "retained")
SGA = ("salaries", "severance", "welfare", "depreciation", "fees", "freight", "rnd_expense", "other_sga")
OTHER_INCOME = ("interest_income", "fx_gain", "misc_income")
OTHER_EXPENSE = ("interest_expense", "fx_loss", "donations")
TOTALS = {
    "current_assets": CURRENT_ASSETS,
    "noncurrent_assets": NONCURRENT_ASSETS,
    "current_liabilities": CURRENT_LIABILITIES,
    "noncurrent_liabilities": NONCURRENT_LIABILITIES,
    "equity": EQUITY,
    "sga": SGA,
    "other_income": OTHER_INCOME,
    "other_expense": OTHER_EXPENSE,
}
# What a report names fs.*
REPORTED = (
    "current_assets", "assets", "current_liabilities", "liabilities", "capital_stock", "equity", "revenue",
    "operating_income", "interest_expense", "net_income", "rnd_expense",
)  # fmt: skip


class YearAccounts(Record):
    """One fiscal year. `amounts` holds every line and every total by its concept, in won, multiples of `unit`."""

    year: int
    unit: int
    amounts: dict[str, int]

    def __getitem__(self, concept: str) -> int:
        return self.amounts[concept]


def _split(rng: Random, total: int, names: tuple[str, ...], unit: int, fixed: dict[str, int]) -> dict[str, int]:
    """Shares a total over lines; what rounding leaves falls to the largest."""
    open_names = [name for name in names if name not in fixed]
    rest = total - sum(fixed.values())
    weights = [rng.uniform(0.3, 1.6) for _ in open_names]
    parts = {n: int(rest * w / sum(weights)) // unit * unit for n, w in zip(open_names, weights, strict=True)}
    largest = max(open_names, key=lambda n: parts[n])
    parts[largest] += rest - sum(parts.values())
    return {name: fixed.get(name, parts.get(name, 0)) for name in names}


def make_accounts(
    rng: Random,
    *,
    unit: int,
    revenue: int,
    capital_stock: int,
    debt_ratio: float = 1.2,
    years: tuple[int, ...] = (2019, 2020, 2021, 2022),
) -> tuple[YearAccounts, ...]:
    """Accounts for the years given.

    unit: 1, 1000 or 1_000_000 won; every amount is a multiple of it. revenue: the first year's, in won. debt_ratio:
    liabilities over equity, about; from 5 on it is kept at 5.3 or more in the last two years.
    """

    def whole(amount: float) -> int:
        return int(amount) // unit * unit

    made = []
    capital = whole(capital_stock)
    surplus = whole(capital * rng.uniform(0.2, 0.6))
    retained = whole(
        max(revenue * rng.uniform(0.25, 0.4), capital) if debt_ratio < 5 else revenue * rng.uniform(0.03, 0.05)
    )
    sales = float(revenue)
    for number, year in enumerate(years):
        a: dict[str, int] = {}
        sales *= rng.uniform(1.0, 1.12) if number else 1.0
        a["revenue"] = whole(sales)
        a["cost_of_sales"] = whole(sales * rng.uniform(0.72, 0.79))
        a["gross_profit"] = a["revenue"] - a["cost_of_sales"]
        sga = whole(a["gross_profit"] * (rng.uniform(0.62, 0.8) if debt_ratio < 5 else rng.uniform(0.9, 0.97)))
        a |= _split(rng, sga, SGA, unit, {"rnd_expense": whole(sales * rng.uniform(0.021, 0.034))})
        a["sga"] = sga
        a["operating_income"] = a["gross_profit"] - sga
        a |= {name: whole(sales * rng.uniform(0.0007, 0.004)) for name in OTHER_INCOME}
        a |= {name: whole(sales * rng.uniform(0.0007, 0.003)) for name in OTHER_EXPENSE}
        a["interest_expense"] = whole(sales * rng.uniform(0.004, 0.007))
        a["other_income"] = sum(a[name] for name in OTHER_INCOME)
        a["other_expense"] = sum(a[name] for name in OTHER_EXPENSE)
        a["pretax_income"] = a["operating_income"] + a["other_income"] - a["other_expense"]
        a["tax"] = max(0, whole(a["pretax_income"] * rng.uniform(0.18, 0.23)))
        a["net_income"] = a["pretax_income"] - a["tax"]

        retained += a["net_income"]
        a["capital_stock"], a["capital_surplus"], a["retained"] = capital, surplus, retained
        a["other_comprehensive"] = whole(capital * rng.uniform(-0.06, 0.05))
        a["equity"] = sum(a[name] for name in EQUITY)
        ratio = debt_ratio * rng.uniform(0.92, 1.08)
        if debt_ratio >= 5:
            ratio = max(ratio, 5.3)
        a["liabilities"] = whole(a["equity"] * ratio)
        a["current_liabilities"] = whole(a["liabilities"] * rng.uniform(0.52, 0.62))
        a["noncurrent_liabilities"] = a["liabilities"] - a["current_liabilities"]
        a["assets"] = a["liabilities"] + a["equity"]
        a["current_assets"] = whole(a["current_liabilities"] * rng.uniform(1.08, 1.45))
        a["noncurrent_assets"] = a["assets"] - a["current_assets"]
        for total in ("current_assets", "noncurrent_assets", "current_liabilities", "noncurrent_liabilities"):
            a |= _split(rng, a[total], TOTALS[total], unit, {})
        made.append(YearAccounts(year=year, unit=unit, amounts=a))
    return tuple(made)


def breaks(accounts: YearAccounts) -> list[str]:
    """The identities that do not hold; empty for what `make_accounts` makes."""
    a = accounts.amounts
    checks = {name: a[name] == sum(a[line] for line in lines) for name, lines in TOTALS.items()}
    checks |= {
        "assets": a["assets"] == a["current_assets"] + a["noncurrent_assets"],
        "liabilities": a["liabilities"] == a["current_liabilities"] + a["noncurrent_liabilities"],
        "balance": a["assets"] == a["liabilities"] + a["equity"],
        "gross_profit": a["gross_profit"] == a["revenue"] - a["cost_of_sales"],
        "operating_income": a["operating_income"] == a["gross_profit"] - a["sga"],
        "pretax_income": a["pretax_income"] == a["operating_income"] + a["other_income"] - a["other_expense"],
        "net_income": a["net_income"] == a["pretax_income"] - a["tax"],
        "unit": all(amount % accounts.unit == 0 for amount in a.values()),
    }
    return [name for name, holds in checks.items() if not holds]
