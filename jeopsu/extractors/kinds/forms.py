"""Finding a form's values by its labels: in the cell beside, after a colon, or below, whichever the layout uses.

Labels are found where a word begins, blanks between their letters ignored; on scans a label may be bent by OCR.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.closeness import allowed, distance, find_near
from jeopsu.extractors.kinds.layout import Cell, Grid, Ink, Line, Sheet, compact, rows_of, union

_COLONS = ":：;；"
_LEADING = "ㅇ○●◯◦▷▶□■※*·-–—(（[<〈「|.1234567890)）]①②③④⑤⑥⑦⑧⑨" + _COLONS
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


class Form:
    """One page's labels and values. `stops` are all labels of the form: a value ends where the next one begins."""

    def __init__(self, sheet: Sheet, stops: Iterable[str]) -> None:
        self.sheet = sheet
        self.stops = tuple(sorted({compact(stop) for stop in stops}, key=len, reverse=True))

    @cached_property
    def lines(self) -> list[Line]:
        return self.sheet.lines

    def labels(self, names: Iterable[str]) -> list[Label]:
        """Every place where one of these labels stands, top to bottom; a longer label hides a shorter one in it."""
        names = sorted({compact(name) for name in names}, key=len, reverse=True)
        found: list[Label] = []
        for number, line in enumerate(self.lines):
            taken: set[int] = set()
            for name in names:
                for start, end, edits in self._places(line, name):
                    if taken & set(range(start, end)):
                        continue
                    taken |= set(range(start, end))
                    found.append(_label(number, line, start, end, name, edits))
        return sorted(found, key=lambda label: (label.line, label.first))

    def _places(self, line: Line, name: str) -> Iterable[tuple[int, int, int]]:
        """(start, end, edits) of a label in a line's letters; it must begin and end with words."""
        letters = line.letters
        limit = allowed(name) if self.sheet.scanned else 0
        limit = min(limit, 2)
        for start in range(len(letters)):
            if not self._may_begin(line, start):
                continue
            best: tuple[int, int] | None = None
            for length in range(len(name) - (limit > 0), len(name) + (limit > 0) + 1):
                end = start + length
                if length < 2 or end > len(letters) or not _may_end(line, end):
                    continue
                edits = distance(letters[start:end], name, limit)
                if edits <= limit and (best is None or edits < best[1]):
                    best = (end, edits)
            if best:
                yield start, best[0], best[1]

    def _may_begin(self, line: Line, start: int) -> bool:
        if line.starts_word(start):
            return line.letters[start] not in _LEADING
        before = start - 1
        while line.letters[before] in _LEADING:
            if line.starts_word(before):
                return True
            before -= 1
        # "…일(법인등록번호 …": a bracket inside a word opens a label as well
        return line.letters[start - 1] in "([（"

    def value(self, names: Iterable[str], place: int = 0) -> Found | None:
        """The value of the `place`-th occurrence of a label that has one: the cell beside it, else what follows it."""
        seen = 0
        for label in self.labels(names):
            found = self.beside(label)
            if found is None or not found.inks:
                continue
            if seen == place:
                return found
            seen += 1
        return None

    def beside(self, label: Label) -> Found | None:
        """The value of one label: table cell first, then the rest of its line, then what stands below it."""
        cell = self._in_table(label)
        if cell is not None:
            return cell if cell.inks else None
        return self._on_line(label) or self._below(label)

    def under(self, label: Label) -> Found | None:
        """What stands below a label that heads a column: the next row's cell, without rules the words over whose run
        the label stands."""
        for grid in self.sheet.grids:
            for cell in grid.cells:
                if cell.box.contains(*label.box.centre):
                    below = grid.at(cell.row + cell.row_span, cell.column)
                    if below is None or below.column != cell.column or not _is_label(cell, label):
                        return None
                    return Found(self.sheet, tuple(i for line in rows_of(below.inks) for i in line), label, cell=True)
        for line in self.lines[label.line + 1 : label.line + 2]:
            for run in _runs(line.inks):
                if run[0].box.left <= label.box.centre[0] <= run[-1].box.right:
                    return Found(self.sheet, tuple(run), label)
        return None

    def _in_table(self, label: Label) -> Found | None:
        for grid in self.sheet.grids:
            for cell in grid.cells:
                if not cell.box.contains(*label.box.centre):
                    continue
                if not _is_label(cell, label):
                    return None
                beside = _next_cell(grid, cell)
                if beside is not None and not beside.inks and not self.sheet.scanned:
                    return Found(self.sheet, (), label, cell=True)  # not filled in: what stands elsewhere is not it
                if beside is None or not beside.inks:
                    return None
                inks = tuple(ink for line in rows_of(beside.inks) for ink in line)
                if self._cut_off(label, inks):
                    return None  # a grid that was guessed cuts through words: the line knows better
                return Found(self.sheet, inks, label, cell=True)
        return None

    def _cut_off(self, label: Label, inks: Sequence[Ink]) -> bool:
        """Whether words of the label's line stand right beside the cell's words, on neither side of a column's gap."""
        line = self.lines[label.line]
        own = [number for number, ink in enumerate(line.inks) if ink in inks]
        if not own:
            return False
        if any(line.inks[number].text.strip(_COLONS) for number in range(label.last + 1, own[0])):
            return True
        if own[-1] + 1 < len(line.inks):
            last, after = line.inks[own[-1]], line.inks[own[-1] + 1]
            return after.box.left - last.box.right < 0.8 * max(4.0, min(last.box.height, after.box.height))
        return False

    def _on_line(self, label: Label) -> Found | None:
        line = self.lines[label.line]
        inks: list[Ink] = []
        if label.tail:
            inks.append(_cut(line.inks[label.last], label.tail))
        end = self._stop(line, label)
        before = line.inks[label.last]
        for ink in line.inks[label.last + 1 : end]:
            if not inks and ink.text.strip(_COLONS + "·.,") == "":
                before = ink
                continue
            wide = COLUMN_GAP * max(min(before.box.height, ink.box.height), 5.0)
            if inks and ink.box.left - before.box.right > wide:
                break
            text = ink.text.lstrip(_COLONS) if not inks else ink.text
            inks.append(ink if text == ink.text else _cut(ink, text))
            before = ink
        if not inks:
            return None
        return Found(self.sheet, tuple(inks), label, wrapped=self._runs_on(label, inks))

    def _stop(self, line: Line, label: Label) -> int:
        """The word at which the next label of the form begins, or the line's end."""
        for stop in range(label.last + 1, len(line.inks)):
            start = line.owner.index(stop) if stop in line.owner else None
            if start is None:
                continue
            letters = line.letters[start:].lstrip("([（○●□■◯")
            for name in self.stops:
                limit = min(allowed(name), 1) if self.sheet.scanned else 0
                end = start + len(line.letters[start:]) - len(letters) + len(name)
                if distance(letters[: len(name)], name, limit) <= limit and _may_end(line, end):
                    return stop
        return len(line.inks)

    def _runs_on(self, label: Label, inks: Sequence[Ink]) -> bool:
        """Whether the next line looks like more of this value: it starts under it, close by, with no label."""
        if label.line + 1 >= len(self.lines):
            return False
        line, below = self.lines[label.line], self.lines[label.line + 1]
        under = [ink for ink in below.inks if ink.box.left >= inks[0].box.left - line.height]
        if not under or under[0].box.left > inks[0].box.left + 1.5 * line.height:
            return False
        if len(under) < len(below.inks):
            return False  # something stands at the left of it: a line of its own
        return below.box.top - line.box.bottom < 0.7 * line.height and not any(c in below.text for c in _COLONS)

    def _below(self, label: Label) -> Found | None:
        """The nearest words under a label that stands over its value."""
        for line in self.lines[label.line + 1 : label.line + 3]:
            if line.box.top - label.box.bottom > 3 * label.box.height:
                return None
            inks = [ink for ink in line.inks if label.box.left - 4 <= ink.box.centre[0] <= label.box.right + 4]
            if inks and not self._holds_label(line, inks):
                return Found(self.sheet, tuple(inks), label)
        return None

    def _holds_label(self, line: Line, inks: Sequence[Ink]) -> bool:
        """Whether some of these words are letters of another label ("개 업 연" of "개 업 연 월 일")."""
        own = {number for number, ink in enumerate(line.inks) if ink in inks}
        for stop in self.stops:
            near = find_near(stop, line.letters, min(allowed(stop), 1) if self.sheet.scanned else 0)
            if near and own & set(line.owner[near[0] : near[1]]):
                return True
        return False


def _runs(inks: Sequence[Ink]) -> list[list[Ink]]:
    """A line's words parted where a column ends."""
    runs: list[list[Ink]] = []
    for ink in inks:
        if runs and ink.box.left - runs[-1][-1].box.right <= COLUMN_GAP * max(ink.box.height, 5.0):
            runs[-1].append(ink)
        else:
            runs.append([ink])
    return runs


def _label(number: int, line: Line, start: int, end: int, name: str, edits: int) -> Label:
    first, last = line.owner[start], line.owner[end - 1]
    own = [place for place, owner in enumerate(line.owner) if owner == last]
    tail = line.letters[end : own[-1] + 1].lstrip(_COLONS)
    boxes = [ink.box for ink in line.inks[first : last + 1]]
    box = boxes[0]
    for other in boxes[1:]:
        box = box.union(other)
    return Label(number, first, last, name, edits, tail, box)


def _may_end(line: Line, end: int) -> bool:
    """A label ends with its word, or before a colon or bracket."""
    return end >= len(line.letters) or line.starts_word(end) or line.letters[end] in _COLONS + "(（)）["


def _is_label(cell: Cell, label: Label) -> bool:
    """A label's cell holds the label and little else ("성명(한글)", "① 상호")."""
    letters = re.sub(r"[(（\[].*?[)）\]]", "", compact(cell.text)).strip(_LEADING)
    return len(letters) <= len(re.sub(r"[(（\[].*?[)）\]]", "", label.words)) + 2


def _next_cell(grid: Grid, cell: Cell) -> Cell | None:
    for column in range(cell.column + cell.column_span, grid.columns):
        beside = grid.at(cell.row, column)
        if beside is not None and beside is not cell:
            return beside
    return None


def _cut(ink: Ink, text: str) -> Ink:
    """A word's last part, its box cut in proportion."""
    share = len(text) / max(1, len(ink.text))
    box = ink.box
    part = Box(left=box.right - share * box.width, top=box.top, right=box.right, bottom=box.bottom)
    shown = ink.word.box
    if abs(shown.width - box.width) < 0.2 * box.width:
        shown = Box(left=shown.right - share * shown.width, top=shown.top, right=shown.right, bottom=shown.bottom)
    return Ink(text, part, ink.word.model_copy(update={"text": text, "box": shown}))
