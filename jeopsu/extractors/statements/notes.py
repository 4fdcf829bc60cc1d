"""K-IFRS: interest that an income statement holds within 금융비용 stands in a note (금융비용의 내역: 이자비용 …).

A note's table counts only where it is shown to be the statement's own breakdown: one of its lines is the statement's
금융비용 to the won, and the lines beside 이자비용 make that one up. Lease notes, notes on cash flows, tables by kind of
instrument and notes of consolidated statements, which print an 이자비용 of another scope, fall away by that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from jeopsu.extractors.kinds.layout import Ink
from jeopsu.extractors.pages import PageSource
from jeopsu.extractors.statements import headings, labels
from jeopsu.extractors.statements.amounts import read_in
from jeopsu.extractors.statements.cells_by_ink import with_cells_by_ink
from jeopsu.extractors.statements.columns import parted, years_of
from jeopsu.extractors.statements.grids import grids_of
from jeopsu.extractors.statements.identities import without_children
from jeopsu.extractors.statements.ledger import Entry, Ledger, print_in
from jeopsu.extractors.statements.model import Figure, Grid, StatementKind
from jeopsu.extractors.statements.paper import Paper
from jeopsu.extractors.statements.unruled import loose_grids

INTEREST, COST = "interest_expense", "finance_expense"
_TOTAL = re.compile(r"(?:합계|총계|소계|계)$|^금융(?:수익|이익|비용|원가|손익)")
_OF = re.compile(r"^금융(?:비용|원가)(?=이자비용$)")  # a cell that spans the rows of its kind
_SUBJECT = re.compile(r"금융(?:비용|원가)|이자비용")
_CAPTION = re.compile(r"단위|다음과같|^\(?(?:\d{1,2}|[가-하])[.)][^\d]")
_FIGURE = re.compile(r"[(△▲\-]*[\d,.]+\)?|[-–]")
_NEAR = 6  # lines over a table in which its note says what it is about
_PLAIN_BRACKET = re.compile(r"(?:주석?)?[\d,.·\-]*|[가-하]")
_ENOUGH = 1_000  # printed units: a smaller amount may meet by chance, so both years must
_UNPROVEN = "주석의 이자비용입니다. 그 표가 손익계산서의 금융비용과 맞는지 확인되지 않았습니다"
_SEVERAL = "주석의 이자비용이 여러 줄이거나 표마다 다릅니다"


@dataclass(frozen=True)
class Found:
    """An 이자비용 of a note in one year. `proven`: its table is the breakdown of the statement's 금융비용."""

    ledger: Ledger
    won: int | None
    proven: bool


def read_notes(
    ledgers: Sequence[Ledger], source: PageSource, papers: dict[int, Paper], looked: int, last: int
) -> list[Ledger]:
    """A ledger with the one line 이자비용 for each year whose income statement prints 금융비용 but no interest.

    `looked`: the last page that was glanced at. Scans beyond it are left alone: notes run to 60 pages, and each glance
    costs. A ledger whose table is not proven carries a doubt. Pages read are added to `papers`.
    """
    open_ = [
        g
        for g in ledgers
        if g.kind is StatementKind.INCOME and g.statement.unit and g.all(COST) and not _has_interest(g, ledgers)
    ]
    if not open_:
        return []
    found: list[Found] = []
    for paper in _pages(source, papers, min(grid.page for g in open_ for grid in g.statement.grids), looked, last):
        for grid in _tables(paper):
            found += _weigh(grid, paper, open_, papers)
    return [ledger for g in open_ if (ledger := _best([f for f in found if f.ledger.year == g.year])) is not None]


def _has_interest(ledger: Ledger, ledgers: Sequence[Ledger]) -> bool:
    return any(g.year == ledger.year and g.all(INTEREST) for g in ledgers if g.kind is StatementKind.INCOME)


def _best(found: Sequence[Found]) -> Ledger | None:
    proven = [f for f in found if f.proven]
    if not proven:
        return found[0].ledger if found else None
    ledger = proven[0].ledger
    if len({f.won for f in proven}) > 1:
        _doubted(ledger, _SEVERAL)
    return ledger


def _pages(source: PageSource, papers: dict[int, Paper], first: int, looked: int, last: int) -> Iterator[Paper]:
    """The pages from the income statement on that speak of interest."""
    for number in range(first, last + 1):
        paper = papers.get(number) or Paper(source, number, glance=True)
        if number not in papers and paper.scanned and number > looked:
            return
        if _SUBJECT.search(paper.text):
            if number not in papers:
                paper = Paper(source, number)
            yield paper


def _tables(paper: Paper) -> list[Grid]:
    """The tables with a line 이자비용, by their rules or by their lines of words."""
    ruled = [g for table in paper.grids for g in grids_of(paper, table)]
    own = [g for g in ruled if any(_names_interest(r.label, paper.scanned) for r in g.rows)]
    if own:
        return own
    runs: list[list[tuple[Ink, ...]]] = [[]]
    for line in paper.lines:
        if _CAPTION.search(line.letters) and not _FIGURE.fullmatch(line.inks[-1].text.strip()):
            runs.append([])
        runs[-1].append(line.inks)
    grids = [g for run in runs if run for g in loose_grids(paper, run, 2)]
    return [g for g in grids if any(_names_interest(r.label, paper.scanned) for r in g.rows)]


def _names_interest(label: str, bent: bool) -> bool:
    """이자비용 and nothing else: 이자비용(리스부채), 리스부채 이자비용 are parts of it."""
    if not _PLAIN_BRACKET.fullmatch(labels.bracketed(label)):
        return False
    key = _OF.sub("", labels.plain(label))
    if key == "이자비용":
        return True
    item = labels.find(label, StatementKind.INCOME, True) if bent else None
    return item is not None and item.name == INTEREST


def _weigh(grid: Grid, paper: Paper, statements: Sequence[Ledger], papers: dict[int, Paper]) -> list[Found]:
    """What the table says of each year of the income statements."""
    grid = with_cells_by_ink(grid, paper)
    unit = _unit(grid, paper)
    years = years_of(grid.columns, statements[0].statement.periods, paper.scanned)
    years = parted(grid, years) if paper.scanned else years
    about = _is_about_cost(grid, paper)
    found: list[tuple[Found, bool]] = []
    for column, year in enumerate(years):
        for statement in statements:
            if year not in (None, statement.year):
                continue
            columns = [n for n, y in enumerate(years) if y == year] if year is not None else [column]
            if column != columns[-1]:
                continue
            ledger = _ledger(grid, columns, statement, not paper.scanned)
            if not ledger.all(INTEREST) and ledger.digital:
                continue
            if not ledger.digital:
                papers.setdefault(paper.number, paper)
                read_in([ledger], papers, lambda g: g.entries)
            for printed in dict.fromkeys((unit, statement.statement.unit)):
                if printed and _proves(ledger, statement, printed):
                    papers.setdefault(paper.number, paper)
                    large = abs(_target(statement) or 0) >= _ENOUGH * (statement.statement.unit or 1)
                    figure = ledger.all(INTEREST)[0].figure
                    assert figure is not None and figure.chosen is not None
                    found.append((Found(ledger, figure.chosen * printed, True), large))
                    break
            else:
                if about and year is not None and ledger.all(INTEREST):
                    papers.setdefault(paper.number, paper)
                    ledger.statement.unit = unit or statement.statement.unit
                    _doubted(ledger, _UNPROVEN)
                    found.append((Found(ledger, None, False), True))
    both = len({f.ledger.year for f, _ in found if f.proven}) > 1
    for n, (one, large) in enumerate(found):
        if one.proven and not large and not both:
            _doubted(one.ledger, _UNPROVEN)
            found[n] = (replace(one, proven=False), large)
    return [one for one, _ in found]


def _ledger(grid: Grid, columns: Sequence[int], statement: Ledger, digital: bool) -> Ledger:
    """The table's lines in one year, their figures printed in where a text layer has them."""
    own = replace(statement.statement, grids=[grid], years={0: ()}, title_page=grid.page)
    ledger = Ledger(own, statement.year, statement.place, digital)
    for row in grid.rows:
        slots = tuple(s for n in columns if n < len(row.slots) and (s := row.slots[n]) is not None)
        name = INTEREST if _names_interest(row.label, not digital) else ""
        ledger.entries.append(Entry(row, name, labels.level(row.label), slots))
    if digital:
        print_in(ledger)
    return ledger


def _target(statement: Ledger) -> int | None:
    """The statement's 금융비용 in won, where nothing speaks against it and, on a scan, a sum speaks for it."""
    figure = statement.one(COST)
    if figure is None or figure.chosen is None or figure.broken or not (figure.digital or figure.witnesses):
        return None
    return abs(figure.chosen) * (statement.statement.unit or 1)


def _proves(ledger: Ledger, statement: Ledger, unit: int) -> bool:
    """Whether the table in this unit is the breakdown of the statement's 금융비용; then 이자비용 is chosen."""
    target = _target(statement)
    interest = ledger.all(INTEREST)
    if not target or len(interest) != 1 or interest[0].figure is None or interest[0].figure.doubt:
        return False
    coarse = max(unit, statement.statement.unit or 1)
    exact = unit == statement.statement.unit
    rows = [e for e in ledger.entries if (e.figure and e.figure.candidates) or _TOTAL.search(labels.plain(e.row.label))]
    at = next((n for n, e in enumerate(rows) if e is interest[0]), None)
    if at is None:
        return False

    def meets(value: int) -> bool:
        return abs(value) * unit == target if exact else abs(abs(value) * unit - target) < coarse

    for block, total in _blocks(rows, at):
        printed = [v for v in total.figure.candidates if meets(v)] if total and total.figure else []
        if total is not None and not printed:
            continue
        # A scan's figures may stand a line beside their labels, and every sum survives that: the total's tells.
        if not ledger.digital and not (total and _TOTAL.search(labels.plain(total.row.label))):
            continue
        for lines in _choices(block, interest[0]):
            value = _interest_in(lines, interest[0], printed, meets, ledger)
            if value is not None and value >= 0:
                figure = interest[0].figure
                figure.chosen, figure.witnesses = value, figure.witnesses + 1
                ledger.statement.unit = figure.unit = unit
                return True
    return False


def _blocks(rows: Sequence[Entry], at: int) -> Iterator[tuple[Sequence[Entry], Entry | None]]:
    """The lines beside 이자비용, each time with the line that may be their total: one below, one above, none."""
    ends = [n for n, e in enumerate(rows) if n != at and _TOTAL.search(labels.plain(e.row.label))]
    start = max((n for n in ends if n < at), default=-1)
    below = next((n for n in ends if n > at), None)
    for n in range(at + 1, len(rows)):
        if rows[n].figure is not None and (below is None or n <= below):
            yield rows[start + 1 : n], rows[n]
    end = below if below is not None else len(rows)
    if start >= 0 and rows[start].figure is not None:
        yield rows[start + 1 : end], rows[start]
    if below is None and (start < 0 or rows[start].figure is None):
        yield rows[start + 1 : end], None


def _choices(block: Sequence[Entry], interest: Entry) -> Iterator[list[Entry]]:
    """The block's lines, and without the lines that only take one of them apart."""
    rows = [e for e in block if e.figure is not None]
    left = interest.row.box.left
    seen = []
    for lines in (
        rows,
        [e for e in rows if e.level == interest.level],
        [e for e in rows if not re.match(r"\s*[-–·•※]", e.row.label)],
        [e for e in rows if e.row.box.left <= left + 3],
        without_children(rows),
    ):
        if interest in lines and lines not in seen:
            seen.append(lines)
            yield lines


def _interest_in(
    lines: Sequence[Entry], interest: Entry, printed: Sequence[int], meets: Callable[[int], bool], ledger: Ledger
) -> int | None:
    """The reading of 이자비용 with which the lines make up the total; None where they do not, or where another line
    of them is interest too."""
    if any("이자" in labels.plain(e.row.label) for e in lines if e is not interest):
        return None
    others = [e.figure for e in lines if e is not interest and e.figure]
    if any(len(f.candidates) != 1 for f in others) or interest.figure is None:
        return None
    rest = sum(f.candidates[0] for f in others)
    if printed:
        fits = [v for v in interest.figure.candidates for t in printed if rest + v == t]
    else:
        fits = [v for v in interest.figure.candidates if meets(rest + v)]
    # On a scan two figures that must only be equal may be misread alike: a third one must take part, or two engines.
    three = any(f.candidates[0] for f in others)
    if len(set(fits)) != 1 or not (ledger.digital or three or _solid(interest.figure)):
        return None
    return fits[0]


def _solid(figure: Figure) -> bool:
    return figure.solid and len(figure.candidates) == 1


def _unit(grid: Grid, paper: Paper) -> int | None:
    """The unit nearest over the table."""
    told = [u for text in grid.above if (u := headings.unit_of(text))]
    top = grid.rows[0].box.top if grid.rows else grid.top
    told = told or [u for line in paper.lines if line.box.centre[1] < top and (u := headings.unit_of(line.text))]
    return told[-1] if told else None


def _is_about_cost(grid: Grid, paper: Paper) -> bool:
    """금융비용 or 금융원가 stands in the table or right over it."""
    over = [line.letters for line in paper.lines if line.box.bottom <= grid.top + 2][-_NEAR:]
    return any(
        re.search("금융(?:비용|원가)", re.sub(r"\s", "", text)) for text in [*over, *(r.label for r in grid.rows)]
    )


def _doubted(ledger: Ledger, why: str) -> None:
    for entry in ledger.all(INTEREST):
        if entry.figure is not None:
            entry.figure.doubt = why
