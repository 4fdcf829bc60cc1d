"""Scans: a statement whose title whole-page OCR has bent ("두성 태 프") gets it from the line of print read alone.

Titles are set in large letters far apart, of which page OCR makes words of its own. Two readings at different sizes
must name the same title, and it must be the statement that the rows below speak of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jeopsu.domain.geometry import Box
from jeopsu.extractors.statements import headings
from jeopsu.extractors.statements.headings import Title
from jeopsu.extractors.statements.model import Statement
from jeopsu.extractors.statements.paper import Paper

_LINES = 3  # from the top of the page that may be its title
_LETTERS = 20  # of Hangul; a longer line is prose. OCR may have found no letter at all in a title
_AGREE = 2


def read_titles(statements: Sequence[Statement], papers: dict[int, Paper]) -> None:
    """Sets the titles of scanned statements that have none."""
    for statement in statements:
        grid = statement.grids[0]
        paper = papers[grid.page]
        if statement.title or not paper.scanned:
            continue
        before = [g for s in statements for g in s.grids if g.page == grid.page and g.top < grid.top]
        start = max((max(r.box.bottom for r in g.rows) for g in before if g.rows), default=0.0)
        lines = [line for line in paper.lines if start <= line.box.top and line.box.bottom < grid.top]
        for line in [line for line in lines if len(re.sub(r"[^가-힣]", "", line.letters)) < _LETTERS][:_LINES]:
            box = _whole_line(line.box, paper)
            title = _agreed(paper, box)
            if title is not None and title.kind is statement.kind:
                statement.title, statement.title_page, statement.title_box = title.text, grid.page, box
                statement.consolidated = statement.consolidated or title.consolidated
                statement.estimated = statement.estimated or title.estimated
                break


def _whole_line(box: Box, paper: Paper) -> Box:
    """The line with the letters at its ends that OCR has lost."""
    ends = [
        (left, right)
        for left, top, right, bottom in paper.pieces.tolist()
        if box.top < (top + bottom) / 2 < box.bottom and 0.3 * box.height < bottom - top < 1.3 * box.height
        and right - left < 2 * box.height
    ]  # fmt: skip
    left, right = min((a for a, _ in ends), default=box.left), max((b for _, b in ends), default=box.right)
    return Box(left=min(box.left, left) - 3, top=box.top - 1, right=max(box.right, right) + 3, bottom=box.bottom + 1)


def _agreed(paper: Paper, box: Box) -> Title | None:
    readings = [*paper.figures([box])[0].readings, *paper.source.again(paper.number, paper.shown(box))]
    titles = [t for r in readings if (t := headings.title_of(r.text, True))]
    exact = [t for t in titles if t.exact]
    kinds = {(t.kind, t.consolidated, t.estimated, t.standard) for t in titles}
    return exact[0] if len(exact) >= _AGREE and len(kinds) == 1 else None
