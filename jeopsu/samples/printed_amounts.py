"""Amounts as statements print them, and the lines that are sums of others."""

from __future__ import annotations

from jeopsu.samples.accounts import YearAccounts

_DASHES = {"△": "△{}", "()": "({})", "-": "-{}"}


def amount_of(accounts: YearAccounts, concept: str) -> int:
    """A printed line's amount in won, also those that only one of the two standards prints."""
    a = accounts.amounts
    sums = {
        "liabilities_and_equity": ("liabilities", "equity"),
        "finance_income": ("interest_income", "fx_gain"),
        "finance_cost": ("interest_expense", "fx_loss"),
    }
    if concept == "selling":
        return a["sga"] - a["rnd_expense"]
    return sum(a[part] for part in sums.get(concept, (concept,)))


def printed_amount(amount: int, unit: int, negative: str) -> str:
    """1,234,567; a negative one in the taste given."""
    shown = f"{abs(amount) // unit:,}"
    return _DASHES[negative].format(shown) if amount < 0 else shown if amount else "-"
