"""The figures of a rates form's cells, read on a text layer or twice on a scan, and what makes them sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jeopsu.domain.evidence import Region
from jeopsu.domain.fields import FieldStatus, FieldValue, Reading
from jeopsu.domain.geometry import Box
from jeopsu.domain.values import share
from jeopsu.extractors.kinds.layout import Sheet, compact, union
from jeopsu.extractors.kinds.reading import NOT_WELL_FORMED, TWO_READINGS, WEAKEST, Reader
from jeopsu.extractors.kinds.strikes import STRUCK, is_cell_struck
from jeopsu.extractors.kinds.tables import inks_in, inset, letters, row_part
from jeopsu.extractors.marks.canvas import Blob
from jeopsu.extractors.pages import FigureCell

# A nought alone in its cell, as an engine may print it; forms print a dash for it.
_ROUND = frozenset("。〇○oOㅇ-–—―−ㅡ一")
# How a lone 1 is read.
_BARS = frozenset("1IlｌㅣiL|｜丨![]")
# So sure the second engine must be of a figure that the first one did not read: chosen while looking at sample packs.
ALONE = 0.9
SUM = "본 과제와 타 과제의 합이 합계와 다름"
TOO_MUCH = "있을 수 없는 값: 다른 열이거나 고쳐 쓴 값일 수 있음"
# In percent, and projects: nobody has more, not even by mistake. A total of 120 is a finding.
_MOST = {
    "participant.rate": 100,
    "participant.rate_total": 300,
    "participant.projects": 20,
    "participant.projects_as_lead": 20,
}


@dataclass(frozen=True)
class Figure:
    """One numeric cell of a row as read."""

    sheet: Sheet
    cell: Box
    value: Decimal | None
    printed: str
    sure: bool
    readings: tuple[Reading, ...]
    struck: bool = False


def digital(sheet: Sheet, cell: Box) -> Figure:
    inks = inks_in(sheet, cell)
    printed = letters(inks)
    struck = any(ink.word.crossed for ink in inks)
    return Figure(sheet, union(inks) if inks else cell, number_in(printed), printed, True, (), struck)


def scanned(reader: Reader, sheet: Sheet, cell: Box, figure: FigureCell, digit_height: float) -> Figure:
    """Sure where no ink runs over the edge and both engines agree, or the second has no doubt and the first no figure.

    A lone 1 is a bar to both engines ("I", "|", "]"): it counts where the ink is one narrow stroke, a digit tall.
    """
    readings = tuple(Reading(engine=r.engine, text=r.text, confidence=r.weakest) for r in figure.readings)
    own = next((r for r in figure.readings if r.engine == "ppocr"), None)
    if own is None or figure.touches_edge:
        return Figure(
            sheet, sheet.shown(cell), number_in(own.text) if own else None, own.text if own else "", False, readings
        )
    others = [r.text for r in figure.readings if r is not own]
    if all(compact(text) in _BARS for text in (own.text, *others) if text) and _is_a_stroke(sheet, cell, digit_height):
        return Figure(sheet, sheet.shown(cell), Decimal(1), own.text, True, readings)
    value = number_in(own.text)
    seconds = [number_in(text) for text in others]
    alone = own.weakest >= ALONE and all(second is None for second in seconds)
    if own.weakest >= ALONE and not alone and value not in seconds:
        # The first engine is weak at lone figures: it may read this one at another size.
        seconds += [number_in(r.text) for r in reader.source.again(sheet.number, sheet.shown(inset(cell)))]
    sure = value is not None and own.weakest >= WEAKEST and (value in seconds or alone)
    return Figure(sheet, sheet.shown(cell), value, own.text, sure, readings)


def _is_a_stroke(sheet: Sheet, cell: Box, digit_height: float) -> bool:
    """Whether a cell's only ink is narrow, upright, in its middle and as tall as the table's digits."""
    blobs = _print_in(sheet, cell)
    if len(blobs) != 1 or not digit_height:
        return False
    box = blobs[0].box
    middle = abs(box.centre[0] - cell.centre[0]) < 0.25 * cell.width
    return middle and 0.8 < box.height / digit_height < 1.2 and box.width < 0.6 * box.height


def digit_heights(sheet: Sheet, rows: Sequence[Box], columns: dict[str, Box]) -> float:
    """How tall the table's digits are: the middle one of all its figures' ink. Points; 0 where there is none."""
    heights = [
        b.box.height for row in rows for column in columns.values() for b in _print_in(sheet, row_part(row, column))
    ]
    return sorted(heights)[len(heights) // 2] if heights else 0.0


def _print_in(sheet: Sheet, cell: Box) -> list[Blob]:
    canvas = sheet.canvas
    return [blob for blob in canvas.blobs(canvas.dark, inset(cell, 2.5)) if blob.reach > 2.5]


def number_in(text: str) -> Decimal | None:
    plain = compact(text).removesuffix("건").removesuffix("개")
    if plain in _ROUND:
        plain = "0"
    return share.parse(plain) if plain else None


def adds_up(figures: dict[str, Figure]) -> bool | None:
    """Whether 본 과제 + 타 과제 = 합계; None where one is not read."""
    parts = [figures.get(name) for name in ("rate", "other", "total")]
    values = [part.value for part in parts if part is not None and part.value is not None]
    return values[0] + values[1] == values[2] if len(values) == 3 else None


def field(reader: Reader, name: str, figure: Figure, fits: bool | None) -> FieldValue:
    """A figure of a row. The row's own sum confirms a scan's rates; one that fails makes them doubtful, and on a text
    layer the total alone."""
    scanned = figure.sheet.scanned
    value: int | Decimal | None = figure.value
    if value is not None and name in ("participant.projects", "participant.projects_as_lead"):
        value = int(value) if value == int(value) else None
    struck = figure.struck or value is not None and is_cell_struck(figure.sheet, figure.sheet.upright(figure.cell))
    if struck:
        value = None
    sure = figure.sure if not scanned or fits is None else fits
    if name == "participant.rate_total" and fits is False:
        sure = False  # on a text layer, too: which of the three the applicant meant nobody knows
    if name in ("participant.rate", "participant.rate_total") and not re.search(r"\d", figure.printed) and not scanned:
        value = None  # a dash: nobody takes part with nothing
    too_much = value is not None and value > _MOST[name]
    if value is None:
        sure, note = False, STRUCK if struck else NOT_WELL_FORMED
    elif too_much:
        sure, note = False, TOO_MUCH
    elif scanned and not sure:
        note = TWO_READINGS if fits is None else SUM
    else:
        note = SUM if fits is False else ""
    return FieldValue(
        name=name,
        value=value,
        printed=figure.printed,
        status=FieldStatus.CONFIRMED if sure else FieldStatus.UNCERTAIN,
        confidence=min([r.confidence or 0.0 for r in figure.readings if r.engine == "ppocr"], default=1.0),
        evidence=Region(file=reader.request.name, page=figure.sheet.number, box=figure.cell),
        how="ocr" if scanned else "digital",
        readings=figure.readings,
        note=note,
    )
