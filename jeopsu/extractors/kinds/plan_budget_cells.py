"""What every figure of a budget table is: whose, which item, cash or in kind — from the labels on both its sides.

Layouts met: organisations as columns or as rows, a table per organisation, sources (재원) or cost items (비목) down or
across, cash and in kind as rows, as columns or in one cell, sub-totals, years, shares in percent beside the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jeopsu.extractors.kinds.plan_budget_guard import former_figures
from jeopsu.extractors.kinds.plan_grid import Grid, Spot
from jeopsu.extractors.kinds.plan_money import amounts
from jeopsu.extractors.kinds.plan_periods import period_cells
from jeopsu.extractors.kinds.plan_roles import Organisations, role_key
from jeopsu.extractors.kinds.plan_words import tokens

COST_ITEMS = frozenset(
    {"personnel", "student_personnel", "equipment", "materials", "outsourcing", "activity"}
    | {"research_allowance", "indirect", "further"}
)
_ITEMS = COST_ITEMS | {"government", "own", "total", "other", "ratio", "direct"}
_PERSONNEL_PARTS = ("internal", "external", "support")
PROJECT = "project"
VARIANTS = ("general", "special")  # 일반 and 특례 (통합관리) of one item, in columns or rows of their own
_SURELY_AMOUNT = re.compile(r"\d,\d{3}|\d{4}")
_CELLS = 4_000  # no budget table is larger


@dataclass(frozen=True)
class Entry:
    """One figure (or one empty cell) and what its labels say."""

    organisation: str  # a key, or "project"
    item: str  # "government", "cash", "in_kind", "own", "total" or a cost item
    kind: str  # "", "cash", "in_kind", "sum", "government", "own_cash", "own_sum"
    part: str  # personnel: "internal", "external", "support"; "general", "special"; or ""
    period: str
    text: str  # "" for an empty cell
    spot: Spot
    labels: tuple[Spot, ...]
    doubts: tuple[str, ...] = ()
    subtotal: bool = False  # the sum of a stage: its years are there too


@dataclass(frozen=True)
class _Label:
    spot: Spot
    words: tuple[str, ...] | None  # None: not understood
    organisation: str | None

    @property
    def understood(self) -> bool:
        return self.words is not None or self.organisation is not None


class BudgetTable:
    """One grid read as a budget, if it is one."""

    def __init__(self, grid: Grid, organisations: Organisations, home: str | None) -> None:
        self.grid, self._organisations = grid, organisations
        self.home = home  # the only organisation that the words around the table name
        self._known: dict[Spot, _Label] = {}
        self._periods = period_cells(grid)
        self._remarks = self._remark_columns()
        self._axis = self._period_side = ""
        self._funding = False

    def looks_like_budget(self) -> bool:
        """Three items, or government's share beside the organisations' own."""
        found = {word for spot in self.grid.spots if not spot.is_figure for word in (self._label(spot).words or ())}
        self._funding = "government" in found
        return len(found & (COST_ITEMS | {"government", "own", "total"})) >= 3 or (
            "government" in found and bool(found & {"own", "cash", "in_kind"})
        )

    def entries(self) -> list[Entry]:
        if len(self.grid.spots) > _CELLS:
            return []
        sides = []
        former = former_figures(self.grid)
        for spot in self.grid.spots:
            if spot in former:
                continue
            if (spot.is_figure or spot.blank) and spot.column not in self._remarks and spot not in self._periods:
                left = self._run(s for s in self.grid.left_of(spot) if s.column not in self._remarks)
                above = self._run(self.grid.above_of(spot))
                if left or above:
                    sides.append((spot, left, above))
        if not self._find_axis(sides):
            return []
        for name, runs in (("above", [a for _, _, a in sides]), ("left", [r for _, r, _ in sides])):
            if any("period" in (label.words or ()) for run in runs for label in run):
                self._period_side = name
        return [entry for spot, left, above in sides for entry in self._read(spot, left, above)]

    def _find_axis(self, sides: list[tuple[Spot, list[_Label], list[_Label]]]) -> bool:
        """On which side organisations stand. False: the table is not to be trusted with any.

        A cover has an organisation's name above or left of figures that are the whole project's. So all organisations
        that a table names must stand in one line of heads, and a cover must name two.
        """
        # Empty rows of a form stand below its last organisation and are not that one's.
        filled = [side for side in sides if not side[0].blank] or sides
        across = [label for _, _, above in filled for label in above if label.organisation]
        down = [label for _, left, _ in filled for label in left if label.organisation]
        self._axis = "above" if len(across) > len(down) else "left" if down else ""
        if not self._axis:
            return not self._is_cover()
        chosen = across if self._axis == "above" else down
        named = {label.organisation for label in map(self._label, self.grid.spots) if label.organisation}
        lines: dict[int, set[str | None]] = {}
        for label in chosen:
            line = label.spot.row if self._axis == "above" else label.spot.column
            lines.setdefault(line, set()).add(label.organisation)
        whole = any(keys == named for keys in lines.values())
        return whole and (len(named) >= 2 or not self._is_cover())

    def _is_cover(self) -> bool:
        """Whether the table also tells a title, a period, a registration number or the like."""
        facts = {"title", "period", "researcher", "business_number", "representative"}
        return any(facts & set(tokens(spot.text, "identity") or ()) for spot in self.grid.spots)

    # --- labels ---------------------------------------------------------------------------------------------------

    def _label(self, spot: Spot) -> _Label:
        if spot not in self._known:
            words = ("period",) if spot in self._periods else tokens(spot.text, "budget")
            organisation = self._organisations.key_of(spot.text) or self._organisations.role_of(spot.text)
            if organisation is None and words:
                organisation = "lead" if "lead" in words else None
                if "partner" in words:
                    organisation = role_key(spot.text, len(self._organisations.partners) or 1)
            self._known[spot] = _Label(spot, words, organisation)
        return self._known[spot]

    def _run(self, cells: Iterable[Spot]) -> list[_Label]:
        """The labels nearest to a figure. After one that is understood, one that is not ends the run."""
        run: list[_Label] = []
        for spot in cells:
            if spot.blank:
                continue
            if (spot.is_figure or spot.is_neutral) and spot not in self._periods:
                if run:
                    break
                continue
            label = self._label(spot)
            if not label.understood and any(known.understood for known in run):
                # What the group is called that a bare 소계 or 현금 stands in is not known: it may be another's money.
                if not self._is_title(spot) and not any(set(known.words or ()) & _ITEMS for known in run):
                    return [*run, label]
                break
            run.append(label)
        return run

    def _is_title(self, spot: Spot) -> bool:
        """Whether a cell goes over the whole table: it tells no column from another."""
        return spot.column_span == self.grid.columns or spot.row_span == self.grid.rows

    def _remark_columns(self) -> set[int]:
        """Columns of remarks and shares (산출근거, 비고, 비율): words there are about a figure, they do not name it."""
        columns: set[int] = set()
        first = min((s.row for s in self.grid.spots if s.is_figure and s not in self._periods), default=self.grid.rows)
        for spot in self.grid.spots:
            if tokens(spot.text, "budget") != ("ratio",) or spot.row > first:  # below figures it heads a row
                continue
            over = {
                word for s in self.grid.labels(self.grid.above_of(spot)) for word in (tokens(s.text, "budget") or ())
            }
            if not over & (_ITEMS | {"cash", "in_kind"}):
                columns |= set(range(spot.column, spot.column + spot.column_span))
        return columns

    # --- one figure -----------------------------------------------------------------------------------------------

    def _read(self, spot: Spot, left: list[_Label], above: list[_Label]) -> Iterator[Entry]:
        if any("ratio" in (label.words or ()) for label in [*left, *above]):
            # Amounts and shares under one head, in turns (the ministry's table): only what is surely an amount counts.
            if any(len(label.words or ()) > 1 for label in [*left, *above] if "ratio" in (label.words or ())):
                return
            if not _SURELY_AMOUNT.search(spot.text):
                return
            left, above = ([label for label in run if label.words != ("ratio",)] for run in (left, above))
        labels = [*left, *above]
        words = [word for label in labels for word in (label.words or ())]
        if "other" in words:
            return
        if any(len(run) > 1 and not run[-1].understood and run[0].understood for run in (left, above)):
            return
        organisation, doubts, consumed = self._whose(left, above)
        if organisation is None:
            return
        consumed |= self._whole_period(left, above)
        free_sum = self._free_sum(left, above, consumed)
        item, from_side = self._item(left, above, consumed)
        if item is None and not ({"cash", "in_kind"} & set(words) or free_sum):
            return
        if item is not None and from_side is None:
            doubts = (*doubts, "한 칸에 두 비목이 걸려 있음")
        period = " ".join(label.spot.tight for label in labels if label.words and "period" in label.words)
        part = next((word for word in words if word in (*_PERSONNEL_PARTS, *VARIANTS)), "")
        side = {"above": above, "left": left}.get(self._period_side, [])
        subtotal = {"sum", "period"} <= {word for label in side for word in (label.words or ())}
        spots = tuple(label.spot for label in labels)
        for kind, text in self._kinds(spot, labels):
            meaning = self._meaning(item, kind, words, free_sum)
            if meaning is not None:
                yield Entry(organisation, *meaning, part, period, text, spot, spots, doubts, subtotal)

    def _whole_period(self, left: list[_Label], above: list[_Label]) -> set[str]:
        """The side whose "합계" is the sum of years: it says nothing of cash and in kind."""
        side = above if self._period_side == "above" else left if self._period_side == "left" else []
        words = {word for label in side for word in (label.words or ())}
        return {self._period_side} if "sum" in words and not words & (_ITEMS | {"period", "cash", "in_kind"}) else set()

    def _whose(self, left: list[_Label], above: list[_Label]) -> tuple[str | None, tuple[str, ...], set[str]]:
        """(organisation, doubts, the side whose "합계" means all organisations together)."""
        keys = {label.organisation for label in [*left, *above] if label.organisation}
        if len(keys) == 1:
            return keys.pop(), (), set()
        if len(keys) > 1:
            return None, (), set()
        if self._axis:
            side = above if self._axis == "above" else left
            if any("sum" in (label.words or ()) or "total" in (label.words or ()) for label in side):
                return PROJECT, (), {self._axis}
            return None, (), set()
        # No organisation in the table: the words around it must name exactly one, and every label must be understood.
        if self.home is None or any(label.words is None for label in [*left, *above]):
            return None, (), set()
        return self.home, (), set()

    def _item(self, left: list[_Label], above: list[_Label], consumed: set[str]) -> tuple[str | None, str | None]:
        """The item and the side it stands on. Side None: two items claim the figure."""
        found: list[tuple[str, str]] = []
        for side, labels in (("left", left), ("above", above)):
            if side in consumed:
                continue
            item = self._nearest(labels)
            if item == "?":
                return None, None
            if item is not None:
                found.append((item, side))
        if not found:
            return None, None
        names = [item for item, _ in found]
        costs = [item for item in names if item in COST_ITEMS]
        if len(found) == 1:
            return found[0]
        if len(costs) == 1:  # a cost item crossed with a source
            return costs[0], next(side for item, side in found if item == costs[0])
        if "total" in names and len(set(names)) == 2:
            return next((item, side) for item, side in found if item != "total")
        return (names[0], found[0][1]) if len(set(names)) == 1 else (names[0], None)

    def _nearest(self, labels: list[_Label]) -> str | None:
        """The item of a run of labels; "?" where a label that is not understood stands nearer (a detail of an item)."""
        strange = False
        for label in labels:
            if label.words is None:
                strange = strange or label.organisation is None
                continue
            items = [word for word in label.words if word in _ITEMS]
            if strange and (items or set(label.words) & set(_PERSONNEL_PARTS)):
                return "?"
            if "student_personnel" in items:
                return "student_personnel"
            if set(label.words) & set(_PERSONNEL_PARTS):
                return "personnel"
            if len(items) > 1 and "total" in items:
                items.remove("total")
            if len(items) == 1:
                return items[0]
            if len(items) > 1:
                return "?"
        return None

    def _free_sum(self, left: list[_Label], above: list[_Label], consumed: set[str]) -> bool:
        sides = [labels for side, labels in (("left", left), ("above", above)) if side not in consumed]
        return any("sum" in (label.words or ()) for labels in sides for label in labels)

    def _kinds(self, spot: Spot, labels: list[_Label]) -> list[tuple[str, str]]:
        """Cash or in kind with the figure; two of each where one cell holds both."""
        both = next((label.words for label in labels if label.words and {"cash", "in_kind"} <= set(label.words)), None)
        parts = amounts(spot.text)
        if both and len(parts) == 2:
            order = [word for word in both if word in ("cash", "in_kind")]
            return list(zip(order, parts, strict=True))
        if len(parts) == 2 and all(re.match(r"\s*(현금|현물)", part) for part in parts):
            return [("cash" if "현금" in part else "in_kind", part) for part in parts]
        if both or len(parts) > 1:
            return []
        words = {word for label in labels for word in (label.words or ())}
        if {"cash", "in_kind"} <= words:
            return []
        return [("cash" if "cash" in words else "in_kind" if "in_kind" in words else "", parts[0] if parts else "")]

    def _meaning(self, item: str | None, kind: str, words: list[str], free_sum: bool) -> tuple[str, str] | None:
        """(item, kind) as fields know them; None for figures that are no field and no part of one."""
        sources = {"government", "own"} & set(words)
        if item in COST_ITEMS:
            if sources == {"government"}:
                return item, "government"
            if "own" in sources:
                return item, {"cash": "own_cash", "in_kind": "in_kind"}.get(kind, "own_sum")
            return item, kind or ("sum" if free_sum or "total" in words else "")
        if item == "government":
            return None if kind == "in_kind" else ("government", "")
        if item == "own":
            return (kind, "") if kind else ("own", "")
        if item == "total":
            return None if kind else ("total", "")
        if item == "direct":
            return None
        if kind:
            # A bare 현금 or 현물 is the organisation's own only beside the government's share, and never in a sum.
            return (kind, "") if self._funding and not free_sum else None
        return ("total", "") if free_sum else None
