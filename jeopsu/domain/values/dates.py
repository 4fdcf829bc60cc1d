"""Dates in Korean forms: 2023. 4. 5., 2023년 4월 5일, '23.4.5, 2023-04-05, 20230405."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_FORMS = (
    re.compile(r"(?<!\d)((?:19|20)\d\d)\s*년\s*(\d{1,2})\s*월\s*(\d{1,2})\s*일"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[.\-/]\s*(\d{1,2})\s*[.\-/]\s*(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"),
    re.compile(r"['’‘`](\d\d)\s*[.\-/년]\s*(\d{1,2})\s*[.\-/월]\s*(\d{1,2})(?!\d)"),
)

_CENTURY = 50  # '49 is 2049, '50 is 1950: companies are older than the century, no project runs so long


def find(text: str) -> list[tuple[date, str]]:
    """Every date in a text with the characters it was read from, in order of place."""
    plain = unicodedata.normalize("NFC", text)
    found: list[tuple[int, date, str]] = []
    for form in _FORMS:
        for match in form.finditer(plain):
            if any(start <= match.start() < start + len(shown) for start, _, shown in found):
                continue
            year = int(match[1])
            if len(match[1]) == 2:
                year += 2000 if year < _CENTURY else 1900
            try:
                found.append((match.start(), date(year, int(match[2]), int(match[3])), match[0]))
            except ValueError:  # 2023-02-31: no date; a person will see the printed text
                continue
    return [(day, shown) for _, day, shown in sorted(found, key=lambda item: item[0])]


def parse(text: str) -> date | None:
    """The only date of a text; None where there is none or more than one."""
    days = {day for day, _ in find(text)}
    return days.pop() if len(days) == 1 else None
