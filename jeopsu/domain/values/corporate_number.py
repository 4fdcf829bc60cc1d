"""법인등록번호: thirteen digits. Until 2025-01-30 the last was a check digit; numbers given since then have none.

Weights 1 2 1 2 …, plain sum (법인및재외국민의부동산등기용등록번호부여에관한규칙; 대법원규칙 제3173호 abolished it).
"""

from __future__ import annotations

import re
import unicodedata

PATTERN = re.compile(r"(?<![\d-])(\d{6})\s?[-‐–−]\s?(\d{7})(?![\d-])")


def clean(text: str) -> str | None:
    """The thirteen digits of a printed number, or None where there are not exactly thirteen."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", text))
    return digits if len(digits) == 13 else None


def check_digit_fits(digits: str) -> bool:
    """Whether the thirteenth digit follows from the twelve before it."""
    total = sum(int(c) * (1 + i % 2) for i, c in enumerate(digits[:12]))
    return len(digits) == 13 and (10 - total % 10) % 10 == int(digits[12])


def shown(digits: str) -> str:
    return f"{digits[:6]}-{digits[6:]}"
