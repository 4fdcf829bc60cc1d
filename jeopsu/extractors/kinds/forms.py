"""Finding a form's values by its labels: in the cell beside, after a colon, or below, whichever the layout uses.

Labels are found where a word begins, blanks between their letters ignored; on scans a label may be bent by OCR.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from jeopsu.extractors.kinds.closeness import allowed, distance, find_near
from jeopsu.extractors.kinds.form_parts import (
    COLONS,
    COLUMN_GAP,
    LEADING,
    Found,
    Label,
    cut,
    is_label_cell,
    label_at,
    may_end,
    next_cell,
    runs_of,
)
from jeopsu.extractors.kinds.label_words import is_anothers, is_label
from jeopsu.extractors.kinds.layout import Cell, Grid, Ink, Line, Sheet, compact, rows_of


class Form:
    """One page's labels and values. `stops` are all labels of the form: a value ends where the next one begins.

    `lines`: only these of the page's lines are looked at; all of them where none are given.
    """

    def __init__(self, sheet: Sheet, stops: Iterable[str], lines: Sequence[Line] | None = None) -> None:
        self.sheet = sheet
        self.stops = tuple(sorted({compact(stop) for stop in stops}, key=len, reverse=True))
        self._lines = lines

    @cached_property
    def lines(self) -> Sequence[Line]:
        return self.sheet.lines if self._lines is None else self._lines

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
                    if is_anothers(line, start, end, names):
                        continue
                    found.append(label_at(number, line, start, end, name, edits))
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
                if length < 2 or end > len(letters) or not may_end(line, end):
                    continue
                edits = distance(letters[start:end], name, limit)
                if edits <= limit and (best is None or edits < best[1]):
                    best = (end, edits)
            if best:
                yield start, best[0], best[1]

    def _may_begin(self, line: Line, start: int) -> bool:
        if line.starts_word(start):
            return line.letters[start] not in LEADING
        before = start - 1
        while line.letters[before] in LEADING:
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
        on_line = self._on_line(label)
        if on_line is not None:
            return self._whole_period(on_line)
        return self._astride(label) or self._below(label)

    def _whole_period(self, found: Found) -> Found:
        """A period whose end stands in the next line ("2023. 4. 1. ~"), under its beginning."""
        line = found.label.line + 1
        if found.cell or line >= len(self.lines) or not re.search(r"(?:[~∼〜～]|부터)$", found.text):
            return found
        below = self.lines[line]
        inks = [ink for ink in below.inks if ink.box.left >= found.label.box.right]
        near = below.box.top - found.inks[-1].box.bottom < 1.2 * below.height
        if not near or not inks or len(inks) < len(below.inks) or self._holds_label(below, inks):
            return found
        return replace(found, inks=(*found.inks, *inks), cell=True)

    def under(self, label: Label) -> Found | None:
        """What stands below a label that heads a column: the next row's cell, without rules the words over whose run
        the label stands."""
        for grid in self.sheet.grids:
            for cell in grid.cells:
                if cell.box.contains(*label.box.centre):
                    below = grid.at(cell.row + cell.row_span, cell.column)
                    if below is None or below.column != cell.column or not is_label_cell(cell, label):
                        return None
                    return Found(self.sheet, tuple(i for line in rows_of(below.inks) for i in line), label, cell=True)
        for line in self.lines[label.line + 1 : label.line + 2]:
            for run in runs_of(line.inks):
                if run[0].box.left <= label.box.centre[0] <= run[-1].box.right:
                    return Found(self.sheet, tuple(run), label)
        return None

    def _in_table(self, label: Label) -> Found | None:
        for grid in self.sheet.grids:
            for cell in grid.cells:
                if not cell.box.contains(*label.box.centre):
                    continue
                if not is_label_cell(cell, label):
                    return None
                beside = next_cell(grid, cell)
                if self._heads_a_column(grid, cell, beside):
                    return self._headed(grid, cell, label)
                if beside is not None and not beside.inks and not self.sheet.scanned:
                    return Found(self.sheet, (), label, cell=True)  # not filled in: what stands elsewhere is not it
                if beside is None or not beside.inks:
                    return None
                inks = tuple(ink for line in rows_of(beside.inks) for ink in line)
                if self._cut_off(label, inks):
                    return None  # a grid that was guessed cuts through words: the line knows better
                return Found(self.sheet, inks, label, cell=True)
        return None

    def _heads_a_column(self, grid: Grid, cell: Cell, beside: Cell | None) -> bool:
        """Whether a label's cell stands among labels: its neighbour is one, or it is the last of its row."""
        neighbour = beside if beside is not None else grid.at(cell.row, cell.column - 1)
        return neighbour is not None and is_label(neighbour.text, self.stops, self.sheet.scanned)

    def _headed(self, grid: Grid, cell: Cell, label: Label) -> Found | None:
        """The value in the next row, where labels stand side by side as the heads of columns; nothing where a label
        without a value stands beside another one."""
        below = grid.at(cell.row + cell.row_span, cell.column)
        if below is None or below.column != cell.column or below.column_span != cell.column_span:
            return Found(self.sheet, (), label, cell=True)
        inks = tuple(ink for line in rows_of(below.inks) for ink in line)
        if is_label(below.text, self.stops, self.sheet.scanned):
            inks = ()
        return Found(self.sheet, inks, label, cell=True)

    def _cut_off(self, label: Label, inks: Sequence[Ink]) -> bool:
        """Whether words of the label's line stand right beside the cell's words, on neither side of a column's gap."""
        line = self.lines[label.line]
        own = [number for number, ink in enumerate(line.inks) if ink in inks]
        if not own:
            return False
        if any(line.inks[number].text.strip(COLONS) for number in range(label.last + 1, own[0])):
            return True
        if own[-1] + 1 < len(line.inks):
            last, after = line.inks[own[-1]], line.inks[own[-1] + 1]
            return after.box.left - last.box.right < 0.8 * max(4.0, min(last.box.height, after.box.height))
        return False

    def _on_line(self, label: Label) -> Found | None:
        line = self.lines[label.line]
        inks: list[Ink] = []
        if label.tail:
            inks.append(cut(line.inks[label.last], label.tail))
        end = self._stop(line, label)
        before = line.inks[label.last]
        for ink in line.inks[label.last + 1 : end]:
            if not inks and ink.text.strip(COLONS + "·.,") == "":
                before = ink
                continue
            wide = COLUMN_GAP * max(min(before.box.height, ink.box.height), 5.0)
            if inks and ink.box.left - before.box.right > wide:
                break
            text = ink.text.lstrip(COLONS) if not inks else ink.text
            inks.append(ink if text == ink.text else cut(ink, text))
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
                if distance(letters[: len(name)], name, limit) <= limit and may_end(line, end):
                    return stop
        return len(line.inks)

    def _astride(self, label: Label) -> Found | None:
        """A value in two lines, one a little above its label and one a little below it."""
        if not 0 < label.line < len(self.lines) - 1 or self.lines[label.line].inks[label.last + 1 :]:
            return None
        parts = []
        for line in (self.lines[label.line - 1], self.lines[label.line + 1]):
            inks = [ink for ink in line.inks if ink.box.left > label.box.right]
            away = abs(line.box.centre[1] - label.box.centre[1])
            if not inks or len(inks) < len(line.inks) or away > 1.3 * max(label.box.height, 5.0):
                return None
            if self._holds_label(line, inks):
                return None
            parts.append(inks)
        if abs(parts[0][0].box.left - parts[1][0].box.left) > 1.5 * max(label.box.height, 5.0):
            return None
        first = parts[0][0]
        if (text := first.text.lstrip(COLONS)) != first.text:
            parts[0] = [cut(first, text), *parts[0][1:]] if text else parts[0][1:]
        return Found(self.sheet, (*parts[0], *parts[1]), label, cell=True)

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
        return below.box.top - line.box.bottom < 0.7 * line.height and not any(c in below.text for c in COLONS)

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
