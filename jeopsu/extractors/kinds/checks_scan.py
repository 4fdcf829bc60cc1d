"""Check lists on scans: the boxes are found in the picture, in the ruled row or beside the word they stand for.

OCR prints boxes as anything (ㅁ, 디, 미, 몰) or not at all. The choices' words are known by their pair or group
(`options.py`); what stands in each choice's place is told by its ink beside its brothers' (`marks/glyphs.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.checks_clean import cleaned
from jeopsu.extractors.kinds.checks_frames import looked_again
from jeopsu.extractors.kinds.checks_lines import ScanItem, line_items, row_words
from jeopsu.extractors.kinds.layout import Sheet, compact
from jeopsu.extractors.kinds.options import pair_of
from jeopsu.extractors.kinds.reading import Reader
from jeopsu.extractors.kinds.tables import column_cells, inks_in, inset, row_of, row_part, top_of
from jeopsu.extractors.marks.boxes import settle
from jeopsu.extractors.marks.glyphs import Look, look_into

_HANGUL = re.compile(r"[가-힣]")
FRAMES = frozenset({Look.BOX, Look.PAIR, Look.RING, Look.BOX_INKED, Look.PAIR_INKED})
WIDEST_CHOICE = 130.0  # points; a choice's column is narrower than an item's


def scanned_items(reader: Reader, sheet: Sheet) -> list[ScanItem]:
    """The items of a scanned page, top to bottom."""
    items = [*_in_columns(reader, sheet)]
    taken = [item.box for item in items]
    items += [item for item in line_items(sheet) if not any(box.overlap(item.box) > 0 for box in taken)]
    items = looked_again(sheet, items)
    if not any(item.by_circle and None not in item.states for item in items):
        items = [item for item in items if not item.by_circle]  # nothing is circled here: words of a heading
    items = [item for item in items if item.by_circle or item.in_columns or _printed(item, items)]
    items.sort(key=lambda item: (item.box.top, item.box.left))
    boxed = [item for item in items if not item.states]
    rows = iter(settle([item.glyphs for item in boxed]))
    items = [item if item.states else replace(item, states=tuple(next(rows))) for item in items]
    return cleaned(sheet, items)


def _printed(item: ScanItem, items: Sequence[ScanItem]) -> bool:
    """Whether an item's boxes are boxes: bold letters look filled. One of its frames can be seen, or a filled
    box of its size stands beside a frame elsewhere on the page."""
    if _framed(item) or all(glyph.look is not Look.FULL for glyph in item.glyphs):
        return True
    full = [glyph for glyph in item.glyphs if glyph.look is Look.FULL]
    models = [g for other in items if _framed(other) for g in other.glyphs if g.look is Look.FULL]
    return bool(full) and all(any(m.ink / 1.2 < g.ink < m.ink * 1.2 for m in models) for g in full)


def _framed(item: ScanItem) -> bool:
    return any(glyph.look in FRAMES for glyph in item.glyphs)


# -- a column a choice -------------------------------------------------------------------------------------------


def _in_columns(reader: Reader, sheet: Sheet) -> Iterator[ScanItem]:
    for left, right, choices in _choice_columns(reader, sheet):
        for cell in column_cells(sheet, left):
            places = (row_part(cell, left), row_part(cell, right))
            glyphs = tuple(look_into(sheet.canvas, inset(place, 2.5)) for place in places)
            inks = row_words(sheet, cell)
            if all(glyph.look is Look.BLANK for glyph in glyphs) and not inks:
                continue  # a row left for nothing
            yield ScanItem(tuple(inks), choices, places, glyphs, in_columns=True)


def _choice_columns(reader: Reader, sheet: Sheet) -> list[tuple[Box, Box, tuple[str, str]]]:
    """Two heading cells side by side that print a pair of choices, with the pair."""
    found: list[tuple[Box, Box, tuple[str, str]]] = []
    tried: list[Box] = []
    for row in _rows(sheet):
        for one, two in zip(row[1:], row[2:], strict=False):
            if max(one.width, two.width) > WIDEST_CHOICE:
                continue
            heads = top_of(sheet, one), top_of(sheet, two)
            if any(abs(heads[0].top - t.top) + abs(heads[0].left - t.left) < 8 for t in tried):
                continue
            if abs(heads[0].top - heads[1].top) > 4 or heads[0].bottom > one.top + 4:
                continue
            tried.append(heads[0])
            choices = _pair(reader, sheet, *heads)
            if choices:
                found.append((*heads, choices))
    return found


def _rows(sheet: Sheet) -> Iterator[tuple[Box, ...]]:
    """Ruled rows of three cells and more, one for each run of rows with the same columns."""
    seen: list[Box] = []
    for line in sheet.lines:
        words = [ink for ink in line.inks if _HANGUL.search(ink.text)]
        if not words or any(box.contains(*words[0].box.centre) for box in seen):
            continue
        cell = sheet.canvas.cell_around(*words[len(words) // 2].box.centre)
        if cell is None or cell.height > 160:
            continue
        row = row_of(sheet, cell)
        if len(row) >= 3:
            seen.append(Box(left=row[0].left, top=cell.top, right=row[-1].right, bottom=cell.bottom))
            yield row


def _pair(reader: Reader, sheet: Sheet, left: Box, right: Box) -> tuple[str, str] | None:
    """The choices of two headings: by the page's words, else each heading read by itself."""
    texts = [[_plain("".join(ink.text for ink in inks_in(sheet, cell)))] for cell in (left, right)]
    pair = pair_of(*texts)
    if pair:
        return pair
    for by in (1.5, 3.0):
        cells = reader.source.figures(sheet.number, [sheet.shown(inset(cell, by)) for cell in (left, right)])
        for place, cell in enumerate(cells):
            texts[place] += [_plain(r.text) for r in cell.readings if r.engine == "tesseract"]
        pair = pair_of(*texts)
        if pair:
            return pair
    return None


def _plain(text: str) -> str:
    return re.sub(r"[^가-힣A-Za-z○×]", "", compact(text))
