"""Shares in percent: exact decimals. Comparisons are made by cross-multiplication, never on a rounded quotient."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

_PERCENT = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)%?")


def parse(text: str) -> Decimal | None:
    """Percent from "30", "30 %", "12.5%"; None for anything else."""
    match = _PERCENT.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return Decimal(match[1]) if match else None


def of(part: int, whole: int) -> Fraction:
    """`part` of `whole` in percent, exact."""
    return Fraction(part * 100, whole)


def shown_against(percent: Fraction, limit: Fraction | Decimal | int) -> str:
    """With as many places as it takes to see on which side of a limit it lies (six at most): never "80.00% > 80%"."""
    above, below = limit.as_integer_ratio()
    for places in range(2, 7):
        cut = _cut(percent, places)
        if cut * below != above * 10**places or percent == limit:
            return _printed(percent, cut, places)
    return f"{shown(percent, 6)}…"


def shown(percent: Fraction | Decimal, places: int = 2) -> str:
    """Cut, not rounded: 499.996 % must never be shown as 500 %."""
    return _printed(percent, _cut(percent, places), places)


def _cut(percent: Fraction | Decimal, places: int) -> int:
    """In units of the last place, towards zero."""
    above, below = percent.as_integer_ratio()
    units: int = abs(above) * 10**places // below
    return units if above >= 0 else -units


def _printed(percent: Fraction | Decimal, units: int, places: int) -> str:
    whole, rest = divmod(abs(units), 10**places)
    return f"{'-' if percent < 0 else ''}{whole}.{rest:0{places}d}%"
