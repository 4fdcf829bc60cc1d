"""Names of people, and the masking of what may not be shown."""

from __future__ import annotations

import re
import unicodedata

_RESIDENT_NUMBER = re.compile(r"(?<!\d)(\d{6})\s?-\s?([1-8])\d{6}(?!\d)")
_BIRTH = re.compile(r"(?<!\d)(\d{6})-([1-8])(?:\*{6}|(?!\d))")
_PHONE = re.compile(r"(?<!\d)(01[016789])[-. ]?\d{3,4}[-. ]?(\d{4})(?!\d)")


def plain(name: str) -> str:
    """A name without blanks: "홍 길 동" and "홍길동" are one."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


def masked(text: str) -> str:
    """Resident numbers and mobile phones blotted out; 13-digit corporate numbers stay (their 7th digit is 0..)."""
    text = _RESIDENT_NUMBER.sub(lambda m: f"{m[1][:2]}****-*******", text)
    text = _BIRTH.sub(lambda m: f"{m[1][:2]}****-*", text)
    return _PHONE.sub(lambda m: f"{m[1]}-****-{m[2]}", text)
