"""What a form is found to hold: labels, values, and the words they are made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.kinds.layout import Cell, Grid, Ink, Line, Sheet, compact, union

COLONS = ":：;；"
LEADING = "ㅇ○●◯◦▷▶□■※*·-–—(（[<〈「|.1234567890)）]①②③④⑤⑥⑦⑧⑨" + COLONS
# A gap this many times the letters' height separates two columns; blanks inside a value are narrower.
COLUMN_GAP = 2.6


@dataclass(frozen=True)
class Label:
    """A label on a line: words `first`..`last`, with what follows it inside its last word."""

    line: int
    first: int
    last: int
    words: str
    edits: int
    tail: str
    box: Box


@dataclass(frozen=True)
class Found:
    """A value's words in reading order."""

    sheet: Sheet
    inks: tuple[Ink, ...]
    label: Label
    wrapped: bool = False  # it may run on in the next line: what is here may be a part
    cell: bool = False  # it is a table cell's whole content

    @property
    def text(self) -> str:
        return " ".join(ink.text for ink in self.inks)

    @property
    def box(self) -> Box:
        """On the page as shown."""
        return union(self.inks)

    @property
    def confidence(self) -> float:
        return min((ink.word.confidence for ink in self.inks), default=0.0)

    def only(self, inks: Sequence[Ink]) -> Found:
        """A part of the value."""
        return replace(self, inks=tuple(inks))


def runs_of(inks: Sequence[Ink]) -> list[list[Ink]]:
    """A line's words parted where a column ends."""
    runs: list[list[Ink]] = []
    for ink in inks:
        if runs and ink.box.left - runs[-1][-1].box.right <= COLUMN_GAP * max(ink.box.height, 5.0):
            runs[-1].append(ink)
        else:
            runs.append([ink])
    return runs


def label_at(number: int, line: Line, start: int, end: int, name: str, edits: int) -> Label:
    first, last = line.owner[start], line.owner[end - 1]
    own = [place for place, owner in enumerate(line.owner) if owner == last]
    tail = line.letters[end : own[-1] + 1].lstrip(COLONS)
    return Label(number, first, last, name, edits, tail, around([ink.box for ink in line.inks[first : last + 1]]))


def may_end(line: Line, end: int) -> bool:
    """A label ends with its word, or before a colon or bracket."""
    return end >= len(line.letters) or line.starts_word(end) or line.letters[end] in COLONS + "(（)）["


def is_label_cell(cell: Cell, label: Label) -> bool:
    """A label's cell holds the label and little else ("성명(한글)", "① 상호")."""
    letters = re.sub(r"[(（\[].*?[)）\]]", "", compact(cell.text)).strip(LEADING)
    return len(letters) <= len(re.sub(r"[(（\[].*?[)）\]]", "", label.words)) + 2


def next_cell(grid: Grid, cell: Cell) -> Cell | None:
    for column in range(cell.column + cell.column_span, grid.columns):
        beside = grid.at(cell.row, column)
        if beside is not None and beside is not cell:
            return beside
    return None


def cut(ink: Ink, text: str) -> Ink:
    """A word's last part, its box cut in proportion."""
    share = len(text) / max(1, len(ink.text))
    box = ink.box
    part = Box(left=box.right - share * box.width, top=box.top, right=box.right, bottom=box.bottom)
    shown = ink.word.box
    if abs(shown.width - box.width) < 0.2 * box.width:
        shown = Box(left=shown.right - share * shown.width, top=shown.top, right=shown.right, bottom=shown.bottom)
    return Ink(text, part, ink.word.model_copy(update={"text": text, "box": shown}))
