"""Choices along a line or in one cell of a scan, each behind its box: "□ 대기업 ☒ 중견기업", "■ 해당 □ 해당없음".

The words are known by their group (`options.py`), each box is looked for before its word's first letter. Where no box
is printed, a circle around one of the words is the mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jeopsu.domain.geometry import Box, around
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet
from jeopsu.extractors.kinds.options import in_line, may_hold
from jeopsu.extractors.kinds.tables import column_cells, inks_in, row_part, top_of
from jeopsu.extractors.marks.glyphs import Glyph, Look, circled, look_into

# What only a form prints: one of them must stand beside the words, or they are prose.
_PRINTED = frozenset({Look.BOX, Look.PAIR, Look.BOX_INKED, Look.PAIR_INKED, Look.FULL})
_EMPTY = frozenset({Look.BOX, Look.PAIR})
_NOTHING = frozenset({Look.BLANK, Look.UNCLEAR, Look.CLOSED})
_HANGUL = re.compile(r"[가-힣]")
MOST_ASIDE = 6  # letters beside choices that are to be circled: strokes, dots, a circle read as a letter
MOST_OFF = 6.0  # points that a stroke's middle may lie before its box's: OCR's words are off by two, ticks lean
WIDE = 520.0  # points: a cell may be as wide as the page


@dataclass(frozen=True)
class ScanItem:
    """One question of a scanned form: its words, its choices in order, and what stands in each one's place."""

    inks: tuple[Ink, ...]
    choices: tuple[str, ...]
    places: tuple[Box, ...]  # upright: each choice's cell, or its box and word
    glyphs: tuple[Glyph, ...]
    states: tuple[bool | None, ...] = ()  # settled with the page's other items, or by a circle
    by_circle: bool = False
    in_columns: bool = False
    words: tuple[Box, ...] = ()  # upright: each choice's word, where it stands beside its box
    cell: Box | None = None  # the ruled cell of choices that stand in one
    sure: bool = True  # False: the boxes seen do not prove by themselves that these words are choices

    @property
    def box(self) -> Box:
        return around(list(self.places))


def line_items(sheet: Sheet) -> Iterator[ScanItem]:
    """Choices in one cell, where they may wrap, or along a line of the page."""
    done: list[Box] = []
    models: list[tuple[Box, _Choices]] = []
    for number, line in enumerate(sheet.lines):
        if not may_hold(line.letters):
            continue
        cells = _cells_of(sheet, line)
        for cell in cells:
            if any(box.contains(*cell.centre) for box in done):
                continue
            inks = inks_in(sheet, cell, 0)
            found = _choices_of(Line(inks)) if inks else None
            item = _item_of(sheet, found, cell) if found else None
            if item is not None and found is not None:
                if item.sure:
                    done.append(cell)
                    models.append((cell, found))
                yield replace(item, inks=item.inks or tuple(row_words(sheet, cell)))
        # Outside the cells: a label in the cell beside may hold the first choice's letters.
        free = [ink for ink in line.inks if not any(cell.contains(*ink.box.centre) for cell in cells)]
        found = _choices_of(Line(free)) if free else None
        item = _item_of(sheet, found, None) if found else None
        if item is not None:
            above = sheet.lines[number - 1].inks if number else ()
            yield replace(item, inks=item.inks or above)
    yield from _like_their_column(sheet, models, done)


def _like_their_column(sheet: Sheet, models: Sequence[tuple[Box, _Choices]], done: list[Box]) -> Iterator[ScanItem]:
    """Cells whose words OCR lost, in a column whose other cells hold the same choices at the same places."""
    for model, choices in models:
        for cell in column_cells(sheet, top_of(sheet, model)):
            if any(box.contains(*cell.centre) for box in done) or abs(cell.width - model.width) > 3:
                continue
            moved = choices.moved(cell.left - model.left, cell.centre[1] - model.centre[1])
            item = _item_of(sheet, moved, cell)
            if item is None or not item.sure or sum(glyph.look not in _EMPTY for glyph in item.glyphs) > 1:
                continue  # other words stand there
            done.append(cell)
            yield replace(item, inks=tuple(row_words(sheet, cell)))


def _cells_of(sheet: Sheet, line: Line) -> list[Box]:
    """The ruled cells that a line of words runs through."""
    cells: list[Box] = []
    for ink in line.inks:
        if any(cell.contains(*ink.box.centre) for cell in cells) or not _HANGUL.search(ink.text):
            continue
        cell = sheet.canvas.cell_around(*ink.box.centre, reach=WIDE)
        if cell is not None and cell.height < 160:
            cells.append(cell)
    return cells


@dataclass(frozen=True)
class _Spot:
    """Where a choice's word stands: from its first letter on, its own line's height."""

    left: float
    right: float
    top: float
    bottom: float
    em: float


@dataclass(frozen=True)
class _Choices:
    """The choices that a run of words names, each with its place, and the words before them."""

    words: tuple[str, ...]
    spots: tuple[_Spot, ...]
    before: tuple[Ink, ...]
    alone: bool = False  # nothing but the choices stands there

    def moved(self, x: float, y: float) -> _Choices:
        spots = tuple(
            replace(s, left=s.left + x, right=s.right + x, top=s.top + y, bottom=s.bottom + y) for s in self.spots
        )
        return replace(self, spots=spots, before=())


def _choices_of(line: Line) -> _Choices | None:
    choices = in_line(line.letters)
    if choices is None:
        return None
    spots = tuple(_spot(line, first, last) for _, first, last in choices)
    start = line.owner[choices[0][1]]
    before = tuple(ink for ink in line.inks[:start] if ink.box.right < spots[0].left - 4 and _HANGUL.search(ink.text))
    words = tuple(word for word, _, _ in choices)
    alone = len(line.letters) <= sum(len(word) for word in words) + MOST_ASIDE
    return _Choices(words, spots, before, alone)


def _spot(line: Line, first: int, last: int) -> _Spot:
    ink = line.inks[line.owner[first]]
    row = [i for i in line.inks if abs(i.box.centre[1] - ink.box.centre[1]) < 0.5 * ink.box.height + 2]
    tall = sorted((i.box for i in row), key=lambda box: box.height)[len(row) // 2]
    em = min(16.0, max(7.0, tall.height))
    middle = tall.centre[1]
    return _Spot(
        _edge(line, first), _edge(line, last - 1, after=True), middle - 0.6 * em, middle + 0.6 * em, em
    )  # fmt: skip


def _item_of(sheet: Sheet, choices: _Choices, cell: Box | None) -> ScanItem | None:
    """The item; a sure one if beside one of its words there is a box that only a form prints, or one of them is
    circled. The page's boxes may prove another one (`checks_frames`)."""
    round_ = _circled_item(sheet, choices) if cell is not None and choices.alone else None
    if round_ is not None and None not in round_.states:
        return round_
    glyphs = _own(_beside(sheet, choices.spots, cell), choices.spots)
    looks = {glyph.look for glyph in glyphs}
    places = tuple(
        Box(
            left=min(glyph.box.left if glyph.box else spot.left - 12, spot.left),
            top=min(glyph.box.top if glyph.box else spot.top, spot.top),
            right=max(spot.left, spot.right),
            bottom=max(glyph.box.bottom if glyph.box else spot.bottom, spot.bottom),
        )
        for glyph, spot in zip(glyphs, choices.spots, strict=True)
    )
    # OCR reads a box as a letter at times (디, 미): that is no word of the question.
    inks = tuple(ink for ink in choices.before if ink.box.centre[0] < places[0].left)
    words = tuple(Box(left=s.left, top=s.top, right=max(s.left + 1, s.right), bottom=s.bottom) for s in choices.spots)
    # Outside a cell, prose may happen to say both.
    sure = bool(_PRINTED & looks) and (cell is not None or not (_NOTHING & looks or not _EMPTY & looks))
    if round_ is not None and not _PRINTED & looks:
        return replace(round_, words=words, cell=cell)
    return ScanItem(inks, choices.words, places, glyphs, words=words, cell=cell, sure=sure)


def _own(glyphs: Sequence[Glyph], spots: Sequence[_Spot]) -> tuple[Glyph, ...]:
    """The glyphs, a stroke that stands further from its word than its row's boxes do taken for unclear."""
    far = [spot.left - g.box.centre[0] for g, spot in zip(glyphs, spots, strict=True) if g.box and g.look in _EMPTY]
    return tuple(
        Glyph(Look.UNCLEAR)
        if far and g.box and g.look is Look.STROKE and spot.left - g.box.centre[0] > max(far) + MOST_OFF
        else g
        for g, spot in zip(glyphs, spots, strict=True)
    )


def _circled_item(sheet: Sheet, choices: _Choices) -> ScanItem:
    """Choices without boxes, one of them circled by hand. Anything else, a word struck out too, a person must see."""
    places = tuple(Box(left=s.left, top=s.top, right=max(s.left, s.right), bottom=s.bottom) for s in choices.spots)
    round_ = [circled(sheet.canvas, place) for place in places]
    clear = round_.count(True) == 1 and None not in round_
    states = tuple(round_) if clear else (None,) * len(places)
    return ScanItem(
        choices.before, choices.words, places, tuple(Glyph(Look.BLANK) for _ in places), states, by_circle=True
    )


def _edge(line: Line, letter: int, after: bool = False) -> float:
    """Where a letter of a line begins (or ends), by its share of its word; Hangul is twice as wide as other print."""
    ink = line.inks[line.owner[letter]]
    own = [place for place, owner in enumerate(line.owner) if owner == line.owner[letter]]
    widths = [1.0 if "가" <= line.letters[place] <= "힣" else 0.45 for place in own]
    share = sum(widths[: own.index(letter) + after]) / sum(widths)
    return ink.box.left + ink.box.width * share


def _beside(sheet: Sheet, spots: Sequence[_Spot], cell: Box | None) -> tuple[Glyph, ...]:
    """The glyph before each choice's word: between the word before it and its own first letter. What stands before
    the first is a label; how far its box reaches, the other choices' show."""
    glyphs: list[Glyph] = []
    for before, spot in zip(spots, spots[1:], strict=False):
        beside = abs(before.top - spot.top) < 0.6 * spot.em
        left = min(before.right, spot.left - spot.em) if beside else spot.left - 2.6 * spot.em
        glyphs.append(_in_gap(sheet, spot, (left,), cell))
    reach = max(
        (spot.left - g.box.left for g, spot in zip(glyphs, spots[1:], strict=True) if g.box), default=1.6 * spots[0].em
    )
    # Brackets grow by the mark that stands in them.
    lefts = (spots[0].left - 1.3 * reach, spots[0].left - 2.2 * reach)
    return (_in_gap(sheet, spots[0], lefts, cell), *glyphs)


# Which of several looks at one place is believed: what only a form prints before a stroke, a stroke before a ring
# (brackets cut off), anything before nothing.
_RANKS = {Look.STROKE: 1, Look.RING: 2, Look.CLOSED: 3, Look.BLANK: 4, Look.UNCLEAR: 5}


def _in_gap(sheet: Sheet, spot: _Spot, lefts: Sequence[float], cell: Box | None) -> Glyph:
    """The glyph between a place and a choice's first letter. OCR's boxes are a third of a letter off at times: the
    window's end is tried in four places."""
    em = spot.em
    best = Glyph(Look.UNCLEAR)
    for left in lefts:
        left = max(0.0, left, spot.left - 2.6 * em, cell.left + 1.5 if cell else 0.0)
        for shift in (0.0, 0.35, -0.35, 0.7):
            right = spot.left + shift * em
            if right - left < 0.4 * em:
                continue
            top, bottom = max(0.0, spot.top - 0.3 * em), spot.bottom + 0.3 * em
            window = Box(left=max(0.0, left - 0.7 * em), top=top, right=right + 0.7 * em, bottom=bottom)
            inner = Box(left=left + 0.05 * em, top=top, right=right - 0.05 * em, bottom=bottom)
            glyph = look_into(sheet.canvas, window, inner, least=0.55 * em)
            if _RANKS.get(glyph.look, 0) < _RANKS.get(best.look, 0):
                best = glyph
            if best.look in _PRINTED:
                return best
    return best


def row_words(sheet: Sheet, cell: Box) -> list[Ink]:
    """The item's words: the widest cell left of the choices in the same row."""
    widest: Box | None = None
    left, middle = cell.left, cell.centre[1]
    for _ in range(6):
        beside = sheet.canvas.cell_around(left - 6, middle, reach=WIDE) if left > 12 else None
        if beside is None or beside.left >= left - 4:
            break
        if widest is None or beside.width > widest.width:
            widest = beside
        left = beside.left
    return inks_in(sheet, row_part(cell, widest)) if widest else []
