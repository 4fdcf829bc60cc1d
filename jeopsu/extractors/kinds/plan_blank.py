"""Whether a plan's form was filled in: what it asks for and nobody answered, told by labels beside empty cells.

A blank form handed in as the plan has all the words of a plan. Only what was asked and nowhere read counts as missing,
so that an unused table of a long form (공동기관 2, 2차년도) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jeopsu.domain.documents import Document
from jeopsu.domain.fields import FieldValue
from jeopsu.extractors.kinds.plan_budget_cells import COST_ITEMS
from jeopsu.extractors.kinds.plan_grid import Grid, Spot
from jeopsu.extractors.kinds.plan_people import people_table
from jeopsu.extractors.kinds.plan_periods import period_cells
from jeopsu.extractors.kinds.plan_values import PLACEHOLDER
from jeopsu.extractors.kinds.plan_words import squeezed, tokens

# What a plan cannot do without: the label's concept, the field that answers it, the words for people.
_COVER = (
    ("title", "plan.title", "연구개발과제명"),
    ("period", "plan.start", "연구개발기간"),
    ("researcher", "plan.lead_researcher", "연구책임자"),
    ("lead", "org.name", "주관연구개발기관"),
)
_FEW_LETTERS = 200  # a title, a heading or two: no plan has so little text
# What stands in a form's cell for somebody to write over: (우), YYYY. MM. DD, 년 월 일, [ ], 천원.
_TO_FILL = re.compile(
    r"(?:\(우\)|[YMD]{2,4}|년|월|일|개월|천원|원|단계|국문|영문|\(주민\)|[\s.,~∼\-()\[\]:·<>%])*", re.IGNORECASE
)


@dataclass(frozen=True)
class Filling:
    """What is missing, in words; `blank` where nothing at all that the form asks for is there."""

    missing: tuple[str, ...] = ()
    blank: bool = False


def filling(document: Document, tables: Sequence[Grid], fields: Iterable[FieldValue]) -> Filling:
    """How far the form of a plan was filled in; `fields` are those that were read from it."""
    read = {f.name for f in fields if f.value is not None and (f.confirmed or f.name != "plan.title")}
    asked = [(name, words) for concept, name, words in _COVER if _asks(tables, concept)]
    if any(map(_budget_is_empty, tables)):
        asked.append(("budget.", "연구개발비"))
    if any(people_table(grid) is not None for grid in tables):
        asked.append(("participant.name", "참여연구자"))
    missing = tuple(words for name, words in asked if not any(one.startswith(name) for one in read))
    letters = sum(len(p.text) for p in document.paragraphs)
    if not document.tables and not document.pictures and letters < _FEW_LETTERS:
        return Filling(blank=True)
    answered = read & {"plan.start", "plan.title", "plan.lead_researcher", "org.name", "participant.name"}
    answered |= {name for name in read if name.startswith("budget.")}
    return Filling(missing, blank=len(missing) >= 2 and not answered)


def _asks(tables: Sequence[Grid], concept: str) -> bool:
    """Whether a label asks for something and an empty cell stands beside or below it."""
    for grid in tables:
        for spot in grid.spots:
            found = tokens(spot.text, "identity") or ()
            if concept not in found or {"programme_title", "partner", "part"} & set(found):
                continue
            beside = _value(grid, spot)
            if beside is not None and _is_open(beside.text):
                return True
    return False


def _value(grid: Grid, spot: Spot) -> Spot | None:
    """The cell that answers a label: behind it (past a second label, 국문 or 성명 or 전체), else below it."""
    row, column = spot.row, spot.column + spot.column_span
    for _ in range(2):
        behind = grid.at(row, column)
        if behind is None:
            break
        if tokens(behind.text, "identity") is None:
            return behind
        column = behind.column + behind.column_span
    below = grid.at(spot.row + spot.row_span, spot.column)
    return below if below is not None and tokens(below.text, "identity") is None else None


def _is_open(text: str) -> bool:
    bare = squeezed(text)
    return bool(not bare or _TO_FILL.fullmatch(text) or PLACEHOLDER.search(bare))


def _budget_is_empty(grid: Grid) -> bool:
    """A table with the budget's words, and not one amount in it."""
    words = {word for spot in grid.spots for word in (tokens(spot.text, "budget") or ())}
    if len(words & (COST_ITEMS | {"government", "own", "total"})) < 3 and not {"government", "cash"} <= words:
        return False
    counted = period_cells(grid)
    return not any(spot.is_figure and re.search(r"[1-9]", spot.text) for spot in grid.spots if spot not in counted)
