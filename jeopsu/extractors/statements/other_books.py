"""Two companies' statements in one run of pages, or two that differ of one year, told by their figures alone.

Names over tables are bent on scans or not printed at all. Where two statements of a kind print most figures of the same
year otherwise, they are not one company's, and nobody but a person can say which of them is.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from jeopsu.extractors.statements.ledger import Ledger
from jeopsu.extractors.statements.model import Figure

_ENOUGH = 3  # figures that differ
_ROUND = "capital_stock"  # equal by chance
_UNITS = (1_000, 1_000_000)


def other_books(ledgers: Sequence[Ledger]) -> int | None:
    """The page on which a statement begins that most figures of an earlier one of the same kind and year contradict."""
    for one, other in combinations(ledgers, 2):
        if one.statement is other.statement or (one.kind, one.year) != (other.kind, other.year):
            continue
        same = [
            _alike(a, b)
            for name in sorted({e.name for e in one.entries if e.name} - {_ROUND})
            if (a := _sure(one, name)) and (b := _sure(other, name))
        ]
        differing = len(same) - sum(same)
        if differing >= _ENOUGH and differing > sum(same):
            return other.statement.grids[0].page
    return None


def _sure(ledger: Ledger, name: str) -> int | None:
    """An amount in won that was surely read; None for zero as well."""
    figure = ledger.one(name)
    if figure is None or figure.chosen is None or not (_proven(figure) or figure.digital):
        return None
    return figure.chosen * (ledger.statement.unit or figure.unit)


def _proven(figure: Figure) -> bool:
    return figure.solid or figure.witnesses > 0


def _alike(one: int, other: int) -> bool:
    return one == other or any((one % u == 0) != (other % u == 0) and abs(one - other) < u for u in _UNITS)
