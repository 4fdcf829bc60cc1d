"""사업자등록번호: ten digits, the last a check digit. A failed check warns; it never changes a digit.

Weights 1 3 7 1 3 7 1 3 5, plus ⌊d9 × 5 ÷ 10⌋ (National Tax Service's rule; see shared law tables' checksums).
"""

from __future__ import annotations

import re
import unicodedata

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
PATTERN = re.compile(r"(?<![\d-])(\d{3})\s?[-‐–−]\s?(\d{2})\s?[-‐–−]\s?(\d{5})(?![\d-])")


def clean(text: str) -> str | None:
    """The ten digits of a printed number, or None where there are not exactly ten."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    return digits if len(digits) == 10 else None


def check_digit_fits(digits: str) -> bool:
    """Whether the tenth digit follows from the nine before it."""
    d = [int(c) for c in digits]
    total = sum(x * w for x, w in zip(d, _WEIGHTS, strict=False)) + d[8] * 5 // 10
    return len(d) == 10 and (10 - total % 10) % 10 == d[9]


def of_a_person(digits: str) -> bool:
    """Whether a number is a sole proprietor's (개인사업자), who has no registry extract and no 법인등록번호: the middle
    digits are 01 to 79, or 90 to 99 for a business free of VAT. Companies have 81 to 88, other bodies the rest."""
    return "01" <= digits[3:5] <= "79" or "90" <= digits[3:5] <= "99"


def shown(digits: str) -> str:
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
