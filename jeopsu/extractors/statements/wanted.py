"""Scans: which figures to read: what a call asks for and the totals that prove it; more only where a doubt is left."""

from __future__ import annotations

from jeopsu.extractors.statements import labels
from jeopsu.extractors.statements.identities import BALANCE_TOTALS
from jeopsu.extractors.statements.ledger import Entry, Ledger
from jeopsu.extractors.statements.model import StatementKind

# The items that a call asks for, in the order of its fields.
BALANCE_ITEMS = ("current_assets", "assets", "current_liabilities", "liabilities", "capital_stock", "equity")
INCOME_ITEMS = ("revenue", "operating_income", "interest_expense", "net_income", "rnd_expense")
ASKED_FOR = frozenset({*BALANCE_ITEMS, *INCOME_ITEMS})
_BALANCE = frozenset({*BALANCE_TOTALS, "capital_stock"})
_INCOME = frozenset(
    [
        "revenue",
        "cogs",
        "gross_profit",
        "sga",
        "operating_expenses",
        "operating_income",
        "pretax",
        "tax",
        "continuing_income",
        "discontinued_income",
        "net_income",
        "interest_expense",
        "rnd_expense",
    ]
)

# Lines that no total hangs on: two engines must agree on them.
SINGLE_LINES = frozenset({"capital_stock", "interest_expense", "rnd_expense"})
# A glyph that one engine bends the same way in a total and in its part leaves their sum whole: only a reading without
# a weak character may do without the second engine.
_SURE = 0.9


def first(ledger: Ledger) -> list[Entry]:
    """Totals, the items a call asks for, the parts of 자본, and the lines beside 이자비용."""
    if ledger.kind is StatementKind.BALANCE:
        return [e for e in ledger.entries if e.name in _BALANCE] + _span(ledger, "liabilities", "equity")
    words = labels.vocabulary(StatementKind.INCOME)
    majors = _INCOME | words.gains | words.costs
    rows = [e for e in ledger.entries if e.name in majors]
    return rows + _around(ledger, "interest_expense", words.costs)


def unproven(ledger: Ledger) -> list[Entry]:
    """What was read once and no sum holds with, every reading with a weak character, and every single line."""
    return [
        e
        for e in ledger.entries
        if e.figure and (not e.figure.witnesses or e.figure.confidence < _SURE or e.name in SINGLE_LINES)
    ]


def second(ledger: Ledger) -> list[Entry]:
    """Everything that stands under a total, where an item that a call asks for is still open."""
    unsettled = {
        e.name
        for e in ledger.entries
        if e.name in ASKED_FOR and e.figure is not None and (e.figure.chosen is None or not e.figure.witnesses)
    }
    if not unsettled:
        return []
    if ledger.kind is StatementKind.INCOME:
        rows = (
            _around(ledger, "rnd_expense", frozenset({"sga", "operating_expenses"}))
            if "rnd_expense" in unsettled
            else []
        )
        return rows
    return [e for e in ledger.entries if e.slots and not e.name.startswith("heading_")]


def _span(ledger: Ledger, upper: str, lower: str) -> list[Entry]:
    """The rows strictly between two items."""
    names = [e.name for e in ledger.entries]
    if upper not in names or lower not in names:
        return []
    start = max(n for n, name in enumerate(names) if name == upper)
    end = min((n for n, name in enumerate(names) if name == lower and n > start), default=start)
    return [e for e in ledger.entries[start + 1 : end] if not e.name.startswith("heading_")]


def _around(ledger: Ledger, name: str, parents: frozenset[str]) -> list[Entry]:
    """The rows under the same total as an item: from the total above it to the next item that is a total."""
    names = [e.name for e in ledger.entries]
    if name not in names:
        return []
    at = names.index(name)
    start = next((n for n in range(at, -1, -1) if names[n] in parents), None)
    if start is None:
        return []
    words = labels.vocabulary(StatementKind.INCOME)
    totals = (_INCOME | words.gains | words.costs) - {"interest_expense", "rnd_expense"}
    end = next((n for n in range(at + 1, len(names)) if names[n] in totals), len(names))
    return ledger.entries[start:end]
