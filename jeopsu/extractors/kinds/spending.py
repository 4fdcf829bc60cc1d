"""What a plan for equipment, services or materials costs in all (서식 16, 17, 19): the sum of its list, or the fee.

A total counts where the lines of its own column make it up, in one list alone; the fee of a service stands alone with
its unit ("15,565 천원"). Two lists, two services, a unit that is not said: a person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jeopsu.domain.fields import ONE_READING, FieldValue
from jeopsu.domain.geometry import Box
from jeopsu.domain.values import won
from jeopsu.extractors.kinds.examples import is_example
from jeopsu.extractors.kinds.layout import Ink, Line, Sheet, compact
from jeopsu.extractors.kinds.letters import STOPS
from jeopsu.extractors.kinds.reading import MANY, TWO_READINGS, KindReading, Reader, digits
from jeopsu.extractors.kinds.signoffs import read_signoffs
from jeopsu.extractors.kinds.subjects import subject_on_form
from jeopsu.extractors.kinds.tables import inks_in, top_of

NO_SUM = "합계가 위 금액의 합과 다르거나 단위를 찾지 못함"
_UNIT = won.UNIT_NAMES
_TOTAL = re.compile(r"(?:합계|총계|총액|소계|계)(?=[\d(])")
_FIGURE = re.compile(rf"(\d{{1,3}}(?:,\d{{3}})*|\d+)({_UNIT})?")
_FEE = re.compile(
    r"(?:용역금액|용역비용?|계약금액|외주금액|소요예산|용역대금)"
    rf"(?:\(({_UNIT})\))?[:：]?(?:일금|금|총)?(\d{{1,3}}(?:,\d{{3}})+|\d+)({_UNIT})?(?![\d,.])"
)
_LIST = re.compile(r"수량.*(?:단가|금액|가격|합계)|(?:단가|금액|가격).*수량")  # a list's heading
_IN_HEAD = re.compile(rf"\(({_UNIT})\)|단위:?({_UNIT})")
_PART = re.compile(r"수량|단가|현금|현물|개수|규격")  # columns of which the total is no sum of the list
_EDGE = 4.0  # points between right edges of one column's figures


@dataclass(frozen=True)
class _Cost:
    """A total or a fee as printed, in won of its unit; `proven`: its list makes it up, its unit is said."""

    sheet: Sheet
    inks: tuple[Ink, ...]
    figure: str
    unit: int
    proven: bool


def read_spending(reader: Reader) -> KindReading:
    """spending.total (won), then signoff.* for each sign-off line."""
    reader.stops = STOPS
    fees = [fee for sheet in reader.sheets for fee in _fees(sheet)]
    sums = [cost for sheet in reader.sheets for cost in _sums(sheet)]
    lists = sum(len(_LIST.findall(line.letters)) for sheet in reader.sheets for line in sheet.lines)
    costs = fees or sums
    total = reader.missing("spending.total")
    if costs:
        best = next((cost for cost in costs if cost.proven), costs[0])
        alone = len(costs) == 1 and (bool(fees) or lists < 2)
        total = _made(reader, best, alone)
    return KindReading(fields=(total, *read_signoffs(reader)), subject=subject_on_form(reader))


def _fees(sheet: Sheet) -> Iterator[_Cost]:
    noted = None
    for line in sheet.lines:
        noted = won.unit_in(line.text) or noted
        for match in _FEE.finditer(line.letters):
            said = [won.UNITS[name] for name in (match[1], match[3]) if name]
            unit = said[0] if said else noted
            inks = tuple(ink for ink in line.inks if match[2] in compact(ink.text)) or line.inks
            yield _Cost(sheet, inks, match[2], unit or 1, unit is not None and len(set(said)) < 2)


def _sums(sheet: Sheet) -> Iterator[_Cost]:
    """The page's rows of sums, each with that of its figures that is the sum of its column."""
    noted: int | None = None
    own = False
    heads = [n for n, line in enumerate(sheet.lines) if _LIST.search(line.letters)]
    for number, line in enumerate(sheet.lines):
        if (here := won.unit_in(line.text)) is not None:
            noted, own = here, True
        if not _TOTAL.match(line.letters) or not (figures := _figures(line)):
            continue
        if heads and number < heads[0]:
            noted, own = None, False  # another table's total, and perhaps its unit
            continue
        columns = [_column(sheet, number, figure) for figure in figures]
        # Without a ruled table the last figure is the total; else the largest of those that are sums.
        fitting = [
            (figure, column)
            for figure, column in zip(figures, columns, strict=True)
            if not _PART.search(column.heading) and column.sum == _value(figure) and column.rows
        ]
        figure, column = max(fitting, key=lambda pair: _value(pair[0]), default=(figures[-1], columns[-1]))
        unit = None if column.unit and own and column.unit != noted else column.unit or noted
        yield _Cost(sheet, (figure,), _plain(figure), unit or 1, bool(fitting) and unit is not None)


@dataclass(frozen=True)
class _Column:
    """What stands in a total's column: how many figures, their sum, the words over them, the unit that they name."""

    rows: int
    sum: int
    heading: str
    unit: int | None


def _column(sheet: Sheet, number: int, total: Ink) -> _Column:
    cell = sheet.canvas.cell_around(*total.box.centre)
    top, bottom, heading = 0.0, sheet.height, ""
    if cell is not None:
        head = top_of(sheet, cell)
        top, bottom = head.top - 1, _foot(sheet, cell)
        heading = compact("".join(i.text for i in sheet.inks if head.contains(*i.box.centre)))
        over = sheet.canvas.cell_around(head.centre[0], head.top - 4)
        if over is not None and over.height < 60:
            heading += compact("".join(i.text for i in sheet.inks if over.contains(*i.box.centre) and _unit_of(i.text)))
    rows: list[Ink] = []
    for place, line in enumerate(sheet.lines):
        for ink in _figures(line):
            own = cell.left < ink.box.centre[0] < cell.right if cell is not None else _under(ink, total)
            here = place != number and top < ink.box.centre[1] < bottom and (cell is not None or place < number)
            if own and here and not _example(sheet, line):
                rows.append(ink)
    named = _IN_HEAD.search(heading)
    units = {_unit_of(ink.text) for ink in (*rows, total)}
    unit = units.pop() if len(units) == 1 else 0
    if named is not None:
        unit = won.UNITS[named[1] or named[2]]
    body = Box(left=cell.left, top=head.bottom, right=cell.right, bottom=bottom) if cell is not None else None
    strange = body is not None and any(
        re.search(r"\d", ink.text) and not _FIGURE.fullmatch(compact(ink.text)) for ink in inks_in(sheet, body)
    )
    if strange or any(ink.word.crossed for ink in rows):  # "5.4백만원": there is more than its figures
        return _Column(0, 0, heading, unit or None)
    return _Column(len(rows), sum(_value(ink) for ink in rows), heading, unit or None)


def _example(sheet: Sheet, line: Line) -> bool:
    first = line.inks[0].box
    return is_example(sheet, sheet.canvas.cell_around(*first.centre) or first)


def _foot(sheet: Sheet, cell: Box) -> float:
    """Where the total's table ends."""
    for _ in range(80):
        below = sheet.canvas.cell_around(cell.centre[0], cell.bottom + 5)
        if below is None or abs(below.left - cell.left) > 6 or abs(below.right - cell.right) > 6:
            return cell.bottom
        cell = below
    return cell.bottom


def _figures(line: Line) -> list[Ink]:
    return [ink for ink in line.inks if _FIGURE.fullmatch(compact(ink.text))]


def _unit_of(text: str) -> int | None:
    match = re.search(rf"({_UNIT})\)?$", compact(text))
    return won.UNITS[match[1]] if match else None


def _plain(ink: Ink) -> str:
    match = _FIGURE.fullmatch(compact(ink.text))
    return match[1] if match else compact(ink.text)


def _under(ink: Ink, total: Ink) -> bool:
    return abs(ink.box.right - total.box.right) < _EDGE


def _value(ink: Ink) -> int:
    return int(digits(_plain(ink)))


def _made(reader: Reader, cost: _Cost, alone: bool) -> FieldValue:
    agree, readings = reader.digits_agree(cost.sheet, cost.inks, digits(cost.figure))
    sure = cost.proven and agree and alone
    note = NO_SUM if not cost.proven else MANY if not alone else TWO_READINGS if readings else ONE_READING
    value = int(digits(cost.figure)) * cost.unit
    inks: Sequence[Ink] = cost.inks
    return reader.made("spending.total", value, cost.sheet, inks, sure, "" if sure else note, readings=readings)
