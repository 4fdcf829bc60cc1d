"""Which pages of a file are worth reading: the auditor's report, the balance sheet, the income statement.

An audit report runs to 60 pages, nearly all of them notes. A glance at each page is enough to leave those out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jeopsu.domain.kinds import Segment
from jeopsu.extractors.pages import PageSource
from jeopsu.extractors.statements import headings, labels
from jeopsu.extractors.statements.model import Sheet
from jeopsu.extractors.statements.paper import Paper

_KNOWN_LINES = 3  # lines with an item's label that make a page part of a statement
_LABEL = re.compile(r"^[^\d,]*[가-힣)]")


@dataclass(frozen=True)
class Pages:
    """Page numbers, in order."""

    front: list[int]  # cover and auditor's report
    statements: list[int]

    @property
    def all(self) -> list[int]:
        return sorted({*self.front, *self.statements})


def choose(source: PageSource, segment: Segment) -> Pages:
    """Sorts the pages of a segment into front matter, statements and the rest."""
    front: list[int] = []
    statements: list[int] = []
    for number in range(segment.first_page, min(segment.last_page, source.count) + 1):
        paper = Paper(source, number, glance=True)
        if paper.page.blank:
            continue
        if _notes_begin(paper) and statements:
            break
        if _is_statement(paper):
            statements.append(number)
        elif not statements:
            front.append(number)
    return Pages(front, statements)


def _notes_begin(paper: Paper) -> bool:
    """The notes' own title page or first page."""
    return any(
        re.fullmatch(r"(?:재무제표(?:에대한)?|연결재무제표(?:에대한)?)?주석", line.letters) for line in paper.lines[:6]
    )


def _is_statement(paper: Paper) -> bool:
    known = 0
    for line in paper.lines:
        if headings.title_of(line.text, paper.scanned):
            return True
        match = _LABEL.match(line.text)
        if match and any(labels.find(match[0], s, paper.scanned) for s in (Sheet.BALANCE, Sheet.INCOME)):
            known += 1
    return known >= _KNOWN_LINES or any(
        headings.title_of(" ".join(i.text for i in cell.inks), paper.scanned)
        for grid in paper.grids
        for cell in grid.cells
    )
