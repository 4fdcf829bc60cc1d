"""What the columns of a statement are: the fiscal year of each, sub-columns of one year, changes and shares of none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from jeopsu.domain.values import dates, won
from jeopsu.extractors.statements.model import Column, Grid, Period, Slot, Statement
from jeopsu.extractors.statements.paper import Paper
from jeopsu.extractors.statements.periods import FROM_TO
from jeopsu.extractors.statements.unruled import phrases

_BOTH = 0.4  # of the filled rows: more with two figures are not two sub-columns
_STREAK = 2.0  # points: thinner ink is no figure
_BACK = 4  # years that a statement goes back
_BESIDE = 20.0  # points by which a heading's middle may stand beside its columns' figures
_HEAD_ROW = 30.0  # points over a table's first row in which its columns may be named
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


def years_in(grid: Grid, statement: Statement, scanned: bool = False) -> tuple[int | None, ...]:
    """A continued page without a heading row takes the years of the page before it, if its columns are as many."""
    before = statement.years[len(statement.grids) - 1] if statement.grids and not grid.headed else ()
    if not scanned and len(before) == len(grid.columns):
        return before
    years = years_of(grid.columns, statement.periods, scanned)
    if not scanned and not statement.periods:
        years = years_by_words(grid.columns, statement.cover) or years
    if any(y is None for y in years) and len(before) == len(years):
        years = before
    return parted(grid, years) if scanned else years


def years_of(columns: tuple[Column, ...], periods: list[Period], scanned: bool = False) -> tuple[int | None, ...]:
    """The fiscal year of each amount column, from its own heading and the periods named above the statement.

    None where the words do not settle it. Columns that share a period (세목, 합계) get the same year.
    """
    by_number = {p.number: p.year for p in periods if p.number is not None}
    if not scanned and (said := years_by_words(columns, periods)):
        return said
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


_NO_AMOUNTS = re.compile(r"증감|구성비|비율|비중|%")
_COLUMN = re.compile(r"[당전]\)?기|제\d{1,3}기|(?:19|20)\d\d(?:년|$|[.]12[.]31)")
_WORD = re.compile(r"(당|전전|전)\)?기(?:말|금액)*(?![가-힣])")


def years_by_words(columns: Sequence[Column], periods: Sequence[Period]) -> tuple[int | None, ...] | None:
    """당기, 전기, 전전기 over the columns, whichever stands first: 당기 is the latest period that is named.

    None where a column of amounts says none of them, or its own number belongs to another year. Shares and changes are
    of no year.
    """
    if not periods:
        return None
    latest = max(p.year for p in periods)
    found: list[int | None] = []
    for column in columns:
        heading = re.sub(r"\s", "", column.heading)
        if _NO_AMOUNTS.search(heading):
            found.append(None)
            continue
        year = _told(heading, latest, {p.year - p.number for p in periods if p.number is not None})
        if year is None or not latest - _BACK <= year <= latest:
            return None
        found.append(year)
    return tuple(found) if latest in found else None


def names_column(text: str) -> bool:
    """The words of a cell that may head a column of amounts: one period, a change, shares."""
    squeezed = re.sub(r"\s", "", text)
    return bool(_NO_AMOUNTS.search(squeezed) or len(_COLUMN.findall(squeezed)) == 1 and len(squeezed) < 24)


def no_amounts(text: str) -> bool:
    """The words head changes or shares, not a period's amounts."""
    return bool(_NO_AMOUNTS.search(re.sub(r"\s", "", text)))


def _told(heading: str, latest: int, founded: set[int]) -> int | None:
    """The year of 제 17(전)기 or 제 17 기. `founded`: by how much years are above the numbers of their periods."""
    word, number = _WORD.search(heading), re.search(r"제(\d{1,3})\D{0,4}기", heading)
    counted = int(number[1]) + next(iter(founded)) if number and len(founded) == 1 else None
    if word is None:
        return counted
    year = latest - ("당", "전", "전전").index(word[1])
    return year if not number or not founded or counted == year else None


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
        if len(years) > 2 or len(years) == 2 and not re.search(FROM_TO, text):
            return None  # two columns that were taken for one
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


_OVER_COLUMN = re.compile(r"(?:\((백만원|천원|원)\)|\[(백만원|천원|원)\])(?:금액)*$")


def unit_over(columns: Sequence[Column]) -> int | None:
    """The unit that each heading of amounts names, "제 18(당)기(천원)"; None where one does not."""
    headings = [heading for column in columns if (heading := re.sub(r"\s", "", column.heading))]
    named = [_OVER_COLUMN.search(heading) for heading in headings if not _NO_AMOUNTS.search(heading)]
    units = {won.UNITS[match[1] or match[2]] for match in named if match}
    return units.pop() if named and all(named) and len(units) == 1 else None


def headed_by_words(grid: Grid, paper: Paper) -> Grid:
    """The grid with the headings that the words over its first row give: rules may cut them, or leave them out."""
    first = min((row.box.top for row in grid.rows), default=grid.top)
    over = [phrase for line in paper.lines for phrase in phrases(line.inks)]
    cells = [(t, box) for t, box in over if 0 < first - box.centre[1] < _HEAD_ROW and names_column(t)]
    # A period's heading stands over as many sub-columns as each other's, a change or a share over its own column.
    single = sum(no_amounts(text) for text, _ in cells)
    many, rest = len(cells) - single, len(grid.columns) - single
    if not many or rest < many or rest % many:
        return grid
    heads, at = [""] * len(grid.columns), 0
    for text, box in sorted(cells, key=lambda cell: cell[1].left):
        wide = 1 if no_amounts(text) else rest // many
        own = grid.columns[at : at + wide]
        if not own or not own[0].left - _BESIDE < box.centre[0] < own[-1].right + _BESIDE:
            return grid
        heads[at : at + wide] = [text] * wide
        at += wide
    columns = tuple(replace(column, heading=head) for column, head in zip(grid.columns, heads, strict=True))
    return replace(grid, columns=columns, headed=True)


def _holds_figure(slot: Slot | None) -> bool:
    """Not a streak of the scanner down the page, which leaves a thin piece in every cell it runs through."""
    if slot is None or not slot.text:
        return False
    return slot.ink.width >= _STREAK or sum(c.isdigit() for c in slot.text) > 1


def parted(grid: Grid, years: tuple[int | None, ...]) -> tuple[int | None, ...]:
    """Sub-columns of one year are filled by turns. Two that are filled in the same rows are two years, of which the
    heading of one was lost: neither is known."""
    for year in {y for y in years if y is not None and years.count(y) > 1}:
        own = [n for n, y in enumerate(years) if y == year]
        filled = [sum(_holds_figure(row.slots[n]) for n in own if n < len(row.slots)) for row in grid.rows]
        if sum(n > 1 for n in filled) > _BOTH * sum(n > 0 for n in filled):
            years = tuple(None if y == year else y for y in years)
    return years
