"""The ratios that an applicant declares (document 8): a witness of the statements that shares nothing with them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

# Field, label, and the figures that it is worked out from.
RATIOS = (
    ("declared.debt_ratio", "부채비율", "fs.liabilities", "fs.equity"),
    ("declared.current_ratio", "유동비율", "fs.current_assets", "fs.current_liabilities"),
)


def is_rounded(declared: Decimal, ratio: Fraction) -> bool:
    """Whether a ratio is the declared one to its last printed place. Rounded up, down or half up: all are usual."""
    exponent = declared.as_tuple().exponent
    step = Fraction(1, 10 ** max(0, -exponent if isinstance(exponent, int) else 0))
    return abs(Fraction(declared) - ratio) < step
