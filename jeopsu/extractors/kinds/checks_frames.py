"""A second look at a page's check boxes, once its empty ones are known: what the first could not tell is looked for as
one of them, at its place beside the choice's word or in its column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np

from jeopsu.domain.geometry import Box
from jeopsu.extractors.kinds.checks_lines import ScanItem
from jeopsu.extractors.kinds.layout import Sheet
from jeopsu.extractors.kinds.tables import inset
from jeopsu.extractors.marks.brackets import Brackets, brackets_apart, brackets_in, brackets_of
from jeopsu.extractors.marks.frames import Pattern, frame_in, judged, large_shapes, pattern_of
from jeopsu.extractors.marks.glyphs import Glyph, Look
from jeopsu.extractors.marks.soil import grown
from jeopsu.extractors.marks.strokes import lone_tick

_EMPTY = frozenset({Look.BOX, Look.PAIR})
_FRAMED = frozenset({Look.BOX, Look.PAIR, Look.BOX_INKED, Look.PAIR_INKED})
_BOXES = frozenset({Look.BOX, Look.BOX_INKED})
_PAIRS = frozenset({Look.PAIR, Look.PAIR_INKED})
# What stands apart from letters, and may be a box with a mark in it.
_INKED = frozenset({Look.BOX_INKED, Look.STROKE, Look.RING, Look.RING_INKED, Look.PAIR_INKED, Look.CLOSED})
ASIDE, ABOVE = 5.0, 3.5  # points that OCR's words may be off, and so a box from where it should be
OFF = 8.0  # points that what is seen may lie beside a box's place: OCR's words are off by six, ticks lean
SEAL = 18.0  # points across from which red ink is a stamp and no stroke through a box
ROOM = 2.6  # points around what stands apart, in which its box may be larger than others
OFF_PAIR = 3.5  # the same in brackets: what tape leaves of a tick lies at one of them
INTO = 2.5  # points that a box may reach into a word's place as OCR has it
TOGETHER = 1.0  # square points of one stroke within a box


@dataclass(frozen=True)
class _Prints:
    """What a page prints before its choices: its empty box, its empty brackets."""

    box: Pattern | None
    pair: Brackets | None

    def of(self, pair: bool) -> Pattern | Brackets | None:
        return self.pair if pair else self.box


def looked_again(sheet: Sheet, items: Sequence[ScanItem]) -> list[ScanItem]:
    """The items, boxes and brackets under marks found by the page's empty ones; what proved to be none left out."""
    sure = [item for item in items if item.sure and not item.by_circle]
    boxes, pairs = (
        [g.box for item in sure or items for g in item.glyphs if g.look is look and g.box]
        for look in (Look.BOX, Look.PAIR)
    )
    prints = _Prints(pattern_of(sheet.canvas, boxes), brackets_of(sheet.canvas, pairs))
    again = [_again(sheet, prints, item, sure or items) for item in items]
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


def _again(sheet: Sheet, prints: _Prints, item: ScanItem, items: Sequence[ScanItem]) -> ScanItem:
    printed = _printed(item, items)
    pair = prints.box is None if printed is None else printed is Look.PAIR
    print_ = prints.of(pair)
    if print_ is None or (pair and item.by_circle):
        return item
    glyphs = tuple(
        _glyph_again(sheet, print_, printed, item, number, _place(item, number, items, pair))
        for number in range(len(item.glyphs))
    )
    if item.by_circle and not any(glyph.look is not Look.BLANK for glyph in glyphs):
        return item
    states = () if item.by_circle else item.states
    return replace(item, glyphs=glyphs, states=states, by_circle=False)


def _glyph_again(
    sheet: Sheet, print_: Pattern | Brackets, printed: Look | None, item: ScanItem, number: int,
    place: tuple[float, float] | None,
) -> Glyph:  # fmt: skip
    """One choice's glyph looked at again. `printed`: what the form prints before these choices (None: not known),
    `place`: where its middle should be."""
    glyph = item.glyphs[number]
    own = _BOXES if printed is Look.BOX else _PAIRS if printed is Look.PAIR else frozenset()
    if own and glyph.box and place and _off(item, number, glyph, place, print_, own):
        glyph = Glyph(Look.UNCLEAR, glyph.box, glyph.ink)
    if glyph.look in (Look.FULL, printed) or (glyph.look is Look.STROKE and printed is None and not item.in_columns):
        return glyph
    area = _area(print_, item, number, place)
    if isinstance(print_, Brackets):
        frame = None
        if glyph.box and item.glyphs[number].look in (Look.PAIR_INKED, Look.UNCLEAR):
            frame = brackets_apart(sheet.canvas, print_, glyph.box)
        if area and frame is None:
            frame = brackets_in(sheet.canvas, print_, area)
    else:
        frame = frame_in(sheet.canvas, print_, area) if area else None
        if area and frame is None and glyph.box and glyph.look in _INKED:
            frame = frame_in(sheet.canvas, print_, grown(glyph.box, ROOM), alone=True)
    if frame is not None:
        word_left = item.words[number].left if item.words else item.places[number].right
        return judged(sheet.canvas, frame, word_left, isinstance(print_, Brackets))
    if printed is None or glyph.look in (Look.BLANK, Look.BOX_INKED):
        return glyph
    # Where a form prints boxes, no ink is a mark without one but a tick that was put in its place.
    alone = glyph.look is Look.STROKE and glyph.box and lone_tick(
        sheet.canvas, glyph.box, print_.width, print_.height
    )  # fmt: skip
    return glyph if alone else Glyph(Look.UNCLEAR, glyph.box, glyph.ink)


def _printed(item: ScanItem, items: Sequence[ScanItem]) -> Look | None:
    """What the form prints before an item's choices, by the empty ones of all its rows; None: none is seen."""
    looks = Counter(
        glyph.look
        for other in (*items, item)
        if other.in_columns == item.in_columns and other.choices == item.choices
        for glyph in other.glyphs
        if glyph.look in _EMPTY
    )
    return max(looks, key=lambda look: looks[look]) if looks else None


def _off(
    item: ScanItem, number: int, glyph: Glyph, place: tuple[float, float], print_: Pattern | Brackets,
    own: frozenset[Look],
) -> bool:  # fmt: skip
    """Whether what was seen stands elsewhere than boxes do on this page: a word's first letter, what a tape left."""
    if glyph.box is None or glyph.look in own or (item.in_columns and glyph.look is not Look.STROKE):
        return False  # boxes are what they seem: words are not set evenly
    x = glyph.box.centre[0]
    return abs(x - place[0]) > (OFF_PAIR if isinstance(print_, Brackets) else OFF)


def _place(
    item: ScanItem, number: int, items: Sequence[ScanItem], pair: bool
) -> tuple[float, float] | None:  # fmt: skip
    """The middle of a choice's box, by the page's empty ones: before its word, or in its column."""
    look = Look.PAIR if pair else Look.BOX
    starts = [
        (start.left - g.box.centre[0], g.box.centre[1] - start.centre[1])
        for other in items
        if other.in_columns == item.in_columns
        for start, g in zip(other.places if item.in_columns else other.words, other.glyphs, strict=False)
        if g.look is look and g.box
    ]
    own = item.places if item.in_columns else item.words
    if not starts or not own:
        return None
    x, y = (median(values) for values in zip(*starts, strict=True))
    return own[number].left - x, own[number].centre[1] + y


def _area(
    print_: Pattern | Brackets, item: ScanItem, number: int, place: tuple[float, float] | None
) -> Box | None:  # fmt: skip
    """Where a choice's box should lie."""
    if item.in_columns:
        return inset(item.places[number], 1.5)
    if place is None:
        return None
    x, y = place
    word = item.words[number]
    across, down = print_.width / 2 + ASIDE, print_.height / 2 + ABOVE
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
    stamps = [*large_shapes(canvas), *(s.box for s in sheet.seals if max(s.box.width, s.box.height) >= SEAL)]
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
