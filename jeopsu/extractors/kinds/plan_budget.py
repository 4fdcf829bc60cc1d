"""The budget per organisation: sources and cost items in won, each by its labels, its unit and both readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from jeopsu.domain.fields import FieldValue
from jeopsu.domain.values import won
from jeopsu.extractors.kinds.plan_budget_cells import COST_ITEMS, PROJECT, VARIANTS, BudgetTable, Entry
from jeopsu.extractors.kinds.plan_budget_guard import doubted, of_other_things, outside, whole_elsewhere
from jeopsu.extractors.kinds.plan_fields import Candidate, settle
from jeopsu.extractors.kinds.plan_grid import Grid
from jeopsu.extractors.kinds.plan_money import UNIT_GUESSED, Unit, label_unit, parse, table_unit
from jeopsu.extractors.kinds.plan_periods import YEARS_ADDED
from jeopsu.extractors.kinds.plan_roles import Organisations

_SOURCES = ("government", "cash", "in_kind", "total")
_LUMPS = ("equipment", "materials", "outsourcing", "activity", "research_allowance", "indirect", "student_personnel")
# What adds up to the total: outsourcing is a part of 연구활동비 and is left out.
_ADDED = ("personnel_cash", "personnel_in_kind", "student_personnel", "equipment", "materials", "activity",
          "research_allowance", "indirect", "further")  # fmt: skip
_FACTORS = frozenset(Fraction(a, b) for a in won.UNITS.values() for b in won.UNITS.values())
_BLANK = "빈 칸을 0으로 봄"
_Key = tuple[str, str, str, str]  # organisation, item, kind, part


class PlanBudget:
    """Reads all budget tables of a plan."""

    def __init__(
        self, grids: Iterable[Grid], organisations: Organisations, file: str, years: range | None = None
    ) -> None:
        """`years`: those in which the project runs, where they are known."""
        self._file, self._organisations = file, organisations
        self._found: dict[_Key, list[Candidate]] = defaultdict(list)
        self._blank: dict[_Key, list[Candidate]] = defaultdict(list)
        unit: Unit | None = None
        for grid in grids:
            table = BudgetTable(grid, organisations, _home(grid, organisations))
            if not table.looks_like_budget() or of_other_things(grid) or outside(grid, years):
                continue
            unit = table_unit(grid, unit)
            self._take(table.entries(), unit)

    def fields(self) -> list[FieldValue]:
        made = []
        for key in self._organisations.names:
            self._clear_units(key)
            self._prove_years(key)
            self._found.update(doubted({place: c for place, c in self._found.items() if place[0] == key}))
            whole = self._items(key)
            for name, candidates in whole.items():
                value = settle(f"budget.{name}", candidates, self._file, organisation=key)
                if value is not None:
                    made.append(value)
        return made

    # --- entries → candidates -------------------------------------------------------------------------------------

    def _take(self, entries: Sequence[Entry], unit: Unit) -> None:
        for (organisation, item, kind, part), group in _grouped(entries).items():
            chosen, years = _whole_period(group)
            candidates = [_candidate(entry, unit) for entry in chosen]
            place = organisation, item, kind, part
            if years and all(c.value is not None for c in candidates):
                added = _sum(candidates)
                self._found[place].append(replace(added, doubts=(*added.doubts, YEARS_ADDED)))
                continue
            for candidate in candidates:
                (self._found if candidate.printed.strip() else self._blank)[place].append(candidate)

    def _clear_units(self, key: str) -> None:
        """A guessed unit is proven, or found, where the same total stands in a table that names its unit."""
        totals = self._found.get((key, "total", "", ""), [])
        named = {c.value for c in totals if c.sure}
        factors: dict[int, Fraction] = {}
        for total in totals:
            if UNIT_GUESSED in total.doubts and isinstance(total.value, int) and total.value and len(named) == 1:
                factor = Fraction(int(str(next(iter(named)))), total.value)
                if factor in _FACTORS:
                    factors[total.spots[0].table] = factor
        for place, candidates in self._found.items():
            if place[0] == key:
                self._found[place] = [_in_unit(c, factors) for c in candidates]

    def _prove_years(self, key: str) -> None:
        """Sums of years hold where the total they give is printed as one, or comes out of two tables."""
        totals = self._found.get((key, "total", "", ""), [])
        printed = {c.value for c in totals if c.sure}
        added = [c for c in totals if YEARS_ADDED in c.doubts]
        tables = {c.spots[0].table for c in added}
        proven = printed or ({added[0].value} if len(tables) > 1 and len({c.value for c in added}) == 1 else set())
        if len(proven) != 1 or any(c.value not in proven for c in added):
            return
        for table in tables:
            parts = [_in_table(self._found.get((key, name, "", ""), []), table) for name in _SOURCES]
            *sources, total = parts
            values = [c.value for c in sources if c is not None and isinstance(c.value, int)]
            if total is not None and len(values) == 3 and sum(values) == total.value:
                for name in _SOURCES:
                    place = key, name, "", ""
                    self._found[place] = [_without(c, YEARS_ADDED, table) for c in self._found[place]]
        self._found[key, "total", "", ""] = [_without(c, YEARS_ADDED) for c in totals]

    # --- candidates → fields --------------------------------------------------------------------------------------

    def _items(self, key: str) -> dict[str, list[Candidate]]:
        whole: dict[str, list[Candidate]] = {}
        for name in _SOURCES:
            whole[name] = list(self._found.get((key, name, "", ""), []))
        whole["personnel_cash"] = self._personnel(key, ("cash",)) or self._added(
            key, "personnel", (("government", ""), ("own_cash", ""))
        )
        whole["personnel_in_kind"] = self._personnel(key, ("in_kind",))
        for name in _LUMPS:
            whole[name] = self._lump(key, name)
        self._fill_blanks(key, whole)
        whole.pop("further", None)
        return whole

    def _personnel(self, key: str, kinds: tuple[str, ...]) -> list[Candidate]:
        """Cash or in kind of 인건비: as one figure, else 내부 and 외부 (and, in cash, 연구지원인력) added up."""
        for kind in kinds:
            if whole := self._found.get((key, "personnel", kind, ""), []):
                return whole
            parts = [self._found.get((key, "personnel", kind, part), []) for part in ("internal", "external")]
            if kind == "cash":
                parts.append(
                    self._found.get((key, "personnel", "cash", "support"), [])
                    or self._found.get((key, "personnel", "", "support"), [])
                )
            parts = [part for part in parts if part]
            if len(parts) == 1:
                return parts[0]
            if parts:
                return [_sum([part[0] for part in parts])] if all(_alone(part) for part in parts) else []
        return []

    def _lump(self, key: str, item: str) -> list[Candidate]:
        """One amount of a cost item: the lone figure, the sub-total, or cash and in kind added up."""
        parts = self._added(key, item, (("cash", ""), ("in_kind", "")))
        for kind in ("", "sum"):
            if whole := self._found.get((key, item, kind, ""), []):
                return whole_elsewhere(whole, [*self._found.get((key, item, "sum", ""), []), *parts])
            if variants := self._added(key, item, tuple((kind, part) for part in VARIANTS)):
                return variants
        return (
            parts
            or self._added(key, item, (("government", ""), ("own_cash", ""), ("in_kind", "")))
            or self._cash_only(key, item)
        )  # fmt: skip

    def _cash_only(self, key: str, item: str) -> list[Candidate]:
        """Cash where the form asks for no other kind; a doubt until the total proves it."""
        kinds = {place[2] for found in (self._found, self._blank) for place in found if place[:2] == (key, item)}
        candidates = self._found.get((key, item, "cash", ""), []) if kinds == {"cash"} else []
        return [replace(c, doubts=(*c.doubts, _BLANK)) for c in candidates]

    def _added(self, key: str, item: str, parts: tuple[tuple[str, str], ...]) -> list[Candidate]:
        """Parts of an amount added up. An empty cell beside a filled one adds nothing, but a person must say so."""
        found: list[Candidate] = []
        for kind, part in parts:
            candidates = self._found.get((key, item, kind, part), [])
            if candidates and _alone(candidates):
                found.append(candidates[0])
            elif blanks := self._blank.get((key, item, kind, part), []):
                found.append(replace(blanks[0], value=0))
            else:
                return []
        return [_sum(found)] if any(c.printed.strip() for c in found) else []

    def _fill_blanks(self, key: str, whole: dict[str, list[Candidate]]) -> None:
        """An empty cell is zero where the items that are filled in make up the total, and only there."""
        totals = {c.value for c in whole["total"] if c.sure}
        if len(totals) != 1:
            return
        values = {
            name: whole.get(name) or self._lump(key, name) for name in _ADDED if name in whole or name in COST_ITEMS
        }
        if any(len({c.value for c in found}) > 1 for found in values.values()):
            return
        known = sum(int(found[0].value) for found in values.values() if found and isinstance(found[0].value, int))
        if known != totals.pop():
            return
        for name, found in whole.items():
            whole[name] = [_without(_without(c, _BLANK), YEARS_ADDED) for c in found]
        for name in _ADDED:
            item, kind = name, ""
            if name.startswith("personnel"):
                item, kind = "personnel", name.removeprefix("personnel_")
            kinds = (kind,) if kind else ("", "sum", "cash", "in_kind")
            blanks = [c for k in kinds for p in ("", *VARIANTS) for c in self._blank.get((key, item, k, p), [])]
            if not whole.get(name) and blanks and name != "further":
                whole[name] = [replace(blanks[0], value=0, how="derived")]


def _home(grid: Grid, organisations: Organisations) -> str | None:
    """The one organisation that the words above a table name, or that its own cells name."""
    for text in grid.headings():
        if (key := organisations.home_of(text)) is not None:
            return key
    keys = {key for spot in grid.spots if not spot.is_figure and (key := organisations.key_of(spot.text))}
    return keys.pop() if len(keys) == 1 else None


def _grouped(entries: Sequence[Entry]) -> dict[_Key, list[Entry]]:
    groups: dict[_Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.organisation != PROJECT:
            groups[entry.organisation, entry.item, entry.kind, entry.part].append(entry)
    return groups


def _whole_period(entries: list[Entry]) -> tuple[list[Entry], bool]:
    """(the figures for the whole period, whether they are years that must be added up).

    Those without a year, or all of the only year there is, or one figure of each year.
    """
    whole = [entry for entry in entries if not entry.period]
    filled = [entry for entry in entries if entry.text.strip()]
    if any(entry.text.strip() for entry in whole) or not filled:
        return whole or entries[:1], False
    years = [entry for entry in filled if not entry.subtotal] or filled
    periods = {entry.period for entry in years}
    if len(periods) == 1:
        return years, False
    if len(periods) == len(years):
        return years, True
    doubt = ("연차별 금액만 있고 합계를 가려내지 못함",)
    return [replace(entry, doubts=(*entry.doubts, *doubt)) for entry in filled], False


def _candidate(entry: Entry, unit: Unit) -> Candidate:
    """The amount of one cell; None (and no printed characters) where it is empty."""
    own = label_unit(list(entry.labels))
    value, named = parse(entry.text, own or unit.won) if entry.text.strip() else (None, False)
    doubts = list(entry.doubts)
    if not (named or own or unit.named) and value != 0:
        doubts.append(unit.doubt or UNIT_GUESSED)
    if not all(label.sure for label in entry.labels):
        doubts.append("두 판독기가 항목 이름을 다르게 읽음")
    if value is not None and value < 0:
        doubts.append("음수 금액")
    return Candidate(value, entry.text, (entry.spot,), tuple(doubts))


def _without(candidate: Candidate, doubt: str, table: int | None = None) -> Candidate:
    """The candidate without a doubt that was resolved (in one table only, if one is given)."""
    if table is not None and candidate.spots[0].table != table:
        return candidate
    return replace(candidate, doubts=tuple(d for d in candidate.doubts if d != doubt))


def _in_unit(candidate: Candidate, factors: Mapping[int, Fraction]) -> Candidate:
    """The candidate in the unit that its table turned out to have."""
    factor = factors.get(candidate.spots[0].table) if candidate.spots else None
    if factor is None or UNIT_GUESSED not in candidate.doubts or not isinstance(candidate.value, int):
        return candidate
    doubts = tuple(doubt for doubt in candidate.doubts if doubt != UNIT_GUESSED)
    return replace(candidate, value=int(candidate.value * factor), doubts=doubts)


def _in_table(candidates: list[Candidate], table: int) -> Candidate | None:
    found = [c for c in candidates if c.spots[0].table == table]
    return found[0] if len(found) == 1 else None


def _alone(candidates: list[Candidate]) -> bool:
    return len({c.value for c in candidates}) == 1 and candidates[0].value is not None


def _sum(parts: list[Candidate]) -> Candidate:
    doubts = tuple(doubt for part in parts for doubt in part.doubts)
    if any(not part.printed.strip() for part in parts):
        doubts = (*doubts, _BLANK)
    return Candidate(
        value=sum(int(part.value) for part in parts if isinstance(part.value, int)),
        printed=" + ".join(part.printed.strip() for part in parts if part.printed.strip()),
        spots=tuple(spot for part in parts for spot in part.spots),
        doubts=doubts,
        how="derived",
    )
