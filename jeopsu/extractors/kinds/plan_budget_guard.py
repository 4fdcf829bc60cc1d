"""Tables of money that are not the project's budget: earlier projects, later investments, a budget before its change.

They use the budget's own words. What gives them away is the heading, a list's head (과제명 beside other heads), or
years outside the project's; and a table that contradicts another is not believed where it alone speaks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from jeopsu.extractors.kinds.plan_fields import Candidate
from jeopsu.extractors.kinds.plan_grid import Grid, Spot
from jeopsu.extractors.kinds.plan_periods import period_cells
from jeopsu.extractors.kinds.plan_words import squeezed, tokens

CONTRADICTED = "이 표의 다른 금액이 계획서의 다른 곳과 다름"
_NEVER = re.compile(r"실적|정산|집행|수행중|작성예|예시|타과제|기존과제|사업화|참여과제")
_ELSEWHERE = re.compile(r"투자|매출|판매|수익|기준|이후|향후|생산|양산")
_BUDGET = re.compile(r"연구개발비|연구비|사업비|비목|지원부담")
_ASIDE = re.compile(r"금액|예산|연구개발비|\(.*\)")
_BEFORE = re.compile(r"변경전|당초|종전|기존|전년도?|기정|기집행|기지원")
_Place = tuple[str, str, str, str]  # organisation, item, kind, part


def of_other_things(grid: Grid) -> bool:
    """Whether heading or head say that the money is not this project's."""
    heading = next((text for text in map(squeezed, grid.headings()) if text and not text.startswith(("(", "단위"))), "")
    heading = re.sub(r"\(?단위.*", "", heading)
    if _NEVER.search(heading) or (_ELSEWHERE.search(heading) and not _BUDGET.search(heading)):
        return True
    return _lists_projects(grid)


def _lists_projects(grid: Grid) -> bool:
    """과제명 as one head of several, over names: a list of projects. A cover has the title itself beside it."""
    for spot in grid.spots:
        if not {"title", "programme_title"} & set(tokens(spot.text, "identity") or ()):
            continue
        beside = grid.at(spot.row, spot.column + spot.column_span)
        below = grid.at(spot.row + spot.row_span, spot.column)
        if beside is None or beside.blank or not _is_label(beside.text):
            continue
        if below is None or not _is_label(below.text):
            return True
    return False


def _is_label(text: str) -> bool:
    return any(tokens(text, part) is not None for part in ("identity", "people", "budget"))


def outside(grid: Grid, years: range | None) -> bool:
    """Whether a table counts by a year in which the project does not run."""
    if years is None:
        return False
    counted = period_cells(grid)
    named = [s for s in grid.spots if s in counted or "period" in (tokens(s.text, "budget") or ())]
    return any(int(year) not in years for spot in named for year in re.findall(r"20\d\d", spot.tight))


def former_figures(grid: Grid) -> frozenset[Spot]:
    """Figures under or right of 변경 전, 당초, 전년: they are no longer, or not yet, the budget's."""
    heads = [s for s in grid.spots if not s.is_figure and _BEFORE.fullmatch(_ASIDE.sub("", squeezed(s.text)))]
    return frozenset(
        spot
        for head in heads
        for spot in grid.spots
        if (spot.is_figure or spot.blank)
        and (
            (spot.row > head.row and head.column <= spot.column < head.column + head.column_span)
            or (spot.column > head.column and head.row <= spot.row < head.row + head.row_span)
        )
    )


def doubted(found: Mapping[_Place, list[Candidate]]) -> dict[_Place, list[Candidate]]:
    """Candidates of one organisation; where two tables contradict each other, what only one of them says is doubtful.

    A table whose total another one repeats is believed.
    """
    said: dict[int, dict[_Place, object]] = defaultdict(dict)
    for place, candidates in found.items():
        for candidate in candidates:
            if candidate.sure:
                said[candidate.spots[0].table][place] = candidate.value
    anchored = _anchored(said)
    suspects = {
        table
        for table, own in said.items()
        for other, theirs in said.items()
        if table != other and table not in anchored and any(own[p] != theirs[p] for p in own.keys() & theirs.keys())
    }
    if not suspects:
        return dict(found)

    def shaken(place: _Place, candidate: Candidate) -> bool:
        table = candidate.spots[0].table if candidate.spots else -1
        agreed = any(own.get(place) == candidate.value for other, own in said.items() if other != table)
        return table in suspects and not agreed

    return {
        place: [replace(c, doubts=(*c.doubts, CONTRADICTED)) if shaken(place, c) else c for c in candidates]
        for place, candidates in found.items()
    }


def _anchored(said: Mapping[int, Mapping[_Place, object]]) -> set[int]:
    totals: dict[object, set[int]] = defaultdict(set)
    for table, own in said.items():
        for value in {value for place, value in own.items() if place[1] == "total" and not place[2]}:
            totals[value].add(table)
    return {table for tables in totals.values() if len(tables) > 1 for table in tables}


def whole_elsewhere(chosen: Iterable[Candidate], others: Iterable[Candidate]) -> list[Candidate]:
    """`chosen` and, where another table gives the item another amount by its parts, that too: a person decides."""
    kept = list(chosen)
    tables = {spot.table for candidate in kept for spot in candidate.spots}
    values = {candidate.value for candidate in kept}
    return kept + [
        c for c in others if c.sure and c.value not in values and not {spot.table for spot in c.spots} & tables
    ]
