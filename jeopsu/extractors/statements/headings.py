"""What stands above a statement: its title, its unit, and which 기 ends on which day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jeopsu.domain.values import dates, won
from jeopsu.extractors.kinds.closeness import find_near
from jeopsu.extractors.statements.labels import edits, jamo, plain
from jeopsu.extractors.statements.model import Column, Period, StatementKind

TITLES: dict[str, StatementKind] = {
    "재무상태표": StatementKind.BALANCE,
    "대차대조표": StatementKind.BALANCE,
    "손익계산서": StatementKind.INCOME,
    "포괄손익계산서": StatementKind.INCOME,
    "자본변동표": StatementKind.OTHER,
    "현금흐름표": StatementKind.OTHER,
    "이익잉여금처분계산서": StatementKind.OTHER,
    "이익잉여금처리계산서": StatementKind.OTHER,
    "결손금처리계산서": StatementKind.OTHER,
    "제조원가명세서": StatementKind.OTHER,
    "공사원가명세서": StatementKind.OTHER,
    "합계잔액시산표": StatementKind.OTHER,
    "재무제표에대한주석": StatementKind.OTHER,
    "주석": StatementKind.OTHER,
}
_PREFIX = re.compile(r"^(?:첨부|연결|별도|개별|요약|표준|추정|예상|가결산|결산|중간|비교식?|약식|기업회계기준)+")
_ESTIMATED = re.compile(r"추정|가결산|예상|잠정")
_INTERIM = re.compile(
    r"(?:반기|분기|중간)(?:말|연결|별도|재무|대차|포괄|손익)|제\d{1,3}기[^가-힣\d]?(?:반|[1-3]?/?4?분)기|"
    r"((?:19|20)\d\d)[년.]0?1[월.]0?1일?[.]?(?:부터|~|-)\1[년.](?:0?3[월.]31|0?6[월.]30|0?9[월.]30)"
)
_NOTE = re.compile(r"\d{1,2}[.,)](?:금융(?:수익|비용|원가)(?:및|과|와)|리스|현금흐름|차입|특수관계|법인세비용및)")
_LISTING = re.compile(r"붙임|첨부서류|각\d|\d부$|및|,|、")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Title:
    """A statement's title line."""

    kind: StatementKind
    consolidated: bool
    estimated: bool
    standard: bool
    exact: bool
    text: str


def is_listing(text: str) -> bool:
    """A line that names statements without being one's title: 붙임, 첨부서류, "각 1부"."""
    return bool(_LISTING.search(text))


def title_of(text: str, bent: bool = False) -> Title | None:
    """The statement that a line is the title of; None for every other line. `bent`: it comes from OCR."""
    squeezed = re.sub(r"\s", "", text)
    if len(squeezed) > 34 or is_listing(squeezed):
        return None
    key = plain(squeezed)
    core = _PREFIX.sub("", key)
    prefix = key[: len(key) - len(core)]
    core = re.sub(r"(?:추정|가결산|계속)$", "", core)
    kind, exact = TITLES.get(core), True
    if kind is None and bent and 4 <= len(core) <= 18:
        exact = False
        # The first letters read twice: 손-손익계산서.
        core = next((t for t in TITLES if len(t) > 4 and core.endswith(t) and t.startswith(core[: -len(t)])), core)
        letters = jamo(core)
        near = sorted((edits(letters, jamo(t), 4), t) for t in TITLES if len(t) >= 5)
        if near[0][0] <= 0.2 * len(jamo(near[0][1])):
            kind = TITLES[near[0][1]]
    if kind is None:
        return None
    return Title(
        kind,
        "연결" in prefix,
        bool(_ESTIMATED.search(squeezed)),
        "표준" in prefix,
        exact,
        text.strip(),
    )


def is_note(text: str) -> bool:
    """A line that introduces a table of the notes: "… 내역은 다음과 같습니다.", "24. 금융수익 및 금융비용"."""
    squeezed = re.sub(r"\s", "", text)
    return bool(find_near("다음과같", squeezed, 1) or _NOTE.match(squeezed))


def estimated(text: str) -> bool:
    """The words say that the figures are a forecast or not yet closed (추정, 가결산)."""
    return bool(_ESTIMATED.search(re.sub(r"\s", "", text)))


def interim(text: str) -> bool:
    """The words tell of a part of a year: 반기, 분기, 중간; January to March, June or September."""
    return bool(_INTERIM.search(re.sub(r"\s", "", mended_dates(text))))


def unit_of(text: str) -> int | None:
    """The unit that a "(단위 : 천원)" note names, in won."""
    return won.unit_in(text)


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
    """제 18(당)기 2022년 12월 31일 현재 → 18 ends 2022. Several in one text: each 기 owns the dates up to the next."""
    text = mended_dates(text)
    marks = list(re.finditer(r"제\s*(\d{1,3})\s*(?:\(\s*(?:당|전전|전)\s*\)\s*)?기", text))
    found: list[Period] = []
    if not marks:
        if named := re.search(r"사\s*업\s*연\s*도\s*:?\s*((?:19|20)\d\d)\s*년?\s*(?:도|$|[^\d\s.])", text):
            return [Period(None, int(named[1]), text)]
        days = [day for day, _ in dates.find(text)]
        return [Period(None, max(days).year, text)] if days else []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        days = [day for day, _ in dates.find(text[mark.end() : following.start() if following else len(text)])]
        if days:
            found.append(Period(int(mark[1]), max(days).year, text))
    return found


def years_of(columns: tuple[Column, ...], periods: list[Period], scanned: bool = False) -> tuple[int | None, ...]:
    """The fiscal year of each amount column, from its own heading and the periods named above the statement.

    None where the words do not settle it. Columns that share a period (세목, 합계) get the same year.
    """
    by_number = {p.number: p.year for p in periods if p.number is not None}
    if scanned and len({year - number for number, year in by_number.items()}) > 1:
        return (None,) * len(columns)  # 제 28 기 of 2022 and 제 27 기 of 2011: a digit was misread, nobody knows which
    ordered = list(dict.fromkeys(p.year for p in periods))
    years = [_year(column.heading, by_number, ordered) for column in columns]
    if all(year is None for year in years) and not any(column.heading for column in columns):
        if len(ordered) == len(columns):
            return tuple(ordered)
        if len(ordered) == 1:
            return tuple(ordered * len(columns))
        if len(columns) == 2 * len(ordered):
            return tuple(year for year in ordered for _ in range(2))
    if None in years and (found := _in_sequence(columns, years, periods)):
        return found
    if None in years and ordered and len(columns) % len(ordered) == 0:
        # A heading cut between its sub-columns ("제46" | "(당)기"): put together for each period.
        wide = len(columns) // len(ordered)
        heads = ["".join(c.heading for c in columns[n : n + wide]) for n in range(0, len(columns), wide)]
        mixed = [len({m[1] or m[2] for m in _NUMBER.finditer(re.sub(r"\s", "", head))}) > 1 for head in heads]
        whole = [None if two else _year(head, by_number, ordered) for head, two in zip(heads, mixed, strict=True)]
        if None not in whole and len(set(whole)) == len(whole):
            return tuple(year for year in whole for _ in range(wide))
    if None in years and len(ordered) > 1 and len(columns) % len(ordered) == 0:
        # One period's heading is legible and stands in its place: the others stand in theirs. On a scan all may
        # be lost: the order of the periods over the table is that of its columns (reconcile.py compares them later).
        wide = len(columns) // len(ordered)
        placed = tuple(year for year in ordered for _ in range(wide))
        known = [(a, b) for a, b in zip(years, placed, strict=True) if a is not None]
        other = any(
            (m := re.search(r"제\s*(\d{1,3})\D{0,5}기", column.heading)) and int(m[1]) not in by_number
            for column, year in zip(columns, years, strict=True)
            if year is None
        )
        if (
            (known or scanned)
            and not other
            and all(a == b for a, b in known)
            and ordered == sorted(ordered, reverse=True)
        ):
            return placed
    if len(ordered) == 1 and all(year is None for year in years) and len({c.heading for c in columns}) == 1:
        return tuple(ordered * len(columns))  # "금액" alone above the only period
    return tuple(years)


_NUMBER = re.compile(r"제?(\d{1,3})(?:[(\[「!]?(?:당|전전|전)[)\]!]?)?기|제(\d{1,3})(?!\d)")


def _in_sequence(
    columns: tuple[Column, ...], years: Sequence[int | None], periods: Sequence[Period]
) -> tuple[int, ...] | None:
    """Periods stand side by side, the latest first, each a year before the one on its left. With one of them known the
    others follow, if each column's own number (제 27 기) or its 당, 전, 전전 says so; a column that says nothing
    counts only where its year is one of the periods named over the table.
    """
    wide = _sub_columns(columns)
    if wide is None:
        return None
    groups = [columns[n : n + wide] for n in range(0, len(columns), wide)]
    numbers = {p.number: p.year for p in periods if p.number is not None}
    texts = [re.sub(r"\s", "", max((c.heading for c in group), key=len)) for group in groups]
    said = [_latest(texts[n], years[n * wide], n, numbers) for n in range(len(groups))]
    latest = {year for years_ in said for year in years_}
    if len(latest) != 1:
        return None
    first = latest.pop()
    named = {p.year for p in periods}
    told = [bool(said[n]) or (first - n in named and not _NUMBER.search(texts[n])) for n in range(len(groups))]
    if len(groups) < 2 or not all(told):
        return None
    return tuple(first - n for n in range(len(groups)) for _ in range(wide))


def _sub_columns(columns: Sequence[Column]) -> int | None:
    """Columns to a period: one, or two under one heading. None where the headings do not tell."""
    heads = [re.sub(r"\s", "", c.heading) for c in columns]
    pairs = list(zip(heads[::2], heads[1::2], strict=False))
    if len(heads) % 2 == 0 and len(heads) >= 4 and all(a == b or not a or not b for a, b in pairs):
        return 2
    return 1 if all(heads) and len(set(heads)) == len(heads) else None


def _latest(text: str, year: int | None, place: int, numbers: dict[int, int]) -> set[int]:
    """The first column's year that this column's words lead to; empty where they say nothing."""
    said = set()
    if year is not None:
        said.add(year + place)
    if (m := _NUMBER.search(text)) and numbers:
        number = int(m[1] or m[2])
        said |= {own - (count - number) + place for count, own in numbers.items()}
    return said


def _year(heading: str, by_number: Mapping[int, int], ordered: list[int]) -> int | None:
    text = re.sub(r"\s", "", heading)
    said: set[int] = set()
    if years := {int(y) for y in _YEAR.findall(text)} | {day.year for day, _ in dates.find(text)}:
        said.add(max(years))
    m = re.search(r"제?(\d{1,3})(?:\((?:당|전전|전)\))?기", text) or re.search(r"제\s*(\d{1,3})(?!\d)", heading)
    if m and int(m[1]) in by_number:
        said.add(by_number[int(m[1])])
    elif m and by_number:
        return said.pop() if len(said) == 1 else None  # a 기 that is not named above: 당 is not the period that is
    place = 2 if "전전" in text else 1 if "전" in text else 0 if "당" in text else None
    if place is not None and len(ordered) > place and (ordered == sorted(ordered, reverse=True)):
        said.add(ordered[place])
    return said.pop() if len(said) == 1 else None
