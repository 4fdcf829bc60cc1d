"""The tables of a page as statement rows: which columns hold labels, codes, notes and amounts, and what each row says.

Boxes are upright here (see kinds/layout.py). Ruled rows come as the reader gives them; a table that is ruled only
between its columns is cut into its lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jeopsu.domain.documents import Word
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.kinds.layout import Cell, Ink, Sheet, compact, rows_of
from jeopsu.extractors.kinds.layout import Grid as Table
from jeopsu.extractors.pages import UNREAD
from jeopsu.extractors.statements.model import Column, Grid, Row, Slot
from jeopsu.extractors.statements.periods import periods_of

_FIGURE = re.compile(r"^₩?[(\[△▲\-−–₩]*\d{1,3}([,.]\d{3})+[)\]]?원?$|^[(\[△▲\-−–₩]?\d{4,}[)\]]?원?$")
_DASH = re.compile(r"^[-−–―ㅡ_]$")
_SMALL = re.compile(r"^\d{1,3}$")
_NOTES = re.compile(r"^\d{1,2}(?:[,.·]\d{1,2})*,?$")
_ABOVE = re.compile(r"단위|현재|까지|회사명|법인명|상호|사업연도|재무상태표|대차대조표|손익계산서")
_HANGUL = re.compile(r"[가-힣]{2,}")
_PERIOD = re.compile(r"제?\d{1,3}\(?[당전]?\)?기|[(（]?[당전]{1,2}[)）]?기|(?:19|20)\d\d|금액|^[당전]{1,2}기?$")


@dataclass(frozen=True)
class Band:
    """A row of a table before its columns are understood: per grid column the ink in it and the room it has."""

    top: float
    bottom: float
    inks: tuple[tuple[Ink, ...], ...]
    rooms: tuple[Box | None, ...]  # where a cell begins: its box
    spans: tuple[int, ...]  # how many columns that cell covers; 0 where none begins


def grids_of(sheet: Sheet, table: Table) -> list[Grid]:
    """The grids that a ruled table holds: none, one, or one for each of its blocks side by side."""
    return _read(sheet, table) if table.columns >= 2 and table.rows >= 2 else []


def like_figure(text: str) -> bool:
    """It looks as an amount does, well or badly read: most of it digits, at least four, or comma groups."""
    if _FIGURE.match(text.replace("￦", "₩")) or text == UNREAD:
        return True
    if _NOTES.match(text):  # 13,14: numbers of notes
        return False
    digits = sum(c.isdigit() for c in text)
    return digits >= 4 and digits >= 0.6 * len(text) and not re.search(r"[년월일.]\d{1,2}[년월일.]", text)


def joined(inks: Sequence[Ink]) -> str:
    return "".join(compact(ink.text) for line in rows_of(inks) for ink in line)


def _read(sheet: Sheet, table: Table) -> list[Grid]:
    edges = _edges(table)
    edges, bands = _merged(edges, _bands(table, edges))
    kinds = _kinds(bands, len(edges))
    grids = []
    for block in _blocks(kinds):
        grid = _grid(sheet, bands, edges, kinds, block)
        if grid is not None:
            grids.append(replace(grid, ruled=table.ruled))
    return grids


def _edges(table: Table) -> list[tuple[float, float]]:
    """Left and right of each grid column, from the cells that span no other."""
    edges: list[tuple[float, float] | None] = []
    for column in range(table.columns):
        own = [c.box for c in table.cells if c.column == column and c.column_span == 1]
        if own:
            middle = len(own) // 2
            edges.append((sorted(b.left for b in own)[middle], sorted(b.right for b in own)[middle]))
        else:
            edges.append(None)
    known = [e for e in edges if e]
    fallback = (known[-1][1], known[-1][1]) if known else (0.0, 0.0)
    return [e or fallback for e in edges]


def _bands(table: Table, edges: list[tuple[float, float]]) -> list[Band]:
    bands: list[Band] = []
    for number in range(table.rows):
        cells = [c for c in table.row(number) if c.row == number]
        if not cells:
            continue
        tall = [c for c in cells if c.row_span == 1 and len(rows_of(c.inks)) >= 3]
        if len(tall) >= 2 and sum(_stacked(c) for c in tall) >= 1:
            bands += _lines(cells, len(edges), edges)
            continue
        inks: list[tuple[Ink, ...]] = [() for _ in edges]
        rooms: list[Box | None] = [None for _ in edges]
        spans = [0 for _ in edges]
        for cell in cells:
            inks[cell.column] = cell.inks
            rooms[cell.column] = cell.box
            spans[cell.column] = cell.column_span
        boxes = [c.box for c in cells if c.row_span == 1] or [c.box for c in cells]
        top, bottom = min(b.top for b in boxes), max(b.bottom for b in boxes)
        bands.append(Band(top, bottom, tuple(inks), tuple(rooms), tuple(spans)))
    return bands


def _merged(edges: list[tuple[float, float]], bands: list[Band]) -> tuple[list[tuple[float, float]], list[Band]]:
    """Columns that one figure spans are one column: a split between them was made by a word of the heading."""
    first = list(range(len(edges)))
    for band in bands:
        for column, span in enumerate(band.spans):
            if span > 1 and like_figure(joined(band.inks[column])):
                for other in range(column + 1, min(column + span, len(edges))):
                    first[other] = min(first[other], first[column])
    heads = sorted(set(first))
    if len(heads) == len(edges):
        return edges, bands
    groups = [[c for c in range(len(edges)) if first[c] == head] for head in heads]
    new_edges = [(edges[g[0]][0], max(edges[c][1] for c in g)) for g in groups]
    return new_edges, [_narrowed(band, groups) for band in bands]


def _narrowed(band: Band, groups: list[list[int]]) -> Band:
    inks, rooms, spans = [], [], []
    for number, group in enumerate(groups):
        begun = [c for c in group if band.spans[c]]
        boxes = [box for c in begun if (box := band.rooms[c]) is not None]
        inks.append(tuple(ink for c in group for ink in band.inks[c]))
        rooms.append(around(boxes) if boxes else None)
        end = max((c + band.spans[c] for c in begun), default=0)
        spans.append(sum(1 for later in groups[number:] if later[0] < end) if begun else 0)
    return Band(band.top, band.bottom, tuple(inks), tuple(rooms), tuple(spans))


def _stacked(cell: Cell) -> bool:
    """Several figures stand one above the other in this cell."""
    lines = [joined(line) for line in rows_of(cell.inks)]
    return sum(like_figure(line) or bool(_DASH.match(line)) for line in lines) >= 3


def _lines(cells: Sequence[Cell], count: int, edges: list[tuple[float, float]]) -> list[Band]:
    """A row ruled only between its columns, cut at its lines of words."""
    every = [ink for cell in cells for ink in cell.inks]
    lines = rows_of(every)
    bands = []
    owner = {id(ink): cell.column for cell in cells for ink in cell.inks}
    for line in lines:
        box = around([ink.box for ink in line])
        inks: list[list[Ink]] = [[] for _ in range(count)]
        for ink in line:
            inks[owner[id(ink)]].append(ink)
        rooms = tuple(Box(left=e[0], top=box.top - 1, right=max(e), bottom=box.bottom + 1) for e in edges)
        bands.append(Band(box.top, box.bottom, tuple(tuple(i) for i in inks), rooms, tuple(1 for _ in edges)))
    return bands


def _kinds(bands: list[Band], count: int) -> list[str]:
    """For each column: "label", "amount", "code", "note" or "" (empty)."""
    kinds = []
    for column in range(count):
        texts = [t for band in bands if (t := joined(band.inks[column]))]
        figures = sum(like_figure(t) for t in texts)
        dashes = sum(bool(_DASH.match(t)) for t in texts)
        words = sum(bool(_HANGUL.search(t)) and not _PERIOD.search(t) for t in texts)
        small = [int(t) for t in texts if _SMALL.match(t)]
        if any(t == "코드" for t in texts) or (len(small) >= 5 and len(small) > 0.7 * len(texts) and max(small) >= 100):
            kinds.append("code")
        elif any(re.sub(r"\W", "", t) == "주석" for t in texts[:3]):
            kinds.append("note")
        elif figures and figures + dashes >= max(1, 0.3 * len(texts)) and words <= 0.4 * len(texts):
            kinds.append("amount")
        elif words >= max(1, 0.3 * len(texts)):
            kinds.append("label")
        elif texts and all(_PERIOD.search(t) for t in texts):
            kinds.append("amount")
        else:
            kinds.append("" if not texts else "note")
    return kinds


def _blocks(kinds: list[str]) -> list[range]:
    """Column ranges that are a statement of their own: label … amounts. A label behind amounts opens the next."""
    starts = [0]
    seen_amount = False
    for number, kind in enumerate(kinds):
        if kind == "amount":
            seen_amount = True
        elif kind == "label" and seen_amount:
            starts.append(number)
            seen_amount = False
    blocks = [range(a, b) for a, b in pairwise([*starts, len(kinds)])]
    return [b for b in blocks if any(kinds[c] == "label" for c in b) and any(kinds[c] == "amount" for c in b)]


@dataclass(frozen=True)
class _Block:
    """The columns of one statement within a table, by what they hold."""

    columns: range
    labels: list[int]
    codes: list[int]
    amounts: list[int]
    between: list[int]  # the labels' columns and empty ones among them: a label's words may run over

    @classmethod
    def of(cls, columns: range, kinds: list[str]) -> _Block:
        labels = [c for c in columns if kinds[c] == "label"]
        # An empty column between amounts is an amount column without figures (a sub-column); left of them it is margin.
        first = min(c for c in columns if kinds[c] == "amount")
        return cls(
            columns,
            labels,
            codes=[c for c in columns if kinds[c] == "code"],
            amounts=[c for c in columns if kinds[c] == "amount" or (kinds[c] == "" and c > first)],
            between=[c for c in range(columns.start, max(labels) + 1) if c in labels or not kinds[c]],
        )


def _grid(
    sheet: Sheet, bands: list[Band], edges: list[tuple[float, float]], kinds: list[str], columns: range
) -> Grid | None:
    """One statement of a table: what stands above it, its heading, then its rows."""
    block = _Block.of(columns, kinds)
    heads: dict[int, list[str]] = {c: [] for c in block.amounts}
    rows: list[Row] = []
    above: list[str] = []
    headed, in_head = False, True
    top = bands[0].top  # below the lines that stand above the table's own heading
    for band in bands:
        texts = {c: joined(band.inks[c]) for c in columns}
        line = " ".join(ink.text for inks in rows_of([i for inks in band.inks for i in inks]) for ink in inks)
        if in_head and _is_above(line):
            above.append(line)
            top = band.bottom
        elif in_head and _is_heading(texts, block.amounts, block.labels):
            for c in block.amounts:
                if text := texts[c] or ("" if band.spans[c] else _spanning(band, texts, c, columns)):
                    heads[c].append(text)
            headed = headed or any(_PERIOD.search(texts[c]) for c in block.amounts)
        else:
            in_head = in_head and not any(like_figure(texts[c]) for c in block.amounts)
            if (row := _row(sheet, band, block, texts, edges[columns.start][0])) is not None:
                rows.append(row)
    if not rows:
        return None
    # Columns in which nothing stands are gaps that a heading's words made.
    used = [n for n in range(len(block.amounts)) if any((slot := r.slots[n]) and slot.text for r in rows)]
    rows = [replace(r, slots=tuple(r.slots[n] for n in used)) for r in rows]
    amounts = tuple(Column(*edges[c], " ".join(heads[c])) for c in (block.amounts[n] for n in used))
    return Grid(sheet.number, top, amounts, tuple(rows), headed, bool(block.codes), above=tuple(above))


def _row(sheet: Sheet, band: Band, block: _Block, texts: dict[int, str], left: float) -> Row | None:
    """A band as a statement's row; None where it holds neither a label nor a cell for an amount."""
    inks = [ink for c in block.between for ink in band.inks[c]]
    label = " ".join(ink.text for line in rows_of(inks) for ink in line)
    slots = tuple(_slot(sheet, band, c, n) for n, c in enumerate(block.amounts))
    if not label and not any(slots):
        return None
    margin = Box(left=left, top=band.top, right=left + 1, bottom=band.bottom)
    return Row(
        sheet.number,
        label,
        around([ink.box for ink in inks]) if inks else margin,
        slots,
        code="".join(texts[c] for c in block.codes),
        faint=min((ink.word.confidence for ink in inks), default=0.0),
    )


def _is_above(line: str) -> bool:
    """A line that belongs above the table though the reader took it in: title, company, unit, one period's dates."""
    letters = compact(line)
    if re.search(r"과목|구분|항목", letters) or not _ABOVE.search(letters):
        return False
    return len(periods_of(line)) < 2


def _spanning(band: Band, texts: dict[int, str], column: int, block: range) -> str:
    """The heading over a sub-column: that of the nearest column to the left whose cell runs over this one."""
    for c in range(column - 1, block.start - 1, -1):
        if band.spans[c]:
            return texts.get(c, "") if c + band.spans[c] > column else ""
    return ""


def _is_heading(texts: dict[int, str], amounts: list[int], labels: list[int]) -> bool:
    """A row that names the columns: 과목, 계정과목, 제 18(당)기, 금액, 코드 … and no figure."""
    if any(like_figure(texts[c]) and not _PERIOD.search(texts[c]) for c in amounts):
        return False
    label = "".join(texts[c] for c in labels)
    named = bool(re.search(r"과목|구분|항목", label))
    return named or any(_PERIOD.search(texts[c]) for c in amounts)


def _slot(sheet: Sheet, band: Band, column: int, number: int) -> Slot | None:
    room = band.rooms[column]
    if room is None or band.spans[column] != 1:
        return None
    words: list[Word] = []
    for line in rows_of(band.inks[column]):
        words += [ink.word.model_copy(update={"box": ink.box}) for ink in line]
    return Slot(sheet.number, number, room, tuple(words), joined(band.inks[column]))
