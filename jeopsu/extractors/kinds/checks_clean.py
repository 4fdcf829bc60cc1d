"""Whether a row's answer is said by its boxes alone: where a hand wrote beside them, over a word, or lightly into one,
a person must look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.kinds.checks_lines import ScanItem
from jeopsu.extractors.kinds.layout import Sheet
from jeopsu.extractors.marks.glyphs import Look
from jeopsu.extractors.marks.untouched import bare, ink_in, paper, untouched

_EMPTY = frozenset({Look.BOX, Look.PAIR})
ROWS = 3  # with the same choices, from which on their words' ink is compared
MORE = 1.2  # times the ink that a word has at least; untouched ones differ by a tenth


def cleaned(sheet: Sheet, items: Sequence[ScanItem]) -> list[ScanItem]:
    """The items; a row whose boxes are all empty, or two of them marked, is told only where no ink says otherwise."""
    written = _written_over(sheet, items)
    return [
        item if _clean(sheet, item, over) else replace(item, states=(None,) * len(item.states))
        for item, over in zip(items, written, strict=True)
    ]


def _clean(sheet: Sheet, item: ScanItem, written_over: bool) -> bool:
    if not {glyph.look for glyph in item.glyphs} <= _EMPTY:
        # Of two that are marked one may be struck out.
        return not (item.states.count(True) > 1 and written_over)
    frames = [glyph.box for glyph in item.glyphs if glyph.box]
    if not all(paper(sheet.canvas, g.box, g.look is Look.PAIR) for g in item.glyphs if g.box):
        return False
    if item.in_columns:
        return bare(sheet.canvas, around(list(item.places)), frames)
    return not item.words or (untouched(sheet.canvas, frames, item.words, item.cell) and not written_over)


def _written_over(sheet: Sheet, items: Sequence[ScanItem]) -> list[bool]:
    """For each item, whether one of its words has more ink than the same word in other rows: something lies over it."""
    over: set[int] = set()
    columns: dict[tuple[tuple[str, ...], int], list[tuple[int, Box, Box]]] = {}
    for row, item in enumerate(items):
        if item.words and not item.in_columns:
            for number, (glyph, word) in enumerate(zip(item.glyphs, item.words, strict=True)):
                if glyph.box is not None:
                    columns.setdefault((item.choices, number), []).append((row, glyph.box, word))
    for same in columns.values():
        if len(same) < ROWS:
            continue
        long = median(word.right - box.right for _, box, word in same)
        high = 0.7 * median(word.height for _, _, word in same)
        inks = [ink_in(sheet.canvas, _behind(box, long, high)) for _, box, _ in same]
        over |= {row for (row, _, _), ink in zip(same, inks, strict=True) if ink > MORE * min(inks) + 1.0}
    return [row in over for row in range(len(items))]


def _behind(box: Box, long: float, high: float) -> Box:
    """Where the word behind a box stands."""
    y = box.centre[1]
    return Box(left=box.right + 1, top=max(0.0, y - high), right=box.right + max(2.0, long), bottom=y + high)
