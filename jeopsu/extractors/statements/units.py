"""Scans: the unit note over a statement, "(단위 : 천원)": read alone where OCR lost it, held against a second witness.

A stain that swallows 천 or 백 makes every figure of a page a thousandfold wrong, and all its sums still hold. So a unit
that such a loss would leave (원, 만원) counts on a scan only where another page of the file or a reading of the note
alone says the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from jeopsu.domain.documents import FigureReading
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.statements import headings
from jeopsu.extractors.statements.ledger import Ledger
from jeopsu.extractors.statements.model import Statement
from jeopsu.extractors.statements.paper import Paper

_LEFT_BY_A_LOSS = frozenset({1, 10_000})  # 원 of 천원, 만원 of 백만원
_LEAST, _MOST = 9.0, 110.0  # points between title and table in which a note can stand
_ALONE = 40.0  # points over a table whose title was not read
_SURE = 0.7  # the weakest character of a crop that counts: 천 lost before 원 would be a thousandfold
_LARGE = 10_000_000_000  # won: a thousandfold, ten trillion, no applicant has
_AGREE = 3  # crops of different extent that must name the unit, and none another


def read_units(statements: Sequence[Statement], papers: dict[int, Paper]) -> None:
    """Sets a scanned statement's unit where it has none (crops must agree); takes away one that stands alone."""
    printed = {id(s): s.unit for s in statements}
    for statement in statements:
        grid = statement.grids[0]
        paper = papers[grid.page]
        if not paper.scanned:
            continue
        if statement.standard and statement.coded and statement.unit in (None, 1):
            statement.unit = (
                1  # the tax office's form itself is printed in 원 (별지 제3호의2·3서식): its codes are the witness
            )
            continue
        if statement.unit is None:
            statement.unit = _read(statement, paper)
        elif statement.unit in _LEFT_BY_A_LOSS:
            elsewhere = {printed[id(s)] for s in statements if s.grids[0].page != grid.page} - {None}
            if elsewhere != {statement.unit} and _read(statement, paper) != statement.unit:
                statement.unit, statement.unit_doubted = None, True


def prove_units(ledgers: Sequence[Ledger], papers: dict[int, Paper]) -> None:
    """Takes 원 and 만원 away from a scan whose amounts would be as likely a thousandfold, if its note, read alone, does
    not say so: two pages of one printing lose their 천 alike."""
    for statement in {id(g.statement): g.statement for g in ledgers if not g.digital}.values():
        own = [e.figure for g in ledgers if g.statement is statement for e in g.entries if e.figure is not None]
        largest = max((abs(f.chosen) for f in own if f.chosen is not None), default=0)
        if statement.unit not in _LEFT_BY_A_LOSS or (statement.standard and statement.coded):
            continue
        if largest * statement.unit < _LARGE and _read(statement, papers[statement.grids[0].page]) != statement.unit:
            statement.unit, statement.unit_doubted = None, True


def _read(statement: Statement, paper: Paper) -> int | None:
    grid = statement.grids[0]
    top = grid.top - _ALONE
    title = statement.title_box if statement.title_page == grid.page else None
    if title is not None and title.bottom < grid.top:  # a word of the table's own rows may stand for its title
        top = max(title.bottom, grid.top - _MOST)
    if not _LEAST <= grid.top - top <= _MOST:
        return None
    right = min(paper.width, max(c.right for c in grid.columns) + 12)
    left = right - 0.3 * paper.width
    crops = [
        Box(left=left, top=max(top, grid.top - high), right=right, bottom=grid.top - low)
        for high in (18.0, 24.0, 40.0, _MOST)
        for low in (0.0, 2.0)
    ]
    crops += _around_note(paper, top, grid.top)
    said = [(unit, sure) for cell in paper.figures(crops) for unit, sure in _units(cell.readings)]
    agreed = sum(sure >= _SURE for _, sure in said) >= _AGREE and len({unit for unit, _ in said}) == 1
    return said[0][0] if agreed else None


def _around_note(paper: Paper, top: float, bottom: float) -> list[Box]:
    """Crops of a note that page OCR found between two heights: it may stand rows above the first figures."""
    for line in paper.lines:
        at = next((n for n, ink in enumerate(line.inks) if "단위" in ink.text), None)
        if at is None or not top <= line.box.centre[1] <= bottom or headings.unit_of(line.text) is None:
            continue
        note = around([ink.box for ink in line.inks[at:]])
        return [
            Box(
                left=max(0.0, note.left - x),
                top=max(0.0, note.top - y),
                right=min(paper.width, note.right + x),
                bottom=note.bottom + y,
            )
            for x in (4.0, 10.0)
            for y in (1.5, 3.0)
        ]
    return []


def _units(readings: Sequence[FigureReading]) -> list[tuple[int, float]]:
    """Each unit that a crop names, with the weakest character of its reading."""
    return [(u, r.weakest) for r in readings for line in r.text.split("\n") if (u := headings.unit_of(line))]
