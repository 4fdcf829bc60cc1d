"""Statements without rules: amounts stand below one another by their right edges; a row is a line of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from jeopsu.domain.documents import Word
from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.kinds.layout import Ink, Sheet, compact
from jeopsu.extractors.statements.grids import like_figure
from jeopsu.extractors.statements.model import Column, Grid, Row, Slot

_DASH = re.compile(r"^[-−–―]$")
_NOTE = re.compile(r"^\d{1,2}(?:,\d{1,2})*,?$|^주석$|^주$|^석$")
_PERIOD = re.compile(r"제|기|[당전]|(?:19|20)\d\d")
_ABOVE = re.compile(r"현재|까지|부터|단위|회사명|법인명")
_SHORT = re.compile(r"^[(\[△▲\-−–]*\d{1,3}[)\]]?$")
_SIGN = re.compile(r"[△▲(]+")
_CLOSE = 0.5  # of a figure's height: words of digits so close are one figure
_APART = 3.0  # of a figure's height: a sign stands before it, even at the column's left edge
_BRACKET = 5.0  # points by which a closing bracket may stand out of its column
_ALIGNED = 7.0  # points between right edges of one column: a closing bracket stands out by about 4
_SIDE = 0.3  # of the lines: so many labels between two columns of amounts name the second one's
_FEWEST = 3  # figures that make a column


def loose_grids(sheet: Sheet, lines: Sequence[Sequence[Ink]], fewest: int = _FEWEST) -> list[Grid]:
    """The grid that a run of lines forms; empty where no column of `fewest` amounts is found."""
    figures = [[] if _names_periods(line) else _figures(line) for line in lines]
    columns = _columns([f for line in figures for f in line], fewest)
    if not columns:
        return []
    if not sheet.scanned and (cut := _second_labels(lines, columns)) is not None:
        halves = ([[ink for ink in line if (ink.box.left < cut) == left] for line in lines] for left in (True, False))
        return [grid for half in halves for grid in loose_grids(sheet, [line for line in half if line], fewest)]
    start = next(n for n, line in enumerate(figures) if any(_column_of(f, columns) is not None for f in line))
    heads = _heads(lines[max(0, start - 4) : start], columns)
    first = columns[0].left
    rows = []
    for line, found in zip(lines[start:], figures[start:], strict=True):
        box = around([ink.box for ink in line])
        placed: dict[int, tuple[Ink, ...]] = {}
        for figure in found if sheet.scanned else [*found, *_short(line, columns)]:
            if (column := _column_of(figure, columns)) is not None:
                placed[column] = figure
        label = [ink for ink in line if ink.box.right <= first + 2 and not _NOTE.match(compact(ink.text))]
        if not label and not placed:
            continue
        slots = tuple(_slot(sheet, n, column, box, placed.get(n, ())) for n, column in enumerate(columns))
        label_box = around([i.box for i in label]) if label else Box(left=0, top=box.top, right=1, bottom=box.bottom)
        text = " ".join(ink.text for ink in label)
        rows.append(Row(sheet.number, text, label_box, slots, "", min((i.word.confidence for i in label), default=0.0)))
    top = around([ink.box for ink in lines[start]]).top
    columns = [Column(c.left, c.right, heads[n]) for n, c in enumerate(columns)]
    return [Grid(sheet.number, top, tuple(columns), tuple(rows), any(heads))]


def _second_labels(lines: Sequence[Sequence[Ink]], columns: Sequence[Column]) -> float | None:
    """Where the second half of an account form (자산 beside 부채와 자본) begins: labels stand between two columns."""
    for before, after in pairwise(columns):
        labels = [
            [ink for ink in line if before.right < ink.box.left and ink.box.right < after.right - 3 and _words(ink)]
            for line in lines
        ]
        if sum(map(bool, labels)) >= max(_FEWEST, _SIDE * len(lines)):
            return min(ink.box.left for line in labels for ink in line) - 1
    return None


def _words(ink: Ink) -> bool:
    return re.search("[가-힣]", ink.text) is not None and _PERIOD.search(ink.text) is None


def _names_periods(line: Sequence[Ink]) -> bool:
    """제 7(당)기 2022년 1월 1일부터 …; 제 7 기 (2022) 제 6 기 (2021): its numbers are no amounts."""
    letters = "".join(compact(ink.text) for ink in line)
    if re.search(r"\d,\d{3}", letters):
        return False
    return bool(re.search(r"\d(?:부터|까지|일현재)|(?:제\d{1,3}(?:\([당전]+\))?기)", letters))


def _figures(line: Sequence[Ink]) -> list[tuple[Ink, ...]]:
    """Runs of words in a line that make one figure each."""
    return [run for run in _runs(line) if like_figure(t := "".join(compact(i.text) for i in run)) or _DASH.match(t)]


def _runs(line: Sequence[Ink]) -> list[tuple[Ink, ...]]:
    """Words of digits that stand close, put together; brackets and signs that stand apart come with them."""
    runs: list[list[Ink]] = []
    for ink in line:
        text = compact(ink.text)
        if not re.fullmatch(r"[\d,.()△▲\-−–―\[\]₩￦]+원?", text):
            runs.append([])
            continue
        before = compact(runs[-1][-1].text) if runs and runs[-1] else ""
        apart = _APART if _SIGN.fullmatch(before) or text in (")", "]") else _CLOSE
        if before and ink.box.left - runs[-1][-1].box.right < apart * ink.box.height:
            runs[-1].append(ink)
        else:
            runs.append([ink])
    return [tuple(run) for run in runs if run]


def _short(line: Sequence[Ink], columns: Sequence[Column]) -> list[tuple[Ink, ...]]:
    """Figures of one to three digits, which could be numbers of notes: only right under a column's own edge."""
    edges = [c.right - 3 for c in columns]
    return [
        run
        for run in _runs(line)
        if _SHORT.match("".join(compact(i.text) for i in run))
        and any(abs(run[-1].box.right - edge) <= _BRACKET for edge in edges)
    ]


def _columns(figures: Sequence[tuple[Ink, ...]], fewest: int) -> list[Column]:
    dashes = [around([i.box for i in f]) for f in figures if _DASH.match(compact(f[0].text)) and len(f) == 1]
    spots = sorted((around([i.box for i in f]) for f in figures), key=lambda b: b.right)
    groups: list[list[Box]] = []
    for box in spots:
        if groups and box.right - groups[-1][-1].right <= _ALIGNED:
            groups[-1].append(box)
        else:
            groups.append([box])
    # Dashes before the labels of details stand in a line too, but no amount stands with them.
    groups = [g for g in groups if len(g) >= fewest and not all(box in dashes for box in g)]
    columns: list[Column] = []
    for group in groups:
        left = min(b.left for b in group) - 3
        if columns:
            left = max(left, columns[-1].right + 1)
        columns.append(Column(left, max(b.right for b in group) + 3))
    return [c for c in columns if c.right > c.left]


def _column_of(figure: tuple[Ink, ...], columns: Sequence[Column]) -> int | None:
    right = figure[-1].box.right
    near = [
        n
        for n, c in enumerate(columns)
        if abs(c.right - 3 - right) <= 2 * _ALIGNED and figure[0].box.left > c.left - 20
    ]
    return min(near, key=lambda n: abs(columns[n].right - 3 - right)) if near else None


def _heads(lines: Sequence[Sequence[Ink]], columns: Sequence[Column]) -> list[str]:
    """The heading over each column: as many phrases as columns, or one for each group of neighbouring columns.

    Only the line that names the columns counts (과목 …, 제 18(당)기 …), not the lines that tell period and unit.
    """
    heads = ["" for _ in columns]
    for line in lines:
        letters = "".join(compact(ink.text) for ink in line)
        if _ABOVE.search(letters):
            continue
        named = [text for text, _ in phrases(line) if _PERIOD.search(text) and not re.search(r"과|목|주석", text)]
        if named and len(columns) % len(named) == 0:
            wide = len(columns) // len(named)
            for number, phrase in enumerate(named):
                for column in range(number * wide, (number + 1) * wide):
                    heads[column] += phrase
    return heads


def phrases(line: Sequence[Ink]) -> list[tuple[str, Box]]:
    """The words of a line put together where they stand close, or from one 제 to the next: 제 39(당)기."""
    found: list[list[Ink]] = []
    for ink in line:
        opens = compact(ink.text).startswith("제")
        numbered = bool(found) and compact(found[-1][0].text).startswith("제")
        close = bool(found) and ink.box.left - found[-1][-1].box.right < (2.5 if numbered else 0.8) * ink.box.height
        if close and not opens:
            found[-1].append(ink)
        else:
            found.append([ink])
    return [(" ".join(compact(i.text) for i in phrase), around([i.box for i in phrase])) for phrase in found]


def _slot(sheet: Sheet, number: int, column: Column, line: Box, inks: tuple[Ink, ...]) -> Slot:
    room = Box(left=column.left, top=line.top - 1, right=max(column.right, column.left), bottom=line.bottom + 1)
    words: tuple[Word, ...] = tuple(i.word.model_copy(update={"box": i.box}) for i in inks)
    return Slot(sheet.number, number, room, words, "".join(compact(i.text) for i in inks))
