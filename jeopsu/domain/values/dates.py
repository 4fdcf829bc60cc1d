"""Dates in Korean forms: 2023. 4. 5., 2023년 4월 5일, '23.4.5, 2023-04-05, 20230405; 23.4.5 where only dates stand."""

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

# Elsewhere these are numbers of sections.
_SHORT = re.compile(r"(?<![\d.\-/])(\d\d)\s?([.\-/])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d|\s?[\-/]\s?\d)")
_CENTURY = 50  # '49 is 2049, '50 is 1950: companies are older than the century, no project runs so long


def find(text: str) -> list[tuple[date, str]]:
    """Every date in a text with the characters it was read from, in order of place."""
    return [(day, shown) for _, day, shown in placed(unicodedata.normalize("NFC", text))]


def placed(plain: str) -> list[tuple[int, date, str]]:
    """As `find`, each with where it begins. `plain`: in NFC."""
    found: list[tuple[int, date, str]] = []
    for form in _FORMS:
        for match in form.finditer(plain):
            if any(start <= match.start() < start + len(shown) for start, _, shown in found):
                continue
            try:
                found.append((match.start(), date(_year(match[1]), int(match[2]), int(match[3])), match[0]))
            except ValueError:  # 2023-02-31: no date; a person will see the printed text
                continue
    return sorted(found, key=lambda item: item[0])


def _year(printed: str) -> int:
    year = int(printed)
    return year if len(printed) == 4 else year + (2000 if year < _CENTURY else 1900)


def find_alone(text: str) -> list[tuple[date, str]]:
    """The dates of a text that holds nothing but dates; years of two digits count, too ("23.04.01 ~ 24.03.31")."""
    if found := find(text):
        return found
    plain = unicodedata.normalize("NFC", text)
    if re.search(r"\d", _SHORT.sub("", plain)):
        return []
    try:
        return [(date(_year(m[1]), int(m[3]), int(m[4])), m[0]) for m in _SHORT.finditer(plain)]
    except ValueError:
        return []


def parse(text: str) -> date | None:
    """The only date of a text; None where there is none or more than one."""
    days = {day for day, _ in find(text)}
    return days.pop() if len(days) == 1 else None
