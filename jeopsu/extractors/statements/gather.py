"""Walks over the pages and gathers the statements: a title opens one, grids fill it, over page breaks too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jeopsu.domain.geometry import Box, around
from jeopsu.domain.values import won
from jeopsu.extractors.kinds.layout import Ink, Line
from jeopsu.extractors.pages import UNREAD
from jeopsu.extractors.statements import headings, labels
from jeopsu.extractors.statements.cells_by_ink import with_cells_by_ink
from jeopsu.extractors.statements.columns import headed_by_words, unit_over, years_in
from jeopsu.extractors.statements.grids import grids_of
from jeopsu.extractors.statements.model import OURS, Grid, Period, Row, Statement, StatementKind
from jeopsu.extractors.statements.paper import Heading, Paper
from jeopsu.extractors.statements.periods import cover_periods, periods_in
from jeopsu.extractors.statements.signs import signed
from jeopsu.extractors.statements.unruled import loose_grids

_LEAST = 2  # rows with a known label that make a grid a statement


def statements_in(papers: Sequence[Paper]) -> list[Statement]:
    """All balance sheets and income statements on the pages, in order; other statements are dropped."""
    found: list[Statement] = []
    current: Statement | None = None
    heads: list[Heading] = []
    cover: list[Period] = []  # the years that the pages before the first statement name
    for paper in papers:
        for part in _parts(paper):
            if isinstance(part, Heading):
                heads.append(part)
                continue
            if not found:
                cover = cover_periods([h.text for h in heads if h.page < paper.number])
            top = part.rows[0].box if part.rows else Box(left=0, top=part.top, right=1, bottom=part.top + 1)
            heads += [Heading(paper.number, top, text) for text in part.above]
            opened = _opened(heads, paper.scanned)
            grid, kind = _completed(part, paper)
            if opened is not None:
                current = opened
                found.append(current)
                current.cover = cover
            elif any(h.page == paper.number and headings.is_note(h.text) for h in heads):
                current = Statement(StatementKind.OTHER)  # its lines may be called as a statement's are (see notes.py)
                found.append(current)
            elif kind is StatementKind.OTHER or current is None or not _goes_on(current, kind, heads):
                current = _untitled(heads, kind, paper.number)
                found.append(current)
            by_codes = _is_standard(grid, kind)
            current.coded = current.coded or by_codes
            if not current.title and by_codes:
                current.standard, current.title, current.title_box = True, "표준재무제표", top
                current.title_page = paper.number
            heads = []
            if current.kind is StatementKind.OTHER:
                continue
            if not current.periods and not current.grids:
                # The head's own table fell to pieces: the glance saw it whole.
                current.periods = periods_in([h.text for h in paper.glanced_heads() if h.box.bottom < top.top])
            grid, years = _dated(grid, current, kind, paper)
            if current.unit is None and not paper.scanned:
                current.unit = unit_over(grid.columns)
            latest = max((year for year in years if year), default=None)
            forecast = [c for c, year in zip(grid.columns, years, strict=True) if year and year == latest]
            current.estimated = current.estimated or any(headings.estimated(c.heading) for c in forecast)
            current.years[len(current.grids)] = years
            current.grids.append(grid)
    found = [s for s in found if s.kind is not StatementKind.OTHER and s.grids]
    for statement in found:
        statement.consolidated = statement.consolidated or _shares_equity(statement)
        statement.interim = any(s.interim for s in found)
    return found


def _completed(grid: Grid, paper: Paper) -> tuple[Grid, StatementKind]:
    """The grid with whole figures, their signs and whole labels, and the statement that its rows belong to."""
    return _mended(signed(with_cells_by_ink(grid, paper), paper), paper.scanned)


def _dated(grid: Grid, statement: Statement, kind: StatementKind, paper: Paper) -> tuple[Grid, tuple[int | None, ...]]:
    """A statement's next grid with the year of each column: by its rules, its lines of words, its heading alone."""
    years = years_in(grid, statement, paper.scanned)
    if None in years and (other := _by_words(paper, statement, kind)) is not None:
        grid, years = other
    if None in years and not paper.scanned:
        worded = headed_by_words(grid, paper)
        if sum(map(bool, again := years_in(worded, statement))) > sum(map(bool, years)):
            grid, years = worded, again
    return grid, years


def _shares_equity(statement: Statement) -> bool:
    """A line for owners outside the group (비지배지분) with an amount: consolidated, whatever is left of the title."""
    rows = [row for grid in statement.grids for row in grid.rows]
    minority = [
        r for r in rows if (i := labels.find(r.label, statement.kind)) and i.name in ("minority", "owners_equity")
    ]
    return any(s and (s.text == UNREAD or any(c in "123456789" for c in s.text)) for r in minority for s in r.slots)


def _by_words(paper: Paper, statement: Statement, kind: StatementKind) -> tuple[Grid, tuple[int | None, ...]] | None:
    """The same statement by its lines of words, where the columns that the rules gave belong to no year."""
    for loose in _loose(paper):
        grid, found = _completed(loose, paper)
        years = years_in(grid, statement, paper.scanned)
        if found is kind and None not in years:
            return grid, years
    return None


def _parts(paper: Paper) -> list[Heading | Grid]:
    """A page's headings and grids from top to bottom."""
    grids: list[tuple[Grid, Box]] = []
    cells: list[Heading] = []
    for table in paper.grids:
        box = around([cell.box for cell in table.cells])
        own = [g for g in grids_of(paper, table) if _is_statement(g, paper.scanned)]
        grids += [(g, box) for g in own]
        if not own:
            cells += [Heading(paper.number, c.box, " ".join(i.text for i in c.inks)) for c in table.cells if c.inks]
        else:
            head = own[0].rows[0].box.top if own[0].rows else box.bottom
            cells += [
                Heading(paper.number, c.box, " ".join(i.text for i in c.inks))
                for c in table.cells
                if c.inks and c.box.bottom <= head and _ours("".join(i.text for i in c.inks), paper.scanned)
            ]
    loose = _loose(paper)
    if sum(_weight(g, paper.scanned) for g in loose) > sum(_weight(g, paper.scanned) for g, _ in grids):
        # The rules found do not hold the whole statement (a line under a total makes no table): lines of words do.
        grids, cells = [(g, _extent(g)) for g in loose], []
    inside = [box for _, box in grids]
    lines = [line for line in paper.lines if not any(b.contains(*line.box.centre) for b in inside)]
    parts: list[Heading | Grid] = [Heading(paper.number, line.box, line.text) for line in lines]
    parts += cells
    parts += [g for g, _ in grids]
    # A grid comes after whatever stands at its own height: headings are above or beside its top.
    return sorted(parts, key=lambda p: (p.top, 1) if isinstance(p, Grid) else (p.box.centre[1], 0))


def _loose(paper: Paper) -> list[Grid]:
    return [g for run in _runs(paper, paper.lines) for g in loose_grids(paper, run) if _is_statement(g, paper.scanned)]


def _weight(grid: Grid, bent: bool) -> int:
    """Rows with a known label and something in their slots."""
    return sum(_filled(row) and labels.is_item(row.label, bent) for row in grid.rows)


def _extent(grid: Grid) -> Box:
    boxes = [row.box for row in grid.rows] + [s.cell for row in grid.rows for s in row.slots if s is not None]
    return around(boxes)


def _ours(text: str, bent: bool) -> bool:
    """The title of a statement that we read, printed inside its own table (주석 there is a column)."""
    title = headings.title_of(text, bent)
    return title is not None and title.kind is not StatementKind.OTHER


def _runs(paper: Paper, lines: Sequence[Line]) -> list[list[tuple[Ink, ...]]]:
    """Lines cut where a new title stands."""
    runs: list[list[tuple[Ink, ...]]] = [[]]
    for line in lines:
        if headings.title_of(line.text, paper.scanned):
            runs.append([])
        runs[-1].append(line.inks)
    return [run for run in runs if run]


def _is_statement(grid: Grid, bent: bool) -> bool:
    known = sum(
        1
        for row in grid.rows
        if any(row.slots) and labels.is_item(row.label, bent) or labels.plain(row.label) in labels.foreign()
    )
    return known >= _LEAST


def _opened(heads: Sequence[Heading], bent: bool) -> Statement | None:
    """The statement that the last title among the headings opens, with its unit and periods."""
    titles = [(n, t) for n, h in enumerate(heads) if (t := headings.title_of(h.text, bent))]
    if not titles:
        return None
    number, title = titles[-1]
    at = heads[number]
    statement = Statement(
        title.kind,
        title.consolidated,
        title.estimated,
        title=title.text,
        title_page=at.page,
        title_box=at.box,
        sure_title=title.exact,
        standard=title.standard,
    )
    # Unit and period stand below the title, or beside it (표준재무제표: 사업연도 left of it, title in a cell).
    near = [h for h in heads if h.page > at.page or (h.page == at.page and h.box.centre[1] > at.box.top - 60)]
    units = {u for h in near if (u := headings.unit_of(h.text))}
    statement.unit = units.pop() if len(units) == 1 else None
    statement.estimated = title.estimated or any(headings.estimated(h.text) for h in near)
    statement.periods = periods_in([h.text for h in near])
    statement.interim = any(headings.interim(h.text) for h in near)
    if any("종속기업" in re.sub(r"\s", "", h.text) for h in near):
        statement.consolidated = True  # "주식회사 ○○와 그 종속기업" stands under the title
    return statement


def _is_standard(grid: Grid, kind: StatementKind) -> bool:
    """The tax office's form by its account codes: it knows neither forecasts nor consolidation."""
    if kind is StatementKind.OTHER:
        return False
    codes = labels.standard_codes()
    fits = 0
    for row in grid.rows:
        # A code that stands at the end of its label: the rule between the two was lost.
        behind = re.search(r"\s(\d{2,3})$", row.label)
        digits = re.sub(r"\D", "", row.code) if grid.coded else behind[1] if behind else ""
        item = labels.find(row.label, kind, True)
        fits += bool(digits and item and codes.get((kind, int(digits))) == item.name)
    return fits >= (2 if grid.coded else 3)


def _untitled(heads: Sequence[Heading], kind: StatementKind, page: int) -> Statement:
    """A grid whose title was not read: unit and periods may still stand over it; `sure_title` stays False."""
    near = [h for h in heads if h.page == page]
    statement = Statement(kind, sure_title=False)
    units = {u for h in near if (u := headings.unit_of(h.text))}
    statement.unit = units.pop() if len(units) == 1 else None
    statement.periods = periods_in([h.text for h in near])
    statement.interim = any(headings.interim(h.text) for h in near)
    statement.estimated = any(headings.estimated(h.text) for h in near)
    statement.consolidated = any(re.search(r"연결|종속기업", re.sub(r"\s", "", h.text)) for h in near)
    return statement


def _goes_on(statement: Statement, kind: StatementKind, heads: Sequence[Heading]) -> bool:
    """Whether a table without a title belongs to the statement before it: not under a note of another unit."""
    units = {u for h in heads if (u := headings.unit_of(h.text))}
    return statement.kind in (kind, StatementKind.OTHER) and (statement.unit is None or units <= {statement.unit})


def _mended(grid: Grid, bent: bool) -> tuple[Grid, StatementKind]:
    """The grid with wrapped labels put together, and the statement that its rows belong to."""
    if any(labels.plain(row.label) in labels.foreign() for row in grid.rows):
        return grid, StatementKind.OTHER
    hits = {kind: sum(labels.find(row.label, kind, bent) is not None for row in grid.rows) for kind in OURS}
    kind = max(hits, key=lambda s: hits[s])
    rows: list[Row] = []
    waiting = [r for r in _unbroken(grid.rows) if _filled(r) or re.search(r"[가-힣A-Za-z]", r.label)]
    while waiting:
        row = waiting.pop(0)
        after = waiting[0] if waiting else None
        if len(waiting) >= 2 and _around(row, waiting[0], waiting[1], kind):
            label, box = row.label + waiting[1].label, row.box.union(waiting[1].box)
            waiting[:2] = [replace(waiting[0], label=label, box=box)]
            continue
        if after is not None and not _known(row, kind) and not (_filled(row) and _filled(after)):
            both = row.label + after.label
            parted = not _known(after, kind) or labels.plain(both) in labels.vocabulary(kind).exact
            if parted and labels.plain(both) in labels.vocabulary(kind).exact and row.label and after.label:
                keep = row if _filled(row) else after
                waiting[0] = replace(keep, label=both, box=row.box.union(after.box))
                continue
        rows.append(row)
    return replace(grid, rows=tuple(rows)), kind


def _around(above: Row, figures: Row, below: Row, kind: StatementKind) -> bool:
    """A label in two lines whose figures stand at half its height, without a label of their own."""
    if figures.label or not _filled(figures) or _filled(above) or _filled(below):
        return False
    return labels.plain(above.label + below.label) in labels.vocabulary(kind).exact


def _unbroken(rows: Sequence[Row]) -> list[Row]:
    """Figures wrapped within their cell, put together: "151,569,77" over "5". Only if the upper part alone is none."""
    kept: list[Row] = []
    for row in rows:
        tails = [(n, s) for n, s in enumerate(row.slots) if s is not None and s.text]
        if kept and not row.label and tails and len(kept[-1].slots) == len(row.slots):
            heads = [kept[-1].slots[n] for n, _ in tails]
            if all(h and h.text and _cut(h.text, t.text) for h, (_, t) in zip(heads, tails, strict=True)):
                slots = list(kept[-1].slots)
                for head, (n, tail) in zip(heads, tails, strict=True):
                    assert head is not None
                    slots[n] = replace(
                        head, cell=head.cell.union(tail.cell), words=head.words + tail.words, text=head.text + tail.text
                    )
                kept[-1] = replace(kept[-1], slots=tuple(slots))
                continue
        kept.append(row)
    return kept


def _cut(head: str, tail: str) -> bool:
    """The head is a figure whose last group or bracket is not finished, and the tail finishes it."""
    return (
        "," in head
        and won.parse(head) is None
        and won.parse(head + tail) is not None
        and re.fullmatch(r"\d{0,2}\)?", tail) is not None
    )


def _known(row: Row, kind: StatementKind) -> bool:
    return labels.find(row.label, kind) is not None


def _filled(row: Row) -> bool:
    return any(slot is not None and slot.text for slot in row.slots)
