"""A statement's rows of one fiscal year, in order: what each is and the figure that stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from jeopsu.domain.values import won
from jeopsu.extractors.statements import labels
from jeopsu.extractors.statements.model import Figure, Row, Slot, Statement, StatementKind


@dataclass
class Entry:
    """A row in one year. `figure` is None where nothing is printed (a heading, a blank line)."""

    row: Row
    name: str  # the item; "" for a row that is none of the table of labels
    level: str  # the style of its numbering
    slots: tuple[Slot, ...]  # the cells of this year: one, or sub-columns
    loss: bool = False
    both: bool = False
    near: float = 1.0
    code_fits: bool | None = None  # 표준재무제표: label and code name the same item; None: no code known
    figure: Figure | None = None
    engines: int = 0  # scans: how many engines have read its cells


@dataclass
class Ledger:
    """One statement in one fiscal year."""

    statement: Statement
    year: int
    place: int  # 0: the first period of its statement (당기), 1: the next (전기) …
    digital: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def kind(self) -> StatementKind:
        return self.statement.kind

    def all(self, name: str) -> list[Entry]:
        return [e for e in self.entries if e.name == name and e.figure is not None]

    def one(self, name: str) -> Figure | None:
        """The figure of an item; None where it is absent or stands several times with different amounts."""
        found = [e.figure for e in self.all(name) if e.figure is not None]
        return found[0] if found and len({f.candidates for f in found}) == 1 else None

    def position(self, name: str) -> int | None:
        return next((n for n, e in enumerate(self.entries) if e.name == name and e.figure is not None), None)


def ledgers_of(statement: Statement, digital: bool) -> list[Ledger]:
    """A statement's rows by year. Rows have slots but no figures yet (see `print_in` and amounts.py)."""
    order = sorted({y for years in statement.years.values() for y in years if y is not None}, reverse=True)
    result = []
    for year in order:
        ledger = Ledger(statement, year, order.index(year), digital)
        for number, grid in enumerate(statement.grids):
            columns = [n for n, y in enumerate(statement.years[number]) if y == year]
            for row in grid.rows:
                slots = tuple(s for n in columns if n < len(row.slots) and (s := row.slots[n]) is not None)
                ledger.entries.append(_entry(row, slots, statement, digital))
        if not digital:
            _by_place(ledger)
            _trust_form(ledger)
        result.append(ledger)
    return result


# item → the items over and under the line where it stands, for lines whose label OCR has lost
_PLACES: dict[StatementKind, tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]] = {
    StatementKind.INCOME: (
        ("revenue", (), ("cogs",)),
        ("gross_profit", ("cogs",), ("sga",)),
        ("operating_income", ("sga",), ("nonoperating_income", "other_income", "finance_income")),
        ("pretax", ("nonoperating_expense", "finance_expense", "other_expense", "associates_expense"), ("tax",)),
        ("net_income", ("tax",), ()),
    ),
    StatementKind.BALANCE: (
        ("current_assets", ("heading_assets",), ("cash", "quick_assets")),  # 유통자산 is as like 유동자산 as 유형자산
        ("current_liabilities", ("heading_liabilities",), ("payables",)),
        ("assets", ("noncurrent_assets",), ("heading_liabilities", "current_liabilities")),
        ("liabilities", ("noncurrent_liabilities",), ("heading_equity", "capital_stock")),
        ("equity", ("capital_stock",), ("liabilities_and_equity",)),
    ),
}


def name_by_sum(ledger: Ledger) -> None:
    """비유동자산, 비유동부채 whose label was lost: the one unnamed line below its 유동 part that makes up the total."""
    for whole in ("assets", "liabilities"):
        total, part = ledger.one(whole), ledger.one(f"current_{whole}")
        if total is None or part is None or ledger.all(f"noncurrent_{whole}") or ledger.digital:
            continue
        start, end = ledger.position(f"current_{whole}") or 0, ledger.position(whole) or 0
        rests = {t - p for t in total.candidates for p in part.candidates} - {0}
        found = [e for e in ledger.entries[start:end] if not e.name and e.figure and rests & {*e.figure.candidates}]
        if len(found) == 1:
            found[0].name, found[0].near = f"noncurrent_{whole}", 0.5


def _trust_form(ledger: Ledger) -> None:
    """Once the codes of a page have shown which form it is, a single one that does not fit was misread if its label
    is whole. Its figure still needs a sum."""
    fits = [e for e in ledger.entries if e.code_fits]
    for entry in ledger.entries:
        if entry.code_fits is False and entry.near == 1.0 and len(fits) >= _PROVEN:
            entry.code_fits = None


_PROVEN = 4  # codes that fit their labels
_WITH_CODE = 0.6  # how like a label must be to the item that its code names


def _by_place(ledger: Ledger) -> None:
    """Names a line by what stands over and under it. Such a figure counts only where a sum holds with it."""
    for name, above, below in _PLACES[ledger.kind]:
        names = [e.name for e in ledger.entries]
        if name in names:
            continue
        start = max((n for n, found in enumerate(names) if found in above), default=-1)
        if above and start < 0:
            continue
        end = next((n for n in range(start + 1, len(names)) if names[n] in below), len(names) if not below else -1)
        inside = [e for e in ledger.entries[start + 1 : max(end, 0)] if any(s and s.text for s in e.row.slots)]
        if not inside:
            continue
        entry = inside[-1] if below else inside[0]
        if not entry.name:
            entry.name, entry.near = name, 0.5


def _entry(row: Row, slots: tuple[Slot, ...], statement: Statement, digital: bool) -> Entry:
    item = labels.find(row.label, statement.kind, not digital)
    entry = Entry(row, item.name if item else "", labels.level(row.label), slots)
    if item:
        entry.loss, entry.both, entry.near = item.loss, item.both, item.near
    if statement.standard and row.code:
        digits = re.sub(r"\D", "", row.code)
        digits = digits if len(digits) <= 3 else ""  # no code of the form: misread
        named = labels.standard_codes().get((statement.kind, int(digits))) if digits else None
        if not entry.name and named is not None and not digital:
            # Half a label and its own code on the form: two witnesses of one item.
            like = labels.resembles(row.label, named, statement.kind)
            if like >= _WITH_CODE:
                entry.name, entry.near = named, like
        if named is not None or entry.name in labels.standard_codes().values():
            entry.code_fits = named == entry.name
    return entry


def print_in(ledger: Ledger) -> None:
    """Fills a text-layer ledger: what is printed in the one filled cell of each row is its figure."""
    for entry in ledger.entries:
        filled = [slot for slot in entry.slots if slot.text]
        if not filled:
            continue
        slot = filled[-1]  # of sub-columns the right one holds the total
        value = won.parse(slot.text)
        figure = figure_of(ledger, entry, slot, (value,) if value is not None else ())
        figure.solid = value is not None
        if value is None:
            figure.doubt = "숫자 형식이 아닙니다"
        elif len(filled) > 1:
            figure.solid, figure.doubt = False, "한 줄의 두 칸에 금액이 있습니다"
        entry.figure = figure


def figure_of(ledger: Ledger, entry: Entry, slot: Slot, values: Iterable[int]) -> Figure:
    """A figure whose candidates carry the sign that the label gives them."""
    statement = ledger.statement
    figure = Figure(entry.name, ledger.year, slot, entry.row.label, statement.unit or 1, digital=ledger.digital)
    figure.candidates = tuple(dict.fromkeys(v for value in values for v in signed(entry, value)))
    figure.confidence = min(1.0, entry.near)
    return figure


def signed(entry: Entry, value: int) -> tuple[int, ...]:
    """당기순손실 1,000 is −1,000. In brackets it may be a loss marked twice, or a profit; the sums decide."""
    if not entry.loss:
        return (value,)
    if entry.both or value >= 0:
        return (-value,)
    return (value, -value)
