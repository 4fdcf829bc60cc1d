"""Which 기 ends on which day: the periods that the lines over a statement, or a cover before it, name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

from jeopsu.domain.values import dates
from jeopsu.extractors.statements.model import Period

# Beside the day of the print, which ends no period.
_PRINTED = re.compile(r"출\s*력|인\s*쇄|작\s*성|발\s*급|조\s*회|승\s*인|보\s*고|\d\d:\d\d")
FROM_TO = r"(?:부터|[~∼〜–—-])"  # stands between a period's first day and its last
_BETWEEN = re.compile(rf"[.\s]*{FROM_TO}[.\s]*")
_NEAR = 12  # characters between 제 13 기 and its own dates

# One syllable between the numbers of a date is 월 or 년, whatever OCR made of it. Digits are not touched.
_YEARS = re.compile(r"((?:19|20)\d\d\s*)[가-힣](?=\s*\d{1,2}\s*[가-힣]\s*\d{1,2}\s*[가-힣])")
_MONTH = re.compile(r"(년\s*\d{1,2}\s*)[가-힣](?=\s*\d{1,2}\s*[가-힣])")
_POINTS = re.compile(r"((?:19|20)\d\d)(?:\s+(\d\d)\.(\d\d)|\.(\d\d)\s+(\d\d))(?!\d)")
_DAY = re.compile(r"(월\s*\d{1,2}\s*)[가-힣](?=\s*(?:.재|부터|까지|$))")
_TERM = re.compile(r"[체재계세](?=\s*\d{1,3}\s*(?:\(\s*[당전]{1,2}\s*\)?\s*)?기)")


def mended_dates(text: str) -> str:
    """A scan's line with 제, 년 and 월 put right beside digits: "체 45 기 2013 년 12 뭘 31 일"."""
    text = _POINTS.sub(lambda m: f"{m[1]}.{m[2] or m[4]}.{m[3] or m[5]}", text)  # 2021 12.31: a point was lost
    return _DAY.sub(r"\1일", _MONTH.sub(r"\1월", _YEARS.sub(r"\1년", _TERM.sub("제", text))))


def periods_of(text: str) -> list[Period]:
    """제 18(당)기 2022년 12월 31일 현재 → 18 ends 2022. Several in one text: each 기 owns the dates up to the next.

    A date that no 기 stands before ends a period only on the last day of a month: programs print their own day, too.
    """
    text = mended_dates(text)
    marks = list(re.finditer(r"제\s*(\d{1,3})\s*(?:\(\s*(?:당|전전|전)\s*\)\s*)?기", text))
    found: list[Period] = []
    if not marks:
        if named := re.search(r"사\s*업\s*연\s*도\s*:?\s*((?:19|20)\d\d)\s*년?\s*(?:도|$|[^\d\s.])", text):
            return [Period(None, int(named[1]), text)]
        days = [day for day, _ in dates.find(text) if (day + timedelta(days=1)).day == 1]
        return [Period(None, max(days).year, text)] if days and not _PRINTED.search(text) else []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        days = [day for day, _ in dates.find(text[mark.end() : following.start() if following else len(text)])]
        if days:
            found.append(Period(int(mark[1]), max(days).year, text))
    return found


def periods_in(texts: Sequence[str]) -> list[Period]:
    """Every 기 with its last day. Dates alone count only where no 기 is named."""
    found = [p for text in texts for p in periods_of(text)]
    numbered = [p for p in found if p.number is not None]
    if numbered:
        return list({(p.number, p.year): p for p in numbered}.values())
    if not found:  # 사업연도 from … to …, in two lines of a cell
        found = periods_of(" ".join(texts))
    ends = sorted({p.year for p in found}, reverse=True)
    spans = [text for text in texts if re.search(r"~|부터|사업", text)]
    if spans and len(ends) == 2 and len(found) == 2:
        return [Period(None, ends[0])]
    return [Period(None, year) for year in ends]


def cover_periods(texts: Sequence[str]) -> list[Period]:
    """The whole years that a cover names ("2022년 1월 1일부터 2022년 12월 31일까지"), each with the 기 before it."""
    text = unicodedata.normalize("NFC", " ".join(texts))
    found: dict[int, Period] = {}
    terms = [(m.end(), int(m[1])) for m in re.finditer(r"제\s*(\d{1,3})\s*(?:\(\s*당\s*\)\s*)?기", text)]
    for (start, first, shown), (begins, last, _) in pairwise(dates.placed(text)):
        between = text[start + len(shown) : begins]
        if (last - first).days not in (364, 365) or not _BETWEEN.fullmatch(between):
            continue
        near = [number for end, number in terms if 0 <= start - end < _NEAR]
        found.setdefault(last.year, Period(near[-1] if near else None, last.year))
    return list(found.values())
