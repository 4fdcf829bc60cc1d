"""What a plan for equipment, services or materials costs in all (서식 16, 17, 19): the sum of its list, or the fee.

A total counts where the lines over it make it up; the fee of a service stands alone with its unit ("15,565 천원").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jeopsu.domain.fields import ONE_READING, FieldValue
from jeopsu.domain.values import won
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet, compact
from jeopsu.extractors.kinds.letters import STOPS
from jeopsu.extractors.kinds.reading import TWO_READINGS, KindReading, Reader, digits
from jeopsu.extractors.kinds.signoffs import read_signoffs
from jeopsu.extractors.kinds.subjects import subject_on_form

NO_SUM = "합계가 위 금액의 합과 다르거나 단위를 찾지 못함"
_TOTAL = re.compile(r"(?:합계|총계|총액|계)(?=[\d(])")
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})*|\d+")
_FEE = re.compile(r"(?:용역금액|용역비용?|계약금액|외주금액):?(\d{1,3}(?:,\d{3})*|\d+)(원|천원|백만원)")
_EDGE = 4.0  # points between right edges of one column's figures


def read_spending(reader: Reader) -> KindReading:
    """spending.total (won), then signoff.* for each sign-off line."""
    reader.stops = STOPS
    total = next((f for sheet in reader.sheets if (f := _fee(reader, sheet) or _sum(reader, sheet)) is not None), None)
    fields = (total or reader.missing("spending.total"), *read_signoffs(reader))
    return KindReading(fields=fields, subject=subject_on_form(reader))


def _fee(reader: Reader, sheet: Sheet) -> FieldValue | None:
    for line in sheet.lines:
        match = _FEE.search(line.letters)
        if match:
            inks = [ink for ink in line.inks if match[1] in compact(ink.text)] or list(line.inks)
            return _made(reader, sheet, inks, match[1], won.UNITS[match[2]], True)
    return None


def _sum(reader: Reader, sheet: Sheet) -> FieldValue | None:
    unit = None
    for number, line in enumerate(sheet.lines):
        unit = won.unit_in(line.text) or unit
        if not _TOTAL.match(line.letters) or not (figures := _figures(line)):
            continue
        total = figures[-1]
        above = [ink for over in sheet.lines[:number] for ink in _figures(over) if _under(ink, total)]
        whole = unit is not None and sum(_value(ink) for ink in above) == _value(total) and bool(above)
        return _made(reader, sheet, [total], compact(total.text), unit or 1, whole)
    return None


def _figures(line: Line) -> list[Ink]:
    return [ink for ink in line.inks if _FIGURE.fullmatch(compact(ink.text))]


def _under(ink: Ink, total: Ink) -> bool:
    return abs(ink.box.right - total.box.right) < _EDGE


def _value(ink: Ink) -> int:
    return int(digits(ink.text))


def _made(reader: Reader, sheet: Sheet, inks: Sequence[Ink], figure: str, unit: int, proven: bool) -> FieldValue:
    agree, readings = reader.digits_agree(sheet, inks, digits(figure))
    note = "" if proven and agree else NO_SUM if not proven else TWO_READINGS if readings else ONE_READING
    value = int(digits(figure)) * unit
    return reader.made("spending.total", value, sheet, inks, proven and agree, note, readings=readings)
