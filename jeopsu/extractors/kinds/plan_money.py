"""Amounts of a plan: the figure in its cell and the unit it is printed in, named nearby or not at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from jeopsu.domain.values import won
from jeopsu.extractors.kinds.plan_grid import Grid, Spot, without_share

_NONE = re.compile(r"해당(?:사항)?없음|없음")
_NAMED = re.compile(r"^(?:현금|현물)[:：]?")
_SUFFIX = re.compile(rf"({won.UNIT_NAMES})$")
_BRACKETED = re.compile(rf"[(\[]({won.UNIT_NAMES})(?:,[^)\]]*)?[)\]]")
UNIT_GUESSED = "금액 단위가 표시되지 않아 추정함"
UNITS_DIFFER = "금액 단위 표시가 서로 다름"


@dataclass(frozen=True)
class Unit:
    """How many won one printed unit is; `named`: the form says so for this table."""

    won: int
    named: bool
    doubt: str = ""


def table_unit(grid: Grid, before: Unit | None) -> Unit:
    """The unit of a table: from its own cells, else from the words above it, else (a guess) the table's before it."""
    inside = {unit for spot in grid.spots if (unit := won.unit_in(spot.text)) and not spot.is_figure}
    # Notes stand in head cells; a note that both readers do not share is none.
    unsure = any(won.unit_in(spot.text) and not spot.sure for spot in grid.spots)
    above = [unit for paragraph in grid.above if paragraph.alike and (unit := _note(paragraph.text))]
    if not above and grid.caption:
        above = [unit for unit in [_note(grid.caption)] if unit]
    if len(inside) == 1 and not unsure:
        return Unit(inside.pop(), True)
    if len(inside) > 1:
        return Unit(inside.pop(), False, UNITS_DIFFER)
    if above:
        return Unit(above[-1], True)
    if before is not None:
        return Unit(before.won, False, UNIT_GUESSED)
    return Unit(1000, False, UNIT_GUESSED)  # every plan form we know is in 천원


def _note(text: str) -> int | None:
    """ "(단위: 천원)", or "(천원)" at the end of a heading."""
    if (unit := won.unit_in(text)) is not None:
        return unit
    tight = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    match = re.search(rf"[(\[]({won.UNIT_NAMES})[)\]]$", tight)
    return won.UNITS[match[1]] if match else None


def label_unit(labels: list[Spot]) -> int | None:
    """A unit in a heading of the column or row: "인건비 현금(천원)"."""
    for label in labels:
        if match := _BRACKETED.search(label.tight):
            return won.UNITS[match[1]]
        if (unit := won.unit_in(label.text)) is not None:
            return unit
    return None


def amounts(text: str) -> list[str]:
    """The figures of a cell: mostly one; two where a form prints 현금 and 현물 in one cell."""
    parts = [part.strip() for part in re.split(r"[/\n]", without_share(text))]
    return [part for part in parts if part]


def parse(text: str, unit: int) -> tuple[int | None, bool]:
    """(won, whether the cell names its own unit). A dash and "해당없음" are zero; None where it is no figure."""
    tight = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    tight = _NAMED.sub("", tight)
    if _NONE.fullmatch(tight):
        return 0, False
    if match := _SUFFIX.search(tight):
        return won.parse(tight[: match.start()], won.UNITS[match[1]]), True
    return won.parse(tight, unit), False
