"""Names of people, and the masking of what may not be shown."""

from __future__ import annotations

import re
import unicodedata

_FIRST_BORN, _LAST_BORN = 1925, 2010
_HYPHEN = r"\s?[-‐‑–—−~]\s?"
# A resident (or foreigner's) number: date of birth, then 1–8 for sex and century. With or without its hyphen, whole or
# with its tail printed as stars.
_RESIDENT = re.compile(
    rf"(?<![\d-])(\d{{2}})(\d{{2}})(\d{{2}})(?:{_HYPHEN}([1-8*×※#])[\d*×※#]{{6}}|{_HYPHEN}([1-8])(?![\d-])|([1-8])\d{{6}})(?!\d)"
)
_BIRTH = re.compile(
    r"(생\s?년\s?월\s?일(?:\s?\([^)]{0,8}\))?\s?[:：]?\s?)"
    r"((?:19|20)?\d\d\s?[.\-/년]?\s?\d{1,2}\s?[.\-/월]?\s?\d{1,2}\s?일?)"
)
_BORN = re.compile(r"((?:19|20)\d\d\s?[.\-/년]\s?\d{1,2}\s?[.\-/월]\s?\d{1,2}\.?\s?일?)(\s?생(?!산))")
_PHONE = re.compile(r"(?<!\d)(\+82[-. ]?10|01[016789])[-. ]?\d{3,4}[-. ]?(\d{4})(?!\d)")


def plain(name: str) -> str:
    """A name without blanks: "홍 길 동" and "홍길동" are one."""
    return "".join(unicodedata.normalize("NFKC", name).split())


def masked(text: str) -> str:
    """Resident numbers, days of birth said to be such and mobile phones blotted out.

    A corporate registration number looks like a resident number ("110111-1234567"); one whose first six digits are no
    day on which somebody who takes part could have been born stays.
    """
    text = _RESIDENT.sub(_resident, text)
    text = _BIRTH.sub(lambda m: f"{m[1]}****", text)
    text = _BORN.sub(lambda m: f"****{m[2]}", text)
    return _PHONE.sub(lambda m: f"{m[1]}-****-{m[2]}", text)


def _resident(match: re.Match[str]) -> str:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    sex = match[4] or match[5] or match[6]
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return match[0]
    if sex.isdigit():
        born = year + (1900 if sex in "1256" else 2000)
        if not _FIRST_BORN <= born <= _LAST_BORN:
            return match[0]
    return f"{match[1]}****-*" if match[5] else f"{match[1]}****-*******"
