"""A second look at a page's check boxes, once its empty ones are known: what the first could not tell is looked for as
one of them, at its place beside the choice's word or in its column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import cv2
import numpy as np

from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.kinds.checks_lines import ScanItem
from jeopsu.extractors.kinds.layout import Sheet
from jeopsu.extractors.kinds.tables import inset
from jeopsu.extractors.marks.frames import Pattern, frame_in, judged, large_shapes, pattern_of
from jeopsu.extractors.marks.glyphs import Glyph, Look
from jeopsu.extractors.marks.untouched import bare, ink_in, untouched

_EMPTY = frozenset({Look.BOX, Look.PAIR})
_FRAMED = frozenset({Look.BOX, Look.PAIR, Look.BOX_INKED, Look.PAIR_INKED})
_BOXES = frozenset({Look.BOX, Look.BOX_INKED})
# What may be a box with something that runs out of it; a stroke that stands alone has no box.
_DOUBTFUL = frozenset({Look.BLANK, Look.UNCLEAR, Look.CLOSED, Look.RING, Look.RING_INKED, Look.BOX_INKED})
ASIDE, ABOVE = 5.0, 3.5  # points that OCR's words may be off, and so a box from where it should be
INTO = 2.5  # points that a box may reach into a word's place as OCR has it
ROWS = 3  # with the same choices, from which on their words' ink is compared
MORE = 1.2  # times the ink that a word has at least; untouched ones differ by a tenth
TOGETHER = 1.0  # square points of one stroke within a box


def looked_again(sheet: Sheet, items: Sequence[ScanItem]) -> list[ScanItem]:
    """The items, boxes under marks found by the page's empty ones; what proved to be none left out."""
    sure = [item for item in items if item.sure and not item.by_circle]
    frames = [g.box for item in sure or items for g in item.glyphs if g.look is Look.BOX and g.box]
    pattern = pattern_of(sheet.canvas, frames)
    again = [_again(sheet, pattern, item, sure or items) if pattern else item for item in items]
    proven = [item for item in again if (item.sure and not item.by_circle) or _proven(item)]
    found: list[ScanItem] = []
    for item in again:
        if item in proven:
            found.append(replace(item, sure=True))
        elif any(_alike(item, other) for other in proven):
            seen = tuple(g if g.look in _FRAMED else Glyph(Look.UNCLEAR, g.box, g.ink) for g in item.glyphs)
            found.append(replace(item, glyphs=seen, states=(), by_circle=False, sure=True))
        elif item.by_circle:
            found.append(item)
    found = [item for item in found if not _repeated(item, found)]
    return _unshared(sheet, found)


def _again(sheet: Sheet, pattern: Pattern, item: ScanItem, items: Sequence[ScanItem]) -> ScanItem:
    glyphs = []
    for number, glyph in enumerate(item.glyphs):
        if glyph.look is Look.STROKE and glyph.box and _off(item, number, glyph.box, items):
            glyph = Glyph(Look.UNCLEAR, glyph.box, glyph.ink)
        frame = None
        if glyph.look in _DOUBTFUL or (glyph.look is Look.STROKE and item.in_columns):
            area = _area(pattern, item, number, items)
            frame = frame_in(sheet.canvas, pattern, area) if area else None
        if frame is None:
            glyphs.append(glyph)
            continue
        word_left = item.words[number].left if item.words else item.places[number].right
        glyphs.append(judged(sheet.canvas, frame, word_left))
    if item.by_circle and not any(glyph.look is not Look.BLANK for glyph in glyphs):
        return item
    states = () if item.by_circle else item.states
    return replace(item, glyphs=tuple(glyphs), states=states, by_circle=False)


def _off(item: ScanItem, number: int, stroke: Box, items: Sequence[ScanItem]) -> bool:
    """Whether a stroke stands elsewhere than the other rows' boxes of its choice: a word's first letter."""
    places = [
        other.glyphs[number].box
        for other in items
        if _alike(item, other) and other is not item and not item.in_columns and other.glyphs[number].look in _BOXES
    ]
    boxes = [box for box in places if box is not None]
    if not boxes:
        return False
    return abs(stroke.centre[0] - median(box.centre[0] for box in boxes)) > 0.7 * median(box.width for box in boxes)


def _area(pattern: Pattern, item: ScanItem, number: int, items: Sequence[ScanItem]) -> Box | None:
    """Where a choice's box should lie."""
    if item.in_columns:
        return inset(item.places[number], 1.5)
    places = [
        (word.left - g.box.centre[0], g.box.centre[1] - word.centre[1])
        for other in items
        for word, g in zip(other.words, other.glyphs, strict=False)
        if g.look is Look.BOX and g.box
    ]
    if not places or not item.words:
        return None
    word = item.words[number]
    x = word.left - median(before for before, _ in places)
    y = word.centre[1] + median(below for _, below in places)
    across, down = pattern.width / 2 + ASIDE, pattern.height / 2 + ABOVE
    left, right = x - across, min(x + across, word.left + INTO)
    before = item.words[number - 1] if number else None
    if before is not None and abs(before.centre[1] - word.centre[1]) < 0.5 * word.height:
        left = max(left, before.right - INTO)
    return Box(left=max(0.0, left), top=max(0.0, y - down), right=max(left, right), bottom=y + down)


def _proven(item: ScanItem) -> bool:
    """Whether words are choices because a box stands before each, or before one and some ink before the others."""
    boxes = sum(glyph.look in _BOXES for glyph in item.glyphs)
    return not item.by_circle and boxes > 0 and all(glyph.look is not Look.BLANK for glyph in item.glyphs)


def _alike(item: ScanItem, other: ScanItem) -> bool:
    """Whether the same choices stand at the same places of other rows."""
    return item.choices == other.choices and all(
        abs(one.left - two.left) < ASIDE for one, two in zip(item.words, other.words, strict=False)
    )


def _repeated(item: ScanItem, items: Sequence[ScanItem]) -> bool:
    """Whether an earlier item stands in the same place."""
    return any(other.box.overlap(item.box) > 0 for other in items[: items.index(item)])


def _unshared(sheet: Sheet, items: list[ScanItem]) -> list[ScanItem]:
    """The items; a stroke that runs through two boxes is nobody's mark for sure, and no mark is sure under a stamp."""
    canvas = sheet.canvas
    ink = canvas.unruled.astype(np.uint8)
    _, labels = cv2.connectedComponents(ink, connectivity=8)
    stamps = [*large_shapes(canvas), *(seal.box for seal in sheet.seals)]
    owners: dict[int, set[tuple[int, int]]] = {}
    shared: set[tuple[int, int]] = set()
    for row, item in enumerate(items):
        for number, glyph in enumerate(item.glyphs):
            if glyph.box is None:
                continue
            if any(stamp.overlap(glyph.box) > 0 for stamp in stamps):
                shared.add((row, number))
            if glyph.look is not Look.BOX_INKED:
                continue
            rows, columns = canvas.window(inset(glyph.box, 0.25 * min(glyph.box.width, glyph.box.height)))
            counts = np.bincount(labels[rows, columns].ravel())
            for label in np.flatnonzero(counts[1:] > TOGETHER * canvas.scale**2) + 1:
                owners.setdefault(int(label), set()).add((row, number))
    shared |= {place for places in owners.values() if len(places) > 1 for place in places}
    return [
        replace(
            item,
            glyphs=tuple(
                Glyph(Look.UNCLEAR, g.box, g.ink, g.inside) if (row, number) in shared else g
                for number, g in enumerate(item.glyphs)
            ),
        )
        for row, item in enumerate(items)
    ]


def clean(sheet: Sheet, item: ScanItem, items: Sequence[ScanItem]) -> bool:
    """Whether no hand's ink lies beside the boxes or over the words of choices whose boxes are all empty, or over a
    word of two that are marked, which may be struck out. `items`: the page's, among them this one."""
    if not {glyph.look for glyph in item.glyphs} <= _EMPTY:
        twice = item.states.count(True) > 1 and item.words and not item.in_columns
        return not (twice and any(_inkier(sheet, item, items, number) for number in range(len(item.words))))
    frames = [glyph.box for glyph in item.glyphs if glyph.box]
    if item.in_columns:
        return bare(sheet.canvas, around(list(item.places)), frames)
    if not item.words:
        return True
    return untouched(sheet.canvas, frames, item.words, item.cell) and not any(
        _inkier(sheet, item, items, number) for number in range(len(item.words))
    )


def _inkier(sheet: Sheet, item: ScanItem, items: Sequence[ScanItem], number: int) -> bool:
    """Whether a choice's word has more ink than the same word in another row: something lies over it."""
    brothers = [
        (other.glyphs[number].box, other.words[number])
        for other in items
        if other.choices == item.choices and other.words and not other.in_columns
    ]
    pairs = [(box, word) for box, word in brothers if box is not None]
    own = item.glyphs[number].box
    if own is None or len(pairs) < ROWS:
        return False
    long = median(word.right - box.right for box, word in pairs)
    high = 0.7 * median(word.height for _, word in pairs)
    inks = [ink_in(sheet.canvas, _behind(box, long, high)) for box, _ in pairs]
    return ink_in(sheet.canvas, _behind(own, long, high)) > MORE * min(inks) + 1.0


def _behind(box: Box, long: float, high: float) -> Box:
    """Where the word behind a box stands."""
    y = box.centre[1]
    return Box(left=box.right + 1, top=max(0.0, y - high), right=box.right + max(2.0, long), bottom=y + high)
