"""Shares in percent: exact decimals. Comparisons are made by cross-multiplication, never on a rounded quotient."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_DOWN, Decimal
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
    exact = Fraction(limit)
    for places in range(2, 7):
        text = shown(percent, places)
        if percent == exact or Fraction(text.rstrip("%")) != exact:
            return text
    return f"{shown(percent, 6)}…"


def shown(percent: Fraction | Decimal, places: int = 2) -> str:
    """Cut, not rounded: 499.996 % must never be shown as 500 %."""
    exact = Fraction(percent)
    scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)}%"
