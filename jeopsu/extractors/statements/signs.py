"""Text layers: a sign or bracket that stands apart from its figure ("△   1,284") is a part of it, in whatever cell.

Programs print the sign at the column's left edge. Left out, a loss is read as a profit, and no sum may show it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from jeopsu.extractors.kinds.layout import Ink, compact
from jeopsu.extractors.statements.grids import like_figure
from jeopsu.extractors.statements.model import Grid, Slot
from jeopsu.extractors.statements.paper import Paper

_BEFORE = re.compile(r"[△▲(\[\-−]+")
_BEHIND = re.compile(r"[)\]]+")
_DASHES = re.compile(r"[\-−]+")
_APART, _DASH_APART = 4.0, 1.0  # of the figure's height; farther a lone dash is another column's zero


def signed(grid: Grid, paper: Paper) -> Grid:
    """The grid with every such sign in its figure's cell. Scans stay as they are (see amounts.py)."""
    if paper.scanned:
        return grid
    marks = [ink for ink in paper.inks if _BEFORE.fullmatch(compact(ink.text)) or _BEHIND.fullmatch(compact(ink.text))]
    if not marks:
        return grid
    rows = [replace(row, slots=tuple(slot and _with_marks(slot, marks) for slot in row.slots)) for row in grid.rows]
    return replace(grid, rows=tuple(rows))


def _with_marks(slot: Slot, marks: Sequence[Ink]) -> Slot:
    if not slot.words or not like_figure(slot.text):
        return slot
    box = slot.ink
    for mark in marks:
        text = compact(mark.text)
        if not box.top < mark.box.centre[1] < box.bottom or any(word.box == mark.box for word in slot.words):
            continue
        far = (_DASH_APART if _DASHES.fullmatch(text) else _APART) * box.height
        word = mark.word.model_copy(update={"box": mark.box})
        if _BEFORE.fullmatch(text) and 0 <= box.left - mark.box.right < far and slot.text[0] not in text:
            slot = replace(slot, words=(word, *slot.words), text=text + slot.text, cell=slot.cell.union(mark.box))
        elif _BEHIND.fullmatch(text) and 0 <= mark.box.left - box.right < far and slot.text[-1] not in text:
            slot = replace(slot, words=(*slot.words, word), text=slot.text + text, cell=slot.cell.union(mark.box))
    return slot
