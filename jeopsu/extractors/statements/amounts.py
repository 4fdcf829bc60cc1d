"""Scans: each figure's cell is read by two engines; here their readings become candidates, and agreement becomes trust.

The gate: both engines give the same well-formed figure, no ink runs over the cell's edge, and no character is weaker
than `CLEAN`. Whatever fails the gate keeps all its readings as candidates; only the sums may choose between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from jeopsu.domain.documents import FigureReading
from jeopsu.domain.values import won
from jeopsu.extractors.pages import UNREAD, FigureCell
from jeopsu.extractors.statements.ledger import Entry, Ledger, figure_of
from jeopsu.extractors.statements.model import Figure, Slot
from jeopsu.extractors.statements.paper import Paper

_AMOUNT = 1_000  # printed units: less, beside another figure of its line, is a stroke or a speck
_BEHEADED = 2  # figures without a head that put their whole column in doubt
CLEAN = 0.50  # the weakest character of a clean reading; see docs/accuracy.md for how it was chosen
_SIGNS = {"Δ": "△", "∆": "△", "▵": "△", "A": "△", "４": "4"}
_STRAY = re.compile(r"[\s|ㅣ_'`‘’“”\"~]+")
_HEADLESS = re.compile(r"\D*[.,]\d{3}(?!\d)|\D*0\d|[^\d(]*[)\]}]\D*\d")
_GROUPED = re.compile(r"[(△▲\-−]*\d{1,3}(?:[.,]\d{3})+\)?")

Wanted = Callable[[Ledger], Sequence[Entry]]


def read_in(ledgers: Sequence[Ledger], papers: dict[int, Paper], wanted: Wanted, engines: int = 2) -> None:
    """Reads the cells of the wanted rows that so many engines have not read yet, and sets their figures."""
    todo: dict[int, list[tuple[Ledger, Entry, Slot]]] = {}
    for ledger in ledgers:
        for entry in wanted(ledger):
            if entry.engines < engines:
                entry.engines = engines
                for slot in entry.slots:
                    todo.setdefault(slot.page, []).append((ledger, entry, slot))
    for page, places in todo.items():
        cells = papers[page].figures([slot.cell for _, _, slot in places], engines == 1)
        found: dict[int, list[tuple[Ledger, Entry, Slot, FigureCell]]] = {}
        for (ledger, entry, slot), cell in zip(places, cells, strict=True):
            if not cell.blank or slot.torn or _amount_like(slot):
                found.setdefault(id(entry), []).append((ledger, entry, slot, cell))
        for inked in found.values():
            ledger, entry, *_ = inked[-1]
            severed = [one for one in inked if one[2].torn or (_severed(one[3]) and _has_digits(one[3]))]
            if severed:  # what lies in the cell beside it may be its other part
                entry.figure = _figure(*severed[-1])
                continue
            figures = [_figure(ledger, entry, slot, cell) for ledger, entry, slot, cell in inked]
            # Of sub-columns the right one holds the total; ink there that is no figure (a seal) hides none to its left.
            read = [figure for figure in figures if any(abs(c) >= _AMOUNT for c in figure.candidates)]
            read = read or [figure for figure in figures if figure.candidates]
            entry.figure = read[-1] if read else figures[-1]
            if len(inked) > 1 and read:
                entry.figure.solid = False
                if len(read) > 1:
                    entry.figure.doubt = "한 줄의 두 칸에 금액이 있습니다"

    for ledger in ledgers:
        _doubt_beheaded(ledger)


def _doubt_beheaded(ledger: Ledger) -> None:
    """Where several figures of a column lack their heads, so may those that look whole: 182,263,986 → 263,986."""
    figures = [e.figure for e in ledger.entries if e.figure is not None and e.figure.readings]
    heads = Counter((f.slot.page, f.slot.column) for f in figures if any(_headless(r.text) for r in f.readings))
    for figure in figures:
        if heads[figure.slot.page, figure.slot.column] >= _BEHEADED:
            figure.candidates, figure.doubt = (), "이 열의 숫자 앞부분이 잘린 것으로 보입니다"


def _amount_like(slot: Slot) -> bool:
    """The page's words hold a figure here: a cell that seems empty was misplaced or has faded."""
    return sum(c.isdigit() for c in slot.text) >= 4 or slot.text == UNREAD


def _figure(ledger: Ledger, entry: Entry, slot: Slot, cell: FigureCell) -> Figure:
    readings = cell.readings
    exact = [won.parse(_tidy(r.text)) for r in readings]
    values = [v for v in exact if v is not None] + [v for r in readings for v in guesses(r.text)]
    cut = slot.torn or _severed(cell)
    # Of a column cut through every figure lacks its first digits, and the sums still hold: they may not speak for it.
    figure = figure_of(ledger, entry, slot, () if cut else values)
    figure.readings = readings
    figure.solid = is_clean(readings, cell.touches_edge)
    figure.confidence = min((r.weakest for r in readings), default=0.0)
    if not figure.candidates:
        figure.doubt = "숫자의 일부가 칸 밖에 있는 것으로 보입니다" if cut else "금액을 읽지 못했습니다"
    return figure


def _severed(cell: FigureCell) -> bool:
    """Whether a part of the cell's figure seems to stand outside it."""
    return cell.runs_on or any(_headless(r.text) for r in cell.readings)


def _has_digits(cell: FigureCell) -> bool:
    """What reads as no digit at all (a streak, a seal) is no part of the figure in the cell beside it."""
    return any(c.isdigit() for r in cell.readings for c in r.text)


def _headless(text: str) -> bool:
    """A figure that begins with a separator, a closing bracket or a zero before further digits: its head is gone."""
    return _HEADLESS.match(unicodedata.normalize("NFKC", text)) is not None


def is_clean(readings: Sequence[FigureReading], touches_edge: bool) -> bool:
    """Two engines, one well-formed figure, no character in doubt, nothing cut off."""
    values = {won.parse(_tidy(r.text)) for r in readings}
    return (
        len({r.engine for r in readings}) >= 2
        and len(values) == 1
        and None not in values
        and not touches_edge
        and min(r.weakest for r in readings) >= CLEAN
    )


def _tidy(text: str) -> str:
    """The reading in plain characters: no blanks, no strokes of a rule, △ for every triangle.

    Points between groups of three digits are commas whose tails were lost: statements print no fractions.
    """
    plain = _STRAY.sub("", unicodedata.normalize("NFKC", text))
    plain = "".join(_SIGNS.get(c, c) for c in plain)
    plain = re.sub(r"^[.,:;]+|[.,:;]+$", "", plain)
    plain = re.sub(r"[.,]{2}", ",", plain)
    return plain.replace(".", ",") if _GROUPED.fullmatch(plain) else plain


def guesses(text: str) -> tuple[int, ...]:
    """What a reading that is no figure may have been: points for commas, half a bracket. Candidates only."""
    plain = _tidy(text)
    if won.parse(plain) is not None:
        return ()
    found: list[int] = []
    dotted = re.sub(r"[.·;:、，]", ",", plain).strip(",")
    for shape in (dotted, re.sub(r",{2,}", ",", dotted)):
        value = won.parse(shape)
        if value is not None:
            found.append(value)
    if "(" in plain or ")" in plain or "[" in plain or "]" in plain:
        core = won.parse(dotted.strip("()[]{}"))
        if core is not None:
            found += [-core, core]
    groups = re.sub(r",+", ",", dotted.strip("()[]{}")).split(",")
    digits = "".join(groups)
    if digits.isdigit() and len(groups) > 1 and len(digits) >= 4 and all(len(g) % 3 == 0 for g in groups[1:]):
        # A comma lost or doubled: the digits in groups of three. A group of two has lost a digit.
        found.append(-int(digits) if plain[0] in "([" else int(digits))
    return tuple(dict.fromkeys(found))
