"""Money: integer won. What is printed in 천원 or 백만원 is multiplied at the door, exactly."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

UNITS = {"원": 1, "천원": 1_000, "만원": 10_000, "백만원": 1_000_000, "억원": 100_000_000}
UNIT_NAMES = "|".join(sorted(UNITS, key=len, reverse=True))  # for patterns: the longest first
UNIT_NOTE = re.compile(r"단\s*위\s*[:;·,]?\s*(백\s*만\s*원|천\s*원|만\s*원|억\s*원|원)")
_NEGATIVE_SIGNS = "-−–△▲"
# Comma groups as accountants write them, or no comma at all; a point only before a fraction of the unit.
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_FRACTION = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)\.(\d+)")


def parse(text: str, unit: int = 1) -> int | None:
    """Won from one printed figure in `unit` won; None unless the whole text is a well-formed figure.

    Negative: (1,234), △1,234, ▲1,234, -1,234. A lone dash is zero, as statements print it.
    """
    s = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).removesuffix("원")
    s = s.replace("₩", "", 1)
    if s in {"-", "−", "–", "―"}:
        return 0
    negative = False
    if s.startswith("(") and s.endswith(")"):
        negative, s = True, s[1:-1]
    if s and s[0] in _NEGATIVE_SIGNS:
        if negative and s[0] == "-":
            return None  # (-1): two signs, whoever wrote it
        negative, s = True, s[1:]
    if _GROUPED.fullmatch(s):
        amount = int(s.replace(",", "")) * unit
    elif match := _FRACTION.fullmatch(s):
        exact = Decimal(f"{match[1].replace(',', '')}.{match[2]}") * unit
        if exact != exact.to_integral_value():
            return None
        amount = int(exact)
    else:
        return None
    return -amount if negative else amount


def unit_in(text: str) -> int | None:
    """The unit that a "(단위: 천원)" note names, in won."""
    match = UNIT_NOTE.search(unicodedata.normalize("NFKC", text))
    return UNITS[re.sub(r"\s", "", match[1])] if match else None


def shown(amount: int) -> str:
    return f"{amount:,}원"
