"""Tables of single outlays: 외주 용역, 연구시설·장비, 연구재료, each with what is bought, by whom, for how much.

The ministry's form asks for outsourcing and equipment from 30 million won on in such tables (8-3) and has no other
place for the outsourcing's amount. Owned equipment (보유현황) is none.
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

_COST = re.compile(r"(?:소요|구축|구매|구입|임차|제작)?(?:비용|금액)|용역(?:금액|비)|예산|구입비|구매비")
_NO_COST = re.compile(r"단가|연간|운영")
_CONTENT = re.compile(r"용역내용|주요내용|내용|과업|용도|규격|사양")
_HOME = re.compile(r"연구개발기관|기관명|기관|구매처별|주체")
_WHOLE = re.compile(r"(?:합|총|소)?계|총액")
_OWNED = re.compile(r"보유|운영|활용현황|기존")
# kind → (words above the table, words in its head that will do as well, the column of the name)
_KINDS = {
    "outsourcing": (
        re.compile(r"외주용역|외부용역|외주가공|위탁용역"),
        re.compile(r"용역(?:명|내용|사|社|기간)"),
        re.compile(r"용역명|건명|품명|명칭"),
    ),
    "equipment": (
        re.compile(r"시설장비.{0,12}(?:구축|구입|구매|임차|도입|내역|계획|상세)|장비.{0,6}(?:구입|구매|임차|구축)"),
        re.compile(r"(?:시설장비|연구장비|장비)명"),
        re.compile(r"시설장비명|장비명|연구장비|품명|기자재명|명칭"),
    ),
    "materials": (
        re.compile(r"(?:연구)?재료.{0,12}(?:구입|구매|내역|계획|상세|사용)|시약.{0,8}(?:구입|구매|내역|계획)"),
        re.compile(r"(?:연구재료|재료|시약)(?:명|비명|제작항목)|^연구재료$"),
        re.compile(r"재료명|시약명|품명|^연구재료$|제작항목|명칭"),
    ),
}


@dataclass(frozen=True)
class Outlay:
    """One row: whose, what, and what it costs in won (None: not to be made out)."""

    kind: str
    organisation: str | None
    what: str
    described: bool
    won: int | None
    named_unit: bool
    spot: Spot
    name: Spot


def outlays(grids: Iterable[Grid], organisations: Organisations) -> list[Outlay]:
    """Every single outlay that a table describes, in order."""
    return [outlay for grid in grids for outlay in _read(grid, organisations)]


def _read(grid: Grid, organisations: Organisations) -> list[Outlay]:
    kind, columns = _columns(grid)
    if not kind:
        return []
    unit = table_unit(grid, None)
    heading = next((key for text in grid.headings() if (key := organisations.home_of(text))), None)
    made = []
    for row in range(1, grid.rows):
        cells = {name: grid.at(row, column) for name, column in columns.items()}
        what, cost = cells.get("name"), cells["cost"]
        if cost is None or cost.blank or what is None or what.blank or cost.row != row:
            continue
        if any(_WHOLE.fullmatch(squeezed(spot.text)) for spot in grid.row(row)):
            continue
        won, named = _amount(cost, grid, columns["cost"], unit)
        home = cells.get("home")
        content = cells.get("content")
        made.append(
            Outlay(
                kind=kind,
                organisation=organisations.key_of(home.text) if home is not None else heading,
                what=what.text.strip(),
                described=content is not None and len(squeezed(content.text)) >= 5,
                won=won,
                named_unit=named,
                spot=cost,
                name=what,
            )
        )
    return made


def _columns(grid: Grid) -> tuple[str, dict[str, int]]:
    """What kind of outlay a table lists and where each heading's column is; "" for a table of something else."""
    head = [(spot.column, squeezed(re.sub(r"\(.*", "", spot.text, flags=re.DOTALL))) for spot in grid.row(0)]
    context = squeezed(" ".join([*grid.headings(), grid.caption]))
    if _OWNED.search(context):
        return "", {}
    for kind, (above, inside, name) in _KINDS.items():
        if not (above.search(context) or any(inside.search(text) for _, text in head)):
            continue
        columns: dict[str, int] = {}
        for column, text in head:
            if not text or _NO_COST.search(text):
                continue
            for what, pattern in (("name", name), ("content", _CONTENT), ("cost", _COST), ("home", _HOME)):
                if what not in columns and pattern.search(text):
                    columns[what] = column
                    break
        if {"name", "cost"} <= set(columns):
            return kind, columns
    return "", {}


def _amount(cost: Spot, grid: Grid, column: int, unit: Unit) -> tuple[int | None, bool]:
    head = grid.at(0, column)
    own = label_unit([head]) if head is not None else None
    won, named = parse(cost.text, own or unit.won)
    return won, named or own is not None or unit.named


_PARTIAL = "외주 용역 상세표의 금액을 더한 값: 상세표에 적지 않은 소액이 더 있을 수 있음"
_NOBODYS = "어느 기관의 것인지 표에 없음"


def amounts_of(found: Iterable[Outlay], known: frozenset[str], file: str) -> list[FieldValue]:
    """budget.outsourcing of organisations whose budget does not show it: offered, for small ones may not be listed."""
    by_home: dict[str, list[Outlay]] = {}
    for outlay in found:
        if outlay.kind == "outsourcing" and outlay.organisation is not None and outlay.organisation not in known:
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


def fields_of(found: Iterable[Outlay], file: str) -> list[FieldValue]:
    """KIND.name and KIND.amount of each outlay, in won; `index` counts the rows of a kind."""
    made: list[FieldValue | None] = []
    counts = dict.fromkeys(_KINDS, 0)
    for one in found:
        index = counts[one.kind]
        counts[one.kind] += 1
        doubts = () if one.organisation is not None else (_NOBODYS,)
        amount = () if one.named_unit or one.won == 0 else (UNIT_GUESSED,)
        for name, candidate in (
            ("name", Candidate(one.what, one.name.text, (one.name,), doubts)),
            ("amount", Candidate(one.won, one.spot.text, (one.spot,), (*doubts, *amount))),
        ):
            made.append(settle(f"{one.kind}.{name}", [candidate], file, organisation=one.organisation, index=index))
    return [field for field in made if field is not None]
