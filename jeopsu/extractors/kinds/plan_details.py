"""Tables that describe single outlays: 외주 용역 by organisation, with what is bought and for how much.

The ministry's form asks for outsourcing from 30 million won on in such a table and has no other place for its amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jeopsu.domain.fields import FieldValue
from jeopsu.extractors.kinds.plan_fields import Candidate, settle
from jeopsu.extractors.kinds.plan_grid import Grid, Spot
from jeopsu.extractors.kinds.plan_money import UNIT_GUESSED, Unit, label_unit, parse, table_unit
from jeopsu.extractors.kinds.plan_roles import Organisations
from jeopsu.extractors.kinds.plan_words import squeezed

_OUTSOURCING = re.compile(r"외주용역|외부용역|외주가공|위탁용역")
_COST = re.compile(r"(?:소요)?(?:비용|금액)|용역(?:금액|비)|예산")
_CONTENT = re.compile(r"용역내용|주요내용|내용|과업")
_NAME = re.compile(r"용역명|건명|품명|명칭")
_HOME = re.compile(r"연구개발기관|기관명|기관")


@dataclass(frozen=True)
class Outlay:
    """One row: whose, what, and what it costs in won (None: not to be made out)."""

    organisation: str | None
    what: str
    described: bool
    won: int | None
    named_unit: bool
    spot: Spot


def outsourced(grids: Iterable[Grid], organisations: Organisations) -> list[Outlay]:
    """Every outsourcing that a table describes, in order."""
    return [outlay for grid in grids for outlay in _read(grid, organisations)]


def _read(grid: Grid, organisations: Organisations) -> list[Outlay]:
    columns = _columns(grid)
    if columns is None:
        return []
    unit = table_unit(grid, None)
    made = []
    for row in range(1, grid.rows):
        cells = {name: grid.at(row, column) for name, column in columns.items()}
        what, cost = cells.get("name"), cells["cost"]
        if cost is None or cost.blank or what is None or what.blank or cost.row != row or squeezed(what.text) == "합계":
            continue
        won, named = _amount(cost, grid, columns["cost"], unit)
        home = cells.get("home")
        content = cells.get("content")
        made.append(
            Outlay(
                organisation=organisations.key_of(home.text) if home is not None else None,
                what=what.text.strip(),
                described=content is not None and len(squeezed(content.text)) >= 5,
                won=won,
                named_unit=named,
                spot=cost,
            )
        )
    return made


def _columns(grid: Grid) -> dict[str, int] | None:
    """Where each heading's column is; None for a table of something else."""
    head = [(spot.column, squeezed(spot.text)) for spot in grid.row(0) if not spot.blank]
    context = squeezed(" ".join(grid.headings()) + grid.caption)
    if not (_OUTSOURCING.search(context) or any(text.startswith("용역") for _, text in head)):
        return None
    columns: dict[str, int] = {}
    for column, text in head:
        for name, pattern in (("name", _NAME), ("content", _CONTENT), ("cost", _COST), ("home", _HOME)):
            if name not in columns and pattern.search(text):
                columns[name] = column
                break
    return columns if {"name", "cost"} <= set(columns) else None


def _amount(cost: Spot, grid: Grid, column: int, unit: Unit) -> tuple[int | None, bool]:
    head = grid.at(0, column)
    own = label_unit([head]) if head is not None else None
    won, named = parse(cost.text, own or unit.won)
    return won, named or own is not None or unit.named


_PARTIAL = "외주 용역 상세표의 금액을 더한 값: 상세표에 적지 않은 소액이 더 있을 수 있음"


def amounts_of(outlays: Iterable[Outlay], known: frozenset[str], file: str) -> list[FieldValue]:
    """budget.outsourcing of organisations whose budget does not show it: offered, for small ones may not be listed."""
    by_home: dict[str, list[Outlay]] = {}
    for outlay in outlays:
        if outlay.organisation is not None and outlay.organisation not in known:
            by_home.setdefault(outlay.organisation, []).append(outlay)
    made = []
    for key, own in by_home.items():
        values = [outlay.won for outlay in own if outlay.won is not None]
        candidate = Candidate(
            value=sum(values) if len(values) == len(own) else None,
            printed=" + ".join(outlay.spot.text.strip() for outlay in own),
            spots=tuple(outlay.spot for outlay in own),
            doubts=(_PARTIAL, *(() if all(outlay.named_unit for outlay in own) else (UNIT_GUESSED,))),
            how="derived",
        )
        field = settle("budget.outsourcing", [candidate], file, organisation=key)
        if field is not None:
            made.append(field)
    return made
