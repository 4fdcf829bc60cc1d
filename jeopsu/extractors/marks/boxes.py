"""Check marks: which option of a row is marked, by its character on a text layer and by its ink on a scan.

Printed boxes come as one character (□ ☐ ■ ☑ ☒ √ ✓ ○ ●) or as brackets with or without something between them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from statistics import median

from jeopsu.extractors.marks.glyphs import FLAT, HOLLOW, INKED, Glyph, Look

MARKED = set("■☑☒✓✔√●◉▣◼⬛∨Ⅴ✗✘⊠☓◆◙VvO○◯〇")
EMPTY = set("□☐◻⬜▢")
_BRACKETS = re.compile(r"^[\[(（［〔]\s*(.?)\s*[\])）］〕]$")


def state(text: str) -> bool | None:
    """True marked, False empty, None where the word is no check box.

    A bare ○ is a mark: forms print an empty box as □ or ( ), and a circle is drawn into it.
    """
    text = unicodedata.normalize("NFC", text).strip()
    match = _BRACKETS.match(text)
    if match:
        inside = match[1]
        return False if inside == "" else True if inside in MARKED or inside in "xX*＊" else None
    if len(text) == 1:
        if text in EMPTY:
            return False
        if text in MARKED and text not in "VvO":
            return True
    return None


# A stroke has less ink than the box it stands for (√ two fifths of □), but not this little; square points.
LEAST_STROKE = 6.0
# How far an empty glyph's ink may lie from the usual one of its page, as a factor; thin rims lose half to blur.
ALIKE = 2.2
# A mark with this many times the ink of its page's usual mark is a letter or a blot, or a person should see it.
OUTGROWN = 2.5
# A mark with so many times the room of an empty box beside it is a blot: it covers more than a box filled in.
BLOTTED = 1.5
# How many times the other's ink, width, height and ink without its frame the larger of two marks has that are both
# answers.
TWICE = (1.3, 1.3, 1.3, 1.6)


def settle(rows: Sequence[Sequence[Glyph]]) -> list[list[bool | None]]:
    """For each row of choices of a page: True marked, False empty, None where it cannot be told.

    A glyph is judged beside its brothers: ○ in a blank cell beside another is a mark, beside ● an empty choice; blank
    is empty only where the row's other places hold a mark and no printed box.
    """
    usual = {
        look: median(inks)
        for look in (Look.BOX, Look.PAIR, Look.RING)
        if (inks := [glyph.ink for row in rows for glyph in row if glyph.look is look])
    }
    marks = [g.ink for row in rows for g in row if g.look in INKED]
    hands = bool(marks) or any(g.look is Look.RING for row in rows for g in row)
    most = OUTGROWN * median(marks) if len(marks) >= 3 else float("inf")
    return [
        _twice(
            row,
            [
                None if glyph.ink > most else _state(glyph, [g for g in row if g is not glyph], usual, hands)
                for glyph in row
            ],
        )
        for row in rows
    ]


def _twice(row: Sequence[Glyph], states: list[bool | None]) -> list[bool | None]:
    """A row's states; two marks that are not alike are none: one of them may be struck out or scribbled over."""
    marked = [glyph for glyph, state in zip(row, states, strict=True) if state]
    if len(marked) < 2:
        return states
    kinds = [[g.ink for g in marked]] + [
        [g.box.width for g in marked if g.box],
        [g.box.height for g in marked if g.box],
    ]
    if all(g.mark for g in marked):  # told apart from their frames, which outweigh a second stroke
        kinds.append([g.mark for g in marked])
    alike = all(max(by) <= factor * min(by) for by, factor in zip(kinds, TWICE, strict=False))
    return states if alike else [None if state else state for state in states]


def _state(glyph: Glyph, others: Sequence[Glyph], usual: dict[Look, float], hands: bool) -> bool | None:
    looks = {other.look for other in others}
    if glyph.look is Look.UNCLEAR:
        return None
    # Brackets stand further apart than they are high; a mark in them is not.
    rooms = [
        g.box.height * (g.box.width if g.look is Look.BOX else 1.3 * g.box.height)
        for g in others
        if g.look in (Look.BOX, Look.PAIR) and g.box
    ]
    if rooms and glyph.look in INKED and glyph.ink > BLOTTED * max(rooms):
        return None
    if glyph.look is Look.CLOSED:
        # More ink than an empty one and larger: grown by a mark. Otherwise anything.
        empty = [g for g in others if g.look in (Look.BOX, Look.PAIR) and g.box]
        grown = [g for g in empty if glyph.box and g.box and glyph.box.width > 1.2 * g.box.width]
        flat = glyph.box is not None and glyph.box.width > FLAT * glyph.box.height
        if flat:
            return None
        return True if empty and len(grown) == len(empty) and glyph.ink > 1.35 * median(g.ink for g in empty) else None
    if glyph.look is Look.BLANK:
        printed = looks & {Look.BOX, Look.PAIR, Look.BOX_INKED, Look.PAIR_INKED}
        return None if printed or usual.keys() & {Look.BOX, Look.PAIR} or not hands else False
    if glyph.look is Look.RING:
        if looks & {Look.BOX, Look.PAIR}:
            return None  # a box in dots, as a fax leaves it, or a ring in its place
        if looks and looks <= {Look.BLANK}:
            return True
        return False if looks & {Look.FULL, Look.RING_INKED, Look.STROKE} else None
    if glyph.look in HOLLOW:
        near = usual.get(glyph.look, glyph.ink)
        return False if near / ALIKE <= glyph.ink <= near * ALIKE else None
    if glyph.look is Look.STROKE:
        return True if glyph.ink >= LEAST_STROKE and glyph.box and max(glyph.box.width, glyph.box.height) >= 6 else None
    return True
